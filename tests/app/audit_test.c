/* audit_test.c - an auditor reads dates and history of the own organisation's cases, no word. */
#include "t.h"

#include "app/audit.h"
#include "help/admin.h"
#include "help/walk.h"

/* Somebody in a department of its own, who audits. */
static void add_auditor(struct stage *st, const char *slug, const char *login)
{
    (void)stage_person(st, login, stage_dept(st, stage_org_id(st, slug), ""));
    admin_sql(st,
              str_to_z(st->a, str_fmt(st->a, "UPDATE person SET is_auditor = 1 WHERE login = '%s';",
                                      login)));
}

static size_t cases_of(struct ctx *cx, const struct audit_filter *f)
{
    struct list_window w = {.limit = 10};
    struct audit_case *rows;
    size_t n;
    CHECK_OK(cx, audit_cases(cx, f, &w, &rows, &n));
    CHECK_I64((i64)n, w.total);
    return n;
}

static str acts_of(struct ctx *cx, const struct audit_entry_filter *f)
{
    struct list_window w = {.limit = 100};
    struct audit_entry *rows;
    buf b = {.a = cx->a};
    size_t n;
    CHECK_OK(cx, audit_entries(cx, f, &w, &rows, &n));
    for (size_t i = 0; i < n; i++)
        buf_putf(&b, "%.*s %.*s;", SV(rows[i].lane), SV(rows[i].sentence));
    return b.n ? buf_str(&b) : S("");
}

APP_TEST(an_auditor_sees_the_cases_of_the_own_organisation_and_no_title)
{
    struct audit_filter all = {0};
    stage_cast(st);
    add_auditor(st, "mihon", "mihon.audit");
    add_auditor(st, "reiji", "reiji.audit");
    struct walk *w = walk_new(st);
    walk_begin(w, false); /* mihon alone */
    struct ctx *cx = stage_as(st, "mihon.audit");
    struct list_window win = {.limit = 10};
    struct audit_case *rows;
    size_t n;
    CHECK_OK(cx, audit_cases(cx, &all, &win, &rows, &n));
    CHECK_I64(1, (i64)n);
    CHECK_I64(8, (i64)rows[0].number.n);
    CHECK(rows[0].opened > 0 && rows[0].phase == 1 && rows[0].waiting > 0);
    cx = stage_as(st, "reiji.audit");
    CHECK_I64(0, (i64)cases_of(cx, &all));
    CHECK_STR(S(""), acts_of(cx, &(struct audit_entry_filter){0}));

    const struct access *acc; /* and the case itself stays closed */
    cx = stage_as(st, "mihon.audit");
    CHECK_ERR(E_NOT_FOUND, access_case(cx, w->case_id, &acc));
}

APP_TEST(an_auditor_reads_what_the_own_departments_may_read_of_the_history)
{
    stage_cast(st);
    add_auditor(st, "mihon", "mihon.audit");
    add_auditor(st, "coordinator", "coordinator.audit");
    struct walk *w = walk_new(st);
    walk_begin(w, true);
    walk_act(w, "mihon.poc", "mihon", "1.3.1", 1, NULL);
    walk_act(w, "reiji.poc", "reiji", "1.3.1", 1, NULL);

    str own = acts_of(stage_as(st, "mihon.audit"), &(struct audit_entry_filter){0});
    CHECK(str_find(own, S("1.3.1")) >= 0);
    CHECK(str_find(own, S("reiji")) < 0); /* the other vendor's lane does not exist for it */
    CHECK(str_find(own, S("0.1.1")) < 0); /* nor what was before it was told */
    str all = acts_of(stage_as(st, "coordinator.audit"), &(struct audit_entry_filter){0});
    CHECK(str_find(all, S("1.2.1")) >= 0);
    CHECK(str_find(all, S("1.3.1")) < 0); /* a step inside the vendor */
}

APP_TEST(entries_are_filtered_by_case_department_and_time)
{
    stage_cast(st);
    add_auditor(st, "mihon", "mihon.audit");
    struct walk *w = walk_new(st);
    walk_begin(w, false);
    i64 before = stage_later(st, DAY);
    walk_act(w, "mihon.poc", "mihon", "1.3.1", 1, NULL);
    struct ctx *cx = stage_as(st, "mihon.audit");
    struct audit_entry_filter f = {.from = SOME(before)};
    str later = acts_of(cx, &f);
    CHECK(str_find(later, S("1.3.1")) >= 0);
    f = (struct audit_entry_filter){.before = SOME(before)};
    str earlier = acts_of(cx, &f);
    CHECK(earlier.n > 0 && str_find(earlier, S("1.3.1")) < 0);
    f = (struct audit_entry_filter){.number = S("00000000")};
    CHECK_STR(S(""), acts_of(cx, &f));
    f = (struct audit_entry_filter){.dept_id = stage_dept_id(st, "mihon", "pr")};
    CHECK_STR(S(""), acts_of(cx, &f));
    f = (struct audit_entry_filter){.dept_id = stage_dept_id(st, "mihon", "poc")};
    CHECK(acts_of(cx, &f).n > 0);

    struct audit_filter open = {.open = SOME(1)}, closed = {.open = SOME(0)};
    CHECK_I64(1, (i64)cases_of(cx, &open));
    CHECK_I64(0, (i64)cases_of(cx, &closed));
    struct audit_filter from = {.from = SOME(before)}, direct = {.flow = S("direct")};
    CHECK_I64(0, (i64)cases_of(cx, &from));
    CHECK_I64(0, (i64)cases_of(cx, &direct));
}

APP_TEST(who_is_no_auditor_or_sits_nowhere_audits_nothing)
{
    static const char *const others[] = {"mihon.poc", "coordinator", "sysop", "reception",
                                         "auditor" /* sits nowhere */};
    struct list_window win = {.limit = 10};
    struct audit_case *rows;
    struct audit_entry *entries;
    struct audit_dept *depts;
    size_t n;
    admin_cast(st);
    for (size_t i = 0; i < COUNT(others); i++) {
        struct ctx *cx = stage_as(st, others[i]);
        CHECK_ERR(E_DENIED, audit_cases(cx, &(struct audit_filter){0}, &win, &rows, &n));
        CHECK_ERR(E_DENIED, audit_entries(cx, &(struct audit_entry_filter){0}, &win, &entries, &n));
        CHECK_ERR(E_DENIED, audit_depts(cx, &depts, &n));
    }
}
