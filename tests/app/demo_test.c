/* demo_test.c - the demo cases load on either engine, stand where their files say, and are real:
 * everything that follows from their records is as a check computes it. */
#include "t.h"

#include "app/auth.h"
#include "app/cases.h"
#include "app/demo_own.h"
#include "app/reports.h"
#include "base/asset.h"
#include "gen/sql.h"
#include "help/admin.h"

/* --- the files as the oracle ------------------------------------------------------------------ */

struct files {
    const struct json *v[100];
    size_t n;
};

static struct files read_files(struct arena *a)
{
    struct files f = {0};
    struct json_error bad;
    for (size_t i = 0; i < asset_count; i++)
        if (str_has_prefix(assets[i].path, S("demo/cases/")))
            CHECK_ERR(OK, json_read(a, assets[i].bytes, &f.v[f.n++], &bad));
    return f;
}

static str value(struct stage *st, str sql)
{
    str url = str_has_prefix(st->url, S("sqlite:")) ? str_from(st->url, 7) : st->url;
    return help_sql_value(st->a, url, str_to_z(st->a, sql));
}

static i64 count(struct stage *st, str sql)
{
    i64 n = -1;
    CHECK(str_i64(value(st, sql), &n));
    return n;
}

/* Rows of everything, to see that nothing changed. */
static str all_counts(struct stage *st)
{
    static const char *const tables[] = {"org",    "dept", "person", "membership",  "report",
                                         "cases",  "act",  "mark",   "text",        "history",
                                         "grant_", "task", "outbox", "publication", "advisory_text",
                                         "status", "skip", "found",  "setting"};
    buf b = {.a = st->a};
    for (size_t i = 0; i < COUNT(tables); i++)
        buf_putf(&b, "%s %lld\n", tables[i],
                 (long long)count(st, str_fmt(st->a, "SELECT count(*) FROM %s", tables[i])));
    return buf_str(&b);
}

/* --- loading ------------------------------------------------------------------------------------ */

/* Make the seventh case fail, as a power cut would end it. */
static void break_loading(struct stage *st, bool broken)
{
    if (str_has_prefix(st->url, S("postgresql:")))
        admin_sql(st, broken ? "CREATE FUNCTION stop_demo() RETURNS trigger LANGUAGE plpgsql AS $$ "
                               "BEGIN IF NEW.value = '7' THEN RAISE EXCEPTION 'no'; END IF; "
                               "RETURN NEW; END $$; CREATE TRIGGER stop_demo BEFORE UPDATE ON "
                               "setting FOR EACH ROW EXECUTE FUNCTION stop_demo()"
                             : "DROP TRIGGER stop_demo ON setting");
    else
        admin_sql(st, broken ? "CREATE TRIGGER stop_demo BEFORE UPDATE ON setting WHEN NEW.value = "
                               "'7' BEGIN SELECT RAISE(ABORT, 'no'); END"
                             : "DROP TRIGGER stop_demo");
}

static void load_in_two_parts(struct stage *st)
{
    struct fault f = {0};
    bool loaded;
    break_loading(st, true);
    CHECK(demo_load(st->app, &f, &loaded) != OK);
    CHECK_STR(S("6"), value(st, S("SELECT value FROM setting WHERE key = 'demo'")));
    break_loading(st, false);
    f = (struct fault){0};
    enum err e = demo_load(st->app, &f, &loaded);
    if (e != OK)
        (void)printf("%s\n", f.text);
    CHECK_ERR(OK, e);
    CHECK(loaded);
}

static void check_records(struct stage *st)
{
    struct findings found = {0};
    struct ctx *cx = stage_nobody(st);
    str *ids;
    size_t n;
    CHECK_OK(cx, case_ids(cx, S(""), 1000, &ids, &n));
    CHECK_I64(21, (i64)n); /* 23 files: a website, a refusal, one not accepted; and a handover */
    for (size_t i = 0; i < n; i++)
        CHECK_OK(cx, case_verify(cx, ids[i], &found));
    for (size_t i = 0; i < found.n; i++)
        (void)printf("%.*s\n", SV(found.v[i]));
    CHECK_I64(0, (i64)found.n);
    app_read_end(cx);
    CHECK_I64(0, count(st, S("SELECT count(*) FROM outbox"))); /* nobody is mailed of the past */
}

/* The step that the file names was acted on, and nothing is dated after today. */
static void check_stand(struct stage *st, const struct json *file)
{
    str until = json_get_text(file, S("until")), number = demo_number(st->a, file, DEMO_CASE);
    i64 acts = count(
        st, str_fmt(st->a,
                    "SELECT count(*) FROM act x JOIN cases c ON c.id = x.case_id WHERE c.number = "
                    "'%.*s' AND x.step = '%.*s'",
                    SV(number), SV(until)));
    bool is_case = json_count(json_get(file, S("acts"))) > 1 ||
                   json_get(file, S("entry")) == NULL ||
                   !str_eq(json_get_text(file, S("entry")), S("finder"));
    if (is_case && acts == 0)
        (void)printf("%.*s never came to %.*s\n", SV(number), SV(until));
    CHECK(!is_case || acts > 0);
}

static void check_public(struct stage *st, const struct json *file)
{
    static const char *const langs[] = {"ja", "en"};
    str number = demo_number(st->a, file, DEMO_ADVISORY);
    i64 shift = demo_shift(file, STAGE_NOW);
    for (size_t i = 0; i < 2; i++) {
        str date = json_get_text(json_get(file, S("published")), str_z(langs[i]));
        i64 rows = count(st, str_fmt(st->a,
                                     "SELECT count(*) FROM publication WHERE number = '%.*s' AND "
                                     "lang = '%s'",
                                     SV(number), langs[i]));
        CHECK_I64(date.p != NULL, rows);
        if (date.p == NULL)
            continue;
        i64 at = count(st, str_fmt(st->a,
                                   "SELECT published FROM publication WHERE number = '%.*s' AND "
                                   "lang = '%s'",
                                   SV(number), langs[i]));
        CHECK_STR(date, time_date(st->a, at - shift, zone_tokyo));
    }
    const struct json *vendors = json_get(file, S("vendors"));
    for (size_t i = 0; i < json_count(vendors); i++) {
        const struct json *v = json_at(vendors, i);
        if (json_get(file, S("published")) == NULL)
            continue;
        str status = json_get_text(v, S("status")); /* the silent one was informed: it says so */
        str sql = str_fmt(st->a,
                          "SELECT p.status FROM publication_vendor p JOIN org o ON o.id = p.org_id "
                          "WHERE p.number = '%.*s' AND o.slug = '%.*s'",
                          SV(number), SV(json_get_text(v, S("org"))));
        CHECK_STR(str_eq(status, S("unknown")) ? S("informed") : status, value(st, sql));
    }
}

static void check_vulnerabilities(struct stage *st, const struct json *file)
{
    const struct json *list = json_get(file, S("vulnerabilities"));
    str number = demo_number(st->a, file, DEMO_ADVISORY);
    for (size_t i = 0; i < json_count(list) && json_get(file, S("published")); i++)
        CHECK_I64(1, count(st, str_fmt(st->a,
                                       "SELECT count(*) FROM publication_id WHERE number = '%.*s' "
                                       "AND id = '%.*s'",
                                       SV(number), SV(json_get_text(json_at(list, i), S("cve"))))));
}

static void check_sign_ins(struct stage *st)
{
    struct demo_sign_in *list;
    size_t n, finders = 0;
    i64 retry;
    str token, report_id;
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, demo_sign_ins(st->a, &list, &n));
    CHECK_OK(cx, sign_in(cx, list[0].login, S(DEMO_PASSWORD), S("192.0.2.1"), &token, &retry));
    CHECK(cx->who.nseats > 0);
    for (size_t i = 0; i < n; i++) {
        cx = stage_nobody(st);
        CHECK(list[i].who[LANG_JA].n > 0 && list[i].who[LANG_EN].n > 0);
        if (list[i].finder)
            CHECK_OK(cx, report_enter(cx, list[i].login, list[i].secret, &report_id));
        else
            CHECK(stage_person_id(st, str_to_z(st->a, list[i].login)).n > 0);
        finders += list[i].finder;
    }
    CHECK_I64(2, (i64)finders);
}

/* Whoever acted for a department sits in it, but where it says for whom it stood in. */
static void check_actors(struct stage *st)
{
    static const char *const tables[] = {"history h WHERE h.behalf_id IS NULL AND", "act h WHERE"};
    for (size_t i = 0; i < COUNT(tables); i++)
        CHECK_I64(0, count(st, str_fmt(st->a,
                                       "SELECT count(*) FROM %s h.person_id IS NOT NULL AND "
                                       "h.dept_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM "
                                       "membership m WHERE m.person_id = h.person_id AND "
                                       "m.dept_id = h.dept_id)",
                                       tables[i])));
}

APP_TEST(the_demo_loads_completely_and_once)
{
    struct fault f = {0};
    bool loaded;
    load_in_two_parts(st);
    check_records(st);
    struct files files = read_files(a);
    CHECK_I64(23, (i64)files.n);
    for (size_t i = 0; i < files.n; i++) {
        check_stand(st, files.v[i]);
        check_public(st, files.v[i]);
        check_vulnerabilities(st, files.v[i]);
    }
    check_sign_ins(st);
    check_actors(st);
    CHECK_I64(9, count(st, S("SELECT count(*) FROM org WHERE listed = 1 AND kind = 'vendor'")));
    CHECK_I64(1, count(st, S("SELECT count(*) FROM report WHERE refused IS NOT NULL")));
    CHECK_I64(1, count(st, S("SELECT count(*) FROM report WHERE site_answered IS NOT NULL")));
    str before = all_counts(st);
    CHECK_ERR(OK, demo_load(st->app, &f, &loaded));
    CHECK(!loaded);
    CHECK_STR(before, all_counts(st));
}

APP_TEST(the_demo_leaves_an_installation_in_use_alone)
{
    struct fault f = {0};
    bool loaded;
    admin_cast(st);
    str before = all_counts(st);
    CHECK_ERR(E_CONFLICT, demo_load(st->app, &f, &loaded));
    CHECK_STR(before, all_counts(st));
}

TEST(times_of_a_running_case_move_by_whole_days)
{
    const struct json *file;
    struct json_error bad;
    CHECK_ERR(OK, json_read(a,
                            S("{\"as_of\": \"2020-01-10T10:00:00+09:00\", \"overview\": "
                              "{\"ja\": \"概要\"}}"),
                            &file, &bad));
    i64 as_of = 1578618000000; /* 2020-01-10T10:00:00+09:00 */
    struct demo_case c = {.j = file};
    CHECK_I64(0, demo_shift(file, as_of));
    CHECK_I64(0, demo_shift(file, as_of + DAY - 1));
    CHECK_I64(3 * DAY, demo_shift(file, as_of + 3 * DAY + HOUR));
    CHECK_I64(-DAY, demo_shift(file, as_of - 1));
    c.shift = 3 * DAY;
    CHECK_STR(S("2020-01-05T09:30:00+09:00"), demo_value(a, &c, S("2020-01-02T09:30:00+09:00")));
    CHECK_STR(S("2020-01-05"), demo_value(a, &c, S("2020-01-02")));
    CHECK_STR(S("概要"), demo_value(a, &c, S("@overview.ja")));
    CHECK_STR(S("R4.31 from 2020-01-02"), demo_value(a, &c, S("R4.31 from 2020-01-02")));
    CHECK_STR(S("1234567890"), demo_value(a, &c, S("1234567890")));
}
