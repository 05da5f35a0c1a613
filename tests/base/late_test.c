/* late_test.c - libraries that are opened when they are first called. */
#include "base/late.h"
#include "t.h"

#include <sys/wait.h>
#include <unistd.h>

struct maths {
    double (*floor)(double);
    double (*fabs)(double);
};

TEST(functions_of_a_library_are_found_in_the_order_of_their_names)
{
    static const char *const names[] = {"floor", "fabs"};
    struct maths m = {0};
    late_open("libm.so.6", names, COUNT(names), &m);
    CHECK(m.floor(-1.5) == -2 && m.fabs(-1.5) == 1.5);
}

/* How a child ends that opens it, with what it said. */
static int opens(const char *library, const char *name, char *said, size_t most)
{
    int fd[2], status;
    struct maths m;
    must(pipe(fd) == 0);
    pid_t pid = fork();
    if (pid == 0) {
        (void)dup2(fd[1], STDERR_FILENO);
        late_open(library, &name, 1, &m);
        _exit(0);
    }
    (void)close(fd[1]);
    ssize_t n = read(fd[0], said, most - 1);
    said[n > 0 ? n : 0] = '\0';
    (void)close(fd[0]);
    must(waitpid(pid, &status, 0) == pid && WIFEXITED(status));
    return WEXITSTATUS(status);
}

TEST(a_program_ends_and_says_which_library_or_function_is_missing)
{
    char said[512];
    CHECK_I64(0, opens("libm.so.6", "floor", said, sizeof said));
    CHECK_I64(127, opens("libnowhere.so.1", "floor", said, sizeof said));
    CHECK(strstr(said, "libnowhere.so.1") != NULL);
    CHECK_I64(127, opens("libm.so.6", "no_such_thing", said, sizeof said));
    CHECK(strstr(said, "no_such_thing") != NULL);
}
