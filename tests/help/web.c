/* web.c - see web.h. */
#include "help/web.h"

#include "app/auth.h"
#include "gen/sql.h"
#include "io/http.h"
#include "web/kept.h"

#include <stdarg.h>

enum { KEPT = 1 << 20 };

/* --- who ------------------------------------------------------------------------------------ */

struct visitor *visit_nobody(struct stage *st)
{
    struct visitor *v = NEW(st->a, struct visitor);
    v->st = st;
    v->web = NEW(st->a, struct web);
    v->web->app = st->app;
    if (st->kept == NULL)
        st->kept = kept_new(st->a, KEPT);
    v->web->kept = st->kept;
    return v;
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

struct visitor *visit_as(struct stage *st, const char *login)
{
    struct visitor *v = visit_nobody(st);
    str person = stage_person_id(st, login);
    struct ctx *cx = stage_nobody(st);
    v->session = str_fmt(st->a, "session-of-%s-%u", login, st->n++);
    struct new_session s = {hash_of(st->a, v->session), person};
    must(db_write(cx, add_session, &s) == OK);
    return v;
}

struct visitor *visit_finder(struct stage *st, str report_id)
{
    struct visitor *v = visit_nobody(st);
    must(session_for_report(stage_nobody(st), report_id, &v->session) == OK);
    return v;
}

/* --- asking --------------------------------------------------------------------------------- */

struct head_list {
    VEC(struct http_header)
};

static void add_header(struct arena *a, struct head_list *h, const char *name, str value)
{
    if (value.n > 0)
        *PUSH(a, h) = (struct http_header){str_z(name), value};
}

static struct page ask(struct visitor *v, enum http_method m, str target, struct head_list *h,
                       str body)
{
    struct arena *a = v->st->a;
    str path = str_cut(&target, '?');
    if (v->session.n > 0)
        add_header(a, h, "cookie", str_join(a, S("kk="), v->session));
    if (v->bearer.n > 0)
        add_header(a, h, "authorization", str_join(a, S("Bearer "), v->bearer));
    add_header(a, h, "host", S("localhost"));
    struct http_request rq = {.a = a,
                              .method = m,
                              .path = path,
                              .query = target.p ? target : S(""),
                              .headers = h->v,
                              .nheaders = h->n,
                              .body = {body, -1, (i64)body.n},
                              .peer = S("203.0.113.7"),
                              .host = S("localhost"),
                              .id = S("test")};
    struct page p = {.rs = http_response_new(a)};
    (void)stage_nobody(v->st); /* ends the reads of the test's own */
    web_serve(v->web, &rq, &p.rs);
    p.status = p.rs.status;
    p.body = buf_str(&p.rs.out);
    p.location = http_answer_header(&p.rs, S("Location"));
    p.type = http_answer_header(&p.rs, S("Content-Type"));
    return p;
}

struct page visit_url(struct visitor *v, str target)
{
    struct head_list h = {0};
    return ask(v, GET, target, &h, NO_STR);
}

struct page visit(struct visitor *v, const char *target)
{
    return visit_url(v, str_z(target));
}

struct page visit_send(struct visitor *v, str path, const struct input *in)
{
    struct head_list h = {0};
    buf b = {.a = v->st->a};
    if (v->session.n > 0 && input_get(in, S("_csrf")).p == NULL)
        urlform_put(&b, S("_csrf"), csrf_of(v->st->a, v->session));
    for (size_t i = 0; i < in->n; i++)
        urlform_put(&b, in->v[i].name, in->v[i].value);
    add_header(v->st->a, &h, "content-type", S("application/x-www-form-urlencoded"));
    return ask(v, POST, path, &h, buf_str(&b));
}

struct page visit_post(struct visitor *v, str path, ...)
{
    struct input in = {0};
    const char *name;
    va_list list;
    va_start(list, path);
    while ((name = va_arg(list, const char *)) != NULL)
        input_put(v->st->a, &in, str_z(name), str_z(va_arg(list, const char *)));
    va_end(list);
    return visit_send(v, path, &in);
}

struct page visit_raw(struct visitor *v, enum http_method m, str target, str type, str body, ...)
{
    struct head_list h = {0};
    const char *name;
    va_list list;
    va_start(list, body);
    while ((name = va_arg(list, const char *)) != NULL)
        add_header(v->st->a, &h, name, str_z(va_arg(list, const char *)));
    va_end(list);
    add_header(v->st->a, &h, "content-type", type);
    return ask(v, m, target, &h, body);
}

struct page visit_json(struct visitor *v, enum http_method m, str path, const char *json)
{
    return visit_raw(v, m, path, S("application/json"), str_z(json), NULL);
}

/* --- reading -------------------------------------------------------------------------------- */

static str entity(str *rest)
{
    static const struct {
        str name, text;
    } known[] = {{S_INIT("&amp;"), S_INIT("&")},
                 {S_INIT("&lt;"), S_INIT("<")},
                 {S_INIT("&gt;"), S_INIT(">")},
                 {S_INIT("&quot;"), S_INIT("\"")},
                 {S_INIT("&#39;"), S_INIT("'")}};
    for (size_t i = 0; i < COUNT(known); i++)
        if (str_has_prefix(*rest, known[i].name)) {
            *rest = str_from(*rest, known[i].name.n);
            return known[i].text;
        }
    *rest = str_from(*rest, 1);
    return S("&");
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t';
}

/* Blanks between words only; none where a tag stood between Japanese letters. */
static void put_char(buf *b, char c)
{
    if (!is_space(c))
        buf_char(b, c);
    else if (b->n > 0 && b->p[b->n - 1] != ' ')
        buf_char(b, ' ');
}

static bool is_block(str tag)
{
    static const char *const inlines[] = {"b", "span", "a", "i", "em", "strong", "time", "code"};
    str name = str_has_prefix(tag, S("/")) ? str_from(tag, 1) : tag;
    size_t n = 0;
    while (n < name.n && !is_space(name.p[n]) && name.p[n] != '/')
        n++;
    for (size_t i = 0; i < COUNT(inlines); i++)
        if (str_eq(str_sub(name, 0, n), str_z(inlines[i])))
            return false;
    return true;
}

str page_words(struct arena *a, struct page p)
{
    buf b = {.a = a};
    str rest = p.body;
    ptrdiff_t main = str_find(rest, S("<main"));
    if (main > 0)
        rest = str_from(rest, (size_t)main);
    while (rest.n > 0) {
        if (rest.p[0] == '<') {
            rest = str_from(rest, 1);
            if (is_block(str_cut(&rest, '>')))
                put_char(&b, ' ');
        } else if (rest.p[0] == '&') {
            buf_put(&b, entity(&rest));
        } else {
            put_char(&b, rest.p[0]);
            rest = str_from(rest, 1);
        }
    }
    return buf_str(&b);
}

bool page_holds(struct page p, str text)
{
    return str_find(page_words(p.rs.out.a, p), text) >= 0;
}

static str attribute(struct arena *a, str tag, const char *name)
{
    str want = str_fmt(a, " %s=\"", name);
    ptrdiff_t at = str_find(tag, want);
    if (at < 0)
        return NO_STR;
    str value = str_from(tag, (size_t)at + want.n);
    buf b = {.a = a};
    value = str_cut(&value, '"');
    while (value.n > 0)
        if (value.p[0] == '&')
            buf_put(&b, entity(&value));
        else {
            buf_char(&b, value.p[0]);
            value = str_from(value, 1);
        }
    return b.n ? buf_str(&b) : S("");
}

str page_input(struct arena *a, struct page p, const char *name)
{
    str rest = p.body;
    for (ptrdiff_t at; (at = str_find(rest, S("<input "))) >= 0;) {
        rest = str_from(rest, (size_t)at + 6);
        str tail = rest, tag = str_cut(&tail, '>');
        if (str_eq(attribute(a, tag, "name"), str_z(name)))
            return attribute(a, tag, "value");
    }
    return NO_STR;
}

/* --- markup --------------------------------------------------------------------------------- */

static bool is_void(str name)
{
    static const char *const names[] = {"meta", "link", "input", "br", "hr", "img", "col"};
    for (size_t i = 0; i < COUNT(names); i++)
        if (str_eq(name, str_z(names[i])))
            return true;
    return false;
}

static str tag_name(str tag)
{
    size_t n = 0;
    while (n < tag.n && !is_space(tag.p[n]) && tag.p[n] != '/')
        n++;
    return str_sub(tag, 0, n);
}

enum { DEEP = 100 };

/* Opens or closes an element; false where that cannot be. */
static bool nest(str tag, str *open, size_t *depth)
{
    if (tag.n == 0 || tag.p[0] == '!')
        return true;
    if (tag.p[0] == '/')
        return *depth > 0 && str_eq(open[--*depth], str_from(tag, 1));
    if (tag.p[tag.n - 1] == '/' || is_void(tag_name(tag)))
        return true;
    if (*depth == DEEP)
        return false;
    open[(*depth)++] = tag_name(tag);
    return true;
}

bool page_is_nested(struct page p, str *why)
{
    str open[DEEP], rest = p.body;
    size_t depth = 0;
    for (ptrdiff_t at; (at = str_find_char(rest, '<')) >= 0;) {
        rest = str_from(rest, (size_t)at + 1);
        str here = rest, tag = str_cut(&rest, '>');
        *why = str_sub(here, 0, 80);
        if (!nest(tag, open, &depth))
            return false;
    }
    *why = depth ? open[depth - 1] : S("");
    return depth == 0;
}
