/* shelf.c - see shelf.h. */
#include "io/shelf.h"

#include "base/vec.h"
#include "io/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0644, FOLDER_MODE = 0755, FILE_MAX = 1 << 28, BEFORE_MAX = 1 << 26 };
enum { LONG_FILE = 1 << 18 };

static enum err failed(struct fault *f, const char *what, str path)
{
    enum err err = errno == EACCES || errno == EPERM ? E_DENIED : E_IO;
    return fault_set(f, err, "%s %.*s: %s", what, SV(path), strerror(errno));
}

struct open_folder {
    str path, real; /* where its files are written */
    bool anew;      /* in place of one of the current generation */
};

/* --- one generation while it is being made --------------------------------------------------- */

struct shelf {
    struct arena *a;
    struct fault *f;
    str root, name;
    str old; /* the current generation's folder; absent: none */
    struct {
        VEC(struct open_folder)
    } open;
};

static enum err make_folder(struct shelf *m, str path)
{
    const char *z = str_to_z(m->a, path);
    if (mkdir(z, FOLDER_MODE) != 0 && errno != EEXIST)
        return failed(m->f, "create", path);
    return chmod(z, FOLDER_MODE) == 0 ? OK : failed(m->f, "chmod", path);
}

/* With all that lead there, below `base`. */
static enum err make_folders(struct shelf *m, str base, str path)
{
    for (size_t i = 0; i <= path.n; i++)
        if (i == path.n || path.p[i] == '/')
            TRY(make_folder(m, str_fmt(m->a, "%.*s/%.*s", SV(base), SV(str_sub(path, 0, i)))));
    return OK;
}

static enum err write_parts(struct shelf *m, const char *path, struct strs parts)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
    enum err e = OK;
    size_t n = 0;
    if (fd < 0)
        return failed(m->f, "create", str_z(path));
    for (size_t i = 0; i < parts.n && e == OK; n += parts.v[i++].n)
        e = file_put(fd, parts.v[i], m->f);
    if (e == OK && n >= LONG_FILE) /* begins now: sync_all() has less to wait for */
        (void)sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE);
    if (e == OK && fchmod(fd, FILE_MODE) != 0)
        e = failed(m->f, "chmod", str_z(path));
    if (close(fd) != 0 && e == OK)
        e = failed(m->f, "close", str_z(path));
    return e;
}

static enum err write_file(struct shelf *m, const char *path, str bytes)
{
    return write_parts(m, path, (struct strs){&bytes, 1});
}

/* --- kept folders ----------------------------------------------------------------------------- */

/* Where links may not cross folders, the file is copied. */
static enum err keep_file(struct shelf *m, str from, str to)
{
    str bytes;
    if (link(str_to_z(m->a, from), str_to_z(m->a, to)) == 0)
        return OK;
    if (errno != EXDEV && errno != EACCES && errno != EPERM && errno != EMLINK)
        return failed(m->f, "link", to);
    TRY(file_read(m->a, str_to_z(m->a, from), FILE_MAX, m->f, &bytes));
    return write_file(m, str_to_z(m->a, to), bytes);
}

/* Of a folder, by name. */
struct name {
    str name;
    ino_t inode; /* one file by two names has one */
};
struct names {
    VEC(struct name)
};

static int by_name(const void *x, const void *y)
{
    return str_cmp(((const struct name *)x)->name, ((const struct name *)y)->name);
}

/* Folders of some file systems have inodes that their files do not have. */
static bool tells_inodes(struct arena *a, str path, const struct names *v)
{
    struct stat st;
    return v->n == 0 ||
           (lstat(str_to_z(a, str_fmt(a, "%.*s/%.*s", SV(path), SV(v->v[0].name))), &st) == 0 &&
            st.st_ino == v->v[0].inode);
}

static enum err list_names(struct shelf *m, struct arena *a, str path, struct names *out)
{
    DIR *dir = opendir(str_to_z(a, path));
    if (dir == NULL)
        return errno == ENOENT ? OK : failed(m->f, "open", path);
    for (struct dirent *x; (x = readdir(dir)) != NULL;)
        if (x->d_name[0] != '.')
            *PUSH(a, out) = (struct name){str_copy(a, str_z(x->d_name)), x->d_ino};
    (void)closedir(dir);
    if (out->n > 0)
        qsort(out->v, out->n, sizeof out->v[0], by_name);
    return OK;
}

static enum err drop_file(struct shelf *m, struct arena *a, str folder, str name)
{
    str path = str_fmt(a, "%.*s/%.*s", SV(folder), SV(name));
    return unlink(str_to_z(a, path)) == 0 ? OK : failed(m->f, "remove", path);
}

/* Make `to` have the files of `from`, and no others; what it has of them already stays. */
static enum err keep_files_in(struct shelf *m, struct arena *a, str from, str to)
{
    struct names want = {0}, have = {0};
    TRY(list_names(m, a, from, &want));
    TRY(list_names(m, a, to, &have));
    bool told = tells_inodes(a, from, &want) && tells_inodes(a, to, &have);
    for (size_t i = 0, k = 0; i < want.n || k < have.n;) {
        int d = i == want.n ? 1 : k == have.n ? -1 : str_cmp(want.v[i].name, have.v[k].name);
        bool same = d == 0 && told && want.v[i].inode == have.v[k].inode;
        if (d >= 0 && !same)
            TRY(drop_file(m, a, to, have.v[k].name));
        if (d <= 0 && !same)
            TRY(keep_file(m, str_fmt(a, "%.*s/%.*s", SV(from), SV(want.v[i].name)),
                          str_fmt(a, "%.*s/%.*s", SV(to), SV(want.v[i].name))));
        i += d <= 0;
        k += d >= 0;
    }
    return OK;
}

static enum err keep_files(struct shelf *m, str from, str to)
{
    struct arena *a = arena_new();
    enum err e = keep_files_in(m, a, from, to);
    arena_free(a);
    return e;
}

/* What the names of all kept folders of a path end in: "+csaf+white+2026". */
static str path_end(struct arena *a, str path)
{
    buf b = {.a = a};
    buf_char(&b, '+');
    for (size_t i = 0; i < path.n; i++)
        buf_char(&b, path.p[i] == '/' ? '+' : path.p[i]);
    return buf_str(&b);
}

/* Where a generation's link leads: the name of the kept folder; absent: there is none. */
static str kept_in(struct shelf *m, str folder, str path)
{
    char to[512];
    ssize_t n =
        readlink(str_to_z(m->a, str_fmt(m->a, "%.*s/%.*s", SV(folder), SV(path))), to, sizeof to);
    if (n <= 0 || (size_t)n == sizeof to)
        return NO_STR;
    str s = {to, (size_t)n};
    while (str_find_char(s, '/') >= 0)
        s = str_from(s, (size_t)str_find_char(s, '/') + 1);
    return str_copy(m->a, s);
}

/* Whether any generation that there is leads to it. */
static bool is_led_to(struct shelf *m, str path, str name)
{
    str all = str_join(m->a, m->root, S("/generations"));
    bool is = false;
    DIR *dir = opendir(str_to_z(m->a, all));
    if (dir == NULL)
        return true;
    for (struct dirent *x; !is && (x = readdir(dir)) != NULL;) {
        if (x->d_name[0] == '.')
            continue;
        str kept = kept_in(m, str_fmt(m->a, "%.*s/%s", SV(all), x->d_name), path);
        is = kept.p != NULL && str_eq(kept, name);
    }
    (void)closedir(dir);
    return is;
}

/* A folder of that path that nothing leads to any more becomes the one that is made. */
static bool take_spare(struct shelf *m, str path, str name)
{
    str all = str_join(m->a, m->root, S("/folders")), end = path_end(m->a, path);
    bool took = false;
    DIR *dir = opendir(str_to_z(m->a, all));
    if (dir == NULL)
        return false;
    for (struct dirent *x; !took && (x = readdir(dir)) != NULL;) {
        str one = str_copy(m->a, str_z(x->d_name));
        ptrdiff_t at = str_find_char(one, '+'); /* the first: names of generations have none */
        if (at < 0 || !str_eq(str_from(one, (size_t)at), end) || is_led_to(m, path, one))
            continue;
        took = rename(str_to_z(m->a, str_fmt(m->a, "%.*s/%.*s", SV(all), SV(one))),
                      str_to_z(m->a, str_fmt(m->a, "%.*s/%.*s", SV(all), SV(name)))) == 0;
    }
    (void)closedir(dir);
    return took;
}

static enum err link_folder(struct shelf *m, str path, str name)
{
    buf to = {.a = m->a};
    str at = str_fmt(m->a, "%.*s/generations/%.*s/%.*s", SV(m->root), SV(m->name), SV(path));
    for (size_t i = 0; i < path.n; i++)
        if (path.p[i] == '/')
            buf_put(&to, S("../"));
    buf_putf(&to, "../../folders/%.*s", SV(name));
    if (symlink(str_to_z(m->a, buf_str(&to)), str_to_z(m->a, at)) != 0)
        return failed(m->f, "link", at);
    return OK;
}

static str generation(const struct shelf *m)
{
    return str_fmt(m->a, "%.*s/generations/%.*s", SV(m->root), SV(m->name));
}

static void open_at(struct shelf *m, str path, str real, bool anew)
{
    *PUSH(m->a, &m->open) = (struct open_folder){str_copy(m->a, path), real, anew};
}

enum err shelf_folder(struct shelf *m, str path)
{
    TRY(make_folders(m, generation(m), path));
    open_at(m, path, str_fmt(m->a, "%.*s/%.*s", SV(generation(m)), SV(path)), false);
    return OK;
}

/* With the files of the old one, if there is one. */
static enum err make_kept(struct shelf *m, str path, str old, str *name)
{
    *name = str_fmt(m->a, "%.*s%.*s", SV(m->name), SV(path_end(m->a, path)));
    str to = str_fmt(m->a, "%.*s/folders/%.*s", SV(m->root), SV(*name));
    if (old.p == NULL || !take_spare(m, path, *name))
        TRY(make_folder(m, to));
    if (old.p != NULL)
        TRY(keep_files(m, str_fmt(m->a, "%.*s/folders/%.*s", SV(m->root), SV(old)), to));
    open_at(m, path, to, old.p == NULL);
    return OK;
}

enum err shelf_keep(struct shelf *m, str path, enum shelf_keeping how)
{
    str old = how != SHELF_ANEW && m->old.p != NULL ? kept_in(m, m->old, path) : NO_STR, name = old;
    ptrdiff_t slash = (ptrdiff_t)path.n - 1;
    while (slash >= 0 && path.p[slash] != '/')
        slash--;
    if (slash > 0)
        TRY(make_folders(m, generation(m), str_sub(path, 0, (size_t)slash)));
    if (old.p == NULL || how != SHELF_AS_IS)
        TRY(make_kept(m, path, old, &name));
    return link_folder(m, path, name);
}

str shelf_before(const struct shelf *m, struct arena *a, str path, str name)
{
    struct fault f;
    str bytes;
    if (m->old.p == NULL)
        return NO_STR;
    str file = str_fmt(a, "%.*s/%.*s/%.*s", SV(m->old), SV(path), SV(name));
    return file_read(a, str_to_z(a, file), BEFORE_MAX, &f, &bytes) == OK ? bytes : NO_STR;
}

/* Where a folder is made anew, what has the bytes that it had before is the same file. */
static bool is_as_before(struct shelf *m, str path, str name, str bytes, const char *file)
{
    struct arena *a = arena_new();
    str before = shelf_before(m, a, path, name);
    str from = str_fmt(a, "%.*s/%.*s/%.*s", SV(m->old), SV(path), SV(name));
    bool is = before.p != NULL && str_eq(before, bytes) && link(str_to_z(a, from), file) == 0;
    arena_free(a);
    return is;
}

enum err shelf_put_parts(struct shelf *m, str path, str name, struct strs parts)
{
    const struct open_folder *at = NULL;
    for (size_t i = m->open.n; i > 0 && at == NULL; i--)
        if (str_eq(m->open.v[i - 1].path, path))
            at = &m->open.v[i - 1];
    must(at != NULL && parts.n > 0);
    char file[PATH_MAX]; /* not of the arena: there may be a million files */
    if (snprintf(file, sizeof file, "%.*s/%.*s", SV(at->real), SV(name)) >= (int)sizeof file)
        return fault_set(m->f, E_INVALID, "the path of %.*s is too long", SV(name));
    /* never into the file itself: the current generation may have it, too */
    if (unlink(file) != 0 && errno != ENOENT)
        return failed(m->f, "remove", str_z(file));
    if (parts.v[0].p == NULL || (parts.n == 1 && at->anew && m->old.p != NULL &&
                                 is_as_before(m, path, name, parts.v[0], file)))
        return OK;
    return write_parts(m, file, parts);
}

enum err shelf_put(struct shelf *m, str path, str name, str bytes)
{
    return shelf_put_parts(m, path, name, (struct strs){&bytes, 1});
}

/* --- the switch ------------------------------------------------------------------------------- */

/* All of it is on the disk before anybody is led there. */
static enum err sync_all(struct shelf *m)
{
    int fd = open(str_to_z(m->a, m->root), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return failed(m->f, "open", m->root);
    enum err e = syncfs(fd) == 0 ? OK : failed(m->f, "sync", m->root);
    (void)close(fd);
    return e;
}

static enum err show(struct shelf *m)
{
    str next = str_join(m->a, m->root, S("/current.next"));
    const char *z = str_to_z(m->a, next);
    str to = str_join(m->a, S("generations/"), m->name);
    if (unlink(z) != 0 && errno != ENOENT)
        return failed(m->f, "remove", next);
    if (symlink(str_to_z(m->a, to), z) != 0)
        return failed(m->f, "link", next);
    if (rename(z, str_to_z(m->a, str_join(m->a, m->root, S("/current")))) != 0)
        return failed(m->f, "rename", next);
    return sync_all(m);
}

str shelf_current(struct arena *a, const char *root)
{
    char to[512];
    static const str front = S_INIT("generations/");
    ssize_t n = readlink(str_to_z(a, str_fmt(a, "%s/current", root)), to, sizeof to);
    if (n <= (ssize_t)front.n || (size_t)n == sizeof to)
        return NO_STR;
    return str_copy(a, str_from((str){to, (size_t)n}, front.n));
}

enum err shelf_begin(struct arena *a, const char *root, str name, struct fault *f,
                     struct shelf **out)
{
    struct shelf *m = NEW(a, struct shelf);
    str now = shelf_current(a, root);
    *m = (struct shelf){.a = a, .f = f, .root = str_z(root), .name = name};
    if (now.p != NULL)
        m->old = str_fmt(a, "%.*s/generations/%.*s", SV(m->root), SV(now));
    TRY(make_folder(m, m->root));
    TRY(make_folder(m, str_join(a, m->root, S("/generations"))));
    TRY(make_folder(m, str_join(a, m->root, S("/folders"))));
    if (mkdir(str_to_z(a, generation(m)), FOLDER_MODE) != 0)
        return failed(f, "create", generation(m));
    *out = m;
    return OK;
}

enum err shelf_show(struct shelf *m)
{
    TRY(sync_all(m));
    return show(m);
}
