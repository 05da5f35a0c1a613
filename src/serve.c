/* serve.c - kakehashi serve: the server in the foreground, until SIGTERM or SIGINT. */
#include "serve.h"

#include "app/cve_account.h"
#include "app/demo.h"
#include "app/foreign.h"
#include "base/log.h"
#include "io/crash.h"
#include "io/smtp.h"
#include "web/kept.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* clang-format off */
static const struct cli_option options[] = {
    {"--listen", "ADDR:PORT", "where to listen (default 127.0.0.1:8080; port 0: any free one)"},
    {"--demo", NULL, "demo cases and known passwords; loopback only"},
    {"--keys", "DIR", "outside --data: the key that signs, out of the server's own reach"},
    {"--sign-as", "USER", "of the key that signs what is published: \"Name <address>\""},
    {"--public-url", "URL", "how people reach this server, when a proxy stands in front"},
    {"--trusted-proxy", "NET,…", "proxies whose X-Forwarded-For and -Proto count"},
    {"--client-certificate", "HEADER", "in which they pass on a client's certificate; and HEADER-Verify"},
    {"--sandbox", "MODE", "require, auto (default) or off"},
    {"--smtp", "URL", "mail server for notices: smtps://host or smtp://host"},
    {"--smtp-credentials", "FILE", "two lines, name and password, readable by nobody else"},
    {"--reach-loopback", NULL, "tests: CVE Services may be on this machine, over http"},
    {"--log", "FILE", "log to a file in place of standard error"},
    {"--workers", "N", "threads that answer requests (default 16)"},
    {"--no-limits", NULL, "no throttling of sign-ins and reports; for measurements"},
    {"--no-public-files", NULL, "make no CSAF files; where another server of this database does"},
    {"--clock", "FILE", "tests: the time is what the file says"},
    CLI_STORE_OPTIONS,
};
/* clang-format on */

enum { KEPT_BYTES = 4 << 20 };

static struct log the_log;

static void write_log(const struct app *app, str line)
{
    (void)app;
    log_write(&the_log, line);
}

static void write_log_soon(const struct app *app, str line)
{
    (void)app;
    log_write_soon(&the_log, line);
}

static bool is_loopback(str address)
{
    return str_has_prefix(address, S("127.")) || str_eq(address, S("::1")) ||
           str_eq(address, S("localhost"));
}

/* "127.0.0.1:8080", "[::1]:8080", ":8080" */
static enum err read_listen(struct server *sv, str text)
{
    i64 port;
    size_t colon = text.n;
    while (colon > 0 && text.p[colon - 1] != ':')
        colon--;
    if (colon == 0 || !str_i64(str_from(text, colon), &port) || port > 65535)
        return fault_set(&sv->fault, E_INVALID, "--listen wants ADDR:PORT, got %.*s", SV(text));
    str host = str_sub(text, 0, colon - 1);
    if (host.n > 1 && host.p[0] == '[')
        host = str_sub(host, 1, host.n - 2);
    sv->address = host.n ? host : S("0.0.0.0");
    if (str_eq(sv->address, S("localhost")))
        sv->address = S("127.0.0.1");
    sv->port = (int)port;
    if (sv->demo && !is_loopback(sv->address))
        return fault_set(&sv->fault, E_DENIED,
                         "--demo has known passwords and listens on loopback only");
    return OK;
}

static enum err read_options(struct cli_args *args, struct server *sv)
{
    str listen = cli_value(args, "--listen"), sandbox = cli_value(args, "--sandbox");
    i64 workers = 0;
    sv->a = args->a;
    sv->args = args;
    sv->data_dir = cli_value(args, "--data").n ? cli_value(args, "--data") : S("var");
    sv->demo = cli_flag(args, "--demo");
    sv->sandbox = SANDBOX_AUTO;
    if (sandbox.n > 0 && !sandbox_mode_of(sandbox, &sv->sandbox))
        return fault_set(&sv->fault, E_INVALID, "--sandbox wants require, auto or off");
    if (cli_value(args, "--workers").n > 0 &&
        (!str_i64(cli_value(args, "--workers"), &workers) || workers < 1 || workers > 256))
        return fault_set(&sv->fault, E_INVALID, "--workers wants 1 to 256");
    sv->workers = (size_t)workers;
    return read_listen(sv, listen.n ? listen : S("127.0.0.1:8080"));
}

/* --- processes and sandbox ---------------------------------------------------------------------- */

static const struct effects_kind *const kinds[] = {&effects_smtp, &effects_sign, &effects_fetch};

static enum err make_data_dir(struct server *sv)
{
    if (mkdir(str_to_z(sv->a, sv->data_dir), 0700) != 0 &&
        access(str_to_z(sv->a, sv->data_dir), W_OK) != 0)
        return fault_set(&sv->fault, E_IO, "the folder %.*s cannot be made or written to",
                         SV(sv->data_dir));
    return OK;
}

/* The key of a new installation; this process forgets it at once. */
static enum err make_signing_key(struct server *sv, const char *path)
{
    struct arena *a = arena_new();
    struct clock clock = {0};
    struct random random = {0};
    str who = cli_value(sv->args, "--sign-as"), url = cli_value(sv->args, "--public-url");
    if (who.n == 0)
        who = str_fmt(a, "Kakehashi (%.*s)", SV(url.n > 0 ? url : S("a local installation")));
    enum err e = sign_key_make(a, path, who, clock_now(&clock), &random, &sv->fault);
    arena_free(a);
    if (e == E_CONFLICT)
        sv->fault.text[0] = '\0';
    return e == E_CONFLICT ? OK : e;
}

/* In the order that io/sandbox.h gives: helpers first, before threads and secrets. */
static enum err start_helpers(struct server *sv)
{
    struct jail_options jail = {.jobs = foreign_jobs, .njobs = foreign_njobs, .mode = sv->sandbox};
    struct effects_options effects = {.mode = sv->sandbox, .kinds = kinds, .nkinds = COUNT(kinds)};
    str credentials = cli_value(sv->args, "--smtp-credentials");
    effects.smtp.url = cli_value(sv->args, "--smtp");
    sv->has_smtp = effects.smtp.url.n > 0;
    if (credentials.n > 0)
        effects.smtp.credentials = str_to_z(sv->a, credentials);
    str keys = cli_value(sv->args, "--keys");
    effects.sign.key_file = sign_key_path(sv->a, sv->data_dir, keys);
    TRY(sign_keys_dir(sv->a, sv->data_dir, keys, &sv->fault));
    TRY(make_signing_key(sv, effects.sign.key_file));
    effects.fetch.key_file = str_to_z(sv->a, cve_key_path(sv->a, sv->data_dir));
    effects.fetch.loopback = cli_flag(sv->args, "--reach-loopback");
    TRY(systemd_open(&sv->systemd, &sv->fault));
    TRY(jail_start(sv->a, &jail, &sv->fault, &sv->jail));
    TRY(pdf_press_start(sv->a, sv->sandbox, &sv->fault, &sv->paper));
    return effects_start(sv->a, &effects, &sv->fault, &sv->effects);
}

static enum err enter_sandbox(struct server *sv)
{
    str process = cli_value(sv->args, "--process"), clock = cli_value(sv->args, "--clock");
    const char *paths[] = {str_to_z(sv->a, process), str_to_z(sv->a, clock)};
    str database = cli_value(sv->args, "--database");
    httpd_load();
    store_load(database);
    struct sandbox_options o = {
        .mode = sv->sandbox,
        .data_dir = str_to_z(sv->a, sv->data_dir),
        .read_paths = paths,
        .nread = COUNT(paths),
        .postgres = str_has_prefix(database, S("postgres")),
        .listen_port = sv->systemd.listen >= 0 ? -1 : sv->port,
    };
    return sandbox_server(&o, &sv->sandbox_state, &sv->fault);
}

/* --- the server --------------------------------------------------------------------------------- */

static struct server *the_server; /* for /readyz, which has no other way to it */

static void say_ready(const struct app *app, struct json_out *o)
{
    struct arena *a = arena_new();
    (void)app;
    json_put_member(o, S("sandbox"), sandbox_say(a, &the_server->sandbox_state));
    json_put_member(o, S("jail"), sandbox_say(a, jail_state(the_server->jail)));
    json_put_member(o, S("effects"), sandbox_say(a, effects_state(the_server->effects)));
    json_put_member(o, S("pdf"), sandbox_say(a, pdf_press_state(the_server->paper)));
    arena_free(a);
}

void serve_generation_moved(void *arg, i64 generation)
{
    struct server *sv = arg;
    if (sv->httpd != NULL)
        httpd_generation(sv->httpd, generation);
    runner_wake(&sv->press);
    runner_wake(&sv->keeper);
}

/* "https://vuln.example.jp/x" → "vuln.example.jp" */
static str host_of(str url)
{
    ptrdiff_t at = str_find(url, S("://"));
    if (at >= 0)
        url = str_from(url, (size_t)at + 3);
    return str_cut(&url, '/');
}

/* Once, into an empty installation; one that is in use stays as it is.  Where the demo's people
 * are, with their known passwords, nobody else gets in without --demo either. */
static enum err load_demo(struct server *sv)
{
    struct fault f = {0};
    bool loaded = false, is_here = false;
    if (!is_loopback(sv->address)) {
        TRY(demo_is_here(sv->app, &sv->fault, &is_here));
        if (is_here)
            return fault_set(&sv->fault, E_DENIED,
                             "this installation has the demo's people, whose passwords are known: "
                             "it listens on loopback only");
    }
    enum err e = sv->demo ? demo_load(sv->app, &f, &loaded) : OK;
    if (e == E_CONFLICT)
        (void)fprintf(stderr, "kakehashi: no demo cases: %s\n", f.text);
    else if (e != OK)
        return fault_set(&sv->fault, e, "%s", f.text);
    return OK;
}

/* Where nobody said: the address that is listened on. */
static str public_url(struct server *sv)
{
    str given = cli_value(sv->args, "--public-url");
    bool any = str_eq(sv->address, S("0.0.0.0")) || str_eq(sv->address, S("::"));
    if (given.n > 0 || sv->port == 0 || any)
        return given;
    return str_fmt(sv->a,
                   str_find_char(sv->address, ':') >= 0 ? "http://[%.*s]:%d" : "http://%.*s:%d",
                   SV(sv->address), sv->port);
}

static enum err open_app(struct server *sv)
{
    struct boot b = {
        .data_dir = sv->data_dir,
        .database = cli_value(sv->args, "--database"),
        .process_dir = cli_value(sv->args, "--process"),
        .clock_file = cli_value(sv->args, "--clock"),
        .public_url = public_url(sv),
        .demo = sv->demo,
        .migrate = true,
        .reach_loopback = cli_flag(sv->args, "--reach-loopback"),
        .no_limits = cli_flag(sv->args, "--no-limits"),
    };
    TRY(app_boot(sv->a, &b, &sv->fault, &sv->app));
    sv->app->log = write_log;
    sv->app->log_soon = write_log_soon;
    sv->app->ready = say_ready;
    sv->app->jail = sv->jail;
    sv->app->effects = sv->effects;
    sv->app->paper = sv->paper;
    if (!cli_flag(sv->args, "--no-public-files"))
        sv->app->public_dir = str_to_z(sv->a, str_join(sv->a, sv->data_dir, S("/public")));
    return load_demo(sv);
}

/* In our own words: what to do about it. */
static enum err say_not_listening(struct server *sv, enum err e)
{
    if (e != E_CONFLICT && e != E_DENIED && e != E_INVALID)
        return e;
    sv->fault.text[0] = '\0';
    if (e == E_INVALID)
        return fault_set(&sv->fault, e,
                         "%.*s is no address of this machine; --listen wants one, and a port, "
                         "such as 127.0.0.1:8080",
                         SV(sv->address));
    if (e == E_DENIED)
        return fault_set(&sv->fault, e,
                         "port %d is for root alone; choose one above 1023 by --listen", sv->port);
    return fault_set(&sv->fault, e,
                     "port %d is taken; stop what runs there, or choose another by --listen",
                     sv->port);
}

/* A header that says something else: it would be taken off every request. */
static bool is_spoken_for(str s)
{
    static const str names[] = {
        S_INIT("Accept"),          S_INIT("Accept-Encoding"),  S_INIT("Accept-Language"),
        S_INIT("Authorization"),   S_INIT("Content-Length"),   S_INIT("Content-Type"),
        S_INIT("Cookie"),          S_INIT("Forwarded"),        S_INIT("Host"),
        S_INIT("If-None-Match"),   S_INIT("Origin"),           S_INIT("Range"),
        S_INIT("X-Forwarded-For"), S_INIT("X-Forwarded-Host"), S_INIT("X-Forwarded-Proto")};
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq_nocase(s, names[i]))
            return true;
    return false;
}

static bool is_header_name(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != '-' && (s.p[i] < '0' || s.p[i] > '9') && (s.p[i] < 'A' || s.p[i] > 'Z') &&
            (s.p[i] < 'a' || s.p[i] > 'z'))
            return false;
    return s.n > 2 && s.n <= 60 && !is_spoken_for(s);
}

static enum err start_http(struct server *sv)
{
    str proxies = cli_value(sv->args, "--trusted-proxy"), url = cli_value(sv->args, "--public-url");
    str *nets = NEWS(sv->a, str, proxies.n + 1),
        certificate = cli_value(sv->args, "--client-certificate");
    size_t n = 0;
    if (certificate.n > 0 && (proxies.n == 0 || !is_header_name(certificate)))
        return fault_set(&sv->fault, E_INVALID,
                         "--client-certificate wants the name of a header of its own, and "
                         "--trusted-proxy");
    while (proxies.n > 0)
        nets[n++] = str_cut(&proxies, ',');
    sv->web =
        (struct web){.app = sv->app,
                     .kept = kept_new(sv->a, KEPT_BYTES),
                     .o = {.public_host = url.n ? host_of(url) : NO_STR, .log_requests = true},
                     .generation_moved = serve_generation_moved,
                     .moved_arg = sv};
    sv->http = web_app(&sv->web);
    struct httpd_options o = {
        .address = sv->address,
        .port = sv->port,
        .listen_fd = sv->systemd.listen >= 0 ? sv->systemd.listen : 0,
        .workers = sv->workers,
        .spool_dir = str_to_z(sv->a, sv->data_dir),
        .trusted_proxies = {nets, n},
        .certificate_header = certificate.n > 0 ? str_lower(sv->a, certificate) : NO_STR,
        .clock = &sv->app->clock,
    };
    enum err e = httpd_start(&o, &sv->http, &sv->fault, &sv->httpd);
    return e == OK ? OK : say_not_listening(sv, e);
}

/* Until a signal ends it; every so often the work that nobody asks for. */
static int run_until_signal(struct server *sv)
{
    sigset_t set;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGINT);
    (void)sigaddset(&set, SIGHUP);
    struct timespec second = {.tv_sec = 1};
    for (;;) {
        int sig = sigtimedwait(&set, NULL, &second);
        if (sig == SIGTERM || sig == SIGINT)
            return 0;
        must(sig > 0 || errno == EAGAIN || errno == EINTR); /* else this would spin, deaf */
        if (sig == SIGHUP)
            (void)log_reopen(&the_log, &sv->fault);
        if (!jail_alive(sv->jail) || !effects_alive(sv->effects) || !pdf_press_alive(sv->paper)) {
            log_event(&the_log, LOG_LEVEL_ERROR, S("helper_died"), NO_STR);
            return 1;
        }
        serve_housekeeping(sv);
        if (sv->systemd.watchdog_ms > 0)
            systemd_notify(&sv->systemd, S("WATCHDOG=1"));
    }
}

static void block_signals(void)
{
    sigset_t set;
    (void)sigemptyset(&set);
    (void)sigaddset(&set, SIGTERM);
    (void)sigaddset(&set, SIGINT);
    (void)sigaddset(&set, SIGHUP);
    (void)pthread_sigmask(SIG_BLOCK, &set, NULL);
    (void)signal(SIGPIPE, SIG_IGN);
}

static enum err start(struct server *sv)
{
    str log = cli_value(sv->args, "--log");
    TRY(make_data_dir(sv));
    TRY(start_helpers(sv));
    TRY(log_open(&the_log, log.n ? str_to_z(sv->a, log) : NULL, NULL, &sv->fault));
    crash_install("server", the_log.fd);
    crash_before(log_crashed, &the_log);
    TRY(enter_sandbox(sv));
    TRY(open_app(sv));
    the_log.clock = &sv->app->clock;
    log_start(&the_log);
    return start_http(sv);
}

static int serve(struct cli_args *args)
{
    struct server *sv = NEW(args->a, struct server);
    the_server = sv;
    block_signals();
    enum err e = read_options(args, sv);
    if (e == OK)
        e = start(sv);
    if (e != OK)
        return cli_fail(e, "%s", sv->fault.text);
    (void)printf("listening on http://%s%.*s%s:%d/\n",
                 str_find_char(sv->address, ':') >= 0 ? "[" : "", SV(sv->address),
                 str_find_char(sv->address, ':') >= 0 ? "]" : "", httpd_port(sv->httpd));
    (void)fflush(stdout);
    log_event(&the_log, LOG_LEVEL_INFO, S("started"), sandbox_say(sv->a, &sv->sandbox_state));
    systemd_notify(&sv->systemd, S("READY=1"));
    serve_post_start(sv);
    serve_keeper_start(sv);
    if (sv->app->public_dir != NULL)
        serve_press_start(sv);
    int code = run_until_signal(sv);
    systemd_notify(&sv->systemd, S("STOPPING=1"));
    log_event(&the_log, LOG_LEVEL_INFO, S("stopping"), NO_STR);
    bool clean = serve_keeper_stop(sv); /* first: requests may wait for what it makes */
    clean &= httpd_stop(sv->httpd, 5000);
    clean &= runner_stop(&sv->press, 2);
    /* a mail that still waits for its server is tried again after the next start */
    clean &= runner_stop(&sv->post, 2);
    log_event(&the_log, LOG_LEVEL_INFO, S("stopped"), NO_STR);
    if (!clean)
        _exit(code);
    return code;
}

const struct cli_command serve_command = {"serve",
                                          "serve [--data DIR] [--listen ADDR:PORT] [--demo] …",
                                          "Run the server in the foreground.",
                                          options,
                                          COUNT(options),
                                          serve};
