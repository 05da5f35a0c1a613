/* cve_page.c - see cve_page.h. */
#include "web/pages/cve_page.h"

#include "app/case_view.h"
#include "web/frame.h"

static url here(struct ctx *cx, const struct request *rq, const char *tail)
{
    url vuln = url_seg(cx->a, lang_url(cx, "/cases/").s, rq->seg[0], S("/vulnerabilities/"));
    return url_seg(cx->a, vuln.s, rq->seg[1], str_z(tail));
}

static str word_named(struct ctx *cx, const char *beginning, str name)
{
    enum word w;
    str key = str_fmt(cx->a, "%s%.*s", beginning, SV(name));
    return word_find(key, &w) ? word(cx->lang, w) : name;
}

static void fill_findings(struct ctx *cx, const struct cve_draft *d, struct cve_view *v)
{
    struct cve_finding_item *all = NEWS(cx->a, struct cve_finding_item, d->findings.n + 1);
    for (size_t i = 0; i < d->findings.n; i++) {
        const struct cve_finding *f = &d->findings.v[i];
        all[i] =
            (struct cve_finding_item){f->must, word(cx->lang, f->must ? W_cve_must : W_cve_should),
                                      f->rule, cve_finding_words(cx->a, f, cx->lang)};
    }
    v->findings = all;
    v->nfindings = d->findings.n;
}

/* Those of this vulnerability; the rest of the case stands beside its own. */
static enum err fill_jobs(struct ctx *cx, const struct request *rq, struct cve_view *v)
{
    struct cve_job_line *rows;
    size_t n;
    TRY(cve_jobs_of(cx, rq->id, &rows, &n));
    struct cve_job_item *all = NEWS(cx->a, struct cve_job_item, n + 1);
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].vuln_id, rq->seg[1]))
            all[v->njobs++] = (struct cve_job_item){
                .kind = word_named(cx, "cve_kind_", rows[i].kind),
                .state = word_named(cx, "cve_state_", rows[i].state),
                .cve = rows[i].cve.n ? rows[i].cve : S(""),
                .error = rows[i].error.n ? rows[i].error : S(""),
                .message = rows[i].message.n ? rows[i].message : S(""),
                .made = rows[i].made,
            };
    v->jobs = all;
    return OK;
}

static enum err draw(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct cve_view *v = NEW(cx->a, struct cve_view);
    struct case_ident id;
    struct cve_draft d;
    bool may;
    TRY(case_head(cx, rq->id, rq->acc, &id));
    TRY(cve_build(cx, rq->id, rq->seg[1], false, &d));
    TRY(cve_may(cx, rq->id, &may));
    TRY(fill_jobs(cx, rq, v));
    fill_findings(cx, &d, v);
    v->number = id.number;
    v->name = d.record.id.n > 0 ? d.record.id : S("");
    v->json = d.json;
    v->cases = lang_url(cx, "/cases");
    v->case_href = url_seg(cx->a, lang_url(cx, "/cases/").s, rq->seg[0], S(""));
    v->vulns = url_seg(cx->a, lang_url(cx, "/cases/").s, rq->seg[0], S("/vulnerabilities"));
    v->ask = here(cx, rq, "/cve/number");
    v->publish = here(cx, rq, "/cve/publish");
    v->is_public = d.is_public;
    v->may_ask = may && d.record.id.n == 0;
    v->may_publish = may && d.is_public && !d.fails;
    v->csrf = csrf_field(cx, rq);
    v->problems = form_problems(cx, NULL, 0);
    an->title = str_fmt(cx->a, "%.*s %.*s", SV(word(cx->lang, W_cve_title)), SV(id.number));
    an->nav = S("cases");
    an->amber = true;
    tpl_cve(&an->out, v);
    return OK;
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw(cx, rq, an);
}

static enum err after(struct ctx *cx, struct request *rq, struct reply *an, enum err e)
{
    if (e == E_INVALID) {
        app_read_end(cx);
        an->status = HTTP_UNPROCESSABLE;
        return draw(cx, rq, an);
    }
    TRY(e);
    return redirect(cx, an, here(cx, rq, "/cve"), "cve_planned");
}

static enum err ask(struct ctx *cx, struct request *rq, struct reply *an)
{
    str job;
    return after(cx, rq, an, cve_plan_number(cx, rq->id, rq->seg[1], &job));
}

static enum err publish(struct ctx *cx, struct request *rq, struct reply *an)
{
    str job;
    return after(cx, rq, an, cve_plan_publish(cx, rq->id, rq->seg[1], &job));
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/cases/{}/vulnerabilities/{}/cve"),         NEED_PERSON, OF_CASE, 1U << AUD_DETAILS, show, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/vulnerabilities/{}/cve/number"),  NEED_PERSON, OF_CASE, 1U << AUD_DETAILS, ask, 0, 0, NULL},
    {POST, S_INIT("/{lang}/cases/{}/vulnerabilities/{}/cve/publish"), NEED_PERSON, OF_CASE, 1U << AUD_DETAILS, publish, 0, 0, NULL},
};
/* clang-format on */
const struct routes cve_routes = {table, COUNT(table)};
