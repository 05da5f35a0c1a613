/* csaf_build.c - see csaf_build.h. */
#include "app/csaf_own.h"

#include "app/advisory_own.h"
#include "app/publish.h"
#include "app/settings.h"
#include "app/vulns.h"
#include "base/vec.h"
#include "formats/csaf_provider.h"
#include "formats/cwe.h"
#include "formats/markdown.h"

/* --- names and places ------------------------------------------------------------------------- */

str csaf_id(struct ctx *cx, str number, enum lang lang)
{
    return str_fmt(cx->a, "%.*s#%.*s%s", SV(cx->app->number_prefix), SV(number),
                   lang == LANG_JA ? "" : "-en");
}

str csaf_path(struct ctx *cx, str number, enum lang lang, i64 published, bool v21)
{
    str file = csaf_file_name(cx->a, csaf_id(cx, number, lang));
    return str_fmt(cx->a, ".well-known/csaf/%s/%d/%.*s", v21 ? "v2.1/clear" : "v2.0/white",
                   civil_at(published, zone_utc).year, SV(file));
}

str csaf_plain(struct ctx *cx, str markdown)
{
    return str_trim(markdown_plain(cx->a, markdown));
}

static str page_url(struct ctx *cx, str number, enum lang lang)
{
    return str_fmt(cx->a, "%.*s/%s/advisories/%.*s", SV(cx->app->public_url),
                   lang == LANG_JA ? "ja" : "en", SV(number));
}

/* --- parts ------------------------------------------------------------------------------------ */

static void fill_publisher(struct ctx *cx, enum lang lang, const struct settings *s,
                           struct csaf_document *d)
{
    bool ja = lang == LANG_JA;
    d->publisher_category = ja ? "coordinator" : "translator";
    d->publisher = s->v[ja ? SET_COORDINATOR_JA : SET_COORDINATOR_EN];
    if (d->publisher.n == 0)
        d->publisher = s->v[ja ? SET_SITE_NAME_JA : SET_SITE_NAME_EN];
    d->namespace = cx->app->public_url;
    d->contact = s->v[SET_CONTACT];
    d->engine = S("Kakehashi");
    d->engine_version = S(KAKEHASHI_VERSION);
}

static void fill_tracking(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                          struct csaf_document *d)
{
    struct csaf_revision *all = NEWS(cx->a, struct csaf_revision, p->nhistory + 1);
    for (size_t i = 0; i < p->nhistory; i++) {
        const struct portal_change *h = &p->history[p->nhistory - 1 - i]; /* newest first there */
        str text = h->text.n > 0 ? h->text : word(lang, W_csaf_update);
        all[i] = (struct csaf_revision){h->at, (i64)i + 1, text};
    }
    d->revisions = all;
    d->nrevisions = p->nhistory;
    d->published = p->nhistory ? all[0].at : p->line.published;
    d->updated = p->nhistory ? all[p->nhistory - 1].at : p->line.updated;
    d->status = "final";
}

/* Version 0, of the last change; no place among the public files. */
static void fill_draft(struct ctx *cx, enum lang lang, const struct portal_advisory *p, str tlp,
                       struct csaf_document *d)
{
    struct csaf_revision *only = NEW(cx->a, struct csaf_revision);
    *only = (struct csaf_revision){p->line.updated, 0, word(lang, W_advisory_is_draft)};
    d->revisions = only;
    d->nrevisions = 1;
    d->published = d->updated = only->at;
    d->status = "draft";
    d->tlp = tlp;
}

/* Where the draft of that language is for who may read it: app/provider_closed.h. */
static str draft_url(struct ctx *cx, enum lang lang, const struct portal_advisory *p, str tlp,
                     bool v21)
{
    str file = csaf_file_name(cx->a, csaf_id(cx, p->line.number, lang));
    return str_fmt(cx->a, "%.*s/.well-known/csaf/%s/%.*s/%d/%.*s", SV(cx->app->public_url),
                   v21 ? "v2.1" : "v2.0", SV(csaf_folder_name(cx->a, tlp, v21)),
                   civil_at(p->line.updated, zone_utc).year, SV(file));
}

/* Nothing of ours is there to be read by anybody yet. */
static void fill_draft_links(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                             str tlp, struct csaf_document *d)
{
    struct csaf_link *all = NEWS(cx->a, struct csaf_link, d->nlinks + 2);
    size_t n = 0;
    if (lang != LANG_JA)
        all[n++] = (struct csaf_link){false, word(lang, W_csaf_original),
                                      draft_url(cx, LANG_JA, p, tlp, d->v21)};
    all[n++] =
        (struct csaf_link){true, word(lang, W_csaf_self), draft_url(cx, lang, p, tlp, d->v21)};
    for (size_t i = 0; i < d->nlinks; i++)
        if (!str_has_prefix(d->links[i].url, cx->app->public_url))
            all[n++] = d->links[i];
    d->links = all;
    d->nlinks = n;
}

static void fill_notes(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                       struct csaf_document *d)
{
    static const struct {
        enum section s;
        const char *category;
    } from[] = {{SECTION_OVERVIEW, "summary"},        {SECTION_AFFECTED, "general"},
                {SECTION_DESCRIPTION, "description"}, {SECTION_IMPACT, "details"},
                {SECTION_VENDOR_INFO, "general"},     {SECTION_ADDENDUM, "other"},
                {SECTION_ANALYSIS, "details"},        {SECTION_OTHER, "other"}};
    struct csaf_note *all = NEWS(cx->a, struct csaf_note, COUNT(from) + 1);
    if (p->reason.n > 0)
        all[d->nnotes++] = (struct csaf_note){"description", word(lang, W_csaf_reason_title),
                                              csaf_plain(cx, p->reason)};
    for (size_t i = 0; i < COUNT(from); i++)
        if (p->section[from[i].s].n > 0)
            all[d->nnotes++] = (struct csaf_note){
                from[i].category, section_heading(cx->a, from[i].s, d->publisher, lang),
                csaf_plain(cx, p->section[from[i].s])};
    d->notes = all;
}

/* --- vulnerabilities -------------------------------------------------------------------------- */

static bool same_kind(str x, str y)
{
    return str_has_prefix(x, S("CVSS:4")) == str_has_prefix(y, S("CVSS:4")) &&
           str_has_prefix(x, S("CVSS:3")) == str_has_prefix(y, S("CVSS:3"));
}

/* The coordinator's first: the others only where there is none of that version. */
static void fill_vectors(struct ctx *cx, const struct portal_vuln *from,
                         struct csaf_vulnerability *v)
{
    str *kept = NEWS(cx->a, str, from->nvectors + 1);
    for (int round = 0; round < 2; round++)
        for (size_t i = 0; i < from->nvectors; i++) {
            bool own = str_eq(from->vectors[i].issuer, S("coordinator"));
            bool had = own != (round == 0);
            for (size_t k = 0; k < v->nvectors && !had; k++)
                had = same_kind(kept[k], from->vectors[i].vector);
            if (!had)
                kept[v->nvectors++] = from->vectors[i].vector;
        }
    v->vectors = kept;
}

static void fill_exploits(enum lang lang, const struct portal_vuln *from,
                          struct csaf_vulnerability *v)
{
    v->exploited = from->attacks;
    if (from->attacks.is) {
        v->exploit = word(lang, W_csaf_attacks);
        v->exploit_at = from->attacks;
    } else if (from->exploit.is) {
        v->exploit = word(lang, W_csaf_exploit);
        v->exploit_at = from->exploit;
    }
}

static void fill_vuln(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                      const struct portal_vuln *from, struct csaf_vulnerability *v)
{
    struct csaf_note *note = NEW(cx->a, struct csaf_note);
    struct cwe c;
    i64 id;
    str about = p->nvulns == 1 ? p->section[SECTION_DESCRIPTION] : from->title;
    *v = (struct csaf_vulnerability){.cve = from->cve, .title = from->title};
    if (cwe_parse(from->cwe, &id) && cwe_find(id, &c)) {
        v->cwe = str_fmt(cx->a, "CWE-%lld", (long long)id);
        v->cwe_name = c.name_en;
        v->cwe_version = cwe_version();
    }
    if (from->cve.n == 0) {
        v->id_system = word(lang, W_csaf_id_system);
        v->id = csaf_id(cx, p->line.number, LANG_JA);
    }
    if (about.n == 0)
        about = from->title.n > 0 ? from->title : p->line.title;
    *note =
        (struct csaf_note){"description", word(lang, W_section_description), csaf_plain(cx, about)};
    v->notes = note;
    v->nnotes = 1;
    fill_vectors(cx, from, v);
    fill_exploits(lang, from, v);
}

static void fill_vulns(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                       struct csaf_document *d)
{
    struct csaf_vulnerability *all = NEWS(cx->a, struct csaf_vulnerability, p->nvulns + 1);
    for (size_t i = 0; i < p->nvulns; i++) {
        fill_vuln(cx, lang, p, &p->vulns[i], &all[i]);
        all[i].claims = csaf_claims(cx, lang, p, (i64)i + 1, d);
        csaf_fill_remarks(cx, lang, p, d, &all[i]);
    }
    d->vulns = all;
    d->nvulns = p->nvulns;
}

/* --- the whole --------------------------------------------------------------------------------- */

static void fill_severity(enum lang lang, const struct portal_advisory *p, struct csaf_document *d)
{
    static const enum word words[SEVERITY_COUNT] = {
        W_severity_none, W_severity_low, W_severity_medium, W_severity_high, W_severity_critical};
    if (p->line.score >= 0)
        d->severity = word(lang, words[severity_of(p->line.score)]);
}

/* Whether beside all that is fixed stands what was affected (CSAF 2.1, 6.1.27.13). */
static bool tells_affected(const struct csaf_document *d, const struct csaf_claim *claims)
{
    for (size_t i = 0; i < d->nproducts; i++) {
        bool told = !claims[i].is || claims[i].status != CSAF_FIXED;
        for (size_t k = 0; k < d->nproducts && !told; k++)
            told = claims[k].is && claims[k].status == CSAF_KNOWN_AFFECTED &&
                   str_eq(d->products[k].vendor, d->products[i].vendor) &&
                   str_eq(d->products[k].name, d->products[i].name);
        if (!told)
            return false;
    }
    return true;
}

/* A security advisory of 2.1 says of each vulnerability that some product has it (6.1.27.12); in
 * 2.0 any status will do. */
static bool is_advisory(const struct csaf_document *d, unsigned any)
{
    if (!d->v21)
        return csaf_says(d, any);
    for (size_t i = 0; i < d->nvulns; i++)
        if (!tells_affected(d, d->vulns[i].claims))
            return false;
    return csaf_says(d, 1u << CSAF_KNOWN_AFFECTED);
}

/* A VEX document says one of four statuses of each vulnerability (6.1.27.7). */
static enum csaf_profile best_profile(const struct portal_advisory *p,
                                      const struct csaf_document *d, enum csaf_profile wish)
{
    const unsigned vex = 1u << CSAF_KNOWN_AFFECTED | 1u << CSAF_FIXED | 1u << CSAF_NOT_AFFECTED |
                         1u << CSAF_INVESTIGATED;
    if (p->line.withdrawn.is)
        return CSAF_WITHDRAWN;
    if (wish == CSAF_BASE || wish == CSAF_INFORMATIONAL)
        return wish;
    if (wish != CSAF_VEX && is_advisory(d, vex))
        return CSAF_SECURITY_ADVISORY;
    return csaf_says(d, vex) ? CSAF_VEX : CSAF_BASE;
}

enum err csaf_build(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                    struct csaf_wish wish, str *out)
{
    const struct settings *s;
    struct csaf_document d = {.v21 = wish.v21,
                              .lang = lang == LANG_JA ? S("ja") : S("en"),
                              .source_lang = lang == LANG_JA ? NO_STR : S("ja"),
                              .title = p->line.title,
                              .tlp = S("CLEAR"),
                              .tlp_url = S("https://www.first.org/tlp/"),
                              .id = csaf_id(cx, p->line.number, lang)};
    TRY(settings_open(cx, &s));
    fill_publisher(cx, lang, s, &d);
    if (wish.draft.n > 0)
        fill_draft(cx, lang, p, wish.draft, &d);
    else
        fill_tracking(cx, lang, p, &d);
    fill_notes(cx, lang, p, &d);
    fill_severity(lang, p, &d);
    csaf_fill_products(cx, lang, p, &d);
    fill_vulns(cx, lang, p, &d);
    csaf_fill_links(cx, lang, p, page_url(cx, p->line.number, lang),
                    page_url(cx, p->line.number, LANG_JA), &d);
    if (wish.draft.n > 0)
        fill_draft_links(cx, lang, p, wish.draft, &d);
    d.credit = csaf_plain(cx, p->section[SECTION_CREDIT]);
    d.profile = best_profile(p, &d, wish.profile);
    if (d.profile == CSAF_INFORMATIONAL)
        d.nvulns = 0;
    *out = csaf_write(cx->a, &d);
    return OK;
}

static enum err of_draft(struct ctx *cx, str case_id, enum lang lang, struct portal_advisory *p)
{
    struct case_file cf;
    TRY(advisory_own(cx, case_id,
                     &cf)); /* a vendor that may read the draft sees its own part alone */
    return publication_preview(cx, &cf, lang, p);
}

enum err csaf_of_case(struct ctx *cx, str case_id, enum lang lang, struct csaf_wish wish, str *out)
{
    struct portal_advisory p;
    struct q_publications_of *rows;
    size_t n;
    bool other;
    TRY(app_read(cx));
    TRY(q_publications_of(cx->db, &rows, &n, .case_id = case_id));
    enum err e = E_NOT_FOUND;
    if (n > 0)
        e = portal_get(cx, lang, rows[0].number, &p, &other);
    if (e == E_NOT_FOUND)
        e = of_draft(cx, case_id, lang, &p);
    TRY(e);
    return csaf_build(cx, lang, &p, wish, out);
}
