/* clocks_test.c - due instants by calendar, zone and edition; expected values are from a
 * calendar and from Python's zoneinfo. */
#include "t.h"

#include "base/asset.h"
#include "domain/clocks.h"

static str table(void)
{
    const struct asset *x = asset_find(S("process/clocks.tsv"));
    must(x != NULL);
    return x->bytes;
}

static const struct clocks *shipped(struct arena *a)
{
    struct clocks *c = NEW(a, struct clocks);
    struct process_fault fault;
    enum err e = clocks_load(a, table(), c, &fault);
    if (e != OK)
        (void)printf("clocks:%d: %.*s\n", fault.line, SV(fault.what));
    CHECK_ERR(OK, e);
    return c;
}

static i64 at(const char *text)
{
    i64 t;
    must(time_parse(str_z(text), zone_tokyo, &t));
    return t;
}

static struct clock_question ask(enum clock_scope scope)
{
    return (struct clock_question){
        .flow = FLOW_COORDINATED, .scope = scope, .zone = zone_tokyo, .now = 1};
}

static const struct clock_state *find(struct arena *a, const struct clock_question *q,
                                      const char *id)
{
    struct clock_states *all = NEW(a, struct clock_states);
    clocks_compute(a, shipped(a), q, all);
    for (size_t i = 0; i < all->n; i++)
        if (str_eq(all->v[i].row->id, str_z(id)))
            return &all->v[i];
    return NULL;
}

/* When the clock is due, in the question's zone; absent: it does not run. */
static str due(struct arena *a, const struct clock_question *q, const char *id)
{
    const struct clock_state *s = find(a, q, id);
    return s == NULL ? NO_STR : time_rfc3339(a, s->due, q->zone);
}

/* --- the shipped rows ------------------------------------------------------------------- */

TEST(the_shipped_table_is_sound)
{
    struct findings found;
    clocks_check(a, shipped(a), &found);
    for (size_t i = 0; i < found.n; i++)
        (void)printf("%.*s\n", SV(found.v[i]));
    CHECK_I64(0, (i64)found.n);
}

TEST(each_rule_gives_its_due_instant_also_over_month_ends)
{
    static const struct {
        const char *clock;
        enum clock_scope scope;
        enum instant start;
        const char *from, *due;
    } want[] = {
        {"acknowledge", SCOPE_REPORT, AT_REPORT_RECEIVED, "2026-01-31T10:00:00+09:00",
         "2026-02-07T10:00:00+09:00"},
        {"publication_target", SCOPE_LANE, AT_FIRST_CONTACT, "2026-01-15T17:30:00+09:00",
         "2026-03-01T17:30:00+09:00"},
        {"withdraw_nondisclosure", SCOPE_LANE, AT_OVERVIEW_NOTIFIED, "2024-02-29T09:00:00+09:00",
         "2025-02-28T09:00:00+09:00"},
        {"withdraw_nondisclosure", SCOPE_CASE, AT_OVERVIEW_NOTIFIED, "2026-11-21T09:00:00+09:00",
         "2027-11-21T09:00:00+09:00"},
        {"english_version", SCOPE_CASE, AT_PUBLISHED_JA, "2026-12-31T15:00:00+09:00",
         "2027-01-02T15:00:00+09:00"},
        {"site_report", SCOPE_REPORT, AT_SITE_NOTIFIED, "2025-11-30T12:00:00+09:00",
         "2026-02-28T12:00:00+09:00"},
        {"finder_word", SCOPE_REPORT, AT_REPORT_RECEIVED, "2027-02-20T00:00:00+09:00",
         "2027-03-22T00:00:00+09:00"},
        {"overseas_policy", SCOPE_CASE, AT_FIRST_CONTACT, "2026-01-15T17:30:00+09:00",
         "2026-03-01T17:30:00+09:00"},
        {"cve_record_aim", SCOPE_CASE, AT_PUBLISHED_JA, "2026-02-28T23:00:00+09:00",
         "2026-03-01T23:00:00+09:00"},
        {"cve_record", SCOPE_CASE, AT_PUBLISHED_JA, "2026-02-28T23:00:00+09:00",
         "2026-03-03T23:00:00+09:00"},
        {"cra_warning", SCOPE_LANE, AT_EXPLOITATION_AWARE, "2026-12-30T20:15:00+01:00",
         "2027-01-01T04:15:00+09:00"},
        {"cra_notification", SCOPE_LANE, AT_EXPLOITATION_AWARE, "2026-12-30T20:15:00+01:00",
         "2027-01-03T04:15:00+09:00"},
        {"cra_final", SCOPE_LANE, AT_FIX_AVAILABLE, "2026-03-20T09:00:00+09:00",
         "2026-04-03T09:00:00+09:00"},
        {"unreachable_product", SCOPE_LANE, AT_DEVELOPER_LISTED, "2026-05-31T10:00:00+09:00",
         "2026-08-31T10:00:00+09:00"},
        {"unreachable_committee", SCOPE_LANE, AT_DEADLINE_SHOWN, "2026-08-31T10:00:00+09:00",
         "2027-02-28T10:00:00+09:00"},
    };
    for (size_t i = 0; i < COUNT(want); i++) {
        struct clock_question q = ask(want[i].scope);
        q.when = (1u << CLOCK_WHEN_COUNT) - 1;
        CHECK_STR(NO_STR, due(a, &q, want[i].clock)); /* nothing is known: it does not run */
        q.at[want[i].start] = at(want[i].from);
        CHECK_STR(str_z(want[i].due), due(a, &q, want[i].clock));
    }
}

TEST(a_day_keeps_the_wall_clock_and_an_hour_does_not_where_clocks_change)
{
    struct clock_question q = ask(SCOPE_LANE);
    q.when = 1u << WHEN_EU_MARKET | 1u << WHEN_EXPLOITED;
    q.zone = zone_find(S("Europe/Berlin"));
    q.at[AT_EXPLOITATION_AWARE] = at("2026-03-28T12:00:00+01:00");
    q.at[AT_FIX_AVAILABLE] = at("2026-03-20T09:00:00+01:00");
    CHECK_STR(S("2026-03-29T13:00:00+02:00"), due(a, &q, "cra_warning"));
    CHECK_STR(S("2026-04-03T09:00:00+02:00"), due(a, &q, "cra_final"));

    q = ask(SCOPE_REPORT);
    q.zone = zone_find(S("America/New_York"));
    q.at[AT_REPORT_RECEIVED] = at("2026-10-31T12:00:00-04:00");
    CHECK_STR(S("2026-11-07T12:00:00-05:00"), due(a, &q, "acknowledge"));
    CHECK_I64(q.at[AT_REPORT_RECEIVED] + 24 * HOUR,
              clock_add(q.at[AT_REPORT_RECEIVED], 24, UNIT_HOURS, q.zone, NULL, 0));

    /* 02:30 does not exist on that day: the instant of the change */
    CHECK_I64(at("2026-03-29T01:00:00Z"), clock_add(at("2026-03-28T02:30:00+01:00"), 1, UNIT_DAYS,
                                                    zone_find(S("Europe/Berlin")), NULL, 0));
}

TEST(business_days_leave_out_weekends_and_holidays)
{
    const i64 golden_week[] = {at("2026-05-04"), at("2026-05-05"), at("2026-05-06")};
    struct clock_question q = ask(SCOPE_REPORT);
    q.at[AT_SITE_NOTIFIED] = at("2026-05-01T17:00:00+09:00"); /* a Friday */
    CHECK_STR(S("2026-05-08T17:00:00+09:00"), due(a, &q, "site_answer"));
    q.holidays = golden_week;
    q.nholidays = COUNT(golden_week);
    CHECK_STR(S("2026-05-13T17:00:00+09:00"), due(a, &q, "site_answer"));
    /* from a Saturday, the first business day is Monday */
    CHECK_I64(at("2026-05-11T08:00:00+09:00"), clock_add(at("2026-05-09T08:00:00+09:00"), 1,
                                                         UNIT_BUSINESS_DAYS, zone_tokyo, NULL, 0));
}

/* --- editions and settings -------------------------------------------------------------- */

TEST(the_publication_target_starts_by_edition_first_contact_by_default)
{
    static const struct {
        const char *edition, *due;
    } want[] = {
        {"", "2026-03-02T09:00:00+09:00"},
        {"guideline2022", "2026-03-02T09:00:00+09:00"},
        {"jpcert2012", "2026-02-24T09:00:00+09:00"},
        {"jpcert2014", "2026-03-07T09:00:00+09:00"},
    };
    struct clock_question q = ask(SCOPE_CASE);
    q.at[AT_HANDLING_BEGAN] = at("2026-01-10T09:00:00+09:00");
    q.at[AT_FIRST_CONTACT] = at("2026-01-16T09:00:00+09:00");
    q.at[AT_OVERVIEW_NOTIFIED] = at("2026-01-21T09:00:00+09:00");
    CHECK_STR(S("2026-03-02T09:00:00+09:00"), due(a, &q, "publication_target"));
    for (size_t i = 0; i < COUNT(want); i++) {
        struct clock_choice choice = {S("publication_target"), str_z(want[i].edition), 0};
        q.choices = &choice;
        q.nchoices = 1;
        CHECK_STR(str_z(want[i].due), due(a, &q, "publication_target"));
        CHECK_STR(S("2027-01-21T09:00:00+09:00"), due(a, &q, "withdraw_nondisclosure"));
    }
}

TEST(an_edition_that_is_not_there_gives_no_clock)
{
    struct clock_choice choice = {S("publication_target"), S("guideline1999"), 0};
    struct clock_question q = ask(SCOPE_CASE);
    q.at[AT_FIRST_CONTACT] = at("2026-01-16T09:00:00+09:00");
    q.choices = &choice;
    q.nchoices = 1;
    CHECK(find(a, &q, "publication_target") == NULL);
}

TEST(the_target_moves_with_the_agreed_date_and_never_publishes_by_itself)
{
    struct clock_question q = ask(SCOPE_CASE);
    q.at[AT_FIRST_CONTACT] = at("2026-01-16T09:00:00+09:00");
    q.now = at("2026-03-02T08:59:59+09:00");
    CHECK_I64(CLOCK_RUNNING, find(a, &q, "publication_target")->is);
    q.now = at("2026-03-02T09:00:00+09:00");
    const struct clock_state *s = find(a, &q, "publication_target");
    CHECK_I64(CLOCK_OVERDUE, s->is);
    CHECK_I64(CLOCK_TARGET, s->row->kind); /* an aim, so nothing follows from it */
    CHECK_I64(0, s->met_at);
    CHECK(!s->moved);
    q.at[AT_PUBLICATION_DATE] = at("2026-05-20T12:00:00+09:00");
    s = find(a, &q, "publication_target");
    CHECK_I64(CLOCK_RUNNING, s->is);
    CHECK(s->moved);
    CHECK_I64(at("2026-05-20T12:00:00+09:00"), s->due);
    CHECK_I64(at("2026-01-16T09:00:00+09:00"), s->start);
    q.at[AT_PUBLISHED_JA] = at("2026-05-20T12:00:30+09:00");
    CHECK_I64(CLOCK_MET, find(a, &q, "publication_target")->is);
    CHECK_I64(q.at[AT_PUBLISHED_JA], find(a, &q, "publication_target")->met_at);
}

TEST(silence_to_the_finder_past_the_interval_is_overdue_and_each_word_begins_anew)
{
    struct clock_choice weekly = {S("finder_word"), NO_STR, 7};
    struct clock_question q = ask(SCOPE_REPORT);
    q.at[AT_REPORT_RECEIVED] = at("2026-04-01T09:00:00+09:00");
    q.now = at("2026-05-01T09:00:00+09:00");
    CHECK_I64(CLOCK_OVERDUE, find(a, &q, "finder_word")->is);
    q.at[AT_FINDER_TOLD] = at("2026-04-20T09:00:00+09:00");
    CHECK_I64(CLOCK_RUNNING, find(a, &q, "finder_word")->is);
    CHECK_STR(S("2026-05-20T09:00:00+09:00"), due(a, &q, "finder_word"));
    q.choices = &weekly;
    q.nchoices = 1;
    CHECK_STR(S("2026-04-27T09:00:00+09:00"), due(a, &q, "finder_word"));
    CHECK_I64(CLOCK_OVERDUE, find(a, &q, "finder_word")->is);
    q.at[AT_FINDER_TOLD_END] = at("2026-05-01T08:00:00+09:00");
    CHECK_I64(CLOCK_MET, find(a, &q, "finder_word")->is);
}

TEST(a_right_is_reached_not_overdue)
{
    struct clock_question q = ask(SCOPE_LANE);
    q.at[AT_OVERVIEW_NOTIFIED] = at("2025-06-01T09:00:00+09:00");
    q.now = at("2026-06-01T08:59:00+09:00");
    CHECK_I64(CLOCK_RUNNING, find(a, &q, "withdraw_nondisclosure")->is);
    q.now = at("2026-06-01T09:00:00+09:00");
    CHECK_I64(CLOCK_REACHED, find(a, &q, "withdraw_nondisclosure")->is);
    q.at[AT_PUBLISHED_EN] = q.now;
    CHECK_I64(CLOCK_MET, find(a, &q, "withdraw_nondisclosure")->is);
}

/* --- where and when they run ------------------------------------------------------------ */

TEST(a_clock_runs_only_in_its_flow_in_its_scope_and_where_its_conditions_hold)
{
    struct clock_question q = ask(SCOPE_CASE);
    for (int i = 0; i < AT_CLOSED; i++)
        q.at[i] = at("2026-01-16T09:00:00+09:00");
    CHECK(find(a, &q, "publication_target") != NULL);
    CHECK(find(a, &q, "acknowledge") == NULL);     /* of a report */
    CHECK(find(a, &q, "english_version") == NULL); /* not first reported in Japan */
    CHECK(find(a, &q, "overseas_policy") == NULL);
    CHECK(find(a, &q, "cve_record") == NULL);
    q.when = 1u << WHEN_REPORTED_IN_JAPAN;
    CHECK(find(a, &q, "english_version") != NULL);
    q.scope = SCOPE_LANE;
    CHECK(find(a, &q, "english_version") == NULL);
    q.when = 1u << WHEN_EU_MARKET;
    CHECK(find(a, &q, "cra_warning") != NULL);
    CHECK(find(a, &q, "cra_final") == NULL); /* wants both conditions */
    q.flow = FLOW_DIRECT;
    CHECK(find(a, &q, "publication_target") == NULL);
    CHECK(find(a, &q, "cra_warning") != NULL);
}

TEST(a_record_is_due_from_the_earlier_of_the_two_publications)
{
    struct clock_question q = ask(SCOPE_CASE);
    q.when = 1u << WHEN_CVE_OURS;
    q.at[AT_PUBLISHED_JA] = at("2026-07-02T12:00:00+09:00");
    q.at[AT_PUBLISHED_EN] = at("2026-07-01T12:00:00+09:00");
    CHECK_STR(S("2026-07-04T12:00:00+09:00"), due(a, &q, "cve_record"));
}

TEST(the_nearest_comes_first_and_what_is_met_last)
{
    struct clock_question q = ask(SCOPE_CASE);
    struct clock_states all;
    q.when = 1u << WHEN_REPORTED_IN_JAPAN | 1u << WHEN_CVE_OURS;
    q.at[AT_FIRST_CONTACT] = at("2026-01-16T09:00:00+09:00");
    q.at[AT_OVERVIEW_NOTIFIED] = at("2026-01-16T09:00:00+09:00");
    q.at[AT_REPORT_RECEIVED] = at("2026-01-01T09:00:00+09:00");
    q.at[AT_FINDER_TOLD] = at("2026-03-10T12:00:00+09:00");
    q.at[AT_PUBLISHED_JA] = at("2026-03-10T12:00:00+09:00");
    clocks_compute(a, shipped(a), &q, &all);
    static const char *const order[] = {"cve_record_aim",     "english_version",
                                        "cve_record",         "finder_word",
                                        "publication_target", "withdraw_nondisclosure"};
    CHECK_I64(COUNT(order), (i64)all.n);
    for (size_t i = 0; i < all.n; i++)
        CHECK_STR(str_z(order[i]), all.v[i].row->id);
    CHECK_I64(CLOCK_MET, all.v[4].is);
}

/* --- bad tables ------------------------------------------------------------------------- */

static const char small[] =
    "clock\tflow\tscope\tedition\tdefault\tkind\tstart\tadd\tstops\tmoved_by\twhen\tja\ten\t"
    "source_ja\tsource_en\n"
    "one\t*\tcase\tfirst\tyes\tduty\tfirst_contact\t45 days\tclosed\tpublication_date\texploited\t"
    "一\tOne\t出典\tSource\n"
    "one\t*\tcase\tsecond\tno\tduty\thandling_began\t2 "
    "months\tclosed\t-\t-\t一\tOne\t出典\tSource\n";

static str put(struct arena *a, const char *old, const char *new)
{
    str text = str_z(small);
    ptrdiff_t i = str_find(text, str_z(old));
    must(i >= 0);
    return str_fmt(a, "%.*s%s%.*s", SV(str_sub(text, 0, (size_t)i)), new,
                   SV(str_from(text, (size_t)i + strlen(old))));
}

TEST(a_bad_table_of_clocks_gives_its_line_and_a_sentence)
{
    static const struct {
        const char *old, *new, *what;
    } bad[] = {
        {"first_contact", "first_kiss", "unknown word first_kiss"},
        {"\tclosed\t", "\tnever\t", "unknown word never"},
        {"first_contact", "-", "start is empty"},
        {"\tclosed\t", "\t-\t", "stops is empty"},
        {"\tcase\t", "\t-\t", "scope is empty"},
        {"\tcase\t", "\tworld\t", "unknown word world"},
        {"45 days", "45", "add wants 1 to 3650 hours, days, months or business_days, got 45"},
        {"45 days", "0 days",
         "add wants 1 to 3650 hours, days, months or business_days, got 0 days"},
        {"45 days", "-1 days",
         "add wants 1 to 3650 hours, days, months or business_days, got -1 days"},
        {"45 days", "45 years",
         "add wants 1 to 3650 hours, days, months or business_days, got 45 years"},
        {"\tduty\t", "\twish\t", "unknown kind wish"},
        {"\tyes\t", "\tmaybe\t", "default wants yes or no"},
        {"\tfirst\t", "\t-\t", "edition is empty"},
        {"publication_date", "tomorrow", "unknown word tomorrow"},
        {"exploited", "raining", "unknown word raining"},
        {"one\t*", "one\tsideways", "unknown flow sideways"},
    };
    struct clocks c;
    struct process_fault fault;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_ERR(E_INVALID, clocks_load(a, put(a, bad[i].old, bad[i].new), &c, &fault));
        CHECK_STR(str_z(bad[i].what), fault.what);
        CHECK_STR(S("clocks"), fault.table);
        CHECK_I64(2, fault.line);
    }
    CHECK_ERR(E_INVALID, clocks_load(a, put(a, "second", "first"), &c, &fault));
    CHECK_STR(S("clock one of edition first stands twice"), fault.what);
    CHECK_I64(3, fault.line);
}

TEST(an_unsound_table_of_clocks_is_found_out)
{
    static const struct {
        const char *old, *new, *what;
    } bad[] = {
        {"\tyes\t", "\tno\t", "clock one: 0 editions are the default"},
        {"second\tno", "second\tyes", "clock one: 2 editions are the default"},
        {"\tclosed\t", "\tclosed|first_contact\t",
         "clock one, first: what starts it also stops it"},
        {"一\tOne\t出典", "一\tOne\t-", "clock one, first: a word is missing in one language"},
        {"second\tno\tduty", "second\tno\tright",
         "clock one: its editions differ in more than start and time"},
    };
    struct clocks c;
    struct process_fault fault;
    struct findings found;
    CHECK_ERR(OK, clocks_load(a, str_z(small), &c, &fault));
    clocks_check(a, &c, &found);
    CHECK_I64(0, (i64)found.n);
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_ERR(OK, clocks_load(a, put(a, bad[i].old, bad[i].new), &c, &fault));
        clocks_check(a, &c, &found);
        CHECK_I64(1, (i64)found.n);
        CHECK_STR(str_z(bad[i].what), found.v[0]);
    }
}
