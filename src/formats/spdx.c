/* spdx.c - see spdx.h.
 *
 * license-expression = compound; WITH binds closer than AND, AND closer than OR.  What the
 * binding is does not matter here: only that every place has what may stand there. */
#include "formats/spdx.h"

#include "base/vec.h"
#include "formats/fact.h"

struct reader {
    struct arena *a;
    str text;
    size_t at;
    struct {
        VEC(struct spdx_id)
    } ids;
};

static bool idchar(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.';
}

static void skip_spaces(struct reader *r)
{
    while (r->at < r->text.n && r->text.p[r->at] == ' ')
        r->at++;
}

static str idstring(struct reader *r)
{
    size_t from = r->at;
    while (r->at < r->text.n && idchar(r->text.p[r->at]))
        r->at++;
    return str_sub(r->text, from, r->at - from);
}

static bool next_is(const struct reader *r, char c)
{
    return r->at < r->text.n && r->text.p[r->at] == c;
}

/* The word, all capital or all small, with white space behind it. */
static bool word(struct reader *r, str capital, str little)
{
    struct reader try = *r;
    str s = idstring(&try);
    if ((!str_eq(s, capital) && !str_eq(s, little)) || !next_is(&try, ' '))
        return false;
    r->at = try.at;
    skip_spaces(r);
    return true;
}

/* The prefix of a reference is exactly so; written otherwise it is no identifier either. */
static bool prefix_right(str id, str prefix, bool *reference)
{
    *reference = str_has_prefix(id, prefix);
    return *reference ? id.n > prefix.n : !str_eq_nocase(str_sub(id, 0, prefix.n), prefix);
}

static bool read_id(struct reader *r, enum spdx_kind kind)
{
    str prefix = kind == SPDX_LICENSE ? S("LicenseRef-") : S("AdditionRef-");
    size_t from = r->at;
    struct spdx_id id = {.kind = kind};
    str s = idstring(r);
    if (next_is(r, ':')) {
        if (!prefix_right(s, S("DocumentRef-"), &id.document) || !id.document)
            return false;
        r->at++;
        s = idstring(r);
    }
    if (s.n == 0 || !prefix_right(s, prefix, &id.reference) || (id.document && !id.reference)) {
        r->at = from;
        return false;
    }
    id.text = str_sub(r->text, from, r->at - from);
    if (kind == SPDX_LICENSE && !id.reference && next_is(r, '+')) {
        id.later = true;
        r->at++;
    }
    *PUSH(r->a, &r->ids) = id;
    return true;
}

static bool operator(struct reader *r)
{
    return word(r, S("AND"), S("and")) || word(r, S("OR"), S("or"));
}

static bool is_operator(str s)
{
    static const str words[] = {S_INIT("AND"), S_INIT("and"),  S_INIT("OR"),
                                S_INIT("or"),  S_INIT("WITH"), S_INIT("with")};
    for (size_t i = 0; i < COUNT(words); i++) {
        if (str_eq(s, words[i]))
            return true;
    }
    return false;
}

/* An identifier, with an exception or without. */
static bool simple(struct reader *r)
{
    struct reader try = *r;
    if (is_operator(idstring(&try)) || !read_id(r, SPDX_LICENSE))
        return false;
    size_t behind = r->at;
    skip_spaces(r);
    if (r->at > behind && word(r, S("WITH"), S("with"))) {
        if (!read_id(r, SPDX_EXCEPTION))
            return false;
        behind = r->at;
        skip_spaces(r);
    }
    return r->at == r->text.n || r->at > behind || next_is(r, ')');
}

bool spdx_read(struct arena *a, str text, struct spdx *out, size_t *at)
{
    struct reader r = {.a = a, .text = text};
    size_t open = 0;
    bool good = text.n > 0, more = true;
    while (good && more) {
        skip_spaces(&r);
        for (; next_is(&r, '('); open++) {
            r.at++;
            skip_spaces(&r);
        }
        good = simple(&r);
        for (; good && open > 0 && next_is(&r, ')'); open--) {
            r.at++;
            skip_spaces(&r);
        }
        more = good && r.at < r.text.n;
        good = good && (!more || operator(&r));
    }
    *out = (struct spdx){r.ids.v, r.ids.n};
    *at = r.at;
    return good && open == 0;
}

static enum spdx_known look_up(str table, str key, str kind)
{
    char room[80];
    str cells;
    if (key.n > sizeof room)
        return SPDX_MISSING;
    for (size_t i = 0; i < key.n; i++) {
        char c = key.p[i];
        room[i] = (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    }
    if (!fact_find(table, (str){room, key.n}, &cells))
        return SPDX_MISSING;
    if (str_eq(table, S("spdx")))
        (void)str_cut(&cells, '\t');
    if (!str_eq(str_cut(&cells, '\t'), kind))
        return SPDX_MISSING;
    return cells.n > 0 ? SPDX_DEPRECATED : SPDX_LISTED;
}

enum spdx_known spdx_known(const struct spdx_id *id)
{
    bool license = id->kind == SPDX_LICENSE;
    str kind = license ? S("license") : S("exception");
    str scancode = license ? S("LicenseRef-scancode-") : S("AdditionRef-scancode-");
    if (!id->reference)
        return look_up(S("spdx"), id->text, kind);
    if (!str_has_prefix(id->text, scancode))
        return SPDX_UNKNOWN;
    return look_up(S("scancode"), str_from(id->text, scancode.n), kind);
}
