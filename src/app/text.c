/* text.c - see text.h. */
#include "app/text.h"

#include "app/library.h"

#include "base/vec.h"
#include "gen/sql.h"

struct right_row {
    str lane, step;
    unsigned audiences;
};

struct access {
    VEC(struct right_row)
    str only_report; /* a finder: texts of this report alone */
};

static void give(struct ctx *cx, struct access *acc, str lane, str step, unsigned audiences)
{
    *PUSH(cx->a, acc) = (struct right_row){lane, step, audiences};
}

enum err access_case(struct ctx *cx, str case_id, const struct access **out)
{
    struct q_case_grants *rows;
    size_t n;
    struct access *acc = NEW(cx->a, struct access);
    TRY(app_read(cx));
    TRY(q_case_grants(cx->db, &rows, &n, .case_id = case_id, .principals = cx->who.principals));
    for (size_t i = 0; i < n; i++)
        give(cx, acc, rows[i].lane, rows[i].step, (unsigned)rows[i].audiences);
    acc->only_report = cx->who.report_id;
    *out = acc;
    return n > 0 ? OK : E_NOT_FOUND;
}

enum {
    OF_REPORT = AUD_BIT(AUD_REPORT) | AUD_BIT(AUD_IDENTITY) | AUD_BIT(AUD_FINDER),
};

/* Rights that rest on the report alone, with or without a case. */
static unsigned own_rights(const struct ctx *cx, const struct q_report_rights *r)
{
    unsigned bits = 0;
    if (str_eq(cx->who.report_id, r->id) && cx->who.report_id.n > 0)
        bits |= OF_REPORT;
    if (r->source_dept_id.p && user_has(&cx->who, r->source_dept_id))
        bits |= OF_REPORT;
    if (r->intake_dept_id.p && user_has(&cx->who, r->intake_dept_id))
        bits |= OF_REPORT | AUD_BIT(AUD_RECEPTION) | AUD_BIT(AUD_DETAILS);
    if (r->site_dept_id.p && r->site_notified.is && user_has(&cx->who, r->site_dept_id))
        bits |= AUD_BIT(AUD_DETAILS);
    if (r->helps)
        bits |= AUD_BIT(AUD_REPORT);
    return bits;
}

/* What a right to the case gives of its report.  The details are a text of the case: who has
 * them alone, as a vendor has, is not told of any report. */
static void give_of_case(struct ctx *cx, const struct access *of_case, struct access *acc)
{
    unsigned of_report = OF_REPORT | AUD_BIT(AUD_RECEPTION), any = 0;
    for (size_t i = 0; i < of_case->n; i++)
        if (of_case->v[i].lane.n == 0)
            any |= of_case->v[i].audiences;
    for (size_t i = 0; (any & of_report) && i < of_case->n; i++)
        if (of_case->v[i].lane.n == 0 &&
            (of_case->v[i].audiences & (of_report | AUD_BIT(AUD_DETAILS))))
            give(cx, acc, S(""), S(""),
                 of_case->v[i].audiences & (of_report | AUD_BIT(AUD_DETAILS)));
}

enum err access_report(struct ctx *cx, str report_id, const struct access **out)
{
    struct q_report_rights r;
    const struct access *of_case = NULL;
    TRY(app_read(cx));
    TRY(q_report_rights(cx->db, &r, .id = report_id, .person_id = cx->who.person_id));
    struct access *acc = NEW(cx->a, struct access);
    unsigned own = own_rights(cx, &r);
    if (own != 0)
        give(cx, acc, S(""), S(""), own);
    if (r.case_id.p != NULL) {
        enum err e = access_case(cx, r.case_id, &of_case);
        if (e != OK && e != E_NOT_FOUND)
            return e;
    }
    if (of_case != NULL && cx->who.report_id.n == 0)
        give_of_case(cx, of_case, acc);
    acc->only_report = report_id;
    *out = acc;
    return acc->n > 0 ? OK : E_NOT_FOUND;
}

bool access_may(const struct access *acc, const struct place *p)
{
    if (acc->only_report.n > 0 && !str_eq(acc->only_report, p->report_id))
        return false;
    for (size_t i = 0; i < acc->n; i++) {
        const struct right_row *r = &acc->v[i];
        bool lane = str_eq(r->lane, p->lane) || str_eq(r->lane, S("*"));
        bool step = r->step.n == 0 || str_eq(r->step, p->step);
        if (lane && step && (r->audiences & AUD_BIT(p->audience)))
            return true;
    }
    return false;
}

bool access_has(const struct access *acc, enum audience audience)
{
    for (size_t i = 0; i < acc->n; i++)
        if (acc->v[i].audiences & AUD_BIT(audience))
            return true;
    return false;
}

bool access_lane(const struct access *acc, enum audience audience, str lane)
{
    for (size_t i = 0; i < acc->n; i++)
        if ((acc->v[i].audiences & AUD_BIT(audience)) &&
            (str_eq(acc->v[i].lane, lane) || str_eq(acc->v[i].lane, S("*"))))
            return true;
    return false;
}

struct sealed text_seal(struct ctx *cx, str plain)
{
    return (struct sealed){str_copy(cx->a, plain.p ? plain : S(""))};
}

str text_open(const struct access *acc, const struct place *p, struct sealed s)
{
    return access_may(acc, p) ? s.box : NO_STR;
}

str text_open_document(const struct ctx *cx, bool is_open, struct sealed s)
{
    return is_open || library_may(cx).closed ? s.box : NO_STR;
}

str text_open_inside(struct sealed s)
{
    return s.box;
}

bool text_same(struct sealed x, struct sealed y)
{
    return str_eq(x.box, y.box);
}
