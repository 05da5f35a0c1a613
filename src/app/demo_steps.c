/* demo_steps.c - the demo's acts: hops with their signatures, skips, facts. */
#include "app/demo_own.h"

#include "app/auth.h"
#include "app/reports.h"
#include "app/steps.h"

/* --- answers -------------------------------------------------------------------------------- */

static const struct question *question_of(const struct step *s, i64 hop, str field)
{
    for (size_t i = 0; i < s->nquestions; i++)
        if (s->questions[i].hop == hop && str_eq(s->questions[i].field, field))
            return &s->questions[i];
    return NULL;
}

static str product_status(str status)
{
    return str_eq(status, S("investigating")) ? S("under_investigation") : status;
}

/* In Japanese, and in English where that is something else. */
static void put_both(struct ctx *cx, struct input *in, str at, const char *column,
                     const struct json *words)
{
    str ja = demo_words(words, LANG_JA), en = demo_words(words, LANG_EN);
    input_put(cx->a, in, str_join(cx->a, at, str_z(column)), ja);
    if (en.n > 0 && !str_eq(ja, en))
        input_put(cx->a, in, str_fmt(cx->a, "%.*s%s_en", SV(at), column), en);
}

void demo_products(struct ctx *cx, const struct demo_case *c, str field, str vendor,
                   struct input *in)
{
    const struct json *products = json_get(c->j, S("products"));
    int row = 0;
    for (size_t i = 0; i < json_count(products); i++) {
        const struct json *p = json_at(products, i);
        if (!str_eq(json_get_text(p, S("vendor")), vendor))
            continue;
        str at = str_fmt(cx->a, "%.*s.%d.", SV(field), row++);
        put_both(cx, in, at, "name", json_get(p, S("name")));
        put_both(cx, in, at, "versions", json_get(p, S("versions")));
        input_put(cx->a, in, str_join(cx->a, at, S("status")),
                  product_status(json_get_text(p, S("status"))));
        input_put(cx->a, in, str_join(cx->a, at, S("vulnerability")),
                  json_get_text(p, S("vulnerability")));
        input_put(cx->a, in, str_join(cx->a, at, S("flag")), json_get_text(p, S("justification")));
    }
}

static enum err put_list(struct ctx *cx, const struct question *q, str value, struct input *in)
{
    while (value.n > 0) {
        str one = str_cut(&value, ',');
        struct q_org_by_slug org;
        if (q->type == ASK_VENDORS) {
            TRY(q_org_by_slug(cx->db, &org, .slug = one));
            one = org.id;
        }
        input_put(cx->a, in, q->field, one);
    }
    return OK;
}

static enum err put_answers(struct ctx *cx, const struct demo_case *c, const struct json *act,
                            const struct step *s, struct input *in)
{
    const struct json *answers = json_get(act, S("answers"));
    i64 hop = 0;
    (void)json_i64(json_get(act, S("hop")), &hop);
    for (size_t i = 0; i < json_count(answers); i++) {
        str field = json_key(answers, i), value = json_text(json_value(answers, i));
        const struct question *q = question_of(s, hop, field);
        if (str_eq(value, S("@products")))
            demo_products(cx, c, field, json_get_text(act, S("vendor")), in);
        else if (q != NULL && (q->type == ASK_DEPARTMENTS || q->type == ASK_VENDORS))
            TRY(put_list(cx, q, value, in));
        else
            input_put(cx->a, in, field, demo_value(cx->a, c, value));
    }
    return OK;
}

/* In which language somebody writes who uses the case's English words. */
static void choose_language(struct ctx *cx, const struct json *act)
{
    const struct json *answers = json_get(act, S("answers"));
    for (size_t i = 0; i < json_count(answers); i++)
        if (str_has_suffix(json_text(json_value(answers, i)), S(".en")) &&
            str_has_prefix(json_text(json_value(answers, i)), S("@")))
            cx->lang = LANG_EN;
}

/* --- hops and signatures ---------------------------------------------------------------------- */

/* How a step stands; E_NOT_FOUND: no such lane or step. */
static enum err look(struct ctx *cx, const struct step_ref *ref, struct case_file *cf, int *lane,
                     const struct step_state **st)
{
    TRY(case_load(cx, ref->case_id, cf));
    *lane = case_lane(cf, ref->lane);
    int step = process_step(cx->app->process, cf->flow, ref->step);
    if (*lane < 0 || step < 0)
        return E_NOT_FOUND;
    *st = progress_at(&cf->g, *lane, step);
    return OK;
}

/* Departments that take part sign at once. */
static enum err sign_all(const struct demo_case *c, struct ctx *cx, const struct step_ref *ref)
{
    struct case_file cf;
    const struct step_state *st;
    struct input none = {0};
    int lane;
    TRY(look(cx, ref, &cf, &lane, &st));
    unsigned missing = st->status == STEP_OPEN ? st->unsigned_ : 0;
    i64 round = st->round;
    for (int k = 0; k < ACTOR_COUNT; k++) {
        if (!(missing >> k & 1))
            continue;
        struct ctx *own = demo_act(c, cx->now);
        own->ids = cx->ids += 100;
        enum err e = demo_be_of(own, cf.lanes[lane].dept[k]);
        if (e == OK)
            e = step_sign(own, ref, round, (enum actor)k, &none);
        TRY(demo_act_end(c, own, e));
    }
    return OK;
}

static enum err hop(struct demo_case *c, struct ctx *cx, const struct json *act)
{
    struct step_ref ref = {.case_id = c->case_id, .step = json_get_text(act, S("step"))};
    struct case_file cf;
    const struct step_state *st;
    struct input in = {0};
    int lane;
    i64 at = 0;
    (void)json_i64(json_get(act, S("hop")), &at);
    TRY(demo_lane(c, cx, json_get_text(act, S("vendor")), &ref.lane));
    TRY(demo_be(c, cx, json_get_text(act, S("by"))));
    choose_language(cx, act);
    TRY(look(cx, &ref, &cf, &lane, &st));
    const struct step *s = case_step(&cf, process_step(cx->app->process, cf.flow, ref.step));
    TRY(put_answers(cx, c, act, s, &in));
    TRY(step_perform(cx, &ref, st->round, at, &in));
    return sign_all(c, cx, &ref);
}

static enum err skip(struct demo_case *c, struct ctx *cx, const struct json *act)
{
    struct step_ref ref = {.case_id = c->case_id, .step = json_get_text(act, S("step"))};
    struct input in = {0};
    TRY(demo_lane(c, cx, json_get_text(act, S("vendor")), &ref.lane));
    TRY(demo_be(c, cx, json_get_text(act, S("by"))));
    input_put(cx->a, &in, S("reason"), json_get_text(act, S("skip")));
    return step_skip(cx, &ref, &in);
}

/* The finder or source asks; in its own name, or by signing in. */
static enum err inquire(struct demo_case *c, struct ctx *cx, const struct json *act)
{
    str by = json_get_text(json_get(c->j, S("report")), S("by"));
    TRY(demo_be(c, cx, by.n > 0 ? by : S("finder")));
    return report_inquire(cx, c->report_id, json_get_text(act, S("fact")));
}

enum err demo_step(struct demo_case *c, const struct json *act)
{
    i64 at = demo_at(c, json_get_text(act, S("at")));
    str fact = json_get_text(act, S("fact"));
    if (str_eq(fact, S("draft_asked")))
        return demo_ask(c, at);
    struct ctx *cx = demo_act(c, at);
    enum err e = fact.p != NULL                     ? inquire(c, cx, act)
                 : json_get(act, S("skip")) != NULL ? skip(c, cx, act)
                                                    : hop(c, cx, act);
    return demo_act_end(c, cx, e);
}
