/* publish_test.c - drafts, agreement, release, update, withdrawal, and what the public sees. */
#include "app/portal.h"
#include "app/publish.h"
#include "app/reports.h"
#include "app/statuses.h"
#include "app/vulns.h"
#include "help/released.h"
#include "help/scene.h"
#include "t.h"

static void ask(struct walk *w, i64 rev)
{
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_ask(cx, w->case_id, rev));
    (void)stage_later(w->st, MINUTE);
}

static struct advisory view(struct walk *w, const char *who)
{
    struct ctx *cx = walk_as(w, who);
    struct advisory adv;
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv));
    return adv;
}

static void release(struct walk *w)
{
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", "statement", "Our own view",
             NULL);
    walk_act(w, "coordinator", "", "5.2.2", 1, NULL);
}

static struct portal_advisory page(struct walk *w, enum lang lang)
{
    struct ctx *cx = stage_nobody(w->st);
    struct portal_advisory p;
    bool other;
    struct q_advisory_of adv;
    CHECK_OK(cx, app_read(cx));
    CHECK_OK(cx, q_advisory_of(cx->db, &adv, .case_id = w->case_id));
    CHECK_OK(cx, portal_get(cx, lang, adv.number, &p, &other));
    return p;
}

APP_TEST(the_public_page_shows_what_was_agreed_in_both_languages)
{
    struct walk *w = undrafted(st);
    vulnerability_add(w);
    i64 rev = draft_save(w, draft_save(w, 0, draft_ja(a)), draft_en(a));
    ask(w, rev);
    release(w);
    struct portal_advisory ja = page(w, LANG_JA), en = page(w, LANG_EN);
    CHECK_STR(S("Gateway X における脆弱性"), ja.line.title);
    CHECK_STR(S("The overview"), en.section[SECTION_OVERVIEW]);
    CHECK_STR(S("CVE-2023-5915"), en.line.cves);
    CHECK_I64(53, en.line.score);
    CHECK_STR(S("Resource exhaustion"), en.vulns[0].title);
    CHECK_I64(1, (i64)en.nvendors); /* the other one never agreed to be named */
    CHECK_STR(S("mihon Inc."), en.vendors[0].name);
    CHECK_STR(S("affected"), en.vendors[0].status);
    CHECK_STR(S("Our own view"), en.vendors[0].statement);
    CHECK_STR(S("Our own view"), ja.vendors[0].statement);
    CHECK_STR(S("en"), ja.vendors[0].statement_lang);
    CHECK_STR(S("Published"), en.history[0].text);
    CHECK(ja.other && ja.other_published.is);
    CHECK_STR(S("This vulnerability was reported to reception Inc. under the Information Security "
                "Early Warning Partnership by Taro Finder. coordinator Inc. coordinated with the "
                "developer."),
              en.section[SECTION_CREDIT]);
    str all = NO_STR;
    struct ctx *cx = stage_nobody(st);
    struct q_publication_get row;
    CHECK_OK(cx, app_read(cx));
    CHECK_OK(cx, q_publication_get(cx->db, &row, .number = en.line.number, .lang = S("en")));
    all = row.content;
    CHECK(str_find(all, S(" at mihon")) < 0); /* no answer of any step */
    CHECK(str_find(all, S("report/")) < 0);   /* nothing of the report */
    CHECK(str_find(all, S("reiji")) < 0);
}

APP_TEST(nothing_is_published_without_a_text_or_with_one_that_was_changed_since)
{
    struct walk *w = undrafted(st);
    struct ctx *cx = walk_as(w, "coordinator");
    struct step_ref ref = {w->case_id, walk_lane(w, "mihon"), S("5.2.1")};
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, step_skip(cx, &ref, stage_input(a, "reason", "silent", NULL)));
    (void)stage_later(st, MINUTE);
    CHECK_ERR(E_INVALID, walk_try(w, "coordinator", "", "5.2.2", 1, NULL));
    struct input *in = draft_ja(a);
    in->v[1].value = S(""); /* no overview */
    i64 rev = draft_save(w, 0, in);
    CHECK_ERR(E_INVALID, walk_try(w, "coordinator", "", "5.2.2", 1, NULL));
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID, advisory_ask(cx, w->case_id, rev));
    CHECK_STR(S("ja.overview: section_missing; "), stage_why(cx));
    rev = draft_save(w, rev, draft_ja(a));
    ask(w, rev);
    rev = draft_save(w, rev, stage_input(a, "ja.impact", "ほかの影響", NULL));
    CHECK(view(w, "coordinator").changed_since_asked);
    CHECK_ERR(E_INVALID, walk_try(w, "coordinator", "", "5.2.2", 1, NULL));
    ask(w, rev);
    CHECK_OK(cx, walk_try(w, "coordinator", "", "5.2.2", 1, NULL));
    struct portal_advisory ja = page(w, LANG_JA);
    CHECK_I64(1, (i64)ja.nvendors); /* skipped: listed, with nothing it did not agree to */
    CHECK_STR(S("affected"), ja.vendors[0].status);
    CHECK(ja.vendors[0].statement.n == 0 && json_count(ja.vendors[0].products) == 0);
}

APP_TEST(who_agreed_to_an_older_text_is_asked_anew)
{
    struct walk *w = undrafted(st);
    i64 rev = draft_save(w, 0, draft_ja(a));
    ask(w, rev);
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", NULL);
    CHECK_I64(AGREEMENT_GIVEN, view(w, "coordinator").lanes[0].state);
    CHECK_I64(ADVISORY_PLANNED, view(w, "coordinator").state);
    rev = draft_save(w, rev, stage_input(a, "ja.impact", "大きな影響", NULL));
    CHECK_I64(AGREEMENT_OLDER, view(w, "coordinator").lanes[0].state);
    /* the vendor still reads what it was asked about */
    CHECK_STR(S("影響です"), view(w, "mihon.poc").words[LANG_JA].section[SECTION_IMPACT]);
    CHECK_STR(S("大きな影響"), view(w, "reception").words[LANG_JA].section[SECTION_IMPACT]);
    STATE(w, "mihon", "5.2.1", "done");
    ask(w, rev);
    STATE(w, "mihon", "5.2.1", "open");
    CHECK_STR(S("大きな影響"), view(w, "mihon.poc").words[LANG_JA].section[SECTION_IMPACT]);
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "no", NULL);
    CHECK_I64(AGREEMENT_REFUSED, view(w, "coordinator").lanes[0].state);
    ask(w, rev); /* after a refusal the same text may be put forward once more */
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", NULL);
    CHECK_I64(AGREEMENT_GIVEN, view(w, "coordinator").lanes[0].state);
    struct advisory_words old;
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_revision(cx, w->case_id, LANG_JA, 1, &old));
    CHECK_STR(S("影響です"), old.section[SECTION_IMPACT]);
    cx = walk_as(w, "mihon.poc");
    CHECK_ERR(E_NOT_FOUND, advisory_revision(cx, w->case_id, LANG_JA, 1, &old));
}

APP_TEST(of_two_who_save_at_once_the_second_hears_of_it)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    walk_begin(w, false);
    i64 rev = draft_save(w, 0, draft_ja(a)), other = 0;
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_ERR(E_CONFLICT, advisory_save(cx, w->case_id, 0, draft_ja(a), &other));
    draft_save(w, rev, stage_input(a, "ja.impact", "first", NULL));
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_CONFLICT, advisory_save(cx, w->case_id, rev,
                                        stage_input(a, "ja.impact", "second", NULL), &other));
    CHECK_STR(S("first"), view(w, "coordinator").words[LANG_JA].section[SECTION_IMPACT]);
    CHECK_I64(2, view(w, "coordinator").words[LANG_JA].revision);
    draft_save(w, rev + 1,
               stage_input(a, "ja.impact", "first", NULL)); /* unchanged: no new revision */
    CHECK_I64(2, view(w, "coordinator").words[LANG_JA].revision);
    cx = walk_as(w, "reception");
    CHECK_ERR(E_DENIED, advisory_save(cx, w->case_id, rev + 2, draft_ja(a), &other));
    cx = walk_as(w, "mihon.poc");
    CHECK_ERR(E_NOT_FOUND, advisory_save(cx, w->case_id, rev + 2, draft_ja(a), &other));
}

APP_TEST(an_advisory_is_listed_for_who_may_read_its_draft)
{
    static const struct {
        const char *who;
        size_t n;
    } people[] = {{"coordinator", 1}, {"reception", 1}, {"mihon.poc", 0}, {"auditor", 0}};
    stage_cast(st);
    struct walk *w = walk_new(st);
    walk_begin(w, false);
    draft_save(w, 0, draft_ja(a));
    for (size_t i = 0; i < COUNT(people); i++) {
        struct ctx *cx = walk_as(w, people[i].who);
        struct list_window win = {.limit = 10};
        struct advisory_line *lines;
        size_t n;
        CHECK_OK(cx, advisory_list(cx, (opt_i64){0}, &win, &lines, &n));
        CHECK_I64((i64)people[i].n, (i64)n);
        CHECK_I64((i64)people[i].n, win.total);
        CHECK_OK(cx, advisory_list(cx, SOME(1), &win, &lines, &n));
        CHECK_I64(0, (i64)n);
    }
}

APP_TEST(a_translation_goes_stale_section_by_section)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    walk_begin(w, false);
    i64 rev = draft_save(w, draft_save(w, 0, draft_ja(a)), draft_en(a));
    struct advisory adv = view(w, "coordinator");
    CHECK(adv.english_ready);
    CHECK_I64(TRANSLATION_NONE, adv.translation[SECTION_ANALYSIS]);
    rev = draft_save(w, rev,
                     stage_input(a, "ja.affected", "- Gateway X 2", "ja.analysis", "分析", NULL));
    adv = view(w, "coordinator");
    CHECK_I64(TRANSLATION_STALE, adv.translation[SECTION_AFFECTED]);
    CHECK_I64(TRANSLATION_MISSING, adv.translation[SECTION_ANALYSIS]);
    CHECK_I64(TRANSLATION_DONE, adv.translation[SECTION_IMPACT]);
    CHECK(!adv.english_ready);
    rev = draft_save(w, rev,
                     stage_input(a, "follows.affected", "yes", "en.analysis", "Analysis", NULL));
    CHECK(view(w, "coordinator").english_ready);
    /* back to what it followed is not stale either */
    rev = draft_save(w, rev, stage_input(a, "ja.impact", "x", NULL));
    CHECK_I64(TRANSLATION_STALE, view(w, "coordinator").translation[SECTION_IMPACT]);
    draft_save(w, rev, stage_input(a, "ja.impact", "影響です", NULL));
    CHECK_I64(TRANSLATION_DONE, view(w, "coordinator").translation[SECTION_IMPACT]);
}

APP_TEST(the_english_follows_by_its_own_act)
{
    struct walk *w = undrafted(st);
    struct portal_advisory p;
    bool other;
    i64 rev = draft_save(w, 0, draft_ja(a));
    ask(w, rev);
    release(w);
    struct ctx *cx = stage_nobody(st);
    CHECK_ERR(E_NOT_FOUND, portal_get(cx, LANG_EN, page(w, LANG_JA).line.number, &p, &other));
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID, advisory_release_english(cx, w->case_id, rev));
    CHECK(str_find(stage_why(cx), S("en.overview: english_missing")) >= 0);
    rev = draft_save(w, rev, draft_en(a));
    (void)stage_later(st, DAY);
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_release_english(cx, w->case_id, rev));
    struct portal_advisory ja = page(w, LANG_JA), en = page(w, LANG_EN);
    CHECK(en.line.published > ja.line.published);
    CHECK_I64(ja.line.published, en.other_published.v);
    /* an update whose translation is not ready leaves the English as it was */
    rev = draft_save(w, rev, stage_input(a, "ja.impact", "大きな影響", NULL));
    cx = walk_as(w, "coordinator");
    struct input *why = stage_input(a, "history_ja", "影響を更新", "history_en", "Impact", NULL);
    CHECK_OK(cx, advisory_update(cx, w->case_id, rev, why));
    CHECK_STR(S("The impact"), page(w, LANG_EN).section[SECTION_IMPACT]);
    CHECK_STR(S("影響を更新"), page(w, LANG_JA).history[0].text);
    rev = draft_save(w, rev, stage_input(a, "en.impact", "A large impact", NULL));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_release_english(cx, w->case_id, rev));
    CHECK_STR(S("A large impact"), page(w, LANG_EN).section[SECTION_IMPACT]);
    CHECK_STR(S("Impact"), page(w, LANG_EN).history[0].text);
    CHECK_I64(ADVISORY_UPDATED, view(w, "coordinator").state);
}

APP_TEST(a_vendor_that_says_it_anew_changes_the_public_page)
{
    struct walk *w = undrafted(st);
    ask(w, draft_save(w, draft_save(w, 0, draft_ja(a)), draft_en(a)));
    release(w);
    (void)stage_later(st, DAY);
    struct ctx *cx = walk_as(w, "reiji.poc");
    str lane = walk_lane(w, "reiji");
    i64 before = atomic_load(&st->app->generation);
    cx = walk_as(w, "reiji.poc");
    CHECK_OK(cx, status_change(cx, w->case_id, lane,
                               stage_input(a, "status", "not_affected", "statement_ja", "該当なし",
                                           "url", "https://reiji.example/", NULL)));
    CHECK_I64(before + 1, atomic_load(&st->app->generation));
    struct portal_advisory en = page(w, LANG_EN), ja = page(w, LANG_JA);
    CHECK_I64(2, (i64)en.nvendors);
    CHECK_STR(S("not_affected"), en.vendors[1].status);
    CHECK_STR(S("該当なし"), en.vendors[1].statement);
    CHECK_STR(S("ja"), en.vendors[1].statement_lang);
    CHECK_STR(S("The vendor status of reiji Inc. was updated"), en.history[0].text);
    CHECK_STR(S("reiji（日本語）のベンダステータスを更新しました"), ja.history[0].text);
    CHECK(en.vendors[1].updated > en.vendors[0].updated);
    (void)stage_later(st, DAY);
    cx = walk_as(w, "reiji.poc");
    CHECK_OK(cx, status_change(cx, w->case_id, lane, stage_input(a, "status", "affected", NULL)));
    en = page(w, LANG_EN);
    CHECK_I64(2, (i64)en.vendors[1].nhistory);
    CHECK_STR(S("not_affected"), en.vendors[1].history[0].text);
    CHECK_STR(S("affected"), en.vendors[1].history[1].text);
    cx = walk_as(w, "mihon.poc"); /* another's lane does not exist */
    CHECK_ERR(E_NOT_FOUND,
              status_change(cx, w->case_id, lane, stage_input(a, "status", "affected", NULL)));
}

APP_TEST(a_withdrawn_advisory_says_so_and_nothing_else)
{
    struct walk *w = undrafted(st);
    vulnerability_add(w);
    i64 rev = draft_save(w, draft_save(w, 0, draft_ja(a)), draft_en(a));
    ask(w, rev);
    release(w);
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_withdraw(cx, w->case_id, rev,
                                   stage_input(a, "reason_ja", "誤りでした", "reason_en",
                                               "It was a mistake", NULL)));
    struct portal_advisory en = page(w, LANG_EN);
    CHECK(en.line.withdrawn.is);
    CHECK_STR(S("It was a mistake"), en.reason);
    CHECK_STR(S(""), en.section[SECTION_OVERVIEW]);
    CHECK_STR(S("A vulnerability in Gateway X"), en.line.title);
    CHECK_I64(0, (i64)en.nvendors + (i64)en.nvulns);
    CHECK_STR(S("Withdrawn"), en.history[0].text);
    CHECK_I64(ADVISORY_WITHDRAWN, view(w, "coordinator").state);
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID,
              advisory_update(cx, w->case_id, rev,
                              stage_input(a, "history_ja", "x", "history_en", "x", NULL)));
}

static enum err settle(struct ctx *cx, void *case_id)
{
    return case_settle(cx, *(str *)case_id);
}

/* The shipped process, but for the coordinator's right to releases. */
static void take_release_right(struct stage *st, struct walk *w)
{
    struct process *p = NEW(st->a, struct process);
    struct process_text text = scene_tables();
    struct process_fault fault;
    str row = S("coordinated\tcoordinator\trelease\t");
    ptrdiff_t at = str_find(text.rights, row);
    must(at > 0);
    str rest = str_from(text.rights, (size_t)at);
    (void)str_cut(&rest, '\n');
    text.rights = str_join(st->a, str_sub(text.rights, 0, (size_t)at), rest);
    must(process_load(st->a, &text, p, &fault) == OK);
    st->app->process = p;
    struct ctx *cx = walk_as(w, "coordinator");
    STAGE_OK(cx, db_write(cx, settle, &w->case_id));
}

APP_TEST(who_may_write_the_text_alone_neither_updates_nor_withdraws_nor_releases_it)
{
    struct walk *w = released(st);
    struct ctx *cx = walk_as(w, "coordinator");
    struct advisory adv;
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv));
    take_release_right(st, w);
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_DENIED, advisory_update(
                            cx, w->case_id, adv.rev,
                            stage_input(a, "history_ja", "追記", "history_en", "Addition", NULL)));
    CHECK_ERR(E_DENIED, advisory_withdraw(
                            cx, w->case_id, adv.rev,
                            stage_input(a, "reason_ja", "誤り", "reason_en", "A mistake", NULL)));
    CHECK_ERR(E_DENIED, advisory_release_english(cx, w->case_id, adv.rev));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, advisory_view(cx, w->case_id, &adv)); /* the text is still theirs */
    CHECK(!page(w, LANG_JA).line.withdrawn.is);
}

APP_TEST(a_finder_who_wants_no_name_is_not_named)
{
    struct walk *w = undrafted(st);
    struct ctx *cx = walk_as(w, "finder");
    struct q_report_get row;
    CHECK_OK(cx, app_read(cx));
    CHECK_OK(cx, q_report_get(cx->db, &row, .id = w->report_id));
    CHECK_OK(cx, report_change_consents(cx, w->report_id, row.rev,
                                        stage_input(a, "tell_vendor", "no", "direct_contact", "no",
                                                    "publish_name", "no", NULL)));
    struct input *in = draft_ja(a);
    input_put(a, in, S("ja.credit"), S("ＴＡＲＯ　Ｆｉｎｄｅｒ 氏"));
    i64 rev = draft_save(w, 0, in);
    CHECK_STR(S("This vulnerability was reported to reception Inc. under the Information Security "
                "Early Warning Partnership. coordinator Inc. coordinated with the developer."),
              view(w, "coordinator").credit[LANG_EN]);
    ask(w, rev);
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", NULL);
    CHECK_ERR(E_INVALID, walk_try(w, "coordinator", "", "5.2.2", 1, NULL));
    rev = draft_save(w, rev, stage_input(a, "ja.credit", "", NULL));
    ask(w, rev);
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", NULL);
    walk_act(w, "coordinator", "", "5.2.2", 1, NULL);
    CHECK(str_find(page(w, LANG_JA).section[SECTION_CREDIT], S("Taro")) < 0);
}
