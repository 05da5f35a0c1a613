/* regex_steps.c - a pattern's tree written out in steps (Thompson 1968), back to front, code
 * points as the bytes of UTF-8. */
#include "formats/regex_own.h"

struct writer {
    struct arena *a;
    struct regex_steps *to;
    bool full;
};

static uint32_t step(struct writer *w, struct regex_step s)
{
    if (w->to->n == REGEX_STEPS)
        w->full = true;
    else
        *PUSH(w->a, w->to) = s;
    return (uint32_t)w->to->n - 1;
}

static uint32_t fork_to(struct writer *w, uint32_t out, uint32_t also)
{
    return step(w, (struct regex_step){.kind = REGEX_FORK, .out = out, .also = also});
}

static unsigned encode(uint32_t c, unsigned char to[4])
{
    static const unsigned char lead[] = {0, 0xC0, 0xE0, 0xF0};
    unsigned more = c < 0x80 ? 0 : c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    for (unsigned i = more; i > 0; i--, c >>= 6)
        to[i] = (unsigned char)(0x80 | (c & 0x3F));
    to[0] = (unsigned char)(lead[more] | c);
    return more + 1;
}

/* Where a range must be cut, so that its two ends are all there is to know of each byte; or
 * its end. */
static uint32_t cut_of(struct regex_range r)
{
    static const uint32_t last[] = {0x7F, 0x7FF, 0xFFFF};
    for (size_t i = 0; i < COUNT(last); i++)
        if (r.lo <= last[i] && last[i] < r.hi)
            return last[i];
    for (unsigned bits = 6; bits < 21 && r.hi > 0x7F; bits += 6) {
        uint32_t m = ((uint32_t)1 << bits) - 1;
        if ((r.lo & ~m) == (r.hi & ~m))
            break;
        if ((r.lo & m) != 0)
            return r.lo | m;
        if ((r.hi & m) != m)
            return (r.hi & ~m) - 1;
    }
    return r.hi;
}

static uint32_t put_bytes(struct writer *w, struct regex_range r, uint32_t out)
{
    unsigned char lo[4], hi[4];
    unsigned n = encode(r.lo, lo);
    (void)encode(r.hi, hi);
    while (n-- > 0)
        out =
            step(w, (struct regex_step){.kind = REGEX_BYTE, .lo = lo[n], .hi = hi[n], .out = out});
    return out;
}

/* Nothing matches an empty set: a byte that UTF-8 does not have. */
static uint32_t put_set(struct writer *w, const struct regex_tree *t, uint32_t out)
{
    uint32_t at = UINT32_MAX;
    for (size_t i = 0; i < t->set.n; i++) {
        struct regex_range rest = t->set.v[i];
        for (bool last = false; !last && !w->full;) {
            uint32_t hi = rest.hi;
            for (uint32_t cut; (cut = cut_of((struct regex_range){rest.lo, hi})) != hi;)
                hi = cut;
            last = hi == rest.hi;
            uint32_t one = put_bytes(w, (struct regex_range){rest.lo, hi}, out);
            at = at == UINT32_MAX ? one : fork_to(w, one, at);
            rest.lo = hi + 1;
        }
    }
    struct regex_step never = {.kind = REGEX_BYTE, .lo = 0xFF, .hi = 0xFF, .out = out};
    return at == UINT32_MAX ? step(w, never) : at;
}

static uint32_t put(struct writer *w, const struct regex_tree *t, uint32_t out);

static uint32_t put_repeat(struct writer *w, const struct regex_tree *t, uint32_t out)
{
    const struct regex_tree *kid = t->kids.v[0];
    uint32_t at = out;
    if (t->max == REGEX_MANY) {
        at = fork_to(w, out, out);
        uint32_t body = put(w, kid, at);
        w->to->v[at].out = body;
    } else {
        for (unsigned i = t->min; i < t->max && !w->full; i++)
            at = fork_to(w, put(w, kid, at), out);
    }
    for (unsigned i = 0; i < t->min && !w->full; i++)
        at = put(w, kid, at);
    return at;
}

/* The first step of the tree, whose last goes to out.  Recursive: groups nest so deep only. */
static uint32_t put(struct writer *w, const struct regex_tree *t, uint32_t out)
{
    uint32_t at = out;
    if (w->full)
        return out;
    switch (t->kind) {
    case REGEX_SET: return put_set(w, t, out);
    case REGEX_REPEAT: return put_repeat(w, t, out);
    case REGEX_BEGIN: return step(w, (struct regex_step){.kind = REGEX_START, .out = out});
    case REGEX_END: return step(w, (struct regex_step){.kind = REGEX_STOP, .out = out});
    case REGEX_ALL:
        for (size_t i = t->kids.n; i-- > 0;)
            at = put(w, t->kids.v[i], at);
        return at;
    case REGEX_ANY: break;
    }
    at = put(w, t->kids.v[0], out);
    for (size_t i = 1; i < t->kids.n; i++)
        at = fork_to(w, put(w, t->kids.v[i], out), at);
    return at;
}

bool regex_write_out(struct arena *a, const struct regex_part *part, struct regex_steps *out)
{
    struct writer w = {.a = a, .to = out};
    uint32_t at = step(&w, (struct regex_step){.kind = REGEX_FOUND});
    at = put(&w, part->tree, at);
    if (part->begins)
        at = step(&w, (struct regex_step){.kind = REGEX_START, .out = at});
    out->first = at;
    return !w.full;
}
