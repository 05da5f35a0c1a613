/* provider_check_wire.c - see provider_check_wire.h. */
#include "app/provider_check_wire.h"

#include "base/utf8.h"

enum { TEXT_MOST = 2000, REPORTS_MOST = 100, MESSAGES_MOST = 10000 };

/* --- fields ----------------------------------------------------------------------------------- */

void wire_put(buf *b, str s)
{
    if (s.p == NULL) {
        buf_put(b, S("-:"));
        return;
    }
    buf_putf(b, "%zu:", s.n);
    buf_put(b, s);
}

void wire_put_i64(buf *b, i64 n)
{
    wire_put(b, str_fmt(b->a, "%lld", (long long)n));
}

bool wire_take(str *rest, str *out)
{
    ptrdiff_t at = str_find_char(str_sub(*rest, 0, rest->n < 20 ? rest->n : 20), ':');
    i64 n;
    if (at < 1)
        return false;
    str size = str_sub(*rest, 0, (size_t)at);
    *rest = str_from(*rest, (size_t)at + 1);
    *out = NO_STR;
    if (str_eq(size, S("-")))
        return true;
    if (!str_i64(size, &n) || n < 0 || (size_t)n > rest->n)
        return false;
    *out = n > 0 ? str_sub(*rest, 0, (size_t)n) : S("");
    *rest = str_from(*rest, (size_t)n);
    return true;
}

bool wire_take_i64(str *rest, i64 least, i64 most, i64 *out)
{
    str s;
    return wire_take(rest, &s) && str_i64(s, out) && *out >= least && *out <= most;
}

static bool take_bool(str *rest, bool *out)
{
    i64 n;
    bool good = wire_take_i64(rest, 0, 1, &n);
    *out = good && n == 1;
    return good;
}

/* --- an answer -------------------------------------------------------------------------------- */

void wire_put_got(buf *b, const struct provider_got *got)
{
    wire_put_i64(b, got->status);
    wire_put(b, got->why);
    wire_put(b, got->type);
    wire_put(b, got->allows);
    wire_put(b, got->location);
    wire_put(b, got->body);
}

bool wire_take_got(str *rest, struct provider_got *out)
{
    return wire_take_i64(rest, 0, 999, &out->status) && wire_take(rest, &out->why) &&
           wire_take(rest, &out->type) && wire_take(rest, &out->allows) &&
           wire_take(rest, &out->location) && wire_take(rest, &out->body);
}

/* --- what is asked ---------------------------------------------------------------------------- */

void wire_put_reach(buf *b, const struct provider_reach *r)
{
    wire_put_i64(b, r->folder);
    wire_put_i64(b, r->loopback);
    wire_put_i64(b, r->entitled);
    wire_put_i64(b, (i64)r->most);
    wire_put_i64(b, (i64)r->list_most);
    wire_put_i64(b, r->now);
}

bool wire_take_reach(str *rest, struct provider_reach *out)
{
    i64 most, list_most;
    *out = (struct provider_reach){0};
    if (!take_bool(rest, &out->folder) || !take_bool(rest, &out->loopback) ||
        !take_bool(rest, &out->entitled) || !wire_take_i64(rest, 0, INT64_MAX, &most) ||
        !wire_take_i64(rest, 0, INT64_MAX, &list_most) ||
        !wire_take_i64(rest, INT64_MIN, INT64_MAX, &out->now))
        return false;
    out->most = (size_t)most;
    out->list_most = (size_t)list_most;
    return true;
}

/* --- reports ---------------------------------------------------------------------------------- */

static void put_report(buf *b, const struct provider_report *r)
{
    wire_put(b, r->url);
    wire_put(b, r->why);
    wire_put_i64(b, r->v21);
    wire_put_i64(b, r->claimed);
    wire_put_i64(b, r->role);
    wire_put_i64(b, r->passed);
    wire_put_i64(b, (i64)r->documents);
    for (int n = 1; n < REQUIREMENTS; n++) {
        wire_put_i64(b, r->requirement[n].state);
        wire_put_i64(b, r->requirement[n].by);
        wire_put_i64(b, (i64)r->requirement[n].more);
    }
    wire_put_i64(b, (i64)r->messages.n);
    for (size_t i = 0; i < r->messages.n; i++) {
        const struct check_message *m = &r->messages.v[i];
        wire_put_i64(b, m->requirement);
        wire_put_i64(b, m->level);
        wire_put(b, m->where);
        wire_put(b, m->word);
        wire_put(b, m->arg[0]);
        wire_put(b, m->arg[1]);
    }
}

void wire_put_reports(buf *b, const struct provider_reports *all)
{
    wire_put_i64(b, (i64)all->n);
    for (size_t i = 0; i < all->n; i++)
        put_report(b, &all->v[i]);
}

/* What a terminal shows as it is. */
static bool take_text(struct arena *a, str *rest, str *out)
{
    str s;
    if (!wire_take(rest, &s))
        return false;
    *out = s.p == NULL ? NO_STR : S("");
    if (s.n == 0)
        return true;
    if (!utf8_valid(s)) {
        *out = S("?");
        return true;
    }
    s = str_sub(s, 0, utf8_valid_prefix(str_sub(s, 0, s.n < TEXT_MOST ? s.n : TEXT_MOST)));
    *out = s;
    if (!utf8_has_control(s))
        return true;
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        buf_char(&b, (unsigned char)s.p[i] < ' ' || s.p[i] == 0x7f ? '?' : s.p[i]);
    *out = utf8_has_control(buf_str(&b)) ? S("?") : buf_str(&b);
    return true;
}

/* A part of the key of a word. */
static bool take_word(str *rest, str *out)
{
    bool good = wire_take(rest, out) && out->n > 0 && out->n <= 40;
    for (size_t i = 0; good && i < out->n; i++) {
        char c = out->p[i];
        good = c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    return good;
}

static bool take_message(struct arena *a, str *rest, struct check_message *out)
{
    i64 requirement, level;
    if (!wire_take_i64(rest, 1, REQUIREMENTS - 1, &requirement) ||
        !wire_take_i64(rest, CHECK_INFO, CHECK_ERROR, &level) || !take_text(a, rest, &out->where) ||
        !take_word(rest, &out->word) || !take_text(a, rest, &out->arg[0]) ||
        !take_text(a, rest, &out->arg[1]))
        return false;
    out->requirement = (int)requirement;
    out->level = (enum check_level)level;
    return true;
}

static bool take_requirements(str *rest, struct provider_report *out)
{
    for (int n = 1; n < REQUIREMENTS; n++) {
        i64 state, by, more;
        if (!wire_take_i64(rest, CHECK_NOT_ASKED, CHECK_SPARED, &state) ||
            !wire_take_i64(rest, 0, REQUIREMENTS - 1, &by) ||
            !wire_take_i64(rest, 0, INT64_MAX, &more))
            return false;
        out->requirement[n].state = (enum check_state)state;
        out->requirement[n].by = (int)by;
        out->requirement[n].more = (size_t)more;
    }
    return true;
}

static bool take_report(struct arena *a, str *rest, struct provider_report *out)
{
    i64 claimed, role, documents, messages;
    *out = (struct provider_report){0};
    if (!take_text(a, rest, &out->url) || !take_text(a, rest, &out->why) ||
        !take_bool(rest, &out->v21) || !wire_take_i64(rest, ROLE_NONE, ROLE_AGGREGATOR, &claimed) ||
        !wire_take_i64(rest, ROLE_NONE, ROLE_AGGREGATOR, &role) || !take_bool(rest, &out->passed) ||
        !wire_take_i64(rest, 0, INT64_MAX, &documents) || !take_requirements(rest, out) ||
        !wire_take_i64(rest, 0, MESSAGES_MOST, &messages))
        return false;
    out->claimed = (enum provider_role)claimed;
    out->role = (enum provider_role)role;
    out->documents = (size_t)documents;
    for (i64 i = 0; i < messages; i++) {
        struct check_message m;
        if (!take_message(a, rest, &m))
            return false;
        *PUSH(a, &out->messages) = m;
    }
    return true;
}

bool wire_take_reports(struct arena *a, str *rest, struct provider_reports *out)
{
    i64 n;
    *out = (struct provider_reports){0};
    if (!wire_take_i64(rest, 0, REPORTS_MOST, &n))
        return false;
    for (i64 i = 0; i < n; i++) {
        struct provider_report r;
        if (!take_report(a, rest, &r))
            return false;
        *PUSH(a, out) = r;
    }
    return rest->n == 0;
}
