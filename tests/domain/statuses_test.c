/* statuses_test.c - the words of closed lists, and tables of them that are bad. */
#include "t.h"

#include "base/asset.h"
#include "domain/flags.h"
#include "domain/remedies.h"
#include "domain/statuses.h"
#include "help/scene.h"

static str table(str path)
{
    const struct asset *x = asset_find(path);
    must(x != NULL);
    return x->bytes;
}

static str put(struct arena *a, str text, const char *old, const char *new)
{
    ptrdiff_t at = str_find(text, str_z(old));
    must(at >= 0);
    return str_fmt(a, "%.*s%s%.*s", SV(str_sub(text, 0, (size_t)at)), new,
                   SV(str_from(text, (size_t)at + strlen(old))));
}

/* --- vendor statuses -------------------------------------------------------------------- */

/* The portal's Japanese words and VULDEF 3.2's five values of affectedstatus. */
TEST(a_vendors_status_has_the_portals_word_and_vuldefs)
{
    static const struct {
        enum vendor_status status;
        const char *name, *ja, *vuldef;
    } want[] = {
        {STATUS_AFFECTED, "affected", "該当製品あり", "vulnerable"},
        {STATUS_NOT_AFFECTED, "not_affected", "該当製品なし", "notvulnerable"},
        {STATUS_AFFECTED_INVESTIGATING, "affected_investigating", "該当製品あり：調査中",
         "vulnerable_investigating"},
        {STATUS_NOT_AFFECTED_INVESTIGATING, "not_affected_investigating", "該当製品なし：調査中",
         "notvulnerable_investigating"},
        {STATUS_UNKNOWN, "unknown", "不明", "unknown"},
        {STATUS_INFORMED, "informed", "脆弱性情報提供済み", "unknown"},
    };
    struct statuses s;
    struct process_fault fault;
    CHECK_ERR(OK, statuses_load(a, table(S("process/statuses.tsv")), &s, &fault));
    CHECK_I64(VENDOR_STATUS_COUNT, (i64)COUNT(want));
    for (size_t i = 0; i < COUNT(want); i++) {
        enum vendor_status found;
        CHECK_STR(str_z(want[i].name), vendor_status_name(want[i].status));
        CHECK(vendor_status_find(str_z(want[i].name), &found) && found == want[i].status);
        CHECK_STR(str_z(want[i].ja), s.v[want[i].status].word[LANG_JA_AT]);
        CHECK_STR(str_z(want[i].vuldef), s.v[want[i].status].vuldef);
        CHECK(s.v[want[i].status].word[LANG_EN_AT].n > 0);
    }
    enum vendor_status none;
    CHECK(!vendor_status_find(S("safe"), &none));
}

TEST(a_bad_table_of_statuses_gives_its_line_and_a_sentence)
{
    static const struct {
        const char *old, *new, *what;
        int line;
    } bad[] = {
        {"\nunknown\t", "\nsafe\t", "unknown status safe", 8},
        {"\tnotvulnerable\t", "\tsafe\t", "VULDEF has no affectedstatus safe", 5},
        {"\nunknown\t", "\naffected\t", "affected stands twice", 8},
        {"\tUnknown", "\t-", "unknown: a word is missing in one language", 8},
        {"informed\tunknown\t脆弱性情報提供済み\tInformation provided, no answer yet\n", "",
         "there is no informed", 0},
        {"status\tvuldef", "vuldef", "column status is missing", 3},
    };
    struct statuses s;
    struct process_fault fault;
    for (size_t i = 0; i < COUNT(bad); i++) {
        str text = put(a, table(S("process/statuses.tsv")), bad[i].old, bad[i].new);
        CHECK_ERR(E_INVALID, statuses_load(a, text, &s, &fault));
        CHECK_STR(str_z(bad[i].what), fault.what);
        CHECK_STR(S("statuses"), fault.table);
        CHECK_I64(bad[i].line, fault.line);
    }
}

/* --- remedies ---------------------------------------------------------------------------- */

TEST(a_table_of_remedies_has_all_of_csafs_and_says_where_it_is_wrong)
{
    static const struct {
        const char *old, *new, *what;
        int line;
    } bad[] = {
        {"\nmitigation\t", "\nprayer\t", "unknown remedy prayer", 6},
        {"fix_planned\tnone_available", "fix_planned\tfix_planned",
         "CSAF 2.0 has no remediation fix_planned", 7},
        {"\tworkaround\taffected", "\tpatch\taffected", "VULDEF has no solutiontype patch", 5},
        {"\tclear\t", "\tall\t", "for wants affected or clear", 10},
        {"\tFix planned\t", "\t-\t", "fix_planned: a word is missing in one language", 7},
    };
    str good = table(S("process/remedies.tsv"));
    struct remedies r;
    struct process_fault fault;
    CHECK_ERR(OK, remedies_load(a, good, &r, &fault));
    CHECK_STR(S("none_available"), r.v[REMEDY_FIX_PLANNED].csaf20);
    CHECK(r.v[REMEDY_OPTIONAL_PATCH].csaf20.p == NULL && r.v[REMEDY_OPTIONAL_PATCH].clear);
    CHECK_STR(S("workaround"), r.v[REMEDY_MITIGATION].vuldef);
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_ERR(E_INVALID, remedies_load(a, put(a, good, bad[i].old, bad[i].new), &r, &fault));
        CHECK_STR(str_z(bad[i].what), fault.what);
        CHECK_I64(bad[i].line, fault.line);
    }
}

/* --- flags --------------------------------------------------------------------------------- */

TEST(a_table_of_flags_has_all_of_csafs)
{
    str good = table(S("process/flags.tsv"));
    struct flags f;
    struct process_fault fault;
    CHECK_ERR(OK, flags_load(a, good, &f, &fault));
    CHECK_STR(S("vulnerable_code_not_in_execute_path"), flag_name(FLAG_NOT_EXECUTED));
    CHECK_ERR(E_INVALID,
              flags_load(a, put(a, good, "\ncomponent_not_present", "\nnot_ours"), &f, &fault));
    CHECK_STR(S("unknown flag not_ours"), fault.what);
    CHECK_ERR(E_INVALID,
              flags_load(a, put(a, good, "inline_mitigations_already_exist\t", "#"), &f, &fault));
}

/* --- dispositions ----------------------------------------------------------------------- */

static str ids(struct arena *a, const struct dispositions *d, int kind, int stage)
{
    buf b = {.a = a};
    for (size_t i = 0; i < d->n; i++)
        if ((int)d->v[i].stage == stage && (d->v[i].kinds >> kind & 1))
            buf_putf(&b, "%s%.*s", b.n > 0 ? " " : "", SV(d->v[i].id));
    return buf_str(&b);
}

/* The partnership guideline's lists: five conditions of acceptance each (an incident is told
 * apart from no vulnerability), and the reasons to stop, unlawful means among them. */
TEST(every_reason_and_end_of_the_guideline_is_there_for_products_and_websites)
{
    static const char *const want[DISPOSITION_KIND_COUNT][DISPOSITION_STAGE_COUNT] = {
        {"refuse_incomplete refuse_contradiction refuse_scope refuse_no_vulnerability "
         "refuse_incident refuse_known",
         "stop_no_vulnerability stop_scope stop_low_impact stop_unlawful stop_published "
         "stop_all_notified",
         "end_published end_individual end_unreachable end_no_vulnerability end_withdrawn "
         "end_refused end_open"},
        {"refuse_incomplete refuse_contradiction refuse_scope refuse_no_vulnerability "
         "refuse_incident refuse_fixed",
         "stop_no_vulnerability stop_scope stop_low_impact stop_unlawful stop_fixed "
         "stop_operation stop_no_answer stop_declined",
         "end_modified end_deleted end_operation end_no_contact end_alerted "
         "end_no_vulnerability end_withdrawn end_refused end_open"},
    };
    struct dispositions d;
    struct process_fault fault;
    CHECK_ERR(OK, dispositions_load(a, table(S("process/dispositions.tsv")), &d, &fault));
    for (int kind = 0; kind < DISPOSITION_KIND_COUNT; kind++)
        for (int stage = 0; stage < DISPOSITION_STAGE_COUNT; stage++) {
            CHECK_STR(str_z(want[kind][stage]), ids(a, &d, kind, stage));
        }
    CHECK_STR(S("不受理"), disposition_find(&d, S("end_refused"))->word[LANG_JA_AT]);
    CHECK(disposition_find(&d, S("end_of_the_world")) == NULL);
}

TEST(a_bad_table_of_dispositions_gives_its_line_and_a_sentence)
{
    static const struct {
        const char *old, *new, *what;
    } bad[] = {
        {"refuse_known\tproduct", "refuse_known\tservice", "unknown word service"},
        {"refuse_known\tproduct", "refuse_known\t-", "kind wants product, website or *"},
        {"refuse_known\tproduct\trefuse", "refuse_known\tproduct\tlater", "unknown stage later"},
        {"refuse_known", "refuse_scope", "refuse_scope stands twice"},
        {"既に知られている", "-", "refuse_known: a word is missing in one language"},
    };
    struct dispositions d;
    struct process_fault fault;
    for (size_t i = 0; i < COUNT(bad); i++) {
        str text = put(a, table(S("process/dispositions.tsv")), bad[i].old, bad[i].new);
        CHECK_ERR(E_INVALID, dispositions_load(a, text, &d, &fault));
        CHECK_STR(str_z(bad[i].what), fault.what);
        CHECK_I64(10, fault.line);
    }
}

/* --- who and for whom ------------------------------------------------------------------- */

TEST(everybody_who_acts_has_a_name_in_both_languages)
{
    struct actor_words w;
    struct process_fault fault;
    str text = table(S("process/departments.tsv"));
    CHECK_ERR(OK, departments_load(a, text, &w, &fault));
    CHECK_STR(S("設計・製品主管"), w.word[ACTOR_DESIGN][LANG_JA_AT]);
    CHECK_STR(S("Overseas coordinator"), w.word[ACTOR_OVERSEAS][LANG_EN_AT]);
    for (int i = 0; i < ACTOR_COUNT; i++)
        CHECK(w.word[i][LANG_JA_AT].n > 0 && w.word[i][LANG_EN_AT].n > 0);

    CHECK_ERR(E_INVALID, departments_load(a, put(a, text, "\npr\t", "\npress\t"), &w, &fault));
    CHECK_STR(S("unknown actor press"), fault.what);
    CHECK_I64(17, fault.line);
    CHECK_ERR(E_INVALID, departments_load(a, put(a, text, "pr\t広報\tPR\n", ""), &w, &fault));
    CHECK_STR(S("there is no pr"), fault.what);
}

TEST(a_sentence_says_who_will_see_a_text_in_each_flow)
{
    struct audience_words w;
    struct process_fault fault;
    str text = table(S("process/audiences.tsv"));
    CHECK_ERR(OK, audiences_load(a, text, &w, &fault));
    CHECK_STR(S("発見者と受付機関だけが読みます。"),
              w.word[FLOW_COORDINATED][AUD_FINDER][LANG_JA_AT]);
    CHECK_STR(S("The source and the vendor’s contact, nobody else."),
              w.word[FLOW_DIRECT][AUD_REPORT][LANG_EN_AT]);
    CHECK_I64(0, (i64)w.word[FLOW_DIRECT][AUD_OFFICE][LANG_EN_AT].n);
    for (int i = 0; i < AUDIENCE_COUNT; i++)
        CHECK(w.word[FLOW_COORDINATED][i][LANG_JA_AT].n > 0);

    CHECK_ERR(E_INVALID, audiences_load(a, put(a, text, "\toffice\t", "\tclub\t"), &w, &fault));
    CHECK_STR(S("unknown audience club"), fault.what);
    CHECK_ERR(E_INVALID, audiences_load(a, put(a, text, "*\tnotice", "own\tnotice"), &w, &fault));
    CHECK_STR(S("unknown flow own"), fault.what);
    CHECK_ERR(E_INVALID,
              audiences_load(a, put(a, text, "coordinated\toffice", "*\ttitle"), &w, &fault));
    CHECK_STR(S("title stands twice"), fault.what);
}

TEST(the_words_fit_the_process)
{
    struct statuses s;
    struct audience_words w;
    struct process_fault fault;
    struct findings found = {0};
    str statuses = table(S("process/statuses.tsv")), audiences = table(S("process/audiences.tsv"));
    CHECK_ERR(OK, statuses_load(a, statuses, &s, &fault));
    CHECK_ERR(OK, audiences_load(a, audiences, &w, &fault));
    statuses_check(a, scene_process(a), &s, &w, &found);
    for (size_t i = 0; i < found.n; i++)
        (void)printf("%.*s\n", SV(found.v[i]));
    CHECK_I64(0, (i64)found.n);

    CHECK_ERR(OK, statuses_load(a, put(a, statuses, "\tAffected\n", "\tHit\n"), &s, &fault));
    w.word[FLOW_DIRECT][AUD_FINDER][LANG_JA_AT] = S("");
    statuses_check(a, scene_process(a), &s, &w, &found);
    CHECK_I64(2, (i64)found.n);
    CHECK_STR(S("2.6.1: affected has other words than in statuses"), found.v[0]);
    CHECK_STR(S("audiences: nothing says who sees finder in the direct flow"), found.v[1]);
}

TEST(a_step_that_offers_an_unknown_status_is_found)
{
    struct statuses s;
    struct audience_words w;
    struct process p;
    struct process_fault fault;
    struct findings found = {0};
    struct process_text text = scene_tables();
    text.questions = put(a, text.questions, "affected=該当製品あり=Affected;",
                         "affected=該当製品あり=Affected;safe=安全=Safe;");
    CHECK_ERR(OK, process_load(a, &text, &p, &fault));
    CHECK_ERR(OK, statuses_load(a, table(S("process/statuses.tsv")), &s, &fault));
    CHECK_ERR(OK, audiences_load(a, table(S("process/audiences.tsv")), &w, &fault));
    statuses_check(a, &p, &s, &w, &found);
    CHECK_I64(1, (i64)found.n);
    CHECK_STR(S("2.6.1: safe is no vendor status"), found.v[0]);
}
