/* log.c - see log.h. */
#include "io/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int open_file(const char *path)
{
    return open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640);
}

enum err log_open(struct log *l, const char *path, struct clock *clock, struct fault *f)
{
    l->path = path;
    l->clock = clock;
    l->fd = STDERR_FILENO;
    l->lost = 0;
    l->running = l->closing = false;
    l->n = 0;
    if (path != NULL && (l->fd = open_file(path)) < 0)
        return fault_set(f, E_IO, "cannot open the log %s: %s", path, strerror(errno));
    must(pthread_mutex_init(&l->lock, NULL) == 0);
    must(pthread_cond_init(&l->some, NULL) == 0);
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

/* With l->lock held, as in the two below. */
static void write_now(struct log *l, str lines)
{
    if (lines.n == 0)
        return;
    if (!write_whole(l->fd, lines))
        for (size_t i = 0; i < lines.n; i++)
            l->lost += lines.p[i] == '\n';
    else if (l->lost > 0)
        say_lost(l);
}

static void flush(struct log *l)
{
    write_now(l, (str){l->later, l->n});
    l->n = 0;
}

void log_write(struct log *l, str line)
{
    must(pthread_mutex_lock(&l->lock) == 0);
    flush(l);
    write_now(l, line);
    must(pthread_mutex_unlock(&l->lock) == 0);
}

void log_write_soon(struct log *l, str line)
{
    must(pthread_mutex_lock(&l->lock) == 0);
    if (line.n > LOG_LATER - l->n)
        flush(l);
    if (!l->running || line.n > LOG_LATER) {
        write_now(l, line);
    } else {
        if (l->n == 0)
            must(pthread_cond_signal(&l->some) == 0);
        memcpy(l->later + l->n, line.p, line.n);
        l->n += line.n;
    }
    must(pthread_mutex_unlock(&l->lock) == 0);
}

void log_crashed(void *log)
{
    const struct log *l = log;
    if (l->n > 0)
        (void)!write(l->fd, l->later, l->n);
}

/* Sleeps until there is a line, and then until there are more. */
static void *log_main(void *arg)
{
    struct log *l = arg;
    const struct timespec nap = {.tv_nsec = LOG_LATE_MS * 1000000L};
    must(pthread_mutex_lock(&l->lock) == 0);
    while (!l->closing) {
        while (l->n == 0 && !l->closing)
            must(pthread_cond_wait(&l->some, &l->lock) == 0);
        must(pthread_mutex_unlock(&l->lock) == 0);
        (void)nanosleep(&nap, NULL);
        must(pthread_mutex_lock(&l->lock) == 0);
        flush(l);
    }
    must(pthread_mutex_unlock(&l->lock) == 0);
    return NULL;
}

void log_start(struct log *l)
{
    must(!l->running && pthread_create(&l->thread, NULL, log_main, l) == 0);
    l->running = true;
}

static void stop(struct log *l)
{
    must(pthread_mutex_lock(&l->lock) == 0);
    l->closing = true;
    must(pthread_cond_signal(&l->some) == 0);
    must(pthread_mutex_unlock(&l->lock) == 0);
    must(pthread_join(l->thread, NULL) == 0);
    flush(l);
    l->running = false;
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
    flush(l);                             /* they belong to the old one */
    int put = dup3(fd, l->fd, O_CLOEXEC); /* the same number: a crash has only that */
    must(pthread_mutex_unlock(&l->lock) == 0);
    (void)close(fd);
    return put >= 0 ? OK : fault_set(f, E_IO, "cannot change to the log %s", l->path);
}

void log_close(struct log *l)
{
    if (l->running)
        stop(l);
    if (l->fd >= 0 && l->fd != STDERR_FILENO)
        (void)close(l->fd);
    l->fd = -1;
    (void)pthread_cond_destroy(&l->some);
    (void)pthread_mutex_destroy(&l->lock);
}
