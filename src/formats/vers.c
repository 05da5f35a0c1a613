/* vers.c - see vers.h: taking version ranges apart. */
#include "formats/vers.h"

#include "base/vec.h"
#include "formats/fact.h"
#include "formats/instant.h"
#include "formats/percent.h"

struct list {
    VEC(struct vers_constraint)
};

static enum err because(str *why, str code)
{
    *why = code;
    return E_INVALID;
}

static bool type_valid(str type)
{
    for (size_t i = 0; i < type.n; i++) {
        char c = type.p[i];
        bool letter = c >= 'a' && c <= 'z';
        if (!letter && (i == 0 || (!(c >= '0' && c <= '9') && c != '.' && c != '-')))
            return false;
    }
    return type.n > 0;
}

/* One-character operators behind those they begin. */
static enum vers_op take_op(str *s)
{
    static const struct {
        str text;
        enum vers_op op;
    } ops[] = {{S_INIT(">="), VERS_GE},
               {S_INIT("<="), VERS_LE},
               {S_INIT("!="), VERS_NE},
               {S_INIT("<"), VERS_LT},
               {S_INIT(">"), VERS_GT}};
    for (size_t i = 0; i < COUNT(ops); i++) {
        if (str_has_prefix(*s, ops[i].text)) {
            *s = str_from(*s, ops[i].text.n);
            return ops[i].op;
        }
    }
    return VERS_EQ;
}

static bool hex_capital(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F');
}

static enum err read_version(struct arena *a, str s, str *out, str *why)
{
    buf b = {.a = a};
    *out = s;
    if (s.n == 0)
        return because(why, S("vers_version"));
    if (str_find_char(S("<>=!*"), s.p[0]) >= 0)
        return because(why, S("vers_comparator"));
    for (size_t i = 0; i < s.n; i++) {
        if (str_find_char(S("<>=!*"), s.p[i]) >= 0)
            return because(why, S("vers_version"));
        if (s.p[i] != '%') {
            buf_char(&b, s.p[i]);
            continue;
        }
        int byte = percent_byte(s, i);
        if (byte < 0 || !hex_capital(s.p[i + 1]) || !hex_capital(s.p[i + 2]))
            return because(why, S("vers_version"));
        buf_char(&b, (char)byte);
        i += 2;
    }
    *out = buf_str(&b);
    return OK;
}

static bool has_space(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        if ((unsigned char)s.p[i] <= ' ' || s.p[i] == 0x7F)
            return true;
    }
    return false;
}

static enum err read_constraints(struct arena *a, str s, bool vls, struct vers *out, str *why)
{
    struct list list = {0};
    if (s.n == 0)
        return because(why, S("vers_empty"));
    if (s.p[0] == '|' || s.p[s.n - 1] == '|' || str_find(s, S("||")) >= 0)
        return because(why, S("vers_pipe"));
    while (s.n > 0) {
        str one = str_cut(&s, '|');
        if (one.p[0] == '*')
            return because(why, S("vers_star"));
        struct vers_constraint c = {.op = take_op(&one)};
        if (vls && c.op == VERS_EQ && str_has_prefix(one, S("=")))
            one = str_from(one, 1);
        TRY(read_version(a, one, &c.version, why));
        *PUSH(a, &list) = c;
    }
    out->v = list.v;
    out->n = list.n;
    return OK;
}

/* What each type asks of a version, as far as it asks anything. */
static bool version_fits(str type, str version)
{
    struct instant t;
    struct doc_version v;
    if (str_eq(type, S("datetime")))
        return instant_read(version, &t) && !t.lower;
    if (str_eq(type, S("semver")))
        return doc_version_read(version, &v) && !v.integer;
    return true;
}

static bool twice(const struct vers *r, size_t i, size_t j)
{
    str x = r->v[i].version, y = r->v[j].version;
    return r->cmp == NULL ? str_eq(x, y) : r->cmp(x, y) == 0;
}

static enum err check_versions(const struct vers *r, str *why)
{
    for (size_t i = 0; i < r->n; i++) {
        if (!version_fits(r->type, r->v[i].version))
            return because(why, S("vers_version"));
        if (i == 0)
            continue;
        if (twice(r, i - 1, i))
            return because(why, S("vers_twice"));
        if (r->cmp != NULL && r->cmp(r->v[i - 1].version, r->v[i].version) > 0)
            return because(why, S("vers_order"));
    }
    return OK;
}

static bool upper(enum vers_op op)
{
    return op == VERS_LT || op == VERS_LE;
}

static bool lower(enum vers_op op)
{
    return op == VERS_GT || op == VERS_GE;
}

/* Which comparators may follow each other, section 5.4: "!=" does not count; behind "=" there
 * is no upper end; ends alternate. */
static enum err check_sequence(const struct vers *r, str *why)
{
    enum vers_op last = VERS_NE, end = VERS_NE;
    for (size_t i = 0; i < r->n; i++) {
        enum vers_op op = r->v[i].op;
        if (op == VERS_NE)
            continue;
        if ((last == VERS_EQ && upper(op)) || (lower(last) && op == VERS_EQ) ||
            (lower(end) && lower(op)) || (upper(end) && upper(op)))
            return because(why, S("vers_sequence"));
        last = op;
        if (op != VERS_EQ)
            end = op;
    }
    return OK;
}

static enum err read_type(str type, struct vers *out, str *why)
{
    if (!type_valid(type))
        return because(why, S("vers_type"));
    if (str_eq(type, S("invalid")))
        return because(why, S("vers_reserved"));
    out->type = type;
    out->registered = vers_type_registered(type);
    out->cmp = vers_order(type);
    out->none = str_eq(type, S("none"));
    return OK;
}

enum err vers_read(struct arena *a, str text, struct vers *out, str *why)
{
    *out = (struct vers){0};
    if (!str_has_prefix(text, S("vers:")))
        return because(why, S("vers_scheme"));
    if (has_space(text))
        return because(why, S("vers_space"));
    ptrdiff_t slash = str_find_char(text, '/');
    if (slash < 0)
        return because(why, S("vers_type"));
    TRY(read_type(str_sub(text, 5, (size_t)slash - 5), out, why));
    str rest = str_from(text, (size_t)slash + 1);
    out->star = str_eq(rest, S("*"));
    if (out->star)
        return OK;
    if (out->none || str_eq(out->type, S("all")))
        return because(why, S("vers_star"));
    TRY(read_constraints(a, rest, false, out, why));
    TRY(check_versions(out, why));
    return check_sequence(out, why);
}

enum err vls_read(struct arena *a, str text, struct vers *out, str *why)
{
    *out = (struct vers){.cmp = vers_order(S("generic"))};
    if (has_space(text))
        return because(why, S("vers_space"));
    TRY(read_constraints(a, text, true, out, why));
    return check_sequence(out, why);
}

bool vers_type_registered(str type)
{
    str cells;
    return fact_find(S("vers-types"), type, &cells) && str_eq(str_cut(&cells, '\t'), S("yes"));
}
