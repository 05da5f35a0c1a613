/* web_fuzz.c - any request to the whole application, in process, on the demo's cases: by anybody
 * and by people of each kind, an answer that is not our own failure.
 *
 * An input is a digit for who asks (see `people`), then "METHOD TARGET\n", lines "Field: value\n",
 * "\n" and the body.  Cookie, token and CSRF field of that person are added. */
#include "app/admin.h"
#include "app/auth.h"
#include "app/boot.h"
#include "app/demo.h"
#include "app/tokens.h"
#include "formats/urlform.h"
#include "gen/sql.h"
#include "io/http_head.h"
#include "web/web.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/* Reception, coordinator, a vendor's contact, the system's operator; then nobody, a finder. */
static const char *const people[] = {"okada.shun", "ito.naoki", "ishii.takuya", "kanda.osamu"};
enum { PEOPLE = 4, NOBODY = 4, FINDER = 5, VISITORS = 6, FIELDS = 20 };

static char folder[] = "/tmp/kakehashi-fuzz-XXXXXX";
static struct web web;
static struct {
    str session, token;
} visitors[VISITORS];

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

static void remove_folder(void)
{
    (void)nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

struct new_session {
    str hash, person_id;
};
static enum err add_session(struct ctx *cx, void *arg)
{
    const struct new_session *s = arg;
    return q_session_add(cx->db, .token_hash = s->hash, .person_id = s->person_id,
                         .created = cx->now);
}

static void enter(struct arena *a, size_t i)
{
    struct q_person_by_login p;
    struct ctx *cx = ctx_new(a, web.app);
    admin_at_command_line(cx);
    must(app_read(cx) == OK && q_person_by_login(cx->db, &p, .login = str_z(people[i])) == OK);
    visitors[i].session = str_fmt(a, "session-of-%s", people[i]);
    struct new_session s = {hash_of(a, visitors[i].session), p.id};
    must(db_write(cx, add_session, &s) == OK);
    struct input in = {0};
    struct token_made made;
    input_put(a, &in, S("token_name"), S("fuzz"));
    must(token_make(cx, p.id, &in, &made) == OK);
    visitors[i].token = made.secret;
}

/* By the report of the first demo case that a finder may follow. */
static void enter_finder(struct arena *a)
{
    struct demo_sign_in *list;
    struct q_report_by_receipt row;
    size_t n;
    struct ctx *cx = ctx_new(a, web.app);
    must(demo_sign_ins(a, &list, &n) == OK && n > 0 && list[n - 1].finder);
    must(app_read(cx) == OK &&
         q_report_by_receipt(cx->db, &row, .receipt = list[n - 1].login) == OK);
    must(session_for_report(cx, row.id, &visitors[FINDER].session) == OK);
    visitors[FINDER].token = visitors[FINDER].session;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct arena *a = arena_new(); /* for good */
    struct fault f = {0};
    bool loaded;
    (void)argc;
    (void)argv;
    must(mkdtemp(folder) != NULL && atexit(remove_folder) == 0);
    struct boot b = {.data_dir = str_z(folder),
                     .demo = true,
                     .migrate = true,
                     .unsafe = true,
                     .no_limits = true};
    if (app_boot(a, &b, &f, &web.app) != OK || demo_load(web.app, &f, &loaded) != OK) {
        (void)fprintf(stderr, "%s\n", f.text);
        abort();
    }
    random_seed(&web.app->random, 1);
    clock_set(&web.app->clock, clock_now(&web.app->clock)); /* nobody's session ends */
    for (size_t i = 0; i < PEOPLE; i++)
        enter(a, i);
    enter_finder(a);
    return 0;
}

/* --- one request ----------------------------------------------------------------------------- */

static bool is_api(str target)
{
    return str_has_prefix(target, S("/api/"));
}

static void add_field(struct http_header *fields, size_t *n, str name, str value)
{
    if (value.n > 0 && *n < FIELDS)
        fields[(*n)++] = (struct http_header){name, value};
}

/* What the sender says, but for who it is. */
static void read_fields(str *rest, struct http_header *fields, size_t *n)
{
    for (str line = str_cut(rest, '\n'); line.n > 0; line = str_cut(rest, '\n')) {
        str value = line, name = str_cut(&value, ':');
        if (str_eq_nocase(name, S("cookie")) || str_eq_nocase(name, S("authorization")) ||
            str_eq_nocase(name, S("host")))
            continue;
        add_field(fields, n, name, str_trim(value));
    }
}

static bool is_form(const struct http_header *fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq_nocase(fields[i].name, S("content-type")))
            return str_has_prefix(fields[i].value, S("application/x-www-form-urlencoded"));
    return false;
}

static str with_csrf(struct arena *a, str session, str body)
{
    buf b = {.a = a};
    urlform_put(&b, S("_csrf"), csrf_of(a, session));
    buf_char(&b, '&');
    buf_put(&b, body);
    return buf_str(&b);
}

/* False: the guard in front of the application refuses it. */
static bool read_request(struct arena *a, size_t who, str text, struct http_request *rq)
{
    struct http_header fields[FIELDS];
    struct http_framing framing;
    str first = str_cut(&text, '\n'), method = str_cut(&first, ' ');
    size_t n = 0;
    add_field(fields, &n, S("Host"), S("localhost"));
    if (is_api(first) && visitors[who].token.n > 0)
        add_field(fields, &n, S("Authorization"), str_join(a, S("Bearer "), visitors[who].token));
    else if (visitors[who].session.n > 0)
        add_field(fields, &n, S("Cookie"), str_join(a, S("kk="), visitors[who].session));
    read_fields(&text, fields, &n);
    struct http_head head = {method, first, S("HTTP/1.1"), fields, n};
    if (http_head_read(&head, rq, &framing) != 0)
        return false;
    if (is_form(fields, n) && visitors[who].session.n > 0)
        text = with_csrf(a, visitors[who].session, text);
    rq->body = (struct http_body){text, -1, (i64)text.n};
    return true;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    str text = {(const char *)data, size};
    struct http_request rq = {
        .a = a, .peer = S("203.0.113.7"), .id = S("fuzz"), .now = clock_now(&web.app->clock)};
    size_t who = size > 0 && text.p[0] >= '0' && text.p[0] < '0' + VISITORS
                     ? (size_t)(text.p[0] - '0')
                     : NOBODY;
    if (size > 0 && read_request(a, who, str_from(text, 1), &rq)) {
        struct http_response rs = http_response_new(a);
        web_serve(&web, &rq, &rs);
        if (rs.status < 200 || rs.status == 500 || rs.status == 503) {
            (void)fprintf(stderr, "status %d\n", rs.status);
            abort();
        }
        if (rs.fd >= 0)
            (void)close(rs.fd);
    }
    arena_free(a);
    return 0;
}
