/* files.c - see files.h. */
#include "io/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void *file_handle(int fd)
{
    return (void *)(intptr_t)(fd + 1);
}

void file_close(void *handle)
{
    (void)close((int)(intptr_t)handle - 1);
}

static enum err failed(struct fault *f, const char *what, const char *path)
{
    int e = errno;
    enum err err = e == ENOENT ? E_NOT_FOUND : e == EACCES || e == EPERM ? E_DENIED : E_IO;
    return fault_set(f, err, "%s %s: %s", what, path, strerror(e));
}

enum err file_read_fd(struct arena *a, int fd, size_t max, struct fault *f, str *out)
{
    struct stat st;
    if (fstat(fd, &st) != 0)
        return failed(f, "stat", "of an open file");
    if (!S_ISREG(st.st_mode))
        return fault_set(f, E_INVALID, "not a regular file");
    if (st.st_size < 0 || (uintmax_t)st.st_size > max)
        return fault_set(f, E_INVALID, "longer than %zu bytes", max);
    size_t want = (size_t)st.st_size, n = 0;
    char *p = NEWS(a, char, want + 1);
    while (n < want) {
        ssize_t got = pread(fd, p + n, want - n, (off_t)n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failed(f, "read", "of an open file");
        if (got == 0)
            break;
        n += (size_t)got;
    }
    *out = (str){p, n};
    return OK;
}

enum err file_read(struct arena *a, const char *path, size_t max, struct fault *f, str *out)
{
    /* O_NONBLOCK: opening a pipe by mistake must not wait for its other end. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return failed(f, "open", path);
    enum err e = file_read_fd(a, fd, max, f, out);
    (void)close(fd);
    return e;
}

enum err file_put(int fd, str bytes, struct fault *f)
{
    while (bytes.n > 0) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return failed(f, "write", "to an open file");
        bytes = str_from(bytes, (size_t)n);
    }
    return OK;
}

static str folder_of(str path)
{
    for (size_t i = path.n; i > 0; i--)
        if (path.p[i - 1] == '/')
            return i == 1 ? S("/") : str_sub(path, 0, i - 1);
    return S(".");
}

static enum err sync_folder(struct arena *a, const char *path, struct fault *f)
{
    const char *folder = str_to_z(a, folder_of(str_z(path)));
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return failed(f, "open", folder);
    enum err e = fsync(fd) == 0 ? OK : failed(f, "fsync", folder);
    (void)close(fd);
    return e;
}

static enum err fill(int fd, str bytes, unsigned mode, struct fault *f)
{
    TRY(file_put(fd, bytes, f));
    if (fchmod(fd, mode) != 0)
        return failed(f, "chmod", "of a new file");
    return fsync(fd) == 0 ? OK : failed(f, "fsync", "of a new file");
}

enum err file_write(struct arena *a, const char *path, str bytes, unsigned mode, struct fault *f)
{
    buf name = {.a = a};
    buf_put(&name, str_z(path));
    buf_put(&name, S(".XXXXXX"));
    buf_char(&name, '\0');
    int fd = mkostemp(name.p, O_CLOEXEC);
    if (fd < 0)
        return failed(f, "create beside", path);
    enum err e = fill(fd, bytes, mode, f);
    if (close(fd) != 0 && e == OK)
        e = failed(f, "close", name.p);
    if (e == OK && rename(name.p, path) != 0)
        e = failed(f, "rename to", path);
    if (e != OK) {
        (void)unlink(name.p);
        return e;
    }
    return sync_folder(a, path, f);
}

enum err file_temp(struct arena *a, const char *folder, struct fault *f, int *out)
{
    *out = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (*out >= 0)
        return OK;
    if (errno != EOPNOTSUPP && errno != EISDIR && errno != EINVAL)
        return failed(f, "create in", folder);
    buf name = {.a = a};
    buf_putf(&name, "%s/.kakehashi-XXXXXX", folder);
    buf_char(&name, '\0');
    *out = mkostemp(name.p, O_CLOEXEC);
    if (*out < 0)
        return failed(f, "create in", folder);
    (void)unlink(name.p);
    return OK;
}
