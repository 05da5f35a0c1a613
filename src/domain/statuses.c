/* statuses.c - see statuses.h. */
#include "domain/statuses.h"

#include "domain/process_check.h"
#include "domain/process_load.h"

static const str status_names[VENDOR_STATUS_COUNT] = {
    S_INIT("affected"),
    S_INIT("not_affected"),
    S_INIT("affected_investigating"),
    S_INIT("not_affected_investigating"),
    S_INIT("unknown"),
    S_INIT("informed"),
};
static const str vuldef_names[] = {
    S_INIT("vulnerable"),
    S_INIT("notvulnerable"),
    S_INIT("unknown"),
    S_INIT("vulnerable_investigating"),
    S_INIT("notvulnerable_investigating"),
};
static const str stage_names[DISPOSITION_STAGE_COUNT] = {S_INIT("refuse"), S_INIT("stop"),
                                                         S_INIT("end")};
static const str kind_names[DISPOSITION_KIND_COUNT] = {S_INIT("product"), S_INIT("website")};

str vendor_status_name(enum vendor_status s)
{
    return status_names[s];
}

bool vendor_status_find(str name, enum vendor_status *out)
{
    int i = name_find(status_names, VENDOR_STATUS_COUNT, name);
    if (i >= 0)
        *out = (enum vendor_status)i;
    return i >= 0;
}

enum err statuses_load(struct arena *a, str text, struct statuses *out, struct process_fault *fault)
{
    enum { STATUS, VULDEF, JA, EN, COLUMNS };
    static const str columns[COLUMNS] = {S_INIT("status"), S_INIT("vuldef"), S_INIT("ja"),
                                         S_INIT("en")};
    struct loader l = {.a = a, .fault = fault};
    struct tsv t;
    bool there[VENDOR_STATUS_COUNT] = {0};
    *out = (struct statuses){0};
    TRY(load_table(&l, S("statuses"), text, columns, COLUMNS, &t));
    for (size_t i = 0; i < t.n; i++) {
        const str *c = t.rows[i].cells;
        enum vendor_status s;
        l.line = t.rows[i].line;
        if (!vendor_status_find(c[STATUS], &s))
            return load_bad(&l, "unknown status %.*s", SV(c[STATUS]));
        if (name_find(vuldef_names, COUNT(vuldef_names), c[VULDEF]) < 0)
            return load_bad(&l, "VULDEF has no affectedstatus %.*s", SV(c[VULDEF]));
        TRY(load_word(&l, c[STATUS], c[JA], c[EN], out->v[s].word));
        out->v[s].vuldef = c[VULDEF];
        there[s] = true;
    }
    return load_all(&l, status_names, VENDOR_STATUS_COUNT, there);
}

enum err dispositions_load(struct arena *a, str text, struct dispositions *out,
                           struct process_fault *fault)
{
    enum { ID, KIND, STAGE, JA, EN, COLUMNS };
    static const str columns[COLUMNS] = {S_INIT("disposition"), S_INIT("kind"), S_INIT("stage"),
                                         S_INIT("ja"), S_INIT("en")};
    struct loader l = {.a = a, .fault = fault};
    struct tsv t;
    *out = (struct dispositions){0};
    TRY(load_table(&l, S("dispositions"), text, columns, COLUMNS, &t));
    struct disposition *v = NEWS(a, struct disposition, t.n + 1);
    out->v = v;
    for (; out->n < t.n; out->n++) {
        const str *c = t.rows[out->n].cells;
        struct disposition *d = &v[out->n];
        int stage = name_find(stage_names, DISPOSITION_STAGE_COUNT, c[STAGE]);
        l.line = t.rows[out->n].line;
        if (disposition_find(out, c[ID]) != NULL)
            return load_bad(&l, "%.*s stands twice", SV(c[ID]));
        if (stage < 0)
            return load_bad(&l, "unknown stage %.*s", SV(c[STAGE]));
        d->id = c[ID];
        d->stage = (enum disposition_stage)stage;
        d->kinds = (1u << DISPOSITION_KIND_COUNT) - 1;
        if (!str_eq(c[KIND], S("*")))
            TRY(load_bits(&l, c[KIND], ' ', kind_names, DISPOSITION_KIND_COUNT, &d->kinds));
        if (d->kinds == 0)
            return load_bad(&l, "kind wants product, website or *");
        TRY(load_word(&l, c[ID], c[JA], c[EN], d->word));
    }
    return OK;
}

const struct disposition *disposition_find(const struct dispositions *d, str id)
{
    for (size_t i = 0; i < d->n; i++)
        if (str_eq(d->v[i].id, id))
            return &d->v[i];
    return NULL;
}

enum err departments_load(struct arena *a, str text, struct actor_words *out,
                          struct process_fault *fault)
{
    enum { ACTOR, JA, EN, COLUMNS };
    static const str columns[COLUMNS] = {S_INIT("actor"), S_INIT("ja"), S_INIT("en")};
    struct loader l = {.a = a, .fault = fault};
    struct tsv t;
    bool there[ACTOR_COUNT] = {0};
    *out = (struct actor_words){0};
    TRY(load_table(&l, S("departments"), text, columns, COLUMNS, &t));
    for (size_t i = 0; i < t.n; i++) {
        const str *c = t.rows[i].cells;
        enum actor who;
        l.line = t.rows[i].line;
        if (!actor_find(c[ACTOR], &who))
            return load_bad(&l, "unknown actor %.*s", SV(c[ACTOR]));
        TRY(load_word(&l, c[ACTOR], c[JA], c[EN], out->word[who]));
        there[who] = true;
    }
    return load_all(&l, actor_names, ACTOR_COUNT, there);
}

enum err audiences_load(struct arena *a, str text, struct audience_words *out,
                        struct process_fault *fault)
{
    enum { FLOW, AUDIENCE, JA, EN, COLUMNS };
    static const str columns[COLUMNS] = {S_INIT("flow"), S_INIT("audience"), S_INIT("ja"),
                                         S_INIT("en")};
    struct loader l = {.a = a, .fault = fault};
    struct tsv t;
    *out = (struct audience_words){0};
    TRY(load_table(&l, S("audiences"), text, columns, COLUMNS, &t));
    for (size_t i = 0; i < t.n; i++) {
        const str *c = t.rows[i].cells;
        int audience = name_find(audience_names, AUDIENCE_COUNT, c[AUDIENCE]);
        unsigned flows;
        l.line = t.rows[i].line;
        if (audience < 0)
            return load_bad(&l, "unknown audience %.*s", SV(c[AUDIENCE]));
        TRY(load_flows(&l, c[FLOW], &flows));
        for (enum flow f = 0; f < FLOW_COUNT; f++)
            if (flows >> f & 1)
                TRY(load_word(&l, c[AUDIENCE], c[JA], c[EN], out->word[f][audience]));
    }
    return OK;
}

/* --- do they fit the process? ----------------------------------------------------------- */

static void check_option(struct arena *a, const struct step *s, const struct option *o,
                         const struct statuses *statuses, struct findings *out)
{
    enum vendor_status is;
    if (!vendor_status_find(o->value, &is))
        check_found(a, out, "%.*s: %.*s is no vendor status", SV(s->id), SV(o->value));
    else if (!str_eq(o->label[LANG_JA_AT], statuses->v[is].word[LANG_JA_AT]) ||
             !str_eq(o->label[LANG_EN_AT], statuses->v[is].word[LANG_EN_AT]))
        check_found(a, out, "%.*s: %.*s has other words than in statuses", SV(s->id), SV(o->value));
}

static void check_step(struct arena *a, const struct step *s, const struct statuses *statuses,
                       unsigned *audiences, struct findings *out)
{
    for (size_t i = 0; i < s->nquestions; i++) {
        const struct question *q = &s->questions[i];
        *audiences |= AUD_BIT(q->audience);
        for (size_t k = 0; k < q->noptions && str_eq(q->field, S("status")); k++)
            check_option(a, s, &q->options[k], statuses, out);
    }
}

void statuses_check(struct arena *a, const struct process *p, const struct statuses *statuses,
                    const struct audience_words *audiences, struct findings *out)
{
    for (enum flow f = 0; f < FLOW_COUNT; f++) {
        unsigned used = 0;
        for (size_t i = 0; i < p->flow[f].n; i++)
            check_step(a, &p->flow[f].steps[i], statuses, &used, out);
        for (size_t i = 0; i < p->nrights; i++)
            if (p->rights[i].flows >> f & 1)
                used |= AUD_BIT(p->rights[i].audience);
        for (int i = 0; i < AUDIENCE_COUNT; i++)
            if ((used >> i & 1) && audiences->word[f][i][LANG_JA_AT].n == 0)
                check_found(a, out, "audiences: nothing says who sees %.*s in the %.*s flow",
                            SV(audience_names[i]), SV(flow_name(f)));
    }
}
