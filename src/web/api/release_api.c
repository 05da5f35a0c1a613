/* release_api.c - see release_api.h. */
#include "web/api/release_api.h"

#include "app/release_kept.h"
#include "app/release_plan.h"
#include "web/api_doc.h"

/* --- answers -------------------------------------------------------------------------------------- */

struct plan_out {
    struct release_plan p;
    str lang, kind, state, zone;
};
#define OF_PLAN(m, type)                                                                           \
    {                                                                                              \
#m, (type), offsetof(struct plan_out, p.m), 0, NULL, NULL                                  \
    }
#define OF_ORDER(m, name, type)                                                                    \
    {                                                                                              \
        (name), (type), offsetof(struct plan_out, p.order.m), 0, NULL, NULL                        \
    }
/* clang-format off */
static const struct out_field plan_fields[] = {
    OF_PLAN(id, OUT_STR), OF_PLAN(rev, OUT_I64),
    OUT(struct plan_out, lang, OUT_STR), OUT(struct plan_out, kind, OUT_STR),
    OUT(struct plan_out, state, OUT_STR),
    OF_ORDER(at, "at", OUT_INSTANT), OUT(struct plan_out, zone, OUT_STR),
    OF_ORDER(text[LANG_JA], "line_ja", OUT_STR), OF_ORDER(text[LANG_EN], "line_en", OUT_STR),
    OF_PLAN(planner, OUT_STR), OF_PLAN(planned_at, OUT_INSTANT),
    OF_PLAN(approver, OUT_STR), OF_PLAN(approved_at, OUT_OPT_INSTANT), OF_PLAN(built, OUT_STR),
    OF_PLAN(held_at, OUT_OPT_INSTANT), OF_PLAN(held_why, OUT_STR),
    OF_PLAN(released_at, OUT_OPT_INSTANT), OF_PLAN(revision, OUT_I64),
    OF_PLAN(cancelled_at, OUT_OPT_INSTANT), OF_PLAN(cancelled_why, OUT_STR),
    OF_PLAN(may_approve, OUT_BOOL), OF_PLAN(may_run, OUT_BOOL)};
/* clang-format on */
OUT_SCHEMA(plan_schema, "ReleasePlan", struct plan_out, plan_fields);

static struct plan_out out_of(const struct release_plan *p)
{
    return (struct plan_out){.p = *p,
                             .lang = p->order.lang == LANG_JA ? S("ja") : S("en"),
                             .kind = release_kind_name(p->order.kind),
                             .state = release_state_name(p->state),
                             .zone = zone_name(p->zone)};
}

struct finding_out {
    str form, level, test, path, message, mend;
};
static const struct out_field finding_fields[] = {
    OUT(struct finding_out, form, OUT_STR),    OUT(struct finding_out, level, OUT_STR),
    OUT(struct finding_out, test, OUT_STR),    OUT(struct finding_out, path, OUT_STR),
    OUT(struct finding_out, message, OUT_STR), OUT(struct finding_out, mend, OUT_STR)};
OUT_SCHEMA(finding_schema, "ReleaseFinding", struct finding_out, finding_fields);

static const struct out_field form_fields[] = {
    OUT(struct release_artefact, name, OUT_STR), OUT(struct release_artefact, url, OUT_STR),
    OUT(struct release_artefact, media, OUT_STR), OUT(struct release_artefact, sha256, OUT_STR)};
OUT_SCHEMA(form_schema, "ReleaseForm", struct release_artefact, form_fields);

struct cell_out {
    str form, verdict, where;
    struct strs values, expected;
};
static const struct out_field cell_fields[] = {
    OUT(struct cell_out, form, OUT_STR), OUT(struct cell_out, verdict, OUT_STR),
    OUT(struct cell_out, where, OUT_STR), OUT(struct cell_out, values, OUT_STRS),
    OUT(struct cell_out, expected, OUT_STRS)};
OUT_SCHEMA(cell_schema, "ReleaseFieldForm", struct cell_out, cell_fields);

struct row_out {
    str field;
    const struct cell_out *forms;
    size_t nforms;
};
static const struct out_field row_fields[] = {
    OUT(struct row_out, field, OUT_STR), OUT_ITEMS(struct row_out, forms, nforms, &cell_schema)};
OUT_SCHEMA(row_schema, "ReleaseField", struct row_out, row_fields);

struct dry_out {
    bool ready;
    str built;
    const struct release_artefact *forms;
    size_t nforms;
    const struct finding_out *findings;
    size_t nfindings;
    const struct row_out *fields;
    size_t nfields;
    struct release_made made;
};
static const struct out_field dry_fields[] = {
    OUT(struct dry_out, ready, OUT_BOOL),
    OUT(struct dry_out, built, OUT_STR),
    OUT_ITEMS(struct dry_out, forms, nforms, &form_schema),
    OUT_ITEMS(struct dry_out, findings, nfindings, &finding_schema),
    OUT_ITEMS(struct dry_out, fields, nfields, &row_schema),
    OUT_AS(struct dry_out, made.at, "rehearsed_at", OUT_INSTANT),
    OUT_AS(struct dry_out, made.record, "record", OUT_STR),
    OUT_AS(struct dry_out, made.key, "key", OUT_STR),
    OUT_AS(struct dry_out, made.version, "version", OUT_STR)};
OUT_SCHEMA(dry_schema, "ReleaseDryRun", struct dry_out, dry_fields);

struct waiting_out {
    struct plan_out plan;
    str case_id, number, title;
};
#define OF_WAITING(m, name, type)                                                                  \
    {                                                                                              \
        (name), (type), offsetof(struct waiting_out, plan.m), 0, NULL, NULL                        \
    }
/* clang-format off */
static const struct out_field waiting_fields[] = {
    OUT(struct waiting_out, case_id, OUT_STR), OUT(struct waiting_out, number, OUT_STR),
    OUT(struct waiting_out, title, OUT_STR), OF_WAITING(p.id, "plan", OUT_STR),
    OF_WAITING(lang, "lang", OUT_STR), OF_WAITING(kind, "kind", OUT_STR),
    OF_WAITING(state, "state", OUT_STR), OF_WAITING(p.order.at, "at", OUT_INSTANT),
    OF_WAITING(zone, "zone", OUT_STR), OF_WAITING(p.planner, "planner", OUT_STR),
    OF_WAITING(p.planned_at, "planned_at", OUT_INSTANT)};
/* clang-format on */
OUT_SCHEMA(waiting_schema, "ReleaseWaiting", struct waiting_out, waiting_fields);

/* --- reading -------------------------------------------------------------------------------------- */

static enum err list(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct release_plan *all;
    size_t n;
    TRY(release_plans(cx, rq->id, &all, &n));
    struct plan_out *out = NEWS(cx->a, struct plan_out, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] = out_of(&all[i]);
    return api_send_list(cx, an, &plan_schema, out, n, NO_STR, (i64)n);
}

static enum err list_waiting(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct release_waiting *all;
    size_t n;
    (void)rq;
    TRY(releases_waiting(cx, &all, &n));
    struct waiting_out *out = NEWS(cx->a, struct waiting_out, n + 1);
    for (size_t i = 0; i < n; i++)
        out[i] =
            (struct waiting_out){out_of(&all[i].plan), all[i].case_id, all[i].number, all[i].title};
    return api_send_list(cx, an, &waiting_schema, out, n, NO_STR, (i64)n);
}

static enum err send_plan(struct ctx *cx, struct request *rq, struct reply *an, str id)
{
    struct release_plan p;
    app_read_end(cx);
    TRY(release_plan_get(cx, rq->id, id, &p));
    struct plan_out out = out_of(&p);
    api_etag(cx, rq, an, p.rev);
    return api_send(cx, an, &plan_schema, &out);
}

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    return send_plan(cx, rq, an, rq->seg[1]);
}

static const struct row_out *rows_of(struct ctx *cx, const struct release_dry *d)
{
    struct row_out *rows = NEWS(cx->a, struct row_out, SAID_FIELDS);
    for (enum said_field r = 0; r < SAID_FIELDS; r++) {
        struct cell_out *cells = NEWS(cx->a, struct cell_out, SAID_FORMATS);
        rows[r] = (struct row_out){said_field_name(r), cells, 0};
        for (enum said_format f = 0; f < SAID_FORMATS; f++) {
            const struct said_cell *c = &d->rows[r].cell[f];
            if (c->verdict != SAID_NOT_BUILT)
                cells[rows[r].nforms++] =
                    (struct cell_out){said_format_name(f), said_verdict_name(c->verdict),
                                      str_z(c->carry.where), c->values, c->expected};
        }
    }
    return rows;
}

static enum err rehearse(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct release_plan p;
    struct release_dry *d = NEW(cx->a, struct release_dry);
    TRY(release_plan_get(cx, rq->id, rq->seg[1], &p));
    struct release_made made;
    TRY(release_rehearsed(cx, rq->id, &p, str_eq(query_get(rq, "anew"), S("yes")), d, &made));
    struct finding_out *all = NEWS(cx->a, struct finding_out, d->findings.n + 1);
    for (size_t i = 0; i < d->findings.n; i++) {
        const struct release_finding *f = &d->findings.v[i];
        str mend = release_finding_mend(cx->a, f, cx->lang);
        all[i] = (struct finding_out){f->artefact,
                                      release_level_name(f->level),
                                      f->test,
                                      f->path,
                                      release_finding_words(cx->a, f, cx->lang),
                                      mend.n > 0 ? mend : NO_STR};
    }
    struct dry_out out = {d->ready,       d->digest,   d->artefacts.v,
                          d->artefacts.n, all,         d->findings.n,
                          rows_of(cx, d), SAID_FIELDS, made};
    return api_send(cx, an, &dry_schema, &out);
}

/* --- acts ----------------------------------------------------------------------------------------- */

static enum err add(struct ctx *cx, struct request *rq, struct reply *an)
{
    str id;
    TRY(release_plan_add(cx, rq->id, &rq->in, &id));
    return send_plan(cx, rq, an, id);
}

static enum err approve(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    TRY(api_if_match(cx, rq, an, &rev));
    str built = input_get(&rq->in, S("built"));
    TRY(api_edited(an, release_plan_approve(cx, rq->id, rq->seg[1], rev, built)));
    return send_plan(cx, rq, an, rq->seg[1]);
}

static enum err unapprove(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, release_plan_unapprove(cx, rq->id, rq->seg[1], rev)));
    return send_plan(cx, rq, an, rq->seg[1]);
}

static enum err cancel(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    TRY(api_if_match(cx, rq, an, &rev));
    TRY(api_edited(an, release_plan_cancel(cx, rq->id, rq->seg[1], rev, &rq->in)));
    return send_plan(cx, rq, an, rq->seg[1]);
}

static enum err run(struct ctx *cx, struct request *rq, struct reply *an)
{
    TRY(release_plan_run(cx, rq->id, rq->seg[1]));
    return send_plan(cx, rq, an, rq->seg[1]);
}

/* clang-format off */
static const struct field_rule approve_rules[] = {
    {.name = S_INIT("built"), .type = FIELD_LINE, .required = true, .max = 200}};
#define PLAN_DOC(name, what, ...) static const struct api_doc name = {.tag = "records", .summary = what, .out = &plan_schema, __VA_ARGS__}
PLAN_DOC(doc_list, "The release plans of a case, newest first", .flags = API_ALL);
static const struct api_doc doc_waiting = {.tag = "cases", .summary = "Release plans that wait for you: of others, not approved or changed since, and your own that could not be released; the nearest instant first", .out = &waiting_schema, .flags = API_ALL};
PLAN_DOC(doc_show, "One of them, with its revision", .flags = API_ETAG);
static const struct api_doc doc_dry = {.tag = "records", .summary = "Rehearse it: every public form is built, checked and compared; built is what an approval names. The last rehearsal holds as long as nothing changed; ?anew=yes makes one now", .out = &dry_schema};
PLAN_DOC(doc_add, "Plan a release; another person has to approve it", .in = release_plan_rules, .nin = COUNT(release_plan_rules));
PLAN_DOC(doc_approve, "Approve it, as another person than who planned it", .in = approve_rules, .nin = COUNT(approve_rules), .flags = API_ETAG);
PLAN_DOC(doc_unapprove, "Take the approval back", .flags = API_ETAG);
PLAN_DOC(doc_cancel, "Cancel it", .in = release_cancel_rules, .nin = COUNT(release_cancel_rules), .flags = API_ETAG);
PLAN_DOC(doc_run, "Release it now that its instant is reached");
enum { RIGHT = 1U << AUD_RELEASE };

static const struct route table[] = {
    {GET, S_INIT("/api/v1/inbox/releases"), NEED_PERSON, OF_NOTHING, 0, list_waiting, 0, 0, &doc_waiting},
    {GET, S_INIT("/api/v1/cases/{}/releases"), NEED_PERSON, OF_CASE, RIGHT, list, 0, 0, &doc_list},
    {POST, S_INIT("/api/v1/cases/{}/releases"), NEED_PERSON, OF_CASE, RIGHT, add, 0, 0, &doc_add},
    {GET, S_INIT("/api/v1/cases/{}/releases/{}"), NEED_PERSON, OF_CASE, RIGHT, show, 0, 0, &doc_show},
    {GET, S_INIT("/api/v1/cases/{}/releases/{}/dry-run"), NEED_PERSON, OF_CASE, RIGHT, rehearse, 0, 0, &doc_dry},
    {POST, S_INIT("/api/v1/cases/{}/releases/{}/approve"), NEED_PERSON, OF_CASE, RIGHT, approve, ROUTE_APART, 0, &doc_approve},
    {POST, S_INIT("/api/v1/cases/{}/releases/{}/unapprove"), NEED_PERSON, OF_CASE, RIGHT, unapprove, 0, 0, &doc_unapprove},
    {POST, S_INIT("/api/v1/cases/{}/releases/{}/cancel"), NEED_PERSON, OF_CASE, RIGHT, cancel, 0, 0, &doc_cancel},
    {POST, S_INIT("/api/v1/cases/{}/releases/{}/run"), NEED_PERSON, OF_CASE, RIGHT, run, 0, 0, &doc_run},
};
/* clang-format on */
const struct routes release_api_routes = {table, COUNT(table)};
