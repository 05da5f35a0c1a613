/* sandbox_use_test.c - the server's real parts at work under the server's real sandbox. */
#include "t.h"

#include "help/server.h"
#include "help/store.h"
#include "help/wire.h"
#include "io/crash.h"
#include "io/effects.h"
#include "io/sandbox.h"

#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static void enter(const struct sandbox_options *o)
{
    struct sandbox_state state;
    struct fault f = {0};
    crash_install("test", STDOUT_FILENO);
    if (sandbox_server(o, &state, &f) != OK) {
        (void)printf("%s\n", f.text);
        _exit(1);
    }
}

static int end_of(pid_t pid)
{
    int status = 0;
    must(waitpid(pid, &status, 0) == pid);
    return WIFSIGNALED(status) ? 1000 + WTERMSIG(status) : WEXITSTATUS(status);
}

static int listener(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    must(fd >= 0 && bind(fd, (struct sockaddr *)&at, sizeof at) == 0 && listen(fd, 16) == 0);
    return fd;
}

/* A server that sandboxed itself: says its port on the control socket, serves until that is
 * closed. */
[[gnu::noreturn]] static void serve(const char *folder, bool handed_over, int control)
{
    struct server s;
    server_init(&s);
    struct sandbox_options o = {
        .mode = SANDBOX_AUTO, .data_dir = folder, .listen_port = handed_over ? -1 : 0};
    s.o.spool_dir = folder;
    if (handed_over)
        s.o.listen_fd = listener();
    httpd_load();
    enter(&o);
    server_start(&s);
    char c;
    must(write(control, &s.port, sizeof s.port) == sizeof s.port);
    must(read(control, &c, 1) == 0);
    _exit(server_stop(&s, 60000) ? 0 : 2);
}

static str asked(struct arena *a, int port, str head, str body)
{
    str request =
        str_fmt(a, "%.*s HTTP/1.1\r\nHost: x\r\nContent-Length: %zu\r\n\r\n", SV(head), body.n);
    struct wire_answer w = wire_ask(a, port, str_join(a, request, body));
    CHECK_I64(200, w.status);
    return w.body;
}

static void use_http(struct arena *a, bool handed_over)
{
    int port = 0, ends[2];
    must(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0);
    const char *folder = str_to_z(a, help_folder(a));
    pid_t pid = fork();
    if (pid == 0) {
        (void)close(ends[0]);
        serve(folder, handed_over, ends[1]);
    }
    (void)close(ends[1]);
    must(read(ends[0], &port, sizeof port) == sizeof port);
    str big = {NEWS(a, char, 2000000), 2000000};
    CHECK_STR(S("hello"), asked(a, port, S("GET /hello"), S("")));
    CHECK_STR(S("text"), asked(a, port, S("POST /echo"), S("text")));
    CHECK_I64(50000, (i64)asked(a, port, S("GET /file?50000"), S("")).n);
    CHECK(str_has_prefix(asked(a, port, S("POST /size"), big), S("2000000 file")));
    CHECK(str_has_prefix(asked(a, port, S("GET /cached"), S("")), S("1:1")));
    (void)close(ends[0]);
    CHECK_I64(0, end_of(pid));
}

TEST(the_http_server_works_on_a_socket_opened_before)
{
    use_http(a, true);
}

TEST(the_http_server_works_on_a_socket_that_it_opens)
{
    use_http(a, false);
}

static enum err count_migrations(struct db *db, void *arg)
{
    (void)db, (void)arg;
    return OK;
}

[[gnu::noreturn]] static void work(str url, const struct sandbox_options *o)
{
    store_load(url);
    enter(o);
    struct arena *a = arena_new();
    struct fault f = {0};
    struct store *s;
    struct db *db;
    int applied = 0;
    struct store_options options = {.url = url};
    bool good = store_open(&options, &f, &s) == OK && store_migrate(s, a, &f, &applied) == OK &&
                store_write(s, a, &f, count_migrations, NULL) == OK &&
                store_read(s, a, &f, &db) == OK;
    if (!good) {
        (void)printf("%s\n", f.text);
        _exit(1);
    }
    store_read_end(db);
    store_close(s);
    _exit(0);
}

ENGINE_TEST(the_store_migrates_reads_and_writes)
{
    str url = help_database(a, engine), path = url;
    bool postgres = str_eq(str_z(engine), S(HELP_POSTGRESQL));
    if (str_has_prefix(path, S("sqlite:")))
        path = str_from(path, 7);
    while (!postgres && !str_has_suffix(path, S("/")))
        path.n--; /* the folder of the database file */
    struct sandbox_options o = {.mode = SANDBOX_AUTO,
                                .data_dir = str_to_z(a, postgres ? help_folder(a) : path),
                                .listen_port = -1,
                                .postgres = postgres};
    pid_t pid = fork();
    if (pid == 0)
        work(url, &o);
    CHECK_I64(0, end_of(pid));
}

/* The server's part: it may have things signed, and cannot read what signs them. */
[[gnu::noreturn]] static void have_signed(struct effects *e, const char *key,
                                          const struct sandbox_options *o)
{
    struct arena *a = arena_new();
    struct fault f = {0};
    const struct sign_text text = {S("text"), 1793581200000};
    struct sandbox_state state;
    str signature;
    if (sandbox_server(o, &state, &f) != OK)
        _exit(1);
    bool readable = open(key, O_RDONLY | O_CLOEXEC) >= 0;
    bool wanted = state.landlock > 0 ? !readable : readable;
    _exit(wanted && sign_many(e, a, &f, SIGN_DETACHED, &text, 1, &signature) == OK ? 0 : 2);
}

static bool is_there(const char *path)
{
    return access(path, F_OK) == 0;
}

TEST(the_folder_of_the_key_is_made_for_the_server_alone_and_outside_its_data)
{
    str root = help_folder(a), data = str_join(a, root, S("/d")), keys = str_join(a, root, S("/k"));
    const char *before = sign_key_path(a, data, NO_STR), *key = sign_key_path(a, data, keys);
    str inside = str_join(a, data, S("/k")), beside = str_join(a, root, S("/d2"));
    str linked = str_join(a, root, S("/link"));
    struct fault f = {0};
    struct stat st;
    CHECK(mkdir(str_to_z(a, data), 0700) == 0);
    CHECK_ERR(OK, sign_keys_dir(a, data, NO_STR, &f));
    CHECK_ERR(E_INVALID, sign_keys_dir(a, data, data, &f));
    CHECK_ERR(E_INVALID, sign_keys_dir(a, data, inside, &f));
    CHECK(!is_there(str_to_z(a, inside))); /* what was made for it is gone */
    CHECK(symlink(str_to_z(a, data), str_to_z(a, linked)) == 0);
    CHECK_ERR(E_INVALID, sign_keys_dir(a, data, linked, &f));
    CHECK(is_there(str_to_z(a, data)));
    CHECK_ERR(OK, sign_keys_dir(a, data, beside, &f)); /* "/d2" is not below "/d" */
    CHECK_ERR(E_IO, sign_keys_dir(a, data, str_join(a, root, S("/no/k")), &f));
    int fd = open(before, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    CHECK(fd >= 0 && close(fd) == 0);
    CHECK_ERR(OK, sign_keys_dir(a, data, keys, &f));
    CHECK(stat(str_to_z(a, keys), &st) == 0 && (st.st_mode & 0777) == 0700);
    CHECK(is_there(key) && !is_there(before)); /* it moved */
    CHECK(chmod(str_to_z(a, keys), 0750) == 0);
    f = (struct fault){0};
    CHECK_ERR(E_INVALID, sign_keys_dir(a, data, keys, &f));
    CHECK(str_find(str_z(f.text), S("chmod 700")) > 0);
}

TEST(the_key_that_signs_is_out_of_the_servers_reach)
{
    static const struct effects_kind *const kinds[] = {&effects_sign};
    str data = help_folder(a), keys = help_folder(a);
    const char *path = sign_key_path(a, data, keys);
    struct effects_options eo = {.kinds = kinds, .nkinds = COUNT(kinds), .sign.key_file = path};
    struct sandbox_options o = {.data_dir = str_to_z(a, data), .listen_port = -1};
    struct random r = {0};
    struct fault f = {0};
    struct effects *e;
    CHECK_STR(str_join(a, keys, S("/openpgp.key")), str_z(path));
    CHECK_STR(str_join(a, data, S("/openpgp.key")), str_z(sign_key_path(a, data, NO_STR)));
    CHECK_ERR(OK, sign_key_make(a, path, S("Portal <psirt@example.jp>"), 1793581200000, &r, &f));
    CHECK_ERR(OK, effects_start(a, &eo, &f, &e));
    pid_t pid = fork();
    if (pid == 0)
        have_signed(e, path, &o);
    CHECK_I64(0, end_of(pid));
}
