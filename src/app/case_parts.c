/* case_parts.c - the parts of a case's view that are small: who it is, whom it concerns. */
#include "app/view_own.h"

#include "app/product_rows.h"
#include "app/vulns.h"
#include "base/vec.h"
#include "formats/json.h"
#include "formats/product_row.h"

/* --- identity ----------------------------------------------------------------------------------- */

static void ident_titles(const struct reader *r, const struct case_texts *t, struct case_ident *v)
{
    enum lang lang = r->cx->lang, other = lang == LANG_JA ? LANG_EN : LANG_JA;
    const struct text_line *own = text_title(t, lang, false);
    const struct text_line *second = text_title(t, other, true);
    if (own != NULL) {
        v->title = own->body;
        v->title_lang = own->lang;
    }
    if (second != NULL && second != own) {
        v->other = second->body;
        v->other_lang = second->lang;
    }
}

static void ident_vulns(const struct reader *r, const struct vuln *vulns, size_t n,
                        struct case_ident *v)
{
    buf b = {.a = r->cx->a};
    v->score = -1;
    for (size_t i = 0; i < n; i++) {
        if (vulns[i].score > v->score)
            v->score = vulns[i].score;
        if (vulns[i].cve.n > 0)
            buf_putf(&b, "%s%.*s", b.n ? " " : "", SV(vulns[i].cve));
    }
    v->cves = b.n ? buf_str(&b) : S("");
}

/* How much of the finder this reader may know. */
static str finder_word(const struct reader *r)
{
    bool named = r->cf->nreports > 0;
    for (size_t i = 0; i < r->cf->nreports; i++)
        named &= r->cf->reports[i].publish_name;
    if (access_has(r->acc, AUD_IDENTITY))
        return word(r->cx->lang, W_finder_known);
    return word(r->cx->lang, named ? W_finder_named : W_finder_hidden);
}

static opt_i64 overview_at(const struct reader *r)
{
    for (int step = 0; step < (int)r->cf->g.nsteps && r->own_lane > 0; step++) {
        const struct step_state *st = progress_at(&r->cf->g, r->own_lane, step);
        if ((case_step(r->cf, step)->then >> THEN_OVERVIEW & 1) && st->done_at > 0)
            return SOME(st->done_at);
    }
    return (opt_i64){0};
}

enum { PHASES_END = 6 };

static void take_phase(const struct reader *r, int lane, int step, int *open, int *waiting)
{
    if (reader_sight(r, lane, step) == SIGHT_NONE)
        return;
    enum chip_is is = chip_of(r, lane, step);
    int phase = case_step(r->cf, step)->phase;
    if ((is == CHIP_OPEN || is == CHIP_LATE) && phase < *open)
        *open = phase;
    if (is == CHIP_WAITING && phase < *waiting)
        *waiting = phase;
}

static int shown_phase(const struct reader *r)
{
    int open = PHASES_END, waiting = PHASES_END;
    for (int lane = 0; lane < (int)r->cf->nlanes; lane++)
        for (int step = 0; step < (int)r->cf->g.nsteps; step++)
            take_phase(r, lane, step, &open, &waiting);
    return open < PHASES_END ? open : waiting;
}

void ident_make(const struct reader *r, const struct case_texts *t, const struct vuln *vulns,
                size_t nvulns, struct case_ident *v)
{
    const struct q_case_get *row = &r->cf->row;
    *v = (struct case_ident){.id = row->id,
                             .digits = row->number,
                             .flow = r->cf->flow,
                             .entry = row->entry,
                             .opened = row->opened,
                             .planned = r->cf->planned,
                             .names_vendors = row->vendors_named};
    v->number = str_fmt(r->cx->a, "%.*s#%.*s", SV(r->cx->app->number_prefix), SV(row->number));
    v->tlp = str_join(r->cx->a, S("TLP:"), row->tlp);
    v->phase = shown_phase(r);
    v->overview_at = overview_at(r);
    v->finder = finder_word(r);
    ident_titles(r, t, v);
    ident_vulns(r, vulns, nvulns, v);
}

/* --- vendors --------------------------------------------------------------------------------------- */

static void show_said(const struct reader *r, const struct vendor_said *said, struct strs names,
                      struct vendor_line *v)
{
    bool ja = r->cx->lang == LANG_JA;
    str own = said->statement[ja ? LANG_JA : LANG_EN];
    v->status = said->status;
    v->at = said->at;
    v->url = said->url;
    v->statement = own.n ? own : said->statement[ja ? LANG_EN : LANG_JA];
    v->statement_lang = (own.n > 0) == ja ? S("ja") : S("en");
    v->said = v->may_say ? said : NULL;
    v->products =
        products_view(r->cx, product_rows_in(r->cx->a, said->products, ja), names, &v->nproducts);
}

static bool may_know(const struct reader *r, int lane, bool *answers)
{
    *answers = access_lane(r->acc, AUD_COORDINATION, r->cf->lanes[lane].id);
    return *answers || r->kinds[lane] != 0 || r->sees_vendors;
}

enum err vendors_make(const struct reader *r, struct case_view *out)
{
    struct vendor_line *lines = NEWS(r->cx->a, struct vendor_line, r->cf->nlanes + 1);
    struct vendor_said *said = NULL;
    struct strs names = vuln_names_of(r->cx, out->vulns, out->nvulns);
    size_t n = 0;
    if (access_has(r->acc, AUD_COORDINATION))
        TRY(said_load(r->cx, r->cf, false, &said, &n));
    for (int lane = 1; lane < (int)r->cf->nlanes; lane++) {
        bool answers;
        if (!may_know(r, lane, &answers))
            continue;
        struct vendor_line *v = &lines[out->nvendors++];
        *v = (struct vendor_line){.lane = r->cf->lanes[lane].id,
                                  .name = reader_lane_name(r, lane),
                                  .own = r->kinds[lane] != 0,
                                  .closed = r->cf->in.lanes[lane].closed && answers,
                                  .status = S("")};
        v->may_say =
            answers && r->cf->flow == FLOW_COORDINATED && reader_acts_as(r, lane, ACTOR_POC);
        for (size_t i = 0; i < n && answers; i++)
            if (said[i].lane == lane)
                show_said(r, &said[i], names, v);
    }
    out->vendors = lines;
    return OK;
}

void shares_make(const struct reader *r, struct case_view *out)
{
    const struct case_file *cf = r->cf;
    struct share_line *lines = NEWS(r->cx->a, struct share_line, cf->nparties + 1);
    bool body = reader_acts_as(r, 0, ACTOR_COORDINATOR) || reader_acts_as(r, 0, ACTOR_RECEPTION);
    for (size_t i = 0; i < cf->nparties && body; i++) {
        const struct q_case_parties *p = &cf->parties[i];
        bool analyst = str_eq(p->role, S("analyst"));
        bool other = str_eq(p->role, S("peer")) || str_eq(p->role, S("priority"));
        if (!analyst && (!other || !reader_acts_as(r, 0, ACTOR_COORDINATOR)))
            continue;
        lines[out->nshares++] = (struct share_line){.name = pick(r->cx, p->name_ja, p->name_en),
                                                    .role = p->role,
                                                    .level = p->level,
                                                    .delegated = p->delegated};
    }
    out->shares = lines;
}

void reports_make(const struct reader *r, struct case_view *out)
{
    const struct case_file *cf = r->cf;
    struct report_of_case *lines = NEWS(r->cx->a, struct report_of_case, cf->nreports + 1);
    for (size_t i = 0; i < cf->nreports; i++) {
        struct place p = {.audience = AUD_REPORT, .lane = S(""), .step = S("")};
        p.report_id = cf->reports[i].id;
        if (access_may(r->acc, &p))
            lines[out->nreports++] = (struct report_of_case){
                cf->reports[i].id, cf->reports[i].receipt, cf->reports[i].received};
    }
    out->reports = lines;
}
