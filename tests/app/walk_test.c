/* walk_test.c - a real case of each kind, walked by separate people for every role and
 * department; after each step who sees what, and what the case waits for. */
#include "t.h"

#include "help/walk.h"

#include "app/advisory.h"
#include "app/reports.h"

static void save_and_ask(struct walk *w)
{
    struct ctx *cx = walk_as(w, "coordinator");
    i64 rev = 0;
    struct input *in =
        stage_input(cx->a, "ja.title", "Gateway X における脆弱性", "ja.overview", "概要",
                    "ja.affected", "- Gateway X", "ja.description", "詳細", "ja.impact", "影響",
                    "ja.solution", "更新する", "en.title", "A vulnerability in Gateway X",
                    "en.overview", "Overview", "en.affected", "- Gateway X", "en.description",
                    "Description", "en.impact", "Impact", "en.solution", "Update", NULL);
    CHECK_OK(cx, advisory_save(cx, w->case_id, 0, in, &rev));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_ask(cx, w->case_id, rev));
    (void)stage_later(w->st, MINUTE);
}

static void check_settled(struct walk *w)
{
    struct ctx *cx = stage_nobody(w->st);
    struct findings found = {0};
    CHECK_OK(cx, case_verify(cx, w->case_id, &found));
    for (size_t i = 0; i < found.n; i++)
        (void)printf("%.*s\n", SV(found.v[i]));
    CHECK_I64(0, (i64)found.n);
}

static void begin(struct walk *w)
{
    str id = stage_org_id(w->st, "mihon"), other = stage_org_id(w->st, "reiji");
    walk_report(w, NULL, NULL);
    CHECK(w->case_id.n == 0);
    walk_accept(w);
    KNOWS(w, "reception coordinator");
    WAITS(w, "coordinator:1.1");
    SEES(w, "", "0.1.1", "note", "reception coordinator");
    SEES(w, "", "0.1.1", "to_finder", "reception finder");
    SEES(w, "", "", "title", "reception coordinator");
    SEES(w, "", "", "details", "reception coordinator");

    walk_act(w, "coordinator", "", "1.1", 1, "vendors", str_to_z(w->st->a, id), "vendors",
             str_to_z(w->st->a, other), "reason", "because", NULL);
    WAITS(w, "coordinator:1.2.1 coordinator:1.2.1");
    KNOWS(w, "reception coordinator");
    SEES(w, "", "1.1", "reason", "coordinator");
}

static void notify(struct walk *w)
{
    walk_act(w, "coordinator", "mihon", "1.2.1", 1, "note", "for the contact", NULL);
    WAITS(w, "coordinator:1.2.1 mihon.poc:1.3.1");
    KNOWS(w, "reception coordinator mihon.poc");
    SEES(w, "", "1.2.1", "overview", "reception coordinator mihon.poc");
    SEES(w, "mihon", "1.2.1", "note", "coordinator mihon.poc");
    walk_act(w, "coordinator", "reiji", "1.2.1", 1, "overview", "1.2.1/1/overview at mihon", NULL);
    WAITS(w, "mihon.poc:1.3.1 reiji.poc:1.3.1");
    SEES(w, "", "1.2.1", "overview", "reception coordinator mihon.poc reiji.poc");

    walk_act(w, "mihon.poc", "mihon", "1.3.1", 1, "spread", "design", "spread", "rnd", "tell",
             "quality", "note", "please look", NULL);
    WAITS(w, "mihon.design:1.3.1 mihon.rnd:1.3.1* reiji.poc:1.3.1");
    KNOWS(w, "reception coordinator mihon.poc mihon.design mihon.rnd mihon.quality reiji.poc");
    SEES(w, "", "1.2.1", "overview",
         "reception coordinator mihon.poc mihon.design mihon.rnd reiji.poc");
    SEES(w, "mihon", "1.3.1", "note", "mihon.poc mihon.design mihon.rnd");
    SEES(w, "", "", "title", "reception coordinator mihon.poc mihon.design mihon.rnd reiji.poc");
    SEES(w, "", "", "details", "reception coordinator");
}

APP_TEST(case_a_walks_from_the_report_to_the_public_page)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    begin(w);
    notify(w);
    check_settled(w);
    (void)save_and_ask;
}
