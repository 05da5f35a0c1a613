/* vers_range.c - which versions a range holds; see vers.h.
 *
 * Versions between two different ones are taken to exist always: a range that holds more than
 * single versions is never emptied by leaving some out. */
#include "formats/vers.h"

bool vers_is_single(const struct vers *r)
{
    return r->n == 1 && r->v[0].op == VERS_EQ;
}

static bool is_end(enum vers_op op)
{
    return op != VERS_EQ && op != VERS_NE;
}

static bool lower(enum vers_op op)
{
    return op == VERS_GT || op == VERS_GE;
}

bool vers_is_open(const struct vers *r)
{
    enum vers_op last = VERS_EQ;
    for (size_t i = 0; i < r->n; i++) {
        if (is_end(r->v[i].op))
            last = r->v[i].op;
    }
    return lower(last);
}

/* Whether versions strictly between the ends around them are in, where `below` of the ends are
 * smaller: `left` is the nearest of them, `right` the nearest greater one. */
static bool between(const struct vers *r, const struct vers_constraint *left,
                    const struct vers_constraint *right)
{
    if (left != NULL)
        return lower(left->op);
    if (right != NULL)
        return !lower(right->op);
    for (size_t i = 0; i < r->n; i++) {
        if (r->v[i].op != VERS_NE)
            return false;
    }
    return r->n > 0; /* all but some */
}

/* The ends nearest to a version that is none of them.  after: to the versions just behind it. */
static bool gap_holds(const struct vers *r, vers_cmp *cmp, str version)
{
    const struct vers_constraint *left = NULL, *right = NULL;
    for (size_t i = 0; i < r->n; i++) {
        if (!is_end(r->v[i].op))
            continue;
        if (cmp(r->v[i].version, version) <= 0)
            left = &r->v[i];
        else if (right == NULL)
            right = &r->v[i];
    }
    return between(r, left, right);
}

static bool holds(const struct vers *r, vers_cmp *cmp, str version)
{
    if (r->star)
        return !r->none;
    bool in = false, named = false;
    for (size_t i = 0; i < r->n; i++) {
        if (cmp(r->v[i].version, version) != 0)
            continue;
        enum vers_op op = r->v[i].op;
        if (op == VERS_NE)
            return false;
        in |= op == VERS_EQ || op == VERS_LE || op == VERS_GE;
        named |= is_end(op);
    }
    return in || (!named && gap_holds(r, cmp, version));
}

bool vers_contains(const struct vers *r, str version)
{
    return r->star ? !r->none : r->cmp != NULL && holds(r, r->cmp, version);
}

/* Whether the versions just behind `version` are in, or those in front of all ends (absent). */
static bool behind(const struct vers *r, vers_cmp *cmp, str version)
{
    if (r->star)
        return !r->none;
    if (version.p != NULL)
        return gap_holds(r, cmp, version);
    const struct vers_constraint *first = NULL;
    for (size_t i = 0; i < r->n && first == NULL; i++) {
        if (is_end(r->v[i].op))
            first = &r->v[i];
    }
    return between(r, NULL, first);
}

/* Whether some version that x names, or those just behind it, are in both. */
static bool meet_at(const struct vers *x, const struct vers *y, vers_cmp *cmp)
{
    for (size_t i = 0; i < x->n; i++) {
        str v = x->v[i].version;
        if ((holds(x, cmp, v) && holds(y, cmp, v)) || (behind(x, cmp, v) && behind(y, cmp, v)))
            return true;
    }
    return false;
}

static bool sorted(const struct vers *r, vers_cmp *cmp)
{
    for (size_t i = 1; i < r->n; i++) {
        if (cmp(r->v[i - 1].version, r->v[i].version) > 0)
            return false;
    }
    return true;
}

bool vers_overlap(const struct vers *x, const struct vers *y)
{
    vers_cmp *cmp = x->type.p != NULL ? x->cmp : y->cmp;
    if (x->type.p != NULL && y->type.p != NULL && x->cmp != y->cmp && !x->star && !y->star)
        return false;
    if (x->star || y->star)
        return !x->none && !y->none;
    if (cmp == NULL || !sorted(x, cmp) || !sorted(y, cmp))
        return false;
    return (behind(x, cmp, NO_STR) && behind(y, cmp, NO_STR)) || meet_at(x, y, cmp) ||
           meet_at(y, x, cmp);
}
