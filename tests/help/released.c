/* released.c - see released.h. */
#include "help/released.h"

#include "app/statuses.h"
#include "app/vulns.h"
#include "gen/sql.h"
#include "help/saved.h"

#include <stdio.h>
#include <stdlib.h>

static struct walk *walk_undrafted(struct stage *st, [[maybe_unused]] int how)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    walk_begin(w, true);
    walk_act(w, "reiji.poc", "reiji", "1.3.1", 1, NULL);
    walk_act(w, "reiji.design", "reiji", "1.3.1", 2, "details", "no", NULL);
    walk_run(w, "5.1.1 5.2");
    (void)stage_later(st, 40 * DAY);
    struct ctx *cx = stage_nobody(st);
    STAGE_OK(cx, cases_settle_due(cx));
    return w;
}

struct walk *undrafted(struct stage *st)
{
    return saved_walk(st, walk_undrafted, 0);
}

struct input *draft_ja(struct arena *a)
{
    return stage_input(a, "ja.title", "Gateway X における脆弱性", "ja.overview", "概要です",
                       "ja.affected", "- Gateway X", "ja.description", "**詳細**です <i>",
                       "ja.impact", "影響です", "ja.solution", "更新する", NULL);
}

struct input *draft_en(struct arena *a)
{
    return stage_input(a, "en.title", "A vulnerability in Gateway X", "en.overview", "The overview",
                       "en.affected", "- Gateway X", "en.description", "The description",
                       "en.impact", "The impact", "en.solution", "Update", NULL);
}

i64 draft_save(struct walk *w, i64 rev, const struct input *in)
{
    struct ctx *cx = walk_as(w, "coordinator");
    i64 out = 0;
    STAGE_OK(cx, advisory_save(cx, w->case_id, rev, in, &out));
    (void)stage_later(w->st, MINUTE);
    return out;
}

static void vulnerability(struct walk *w, const char *cve, const char *cwe, const char *title,
                          const char *vector)
{
    struct ctx *cx = walk_as(w, "coordinator");
    str id;
    STAGE_OK(cx, vuln_add(cx, w->case_id,
                          stage_input(cx->a, "cve", cve, "cwe", cwe, "title_en", title,
                                      "vectors.0.issuer", "coordinator", "vectors.0.vector", vector,
                                      NULL),
                          &id));
}

void vulnerability_add(struct walk *w)
{
    vulnerability(w, "CVE-2023-5915", "CWE-400", "Resource exhaustion",
                  "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L");
}

static void draft(struct walk *w)
{
    struct stage *st = w->st;
    i64 rev = draft_save(w, draft_save(w, 0, draft_ja(st->a)), draft_en(st->a));
    struct ctx *cx = walk_as(w, "coordinator");
    STAGE_OK(cx, advisory_ask(cx, w->case_id, rev));
    (void)stage_later(st, MINUTE);
}

static struct walk *walk_drafted(struct stage *st, [[maybe_unused]] int how)
{
    struct walk *w = undrafted(st);
    vulnerability_add(w);
    draft(w);
    return w;
}

struct walk *drafted(struct stage *st)
{
    return saved_walk(st, walk_drafted, 0);
}

static void publish(struct walk *w)
{
    walk_act(w, "mihon.poc", "mihon", "5.2.1", 1, "agree", "yes", "statement", "Our own view",
             NULL);
    walk_act(w, "coordinator", "", "5.2.2", 1, NULL);
    (void)stage_later(w->st, MINUTE);
}

static struct walk *walk_released(struct stage *st, [[maybe_unused]] int how)
{
    struct walk *w = drafted(st);
    publish(w);
    return w;
}

struct walk *released(struct stage *st)
{
    return saved_walk(st, walk_released, 0);
}

static struct walk *walk_two(struct stage *st, [[maybe_unused]] int how)
{
    struct walk *w = undrafted(st);
    vulnerability_add(w);
    vulnerability(w, "CVE-2026-10002", "CWE-79", "Cross-site scripting",
                  "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N");
    draft(w);
    publish(w);
    return w;
}

struct walk *released_two(struct stage *st)
{
    return saved_walk(st, walk_two, 0);
}

void two_said(struct walk *w, const char *clear, const char *only)
{
    struct ctx *cx = walk_as(w, "mihon.poc");
    STAGE_OK(cx, status_change(cx, w->case_id, walk_lane(w, "mihon"),
                               stage_input(cx->a, "status", "affected", "products.0.name", "X",
                                           "products.0.versions", "2.4 より前", "products.1.name",
                                           "X", "products.1.versions", "2.4 より前",
                                           "products.1.vulnerability", clear, "products.1.status",
                                           "not_affected", "products.1.flag",
                                           "vulnerable_code_not_present", "products.2.name", "Y",
                                           "products.2.vulnerability", only, NULL)));
    (void)stage_later(w->st, MINUTE);
}

str number_of(struct walk *w)
{
    struct ctx *cx = walk_as(w, "coordinator");
    struct q_advisory_of adv;
    STAGE_OK(cx, app_read(cx));
    STAGE_OK(cx, q_advisory_of(cx->db, &adv, .case_id = w->case_id));
    return adv.number;
}
