/* outside_test.c - URLs that answer, and words that a dictionary knows. */
#include "io/outside.h"
#include "t.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* A server in a child: what stands in the path is the status; /head/N says 405 to HEAD. */
struct web {
    pid_t pid;
    int port;
};

static void answer(int fd)
{
    char request[2048];
    ssize_t n = read(fd, request, sizeof request - 1);
    request[n > 0 ? n : 0] = '\0';
    bool head = strncmp(request, "HEAD ", 5) == 0;
    const char *path = strchr(request, '/');
    int status = path == NULL ? 400 : atoi(path + 1);
    if (path != NULL && strncmp(path, "/head/", 6) == 0)
        status = head ? 405 : atoi(path + 6);
    dprintf(fd,
            "HTTP/1.1 %d x\r\nLocation: http://192.0.2.1/\r\nContent-Length: 2\r\n"
            "Connection: close\r\n\r\n%s",
            status, head ? "" : "ok");
    (void)close(fd);
}

/* Until it is killed. */
_Noreturn static void answer_all(int s)
{
    for (;;) {
        int fd = accept(s, NULL, NULL);
        if (fd >= 0)
            answer(fd);
    }
}

static struct web serve(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(s >= 0 && bind(s, (struct sockaddr *)&at, sizeof at) == 0 && listen(s, 16) == 0);
    CHECK(getsockname(s, (struct sockaddr *)&at, &n) == 0);
    pid_t pid = fork();
    CHECK(pid >= 0);
    if (pid == 0)
        answer_all(s);
    (void)close(s);
    return (struct web){pid, ntohs(at.sin_port)};
}

TEST(a_url_answers_if_its_status_is_below_400)
{
    static const struct {
        const char *path;
        bool good;
    } cases[] = {{"200", true},  {"204", true},  {"301", true},      {"400", false},
                 {"404", false}, {"500", false}, {"head/200", true}, {"head/404", false}};
    struct web w = serve();
    const struct csaf_outside *o =
        outside_new(a, &(struct outside_options){.online = true, .timeout_ms = 20000});
    must(o->resolves != NULL);
    for (size_t i = 0; i < COUNT(cases); i++) {
        str url = str_fmt(a, "http://127.0.0.1:%d/%s", w.port, cases[i].path);
        CHECK(o->resolves(o->arg, url) == cases[i].good);
    }
    str kept = str_fmt(a, "http://127.0.0.1:%d/200", w.port);
    CHECK(!o->resolves(o->arg, S("file:///etc/passwd")));
    CHECK(!o->resolves(o->arg, S("no url")));
    (void)kill(w.pid, SIGKILL);
    (void)waitpid(w.pid, NULL, 0);
    CHECK(o->resolves(o->arg, kept)); /* asked once */
    CHECK(!o->resolves(o->arg, str_fmt(a, "http://127.0.0.1:%d/201", w.port)));
    CHECK(outside_new(a, &(struct outside_options){0})->resolves == NULL);
}

static void put(struct arena *a, const char *folder, const char *name, const char *text)
{
    FILE *f = fopen(str_to_z(a, str_fmt(a, "%s/%s", folder, name)), "wb");
    CHECK(f != NULL && fputs(text, f) >= 0);
    CHECK(fclose(f) == 0);
}

TEST(words_that_the_dictionary_does_not_know_are_found)
{
    char folder[] = "/tmp/kakehashi-words-XXXXXX";
    CHECK(mkdtemp(folder) != NULL);
    put(a, folder, "en_US.aff", "SET UTF-8\nSFX S Y 1\nSFX S 0 s .\n");
    put(a, folder, "en_US.dic",
        "6\nsecurity\nresearcher/S\nfound\nmultiple\nna\xC3\xAFve\ncaf\xC3\xA9\n");
    put(a, folder, "fr.aff", "SET ISO8859-1\n");
    put(a, folder, "fr.dic", "1\ncaf\xE9\n");
    const struct csaf_outside o =
        *outside_new(a, &(struct outside_options){.dictionaries = folder});
    if (dlopen("libhunspell-1.7.so.0", RTLD_LAZY) == NULL)
        SKIP("hunspell is not installed");
    must(o.misspelt != NULL);
    CHECK(o.speaks(o.arg, S("en")) && o.speaks(o.arg, S("en-GB")) && o.speaks(o.arg, S("fr")));
    CHECK(!o.speaks(o.arg, S("ja")) && !o.speaks(o.arg, S("../en_US")));
    CHECK(o.misspelt(o.arg, S("en"), S("Security researchers found multiple, na\xC3\xAFve")).p ==
          NULL);
    CHECK_STR(S("Secruity"), o.misspelt(o.arg, S("en"), S("Secruity researchers found")));
    CHECK_STR(S("combonent"), o.misspelt(o.arg, S("en"), S("found (combonent) found")));
    CHECK(o.misspelt(o.arg, S("en"),
                     S("OASIS CVE-2026-1 https://x.example/q a@b.example v1.2 libfoo.so"))
              .p == NULL);
    CHECK(o.misspelt(o.arg, S("fr"), S("caf\xC3\xA9")).p == NULL);
    CHECK_STR(S("caffe"), o.misspelt(o.arg, S("fr"), S("caffe")));
    CHECK(o.misspelt(o.arg, S("ja"), S("x")).p == NULL);
    static const char *const names[] = {"en_US.aff", "en_US.dic", "fr.aff", "fr.dic"};
    for (size_t i = 0; i < COUNT(names); i++)
        (void)unlink(str_to_z(a, str_fmt(a, "%s/%s", folder, names[i])));
    (void)rmdir(folder);
}
