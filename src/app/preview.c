/* preview.c - see preview.h. */
#include "app/preview.h"

#include "app/publish_own.h"
#include "formats/product_row.h"

static str typed_or(struct ctx *cx, const struct input *typed, enum lang lang, enum section s,
                    str kept)
{
    str now = typed ? input_get(typed, section_field(cx, lang, s)) : NO_STR;
    return now.p ? str_trim(now) : kept;
}

static void fill_words(struct ctx *cx, const struct advisory *adv, enum lang lang,
                       const struct input *typed, struct portal_advisory *out)
{
    const struct advisory_words *w = &adv->words[lang];
    for (enum section s = 0; s < SECTION_COUNT; s++)
        out->section[s] = typed_or(cx, typed, lang, s, w->section[s].p ? w->section[s] : S(""));
    if (out->section[SECTION_CREDIT].n == 0 && adv->credit[lang].n > 0)
        out->section[SECTION_CREDIT] = adv->credit[lang];
    i64 at = adv->published.is ? adv->published.v : adv->planned.is ? adv->planned.v : cx->now;
    out->line = (struct portal_line){.number = adv->number.p ? adv->number : S(""),
                                     .title = out->section[SECTION_TITLE],
                                     .published = at,
                                     .updated = at,
                                     .critical = adv->words[LANG_JA].critical,
                                     .score = -1};
    out->reason = S("");
    out->other = true;
}

static enum err fill_vulns(struct ctx *cx, str case_id, enum lang lang, struct portal_advisory *out)
{
    struct vuln *from;
    TRY(vuln_list(cx, case_id, &from, &out->nvulns));
    struct portal_vuln *v = NEWS(cx->a, struct portal_vuln, out->nvulns + 1);
    for (size_t i = 0; i < out->nvulns; i++) {
        str title = from[i].title[lang].n > 0 ? from[i].title[lang] : from[i].title[!lang];
        v[i] = (struct portal_vuln){.cve = from[i].cve,
                                    .cwe = from[i].cwe,
                                    .title = title,
                                    .vectors = from[i].vectors,
                                    .nvectors = from[i].nvectors,
                                    .score = from[i].score,
                                    .exploit = from[i].since[WORLD_EXPLOIT],
                                    .attacks = from[i].since[WORLD_ATTACKS]};
        if (v[i].score > out->line.score)
            out->line.score = v[i].score;
    }
    out->vulns = v;
    return OK;
}

static struct portal_vendor vendor_row(struct ctx *cx, const struct q_case_parties *p,
                                       const struct vendor_said *s, enum lang lang)
{
    enum lang in = s->statement[lang].n > 0 ? lang : !lang;
    return (struct portal_vendor){.slug = p->slug,
                                  .name = lang == LANG_JA ? p->name_ja : p->name_en,
                                  .status = s->status,
                                  .statement = s->statement[in],
                                  .statement_lang = lang_code(in),
                                  .url = s->url,
                                  .updated = s->at,
                                  .products = product_rows_in(cx->a, s->products, lang == LANG_JA)};
}

static bool may_know(const struct advisory *adv, int lane)
{
    for (size_t i = 0; i < adv->nlanes; i++)
        if (adv->lanes[i].lane == lane)
            return true;
    return false;
}

static enum err fill_vendors(struct ctx *cx, str case_id, const struct advisory *adv,
                             enum lang lang, struct portal_advisory *out)
{
    struct case_file cf;
    struct release r;
    TRY(case_load(cx, case_id, &cf));
    TRY(release_load(cx, &cf, &r));
    struct portal_vendor *v = NEWS(cx->a, struct portal_vendor, cf.nlanes);
    for (int lane = 1; lane < (int)cf.nlanes; lane++) {
        struct vendor_said s;
        if (!may_know(adv, lane) || !release_lists(&r, lane, &s))
            continue;
        if (s.at == 0)
            s.at = out->line.published;
        v[out->nvendors++] = vendor_row(cx, cf.lanes[lane].party, &s, lang);
    }
    out->vendors = v;
    return OK;
}

enum err advisory_preview(struct ctx *cx, str case_id, const struct advisory *adv, enum lang lang,
                          const struct input *typed, struct portal_advisory *out)
{
    *out = (struct portal_advisory){0};
    fill_words(cx, adv, lang, typed, out);
    TRY(fill_vulns(cx, case_id, lang, out));
    return adv->state == ADVISORY_NONE ? OK : fill_vendors(cx, case_id, adv, lang, out);
}
