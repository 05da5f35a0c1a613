/* log.c - see log.h. */
#include "io/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int open_file(const char *path)
{
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
}

enum err log_open(struct log *l, const char *path, struct clock *clock, struct fault *f)
{
    *l = (struct log){.path = path, .clock = clock, .fd = STDERR_FILENO};
    if (path != NULL && (l->fd = open_file(path)) < 0)
        return fault_set(f, E_IO, "cannot open the log %s: %s", path, strerror(errno));
    must(pthread_mutex_init(&l->lock, NULL) == 0);
    return OK;
}

/* A line longer than what a pipe or a full disk takes at once goes on where it was cut. */
static bool write_whole(int fd, str s)
{
    while (s.n > 0) {
        ssize_t n = write(fd, s.p, s.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        s = str_from(s, (size_t)n);
    }
    return true;
}

static void say_lost(struct log *l)
{
    struct arena *a = arena_new();
    struct log_line line = log_begin(a, clock_now(l->clock), LOG_LEVEL_ERROR, S("log_lost"));
    log_i64(&line, S("lines"), l->lost);
    if (write_whole(l->fd, log_end(&line)))
        l->lost = 0;
    arena_free(a);
}

void log_write(struct log *l, str line)
{
    must(pthread_mutex_lock(&l->lock) == 0);
    if (!write_whole(l->fd, line))
        l->lost++;
    else if (l->lost > 0)
        say_lost(l);
    must(pthread_mutex_unlock(&l->lock) == 0);
}

void log_event(struct log *l, enum log_level level, str event, str why)
{
    struct arena *a = arena_new();
    struct log_line line = log_begin(a, clock_now(l->clock), level, event);
    log_str(&line, S("why"), why);
    log_write(l, log_end(&line));
    arena_free(a);
}

enum err log_reopen(struct log *l, struct fault *f)
{
    if (l->path == NULL)
        return OK;
    int fd = open_file(l->path);
    if (fd < 0)
        return fault_set(f, E_IO, "cannot open the log %s: %s", l->path, strerror(errno));
    must(pthread_mutex_lock(&l->lock) == 0);
    (void)close(l->fd);
    l->fd = fd;
    must(pthread_mutex_unlock(&l->lock) == 0);
    return OK;
}

void log_close(struct log *l)
{
    if (l->fd >= 0 && l->fd != STDERR_FILENO)
        (void)close(l->fd);
    l->fd = -1;
    (void)pthread_mutex_destroy(&l->lock);
}
