/* provider_find.c - see provider_find.h. */
#include "app/provider_find.h"

#include "base/time.h"
#include "base/vec.h"
#include "io/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const str root_of_all = S_INIT(".well-known/");

static bool is_plain(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '-' || c == '_' || c == '+';
}

/* Parts of plain characters that do not begin with a dot, below .well-known. */
static bool is_public_path(str path)
{
    if (!str_has_prefix(path, root_of_all) || path.n > 300)
        return false;
    str rest = str_from(path, root_of_all.n);
    while (rest.n > 0) {
        str part = str_cut(&rest, '/');
        if (part.n == 0 || part.p[0] == '.')
            return false;
        for (size_t i = 0; i < part.n; i++)
            if (!is_plain(part.p[i]))
                return false;
    }
    return true;
}

static int by_name(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

static bool is_folder_in(int fd, const char *name)
{
    struct stat st;
    return fstatat(fd, name, &st, 0) == 0 && S_ISDIR(st.st_mode);
}

static enum err list(struct ctx *cx, int fd, struct public_file *out)
{
    struct {
        VEC(str)
    } names = {0};
    DIR *dir = fdopendir(fd);
    if (dir == NULL) {
        (void)close(fd);
        return fail(cx, E_IO, "a public folder cannot be read");
    }
    for (struct dirent *x; (x = readdir(dir)) != NULL;)
        if (x->d_name[0] != '.')
            *PUSH(cx->a, &names) =
                str_fmt(cx->a, "%s%s", x->d_name, is_folder_in(fd, x->d_name) ? "/" : "");
    (void)closedir(dir);
    if (names.n > 0)
        qsort(names.v, names.n, sizeof *names.v, by_name);
    *out = (struct public_file){.fd = -1, .names = {names.v, names.n}};
    return OK;
}

enum err public_file_find(struct ctx *cx, str path, struct public_file *out)
{
    struct stat st;
    if (cx->app->public_dir == NULL || !is_public_path(path))
        return E_NOT_FOUND;
    str whole = str_fmt(cx->a, "%s/current/%.*s", cx->app->public_dir, SV(path));
    int fd = open(str_to_z(cx->a, whole), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return E_NOT_FOUND;
    if (fstat(fd, &st) != 0 || (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode))) {
        (void)close(fd);
        return E_NOT_FOUND;
    }
    if (S_ISDIR(st.st_mode))
        return list(cx, fd, out);
    i64 changed = (i64)st.st_mtim.tv_sec * SECOND;
    *out = (struct public_file){
        .fd = fd,
        .size = st.st_size,
        .changed = changed,
        .tag = str_fmt(cx->a, "\"%llx-%llx-%llx\"", (unsigned long long)st.st_ino,
                       (unsigned long long)st.st_mtim.tv_sec * 1000000000ULL +
                           (unsigned long long)st.st_mtim.tv_nsec,
                       (unsigned long long)st.st_size)};
    return OK;
}
