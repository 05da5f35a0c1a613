/* talk_test.c - who may write to whom, who then reads it, and what is passed on. */
#include "t.h"
#include "help/case_walk.h"

#include "app/talk.h"

static enum err say(struct walk *w, const char *who, str to, const char *text)
{
    (void)stage_later(w->st, SECOND);
    struct ctx *cx = walk_as(w, who);
    str id;
    struct input *in = stage_input(cx->a, "text", text, NULL);
    input_put(cx->a, in, S("to"), to);
    return talk_post(cx, w->case_id, in, &id);
}

static str to_lane(struct walk *w, const char *vendor)
{
    return str_join(w->st->a, S("coordination:"), walk_lane(w, vendor));
}

static const struct talk_thread *thread(const struct case_view *v, str key)
{
    for (size_t i = 0; i < v->talk.nthreads; i++)
        if (str_eq(v->talk.threads[i].key, key))
            return &v->talk.threads[i];
    return NULL;
}

/* What the newest entry of a thread says to somebody; absent: no such thread. */
static str last(struct walk *w, const char *who, str key)
{
    struct ctx *cx = walk_as(w, who);
    struct case_ask ask = {.thread = key};
    struct case_view v;
    if (case_view(cx, w->case_id, &ask, &v) != OK || thread(&v, key) == NULL || v.talk.n == 0)
        return NO_STR;
    return str_eq(v.talk.here, key) ? v.talk.v[v.talk.n - 1].body.v[0].text : NO_STR;
}

APP_TEST(the_coordinator_and_one_vendors_contact_talk_and_nobody_else_hears)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str key = to_lane(w, "mihon");
    CHECK_ERR(OK, say(w, "coordinator", key, "How far are you?"));
    CHECK_STR(S("How far are you?"), last(w, "mihon.poc", key));
    CHECK_ERR(OK, say(w, "mihon.poc", key, "Far enough"));
    CHECK_STR(S("Far enough"), last(w, "coordinator", key));
    static const char *const others[] = {"mihon.design", "reception", "reiji.poc"};
    for (size_t i = 0; i < COUNT(others); i++) {
        CHECK(last(w, others[i], key).p == NULL);
        CHECK_ERR(E_NOT_FOUND, say(w, others[i], key, "me, too"));
    }
}

APP_TEST(a_word_to_all_vendors_reaches_every_contact_that_was_notified)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    CHECK_ERR(OK, say(w, "coordinator", S("all"), "To all of you"));
    CHECK_STR(S("To all of you"), last(w, "mihon.poc", S("all")));
    CHECK_STR(S("To all of you"), last(w, "reiji.poc", S("all")));
    CHECK(last(w, "mihon.design", S("all")).p == NULL);
    CHECK(last(w, "reception", S("all")).p == NULL);
    CHECK_ERR(E_DENIED, say(w, "mihon.poc", S("all"), "I read it, I do not write it"));
}

APP_TEST(nothing_is_written_to_a_vendor_before_it_was_notified)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str kamei = stage_org_id(st, "kamei");
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx,
             case_add_vendors(cx, w->case_id, stage_input(a, "vendors", str_to_z(a, kamei), NULL)));
    CHECK_ERR(E_DENIED, say(w, "coordinator", to_lane(w, "kamei"), "It would wait unseen"));
    CHECK(thread(view_as(w, "coordinator", "", NULL), to_lane(w, "kamei")) == NULL);
}

APP_TEST(reception_and_coordinator_talk_and_the_coordinator_keeps_notes)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    CHECK_ERR(OK, say(w, "reception", S("reception"), "The finder asks"));
    CHECK_STR(S("The finder asks"), last(w, "coordinator", S("reception")));
    CHECK_ERR(OK, say(w, "coordinator", S("office"), "Remember"));
    CHECK_STR(S("Remember"), last(w, "coordinator", S("office")));
    CHECK(last(w, "reception", S("office")).p == NULL);
    CHECK_ERR(E_NOT_FOUND, say(w, "reception", S("office"), "x"));
    CHECK_ERR(E_NOT_FOUND, say(w, "mihon.poc", S("reception"), "x"));
}

APP_TEST(reception_writes_to_the_finder_who_is_told_and_reads_it)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str key = str_join(a, S("finder:"), w->report_id);
    (void)stage_later(st, DAY);
    CHECK_ERR(OK, say(w, "reception", key, "We are still at it"));
    CHECK_STR(S("We are still at it"), last(w, "reception", key));
    CHECK_STR(str_fmt(a, "%lld", (long long)clock_now(&st->app->clock)),
              help_sql_value(a, st->url, "SELECT told FROM report"));
    CHECK_ERR(E_NOT_FOUND, say(w, "coordinator", key, "x"));
    CHECK_STR(S("1"), help_sql_value(a, st->url,
                                     "SELECT count(*) FROM text WHERE kind = 'message' AND "
                                     "report_id IS NOT NULL"));
}

APP_TEST(in_a_direct_case_the_contact_talks_with_the_source)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    walk_report(w, NULL, "mihon");
    str key = str_join(a, S("finder:"), w->report_id);
    CHECK_ERR(OK, say(w, "mihon.poc", key, "Thank you"));
    CHECK_STR(S("Thank you"), last(w, "mihon.poc", key));
    CHECK_ERR(E_NOT_FOUND, say(w, "mihon.design", key, "x"));
    CHECK_ERR(E_NOT_FOUND, say(w, "coordinator", key, "x"));
}

APP_TEST(a_note_at_a_step_is_read_by_those_who_have_a_part_in_it)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    str key = str_fmt(a, "internal:%.*s:2.1.1", SV(walk_lane(w, "mihon")));
    CHECK_ERR(OK, say(w, "mihon.poc", key, "By Friday, please"));
    struct step_view *v = step_as(w, "mihon.design", "mihon", "2.1.1");
    CHECK_I64(1, (i64)v->nremarks);
    CHECK_STR(S("By Friday, please"), v->remarks[0].body);
    CHECK_STR(S("P. mihon.poc"), v->remarks[0].person);
    CHECK_ERR(OK, say(w, "mihon.design", key, "Yes"));
    CHECK_ERR(E_NOT_FOUND, say(w, "mihon.rnd", key, "x"));
    CHECK_ERR(E_NOT_FOUND, say(w, "coordinator", key, "x"));
    CHECK_I64(0, (i64)step_as(w, "mihon.rnd", "mihon", "2.1.1")->nremarks);
}

APP_TEST(what_is_written_is_said_to_exist_to_its_readers_alone)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    help_sql(st->url, "DELETE FROM outbox");
    CHECK_ERR(OK, say(w, "coordinator", to_lane(w, "mihon"), "secret words"));
    CHECK_STR(S("1"), help_sql_value(a, st->url, "SELECT count(*) FROM outbox"));
    CHECK_STR(S("0"), help_sql_value(a, st->url,
                                     "SELECT count(*) FROM history WHERE audience = 0 AND act = "
                                     "'message'"));
    CHECK_ERR(OK, say(w, "coordinator", S("all"), "more"));
    CHECK_STR(S("3"), help_sql_value(a, st->url, "SELECT count(*) FROM outbox"));
}

APP_TEST(an_empty_word_and_one_to_nowhere_are_refused)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    CHECK_ERR(E_INVALID, say(w, "coordinator", S("all"), "   "));
    CHECK_ERR(E_NOT_FOUND, say(w, "coordinator", S("nowhere"), "x"));
    CHECK_ERR(E_NOT_FOUND, say(w, "coordinator", S("coordination:nobody"), "x"));
    CHECK_ERR(E_NOT_FOUND, say(w, "kamei.poc", S("all"), "x"));
}

/* --- passing on --------------------------------------------------------------------------------- */

static enum err relay(struct walk *w, const char *who, str from, str to, const char *text, str *id)
{
    struct ctx *cx = walk_as(w, who);
    struct input *in = stage_input(cx->a, "text", text, NULL);
    input_put(cx->a, in, S("to"), to);
    input_put(cx->a, in, S("from"), from);
    return talk_relay(cx, w->case_id, in, id);
}

APP_TEST(what_is_passed_on_is_a_new_text_with_what_was_chosen)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    CHECK_ERR(OK, say(w, "mihon.poc", to_lane(w, "mihon"), "Public part. Secret part."));
    struct case_view *v = view_as(w, "coordinator", "", NULL);
    str from = v->talk.v[v->talk.n - 1].id, id;
    CHECK(v->talk.v[v->talk.n - 1].may_relay);
    CHECK_ERR(OK, relay(w, "coordinator", from, S("reception"), "Public part.", &id));
    CHECK_STR(S("Public part."), last(w, "reception", S("reception")));
    CHECK_STR(from,
              help_sql_value(
                  a, st->url,
                  str_to_z(a, str_fmt(a, "SELECT from_id FROM text WHERE id = '%.*s'", SV(id)))));
}

APP_TEST(only_what_one_reads_can_be_passed_on_and_only_to_where_one_writes)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    CHECK_ERR(OK, say(w, "coordinator", S("office"), "Ours"));
    struct case_view *v = view_as(w, "coordinator", "", NULL);
    str ours = v->talk.v[v->talk.n - 1].id, id;
    CHECK_ERR(E_NOT_FOUND, relay(w, "reception", ours, S("reception"), "x", &id));
    CHECK_ERR(E_INVALID, relay(w, "coordinator", ours, S("finder:x"), "x", &id));
    CHECK_ERR(E_NOT_FOUND, relay(w, "coordinator", S("no-id"), S("all"), "x", &id));
    CHECK_ERR(OK, relay(w, "coordinator", ours, S("all"), "Now yours", &id));
}

/* --- seen ------------------------------------------------------------------------------------------- */

APP_TEST(what_others_wrote_is_new_until_it_was_seen)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str key = to_lane(w, "mihon");
    CHECK_ERR(OK, say(w, "mihon.poc", key, "one")); /* who writes has seen */
    CHECK_I64(0, view_as(w, "mihon.poc", "", NULL)->talk.unread);
    (void)stage_later(st, MINUTE);
    CHECK_ERR(OK, say(w, "coordinator", key, "two"));
    struct case_view *v = view_as(w, "mihon.poc", "", NULL);
    CHECK_I64(1, v->talk.unread);
    CHECK_STR(key, v->talk.unread_key);
    CHECK(v->talk.v[v->talk.n - 1].unread);
    struct ctx *cx = walk_as(w, "mihon.poc");
    CHECK_OK(cx, talk_seen(cx, w->case_id, v->talk.newest));
    CHECK_I64(0, view_as(w, "mihon.poc", "", NULL)->talk.unread);
    cx = walk_as(w, "mihon.poc"); /* an older mark does not take it back */
    CHECK_OK(cx, talk_seen(cx, w->case_id, S("00000000-0000-7000-8000-000000000000")));
    CHECK_I64(0, view_as(w, "mihon.poc", "", NULL)->talk.unread);
    cx = walk_as(w, "kamei.poc");
    CHECK_ERR(E_NOT_FOUND, talk_seen(cx, w->case_id, v->talk.newest));
    cx = walk_as(w, "mihon.poc");
    CHECK_ERR(E_INVALID, talk_seen(cx, w->case_id, S("x")));
}
