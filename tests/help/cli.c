/* cli.c - see cli.h. */
#include "help/cli.h"

#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const struct cli_command *const commands[] = {
    &cli_init,  &cli_user,    &cli_org,  &cli_token,   &cli_setting, &cli_migrate,
    &cli_check, &cli_process, &cli_work, &cli_cve,     &cli_csaf,    &cli_cvss,
    &cli_facts, &cli_release, &cli_demo, &cli_library, &cli_advisory};

enum { MOST_ARGS = 64 };

static str read_back(struct arena *a, FILE *f)
{
    must(fseek(f, 0, SEEK_END) == 0);
    size_t n = (size_t)ftell(f);
    char *p = NEWS(a, char, n + 1);
    rewind(f);
    must(fread(p, 1, n, f) == n && fclose(f) == 0);
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

static struct arena *kept; /* what is copied; gone with the program */

static void forget(void)
{
    arena_free(kept);
}

static str demo_of(const char *engine)
{
    static str made[2];
    str *url = &made[strcmp(engine, HELP_POSTGRESQL) == 0];
    if (url->p != NULL)
        return *url;
    if (kept == NULL) {
        kept = arena_new();
        (void)help_has(HELP_POSTGRESQL); /* whose server ends after what is registered now */
        must(atexit(forget) == 0);
    }
    *url = help_migrated(kept, engine);
    struct cli_result r = cli_run(kept, S(""), "demo", "--data", str_to_z(kept, help_folder(kept)),
                                  "--database", str_to_z(kept, *url), NULL);
    if (r.code != 0)
        (void)printf("%.*s\n", SV(r.err));
    must(r.code == 0);
    return *url;
}

struct cli_demo cli_demo_copy(struct arena *a, const char *engine)
{
    return (struct cli_demo){str_to_z(a, help_folder(a)),
                             str_to_z(a, help_copy(a, engine, demo_of(engine)))};
}
