/* queries.c - how long each of many requests takes, one after the other on one connection.
 *
 *     queries TIMES PORT PREFIX PID <QUERIES
 *
 * Asks 127.0.0.1:PORT for PREFIX followed by each line of the standard input, TIMES times, and
 * keeps the least of each.  Prints a JSON object: the worst and the median of these in
 * milliseconds, with the line that was the worst, and the same of the processor time that the
 * server PID took, which is what they cost where others use the machine, too.  Exit code 1 where
 * an answer is not 200. */
#include "base/str.h"

#include <arpa/inet.h>
#include <glob.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { LINES = 500, LINE = 8000, ANSWER = 8 << 20 };

static char answer[ANSWER];

static double now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Until the head and as many bytes as it tells of are there. */
static bool receive(int fd)
{
    size_t n = 0, want = ANSWER;
    while (n < want) {
        ssize_t got = recv(fd, answer + n, ANSWER - n, 0);
        if (got <= 0)
            return false;
        n += (size_t)got;
        ptrdiff_t head = want == ANSWER ? str_find((str){answer, n}, S("\r\n\r\n")) : -1;
        ptrdiff_t at = head > 0 ? str_find((str){answer, n}, S("Content-Length: ")) : -1;
        i64 length;
        if (at > 0) {
            str rest = str_from((str){answer, n}, (size_t)at + 16);
            if (!str_i64(str_cut(&rest, '\r'), &length))
                return false;
            want = (size_t)head + 4 + (size_t)length;
        }
    }
    return memcmp(answer, "HTTP/1.1 200", 12) == 0;
}

/* Milliseconds of all threads of a process, so far. */
static double cpu_ms(const char *pid)
{
    char pattern[100];
    glob_t all;
    double sum = 0;
    (void)snprintf(pattern, sizeof pattern, "/proc/%s/task/*/schedstat", pid);
    must(glob(pattern, 0, NULL, &all) == 0);
    for (size_t i = 0; i < all.gl_pathc; i++) {
        double ns = 0;
        FILE *f = fopen(all.gl_pathv[i], "re");
        if (f != NULL && fscanf(f, "%lf", &ns) == 1)
            sum += ns / 1e6;
        if (f != NULL)
            (void)fclose(f);
    }
    globfree(&all);
    return sum;
}

static double once(int fd, str prefix, str line)
{
    char request[LINE + 500];
    int n = snprintf(request, sizeof request, "GET %.*s%.*s HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
                     SV(prefix), SV(line));
    double since = now_ms();
    if (n >= (int)sizeof request || send(fd, request, (size_t)n, MSG_NOSIGNAL) != n ||
        !receive(fd)) {
        (void)fprintf(stderr, "queries: no answer: %.*s\n", SV(line));
        exit(1);
    }
    return now_ms() - since;
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

struct worst {
    double ms, all[LINES];
    char line[LINE];
};

static void note(struct worst *w, size_t n, double took, const char *line)
{
    w->all[n] = took;
    if (n > 0 && took <= w->ms)
        return;
    w->ms = took;
    (void)snprintf(w->line, sizeof w->line, "%.200s", line);
}

static void say(struct worst *w, size_t n, const char *kind)
{
    qsort(w->all, n, sizeof w->all[0], by_size);
    (void)printf("\"worst_%s\":%.2f,\"median_%s\":%.2f,\"worst_%s_of\":\"%.*s\"", kind, w->ms, kind,
                 w->all[n / 2], kind, SV(str_trim(str_z(w->line))));
}

static void ask(int fd, str prefix, i64 times, const char *pid)
{
    static char line[LINE];
    static struct worst clock, cpu;
    const struct timespec rest = {.tv_nsec = 1000000}; /* the server may be tidying up */
    size_t n = 0;
    while (n < LINES && fgets(line, sizeof line, stdin) != NULL) {
        str s = str_trim(str_z(line));
        double least = 1e9, least_cpu = 1e9;
        for (i64 i = 0; i < times; i++) {
            double since = cpu_ms(pid), took = once(fd, prefix, s);
            (void)nanosleep(&rest, NULL);
            double cost = cpu_ms(pid) - since;
            least = took < least ? took : least;
            least_cpu = cost < least_cpu ? cost : least_cpu;
        }
        note(&clock, n, least, line);
        note(&cpu, n, least_cpu, line);
        if (getenv("EACH") != NULL)
            (void)fprintf(stderr, "%8.2f %8.2f %.*s\n", least, least_cpu, SV(str_sub(s, 0, 200)));
        n++;
    }
    must(n > 0);
    (void)printf("{\"queries\":%zu,", n);
    say(&clock, n, "ms");
    (void)printf(",");
    say(&cpu, n, "cpu_ms");
    (void)printf("}\n");
}

int main(int argc, char **argv)
{
    i64 times, port;
    if (argc != 5 || !str_i64(str_z(argv[1]), &times) || !str_i64(str_z(argv[2]), &port)) {
        (void)fputs("usage: queries TIMES PORT PREFIX PID <QUERIES\n", stderr);
        return 2;
    }
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_port = htons((in_port_t)port),
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), one = 1;
    (void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
        (void)fputs("queries: nobody listens there\n", stderr);
        return 1;
    }
    ask(fd, str_z(argv[3]), times, argv[4]);
    (void)close(fd);
    return 0;
}
