/* cve_work_test.c - numbers and records at CVE Services: what is planned is done once, whatever
 * the service answers. */
#include "app/cve_work.h"
#include "app/statuses.h"
#include "app/vulns.h"
#include "help/cved.h"
#include "help/released.h"
#include "t.h"

#include <stdio.h>

struct play {
    struct stage *st;
    struct walk *w;
    struct cved *d;
    struct cve_wire wire;
    str vuln;
};

static struct ctx *operator_of(struct stage *st)
{
    struct ctx *cx = stage_nobody(st);
    cx->who.is_operator = true;
    return cx;
}

static void set_account(struct stage *st)
{
    struct ctx *cx = operator_of(st);
    CHECK_OK(cx, cve_account_put(cx, stage_input(st->a, "url", "https://cve.example/api/",
                                                 "short_name", CVED_ORG, "user_name", CVED_USER,
                                                 "api_key", CVED_KEY, NULL)));
}

static struct play pool(struct stage *st)
{
    struct play p = {.st = st, .d = cved_new(st->a)};
    p.wire = cved_wire(p.d, str_to_z(st->a, cve_key_path(st->a, st->app->spool_dir)));
    set_account(st);
    return p;
}

static void trouble(struct play *p, int at, enum cved_trouble t)
{
    p->d->at = p->d->requests + at;
    p->d->trouble = t;
}

static struct cve_count work(struct play *p)
{
    struct cve_count c = {0};
    struct fault f = {0};
    enum err e = cve_work(p->st->app, &p->wire, 10, NULL, &f, &c);
    if (e != OK)
        (void)printf("%s\n", f.text);
    CHECK_ERR(OK, e);
    return c;
}

static str reserve(struct play *p, const char *amount, const char *batch)
{
    struct ctx *cx = operator_of(p->st);
    str job;
    CHECK_OK(cx,
             cve_plan_pool(
                 cx, stage_input(p->st->a, "amount", amount, "year", "2026", "batch", batch, NULL),
                 &job));
    return job;
}

static struct cve_job_line line(struct play *p, str job)
{
    struct ctx *cx = operator_of(p->st);
    struct cve_job_line j;
    CHECK_OK(cx, cve_job_line(cx, job, &j));
    return j;
}

static size_t numbers(struct play *p)
{
    struct ctx *cx = operator_of(p->st);
    struct cve_number_line *all;
    size_t n;
    CHECK_OK(cx, cve_numbers_all(cx, &all, &n));
    return n;
}

#define STATE_IS(p, job, want) CHECK_STR(S(want), line(p, job).state)

APP_TEST(numbers_are_reserved_and_kept)
{
    struct play p = pool(st);
    str job = reserve(&p, "3", "sequential");
    CHECK_I64(1, (i64)work(&p).done);
    STATE_IS(&p, job, "done");
    CHECK_I64(3, (i64)numbers(&p));
    CHECK_STR(S("GET /cve-id 200\nPOST /cve-id 200\n"), buf_str(&p.d->log));
    CHECK_I64(0, (i64)work(&p).done); /* what is over is not done again */
}

APP_TEST(without_an_account_nothing_is_planned)
{
    struct ctx *cx = operator_of(st);
    str job;
    CHECK_ERR(E_INVALID, cve_plan_pool(cx, stage_input(a, "amount", "1", NULL), &job));
    CHECK_STR(S(": cve_no_account; "), stage_why(cx));
    set_account(st);
    cx = stage_nobody(st);
    CHECK_ERR(E_DENIED, cve_plan_pool(cx, stage_input(a, "amount", "1", NULL), &job));
    cx = operator_of(st);
    CHECK_ERR(
        E_INVALID,
        cve_plan_pool(cx, stage_input(a, "amount", "11", "batch", "nonsequential", NULL), &job));
}

/* The answer is lost, unreadable or an error after the service did it: the next try finds out
 * and asks for no more. */
APP_TEST(what_was_reserved_without_an_answer_is_not_reserved_again)
{
    static const enum cved_trouble troubles[] = {CVED_LOST_AFTER, CVED_GARBAGE, CVED_500};
    struct play p = pool(st);
    for (size_t i = 0; i < COUNT(troubles); i++) {
        str job = reserve(&p, "2", "sequential");
        p.d->requests = 0;
        trouble(&p, i < 2 ? 2 : 3, troubles[i]); /* the list has two a page */
        CHECK_I64(1, (i64)work(&p).later);
        STATE_IS(&p, job, "asking");
        CHECK_I64(0, (i64)work(&p).done); /* not before its time */
        (void)stage_later(st, 10 * MINUTE);
        CHECK_I64(1, (i64)work(&p).done);
        STATE_IS(&p, job, "done");
        CHECK_I64((i64)(2 * i + 2), (i64)p.d->nids);
        CHECK_I64((i64)(2 * i + 2), (i64)numbers(&p));
    }
}

APP_TEST(what_was_not_done_is_asked_again_later)
{
    static const enum cved_trouble troubles[] = {CVED_LOST_BEFORE, CVED_502, CVED_429,
                                                 CVED_IN_PROGRESS, CVED_REDIRECT};
    static const char *const errors[] = {"NO_ANSWER", "HTTP_502", "TOO_MANY_REQUESTS",
                                         "RESERVATION_IN_PROGRESS", "REDIRECTED"};
    for (size_t i = 0; i < COUNT(troubles); i++) {
        struct play p = pool(st);
        str job = reserve(&p, "1", "");
        trouble(&p, 2, troubles[i]);
        CHECK_I64(1, (i64)work(&p).later);
        CHECK_STR(str_z(errors[i]), line(&p, job).error);
        CHECK_I64(troubles[i] == CVED_429 ? 7200 : 2 * 60,
                  (line(&p, job).due - clock_now(&st->app->clock)) / SECOND);
        (void)stage_later(st, 3 * HOUR);
        CHECK_I64(1, (i64)work(&p).done);
        CHECK_I64(1, (i64)p.d->nids);
        for (size_t k = 0; k < p.d->nids; k++) /* the next service counts on from here */
            help_sql(str_has_prefix(st->url, S("sqlite:")) ? str_from(st->url, 7) : st->url,
                     "DELETE FROM cve_number");
    }
}

APP_TEST(a_refusal_is_final_and_says_why)
{
    struct play p = pool(st);
    p.d->quota = 1;
    str job = reserve(&p, "2", "sequential");
    CHECK_I64(1, (i64)work(&p).refused);
    struct cve_job_line j = line(&p, job);
    CHECK_STR(S("refused"), j.state);
    CHECK_STR(S("EXCEEDED_ID_QUOTA"), j.error);
    CHECK_STR(S("The amount would exceed the ID quota."), j.message);
    (void)stage_later(st, DAY);
    CHECK_I64(0, (i64)work(&p).refused);
}

APP_TEST(a_wrong_key_refuses_and_stays_closed)
{
    struct play p = pool(st);
    struct ctx *cx = operator_of(st);
    CHECK_OK(cx, cve_account_put(cx, stage_input(a, "url", "https://cve.example/api", "short_name",
                                                 CVED_ORG, "user_name", CVED_USER, "api_key",
                                                 "not-the-key", NULL)));
    str job = reserve(&p, "1", "");
    CHECK_I64(1, (i64)work(&p).refused);
    CHECK_STR(S("UNAUTHORIZED"), line(&p, job).error);
    cx = operator_of(st);
    struct cve_account acc;
    CHECK_OK(cx, cve_account_load(cx, &acc));
    CHECK(str_find(acc.key_box, S("not-the-key")) < 0);
}

/* Somebody else used the same account between our question and the crash: a person decides. */
APP_TEST(numbers_that_may_be_others_are_not_taken)
{
    struct play p = pool(st);
    str job = reserve(&p, "1", "");
    trouble(&p, 2, CVED_LOST_AFTER);
    (void)work(&p);
    (void)stage_later(st, HOUR);
    trouble(&p, 1, CVED_OTHERS);
    CHECK_I64(1, (i64)work(&p).unclear);
    struct cve_job_line j = line(&p, job);
    CHECK_STR(S("WHICH_NUMBERS"), j.error);
    CHECK_STR(S("CVE-2026-20001 CVE-2026-20002"), j.message);
    struct ctx *cx = operator_of(st);
    str ours[] = {S("CVE-2026-20001")};
    CHECK_OK(cx, cve_settle(cx, job, (struct strs){ours, 1}));
    CHECK_I64(1, (i64)numbers(&p));
    CHECK_ERR(E_CONFLICT, cve_settle(cx, job, (struct strs){ours, 1}));
}

/* A worker that died holds its job for five minutes; reservations go one after the other. */
APP_TEST(one_is_at_it_at_a_time)
{
    struct play p = pool(st);
    str first = reserve(&p, "1", "");
    (void)stage_later(st, 1);
    str second = reserve(&p, "1", "");
    struct ctx *cx = operator_of(st);
    CHECK_ERR(E_CONFLICT, cve_work_one(cx, &p.wire, second));
    trouble(&p, 1, CVED_502);
    CHECK_I64(1, (i64)work(&p).later); /* the first; the second waits for it */
    STATE_IS(&p, second, "planned");
    (void)stage_later(st, HOUR);
    CHECK_I64(1, (i64)work(&p).done);
    STATE_IS(&p, first, "done");
    CHECK_I64(1, (i64)work(&p).done);
    CHECK_I64(2, (i64)p.d->nids);
}

/* --- of a case -------------------------------------------------------------------------------- */

static struct play of_case(struct stage *st)
{
    struct walk *w = released(st);
    struct play p = pool(st);
    struct vuln *all;
    size_t n;
    p.w = w;
    struct ctx *cx = walk_as(w, "mihon.poc");
    CHECK_OK(cx, status_change(cx, w->case_id, walk_lane(w, "mihon"),
                               stage_input(st->a, "status", "affected", "products.0.name",
                                           "Gateway X", "products.0.versions", "2.4 より前",
                                           "products.0.status", "affected", NULL)));
    cx = walk_as(w, "coordinator");
    CHECK_OK(cx, vuln_list(cx, w->case_id, &all, &n));
    p.vuln = str_copy(st->a, all[0].id);
    return p;
}

static struct vuln vuln_of(struct play *p)
{
    struct ctx *cx = walk_as(p->w, "coordinator");
    struct vuln *all;
    size_t n;
    CHECK_OK(cx, vuln_list(cx, p->w->case_id, &all, &n));
    return all[n - 1];
}

APP_TEST(a_vulnerability_gets_its_number)
{
    struct play p = of_case(st);
    struct ctx *cx = walk_as(p.w, "coordinator");
    str id, job;
    CHECK_ERR(E_INVALID, cve_plan_number(cx, p.w->case_id, p.vuln, &job)); /* it has one */
    cx = walk_as(p.w, "coordinator");
    CHECK_OK(cx, vuln_add(cx, p.w->case_id, stage_input(a, "title_en", "Second", NULL), &id));
    cx = walk_as(p.w, "mihon.poc");
    CHECK(cve_plan_number(cx, p.w->case_id, id, &job) != OK);
    cx = walk_as(p.w, "reception");
    CHECK_ERR(E_DENIED, cve_plan_number(cx, p.w->case_id, id, &job));
    cx = walk_as(p.w, "coordinator");
    CHECK_OK(cx, cve_plan_number(cx, p.w->case_id, id, &job));
    cx = walk_as(p.w, "coordinator");
    CHECK_ERR(E_INVALID, cve_plan_number(cx, p.w->case_id, id, &job));
    CHECK_STR(S(": cve_open; "), stage_why(cx));
    CHECK_I64(1, (i64)work(&p).done);
    CHECK_STR(S("CVE-2026-20001"), vuln_of(&p).cve);
    CHECK_STR(S("Second"), vuln_of(&p).title[LANG_EN]);
}

/* CVE-2023-5915 of the demo's facts; here it belongs to the organisation that is played. */
static void own_number(struct play *p)
{
    struct cved_id *x = &p->d->ids[p->d->nids++];
    (void)snprintf(x->cve, sizeof x->cve, "CVE-2023-5915");
    (void)snprintf(x->state, sizeof x->state, "RESERVED");
    (void)snprintf(x->user, sizeof x->user, CVED_USER);
}

static str publish(struct play *p)
{
    struct ctx *cx = walk_as(p->w, "coordinator");
    str job;
    CHECK_OK(cx, cve_plan_publish(cx, p->w->case_id, p->vuln, &job));
    return job;
}

APP_TEST(a_record_is_published_once_and_updated)
{
    struct play p = of_case(st);
    struct ctx *cx;
    str job = publish(&p);
    CHECK_I64(1, (i64)work(&p).refused); /* not our number */
    CHECK_STR(S("ORG_DOES_NOT_OWN_ID"), line(&p, job).error);
    own_number(&p);
    job = publish(&p);
    trouble(&p, 2, CVED_LOST_AFTER);
    CHECK_I64(1, (i64)work(&p).later);
    (void)stage_later(st, HOUR);
    p.d->log.n = 0;
    CHECK_I64(1, (i64)work(&p).done); /* it looks, and sees that it was done */
    CHECK_STR(S("GET /cve/CVE-2023-5915 200\n"), buf_str(&p.d->log));
    CHECK_STR(S("publish"), line(&p, job).kind);
    cx = walk_as(p.w, "coordinator");
    CHECK_ERR(E_INVALID, cve_plan_publish(cx, p.w->case_id, p.vuln, &job));
    CHECK_STR(S(": cve_same; "), stage_why(cx));
}

APP_TEST(a_record_that_appeared_meanwhile_is_updated)
{
    struct play p = of_case(st);
    own_number(&p);
    p.d->ids[0].record = S("{\"cnaContainer\":{\"affected\":[]}}");
    str job = publish(&p);
    CHECK_I64(1, (i64)work(&p).done);
    CHECK_STR(S("GET /cve/CVE-2023-5915 200\nPUT /cve/CVE-2023-5915/cna 200\n"),
              buf_str(&p.d->log));
    STATE_IS(&p, job, "done");
}

APP_TEST(a_number_is_rejected_with_its_reason)
{
    struct play p = of_case(st);
    struct ctx *cx = walk_as(p.w, "coordinator");
    str job;
    own_number(&p);
    (void)publish(&p);
    CHECK_I64(1, (i64)work(&p).done);
    CHECK_ERR(E_INVALID, cve_plan_reject(cx, p.w->case_id, S("CVE-2023-5915"),
                                         stage_input(a, "reason_ja", "重複です。", NULL), &job));
    cx = walk_as(p.w, "coordinator");
    CHECK_OK(cx, cve_plan_reject(cx, p.w->case_id, S("CVE-2023-5915"),
                                 stage_input(a, "reason_en", "A duplicate.", "replaced_by",
                                             "CVE-2023-5916", NULL),
                                 &job));
    CHECK_I64(1, (i64)work(&p).done);
    CHECK_I64(1, (i64)cved_count(p.d, "REJECTED"));
    CHECK_STR(S("{\"cnaContainer\":{\"rejectedReasons\":[{\"lang\":\"en\",\"value\":\"A "
                "duplicate.\"}],\"replacedBy\":[\"CVE-2023-5916\"]}}"),
              p.d->ids[0].record);
}
