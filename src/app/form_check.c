/* form_check.c - see form_check.h. */
#include "app/form_check.h"

#include "base/id.h"
#include "base/utf8.h"
#include "formats/cpe.h"
#include "formats/purl.h"

i64 field_max(const struct field_rule *r)
{
    static const i64 most[FIELD_TYPE_COUNT] = {
        [FIELD_LINE] = 200,   [FIELD_TEXT] = 20000,
        [FIELD_SECRET] = 200, [FIELD_EMAIL] = 254,
        [FIELD_URL] = 2000,   [FIELD_BOOL] = 5,
        [FIELD_CHOICE] = 100, [FIELD_CHOICES] = 100,
        [FIELD_INSTANT] = 40, [FIELD_NUMBER] = 1000000000000,
        [FIELD_ID] = ID_SIZE, [FIELD_IDS] = ID_SIZE,
        [FIELD_LOGIN] = 64,   [FIELD_CVE] = 30,
        [FIELD_CWE] = 12,     [FIELD_VECTOR] = 300,
        [FIELD_LANG] = 2,     [FIELD_ZONE] = 40,
        [FIELD_DATE] = 10,    [FIELD_CPE] = 600,
        [FIELD_PURL] = 1000,
    };
    return r->max ? r->max : most[r->type];
}

bool is_email(str s)
{
    ptrdiff_t at = str_find_char(s, '@');
    if (at <= 0 || (size_t)at + 3 > s.n || str_find_char(str_from(s, (size_t)at + 1), '@') >= 0)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '<' || s.p[i] == '>' || s.p[i] == ',' ||
            s.p[i] == 0x7F)
            return false;
    str host = str_from(s, (size_t)at + 1);
    return host.p[0] != '.' && host.p[host.n - 1] != '.' && str_find(host, S("..")) < 0;
}

bool is_http_url(str s)
{
    str rest = str_has_prefix(s, S("https://"))  ? str_from(s, 8)
               : str_has_prefix(s, S("http://")) ? str_from(s, 7)
                                                 : NO_STR;
    for (size_t i = 0; i < s.n; i++)
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == '"' || s.p[i] == '<' || s.p[i] == '>' ||
            s.p[i] == '\\' || s.p[i] == 0x7F)
            return false;
    str host = str_cut(&rest, '/');
    return host.n > 0 && host.p[0] != ':' && host.p[0] != '?' && str_find_char(host, '@') < 0;
}

static bool all_digits(str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] < '0' || s.p[i] > '9')
            return false;
    return s.n > 0;
}

bool is_cve(str s)
{
    if (!str_has_prefix(s, S("CVE-")) || s.n < 13 || s.p[8] != '-')
        return false;
    return all_digits(str_sub(s, 4, 4)) && all_digits(str_from(s, 9)) && s.n <= 28;
}

bool is_cwe(str s)
{
    return str_has_prefix(s, S("CWE-")) && all_digits(str_from(s, 4)) && s.n <= 10 && s.p[4] != '0';
}

bool is_login(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (!plain && (i == 0 || (c != '.' && c != '-' && c != '_')))
            return false;
    }
    return s.n >= 2;
}

/* CRLF and CR become LF. */
static str plain_lines(struct arena *a, str s)
{
    if (str_find_char(s, '\r') < 0)
        return s;
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
            continue;
        buf_char(&b, s.p[i] == '\r' ? '\n' : s.p[i]);
    }
    return buf_str(&b);
}

static bool is_line(str s)
{
    return str_find_char(s, '\n') < 0 && str_find_char(s, '\t') < 0;
}

static size_t choice_index(const struct field_rule *r, str value)
{
    size_t i = 0;
    while (i < r->nchoices && !str_eq(r->choices[i].value, value))
        i++;
    return i;
}

static enum err check_bool(struct ctx *cx, const struct field_rule *r, struct value *v)
{
    bool yes = str_eq(v->text, S("yes")) || str_eq(v->text, S("on")) || str_eq(v->text, S("true"));
    bool no = str_eq(v->text, S("no")) || str_eq(v->text, S("false"));
    v->n = yes;
    return yes || no ? OK : wrong(cx, r->name, S("bool"));
}

static enum err check_instant(struct ctx *cx, const struct field_rule *r, struct value *v)
{
    static const i64 least = -2208988800000, most = 4102444800000; /* 1900 to 2100 */
    if (!time_parse(v->text, cx->zone, &v->n))
        return wrong(cx, r->name, S("instant"));
    return v->n >= least && v->n < most ? OK : wrong(cx, r->name, S("instant_range"));
}

static enum err check_date(struct ctx *cx, const struct field_rule *r, struct value *v)
{
    if (v->text.n != 10 || !time_parse(v->text, cx->zone, &v->n))
        return wrong(cx, r->name, S("date"));
    return check_instant(cx, r, v);
}

static enum err check_number(struct ctx *cx, const struct field_rule *r, struct value *v)
{
    if (!str_i64(v->text, &v->n))
        return wrong(cx, r->name, S("number"));
    return v->n <= field_max(r) ? OK : wrong_limit(cx, r->name, S("too_large"), field_max(r));
}

static bool looks_like_vector(str s)
{
    return str_has_prefix(s, S("CVSS:")) || str_has_prefix(s, S("AV:"));
}

static enum err check_cpe(struct ctx *cx, const struct field_rule *r, struct value *v)
{
    struct cpe c;
    str why, bad = NO_STR;
    if (cpe_read(cx->a, v->text, &c, &why, &bad) != OK)
        return problem_got(cx->a, &cx->problems, r->name, why, bad);
    if (cpe_has_wildcard(c.v[CPE_VENDOR]) || cpe_has_wildcard(c.v[CPE_PRODUCT]))
        return wrong(cx, r->name, S("cpe_wide"));
    v->text = cpe_write(cx->a, &c);
    return OK;
}

static enum err check_purl(struct ctx *cx, const struct field_rule *r, struct value *v)
{
    struct purl p;
    str why;
    if (purl_read(cx->a, v->text, &p, &why) != OK)
        return wrong(cx, r->name, why);
    v->text = purl_write(cx->a, &p);
    return OK;
}

static enum err check_form_of(struct ctx *cx, const struct field_rule *r, bool good,
                              const char *code)
{
    return good ? OK : wrong(cx, r->name, str_z(code));
}

static enum err check_type(struct ctx *cx, const struct field_rule *r, struct value *v)
{
    str s = v->text;
    switch (r->type) {
    case FIELD_LINE:
    case FIELD_SECRET: return check_form_of(cx, r, is_line(s), "one_line");
    case FIELD_TEXT: return OK;
    case FIELD_EMAIL: return check_form_of(cx, r, is_email(s), "email");
    case FIELD_URL: return check_form_of(cx, r, is_http_url(s), "url");
    case FIELD_BOOL: return check_bool(cx, r, v);
    case FIELD_CHOICE:
    case FIELD_CHOICES: return check_form_of(cx, r, choice_index(r, s) < r->nchoices, "choice");
    case FIELD_INSTANT: return check_instant(cx, r, v);
    case FIELD_NUMBER: return check_number(cx, r, v);
    case FIELD_ID:
    case FIELD_IDS: return check_form_of(cx, r, id_is(s), "id");
    case FIELD_LOGIN: return check_form_of(cx, r, is_login(s), "login");
    case FIELD_CVE: return check_form_of(cx, r, is_cve(s), "cve");
    case FIELD_CWE: return check_form_of(cx, r, is_cwe(s), "cwe");
    case FIELD_VECTOR: return check_form_of(cx, r, looks_like_vector(s), "vector");
    case FIELD_LANG:
        return check_form_of(cx, r, str_eq(s, S("ja")) || str_eq(s, S("en")), "choice");
    case FIELD_ZONE: return check_form_of(cx, r, zone_find(s) != NULL, "choice");
    case FIELD_DATE: return check_date(cx, r, v);
    case FIELD_CPE: return check_cpe(cx, r, v);
    case FIELD_PURL: return check_purl(cx, r, v);
    case FIELD_ROWS:
    case FIELD_TYPE_COUNT: break;
    }
    return OK;
}

/* JSON has types of its own: a text wants a string, a number a number, and neither a list. */
static bool json_type_fits(const struct field_rule *r, const struct input_item *it)
{
    bool list = r->type == FIELD_IDS || r->type == FIELD_CHOICES;
    enum input_kind kind = it->kind;
    if (it->listed && !list)
        return false;
    if (kind == INPUT_JSON_NO_LIST)
        return list;
    if (kind == INPUT_TEXT || kind == INPUT_JSON_NULL)
        return true;
    if (r->type == FIELD_BOOL)
        return kind == INPUT_JSON_BOOL || kind == INPUT_JSON_STRING;
    if (r->type == FIELD_NUMBER)
        return kind == INPUT_JSON_NUMBER;
    return kind == INPUT_JSON_STRING;
}

/* For the others, what is too long is not of their form at all. */
static bool is_prose(enum field_type t)
{
    return t == FIELD_LINE || t == FIELD_TEXT || t == FIELD_SECRET || t == FIELD_EMAIL ||
           t == FIELD_URL || t == FIELD_LOGIN || t == FIELD_VECTOR || t == FIELD_CPE ||
           t == FIELD_PURL;
}

static enum err check_item(struct ctx *cx, const struct field_rule *r, const struct input_item *it,
                           struct value *v)
{
    str s = it->value.p ? it->value : S("");
    if (!json_type_fits(r, it))
        return wrong(cx, r->name, S("wrong_type"));
    if (!utf8_valid(s))
        return wrong(cx, r->name, S("encoding"));
    if (utf8_has_control(s))
        return wrong(cx, r->name, S("control"));
    s = plain_lines(cx->a, s);
    if (r->type != FIELD_SECRET)
        s = str_trim(s);
    if (s.n == 0)
        return OK;
    if (is_prose(r->type) && (i64)utf8_count(s) > field_max(r))
        return wrong_limit(cx, r->name, S("too_long"), field_max(r));
    v->text = s;
    v->is = true;
    return check_type(cx, r, v);
}

static enum err check_list(struct ctx *cx, const struct field_rule *r, const struct input *in,
                           struct value *out)
{
    enum { MOST = 1000 };
    struct {
        VEC(str)
    } all = {0};
    for (size_t i = 0; i < in->n; i++) {
        struct value one = {0};
        if (!str_eq(in->v[i].name, r->name))
            continue;
        if (all.n == MOST)
            return wrong_limit(cx, r->name, S("too_many"), MOST);
        TRY(check_item(cx, r, &in->v[i], &one));
        if (one.is)
            *PUSH(cx->a, &all) = one.text;
    }
    out->list = (struct strs){all.v, all.n};
    out->is = all.n > 0;
    return OK;
}

enum err form_check(struct ctx *cx, const struct field_rule *r, const struct input *in,
                    struct value *out)
{
    bool list = r->type == FIELD_IDS || r->type == FIELD_CHOICES;
    size_t seen = 0;
    for (size_t i = 0; i < cx->problems.n; i++) /* said when it was read: there may be more of it */
        if (str_eq(cx->problems.v[i].field, r->name))
            return E_INVALID;
    enum err e = list ? check_list(cx, r, in, out) : OK;
    for (size_t i = 0; i < in->n && !list && e == OK; i++) {
        if (!str_eq(in->v[i].name, r->name))
            continue;
        if (seen++ > 0)
            return wrong(cx, r->name, S("repeated"));
        e = check_item(cx, r, &in->v[i], out);
    }
    if (e == OK && r->confirm && out->n == 0)
        return wrong(cx, r->name, S("confirm"));
    if (e == OK && r->required && !out->is)
        return wrong(cx, r->name, S("required"));
    return e;
}
