/* portal_test.c - lists, feeds and figures over what is public. */
#include "app/portal.h"
#include "gen/sql.h"
#include "help/app.h"
#include "t.h"

/* One published advisory, as its columns say; numbered by i. */
struct published {
    int i;
    i64 published, updated, accepted, score;
    bool critical;
    const char *origin, *title, *vendor, *status, *cve, *cwe;
};

static enum err put(struct ctx *cx, void *arg)
{
    const struct published *p = arg;
    str number = str_fmt(cx->a, "%08d", p->i);
    struct q_org_by_slug org;
    str case_id = new_id(cx);
    TRY(q_org_by_slug(cx->db, &org, .slug = S("coordinator")));
    TRY(q_case_add(cx->db, .id = case_id, .number = number, .flow = S("coordinated"),
                   .entry = S("finder"), .owner_id = org.id, .opened = cx->now, .tlp = S("CLEAR")));
    for (int g = 0; g < 2; g++)
        TRY(q_publication_put(
            cx->db, .number = number, .lang = g ? S("en") : S("ja"), .case_id = case_id,
            .revision = 1, .published = p->published, .updated = p->updated,
            .origin = str_z(p->origin), .accepted = {p->accepted > 0, p->accepted},
            .severity = p->score, .critical = p->critical, .title = str_z(p->title),
            .title_sort = str_z(p->title), .vendors = str_z(p->vendor), .cves = str_z(p->cve),
            .cwes = str_z(p->cwe), .content = S("{\"sections\":{\"overview\":\"In short\"}}")));
    TRY(q_org_by_slug(cx->db, &org, .slug = str_z(p->vendor)));
    TRY(q_publication_vendor_add(cx->db, .number = number, .org_id = org.id,
                                 .status = str_z(p->status), .names = str_z(p->vendor)));
    TRY(q_publication_id_add(cx->db, .id = str_z(p->cve), .number = number));
    return q_publication_id_add(cx->db, .id = str_z(p->cwe), .number = number);
}

static const struct published usual = {.updated = STAGE_NOW,
                                       .published = STAGE_NOW,
                                       .score = 53,
                                       .origin = "finder",
                                       .title = "A",
                                       .vendor = "mihon",
                                       .status = "affected",
                                       .cve = "CVE-2026-0001",
                                       .cwe = "CWE-400"};

static void publish(struct stage *st, struct published p)
{
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, db_write(cx, put, &p));
}

/* The numbers that a filter lets through, in their order. */
static str numbers(struct stage *st, struct portal_filter f)
{
    struct ctx *cx = stage_nobody(st);
    struct list_window w = {.limit = 2};
    buf b = {.a = st->a};
    do {
        struct portal_line *lines;
        size_t n;
        CHECK_OK(cx, portal_list(cx, LANG_JA, &f, &w, &lines, &n));
        for (size_t i = 0; i < n; i++)
            buf_putf(&b, "%s%d", b.n ? " " : "", atoi(str_to_z(st->a, lines[i].number)));
        w.after = w.next;
    } while (w.next.n > 0);
    return b.n ? buf_str(&b) : S("");
}

static void five(struct stage *st)
{
    static const char *const titles[] = {"", "Echo", "Delta", "Charlie", "Bravo", "Alpha"};
    stage_cast(st);
    for (int i = 1; i <= 5; i++) {
        struct published p = usual;
        p.i = i;
        p.published = STAGE_NOW - (10 - i) * DAY;
        p.updated = STAGE_NOW - i * DAY;
        p.score = i == 5 ? -1 : i * 24; /* 24 48 72 96 none */
        p.critical = i == 4;
        p.title = titles[i];
        p.vendor = i <= 2 ? "mihon" : "reiji";
        p.status = i % 2 ? "affected" : "not_affected";
        p.cve = i == 3 ? "CVE-2026-0003" : "CVE-2026-0001";
        publish(st, p);
    }
}

#define ANY .severity = -1
APP_TEST(the_list_is_sorted_and_paged_as_asked)
{
    five(st);
    CHECK_STR(S("5 4 3 2 1"), numbers(st, (struct portal_filter){ANY}));
    CHECK_STR(S("1 2 3 4 5"), numbers(st, (struct portal_filter){ANY, .sort = PORTAL_UPDATED}));
    CHECK_STR(S("4 3 2 1 5"), numbers(st, (struct portal_filter){ANY, .sort = PORTAL_SEVERITY}));
    CHECK_STR(S("5 4 3 2 1"), numbers(st, (struct portal_filter){ANY, .sort = PORTAL_TITLE}));
}

APP_TEST(each_filter_lets_through_what_it_names)
{
    five(st);
    CHECK_STR(S("4 3"), numbers(st, (struct portal_filter){ANY, .from = SOME(STAGE_NOW - 7 * DAY),
                                                           .until = SOME(STAGE_NOW - 5 * DAY)}));
    CHECK_STR(S("2 1"),
              numbers(st, (struct portal_filter){ANY, .updated_since = SOME(STAGE_NOW - 2 * DAY)}));
    CHECK_STR(S("1"), numbers(st, (struct portal_filter){.severity = SEVERITY_LOW}));
    CHECK_STR(S("2"), numbers(st, (struct portal_filter){.severity = SEVERITY_MEDIUM}));
    CHECK_STR(S("3"), numbers(st, (struct portal_filter){.severity = SEVERITY_HIGH}));
    CHECK_STR(S("4"), numbers(st, (struct portal_filter){.severity = SEVERITY_CRITICAL}));
    CHECK_STR(S("5"), numbers(st, (struct portal_filter){.severity = SEVERITY_NONE}));
    CHECK_STR(S("5 4 3"), numbers(st, (struct portal_filter){ANY, .vendor = S("ＥＩＪ")}));
    CHECK_STR(S("5 3 1"), numbers(st, (struct portal_filter){ANY, .status = S("affected")}));
    CHECK_STR(S("1"), numbers(st, (struct portal_filter){ANY, .status = S("affected"),
                                                         .vendor = S("mihon")}));
    CHECK_STR(S("3"), numbers(st, (struct portal_filter){ANY, .cve = S("CVE-2026-0003")}));
    CHECK_STR(S("5 4 3 2 1"), numbers(st, (struct portal_filter){ANY, .cwe = S("CWE-400")}));
    CHECK_STR(S("4"), numbers(st, (struct portal_filter){ANY, .critical = true}));
    CHECK_STR(S(""), numbers(st, (struct portal_filter){ANY, .vendor = S("100%")}));
}

APP_TEST(a_feed_has_the_newest_changes_with_their_overviews)
{
    five(st);
    struct ctx *cx = stage_nobody(st);
    struct portal_entry *e;
    size_t n;
    CHECK_OK(cx, portal_entries(cx, LANG_EN, 3, &e, &n));
    CHECK_I64(3, (i64)n);
    CHECK_STR(S("00000001"), e[0].line.number);
    CHECK_STR(S("In short"), e[0].overview);
}

APP_TEST(figures_are_counted_from_what_was_published_first)
{
    stage_cast(st);
    struct published p = usual;
    static const int days[] = {10, 45, 46, 400};
    for (int i = 0; i < 4; i++) {
        p.i = i + 1;
        p.published = STAGE_NOW - (i64)i * 31 * DAY;
        p.accepted = p.published - days[i] * DAY;
        p.origin = i == 3 ? "own" : i == 2 ? "overseas" : "finder";
        publish(st, p);
    }
    p.i = 5;
    p.accepted = 0;
    p.published = STAGE_NOW - 800 * DAY; /* longer ago than the months go back */
    publish(st, p);
    struct ctx *cx = stage_nobody(st);
    struct portal_stats s;
    CHECK_OK(cx, portal_stats(cx, &s));
    CHECK_I64(2026, s.months[STATS_MONTHS - 1].year);
    CHECK_I64(11, s.months[STATS_MONTHS - 1].month);
    CHECK_I64(1, s.months[STATS_MONTHS - 1].published);
    CHECK_I64(2024, s.months[0].year);
    CHECK_I64(12, s.months[0].month);
    CHECK_I64(5, s.published);
    CHECK_I64(5, s.by_severity[SEVERITY_MEDIUM]);
    CHECK_I64(2, s.by_origin[0]);
    CHECK_I64(1, s.by_origin[1]);
    CHECK_I64(2, s.by_origin[2]);
    CHECK_I64(4, s.with_acceptance);
    CHECK_I64(2, s.within_45); /* 10 and 45, not 46 */
    CHECK_I64(1, s.days[0]);
    CHECK_I64(1, s.days[3]);
    CHECK_I64(1, s.days[4]);
    CHECK_I64(1, s.days[STATS_DAYS - 1]);
    CHECK_I64(3, s.vendors);
}
