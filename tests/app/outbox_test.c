/* outbox_test.c - notices: for whom, in which words, tried how often, and what a crash leaves. */
#include "t.h"

#include "app/notice.h"
#include "app/outbox_own.h"
#include "app/text.h"
#include "help/admin.h"
#include "help/case_walk.h"

#include <sys/wait.h>
#include <unistd.h>

/* A mail server as the test wants it. */
struct post_office {
    struct arena *a;
    struct smtp_answer answer;
    enum err err;
    struct app *meanwhile; /* another process, which works the outbox while a mail is sent */
    bool crash;
    size_t n;
    str to[256], bytes[256];
    struct outbox_count other;
};

static enum err accept_mail(void *arg, struct arena *a, struct fault *f, const struct smtp_mail *m,
                            struct smtp_answer *out)
{
    struct post_office *p = arg;
    (void)a;
    if (p->crash)
        _exit(0);
    must(p->n < COUNT(p->to) && m->to.n == 1);
    p->to[p->n] = str_copy(p->a, m->to.v[0]);
    p->bytes[p->n++] = str_copy(p->a, m->bytes);
    if (p->meanwhile != NULL) {
        struct outbox_mailer mailer = {accept_mail, p};
        struct app *other = p->meanwhile;
        bool more;
        p->meanwhile = NULL;
        CHECK_ERR(OK, outbox_work(other, &mailer, 100, NULL, f, &p->other, &more));
    }
    *out = p->answer;
    return p->err;
}

static struct post_office *office(struct stage *st)
{
    struct post_office *p = NEW(st->a, struct post_office);
    p->a = st->a;
    p->answer = (struct smtp_answer){SMTP_SENT, 250, S("data"), S("ok")};
    admin_sql(st, "DELETE FROM outbox");
    return p;
}

static struct outbox_count round_of(struct app *app, struct post_office *p)
{
    struct outbox_mailer mailer = {accept_mail, p};
    struct outbox_count count = {0};
    struct fault f = {0};
    bool more;
    enum err e = outbox_work(app, p ? &mailer : NULL, 100, NULL, &f, &count, &more);
    if (e != OK)
        (void)printf("outbox_work: %s\n", f.text);
    CHECK_ERR(OK, e);
    return count;
}

/* Notices become mails, then the mails go. */
static struct outbox_count deliver(struct stage *st, struct post_office *p)
{
    (void)round_of(st->app, p);
    return round_of(st->app, p);
}

struct told {
    str principal, number;
};
static enum err put_task(struct ctx *cx, void *arg)
{
    const struct told *t = arg;
    return notice_task(cx, t->principal, t->number);
}
static void tell(struct stage *st, str principal, const char *number)
{
    struct told t = {principal, number ? str_z(number) : NO_STR};
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, db_write(cx, put_task, &t));
}

static enum err put_finder(struct ctx *cx, void *arg)
{
    return notice_finder(cx, *(const str *)arg);
}

static i64 count_of(struct stage *st, const char *sql)
{
    i64 n = -1;
    str url = str_has_prefix(st->url, S("sqlite:")) ? str_from(st->url, 7) : st->url;
    CHECK(str_i64(help_sql_value(st->a, url, sql), &n));
    return n;
}

/* The text of a mail whose body is quoted-printable, as it is for English: soft breaks out. */
static bool says(struct post_office *p, size_t i, const char *line)
{
    buf b = {.a = p->a};
    str s = p->bytes[i];
    for (size_t k = 0; k < s.n; k++)
        if (s.p[k] == '=' && k + 2 < s.n && s.p[k + 1] == '\r')
            k += 2;
        else if (s.p[k] != '\r')
            buf_char(&b, s.p[k]);
    if (str_find(buf_str(&b), str_z(line)) >= 0)
        return true;
    (void)printf("not in the mail: %s\n%.*s\n", line, SV(s));
    return false;
}

static str line_of(struct post_office *p, size_t i, const char *name)
{
    ptrdiff_t at = str_find(p->bytes[i], str_z(name));
    must(at >= 0);
    str rest = str_from(p->bytes[i], (size_t)at);
    return str_cut(&rest, '\r');
}

APP_TEST(a_notice_becomes_a_mail_for_each_who_wants_one)
{
    admin_cast(st);
    struct post_office *p = office(st);
    str dept = stage_dept_id(st, "mihon", "design");
    (void)stage_person(st, "second", dept);
    (void)stage_person(st, "muted", dept);
    (void)stage_person(st, "left", dept);
    (void)stage_person(st, "locked", dept);
    admin_sql(st, "UPDATE person SET muted = 1 WHERE login = 'muted';"
                  "UPDATE person SET disabled = 1 WHERE login = 'locked';"
                  "UPDATE membership SET until = since + 1 WHERE person_id = "
                  "(SELECT id FROM person WHERE login = 'left');");
    tell(st, dept, "12345678");
    struct outbox_count c = deliver(st, p);
    CHECK_I64(2, (i64)c.sent);
    CHECK_I64(2, (i64)p->n);
    CHECK_STR(S("mihon.design@mail.example"), p->to[0]);
    CHECK_STR(S("second@mail.example"), p->to[1]);
    c = round_of(st->app, p);
    CHECK_I64(0, (i64)(c.sent + c.others));
}

APP_TEST(a_mail_says_a_number_and_an_address_in_the_readers_language)
{
    admin_cast(st);
    struct post_office *p = office(st);
    tell(st, stage_dept_id(st, "mihon", "design"), "12345678");
    tell(st, stage_dept_id(st, "mihon", "rnd"), NULL);
    admin_sql(st, "UPDATE person SET lang = 'ja' WHERE login = 'mihon.rnd'");
    (void)deliver(st, p);
    CHECK_I64(2, (i64)p->n);
    CHECK_STR(S("Subject: [Kakehashi] Something for you: KKH#12345678"), line_of(p, 0, "Subject:"));
    CHECK(says(p, 0,
               "\n\nThere is something for you in KKH#12345678.\n\n"
               "  https://portal.example/en/cases/12345678\n\n"
               "For safety this mail says no more: sign in to read it.\n"
               "You can stop these notices in your account.\n"));
    CHECK_STR(S("Content-Language: ja"), line_of(p, 1, "Content-Language:"));
    CHECK(str_find(p->bytes[1], S("12345678")) < 0);
    CHECK_STR(S("Auto-Submitted: auto-generated"), line_of(p, 0, "Auto-Submitted:"));
}

/* Every mail that a whole case causes, against every text that was typed on its way. */
APP_TEST(no_word_of_a_case_is_in_its_mails)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    walk_begin(w, true);
    walk_run(w, "");
    admin_sql(st, "UPDATE person SET lang = 'en'");
    struct post_office *p = NEW(a, struct post_office);
    p->a = a;
    p->answer = (struct smtp_answer){SMTP_SENT, 250, S("data"), S("ok")};
    (void)deliver(st, p);
    while (round_of(st->app, p).sent > 0)
        ;
    CHECK(p->n > 12);
    static const char *const hidden[] = {" at ",    "1.1/",  "mihon Inc", "reiji Inc",
                                         "Product", "0.1.1", "1.2.1"};
    for (size_t i = 0; i < p->n; i++)
        for (size_t k = 0; k < COUNT(hidden); k++)
            CHECK(str_find(p->bytes[i], str_z(hidden[k])) < 0);
}

APP_TEST(what_is_said_already_is_not_said_twice)
{
    admin_cast(st);
    struct post_office *p = office(st);
    str dept = stage_dept_id(st, "mihon", "design");
    tell(st, dept, "12345678");
    tell(st, dept, "12345678");
    tell(st, dept, "87654321");
    CHECK_I64(2, (i64)deliver(st, p).sent);
    tell(st, dept, "12345678"); /* news again */
    CHECK_I64(1, (i64)deliver(st, p).sent);
}

APP_TEST(a_finder_is_told_by_the_report_and_an_office_as_an_office)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    walk_report(w, NULL, "");
    str mine = w->report_id;
    walk_report(w, "certx", "");
    str theirs = w->report_id;
    struct post_office *p = office(st);
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, db_write(cx, put_finder, &mine));
    CHECK_OK(cx, db_write(cx, put_finder, &theirs));
    CHECK_I64(2, (i64)deliver(st, p).sent);
    size_t finder = str_eq(p->to[0], S("certx@mail.example")) ? 1 : 0;
    CHECK_STR(S("certx@mail.example"), p->to[1 - finder]);
    CHECK(says(p, 1 - finder, "  https://portal.example/en/inbox\n"));
    CHECK(says(p, finder, "/track\n"));
    CHECK(says(p, finder, "use your receipt number and key"));
}

APP_TEST(a_mail_that_fails_is_tried_for_five_days_and_then_a_letter_for_the_operator)
{
    struct outbox_letter *letters;
    size_t n, tries = 0;
    i64 begun = clock_now(&st->app->clock), last = begun;
    admin_cast(st);
    struct post_office *p = office(st);
    p->answer = (struct smtp_answer){SMTP_LATER, 451, S("recipient"), S("busy")};
    tell(st, stage_dept_id(st, "mihon", "design"), "12345678");
    (void)round_of(st->app, p);
    for (i64 now = begun; now < begun + 8 * DAY; now = stage_later(st, 30 * MINUTE)) {
        struct outbox_count c = round_of(st->app, p);
        tries += c.later + c.given_up;
        if (c.later + c.given_up > 0)
            last = now;
    }
    CHECK_I64(12, (i64)tries);
    CHECK(last - begun >= 4 * DAY && last - begun <= 6 * DAY);
    for (size_t i = 1; i < p->n; i++)
        CHECK_STR(line_of(p, 0, "Message-ID:"), line_of(p, i, "Message-ID:"));

    struct ctx *cx = stage_as(st, "mihon.poc");
    CHECK_ERR(E_DENIED, outbox_letters(cx, &letters, &n));
    cx = stage_as(st, "sysop");
    CHECK_OK(cx, outbox_letters(cx, &letters, &n));
    CHECK_I64(1, (i64)n);
    CHECK_STR(S("mihon.design"), letters[0].login);
    CHECK_STR(S("recipient 451"), letters[0].why);
    CHECK_I64(12, letters[0].tries);
    CHECK_OK(cx, outbox_again(cx, letters[0].id));
    CHECK_ERR(E_NOT_FOUND, outbox_again(cx, letters[0].id));
    p->answer.outcome = SMTP_SENT;
    CHECK_I64(1, (i64)round_of(st->app, p).sent);
}

APP_TEST(a_refused_mail_is_not_tried_again)
{
    admin_cast(st);
    struct post_office *p = office(st);
    p->answer = (struct smtp_answer){SMTP_REFUSED, 550, S("recipient"), S("no such user")};
    tell(st, stage_dept_id(st, "mihon", "design"), "12345678");
    CHECK_I64(1, (i64)deliver(st, p).given_up);
    (void)stage_later(st, 3 * DAY);
    CHECK_I64(0, (i64)round_of(st->app, p).given_up);
    CHECK_I64(1, count_of(st, "SELECT count(*) FROM outbox WHERE failed = 'recipient 550'"));
}

static enum err put_rubbish(struct ctx *cx, [[maybe_unused]] void *arg)
{
    static const char *const rows[][3] = {
        {"x", "task", "{"}, {"y", "mail", "{"}, {"z", "task", "{}"}};
    for (size_t i = 0; i < COUNT(rows); i++)
        TRY(q_outbox_add(cx->db, .id = str_z(rows[i][0]), .kind = str_z(rows[i][1]), .due = cx->now,
                         .content = text_seal(cx, str_z(rows[i][2]))));
    return OK;
}

APP_TEST(a_row_that_says_nothing_and_an_address_that_is_none_become_letters)
{
    admin_cast(st);
    struct post_office *p = office(st);
    tell(st, stage_dept_id(st, "mihon", "design"), "12345678");
    admin_sql(st, "UPDATE person SET email = 'not an address' WHERE login = 'mihon.design'");
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, db_write(cx, put_rubbish, NULL));
    (void)deliver(st, p);
    (void)round_of(st->app, p);
    CHECK_I64(0, (i64)p->n);
    CHECK_I64(4, count_of(st, "SELECT count(*) FROM outbox WHERE failed IS NOT NULL"));
    CHECK_I64(0, count_of(st, "SELECT count(*) FROM outbox WHERE done IS NULL"));
}

APP_TEST(a_server_that_is_not_there_is_asked_once_a_round)
{
    admin_cast(st);
    struct post_office *p = office(st);
    tell(st, stage_dept_id(st, "mihon", "design"), "1");
    tell(st, stage_dept_id(st, "mihon", "rnd"), "1");
    tell(st, stage_dept_id(st, "mihon", "care"), "1");
    p->answer = (struct smtp_answer){SMTP_LATER, 0, S("connect"), S("refused")};
    (void)deliver(st, p);
    CHECK_I64(1, (i64)p->n);
    CHECK_I64(1, (i64)round_of(st->app, p).later);
    p->answer.outcome = SMTP_SENT;
    CHECK_I64(1, (i64)round_of(st->app, p).sent);
    (void)stage_later(st, HOUR);
    CHECK_I64(2, (i64)round_of(st->app, p).sent);
}

APP_TEST(two_processes_at_once_send_a_mail_once)
{
    admin_cast(st);
    struct post_office *p = office(st);
    tell(st, stage_dept_id(st, "mihon", "design"), "1");
    (void)round_of(st->app, p);
    p->meanwhile = stage_again(st);
    CHECK_I64(1, (i64)round_of(st->app, p).sent);
    CHECK_I64(0, (i64)(p->other.sent + p->other.later));
    CHECK_I64(1, (i64)p->n);
}

/* Of a process that dies with the mail in its hands. */
static void die_sending(struct stage *st, struct post_office *p)
{
    int status;
    pid_t pid = fork();
    must(pid >= 0);
    if (pid == 0) {
        p->crash = true;
        (void)round_of(stage_again(st), p);
        _exit(1);
    }
    must(waitpid(pid, &status, 0) == pid);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

APP_TEST(a_crash_while_a_mail_is_sent_loses_nothing_and_repeats_it_under_its_id)
{
    admin_cast(st);
    struct post_office *p = office(st);
    tell(st, stage_dept_id(st, "mihon", "design"), "1");
    (void)round_of(st->app, p);
    die_sending(st, p);
    CHECK_I64(0, (i64)round_of(st->app, p).sent); /* it may still be on its way */
    (void)stage_later(st, 11 * MINUTE);
    CHECK_I64(1, (i64)round_of(st->app, p).sent);
    str id = line_of(p, 0, "Message-ID:");
    CHECK(str_find(id, help_sql_value(a,
                                      str_has_prefix(st->url, S("sqlite:")) ? str_from(st->url, 7)
                                                                            : st->url,
                                      "SELECT id FROM outbox WHERE kind = 'mail'")) > 0);
    (void)stage_later(st, 11 * MINUTE);
    CHECK_I64(0, (i64)round_of(st->app, p).sent);
}

APP_TEST(without_a_mail_server_mails_wait_a_week_and_what_is_done_is_forgotten)
{
    admin_cast(st);
    struct post_office *p = office(st);
    tell(st, stage_dept_id(st, "mihon", "design"), "1");
    CHECK_I64(1, (i64)round_of(st->app, NULL).others);
    CHECK_I64(0, (i64)round_of(st->app, NULL).others);
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, outbox_sweep(cx, false));
    CHECK_I64(1, count_of(st, "SELECT count(*) FROM outbox WHERE done IS NULL"));
    (void)stage_later(st, 8 * DAY);
    cx = stage_nobody(st);
    CHECK_OK(cx, outbox_sweep(cx, true));
    CHECK_I64(1, count_of(st, "SELECT count(*) FROM outbox"));
    CHECK_OK(cx, outbox_sweep(cx, false));
    CHECK_I64(0, (i64)round_of(st->app, p).sent);
    (void)stage_later(st, 8 * DAY);
    cx = stage_nobody(st);
    CHECK_OK(cx, outbox_sweep(cx, false));
    CHECK_I64(0, count_of(st, "SELECT count(*) FROM outbox"));
}

APP_TEST(who_stopped_the_notices_meanwhile_gets_none)
{
    admin_cast(st);
    struct post_office *p = office(st);
    tell(st, stage_dept_id(st, "mihon", "design"), "1");
    (void)round_of(st->app, p);
    admin_sql(st, "UPDATE person SET muted = 1 WHERE login = 'mihon.design'");
    struct outbox_count c = round_of(st->app, p);
    CHECK_I64(0, (i64)(c.sent + c.later + c.given_up + p->n));
    CHECK_I64(0, count_of(st, "SELECT count(*) FROM outbox WHERE done IS NULL"));
}
