/* clock.c - see clock.h. */
#include "io/clock.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

static i64 system_ms(void)
{
    struct timespec t;
    must(clock_gettime(CLOCK_REALTIME, &t) == 0);
    return (i64)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

i64 clock_us(void)
{
    struct timespec t;
    must(clock_gettime(CLOCK_MONOTONIC, &t) == 0);
    return (i64)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static bool file_says(const char *path, i64 *out)
{
    char text[32];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, text, sizeof text);
    (void)close(fd);
    str s = str_trim((str){text, n > 0 ? (size_t)n : 0});
    bool minus = str_has_prefix(s, S("-")), plus = str_has_prefix(s, S("+"));
    i64 v;
    if (!str_i64(minus || plus ? str_from(s, 1) : s, &v))
        return false;
    if (minus)
        v = -v;
    *out = minus || plus ? system_ms() + v : v;
    return true;
}

i64 clock_now(struct clock *c)
{
    if (c->fixed)
        return c->at;
    if (c->path == NULL)
        return system_ms();
    i64 now;
    if (!file_says(c->path, &now))
        return c->last_ok;
    c->last_ok = now;
    return now;
}

void clock_set(struct clock *c, i64 ms)
{
    c->at = ms;
    c->fixed = true;
}

enum err clock_follow(struct clock *c, const char *path, struct fault *f)
{
    i64 now;
    if (!file_says(path, &now))
        return fault_set(f, E_INVALID, "the clock file %s does not say a time", path);
    c->last_ok = now;
    c->path = path;
    return OK;
}
