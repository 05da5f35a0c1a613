/* report_record.c - a report that came by letter, mail or telephone is entered for its sender. */
#include "app/report_record.h"

#include "app/case_file.h"
#include "base/vec.h"

/* Who enters what: reception every kind; a vendor's contact what finders wrote to it; the
 * coordinator what overseas coordinators wrote to it (0.2.1). */
static const struct recorder {
    enum actor actor;
    bool all_kinds, overseas;
} recorders[] = {
    {ACTOR_RECEPTION, true, false},
    {ACTOR_COORDINATOR, false, true},
    {ACTOR_POC, false, false},
};

static const struct recorder *recorder_of(const struct ctx *cx, enum report_kind k)
{
    for (size_t i = 0; i < COUNT(recorders); i++)
        if ((k == REPORT_PRODUCT || recorders[i].all_kinds) &&
            user_seat(&cx->who, actor_name(recorders[i].actor)) != NULL)
            return &recorders[i];
    return NULL;
}

bool report_records(const struct ctx *cx, enum report_kind k)
{
    return recorder_of(cx, k) != NULL;
}

/* The overseas coordinators there are. */
static enum err from_choices(struct ctx *cx, struct field_rule *r)
{
    struct q_orgs_of_kind *rows;
    size_t n;
    TRY(app_read(cx));
    TRY(q_orgs_of_kind(cx->db, &rows, &n, .kind = S("overseas")));
    struct field_choice *c = NEWS(cx->a, struct field_choice, n + 1);
    for (size_t i = 0; i < n; i++)
        c[i] = (struct field_choice){rows[i].id,
                                     {[LANG_JA] = rows[i].name_ja, [LANG_EN] = rows[i].name_en}};
    *r = (struct field_rule){.name = S("overseas_from"),
                             .type = FIELD_CHOICE,
                             .required = true,
                             .choices = c,
                             .nchoices = n};
    return OK;
}

enum err report_record_rules(struct ctx *cx, enum report_kind k, const struct field_rule **out,
                             size_t *n)
{
    const struct recorder *r = recorder_of(cx, k);
    struct field_rule *rules = NEWS(cx->a, struct field_rule, 2);
    if (r == NULL)
        return E_NOT_FOUND;
    rules[0] = (struct field_rule){.name = S("came"), .type = FIELD_INSTANT, .required = true};
    if (r->overseas)
        TRY(from_choices(cx, &rules[1]));
    *out = rules;
    *n = r->overseas ? 2 : 1;
    return OK;
}

static enum err find_overseas(struct ctx *cx, str org_id, struct record *out)
{
    struct q_org_dept dept;
    enum err e = q_org_dept(cx->db, &dept, .org_id = org_id, .kind = actor_name(ACTOR_OVERSEAS));
    if (e == E_NOT_FOUND)
        return wrong(cx, S("overseas_from"), S("choice"));
    TRY(e);
    out->source = S("overseas");
    out->source_dept_id = dept.dept_id;
    return OK;
}

void record_split(struct ctx *cx, const struct input *in, struct input *record,
                  struct input *report)
{
    *record = *report = (struct input){0};
    for (size_t i = 0; i < in->n; i++) {
        str name = in->v[i].name;
        bool ours = str_eq(name, S("came")) || str_eq(name, S("overseas_from"));
        *PUSH(cx->a, ours ? record : report) = in->v[i];
    }
}

enum err record_read(struct ctx *cx, enum report_kind k, const struct input *in, struct record *out)
{
    struct value v[2];
    const struct field_rule *rules;
    size_t n;
    const struct recorder *r = recorder_of(cx, k);
    if (r == NULL)
        return E_NOT_FOUND;
    const struct seat *seat = user_seat(&cx->who, actor_name(r->actor));
    TRY(report_record_rules(cx, k, &rules, &n));
    TRY(form_read(cx, rules, n, in, v));
    if (v[0].n > cx->now)
        return wrong(cx, S("came"), S("future"));
    *out = (struct record){.recipient_id = seat->org_id,
                           .recipient_kind = seat->org_kind,
                           .dept_id = seat->dept_id,
                           .source = S("finder"),
                           .came = v[0].n};
    return r->overseas ? find_overseas(cx, v[1].text, out) : OK;
}
