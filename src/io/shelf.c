/* shelf.c - see shelf.h. */
#include "io/shelf.h"

#include "base/vec.h"
#include "io/files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0644, FOLDER_MODE = 0755, FILE_MAX = 1 << 28 };

static enum err failed(struct fault *f, const char *what, str path)
{
    enum err err = errno == EACCES || errno == EPERM ? E_DENIED : E_IO;
    return fault_set(f, err, "%s %.*s: %s", what, SV(path), strerror(errno));
}

struct open_folder {
    str path, real; /* where its files are written */
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

static enum err write_file(struct shelf *m, const char *path, str bytes)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
    if (fd < 0)
        return failed(m->f, "create", str_z(path));
    enum err e = file_put(fd, bytes, m->f);
    if (e == OK && fchmod(fd, FILE_MODE) != 0)
        e = failed(m->f, "chmod", str_z(path));
    if (close(fd) != 0 && e == OK)
        e = failed(m->f, "close", str_z(path));
    return e;
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

static enum err keep_files(struct shelf *m, str from, str to)
{
    enum err e = OK;
    DIR *dir = opendir(str_to_z(m->a, from));
    if (dir == NULL)
        return errno == ENOENT ? OK : failed(m->f, "open", from);
    for (struct dirent *x; e == OK && (x = readdir(dir)) != NULL;) {
        str name = str_z(x->d_name);
        if (x->d_name[0] != '.')
            e = keep_file(m, str_fmt(m->a, "%.*s/%.*s", SV(from), SV(name)),
                          str_fmt(m->a, "%.*s/%.*s", SV(to), SV(name)));
    }
    (void)closedir(dir);
    return e;
}

/* Where the current generation's link leads: "NAME-n"; absent: there is none. */
static str kept_name(struct shelf *m, str path)
{
    char to[512];
    if (m->old.p == NULL)
        return NO_STR;
    ssize_t n =
        readlink(str_to_z(m->a, str_fmt(m->a, "%.*s/%.*s", SV(m->old), SV(path))), to, sizeof to);
    if (n <= 0 || (size_t)n == sizeof to)
        return NO_STR;
    str s = {to, (size_t)n};
    while (str_find_char(s, '/') >= 0)
        s = str_from(s, (size_t)str_find_char(s, '/') + 1);
    return str_copy(m->a, s);
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

static void open_at(struct shelf *m, str path, str real)
{
    *PUSH(m->a, &m->open) = (struct open_folder){str_copy(m->a, path), real};
}

enum err shelf_folder(struct shelf *m, str path)
{
    TRY(make_folders(m, generation(m), path));
    open_at(m, path, str_fmt(m->a, "%.*s/%.*s", SV(generation(m)), SV(path)));
    return OK;
}

enum err shelf_keep(struct shelf *m, str path, enum shelf_keeping how)
{
    str old = how != SHELF_ANEW ? kept_name(m, path) : NO_STR, name = old;
    ptrdiff_t slash = (ptrdiff_t)path.n - 1;
    while (slash >= 0 && path.p[slash] != '/')
        slash--;
    if (slash > 0)
        TRY(make_folders(m, generation(m), str_sub(path, 0, (size_t)slash)));
    if (old.p == NULL || how != SHELF_AS_IS) {
        name = str_fmt(m->a, "%.*s-%zu", SV(m->name), m->open.n);
        str to = str_fmt(m->a, "%.*s/folders/%.*s", SV(m->root), SV(name));
        TRY(make_folder(m, to));
        if (old.p != NULL)
            TRY(keep_files(m, str_fmt(m->a, "%.*s/folders/%.*s", SV(m->root), SV(old)), to));
        open_at(m, path, to);
    }
    return link_folder(m, path, name);
}

enum err shelf_put(struct shelf *m, str path, str name, str bytes)
{
    str real = NO_STR;
    for (size_t i = m->open.n; i > 0 && real.p == NULL; i--)
        if (str_eq(m->open.v[i - 1].path, path))
            real = m->open.v[i - 1].real;
    must(real.p != NULL);
    char file[PATH_MAX]; /* not of the arena: there may be a million files */
    if (snprintf(file, sizeof file, "%.*s/%.*s", SV(real), SV(name)) >= (int)sizeof file)
        return fault_set(m->f, E_INVALID, "the path of %.*s is too long", SV(name));
    /* never into the file itself: the current generation may have it, too */
    if (unlink(file) != 0 && errno != ENOENT)
        return failed(m->f, "remove", str_z(file));
    return bytes.p != NULL ? write_file(m, file, bytes) : OK;
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
