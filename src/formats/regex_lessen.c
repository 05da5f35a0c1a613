/* regex_lessen.c - states that no text tells apart become one (Moore 1956), and so do bytes. */
#include "formats/regex_own.h"

#include <string.h>

enum { ROUNDS = 400 };

struct parts {
    const struct regex_draft *m;
    uint16_t *of, *then; /* a state's part in this round, and in the next */
    uint16_t *slots;     /* 1 + a state of the part */
    uint32_t n;
};

static bool is_alike(const struct parts *p, uint32_t x, uint32_t y)
{
    const uint16_t *u = &p->m->next[x * p->m->classes], *v = &p->m->next[y * p->m->classes];
    if (p->of[x] != p->of[y])
        return false;
    for (size_t c = 0; c < p->m->classes; c++)
        if (p->of[u[c]] != p->of[v[c]])
            return false;
    return true;
}

static uint32_t hash_of(const struct parts *p, uint32_t s)
{
    uint32_t h = 2166136261u ^ p->of[s];
    for (size_t c = 0; c < p->m->classes; c++)
        h = (h ^ p->of[p->m->next[s * p->m->classes + c]]) * 16777619u;
    return h ^ h >> 15;
}

/* One round; false: no part was divided. */
static bool divide(struct parts *p)
{
    enum { SLOTS = 4 * 8192 };
    uint32_t n = 0;
    memset(p->slots, 0, SLOTS * sizeof *p->slots);
    for (uint32_t s = 0; s < p->m->states; s++) {
        uint32_t h = hash_of(p, s);
        while (p->slots[h % SLOTS] != 0 && !is_alike(p, p->slots[h % SLOTS] - 1u, s))
            h++;
        uint16_t *slot = &p->slots[h % SLOTS];
        if (*slot == 0) {
            *slot = (uint16_t)(s + 1);
            p->then[s] = (uint16_t)n++;
        } else {
            p->then[s] = p->then[*slot - 1];
        }
    }
    bool divided = n > p->n;
    uint16_t *other = p->of;
    p->of = p->then;
    p->then = other;
    p->n = n;
    return divided;
}

/* Parts are numbered by their first state, so dead, sure, and the final ones keep their order. */
static void fold_states(struct arena *a, struct regex_draft *m, const struct parts *p)
{
    uint16_t *next = NEWS(a, uint16_t, (size_t)p->n * m->classes);
    uint16_t final = (uint16_t)p->n;
    for (uint32_t s = m->states; s-- > 0;) {
        for (size_t c = 0; c < m->classes; c++)
            next[(size_t)p->of[s] * m->classes + c] = p->of[m->next[s * m->classes + c]];
        if (s >= m->final && p->of[s] < final)
            final = p->of[s];
    }
    m->next = next;
    m->start = p->of[m->start];
    m->final = final;
    m->states = p->n;
}

static bool is_same_class(const struct regex_draft *m, size_t x, size_t y)
{
    for (uint32_t s = 0; s < m->states; s++)
        if (m->next[s * m->classes + x] != m->next[s * m->classes + y])
            return false;
    return true;
}

static void fold_classes(struct arena *a, struct regex_draft *m)
{
    uint8_t to[256] = {0}, keep[256] = {0};
    uint8_t *class_of = NEWS(a, uint8_t, 256);
    size_t n = 0;
    for (size_t c = 0; c < m->classes; c++) {
        size_t k = 0;
        while (k < n && !is_same_class(m, keep[k], c))
            k++;
        to[c] = (uint8_t)k;
        if (k == n)
            keep[n++] = (uint8_t)c;
    }
    uint16_t *next = NEWS(a, uint16_t, m->states * n);
    for (uint32_t s = 0; s < m->states; s++)
        for (size_t k = 0; k < n; k++)
            next[s * n + k] = m->next[s * m->classes + keep[k]];
    for (size_t b = 0; b < 256; b++)
        class_of[b] = to[m->class_of[b]];
    m->class_of = class_of;
    m->next = next;
    m->classes = (uint16_t)n;
}

void regex_lessen(struct arena *a, struct regex_draft *m)
{
    struct parts p = {.m = m, .n = 4};
    p.of = NEWS(a, uint16_t, m->states);
    p.then = NEWS(a, uint16_t, m->states);
    p.slots = NEWS(a, uint16_t, 4 * 8192);
    for (uint32_t s = 0; s < m->states; s++)
        p.of[s] = (uint16_t)(s <= 1 ? s : s < m->final ? 2 : 3);
    bool divided = true;
    p.n = 0;
    for (unsigned round = 0; divided && round < ROUNDS; round++)
        divided = divide(&p);
    if (divided)
        return; /* larger than need be, and right */
    fold_states(a, m, &p);
    fold_classes(a, m);
}
