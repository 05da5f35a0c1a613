/* files_test.c - files, whole or not at all. */
#include "io/files.h"
#include "t.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static void remove_folder(void *handle)
{
    CHECK(rmdir(handle) == 0);
}

/* An empty folder that must be empty again when the test ends. */
static const char *folder(struct arena *a)
{
    char *dir = NEWS(a, char, 32);
    (void)snprintf(dir, 32, "/tmp/files-XXXXXX");
    CHECK(mkdtemp(dir) != NULL);
    arena_defer(a, remove_folder, dir);
    return dir;
}

static const char *path(struct arena *a, const char *dir, const char *name)
{
    return str_to_z(a, str_fmt(a, "%s/%s", dir, name));
}

static int count_files(const char *dir)
{
    int n = 0;
    DIR *d = opendir(dir);
    CHECK(d != NULL);
    while (readdir(d) != NULL)
        n++;
    (void)closedir(d);
    return n - 2;
}

TEST(what_was_written_is_read)
{
    struct fault f = {0};
    struct stat st;
    str got;
    const char *dir = folder(a), *p = path(a, dir, "one");
    CHECK_ERR(OK, file_write(a, p, S("first"), 0640, &f));
    CHECK_ERR(OK, file_write(a, p, S("a\0b"), 0600, &f));
    CHECK_ERR(OK, file_read(a, p, 3, &f, &got));
    CHECK_STR(S("a\0b"), got);
    CHECK(stat(p, &st) == 0 && (st.st_mode & 0777) == 0600);
    CHECK_I64(1, count_files(dir));
    CHECK(unlink(p) == 0);
}

TEST(reading_says_what_is_wrong)
{
    struct fault f = {0};
    str got;
    const char *dir = folder(a), *p = path(a, dir, "two");
    CHECK_ERR(E_NOT_FOUND, file_read(a, p, 10, &f, &got));
    CHECK_ERR(OK, file_write(a, p, S("12345678901"), 0600, &f));
    CHECK_ERR(E_INVALID, file_read(a, p, 10, &f, &got));
    CHECK_ERR(E_INVALID, file_read(a, dir, 10, &f, &got));
    CHECK(unlink(p) == 0);
}

TEST(a_write_that_fails_leaves_the_old_file_and_nothing_else)
{
    struct fault f = {0};
    const char *dir = folder(a), *taken = path(a, dir, "taken");
    CHECK(mkdir(taken, 0700) == 0);
    CHECK_ERR(E_IO, file_write(a, taken, S("x"), 0600, &f));
    CHECK_I64(1, count_files(dir));
    CHECK_ERR(E_NOT_FOUND, file_write(a, path(a, dir, "none/x"), S("x"), 0600, &(struct fault){0}));
    CHECK(rmdir(taken) == 0);
}

TEST(a_temporary_file_has_no_name)
{
    struct fault f = {0};
    str got;
    int fd;
    const char *dir = folder(a);
    CHECK_ERR(OK, file_temp(a, dir, &f, &fd));
    arena_defer(a, file_close, file_handle(fd));
    CHECK_I64(0, count_files(dir));
    CHECK_ERR(OK, file_put(fd, S("some bytes"), &f));
    CHECK_ERR(OK, file_read_fd(a, fd, 100, &f, &got));
    CHECK_STR(S("some bytes"), got);
    CHECK_ERR(E_NOT_FOUND, file_temp(a, "/nowhere", &f, &fd));
}
