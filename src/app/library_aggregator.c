/* library_aggregator.c - see library_haul.h: who an aggregator names, and those of them that were
 * chosen. */
#include "app/library_haul_own.h"

static bool is_chosen(const struct library_haul *h, const struct aggregated *g)
{
    for (size_t i = 0; i < h->issuers.n; i++)
        if (str_eq(h->issuers.v[i], S("all")) || str_eq(h->issuers.v[i], g->namespace))
            return true;
    return false;
}

/* Publishers keep less than an aggregator makes of them, and often no hashes and signatures. */
static str address_of(const struct library_haul *h, const struct aggregated *g)
{
    bool mirrored = g->mirrors.n > 0 && (h->mirrors || g->publisher);
    return mirrored ? g->mirrors.v[0] : g->url;
}

static enum err take_issuer(const struct haul *r, const struct aggregated *g)
{
    struct haul own = {.cx = haul_open(r), .h = r->h, .keys = S("")};
    struct library_refusal why;
    struct listed_answer said;
    str body, url = str_copy(own.cx->a, address_of(r->h, g));
    enum err e = OK;
    if (!haul_get(&own, own.cx, url, false, &body, &why) ||
        !haul_read(&own, own.cx, LISTED_ANY, S(""), body, &said, &why))
        haul_refuse(&own, url, why);
    else if (said.kind != LISTED_METADATA)
        haul_refuse(&own, url, (struct library_refusal){S("library_metadata"), S("/")});
    else if (said.wrong.n == 0 && !str_eq(said.provider.namespace, g->namespace))
        haul_refuse(
            &own, url,
            (struct library_refusal){S("library_other_publisher"), said.provider.namespace});
    else
        e = haul_provider(&own, url, &said);
    if (e == OK)
        e = own.broken;
    if (e != OK)
        r->cx->fault = own.cx->fault;
    haul_close(own.cx);
    return e;
}

enum err haul_aggregator(struct haul *r, str url, const struct listed_answer *said)
{
    if (said->wrong.n > 0) {
        haul_refuse(r, url, (struct library_refusal){S("library_metadata"), said->wrong});
        return OK;
    }
    for (size_t i = 0; i < said->aggregator.issuers.n; i++) {
        const struct aggregated *g = &said->aggregator.issuers.v[i];
        if (is_chosen(r->h, g))
            TRY(take_issuer(r, g));
        else if (r->h->offer != NULL && r->h->issuers.n == 0)
            r->h->offer(r->h->arg, g);
    }
    return OK;
}
