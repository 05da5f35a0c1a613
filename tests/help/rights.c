/* rights.c - see rights.h. */
#include "help/rights.h"

#include "app/advisory.h"
#include "app/case_acts.h"
#include "app/reports.h"
#include "app/talk.h"
#include "app/vulns.h"
#include "gen/sql.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *name, *login;
} people[WHO_COUNT] = {
    [WHO_NOBODY] = {"nobody", NULL},
    [WHO_FINDER_A] = {"finder_a", NULL},
    [WHO_FINDER_D] = {"finder_d", NULL},
    [WHO_FINDER_W] = {"finder_w", NULL},
    [WHO_RECEPTION] = {"reception", "reception"},
    [WHO_COORDINATOR] = {"coordinator", "coordinator"},
    [WHO_PEER] = {"peer", "certx"},
    [WHO_PRIORITY] = {"priority", "gov"},
    [WHO_ANALYST] = {"analyst", "analyst"},
    [WHO_SITE] = {"site_operator", "operator"},
    [WHO_POC] = {"vendor_poc", "mihon.poc"},
    [WHO_DEPT] = {"vendor_dept", "mihon.design"},
    [WHO_TOLD] = {"vendor_told", "mihon.quality"},
    [WHO_OTHER_DEPT] = {"vendor_other", "mihon.sales"},
    [WHO_OTHER_VENDOR] = {"other_vendor", "reiji.poc"},
    [WHO_STRANGER] = {"stranger", "kamei.poc"},
    [WHO_AUDITOR] = {"auditor", "watcher"},
    [WHO_OPERATOR] = {"operator", "sysop"},
};

const char *who_name(enum who w)
{
    return people[w].name;
}

bool who_knows_case(enum who w, bool direct)
{
    static const unsigned coordinated = 1u << WHO_FINDER_A | 1u << WHO_RECEPTION |
                                        1u << WHO_COORDINATOR | 1u << WHO_PEER |
                                        1u << WHO_PRIORITY | 1u << WHO_ANALYST | 1u << WHO_POC |
                                        1u << WHO_DEPT | 1u << WHO_TOLD | 1u << WHO_OTHER_VENDOR;
    return (direct ? 1u << WHO_FINDER_D | 1u << WHO_POC : coordinated) >> w & 1;
}

static void need(struct ctx *cx, enum err e, const char *what)
{
    if (e != OK)
        (void)printf("rights: %s: %u %.*s\n", what, e, SV(stage_why(cx)));
    must(e == OK);
}

static void share_all(struct rights_stage *r)
{
    struct ctx *cx = stage_as(r->st, "coordinator");
    struct input *in = stage_input(cx->a, "level", "overview", NULL);
    input_put(cx->a, in, S("org"), stage_org_id(r->st, "certx"));
    need(cx, case_share(cx, r->a->case_id, in), "share with the peer");
    cx = stage_as(r->st, "coordinator");
    in = stage_input(cx->a, "level", "overview", NULL);
    input_put(cx->a, in, S("org"), stage_org_id(r->st, "gov"));
    need(cx, case_share(cx, r->a->case_id, in), "share with the priority body");
    cx = stage_as(r->st, "coordinator");
    in = stage_input(cx->a, "person", str_to_z(cx->a, stage_person_id(r->st, "analyst")), NULL);
    need(cx, case_name_analyst(cx, r->a->case_id, in), "name the analyst");
}

static void site_report(struct rights_stage *r)
{
    struct report_receipt got;
    struct ctx *cx = stage_nobody(r->st);
    struct input *in =
        stage_input(cx->a, "name", "Sato", "email", "sato@finder.example", "url",
                    "https://shop.example/", "site_contact", "info@shop.example", "weakness", "XSS",
                    "circumstances", "w/circumstances", "grounds", "w/grounds", "steps", "w/steps",
                    "result", "w/result", "tell_vendor", "no", "direct_contact", "no",
                    "publish_name", "no", "told_others", "no", "personal_data", "yes", NULL);
    need(cx, report_submit(cx, REPORT_WEBSITE, NO_STR, in, &got), "report a site");
    r->report_w = str_copy(r->st->a, got.id);
    cx = stage_as(r->st, "reception");
    struct report_view v;
    str none;
    need(cx, report_view(cx, r->report_w, &v), "see the site's report");
    size_t n;
    const struct field_rule *rules = report_accept_rules(cx, REPORT_WEBSITE, &n);
    in = stage_input(cx->a, "to_finder", "accepted", NULL);
    for (size_t i = 0; i < n; i++)
        if (rules[i].type == FIELD_BOOL)
            input_put(cx->a, in, rules[i].name, S("yes"));
    need(cx, report_accept(cx, r->report_w, v.rev, in, &none), "accept the site's report");
    cx = stage_as(r->st, "reception");
    need(cx, report_view(cx, r->report_w, &v), "see it again");
    in = stage_input(cx->a, "details", "w/details", NULL);
    input_put(cx->a, in, S("site"), stage_org_id(r->st, "shop"));
    need(cx, report_notify_site(cx, r->report_w, v.rev, in), "notify the site");
}

/* A file, kept but without a place, as the ticket in an act's input. */
static struct input *with_file(struct ctx *cx, const char *text)
{
    struct attachments kept = {0};
    struct upload file = {.field = S("files"),
                          .filename = S("proof.txt"),
                          .type = S("text/plain"),
                          .bytes = str_z(text),
                          .fd = -1,
                          .size = (i64)strlen(text)};
    need(cx, attach_keep(cx, S("files"), &file, 1, &kept), "keep a file");
    struct input *in = stage_input(cx->a, "text", text, NULL);
    input_put(cx->a, in, ATTACHED, kept.v[0].ticket);
    return in;
}

static str file_of_size(struct rights_stage *r, size_t bytes)
{
    str ask = str_fmt(r->st->a, "SELECT id FROM attachment WHERE size = %zu", bytes);
    return help_sql_value(r->st->a, r->st->url, str_to_z(r->st->a, ask));
}

/* In A: a message with a file to the vendor, one of the finder, a vulnerability, a draft. */
static void contents(struct rights_stage *r)
{
    struct ctx *cx = stage_as(r->st, "coordinator");
    struct input *in = with_file(cx, "a/message");
    str id;
    i64 rev;
    input_put(cx->a, in, S("to"), str_fmt(cx->a, "coordination:%.*s", SV(r->lane)));
    need(cx, talk_post(cx, r->a->case_id, in, &id), "write to the vendor");
    r->text_a = str_copy(r->st->a, id);
    r->file_a = file_of_size(r, strlen("a/message"));
    cx = stage_finder(r->st, r->report_a);
    need(cx, report_say(cx, r->report_a, with_file(cx, "a/finder")), "write to reception");
    r->file_report_a = file_of_size(r, strlen("a/finder"));
    cx = stage_as(r->st, "coordinator");
    in = stage_input(cx->a, "cve", "CVE-2023-5915", "title_en", "a/vulnerability", NULL);
    need(cx, vuln_add(cx, r->a->case_id, in, &id), "add a vulnerability");
    r->vuln_a = str_copy(r->st->a, id);
    cx = stage_as(r->st, "coordinator");
    in = stage_input(cx->a, "ja.title", "a/unreleased", NULL);
    need(cx, advisory_save(cx, r->a->case_id, 0, in, &rev), "save a draft");
    cx = stage_as(r->st, "coordinator");
    in = stage_input(cx->a, "title_en", "a/title", NULL);
    need(cx, case_set_title(cx, r->a->case_id, in), "set the title");
}

static str number_of(struct stage *st, str case_id)
{
    struct ctx *cx = stage_nobody(st);
    struct q_case_get row;
    need(cx, app_read(cx), "read");
    need(cx, q_case_get(cx->db, &row, .id = case_id), "case");
    return str_copy(st->a, row.number);
}

struct rights_stage *rights_stage(struct stage *st)
{
    struct rights_stage *r = NEW(st->a, struct rights_stage);
    r->st = st;
    r->a = walked(st, WALKED_AFFECTED);
    r->report_a = r->a->report_id;
    (void)stage_person(st, "gov", stage_dept(st, stage_org(st, "priority", "gov"), "priority"));
    (void)stage_person(st, "sysop", NO_STR);
    (void)stage_person(st, "watcher", stage_dept(st, stage_org_id(st, "coordinator"), ""));
    help_sql(st->url, "UPDATE person SET is_operator = 1 WHERE login = 'sysop'");
    help_sql(st->url, "UPDATE person SET is_auditor = 1 WHERE login = 'watcher'");
    help_sql(st->url, "UPDATE membership SET role = 'lead' WHERE person_id IN (SELECT id FROM "
                      "person WHERE login IN ('mihon.poc', 'coordinator'))");
    share_all(r);
    r->d = walk_new(st);
    walk_report(r->d, NULL, "mihon");
    r->report_d = r->d->report_id;
    struct ctx *cx = stage_finder(st, r->report_d);
    need(cx, report_say(cx, r->report_d, stage_input(cx->a, "text", "d/finder", NULL)), "write");
    site_report(r);
    r->case_a = number_of(st, r->a->case_id);
    r->case_d = number_of(st, r->d->case_id);
    r->lane = walk_lane(r->a, "mihon");
    r->dept = stage_dept_id(st, "mihon", "care");
    contents(r);
    return r;
}

struct visitor *visit_who(const struct rights_stage *r, struct stage *st, enum who w, bool api)
{
    const str reports[] = {
        [WHO_FINDER_A] = r->report_a, [WHO_FINDER_D] = r->report_d, [WHO_FINDER_W] = r->report_w};
    struct visitor *v;
    if (w == WHO_NOBODY)
        return visit_nobody(st);
    v = people[w].login ? visit_as(st, people[w].login) : visit_finder(st, reports[w]);
    if (api) {
        v->bearer = v->session;
        v->session = NO_STR;
    }
    return v;
}
