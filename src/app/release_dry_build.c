/* release_dry_build.c - every form in which the public would get the record. */
#include "app/release_dry_own.h"

#include "app/csaf_build.h"
#include "app/cve_build.h"
#include "app/portal_machine.h"
#include "app/portal_own.h"
#include "app/settings.h"
#include "base/encode.h"
#include "formats/digest.h"
#include "formats/jvnrss.h"
#include "formats/myjvn.h"
#include "formats/vuldef.h"

static str code(enum lang g)
{
    return g == LANG_JA ? S("ja") : S("en");
}

/* --- the record ------------------------------------------------------------------------------- */

static enum err preview(struct rehearsal *h, enum lang g, struct portal_advisory *page)
{
    static const char *const kinds[] = {[RELEASE_FIRST] = "released",
                                        [RELEASE_UPDATE] = "update",
                                        [RELEASE_WITHDRAWAL] = "withdrawn"};
    struct ctx *cx = h->cx;
    bool gone = h->wish->kind == RELEASE_WITHDRAWAL, update = h->wish->kind == RELEASE_UPDATE;
    struct change_line line = {.kind = kinds[h->wish->kind]};
    struct q_publication_get row;
    for (enum lang k = 0; k < LANG_COUNT; k++) {
        line.text[k] = update ? h->wish->text[k] : NO_STR;
        h->r.withdrawn_reason[k] = gone ? h->wish->text[k] : NO_STR;
    }
    TRY(release_preview(cx, &h->r, g, gone, &line, &row));
    return portal_read(cx, g, &row, page);
}

static enum err load_pages(struct rehearsal *h)
{
    struct ctx *cx = h->cx;
    enum lang other = h->lang == LANG_JA ? LANG_EN : LANG_JA;
    struct portal_advisory *page = &h->page[h->lang], *beside = &h->page[other];
    struct q_publication_place place;
    bool there;
    h->has[h->lang] = true;
    TRY(preview(h, h->lang, page));
    h->has[other] = release_before(&h->r, other) != NULL;
    if (h->has[other])
        TRY(portal_get(cx, other, h->r.d.row.number, beside, &there));
    else if (other == LANG_JA && h->r.d.words[LANG_JA].revision > 0) /* it goes first */
        TRY(preview(h, other, beside));
    page->other = h->has[other] || other == LANG_JA;
    page->other_published = (opt_i64){page->other, beside->line.published};
    page->other_updated = (opt_i64){page->other, beside->line.updated};
    TRY(q_publication_place(cx->db, &place, .number = h->r.d.row.number,
                            .year = civil_at(page->line.published, zone_tokyo).year));
    h->place = (struct jvn_place){(int)place.year, place.serial};
    if (h->timeless && h->r.nbefore == 0)
        h->place = (struct jvn_place){9999, 1};
    return OK;
}

/* --- artefacts -------------------------------------------------------------------------------- */

struct release_artefact *rehearsal_add(struct rehearsal *h, struct release_dry *out, str name,
                                       str url, str media, str bytes)
{
    struct release_artefact *x = PUSH(h->cx->a, &out->artefacts);
    struct digest d = digest_begin(DIGEST_SHA256);
    digest_put(&d, bytes);
    *x = (struct release_artefact){.name = name,
                                   .url = url,
                                   .media = media,
                                   .bytes = bytes,
                                   .size = bytes.n,
                                   .sha256 = hex_encode(h->cx->a, digest_end(&d, h->cx->a))};
    return x;
}

static str below(struct rehearsal *h, const char *path)
{
    return str_fmt(h->cx->a, "%.*s/%s", SV(h->cx->app->public_url), path);
}

static str below_lang(struct rehearsal *h, const char *path)
{
    return str_fmt(h->cx->a, "%.*s/%.*s/%s", SV(h->cx->app->public_url), SV(code(h->lang)), path);
}

static enum err add_portal(struct rehearsal *h, struct release_dry *out)
{
    struct ctx *cx = h->cx;
    const struct portal_advisory *p = &h->page[h->lang];
    struct portal_entry entry = {p->line, p->section[SECTION_OVERVIEW]};
    str url = portal_page_url(cx, h->lang, p->line.number), data, atom;
    TRY(portal_json_ld(cx, h->lang, p, &data));
    TRY(portal_atom(cx, h->lang, &entry, 1, &atom));
    (void)rehearsal_add(h, out, S("page"), url, S("text/html"), rehearsal_page(cx, h->lang, p));
    (void)rehearsal_add(h, out, S("json-ld"), str_join(cx->a, url, S(".jsonld")),
                        S("application/ld+json"), data);
    (void)rehearsal_add(h, out, S("atom"), portal_feed_url(cx, h->lang), S("application/atom+xml"),
                        atom);
    return OK;
}

static enum err add_csaf(struct rehearsal *h, struct release_dry *out)
{
    struct ctx *cx = h->cx;
    const struct portal_advisory *p = &h->page[h->lang];
    for (int v21 = 0; v21 < 2; v21++) {
        struct csaf_wish wish = {v21, CSAF_PROFILES};
        str text, path = csaf_path(cx, p->line.number, h->lang, p->line.published, v21);
        TRY(csaf_build(cx, h->lang, p, wish, &text));
        (void)rehearsal_add(h, out, v21 ? S("csaf-2.1") : S("csaf-2.0"),
                            below(h, str_to_z(cx->a, path)), S("application/json"), text);
    }
    return OK;
}

/* --- JVN's formats ---------------------------------------------------------------------------- */

static void add_rss(struct rehearsal *h, struct release_dry *out, const struct jvn_entry *entry,
                    bool is_file, str name, str url)
{
    struct jvn_entry e = *entry;
    struct jvn_status status = {.method = S("getVulnOverviewList"), .feed = S("hnd")};
    struct jvnrss rss = {.is_file = is_file,
                         .lang = code(h->lang),
                         .about = url,
                         .title = jvn_database(h->cx),
                         .link = url,
                         .description = jvn_database(h->cx),
                         .date = e.modified,
                         .entries = {&e, 1},
                         .status = is_file ? NULL : &status};
    if (str_eq(name, S("jvnrss-own")))
        e.id = NO_STR; /* as JVN's own feed, which names advisories by their numbers */
    else if (is_file)
        e.number = NO_STR;
    (void)rehearsal_add(h, out, name, url, S("application/rdf+xml"), jvnrss_write(h->cx->a, &rss));
}

static void add_details(struct rehearsal *h, struct release_dry *out, const struct jvn_entry *whole,
                        const struct jvn_entry *brief)
{
    struct ctx *cx = h->cx;
    bool en = h->lang == LANG_EN;
    str url = str_fmt(cx->a, "%.*s?method=getVulnDetailInfo&vulnId=%.*s%s", SV(below(h, "myjvn")),
                      SV(whole->id), en ? "&lang=en" : "");
    struct jvn_status hnd = {.method = S("getVulnDetailInfo"), .feed = S("hnd")}, oka = hnd;
    oka.feed = S("oka");
    struct vuldef details = {code(h->lang), {whole, 1}, &hnd};
    struct myjvn_head head = {.lang = code(h->lang),
                              .title = jvn_database(cx),
                              .link = below(h, "myjvn"),
                              .author = whole->creator,
                              .author_uri = below(h, ""),
                              .now = cx->now,
                              .status = &oka};
    (void)rehearsal_add(h, out, S("vuldef"), str_join(cx->a, url, S("&feed=hnd")),
                        S("application/xml"), vuldef_write(cx->a, &details));
    (void)rehearsal_add(h, out, S("myjvn"), str_join(cx->a, url, S("&feed=oka")),
                        S("application/json"), myjvn_csaf_json(cx->a, &head, brief));
}

static enum err add_jvn(struct rehearsal *h, struct release_dry *out)
{
    struct ctx *cx = h->cx;
    struct jvn_entry whole, brief;
    const struct portal_advisory *p = &h->page[h->lang];
    str method = h->lang == LANG_EN ? S("&feed=hnd&lang=en") : S("&feed=hnd");
    TRY(jvn_entry_of(cx, h->lang, p, h->place, JVN_WHOLE, &whole));
    TRY(jvn_entry_of(cx, h->lang, p, h->place, JVN_NAMED, &brief));
    add_rss(h, out, &brief, false, S("jvnrss-3.2"),
            str_join(cx->a, below(h, "myjvn?method=getVulnOverviewList"), method));
    add_rss(h, out, &brief, true, S("jvnrss-2.0"), below_lang(h, "rss/jvndb.rdf"));
    add_rss(h, out, &brief, true, S("jvnrss-own"), below_lang(h, "rss/jvn.rdf"));
    add_details(h, out, &whole, &brief);
    return OK;
}

/* --- CVE ---------------------------------------------------------------------------------------- */

/* Its prose must be English: it goes out with the English version.  A withdrawal leaves it:
 * rejecting a number is an act of its own. */
static enum err add_cves(struct rehearsal *h, struct release_dry *out)
{
    struct ctx *cx = h->cx;
    const struct portal_advisory *page[LANG_COUNT] = {0};
    if (h->lang != LANG_EN || h->wish->kind == RELEASE_WITHDRAWAL)
        return OK;
    for (enum lang g = 0; g < LANG_COUNT; g++)
        page[g] = h->page[g].content != NULL ? &h->page[g] : NULL;
    for (size_t i = 0; i < h->r.nvulns; i++) {
        struct cve_draft d;
        struct q_cve_number_get row = {0};
        const struct vuln *v = &h->r.vulns[i];
        if (v->cve.n == 0)
            continue;
        enum err e = q_cve_number_get(cx->db, &row, .cve = v->cve);
        TRY(e == E_NOT_FOUND ? OK : e);
        TRY(cve_build_of(cx, &h->cf, page, v->id, false, &d));
        struct release_artefact *x = rehearsal_add(
            h, out, v->cve, str_fmt(cx->a, "https://cveawg.mitre.org/api/cve/%.*s", SV(v->cve)),
            S("application/json"), d.json);
        x->aside = e == E_NOT_FOUND || str_eq(row.state, S("rejected"));
        rehearsal_check_cve(h, out, x, &d.findings);
    }
    return OK;
}

enum err rehearsal_look(struct rehearsal *h, struct portal_advisory *out)
{
    TRY(load_pages(h));
    *out = h->page[h->lang];
    return OK;
}

enum err rehearsal_build(struct rehearsal *h, struct release_dry *out)
{
    TRY(load_pages(h));
    TRY(add_portal(h, out));
    TRY(add_csaf(h, out));
    TRY(add_jvn(h, out));
    TRY(add_cves(h, out));
    if (!h->timeless)
        TRY(rehearsal_beside(h, out));
    out->page = h->page[h->lang];
    out->at = h->cx->now;
    return OK;
}
