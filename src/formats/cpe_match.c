/* cpe_match.c - how two names relate: NISTIR 7696, section 6; see cpe.h. */
#include "formats/cpe_own.h"

/* One character, with the '\' in front of it. */
static size_t step(str s, size_t at)
{
    return s.p[at] == '\\' && at + 1 < s.n ? 2 : 1;
}

static bool wild(str s, size_t at)
{
    return at < s.n && (s.p[at] == '?' || s.p[at] == '*');
}

bool cpe_has_wildcard(str value)
{
    for (size_t at = 0; at < value.n; at += step(value, at)) {
        if (wild(value, at))
            return true;
    }
    return false;
}

static size_t length(str s)
{
    size_t n = 0;
    for (size_t at = 0; at < s.n; at += step(s, at))
        n++;
    return n;
}

/* Leading or trailing wildcards: how many characters they may stand for at most. */
static size_t cut_wild(str *s, bool front)
{
    size_t n = 0, all = s->n;
    while (n < s->n) {
        size_t at = front ? n : s->n - 1 - n;
        bool escaped = !front && at > 0 && s->p[at - 1] == '\\';
        if (!wild(*s, at) || escaped)
            break;
        if (s->p[at] == '*') {
            n++;
            all = SIZE_MAX;
            break;
        }
        n++;
    }
    size_t most = all == SIZE_MAX ? SIZE_MAX : n;
    *s = front ? str_from(*s, n) : str_sub(*s, 0, s->n - n);
    return most;
}

/* Whether the pattern, wildcards at its ends, fits the value. */
static bool fits(str pattern, str value)
{
    size_t before = cut_wild(&pattern, true), after = cut_wild(&pattern, false);
    for (size_t at = 0; at + pattern.n <= value.n;) {
        str head = str_sub(value, 0, at), tail = str_from(value, at + pattern.n);
        if (str_eq(str_sub(value, at, pattern.n), pattern) && length(head) <= before &&
            length(tail) <= after)
            return true;
        if (at == value.n)
            break;
        at += step(value, at);
    }
    return false;
}

static enum cpe_relation relation(str source, str target)
{
    bool any = str_eq(source, S("*")), any_target = str_eq(target, S("*"));
    bool none = str_eq(source, S("-")), none_target = str_eq(target, S("-"));
    if (any_target)
        return any ? CPE_EQUAL : CPE_SUBSET;
    if (cpe_has_wildcard(target))
        return CPE_UNDEFINED;
    if (any)
        return CPE_SUPERSET;
    if (none || none_target)
        return none && none_target ? CPE_EQUAL : CPE_DISJOINT;
    if (str_eq(source, target))
        return CPE_EQUAL;
    return cpe_has_wildcard(source) && fits(source, target) ? CPE_SUPERSET : CPE_DISJOINT;
}

enum cpe_relation cpe_compare(const struct cpe *source, const struct cpe *target)
{
    size_t n[CPE_UNDEFINED + 1] = {0};
    for (size_t i = 0; i < CPE_ATTRS; i++)
        n[relation(source->v[i], target->v[i])]++;
    if (n[CPE_DISJOINT] > 0)
        return CPE_DISJOINT;
    if (n[CPE_EQUAL] == CPE_ATTRS)
        return CPE_EQUAL;
    if (n[CPE_EQUAL] + n[CPE_SUBSET] == CPE_ATTRS)
        return CPE_SUBSET;
    return n[CPE_EQUAL] + n[CPE_SUPERSET] == CPE_ATTRS ? CPE_SUPERSET : CPE_UNDEFINED;
}
