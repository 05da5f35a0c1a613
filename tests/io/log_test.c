/* log_test.c - lines reach their file whole, and what is lost is said. */
#include "io/files.h"
#include "io/log.h"
#include "t.h"

#include <fcntl.h>
#include <unistd.h>

static struct clock noon = {.fixed = true, .at = 0};

static str contents(struct arena *a, const char *path)
{
    struct fault f = {0};
    str got;
    CHECK_ERR(OK, file_read(a, path, 1 << 20, &f, &got));
    return got;
}

static const char *temp(struct arena *a)
{
    char dir[] = "/tmp/log-XXXXXX";
    CHECK(mkdtemp(dir) != NULL);
    return str_to_z(a, str_fmt(a, "%s/log", dir));
}

static void clean(struct arena *a, const char *path)
{
    (void)unlink(path);
    (void)rmdir(str_to_z(a, str_sub(str_z(path), 0, strlen(path) - 4)));
}

TEST(lines_are_appended)
{
    struct fault f = {0};
    struct log l;
    const char *path = temp(a);
    CHECK_ERR(OK, log_open(&l, path, &noon, &f));
    log_write(&l, S("{\"a\":1}\n"));
    log_event(&l, LOG_LEVEL_WARN, S("tired"), S("late \"hours\""));
    log_close(&l);
    CHECK_STR(S("{\"a\":1}\n{\"at\":\"1970-01-01T00:00:00.000Z\",\"level\":\"warn\","
                "\"event\":\"tired\",\"why\":\"late \\\"hours\\\"\"}\n"),
              contents(a, path));
    clean(a, path);
}

TEST(a_log_that_was_moved_away_begins_anew)
{
    struct fault f = {0};
    struct log l;
    const char *path = temp(a);
    const char *old = str_to_z(a, str_fmt(a, "%s.old", path));
    CHECK_ERR(OK, log_open(&l, path, &noon, &f));
    log_write(&l, S("one\n"));
    CHECK(rename(path, old) == 0);
    log_write(&l, S("two\n"));
    CHECK_ERR(OK, log_reopen(&l, &f));
    log_write(&l, S("three\n"));
    log_close(&l);
    CHECK_STR(S("one\ntwo\n"), contents(a, old));
    CHECK_STR(S("three\n"), contents(a, path));
    CHECK(unlink(old) == 0);
    clean(a, path);
}

static size_t count_lines(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n += s.p[i] == '\n';
    return n;
}

TEST(late_lines_come_before_the_next_one_that_is_not_late)
{
    struct fault f = {0};
    struct log l;
    const char *path = temp(a);
    CHECK_ERR(OK, log_open(&l, path, &noon, &f));
    log_start(&l);
    log_write_soon(&l, S("one\n"));
    log_write_soon(&l, S("two\n"));
    log_write(&l, S("three\n"));
    CHECK_STR(S("one\ntwo\nthree\n"), contents(a, path));
    log_write_soon(&l, S("four\n"));
    log_close(&l);
    CHECK_STR(S("one\ntwo\nthree\nfour\n"), contents(a, path));
    clean(a, path);
}

/* The one thread of the log has nobody who tells it to write, but itself. */
TEST(late_lines_come_without_being_asked_for)
{
    struct fault f = {0};
    struct log l;
    int ends[2];
    char got[16];
    CHECK(pipe2(ends, O_CLOEXEC) == 0);
    CHECK_ERR(OK, log_open(&l, NULL, &noon, &f));
    l.fd = ends[1];
    log_start(&l);
    log_write_soon(&l, S("one\n"));
    CHECK_I64(4, read(ends[0], got, sizeof got)); /* waits for it */
    log_close(&l);
    (void)close(ends[0]);
}

TEST(more_late_lines_than_there_is_room_for_are_written_at_once)
{
    enum { LINES = 3000, LINE = 30 };
    struct fault f = {0};
    struct log l;
    const char *path = temp(a);
    CHECK_ERR(OK, log_open(&l, path, &noon, &f));
    log_start(&l);
    for (int i = 0; i < LINES; i++)
        log_write_soon(&l, S("a line of thirty bytes, whole\n"));
    log_close(&l);
    str got = contents(a, path);
    CHECK(count_lines(got) == LINES);
    CHECK(got.n == (size_t)LINES * LINE);
    clean(a, path);
}

TEST(a_crash_writes_what_was_to_come_later)
{
    struct fault f = {0};
    struct log l;
    const char *path = temp(a);
    CHECK_ERR(OK, log_open(&l, path, &noon, &f));
    l.running = true; /* but nobody writes */
    log_write_soon(&l, S("one\n"));
    CHECK_STR(S(""), contents(a, path));
    log_crashed(&l);
    CHECK_STR(S("one\n"), contents(a, path));
    l.running = false;
    log_close(&l);
    clean(a, path);
}

/* A full pipe takes nothing, until it is emptied. */
TEST(lost_lines_are_counted_aloud)
{
    struct log l;
    struct fault f = {0};
    char junk[65536];
    int ends[2];
    CHECK(pipe2(ends, O_NONBLOCK | O_CLOEXEC) == 0);
    CHECK_ERR(OK, log_open(&l, NULL, &noon, &f));
    l.fd = ends[1];
    memset(junk, 'x', sizeof junk);
    while (write(ends[1], junk, sizeof junk) > 0)
        continue;
    log_write(&l, S("lost\n"));
    log_write(&l, S("lost\n"));
    while (read(ends[0], junk, sizeof junk) > 0)
        continue;
    log_write(&l, S("kept\n"));
    ssize_t n = read(ends[0], junk, sizeof junk);
    CHECK(n > 0);
    CHECK_STR(S("kept\n{\"at\":\"1970-01-01T00:00:00.000Z\",\"level\":\"error\","
                "\"event\":\"log_lost\",\"lines\":2}\n"),
              ((str){junk, (size_t)n}));
    log_close(&l);
    (void)close(ends[0]);
}

TEST(a_log_that_cannot_be_opened_is_an_error)
{
    struct log l;
    struct fault f = {0};
    CHECK_ERR(E_IO, log_open(&l, "/nowhere/log", &noon, &f));
    CHECK(strstr(f.text, "/nowhere/log") != NULL);
}
