/* csaf_files.c - which files a validation is about. */
#include "cli/csaf.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static int by_name(const void *x, const void *y)
{
    return strcmp(*(const char *const *)x, *(const char *const *)y);
}

static bool is_wanted(const char *name, bool xml)
{
    str s = str_z(name);
    return name[0] != '.' &&
           (str_has_suffix(s, S(".json")) ||
            (xml && (str_has_suffix(s, S(".xml")) || str_has_suffix(s, S(".rdf")))));
}

struct names {
    VEC(const char *)
};

static void close_dir(void *handle)
{
    (void)closedir(handle);
}

/* Most file systems say it with the name. */
static bool is_folder(const struct dirent *e, const char *path)
{
    struct stat st;
    if (e->d_type != DT_UNKNOWN)
        return e->d_type == DT_DIR;
    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Files and folders in the folder, each sorted; links to folders are not followed. */
static bool read_folder(struct arena *a, const char *path, bool xml, struct names *files,
                        struct names *folders)
{
    DIR *d = opendir(path);
    if (d == NULL)
        return false;
    arena_defer(a, close_dir, d);
    for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d)) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0)
            continue;
        const char *at = str_to_z(a, str_fmt(a, "%s/%s", path, e->d_name));
        if (is_folder(e, at))
            *PUSH(a, folders) = at;
        else if (is_wanted(e->d_name, xml))
            *PUSH(a, files) = at;
    }
    if (files->n > 0)
        qsort(files->v, files->n, sizeof *files->v, by_name);
    if (folders->n > 0)
        qsort(folders->v, folders->n, sizeof *folders->v, by_name);
    return true;
}

static void add_folder(struct arena *a, const char *path, struct csaf_files *out)
{
    struct names waiting = {0};
    *PUSH(a, &waiting) = path;
    while (waiting.n > 0) {
        struct names files = {0}, folders = {0};
        const char *at = waiting.v[--waiting.n];
        if (!read_folder(a, at, out->xml, &files, &folders)) {
            (void)cli_fail(E_IO, "%s: %s", at, strerror(errno));
            out->unreadable++;
        }
        for (size_t i = 0; i < files.n; i++)
            *PUSH(a, out) = files.v[i];
        for (size_t i = folders.n; i-- > 0;)
            *PUSH(a, &waiting) = folders.v[i];
    }
}

void csaf_files_find(struct arena *a, const char *const *words, size_t n, struct csaf_files *out)
{
    for (size_t i = 0; i < n; i++) {
        struct stat st;
        if (strcmp(words[i], "-") != 0 && stat(words[i], &st) == 0 && S_ISDIR(st.st_mode))
            add_folder(a, words[i], out);
        else
            *PUSH(a, out) = words[i];
    }
}
