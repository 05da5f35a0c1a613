/* vulns_test.c - the vulnerabilities of a case. */
#include "app/vulns.h"
#include "help/walk.h"
#include "t.h"

static struct walk *begun(struct stage *st)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    walk_begin(w, false);
    return w;
}

static str add(struct walk *w, const struct input *in)
{
    struct ctx *cx = walk_as(w, "coordinator");
    str id;
    CHECK_OK(cx, vuln_add(cx, w->case_id, in, &id));
    return id;
}

static struct vuln only(struct walk *w, const char *who, size_t want)
{
    struct ctx *cx = walk_as(w, who);
    struct vuln *all;
    size_t n;
    CHECK_OK(cx, vuln_list(cx, w->case_id, &all, &n));
    CHECK_I64((i64)want, (i64)n);
    return n > 0 ? all[0] : (struct vuln){0};
}

APP_TEST(the_score_is_the_coordinators_or_the_highest)
{
    struct walk *w = begun(st);
    add(w, stage_input(a, "cve", "CVE-2023-5915", "vectors.0.issuer", "vendor", "vectors.0.vector",
                       "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "vectors.1.issuer",
                       "coordinator", "vectors.1.vector",
                       "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L", NULL));
    struct vuln v = only(w, "coordinator", 1);
    CHECK_I64(2, (i64)v.nvectors);
    CHECK_I64(98, v.vectors[0].score); /* FIRST's examples for 3.1 */
    CHECK_I64(53, v.score);
}

APP_TEST(who_may_not_read_the_details_sees_no_vulnerability)
{
    struct walk *w = begun(st);
    str id = add(w, stage_input(a, "title_en", "Overflow", NULL));
    (void)only(w, "reception", 1);
    (void)only(w, "mihon.poc", 0); /* knows the overview alone */
    struct ctx *cx = walk_as(w, "mihon.poc");
    CHECK_ERR(E_NOT_FOUND, vuln_edit(cx, w->case_id, id, 1, stage_input(a, "title_en", "x", NULL)));
    cx = walk_as(w, "reception");
    CHECK_ERR(E_DENIED, vuln_edit(cx, w->case_id, id, 1, stage_input(a, "title_en", "x", NULL)));
    cx = walk_as(w, "reiji.poc");
    struct vuln *all;
    size_t n;
    CHECK_ERR(E_NOT_FOUND, vuln_list(cx, w->case_id, &all, &n));
}

APP_TEST(what_was_true_of_the_world_stays_true)
{
    struct walk *w = begun(st);
    str id = add(
        w, stage_input(a, "title_en", "Overflow", "exploit_at", "2026-10-01T09:00:00+09:00", NULL));
    struct ctx *cx = walk_as(w, "coordinator");
    CHECK_OK(cx, vuln_edit(cx, w->case_id, id, 1, stage_input(a, "title_en", "Overflow", NULL)));
    struct vuln v = only(w, "coordinator", 1);
    CHECK(v.since[WORLD_EXPLOIT].is && !v.since[WORLD_ATTACKS].is);
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID, vuln_edit(cx, w->case_id, id, 2,
                                   stage_input(a, "title_en", "Overflow", "exploit_at",
                                               "2026-10-02T09:00:00+09:00", NULL)));
    CHECK_STR(S("exploit_at: latched; "), stage_why(cx));
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_INVALID, vuln_edit(cx, w->case_id, id, 2,
                                   stage_input(a, "title_en", "Overflow", "attacks_at",
                                               "2027-10-02T09:00:00+09:00", NULL)));
    cx = walk_as(w, "coordinator");
    CHECK_ERR(E_CONFLICT,
              vuln_edit(cx, w->case_id, id, 1, stage_input(a, "title_en", "Overflow", NULL)));
}
