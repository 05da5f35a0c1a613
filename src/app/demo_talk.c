/* demo_talk.c - the demo's messages: with the finder, between bodies and vendors. */
#include "app/demo_own.h"

#include "app/reports.h"
#include "app/texts.h"

/* Which of our audiences a message of the files is for. */
static enum audience audience_of(const struct json *m)
{
    static const struct {
        const char *word;
        enum audience audience;
    } table[] = {{"reception", AUD_RECEPTION}, {"office", AUD_OFFICE}, {"operator", AUD_DETAILS}};
    str word = json_get_text(m, S("audience"));
    for (size_t i = 0; i < COUNT(table); i++)
        if (str_eq(word, str_z(table[i].word)))
            return table[i].audience;
    return json_get(m, S("vendor")) != NULL ? AUD_COORDINATION : AUD_ALL;
}

/* For which of the departments somebody writes: the first that it has. */
static str own_dept(const struct ctx *cx)
{
    return cx->who.nseats > 0 ? cx->who.seats[0].dept_id : NO_STR;
}

static enum err put_text(const struct demo_case *c, struct ctx *cx, const struct json *m,
                         struct place place)
{
    const struct access *acc;
    bool of_case = c->case_id.n > 0;
    TRY(of_case ? access_case(cx, c->case_id, &acc) : access_report(cx, c->report_id, &acc));
    if (!access_may(acc, &place))
        return E_DENIED;
    struct text_new t = {.case_id = of_case ? c->case_id : NO_STR,
                         .place = place,
                         .kind = S("message"),
                         .dept_id = own_dept(cx),
                         .body = json_get_text(m, S("text"))};
    return text_put(cx, &t, NULL);
}

/* In the talk of the report; after a mediation also the coordinator's. */
static enum err say(const struct demo_case *c, struct ctx *cx, const struct json *m)
{
    struct input in = {0};
    input_put(cx->a, &in, S("text"), json_get_text(m, S("text")));
    enum err e = report_say(cx, c->report_id, &in);
    if (e != E_DENIED || c->case_id.n == 0)
        return e;
    struct place place = {
        .audience = AUD_FINDER, .lane = S(""), .step = S(""), .report_id = c->report_id};
    return put_text(c, cx, m, place);
}

static enum err message(struct demo_case *c, struct ctx *cx, const struct json *m)
{
    str audience = json_get_text(m, S("audience"));
    TRY(demo_be(c, cx, json_get_text(m, S("from"))));
    if (str_eq(audience, S("finder")) || str_eq(audience, S("peer")))
        return say(c, cx, m);
    struct place place = {.audience = audience_of(m), .lane = S(""), .step = S("")};
    if (c->case_id.n == 0)
        place.report_id = c->report_id;
    if (place.audience == AUD_COORDINATION)
        TRY(demo_lane(c, cx, json_get_text(m, S("vendor")), &place.lane));
    return put_text(c, cx, m, place);
}

enum err demo_message(struct demo_case *c, const struct json *m)
{
    struct ctx *cx = demo_act(c, demo_at(c, json_get_text(m, S("at"))));
    return demo_act_end(c, cx, message(c, cx, m));
}
