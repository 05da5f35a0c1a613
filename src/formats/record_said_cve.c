/* record_said_cve.c - what a CVE record says in the language that is asked for. */
#include "formats/record_said_own.h"

#include "base/time.h"
#include "formats/cve_record.h"

static void put_texts(struct saying *s, enum said_field f, const struct cve_texts *all)
{
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].lang, s->hints->lang))
            said_put(s, f, all->v[i].value);
}

/* The schema's ranges begin with a version; "0" is before all others, "*" behind them. */
static str range_of(struct saying *s, const struct cve_version *v)
{
    bool in = v->up_to.n > 0;
    str to = in ? v->up_to : v->less_than;
    if (to.n == 0)
        return said_plain(s->a, v->version);
    if (str_eq(to, S("*")))
        to = NO_STR;
    return said_range(s->a, v->version, true, to, in);
}

static void put_product(struct saying *s, const struct cve_product *from, str about)
{
    struct said_product p = {.vendor = said_plain(s->a, from->vendor),
                             .name = said_plain(s->a, from->product),
                             .versions = S(""),
                             .status = said_status_of(from->default_status),
                             .about = about};
    for (size_t i = 0; i < from->cpes.n; i++)
        said_put_identifier(s, &p, from->cpes.v[i]);
    said_put_identifier(s, &p, from->package_url);
    if (from->default_status.n > 0 || from->versions.n == 0)
        *PUSH(s->a, &s->out->products) = p;
    for (size_t i = 0; i < from->versions.n; i++) {
        p.versions = range_of(s, &from->versions.v[i]);
        p.status = said_status_of(from->versions.v[i].status);
        *PUSH(s->a, &s->out->products) = p;
    }
}

static void put_weaknesses(struct saying *s, const struct cve_record *r)
{
    for (size_t i = 0; i < r->weaknesses.n; i++)
        for (size_t k = 0; k < r->weaknesses.v[i].texts.n; k++)
            said_put(s, SAID_CWES, r->weaknesses.v[i].texts.v[k].cwe);
}

static void put_metrics(struct saying *s, const struct cve_record *r)
{
    for (size_t i = 0; i < r->metrics.n; i++) {
        const struct cve_metric *m = &r->metrics.v[i];
        str score = m->score < 0 ? S("")
                                 : str_fmt(s->a, "%lld.%lld", (long long)m->score / 10,
                                           (long long)m->score % 10);
        said_put_score(
            s, (struct said_score){
                   .about = r->id, .vector = m->vector, .score = score, .severity = m->severity});
    }
}

enum err said_read_cve(struct saying *s, str bytes)
{
    struct cve_record r;
    struct cve_error bad;
    TRY(cve_read(s->a, bytes, &r, &bad));
    said_put(s, SAID_TITLE, r.title);
    said_put(s, SAID_CVES, r.id);
    put_texts(s, SAID_SUMMARY, &r.descriptions);
    put_texts(s, SAID_SOLUTION, &r.solutions);
    put_texts(s, SAID_SOLUTION, &r.workarounds);
    put_weaknesses(s, &r);
    put_metrics(s, &r);
    for (size_t i = 0; i < r.products.n; i++)
        put_product(s, &r.products.v[i], r.id);
    for (size_t i = 0; i < r.references.n; i++)
        said_put_url(s, r.references.v[i].url);
    for (size_t i = 0; i < r.timeline.n; i++)
        if (str_eq(r.timeline.v[i].lang, s->hints->lang))
            said_put_change(s, r.timeline.v[i].time, r.timeline.v[i].value);
    for (size_t i = 0; i < r.credits.n; i++)
        if (str_eq(r.credits.v[i].lang, s->hints->lang))
            said_put(s, SAID_CREDITS, r.credits.v[i].value);
    return OK;
}
