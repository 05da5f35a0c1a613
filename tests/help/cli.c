/* cli.c - see cli.h. */
#include "help/cli.h"

#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct cli_command *const commands[] = {
    &cli_init,  &cli_user,    &cli_org,  &cli_token,   &cli_setting, &cli_migrate,
    &cli_check, &cli_process, &cli_work, &cli_cve,     &cli_csaf,    &cli_cvss,
    &cli_facts, &cli_release, &cli_demo, &cli_library, &cli_advisory};

enum { MOST_ARGS = 64, MOST_OUT = 1 << 20 };

static str read_back(struct arena *a, FILE *f)
{
    char *p = NEWS(a, char, MOST_OUT);
    rewind(f);
    size_t n = fread(p, 1, MOST_OUT, f);
    must(fclose(f) == 0);
    return (str){p, n};
}

static FILE *file_with(str text)
{
    FILE *f = tmpfile();
    must(f != NULL && fwrite(text.p ? text.p : "", 1, text.n, f) == text.n);
    rewind(f);
    return f;
}

struct cli_result cli_run(struct arena *a, str in, ...)
{
    const char *argv[MOST_ARGS] = {"kakehashi"};
    FILE *files[3] = {file_with(in), file_with(S("")), file_with(S(""))};
    int argc = 1, status;
    va_list list;
    va_start(list, in);
    while (argc < MOST_ARGS - 1 && (argv[argc] = va_arg(list, const char *)) != NULL)
        argc++;
    va_end(list);
    (void)fflush(NULL);
    pid_t pid = fork();
    must(pid >= 0);
    if (pid == 0) {
        for (int i = 0; i < 3; i++)
            must(dup2(fileno(files[i]), i) == i);
        int code = cli_main(argc, (char **)(uintptr_t)argv, commands, COUNT(commands));
        (void)fflush(NULL);
        _exit(code);
    }
    must(waitpid(pid, &status, 0) == pid && fclose(files[0]) == 0);
    struct cli_result r = {.out = read_back(a, files[1]), .err = read_back(a, files[2])};
    r.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return r;
}
