/* record_said_jvn.c - what JVNRSS and VULDEF say, by our own readers of them. */
#include "formats/record_said_own.h"

#include "formats/jvnrss.h"
#include "formats/vuldef.h"

static void put_references(struct saying *s, const struct jvn_entry *e)
{
    for (size_t i = 0; i < e->nreferences; i++) {
        const struct jvn_reference *r = &e->references[i];
        said_put_url(s, r->url);
        if (r->about == JVN_CWE)
            said_put(s, SAID_CWES, r->id);
        else if (str_eq(r->source, S("CVE")))
            said_put(s, SAID_CVES, r->id);
        else if (s->format == SAID_VULDEF && str_eq(r->source, s->hints->prefix))
            said_put(s, SAID_NUMBER, r->id);
    }
}

static void put_product(struct saying *s, const struct jvn_product *from)
{
    struct said_product p = {.vendor = said_plain(s->a, from->vendor),
                             .name = said_plain(s->a, from->product),
                             .versions = S(""),
                             .status = said_status_of(from->status),
                             .untold = from->status.p == NULL};
    for (size_t i = 0; i < from->cpes.n; i++)
        said_put_identifier(s, &p, from->cpes.v[i]);
    if (from->texts.n > 0)
        p.about = said_plain(s->a, from->texts.v[0]);
    if (from->nversions == 0)
        *PUSH(s->a, &s->out->products) = p;
    for (size_t i = 0; i < from->nversions; i++) {
        p.versions = said_plain(s->a, from->versions[i].text);
        *PUSH(s->a, &s->out->products) = p;
    }
}

static void put_items(struct saying *s, enum said_field f, const struct jvn_items *all)
{
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < all->v[i].texts.n; k++)
            said_put(s, f, all->v[i].texts.v[k]);
}

static void put_history(struct saying *s, const struct jvn_entry *e)
{
    for (size_t i = 0; i < e->nhistory; i++) {
        const struct jvn_change *c = &e->history[i];
        str at = c->at.is ? time_utc_ms(s->a, c->at.v) : S("");
        for (size_t k = 0; k < c->texts.n; k++)
            said_put_change(s, at, c->texts.v[k]);
    }
}

static void put_entry(struct saying *s, const struct jvn_entry *e)
{
    said_put(s, SAID_TITLE, e->title);
    said_put(s, SAID_NUMBER, e->number);
    said_put(s, SAID_OTHER_ID, e->id);
    said_put(s, SAID_SUMMARY, e->overview);
    said_put_url(s, e->link);
    said_put_at(s, SAID_PUBLISHED, e->issued);
    said_put_at(s, SAID_UPDATED, e->modified);
    put_references(s, e);
    for (size_t i = 0; i < e->nproducts; i++)
        put_product(s, &e->products[i]);
    for (size_t i = 0; i < e->ncvss; i++)
        said_put_score(s, (struct said_score){.about = S(""),
                                              .vector = e->cvss[i].vector,
                                              .score = e->cvss[i].score,
                                              .severity = e->cvss[i].severity});
    put_items(s, SAID_SOLUTION, &e->solutions);
    put_items(s, SAID_CREDITS, &e->credits);
    put_history(s, e);
}

enum err said_read_jvnrss(struct saying *s, str bytes)
{
    struct jvnrss feed;
    struct xml_error bad;
    TRY(jvnrss_read(s->a, bytes, &feed, &bad));
    for (size_t i = 0; i < feed.entries.n; i++)
        put_entry(s, &feed.entries.v[i]);
    return OK;
}

enum err said_read_vuldef(struct saying *s, str bytes)
{
    struct vuldef document;
    struct xml_error bad;
    TRY(vuldef_read(s->a, bytes, &document, &bad));
    for (size_t i = 0; i < document.entries.n; i++)
        put_entry(s, &document.entries.v[i]);
    return OK;
}
