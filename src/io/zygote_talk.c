/* zygote_talk.c - see zygote.h: what a job asks while it runs, as frames on its one socket. */
#include "io/zygote_wire.h"

#include "io/clock.h"

#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD = 1 + sizeof(uint64_t) };

static void put_head(char *head, enum zygote_frame kind, size_t n)
{
    uint64_t size = n;
    head[0] = (char)kind;
    memcpy(head + 1, &size, sizeof size);
}

/* --- the child -------------------------------------------------------------------------------- */

static bool read_all(int fd, char *p, size_t n)
{
    while (n > 0) {
        ssize_t got = read(fd, p, n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return false;
        p += got;
        n -= (size_t)got;
    }
    return true;
}

bool zygote_say(int fd, enum zygote_frame kind, str s)
{
    char head[HEAD];
    put_head(head, kind, s.n);
    return zygote_write(fd, (str){head, HEAD}) && zygote_write(fd, s);
}

bool zygote_ask(int fd, struct arena *a, str question, str *answer)
{
    char head[HEAD];
    uint64_t size;
    if (!zygote_say(fd, FRAME_QUESTION, question) || !read_all(fd, head, HEAD))
        return false;
    memcpy(&size, head + 1, sizeof size);
    char *p = NEWS(a, char, (size_t)size + 1);
    *answer = (str){p, (size_t)size};
    return read_all(fd, p, (size_t)size);
}

/* --- the caller ------------------------------------------------------------------------------- */

enum zygote_frame zygote_frame(str heard, str *payload)
{
    uint64_t size;
    if (heard.n == 0)
        return FRAME_PART;
    if (heard.p[0] != FRAME_QUESTION && heard.p[0] != FRAME_END)
        return FRAME_WRONG;
    if (heard.n < HEAD)
        return FRAME_PART;
    memcpy(&size, heard.p + 1, sizeof size);
    if (size > heard.n - HEAD)
        return FRAME_PART;
    *payload = str_from(heard, HEAD);
    return size == heard.n - HEAD ? (enum zygote_frame)heard.p[0] : FRAME_WRONG;
}

static bool send_all(int fd, str s, i64 end)
{
    while (s.n > 0) {
        ssize_t n = send(fd, s.p, s.n, MSG_NOSIGNAL | MSG_DONTWAIT);
        i64 left = end - clock_us() / 1000;
        if (n > 0)
            s = str_from(s, (size_t)n);
        else if (errno != EAGAIN && errno != EINTR)
            return false;
        else if (left <= 0 || poll(&(struct pollfd){fd, POLLOUT, 0}, 1,
                                   left > INT_MAX ? INT_MAX : (int)left) < 0)
            return false;
    }
    return true;
}

bool zygote_answer(int fd, const struct zygote_talk *t, str question)
{
    struct arena *a = arena_new();
    buf answer = {.a = a};
    char head[HEAD];
    t->answer(t->arg, a, question, &answer);
    i64 end = clock_us() / 1000 + t->step_ms;
    put_head(head, FRAME_ANSWER, answer.n);
    bool said = send_all(fd, (str){head, HEAD}, end) &&
                (answer.n == 0 || send_all(fd, buf_str(&answer), end));
    arena_free(a);
    return said;
}
