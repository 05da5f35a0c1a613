/* case_acts_test.c - what the coordinator, and who else, may do with a case. */
#include "help/case_walk.h"
#include "t.h"

static const char *const logins[] = {"reception", "coordinator", "mihon.poc", "mihon.design",
                                     "reiji.poc", "kamei.poc",   "certx",     "analyst"};

typedef enum err act_fn(struct ctx *cx, str case_id, const struct input *in);

/* Who is refused how: each of the cast tries. */
static str tries(struct walk *w, act_fn *act, const struct input *in)
{
    buf b = {.a = w->st->a};
    for (size_t i = 0; i < COUNT(logins); i++) {
        struct ctx *cx = walk_as(w, logins[i]);
        enum err e = act(cx, w->case_id, in);
        if (e != E_NOT_FOUND)
            buf_putf(&b, "%s%s:%.*s", b.n ? " " : "", logins[i], SV(err_info[e].code));
    }
    return buf_str(&b);
}

static const char *const leaders = "reception:denied coordinator:ok mihon.poc:denied "
                                   "mihon.design:denied reiji.poc:denied";

static str history(struct walk *w, const char *who)
{
    struct case_view *v = view_as(w, who, "", NULL);
    return v->history[0].sentence;
}

APP_TEST(the_coordinator_gives_the_title_in_both_languages)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct input *in = stage_input(a, "title_ja", "認証回避", "title_en", "A bypass", NULL);
    CHECK_STR(str_z(leaders), tries(w, case_set_title, in));
    struct case_view *v = view_as(w, "mihon.design", "", NULL);
    CHECK_STR(S("A bypass"), v->ident.title);
    CHECK_STR(S("認証回避"), v->ident.other);
    CHECK_STR(S("changed the title"), history(w, "coordinator"));
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID, case_set_title(cx, w->case_id, stage_input(a, "title_ja", " ", NULL)));
}

APP_TEST(the_same_title_again_is_no_new_text)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct input *in = stage_input(a, "title_en", "A bypass", NULL);
    for (int i = 0; i < 2; i++) {
        struct ctx *cx = walk_as(w, "coordinator");
        CHECK_OK(cx, case_set_title(cx, w->case_id, in));
    }
    CHECK_STR(S("2"), help_sql_value(a, st->url, "SELECT count(*) FROM text WHERE kind='title'"));
}

APP_TEST(in_a_direct_case_the_contact_leads)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    walk_report(w, NULL, "mihon");
    struct input *in = stage_input(a, "title_en", "Ours", NULL);
    CHECK_STR(S("mihon.poc:ok"), tries(w, case_set_title, in));
    struct ctx *cx = walk_as(w, "mihon.poc");
    CHECK_OK(cx, case_set_tlp(cx, w->case_id, stage_input(a, "tlp", "RED", NULL)));
    CHECK_STR(S("TLP:RED"), view_as(w, "mihon.poc", "", NULL)->ident.tlp);
    cx = walk_as(w, "mihon.poc");
    CHECK_ERR(E_DENIED, case_name_vendors(cx, w->case_id, stage_input(a, "named", "yes", NULL)));
}

APP_TEST(every_change_of_the_date_is_told_to_reception_and_every_contacted_vendor)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    struct input *in =
        stage_input(a, "date", "2026-12-22T12:00:00+09:00", "reason", "The fix is late", NULL);
    help_sql(st->url, "DELETE FROM outbox");
    CHECK_STR(str_z(leaders), tries(w, case_set_date, in));
    CHECK_STR(S("3"), help_sql_value(a, st->url, "SELECT count(*) FROM outbox"));
    CHECK_STR(S("changed the planned date of publication to 2026-12-22 12:00 JST"),
              history(w, "mihon.quality"));
    struct case_view *v = view_as(w, "reiji.poc", "", NULL);
    CHECK_STR(S("2026-12-22 12:00 JST"), time_minute(a, v->ident.planned.v, zone_tokyo));
    CHECK_STR(S("The fix is late"), v->talk.v[v->talk.n - 1].body.v[0].text);
    struct ctx *cx = walk_as(w, "coordinator");
    in = stage_input(a, "date", "2026-10-01", "reason", "x", NULL);
    CHECK_ERR(E_INVALID, case_set_date(cx, w->case_id, in));
    CHECK_STR(S("date_past"), cx->problems.v[0].code);
}

APP_TEST(vendors_know_each_other_when_the_coordinator_says_so)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    CHECK_I64(1, (i64)view_as(w, "mihon.poc", "", NULL)->nvendors);
    CHECK_STR(str_z(leaders), tries(w, case_name_vendors, stage_input(a, "named", "yes", NULL)));
    struct case_view *v = view_as(w, "mihon.poc", "", NULL);
    CHECK_I64(2, (i64)v->nvendors);
    CHECK_STR(S("reiji Inc."), v->vendors[1].name);
    CHECK_I64(1, (i64)view_as(w, "mihon.design", "", NULL)->nvendors);
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, case_name_vendors(cx, w->case_id, stage_input(a, "named", "no", NULL)));
    CHECK_I64(1, (i64)view_as(w, "mihon.poc", "", NULL)->nvendors);
}

APP_TEST(a_named_vendors_answers_stay_its_own)
{
    struct walk *w = walked(st, WALKED_REPORTED);
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, case_name_vendors(cx, w->case_id, stage_input(a, "named", "yes", NULL)));
    struct case_view *v = view_as(w, "reiji.poc", "", NULL);
    CHECK_STR(S("mihon Inc."), v->vendors[0].name);
    CHECK_STR(S(""), v->vendors[0].status);
    CHECK_STR(S("affected"), view_as(w, "coordinator", "", NULL)->vendors[0].status);
}

static struct input *share(struct stage *st, const char *level, const char *delegated)
{
    str org = stage_org_id(st, "certx");
    return stage_input(st->a, "org", str_to_z(st->a, org), "level", level, "delegated", delegated,
                       NULL);
}

APP_TEST(an_overseas_coordinator_is_given_the_overview_then_the_details_then_nothing)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    CHECK_STR(str_fmt(a, "%s certx:denied", leaders), /* which by then may know of it */
              tries(w, case_share, share(st, "overview", "no")));
    KNOWS(w, "reception coordinator certx mihon.poc mihon.design mihon.rnd mihon.quality "
             "reiji.poc");
    SEES(w, "", "1.5.1", "details", "reception coordinator mihon.poc mihon.design");
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, case_share(cx, w->case_id, share(st, "details", "yes")));
    SEES(w, "", "1.5.1", "details", "reception coordinator certx mihon.poc mihon.design");
    SEES(w, "mihon", "1.2.1", "note", "coordinator certx mihon.poc"); /* delegated */
    struct case_view *v = view_as(w, "certx", "", NULL);
    CHECK_STR(S("0.1.1 done, 5.2.2 waiting"), board_row(a, v, "The case itself"));
    CHECK(str_find(board_row(a, v, "mihon Inc."), S("1.5.1 done")) >= 0);
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, case_share(cx, w->case_id, share(st, "none", "no")));
    KNOWS(w, "reception coordinator mihon.poc mihon.design mihon.rnd mihon.quality reiji.poc");
}

APP_TEST(a_case_is_shared_with_overseas_and_priority_bodies_alone)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str kamei = stage_org_id(st, "kamei");
    struct ctx *cx = walk_as(w, "coordinator");
    struct input *in = stage_input(a, "org", str_to_z(a, kamei), "level", "details", NULL);
    CHECK_ERR(E_INVALID, case_share(cx, w->case_id, in));
    CHECK_STR(S("org"), cx->problems.v[0].field);
    str ministry = stage_org(st, "priority", "ministry");
    (void)stage_dept(st, ministry, "priority");
    cx = walk_as(w, "coordinator");
    in =
        stage_input(a, "org", str_to_z(a, ministry), "level", "overview", "delegated", "yes", NULL);
    CHECK_OK(cx, case_share(cx, w->case_id, in));
    struct case_view *v = view_as(w, "coordinator", "", NULL);
    CHECK_STR(S("priority"), v->shares[0].role);
    CHECK(!v->shares[0].delegated); /* that is for coordinators */
}

APP_TEST(reception_names_an_analyst_who_reads_report_and_details)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str analyst = stage_person_id(st, "analyst"), design = stage_person_id(st, "mihon.design");
    struct ctx *cx = walk_as(w, "reception");
    CHECK_OK(cx, case_name_analyst(cx, w->case_id,
                                   stage_input(a, "person", str_to_z(a, analyst), NULL)));
    SEES(w, "", "", "details", "reception coordinator analyst");
    CHECK_STR(S("analyst"), view_as(w, "reception", "", NULL)->shares[0].role);
    cx = walk_as(w, "reception");
    CHECK_ERR(E_INVALID, case_name_analyst(cx, w->case_id,
                                           stage_input(a, "person", str_to_z(a, design), NULL)));
    cx = walk_as(w, "mihon.poc");
    CHECK_ERR(E_DENIED, case_name_analyst(cx, w->case_id,
                                          stage_input(a, "person", str_to_z(a, analyst), NULL)));
}

APP_TEST(a_silent_vendors_lane_ends_with_a_reason_and_begins_again)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str lane = walk_lane(w, "reiji");
    struct input *in = stage_input(a, "reason", "No answer for a month", NULL);
    WAITS(w, "mihon.design:1.3.1 mihon.rnd:1.3.1* reiji.poc:1.3.1");
    struct ctx *cx = walk_as(w, "mihon.poc");
    CHECK_ERR(E_DENIED, case_close_lane(cx, w->case_id, lane, in));
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID, case_close_lane(cx, w->case_id, lane, stage_input(a, NULL)));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, case_close_lane(cx, w->case_id, lane, in));
    WAITS(w, "mihon.design:1.3.1 mihon.rnd:1.3.1*");
    struct case_view *v = view_as(w, "coordinator", "", NULL);
    CHECK_STR(S("Ended"), v->board.rows[2].small);
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_CONFLICT, case_close_lane(cx, w->case_id, lane, in));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, case_reopen_lane(cx, w->case_id, lane, in));
    WAITS(w, "mihon.design:1.3.1 mihon.rnd:1.3.1* reiji.poc:1.3.1");
}

APP_TEST(further_vendors_come_in_later)
{
    struct walk *w = walked(st, WALKED_SPREAD);
    str kamei = stage_org_id(st, "kamei"), mihon = stage_org_id(st, "mihon");
    struct input *in = stage_input(a, "vendors", str_to_z(a, kamei), NULL);
    CHECK_STR(str_z("reception:denied coordinator:ok mihon.poc:denied mihon.design:denied "
                    "reiji.poc:denied"),
              tries(w, case_add_vendors, in));
    WAITS(w, "coordinator:1.2.1 mihon.design:1.3.1 mihon.rnd:1.3.1* reiji.poc:1.3.1");
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID, case_add_vendors(cx, w->case_id,
                                          stage_input(a, "vendors", str_to_z(a, mihon), NULL)));
    CHECK_STR(S("vendor_there"), cx->problems.v[0].code);
}
