/* regex_set.c - sets of code points. */
#include "formats/regex_own.h"

#include <string.h>

static void add(struct arena *a, struct regex_tree *set, uint32_t lo, uint32_t hi)
{
    *PUSH(a, &set->set) = (struct regex_range){lo, hi};
}

/* ECMA 262: WhiteSpace and LineTerminator. */
static void add_space(struct arena *a, struct regex_tree *set)
{
    static const struct regex_range space[] = {
        {0x09, 0x0D},     {0x20, 0x20},     {0xA0, 0xA0},     {0x1680, 0x1680}, {0x2000, 0x200A},
        {0x2028, 0x2029}, {0x202F, 0x202F}, {0x205F, 0x205F}, {0x3000, 0x3000}, {0xFEFF, 0xFEFF}};
    for (size_t i = 0; i < COUNT(space); i++)
        *PUSH(a, &set->set) = space[i];
}

static void add_word(struct arena *a, struct regex_tree *set)
{
    add(a, set, '0', '9');
    add(a, set, 'A', 'Z');
    add(a, set, '_', '_');
    add(a, set, 'a', 'z');
}

void regex_add_class(struct arena *a, struct regex_tree *set, char name)
{
    struct regex_tree one = {0};
    switch (name | 0x20) {
    case 'd': add(a, &one, '0', '9'); break;
    case 's': add_space(a, &one); break;
    default: add_word(a, &one); break;
    }
    regex_settle(a, &one, name < 'a');
    for (size_t i = 0; i < one.set.n; i++)
        *PUSH(a, &set->set) = one.set.v[i];
}

static void sort(struct regex_range *v, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct regex_range r = v[i];
        size_t at = i;
        for (; at > 0 && v[at - 1].lo > r.lo; at--)
            v[at] = v[at - 1];
        v[at] = r;
    }
}

static void join(struct regex_tree *set)
{
    struct regex_range *v = set->set.v;
    size_t n = 0;
    for (size_t i = 0; i < set->set.n; i++) {
        if (n > 0 && v[i].lo <= v[n - 1].hi + 1)
            v[n - 1].hi = v[i].hi > v[n - 1].hi ? v[i].hi : v[n - 1].hi;
        else
            v[n++] = v[i];
    }
    set->set.n = n;
}

void regex_settle(struct arena *a, struct regex_tree *set, bool negative)
{
    sort(set->set.v, set->set.n);
    join(set);
    if (!negative)
        return;
    struct regex_tree rest = {0};
    uint32_t from = 0;
    for (size_t i = 0; i < set->set.n; i++) {
        if (set->set.v[i].lo > from)
            add(a, &rest, from, set->set.v[i].lo - 1);
        from = set->set.v[i].hi + 1;
    }
    if (from <= 0x10FFFF)
        add(a, &rest, from, 0x10FFFF);
    memcpy(&set->set, &rest.set, sizeof rest.set);
}
