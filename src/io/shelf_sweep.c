/* shelf_sweep.c - remove public files that no generation needs any more. */
#include "base/vec.h"
#include "io/shelf.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct kept {
    VEC(str) /* names in ROOT/folders */
};

static bool is_link(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISLNK(st.st_mode);
}

static bool is_folder(const char *path)
{
    struct stat st;
    return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static str last_part(str path)
{
    for (ptrdiff_t at; (at = str_find_char(path, '/')) >= 0;)
        path = str_from(path, (size_t)at + 1);
    return path;
}

/* What the links below a generation lead to. */
static void gather(struct arena *a, str path, struct kept *out)
{
    DIR *dir = opendir(str_to_z(a, path));
    if (dir == NULL)
        return;
    for (struct dirent *x; (x = readdir(dir)) != NULL;) {
        char to[512];
        str one = str_fmt(a, "%.*s/%s", SV(path), x->d_name);
        const char *z = str_to_z(a, one);
        ssize_t n = is_link(z) ? readlink(z, to, sizeof to) : -1;
        if (n > 0)
            *PUSH(a, out) = str_copy(a, last_part((str){to, (size_t)n}));
        else if (strcmp(x->d_name, ".") != 0 && strcmp(x->d_name, "..") != 0 && is_folder(z))
            gather(a, one, out);
    }
    (void)closedir(dir);
}

static enum err remove_all(struct arena *a, str path, struct fault *f)
{
    const char *z = str_to_z(a, path);
    enum err e = OK;
    DIR *dir = is_folder(z) ? opendir(z) : NULL;
    for (struct dirent *x; dir != NULL && e == OK && (x = readdir(dir)) != NULL;)
        if (strcmp(x->d_name, ".") != 0 && strcmp(x->d_name, "..") != 0)
            e = remove_all(a, str_fmt(a, "%.*s/%s", SV(path), x->d_name), f);
    if (dir != NULL)
        (void)closedir(dir);
    if (e == OK && remove(z) != 0 && errno != ENOENT)
        e = fault_set(f, E_IO, "remove %s: %s", z, strerror(errno));
    return e;
}

static bool among(const struct strs *kept, str name)
{
    for (size_t i = 0; i < kept->n; i++)
        if (str_eq(kept->v[i], name))
            return true;
    return false;
}

static enum err sweep_folder(struct arena *a, const char *root, const char *name,
                             const struct strs *kept, struct fault *f)
{
    enum err e = OK;
    str path = str_fmt(a, "%s/%s", root, name);
    DIR *dir = opendir(str_to_z(a, path));
    if (dir == NULL)
        return OK;
    for (struct dirent *x; e == OK && (x = readdir(dir)) != NULL;)
        if (x->d_name[0] != '.' && !among(kept, str_z(x->d_name)))
            e = remove_all(a, str_fmt(a, "%.*s/%s", SV(path), x->d_name), f);
    (void)closedir(dir);
    return e;
}

/* "+csaf+white+2026" */
static str end_of(str name)
{
    ptrdiff_t at = str_find_char(name, '+');
    return at >= 0 ? str_from(name, (size_t)at) : S("");
}

static bool has_end(const struct kept *names, str end)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_eq(end_of(names->v[i]), end))
            return true;
    return false;
}

static bool has_name(const struct kept *names, str name)
{
    for (size_t i = 0; i < names->n; i++)
        if (str_eq(names->v[i], name))
            return true;
    return false;
}

/* One of each path stays beside those that are needed: for its next change. */
static enum err keep_spares(struct arena *a, const char *root, struct kept *kept, struct fault *f)
{
    struct kept spares = {0};
    str path = str_fmt(a, "%s/folders", root);
    DIR *dir = opendir(str_to_z(a, path));
    if (dir == NULL)
        return errno == ENOENT ? OK
                               : fault_set(f, E_IO, "open %.*s: %s", SV(path), strerror(errno));
    for (struct dirent *x; (x = readdir(dir)) != NULL;) {
        str name = str_z(x->d_name), end = end_of(name);
        if (end.n > 0 && has_end(kept, end) && !has_name(kept, name) && !has_end(&spares, end))
            *PUSH(a, &spares) = str_copy(a, name);
    }
    (void)closedir(dir);
    for (size_t i = 0; i < spares.n; i++)
        *PUSH(a, kept) = spares.v[i];
    return OK;
}

enum err shelf_sweep(struct arena *a, const char *root, str also, struct fault *f)
{
    struct kept kept = {0};
    const str stay[] = {shelf_current(a, root), also};
    for (size_t i = 0; i < COUNT(stay); i++)
        if (stay[i].n > 0)
            gather(a, str_fmt(a, "%s/generations/%.*s", root, SV(stay[i])), &kept);
    TRY(sweep_folder(a, root, "generations", &(struct strs){stay, COUNT(stay)}, f));
    TRY(keep_spares(a, root, &kept, f));
    return sweep_folder(a, root, "folders", &(struct strs){kept.v, kept.n}, f);
}
