/* provider_check_wire.c - see provider_check_wire.h. */
#include "app/provider_check_wire.h"

#include "base/fields.h"
#include "base/utf8.h"

enum { TEXT_MOST = 2000, REPORTS_MOST = 100, MESSAGES_MOST = 10000 };

/* --- fields ----------------------------------------------------------------------------------- */

static bool take_bool(str *rest, bool *out)
{
    i64 n;
    bool good = fields_take_i64(rest, 0, 1, &n);
    *out = good && n == 1;
    return good;
}

/* --- an answer -------------------------------------------------------------------------------- */

void wire_put_got(buf *b, const struct provider_got *got)
{
    fields_put_i64(b, got->status);
    fields_put(b, got->why);
    fields_put(b, got->type);
    fields_put(b, got->allows);
    fields_put(b, got->location);
    fields_put(b, got->body);
}

bool wire_take_got(str *rest, struct provider_got *out)
{
    return fields_take_i64(rest, 0, 999, &out->status) && fields_take(rest, &out->why) &&
           fields_take(rest, &out->type) && fields_take(rest, &out->allows) &&
           fields_take(rest, &out->location) && fields_take(rest, &out->body);
}

/* --- what is asked ---------------------------------------------------------------------------- */

void wire_put_reach(buf *b, const struct provider_reach *r)
{
    fields_put_i64(b, r->folder);
    fields_put_i64(b, r->loopback);
    fields_put_i64(b, r->entitled);
    fields_put_i64(b, (i64)r->most);
    fields_put_i64(b, (i64)r->list_most);
    fields_put_i64(b, r->now);
}

bool wire_take_reach(str *rest, struct provider_reach *out)
{
    i64 most, list_most;
    *out = (struct provider_reach){0};
    if (!take_bool(rest, &out->folder) || !take_bool(rest, &out->loopback) ||
        !take_bool(rest, &out->entitled) || !fields_take_i64(rest, 0, INT64_MAX, &most) ||
        !fields_take_i64(rest, 0, INT64_MAX, &list_most) ||
        !fields_take_i64(rest, INT64_MIN, INT64_MAX, &out->now))
        return false;
    out->most = (size_t)most;
    out->list_most = (size_t)list_most;
    return true;
}

/* --- reports ---------------------------------------------------------------------------------- */

static void put_report(buf *b, const struct provider_report *r)
{
    fields_put(b, r->url);
    fields_put(b, r->why);
    fields_put_i64(b, r->v21);
    fields_put_i64(b, r->claimed);
    fields_put_i64(b, r->role);
    fields_put_i64(b, r->passed);
    fields_put_i64(b, (i64)r->documents);
    for (int n = 1; n < REQUIREMENTS; n++) {
        fields_put_i64(b, r->requirement[n].state);
        fields_put_i64(b, r->requirement[n].by);
        fields_put_i64(b, (i64)r->requirement[n].more);
    }
    fields_put_i64(b, (i64)r->messages.n);
    for (size_t i = 0; i < r->messages.n; i++) {
        const struct check_message *m = &r->messages.v[i];
        fields_put_i64(b, m->requirement);
        fields_put_i64(b, m->level);
        fields_put(b, m->where);
        fields_put(b, m->word);
        fields_put(b, m->arg[0]);
        fields_put(b, m->arg[1]);
    }
}

void wire_put_reports(buf *b, const struct provider_reports *all)
{
    fields_put_i64(b, (i64)all->n);
    for (size_t i = 0; i < all->n; i++)
        put_report(b, &all->v[i]);
}

/* What a terminal shows as it is. */
static bool take_text(struct arena *a, str *rest, str *out)
{
    str s;
    if (!fields_take(rest, &s))
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
    bool good = fields_take(rest, out) && out->n > 0 && out->n <= 40;
    for (size_t i = 0; good && i < out->n; i++) {
        char c = out->p[i];
        good = c == '_' || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    return good;
}

static bool take_message(struct arena *a, str *rest, struct check_message *out)
{
    i64 requirement, level;
    if (!fields_take_i64(rest, 1, REQUIREMENTS - 1, &requirement) ||
        !fields_take_i64(rest, CHECK_INFO, CHECK_ERROR, &level) ||
        !take_text(a, rest, &out->where) || !take_word(rest, &out->word) ||
        !take_text(a, rest, &out->arg[0]) || !take_text(a, rest, &out->arg[1]))
        return false;
    out->requirement = (int)requirement;
    out->level = (enum check_level)level;
    return true;
}

static bool take_requirements(str *rest, struct provider_report *out)
{
    for (int n = 1; n < REQUIREMENTS; n++) {
        i64 state, by, more;
        if (!fields_take_i64(rest, CHECK_NOT_ASKED, CHECK_SPARED, &state) ||
            !fields_take_i64(rest, 0, REQUIREMENTS - 1, &by) ||
            !fields_take_i64(rest, 0, INT64_MAX, &more))
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
        !take_bool(rest, &out->v21) ||
        !fields_take_i64(rest, ROLE_NONE, ROLE_AGGREGATOR, &claimed) ||
        !fields_take_i64(rest, ROLE_NONE, ROLE_AGGREGATOR, &role) ||
        !take_bool(rest, &out->passed) || !fields_take_i64(rest, 0, INT64_MAX, &documents) ||
        !take_requirements(rest, out) || !fields_take_i64(rest, 0, MESSAGES_MOST, &messages))
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
    if (!fields_take_i64(rest, 0, REPORTS_MOST, &n))
        return false;
    for (i64 i = 0; i < n; i++) {
        struct provider_report r;
        if (!take_report(a, rest, &r))
            return false;
        *PUSH(a, out) = r;
    }
    return rest->n == 0;
}
