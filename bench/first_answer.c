/* first_answer.c - how long a server takes from its start to its first answer.
 *
 *     first_answer TIMES PORT PATH COMMAND...
 *
 * Starts the command, asks 127.0.0.1:PORT for PATH until the answer is 200, and ends the server
 * by SIGTERM; TIMES times.  Prints one JSON object with the least and the median of it. */
#include "base/str.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { TIMES_MAX = 100, PATIENCE_MS = 60000 };

static double now_ms(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static bool asked(int fd, str request)
{
    char answer[64];
    if (send(fd, request.p, request.n, MSG_NOSIGNAL) != (ssize_t)request.n)
        return false;
    ssize_t n = recv(fd, answer, sizeof answer, MSG_WAITALL);
    return n > 12 && memcmp(answer, "HTTP/1.1 200", 12) == 0;
}

static bool ask(in_port_t port, str request)
{
    struct sockaddr_in to = {
        .sin_family = AF_INET, .sin_port = htons(port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bool ok = connect(fd, (struct sockaddr *)&to, sizeof to) == 0 && asked(fd, request);
    (void)close(fd);
    return ok;
}

static double once(in_port_t port, str request, char **command)
{
    double begin = now_ms();
    pid_t pid = fork();
    if (pid == 0) {
        (void)!freopen("/dev/null", "w", stdout);
        (void)execv(command[0], command);
        _exit(127);
    }
    struct timespec nap = {.tv_nsec = 200000};
    while (!ask(port, request)) {
        if (now_ms() - begin > PATIENCE_MS || waitpid(pid, NULL, WNOHANG) == pid) {
            (void)fputs("first_answer: there was none\n", stderr);
            exit(1);
        }
        (void)nanosleep(&nap, NULL);
    }
    double took = now_ms() - begin;
    (void)kill(pid, SIGTERM);
    (void)waitpid(pid, NULL, 0);
    return took;
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new();
    double took[TIMES_MAX];
    i64 times, port;
    if (argc < 5 || !str_i64(str_z(argv[1]), &times) || times < 1 || times > TIMES_MAX ||
        !str_i64(str_z(argv[2]), &port) || port > 65535)
        return 2;
    str request = str_fmt(a, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\nConnection: close\r\n\r\n",
                          argv[3], argv[2]);
    for (i64 i = 0; i < times; i++)
        took[i] = once((in_port_t)port, request, argv + 4);
    qsort(took, (size_t)times, sizeof *took, by_size);
    (void)printf("{\"times\":%lld,\"least_ms\":%.1f,\"median_ms\":%.1f}\n", (long long)times,
                 took[0], took[times / 2]);
    arena_free(a);
    return 0;
}
