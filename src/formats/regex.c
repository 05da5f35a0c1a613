/* regex.c - a pattern's machines made, and run. */
#include "formats/regex_own.h"

static bool machine_of(struct arena *a, const struct regex_part *part, struct regex_machine *out)
{
    struct regex_steps steps = {0};
    struct regex_draft draft;
    if (!regex_write_out(a, part, &steps) || !regex_determine(a, &steps, &draft))
        return false;
    regex_lessen(a, &draft);
    uint32_t classes = draft.classes, size = draft.states * classes;
    uint32_t *next = NEWS(a, uint32_t, size);
    for (uint32_t i = 0; i < size; i++)
        next[i] = draft.next[i] * classes;
    *out = (struct regex_machine){.class_of = draft.class_of,
                                  .next = next,
                                  .size = size,
                                  .classes = classes,
                                  .start = draft.start * classes,
                                  .final = draft.final * classes,
                                  .negative = part->negative};
    return true;
}

const struct regex *regex_make(struct arena *a, str pattern)
{
    struct regex_parts parts = {0};
    if (!regex_parse(a, pattern, &parts))
        return NULL;
    struct regex_machine *machines = NEWS(a, struct regex_machine, parts.n);
    for (size_t i = 0; i < parts.n; i++)
        if (!machine_of(a, &parts.v[i], &machines[i]))
            return NULL;
    struct regex *r = NEW(a, struct regex);
    *r = (struct regex){machines, parts.n};
    return r;
}

static bool machine_finds(const struct regex_machine *m, str text)
{
    const uint8_t *class_of = m->class_of;
    const uint32_t *next = m->next;
    uint32_t decided = m->classes, state = m->start;
    const char *p = text.p, *end = p + text.n;
    for (; p != end && state > decided; p++)
        state = next[state + class_of[(unsigned char)*p]];
    return state == decided || state >= m->final;
}

bool regex_finds(const struct regex *r, str text)
{
    for (size_t i = 0; i < r->n; i++)
        if (machine_finds(&r->machines[i], text) == r->machines[i].negative)
            return false;
    return true;
}
