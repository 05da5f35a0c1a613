/* regex_states.c - all that steps can be at the same time, as states of a machine. */
#include "formats/regex_own.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 4 * 8192, POOL = 1 << 22, DEAD = 0, SURE = 1 };

struct steps {
    VEC(uint32_t)
};

struct state {
    uint32_t at, n; /* its steps in the pool */
};

struct maker {
    struct arena *a;
    const struct regex_steps *steps;
    struct steps now; /* the set that is being gathered */
    struct steps stack;
    uint32_t *mark; /* of a step: the gathering that it was last met in */
    uint32_t turn;
    bool found;
    struct steps restart; /* what a search may begin with at any place */
    bool restart_found;
    struct steps pool;
    struct {
        VEC(struct state)
    } states;
    struct {
        VEC(uint16_t)
    } next;
    uint16_t *slots; /* 1 + state */
    uint8_t class_of[256], sample[256];
    uint16_t classes;
    bool full;
};

static void push(struct maker *m, struct steps *to, uint32_t step)
{
    if (m->mark[step] == m->turn)
        return;
    m->mark[step] = m->turn;
    *PUSH(m->a, to) = step;
}

/* Gathers what is reached from a step without taking a byte. */
static void reach(struct maker *m, uint32_t from, bool begin, bool end)
{
    push(m, &m->stack, from);
    while (m->stack.n > 0) {
        uint32_t i = m->stack.v[--m->stack.n];
        const struct regex_step *s = &m->steps->v[i];
        bool passes = s->kind == REGEX_FORK || (s->kind == REGEX_START && begin) ||
                      (s->kind == REGEX_STOP && end);
        if (passes)
            push(m, &m->stack, s->out);
        if (s->kind == REGEX_FORK)
            push(m, &m->stack, s->also);
        if (s->kind == REGEX_BYTE || s->kind == REGEX_STOP)
            *PUSH(m->a, &m->now) = i;
        m->found |= s->kind == REGEX_FOUND;
    }
}

static void begin_gathering(struct maker *m)
{
    m->turn++;
    m->now.n = 0;
    m->found = false;
}

/* Bytes that no step tells apart are of one class. */
static void make_classes(struct maker *m)
{
    bool cut[257] = {0};
    for (size_t i = 0; i < m->steps->n; i++) {
        const struct regex_step *s = &m->steps->v[i];
        if (s->kind == REGEX_BYTE)
            cut[s->lo] = cut[s->hi + 1] = true;
    }
    for (unsigned b = 0, c = 0; b < 256; b++) {
        c += b > 0 && cut[b];
        m->class_of[b] = (uint8_t)c;
        m->sample[c] = (uint8_t)b;
        m->classes = (uint16_t)(c + 1);
    }
}

static int by_number(const void *x, const void *y)
{
    uint32_t u, v;
    memcpy(&u, x, sizeof u);
    memcpy(&v, y, sizeof v);
    return (u > v) - (u < v);
}

static bool is_same(const struct maker *m, const struct state *s)
{
    return s->n == m->now.n &&
           (s->n == 0 || memcmp(&m->pool.v[s->at], m->now.v, s->n * sizeof *m->now.v) == 0);
}

static uint16_t state_add(struct maker *m)
{
    if (m->states.n == REGEX_STATES || m->pool.n + m->now.n > POOL) {
        m->full = true;
        return DEAD;
    }
    *PUSH(m->a, &m->states) = (struct state){(uint32_t)m->pool.n, (uint32_t)m->now.n};
    for (size_t i = 0; i < m->now.n; i++)
        *PUSH(m->a, &m->pool) = m->now.v[i];
    return (uint16_t)(m->states.n - 1);
}

/* The state of what was gathered, new or known. */
static uint16_t state_of(struct maker *m)
{
    uint32_t hash = 2166136261u;
    if (m->found)
        return SURE;
    if (m->now.n > 1)
        qsort(m->now.v, m->now.n, sizeof *m->now.v, by_number);
    for (size_t i = 0; i < m->now.n; i++)
        hash = (hash ^ m->now.v[i]) * 16777619u;
    hash ^= hash >> 15;
    for (;; hash++) {
        uint16_t *slot = &m->slots[hash % SLOTS];
        if (*slot == 0) {
            uint16_t s = state_add(m);
            *slot = (uint16_t)(s + 1);
            return s;
        }
        if (is_same(m, &m->states.v[*slot - 1]))
            return (uint16_t)(*slot - 1);
    }
}

static uint16_t behind(struct maker *m, struct state from, uint8_t byte)
{
    begin_gathering(m);
    for (uint32_t i = 0; i < from.n; i++) {
        const struct regex_step *s = &m->steps->v[m->pool.v[from.at + i]];
        if (s->kind == REGEX_BYTE && s->lo <= byte && byte <= s->hi)
            reach(m, s->out, false, false);
    }
    m->found |= m->restart_found;
    for (size_t i = 0; i < m->restart.n; i++)
        push(m, &m->now, m->restart.v[i]);
    return state_of(m);
}

static bool ends_found(struct maker *m, struct state s, bool begin)
{
    begin_gathering(m);
    if (begin)
        reach(m, m->steps->first, true, true);
    for (uint32_t i = 0; i < s.n; i++)
        reach(m, m->pool.v[s.at + i], begin, true);
    return m->found;
}

static void set_up(struct maker *m)
{
    m->mark = NEWS(m->a, uint32_t, m->steps->n);
    m->slots = NEWS(m->a, uint16_t, SLOTS);
    make_classes(m);
    begin_gathering(m);
    (void)state_of(m); /* DEAD: of no steps, before a search begins anew */
    (void)state_add(m);
    m->states.v[SURE].n = 0;
    reach(m, m->steps->first, false, false);
    m->restart_found = m->found;
    for (size_t i = 0; i < m->now.n; i++)
        *PUSH(m->a, &m->restart) = m->now.v[i];
}

/* States in an order where those that match at the end stand behind. */
static void finish(struct maker *m, uint16_t start, struct regex_draft *out)
{
    size_t n = m->states.n, at = 0;
    uint16_t *place = NEWS(m->a, uint16_t, n), *next = NEWS(m->a, uint16_t, n * m->classes);
    bool *ends = NEWS(m->a, bool, n);
    for (size_t i = 2; i < n; i++)
        ends[i] = ends_found(m, m->states.v[i], i == start);
    for (size_t turn = 0; turn < 2; turn++) {
        for (size_t i = 0; i < n; i++)
            if (ends[i] == (turn == 1))
                place[i] = (uint16_t)at++;
        out->final = turn == 0 ? (uint16_t)at : out->final;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < m->classes; c++)
            next[(size_t)place[i] * m->classes + c] = place[m->next.v[i * m->classes + c]];
    out->class_of = memcpy(NEWS(m->a, uint8_t, 256), m->class_of, 256);
    out->next = next;
    out->states = (uint32_t)n;
    out->classes = m->classes;
    out->start = place[start];
}

bool regex_determine(struct arena *a, const struct regex_steps *steps, struct regex_draft *out)
{
    struct maker m = {.a = a, .steps = steps};
    set_up(&m);
    begin_gathering(&m);
    reach(&m, steps->first, true, false);
    uint16_t start = m.found ? SURE : state_add(&m); /* not shared: it alone is at the beginning */
    for (size_t i = 0; i < m.states.n && !m.full; i++)
        for (size_t c = 0; c < m.classes && !m.full; c++) {
            uint16_t to = i <= SURE ? (uint16_t)i : behind(&m, m.states.v[i], m.sample[c]);
            *PUSH(a, &m.next) = to;
        }
    if (m.full)
        return false;
    finish(&m, start, out);
    return true;
}
