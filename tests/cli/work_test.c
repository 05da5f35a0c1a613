/* work_test.c - notices by `kakehashi work`: through a real mail server, and past broken ones. */
#include "t.h"

#include "app/notice.h"
#include "help/admin.h"
#include "help/cli.h"
#include "help/postfix.h"
#include "help/smtpd.h"
#include "help/wire.h"
#include "io/files.h"

struct told {
    str principal;
};
static enum err put_task(struct ctx *cx, void *arg)
{
    const struct told *t = arg;
    return notice_task(cx, t->principal, S("12345678"));
}

/* A notice for one department of mihon, whose person is at that address. */
static void tell(struct stage *st, const char *dept, const char *address)
{
    struct told t = {stage_dept_id(st, "mihon", dept)};
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, db_write(cx, put_task, &t));
    admin_sql(st, str_to_z(st->a, str_fmt(st->a,
                                          "UPDATE person SET email = '%s' "
                                          "WHERE login = 'mihon.%s'",
                                          address, dept)));
}

static const char *clock_file(struct stage *st)
{
    struct fault f = {0};
    str path = str_join(st->a, help_folder(st->a), S("/clock"));
    const char *z = str_to_z(st->a, path);
    must(file_write(st->a, z, str_fmt(st->a, "%lld", (long long)clock_now(&st->app->clock)), 0600,
                    &f) == OK);
    return z;
}

#define WORK(st, ...)                                                                              \
    cli_run((st)->a, S(""), "work", "--database", str_to_z((st)->a, (st)->url), "--data",          \
            str_to_z((st)->a, help_folder((st)->a)), "--clock", clock_file(st), __VA_ARGS__, NULL)

static const char *smtp_at(struct stage *st, int port)
{
    return str_to_z(st->a, str_fmt(st->a, "smtp://127.0.0.1:%d", port));
}

#define CHECK_OUT(want, r)                                                                         \
    do {                                                                                           \
        struct cli_result r_ = (r);                                                                \
        if (r_.code != 0)                                                                          \
            (void)printf("%d: %.*s\n", r_.code, SV(r_.err));                                       \
        CHECK_STR(S(want), r_.out);                                                                \
    } while (0)

APP_TEST(notices_arrive_through_postfix)
{
    struct postfix p;
    if (!postfix_may_run())
        SKIP("Postfix is not installed, or this is not root");
    admin_cast(st);
    admin_sql(st, "DELETE FROM outbox");
    tell(st, "design", "design@mail.example");
    tell(st, "rnd", "rnd@mail.example");
    tell(st, "care", "gone@mail.example");
    tell(st, "sales", "full@mail.example");
    CHECK(postfix_start(&p, a));
    struct cli_result r =
        WORK(st, "--smtp", smtp_at(st, p.port), "--public-url", "https://desk.example");
    struct strs mails = postfix_mails(&p, a, 2);
    postfix_stop(&p);
    CHECK_OUT("2 mails sent, 1 put off, 1 given up, 4 other things done; 1 wait\n", r);
    CHECK_I64(2, (i64)mails.n);
    CHECK(str_find(mails.v[0], S("Delivered-To: design@mail.example\n")) >= 0);
    CHECK(str_find(mails.v[0], S("Return-Path: <no-reply@desk.example>\n")) >= 0);
    CHECK(str_find(mails.v[0], S("\nSubject: [Kakehashi] Something for you: KKH#12345678\n")) >= 0);
    CHECK(str_find(mails.v[0], S("\n  https://desk.example/en/cases/12345678\n")) >= 0);
    CHECK(str_find(mails.v[1], S("Delivered-To: rnd@mail.example\n")) >= 0);

    r = WORK(st, "--letters");
    CHECK(str_find(r.out, S("mihon.care")) >= 0 && str_find(r.out, S("recipient 550")) >= 0);
    str id = str_cut(&r.out, ' ');
    CHECK_I64(0, WORK(st, "--again", str_to_z(a, id)).code);
    CHECK_OUT("", WORK(st, "--letters"));
}

APP_TEST(a_mail_server_that_is_away_or_falls_silent_keeps_the_mails)
{
    admin_cast(st);
    admin_sql(st, "DELETE FROM outbox");
    tell(st, "design", "design@mail.example");
    tell(st, "rnd", "rnd@mail.example");
    struct cli_result r = WORK(st, "--smtp", smtp_at(st, wire_free_port()));
    CHECK_OUT("0 mails sent, 1 put off, 0 given up, 2 other things done; 2 wait\n", r);

    struct smtpd *s = smtpd_listen(a, (struct smtpd_script){.data = SMTPD_CLOSE});
    smtpd_start(s);
    r = WORK(st, "--smtp", smtp_at(st, s->port));
    smtpd_join(s);
    CHECK_OUT("0 mails sent, 1 put off, 0 given up, 0 other things done; 2 wait\n", r);
}

APP_TEST(without_a_mail_server_notices_wait_and_a_bad_one_is_said)
{
    admin_cast(st);
    admin_sql(st, "DELETE FROM outbox");
    tell(st, "design", "design@mail.example");
    CHECK_OUT("0 mails sent, 0 put off, 0 given up, 1 other things done; 1 wait\n",
              WORK(st, "--json"));
    struct cli_result r = WORK(st, "--smtp", "smtp://mail.example/a b\n");
    CHECK(r.code != 0 && r.err.n > 0);
    r = WORK(st, "--again", "nothing");
    CHECK_STR(S("kakehashi: no letter with that id was given up; --letters lists them\n"), r.err);
    CHECK_STR(S("[]\n"), WORK(st, "--letters", "--json").out);
}
