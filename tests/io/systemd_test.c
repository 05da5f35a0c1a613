/* systemd_test.c - the test is the service manager. */
#include "t.h"

#include "io/systemd.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static int notify_socket(struct arena *a, const char *path, bool abstract)
{
    struct sockaddr_un at = {.sun_family = AF_UNIX};
    (void)snprintf(at.sun_path + abstract, sizeof at.sun_path - 1, "%s", path + abstract);
    int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    socklen_t n = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + strlen(path));
    must(fd >= 0 && bind(fd, (struct sockaddr *)&at, n) == 0);
    must(setenv("NOTIFY_SOCKET", str_to_z(a, str_z(path)), 1) == 0);
    return fd;
}

static str heard(struct arena *a, int fd)
{
    char text[256];
    ssize_t n = recv(fd, text, sizeof text, MSG_DONTWAIT);
    return n < 0 ? NO_STR : str_copy(a, (str){text, (size_t)n});
}

TEST(states_reach_the_service_manager)
{
    const char *path = str_to_z(a, str_fmt(a, "/tmp/kakehashi-notify-%d", (int)getpid()));
    int fd = notify_socket(a, path, false);
    struct systemd s;
    struct fault f = {0};
    CHECK_ERR(OK, systemd_open(&s, &f));
    systemd_notify(&s, S("READY=1\nSTATUS=it runs"));
    CHECK_STR(S("READY=1\nSTATUS=it runs"), heard(a, fd));
    (void)unlink(path);
    (void)close(fd);
    (void)close(s.notify);
    CHECK(getenv("NOTIFY_SOCKET") == NULL);
}

TEST(an_abstract_socket_is_one_too)
{
    int fd = notify_socket(a, str_to_z(a, str_fmt(a, "@kakehashi-%d", (int)getpid())), true);
    struct systemd s;
    struct fault f = {0};
    CHECK_ERR(OK, systemd_open(&s, &f));
    systemd_notify(&s, S("STOPPING=1"));
    CHECK_STR(S("STOPPING=1"), heard(a, fd));
    (void)close(fd);
    (void)close(s.notify);
}

TEST(without_a_service_manager_nothing_happens)
{
    struct systemd s;
    struct fault f = {0};
    CHECK_ERR(OK, systemd_open(&s, &f));
    CHECK_I64(-1, s.notify);
    CHECK_I64(-1, s.listen);
    CHECK_I64(0, s.watchdog_ms);
    systemd_notify(&s, S("READY=1"));
}

TEST(the_watchdog_is_fed_twice_as_often_as_demanded)
{
    struct systemd s;
    struct fault f = {0};
    must(setenv("WATCHDOG_USEC", "30000000", 1) == 0);
    CHECK_ERR(OK, systemd_open(&s, &f));
    CHECK_I64(15000, s.watchdog_ms);
    must(setenv("WATCHDOG_USEC", "30000000", 1) == 0 && setenv("WATCHDOG_PID", "1", 1) == 0);
    CHECK_ERR(OK, systemd_open(&s, &f));
    CHECK_I64(0, s.watchdog_ms);
}

/* systemd_open() in a child where descriptor 3 is fd; 100 + its error, or the descriptor. */
static int opened(int fd, const char *count, bool right_pid)
{
    pid_t pid = fork();
    if (pid == 0) {
        char text[24];
        (void)snprintf(text, sizeof text, "%d", right_pid ? (int)getpid() : 1);
        must(setenv("LISTEN_PID", text, 1) == 0 && setenv("LISTEN_FDS", count, 1) == 0);
        must(dup2(fd, 3) == 3);
        struct systemd s;
        struct fault f = {0};
        enum err e = systemd_open(&s, &f);
        _exit(e != OK ? 100 + (int)e : s.listen < 0 ? 99 : s.listen);
    }
    int status = 0;
    must(pid > 0 && waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    return WEXITSTATUS(status);
}

TEST(a_listening_socket_is_taken_over)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(fd >= 0 && listen(fd, 1) == 0);
    CHECK_I64(3, opened(fd, "1", true));
    CHECK_I64(99, opened(fd, "1", false)); /* meant for another process */
    CHECK_I64(99, opened(fd, "0", true));
    CHECK_I64(100 + E_INVALID, opened(fd, "2", true));
    (void)close(fd);
}

TEST(something_else_than_a_listening_socket_is_an_error)
{
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK_I64(100 + E_INVALID, opened(fd, "1", true));
    CHECK_I64(100 + E_INVALID, opened(STDERR_FILENO, "1", true));
    (void)close(fd);
}
