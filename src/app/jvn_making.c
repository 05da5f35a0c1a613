/* jvn_making.c - rows for the index: from what is released, sorted, with their things told once. */
#include "app/jvn_own.h"

#include "app/csaf_own.h"
#include "app/jvn_filter.h"
#include "app/portal_own.h"
#include "app/vulns.h"
#include "formats/cwe.h"
#include "formats/tokens.h"
#include "gen/sql.h"

#include <stdlib.h>

/* --- from a record -------------------------------------------------------------------------------- */

static struct q_publication_get as_get(const struct q_publication_whole *r)
{
    return (struct q_publication_get){.number = r->number,
                                      .lang = r->lang,
                                      .case_id = r->case_id,
                                      .revision = r->revision,
                                      .published = r->published,
                                      .updated = r->updated,
                                      .withdrawn = r->withdrawn,
                                      .origin = r->origin,
                                      .accepted = r->accepted,
                                      .severity = r->severity,
                                      .critical = r->critical,
                                      .title = r->title,
                                      .vendors = r->vendors,
                                      .cves = r->cves,
                                      .cwes = r->cwes,
                                      .content = r->content};
}

enum err jvn_whole(struct ctx *cx, enum lang lang, const struct q_publication_whole *row,
                   struct portal_advisory *out)
{
    struct q_publication_get get = as_get(row);
    *out = (struct portal_advisory){0};
    return portal_read(cx, lang, &get, out);
}

static short rating_of(int major, i64 tenths)
{
    static const str ratings[] = {S_INIT("None"), S_INIT("Low"), S_INIT("Medium"), S_INIT("High"),
                                  S_INIT("Critical")};
    str word = jvn_severity(major == 2 ? S("2.0") : S("3.1"), tenths);
    for (short w = 0; w < (short)COUNT(ratings); w++)
        if (str_eq(ratings[w], word))
            return w;
    return -1;
}

/* The highest of each version. */
static void keep_score(struct ctx *cx, struct arena *a, str vector, i64 *best, struct jvn_row *row)
{
    int major = 2;
    i64 tenths;
    str base = jvn_base_vector(cx->a, vector, &major, &tenths);
    if (base.p == NULL || tenths <= best[major - 2])
        return;
    best[major - 2] = tenths;
    row->vector[major - 2] = str_copy(a, base);
    row->rating[major - 2] = rating_of(major, tenths);
}

static void keep_scores(struct ctx *cx, struct arena *a, const struct portal_advisory *p,
                        struct jvn_row *row)
{
    i64 best[JVN_CVSS] = {-1, -1, -1};
    for (size_t k = 0; k < JVN_CVSS; k++)
        row->rating[k] = -1;
    for (size_t i = 0; i < p->nvulns; i++)
        for (size_t k = 0; k < p->vulns[i].nvectors; k++)
            keep_score(cx, a, p->vulns[i].vectors[k].vector, best, row);
}

static void keep_cwes(struct arena *a, const struct portal_advisory *p, struct jvn_row *row)
{
    i64 *v = NEWS(a, i64, p->nvulns + 1), id;
    for (size_t i = 0; i < p->nvulns; i++)
        if (cwe_parse(p->vulns[i].cwe, &id))
            v[row->ncwes++] = id;
    row->cwes = v;
}

static bool is_affected(str status)
{
    return str_eq(status, S("affected")) || str_eq(status, S("affected_investigating"));
}

static struct jvn_thing *thing_of(struct arena *a, const struct portal_vendor *v,
                                  const struct json *row)
{
    struct jvn_thing *t = NEW(a, struct jvn_thing);
    str name = json_get_text(row, S("name"));
    *t = (struct jvn_thing){.vendor = str_copy(a, v->name),
                            .name = str_copy(a, name),
                            .cpe = jvn_product_cpe(a, v->slug, row),
                            .vendor_cpe = jvn_cpe(a, v->slug, S("")),
                            .normal = tokens_normal(a, name)};
    t->vid = jvn_number(a, t->vendor_cpe);
    t->pid = jvn_number(a, t->cpe);
    return t;
}

static void keep_links(struct arena *a, const struct portal_advisory *p, struct jvn_row *row)
{
    size_t most = 0;
    for (size_t i = 0; i < p->nvendors; i++)
        most += json_count(p->vendors[i].products) + 1;
    struct jvn_link *v = NEWS(a, struct jvn_link, most + 1);
    for (size_t i = 0; i < p->nvendors; i++) {
        const struct portal_vendor *vendor = &p->vendors[i];
        size_t before = row->nlinks;
        for (size_t k = 0; k < json_count(vendor->products); k++) {
            const struct json *j = json_at(vendor->products, k);
            str name = json_get_text(j, S("name"));
            if (name.n > 0 && is_affected(json_get_text(j, S("status"))))
                v[row->nlinks++] =
                    (struct jvn_link){.thing = thing_of(a, vendor, j),
                                      .versions = str_copy(a, json_get_text(j, S("versions")))};
        }
        if (row->nlinks == before && is_affected(vendor->status))
            v[row->nlinks++] =
                (struct jvn_link){.thing = thing_of(a, vendor, NULL), .versions = S("")};
    }
    row->links = v;
}

enum err jvn_making_add(struct ctx *cx, struct jvn_making *m, const struct q_publication_changed *r)
{
    enum lang lang = str_eq(r->lang, S("ja")) ? LANG_JA : LANG_EN;
    struct q_publication_whole whole = {.number = r->number,
                                        .lang = r->lang,
                                        .revision = r->revision,
                                        .published = r->published,
                                        .updated = r->updated,
                                        .withdrawn = r->withdrawn,
                                        .origin = r->origin,
                                        .accepted = r->accepted,
                                        .severity = r->severity,
                                        .critical = r->critical,
                                        .title = r->title,
                                        .vendors = r->vendors,
                                        .cves = r->cves,
                                        .cwes = r->cwes,
                                        .case_id = r->case_id,
                                        .content = r->content};
    struct portal_advisory p;
    TRY(jvn_whole(cx, lang, &whole, &p));
    struct jvn_row *row = PUSH(m->a, &m->rows[lang]);
    *row = (struct jvn_row){.number = str_copy(m->a, r->number),
                            .place = {(int)r->year, r->serial},
                            .updated = r->updated,
                            .issued = r->published,
                            .first_public = time_day_start(r->published, zone_tokyo),
                            .critical = r->critical && !r->withdrawn.is};
    str overview = csaf_plain(cx, p.section[SECTION_OVERVIEW]);
    row->text = tokens_normal(m->a, str_fmt(cx->a, "%.*s\n%.*s", SV(r->title), SV(overview)));
    jvn_pairs(row->text, row->pairs);
    keep_scores(cx, m->a, &p, row);
    keep_cwes(m->a, &p, row);
    keep_links(m->a, &p, row);
    return OK;
}

/* --- sorting ---------------------------------------------------------------------------------------- */

static int by_change(const void *x, const void *y)
{
    const struct jvn_row *a = x, *b = y;
    if (a->updated != b->updated)
        return a->updated < b->updated ? 1 : -1;
    if (a->place.year != b->place.year)
        return a->place.year < b->place.year ? 1 : -1;
    return (a->place.serial < b->place.serial) - (a->place.serial > b->place.serial);
}

static int by_number(const void *x, const void *y)
{
    return str_cmp(((const struct jvn_row *)x)->number, ((const struct jvn_row *)y)->number);
}

static int things_differ(const struct jvn_thing *a, const struct jvn_thing *b)
{
    int d = str_cmp(a->vendor_cpe, b->vendor_cpe);
    d = d != 0 ? d : str_cmp(a->vendor, b->vendor);
    d = d != 0 ? d : str_cmp(a->cpe, b->cpe);
    return d != 0 ? d : str_cmp(a->name, b->name);
}

static int by_thing(const void *x, const void *y)
{
    return things_differ((*(struct jvn_link *const *)x)->thing,
                         (*(struct jvn_link *const *)y)->thing);
}

/* --- the set ------------------------------------------------------------------------------------------ */

/* An old row in the new arena.  Its things are shared by many: they are copied once, before. */
static struct jvn_row copy(struct arena *a, const struct jvn_row *from,
                           const struct jvn_thing *things)
{
    struct jvn_row row = *from;
    struct jvn_link *links = NEWS(a, struct jvn_link, from->nlinks + 1);
    i64 *cwes = NEWS(a, i64, from->ncwes + 1);
    row.number = str_copy(a, from->number);
    row.text = str_copy(a, from->text);
    for (size_t k = 0; k < JVN_CVSS; k++)
        row.vector[k] = str_copy(a, from->vector[k]);
    for (size_t k = 0; k < from->nlinks; k++) {
        links[k] = from->links[k];
        links[k].thing = &things[from->links[k].at];
        links[k].versions = str_copy(a, from->links[k].versions);
    }
    for (size_t k = 0; k < from->ncwes; k++)
        cwes[k] = from->cwes[k];
    row.links = links;
    row.cwes = cwes;
    return row;
}

static struct jvn_thing *copy_things(struct arena *a, const struct jvn_set *old)
{
    struct jvn_thing *v = NEWS(a, struct jvn_thing, old->nthings + 1);
    for (size_t i = 0; i < old->nthings; i++) {
        const struct jvn_thing *t = &old->things[i];
        v[i] = (struct jvn_thing){str_copy(a, t->vendor),
                                  str_copy(a, t->name),
                                  str_copy(a, t->cpe),
                                  str_copy(a, t->vendor_cpe),
                                  str_copy(a, t->normal),
                                  t->vid,
                                  t->pid};
    }
    return v;
}

/* Every thing once, in order, and each link at its place among them. */
static void tell_things(struct arena *a, struct jvn_set *set)
{
    size_t n = 0;
    for (size_t i = 0; i < set->nrows; i++)
        n += set->rows[i].nlinks;
    struct jvn_link **links = NEWS(a, struct jvn_link *, n + 1);
    n = 0;
    for (size_t i = 0; i < set->nrows; i++)
        for (size_t k = 0; k < set->rows[i].nlinks; k++)
            links[n++] = (struct jvn_link *)(uintptr_t)&set->rows[i].links[k]; /* our own, still */
    qsort(links, n, sizeof links[0], by_thing);
    size_t kinds = 0;
    for (size_t i = 0; i < n; i++)
        kinds += i == 0 || things_differ(links[i - 1]->thing, links[i]->thing) != 0;
    struct jvn_thing *things = NEWS(a, struct jvn_thing, kinds + 1);
    for (size_t i = 0; i < n; i++) {
        if (i == 0 || things_differ(&things[set->nthings - 1], links[i]->thing) != 0)
            things[set->nthings++] = *links[i]->thing;
        links[i]->at = set->nthings - 1;
        links[i]->thing = &things[set->nthings - 1];
    }
    set->things = things;
}

struct jvn_set jvn_making_end(struct jvn_making *m, enum lang lang, const struct jvn_set *old)
{
    struct jvn_rows *changed = &m->rows[lang];
    struct jvn_set set = {0};
    size_t had = old ? old->nrows : 0;
    struct jvn_row *rows = NEWS(m->a, struct jvn_row, had + changed->n + 1);
    const struct jvn_thing *things = old ? copy_things(m->a, old) : NULL;
    if (changed->n > 0)
        qsort(changed->v, changed->n, sizeof changed->v[0], by_number);
    for (size_t i = 0; i < had; i++)
        if (changed->n == 0 ||
            bsearch(&old->rows[i], changed->v, changed->n, sizeof changed->v[0], by_number) == NULL)
            rows[set.nrows++] = copy(m->a, &old->rows[i], things);
    for (size_t i = 0; i < changed->n; i++) {
        const struct jvn_row *row = &changed->v[i];
        bool again = i > 0 && by_number(row, row - 1) == 0; /* changed while it was read */
        if (again && rows[set.nrows - 1].updated >= row->updated)
            continue;
        rows[set.nrows - again] = *row;
        set.nrows += !again;
    }
    qsort(rows, set.nrows, sizeof rows[0], by_change);
    set.rows = rows;
    tell_things(m->a, &set);
    return set;
}

/* --- one row ------------------------------------------------------------------------------------------- */

const struct jvn_row *jvn_row_of(const struct jvn_set *set, struct jvn_place place)
{
    for (size_t i = 0; i < set->nrows; i++)
        if (set->rows[i].place.serial == place.serial && set->rows[i].place.year == place.year)
            return &set->rows[i];
    return NULL;
}
