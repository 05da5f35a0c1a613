/* jvn_making.c - rows for the index, from what is released. */
#include "app/jvn_own.h"

#include "app/csaf_own.h"
#include "app/jvn_names.h"
#include "app/portal_own.h"
#include "app/vulns.h"
#include "formats/cwe.h"
#include "formats/product_row.h"
#include "formats/tokens.h"
#include "gen/sql.h"

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
static void keep_score(struct ctx *cx, str vector, i64 *best, struct jvn_scores *out)
{
    int major = 2;
    i64 tenths;
    str base = jvn_base_vector(cx->a, vector, &major, &tenths);
    if (base.p == NULL || tenths <= best[major - 2])
        return;
    best[major - 2] = tenths;
    out->vector[major - 2] = base;
    out->rating[major - 2] = rating_of(major, tenths);
}

static void put_word(buf *key, str word)
{
    buf_put(key, word);
    buf_char(key, '\n');
}

/* The number of these scores in the heap. */
static uint32_t make_scores(struct ctx *cx, struct jvn_heap *h, const struct portal_advisory *p)
{
    i64 best[JVN_CVSS] = {-1, -1, -1};
    struct jvn_scores s = {.rating = {-1, -1, -1}};
    size_t at;
    for (size_t i = 0; i < p->nvulns; i++)
        for (size_t k = 0; k < p->vulns[i].nvectors; k++)
            keep_score(cx, p->vulns[i].vectors[k].vector, best, &s);
    str key = str_fmt(cx->a, "%.*s|%.*s|%.*s", SV(s.vector[0]), SV(s.vector[1]), SV(s.vector[2]));
    if (dict_find(&h->score_keys, key, &at))
        return (uint32_t)at;
    for (size_t k = 0; k < JVN_CVSS; k++)
        s.vector[k] = str_copy(h->a, s.vector[k]);
    *PUSH(h->a, &h->scores) = s;
    return (uint32_t)dict_add(h->a, &h->score_keys, str_copy(h->a, key), NULL);
}

/* Few vectors are ever the first of their kind. */
static uint32_t scores_of(struct ctx *cx, struct jvn_heap *h, const struct portal_advisory *p)
{
    buf key = {.a = cx->a};
    size_t at;
    for (size_t i = 0; i < p->nvulns; i++)
        for (size_t k = 0; k < p->vulns[i].nvectors; k++)
            put_word(&key, p->vulns[i].vectors[k].vector);
    if (dict_find(&h->seen_vectors, buf_str(&key), &at))
        return h->seen_scores.v[at];
    uint32_t number = make_scores(cx, h, p);
    (void)dict_add(h->a, &h->seen_vectors, str_copy(h->a, buf_str(&key)), NULL);
    *PUSH(h->a, &h->seen_scores) = number;
    return number;
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

/* Each is made once: its numbers are hashes. */
static void make_thing(struct ctx *cx, struct jvn_heap *h, const struct portal_vendor *v, str name,
                       str cpe)
{
    struct jvn_thing *t = PUSH(h->a, &h->things);
    *t = (struct jvn_thing){.vendor = str_copy(h->a, v->name),
                            .name = str_copy(h->a, name),
                            .cpe = str_copy(h->a, cpe),
                            .vendor_cpe = str_copy(h->a, jvn_cpe(cx->a, v->slug, S("")))};
    jvn_name_thing(h, tokens_normal(cx->a, name), t);
    t->vid = jvn_number(cx->a, t->vendor_cpe);
    t->pid = jvn_number(cx->a, t->cpe);
}

/* The number of this thing in the heap, by all that it says: a CPE that is given, and is the one
 * that it would have anyway, says nothing. */
static uint32_t thing_of(struct ctx *cx, struct jvn_heap *h, const struct portal_vendor *v,
                         const struct json *row)
{
    buf key = {.a = cx->a};
    str name = json_get_text(row, S("name")), own = json_get_text(row, S("cpe")), cpe = NO_STR;
    bool fresh;
    size_t at;
    if (own.n > 0) {
        cpe = own = jvn_product_cpe(cx->a, v->slug, row);
        if (str_eq(own, jvn_cpe(cx->a, v->slug, name)))
            own = NO_STR;
    }
    put_word(&key, name);
    put_word(&key, own);
    put_word(&key, v->slug);
    put_word(&key, v->name);
    if (dict_find(&h->thing_keys, buf_str(&key), &at))
        return (uint32_t)at;
    make_thing(cx, h, v, name, cpe.n > 0 ? cpe : jvn_cpe(cx->a, v->slug, name));
    at = dict_add(h->a, &h->thing_keys, str_copy(h->a, buf_str(&key)), &fresh);
    must(fresh);
    return (uint32_t)at;
}

static uint32_t versions_of(struct jvn_heap *h, str said)
{
    size_t at;
    if (dict_find(&h->version_keys, said, &at))
        return (uint32_t)at;
    str kept = str_copy(h->a, said);
    *PUSH(h->a, &h->versions) = kept;
    return (uint32_t)dict_add(h->a, &h->version_keys, kept, NULL);
}

static void keep_links(struct ctx *cx, struct jvn_making *m, const struct portal_advisory *p,
                       struct jvn_row *row)
{
    struct jvn_heap *h = m->heap;
    size_t most = 0;
    for (size_t i = 0; i < p->nvendors; i++)
        most += json_count(p->vendors[i].products) + 1;
    struct jvn_link *v = NEWS(m->a, struct jvn_link, most + 1);
    for (size_t i = 0; i < p->nvendors; i++) {
        const struct portal_vendor *vendor = &p->vendors[i];
        size_t before = row->nlinks;
        for (size_t k = 0; k < json_count(vendor->products); k++) {
            const struct json *j = json_at(vendor->products, k);
            str versions = json_get_text(j, S("versions"));
            if (json_get_text(j, S("name")).n > 0 &&
                product_row_is_told(vendor->products, k, p->nvulns) &&
                is_affected(json_get_text(j, S("status"))))
                v[row->nlinks++] = (struct jvn_link){
                    thing_of(cx, h, vendor, j), versions_of(h, versions.n > 0 ? versions : S(""))};
        }
        if (row->nlinks == before && is_affected(vendor->status))
            v[row->nlinks++] =
                (struct jvn_link){thing_of(cx, h, vendor, NULL), versions_of(h, S(""))};
    }
    row->links = v;
}

enum err jvn_making_add(struct ctx *cx, struct jvn_making *m, const struct q_publication_changed *r)
{
    struct q_publication_whole whole = {.number = r->number,
                                        .lang = m->lang == LANG_JA ? S("ja") : S("en"),
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
    TRY(jvn_whole(cx, m->lang, &whole, &p));
    struct jvn_read *read = PUSH(m->a, &m->rows);
    struct jvn_row *row = &read->row;
    *row = (struct jvn_row){.updated = r->updated,
                            .issued = r->published,
                            .first_public = time_day_start(r->published, zone_tokyo),
                            .generation = r->generation,
                            .scores = scores_of(cx, m->heap, &p),
                            .critical = r->critical && !r->withdrawn.is,
                            .number = str_copy(m->a, r->number),
                            .place = {(int)r->year, r->serial}};
    str overview = csaf_plain(cx, p.section[SECTION_OVERVIEW]);
    str text = tokens_normal(cx->a, str_fmt(cx->a, "%.*s\n%.*s", SV(r->title), SV(overview)));
    row->text = str_copy(m->a, text);
    jvn_pairs_of(text, read->pairs);
    keep_cwes(m->a, &p, row);
    keep_links(cx, m, &p, row);
    return OK;
}
