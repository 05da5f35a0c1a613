/* clocks_load.c - the table of clocks, read and checked. */
#include "domain/clocks.h"

#include "domain/process_check.h"
#include "domain/process_load.h"

/* clang-format off */
static const str instant_names[INSTANT_COUNT] = {
    S_INIT("report_received"), S_INIT("finder_acknowledged"), S_INIT("report_accepted"),
    S_INIT("handling_began"), S_INIT("first_contact"), S_INIT("overview_notified"),
    S_INIT("details_provided"), S_INIT("finder_told"), S_INIT("finder_told_end"),
    S_INIT("site_notified"), S_INIT("site_answered"), S_INIT("site_reported"),
    S_INIT("developer_listed"), S_INIT("product_listed"), S_INIT("deadline_shown"),
    S_INIT("withdrawal_asked"), S_INIT("date_settled"), S_INIT("publication_date"),
    S_INIT("published_ja"), S_INIT("published_en"), S_INIT("cve_published"),
    S_INIT("exploitation_aware"), S_INIT("fix_available"),
    S_INIT("cra_warned"), S_INIT("cra_notified"), S_INIT("cra_finished"), S_INIT("closed"),
};
static const str when_names[CLOCK_WHEN_COUNT] = {
    S_INIT("reported_in_japan"), S_INIT("overseas_policy"), S_INIT("cve_ours"),
    S_INIT("eu_market"), S_INIT("exploited")};
static const str scope_names[CLOCK_SCOPE_COUNT] = {
    S_INIT("report"), S_INIT("case"), S_INIT("lane")};
static const str kind_names[CLOCK_KIND_COUNT] = {
    S_INIT("duty"), S_INIT("target"), S_INIT("right"), S_INIT("interval")};
static const str unit_names[CLOCK_UNIT_COUNT] = {
    S_INIT("hours"), S_INIT("days"), S_INIT("months"), S_INIT("business_days")};

enum { CLOCK, FLOW, SCOPE, EDITION, DEFAULT, KIND, START, ADD, STOPS, MOVED_BY, WHEN,
       JA, EN, SOURCE_JA, SOURCE_EN, COLUMNS };
static const str columns[COLUMNS] = {
    S_INIT("clock"), S_INIT("flow"), S_INIT("scope"), S_INIT("edition"), S_INIT("default"),
    S_INIT("kind"), S_INIT("start"), S_INIT("add"), S_INIT("stops"), S_INIT("moved_by"),
    S_INIT("when"), S_INIT("ja"), S_INIT("en"), S_INIT("source_ja"), S_INIT("source_en")};
/* clang-format on */

str instant_name(enum instant i)
{
    return instant_names[i];
}

/* "45 days" */
static enum err load_add(struct loader *l, str text, struct clock_row *r)
{
    str unit = text, number = str_cut(&unit, ' ');
    i64 amount;
    int i = name_find(unit_names, CLOCK_UNIT_COUNT, unit);
    if (i < 0 || !str_i64(number, &amount) || amount < 1 || amount > 3650)
        return load_bad(l, "add wants 1 to 3650 hours, days, months or business_days, got %.*s",
                        SV(text));
    r->amount = (int)amount;
    r->unit = (enum clock_unit)i;
    return OK;
}

static enum err load_row(struct loader *l, const str *c, struct clock_row *r)
{
    int kind = name_find(kind_names, CLOCK_KIND_COUNT, c[KIND]);
    *r = (struct clock_row){.id = c[CLOCK],
                            .edition = load_cell(c[EDITION]),
                            .is_default = str_eq(c[DEFAULT], S("yes")),
                            .kind = (enum clock_kind)kind,
                            .moved_by = -1,
                            .word = {load_cell(c[JA]), load_cell(c[EN])},
                            .source = {load_cell(c[SOURCE_JA]), load_cell(c[SOURCE_EN])}};
    if (r->edition.n == 0)
        return load_bad(l, "edition is empty");
    if (!r->is_default && !str_eq(c[DEFAULT], S("no")))
        return load_bad(l, "default wants yes or no");
    if (kind < 0)
        return load_bad(l, "unknown kind %.*s", SV(c[KIND]));
    TRY(load_flows(l, c[FLOW], &r->flows));
    TRY(load_bits(l, c[SCOPE], ' ', scope_names, CLOCK_SCOPE_COUNT, &r->scopes));
    TRY(load_bits(l, c[START], '|', instant_names, INSTANT_COUNT, &r->starts));
    TRY(load_bits(l, c[STOPS], '|', instant_names, INSTANT_COUNT, &r->stops));
    TRY(load_bits(l, c[WHEN], ' ', when_names, CLOCK_WHEN_COUNT, &r->when));
    if (r->scopes == 0 || r->starts == 0 || r->stops == 0)
        return load_bad(l, "%s is empty",
                        r->scopes == 0   ? "scope"
                        : r->starts == 0 ? "start"
                                         : "stops");
    str moved_by = load_cell(c[MOVED_BY]);
    if (moved_by.n > 0 && (r->moved_by = name_find(instant_names, INSTANT_COUNT, moved_by)) < 0)
        return load_bad(l, "unknown word %.*s", SV(moved_by));
    return load_add(l, c[ADD], r);
}

enum err clocks_load(struct arena *a, str text, struct clocks *out, struct process_fault *fault)
{
    struct loader l = {.a = a, .fault = fault};
    struct tsv t;
    *out = (struct clocks){0};
    TRY(load_table(&l, S("clocks"), text, columns, COLUMNS, &t));
    struct clock_row *rows = NEWS(a, struct clock_row, t.n + 1);
    for (size_t i = 0; i < t.n; i++) {
        l.line = t.rows[i].line;
        TRY(load_row(&l, t.rows[i].cells, &rows[i]));
        for (size_t k = 0; k < i; k++)
            if (str_eq(rows[k].id, rows[i].id) && str_eq(rows[k].edition, rows[i].edition))
                return load_bad(&l, "clock %.*s of edition %.*s stands twice", SV(rows[i].id),
                                SV(rows[i].edition));
    }
    *out = (struct clocks){rows, t.n};
    return OK;
}

static void check_row(struct arena *a, const struct clock_row *r, struct findings *out)
{
    for (int lang = 0; lang < LANGS; lang++)
        if (r->word[lang].n == 0 || r->source[lang].n == 0) {
            check_found(a, out, "clock %.*s, %.*s: a word is missing in one language", SV(r->id),
                        SV(r->edition));
            break;
        }
    if ((r->starts & r->stops) != 0)
        check_found(a, out, "clock %.*s, %.*s: what starts it also stops it", SV(r->id),
                    SV(r->edition));
}

/* One name and one rule of use for all editions; one default. */
static void check_editions(struct arena *a, const struct clocks *clocks, size_t first,
                           struct findings *out)
{
    const struct clock_row *r = &clocks->v[first];
    int defaults = 0;
    for (size_t i = 0; i < clocks->n; i++) {
        const struct clock_row *o = &clocks->v[i];
        if (!str_eq(o->id, r->id))
            continue;
        if (i < first)
            return; /* looked at before */
        defaults += o->is_default;
        if (o->kind != r->kind || o->flows != r->flows || o->scopes != r->scopes ||
            !str_eq(o->word[LANG_JA_AT], r->word[LANG_JA_AT]) ||
            !str_eq(o->word[LANG_EN_AT], r->word[LANG_EN_AT]))
            check_found(a, out, "clock %.*s: its editions differ in more than start and time",
                        SV(r->id));
    }
    if (defaults != 1)
        check_found(a, out, "clock %.*s: %d editions are the default", SV(r->id), defaults);
}

void clocks_check(struct arena *a, const struct clocks *clocks, struct findings *out)
{
    *out = (struct findings){0};
    for (size_t i = 0; i < clocks->n; i++) {
        check_row(a, &clocks->v[i], out);
        check_editions(a, clocks, i, out);
    }
}
