/* smtp_test.c - mails through the effects process to a server that the test plays. */
#include "t.h"

#include "formats/mail_write.h"
#include "help/smtpd.h"
#include "io/effects.h"

#include <sys/stat.h>
#include <unistd.h>

static const struct effects_kind *const kinds[] = {&effects_smtp};

static struct effects_options options(struct arena *a, const struct smtpd *s)
{
    return (struct effects_options){
        .mode = SANDBOX_AUTO,
        .kinds = kinds,
        .nkinds = COUNT(kinds),
        .smtp.url = str_fmt(a, "smtp://localhost:%d/client.example.jp", s->port),
    };
}

static const str to[] = {S_INIT("finder@example.org")};
static const struct smtp_mail hello = {
    .from = S_INIT("desk@example.jp"),
    .to = {to, 1},
    .bytes = S_INIT("Subject: hello\r\n\r\nline\r\n.\r\n..dots\r\n.end\r\n"),
};

/* One mail, from the fork to the end of the conversation. */
static struct smtp_answer deliver(struct arena *a, struct smtpd *s, const struct effects_options *o,
                                  const struct smtp_mail *m, i64 timeout_ms)
{
    struct effects *e = NULL;
    struct fault f = {0};
    struct smtp_answer r = {0};
    CHECK_ERR(OK, effects_start(a, o, &f, &e));
    smtpd_start(s);
    enum err err = smtp_send(e, a, &f, m, timeout_ms, &r);
    smtpd_join(s);
    if (err != OK)
        (void)printf("%s\n", f.text);
    CHECK_ERR(OK, err);
    return r;
}

static struct smtp_answer simple(struct arena *a, struct smtpd *s)
{
    struct effects_options o = options(a, s);
    return deliver(a, s, &o, &hello, 60000);
}

TEST(a_mail_arrives_byte_for_byte_with_its_envelope)
{
    struct smtpd *s = smtpd_listen(a, (struct smtpd_script){0});
    struct smtp_answer r = simple(a, s);
    CHECK_I64(SMTP_SENT, r.outcome);
    CHECK_I64(250, r.code);
    CHECK_STR(hello.bytes, buf_str(&s->mail));
    CHECK_STR(S("EHLO client.example.jp\n"
                "MAIL FROM:<desk@example.jp> SIZE=41\n"
                "RCPT TO:<finder@example.org>\n"
                "DATA\nQUIT\n"),
              buf_str(&s->commands));
}

TEST(a_written_mail_and_several_recipients_arrive)
{
    static const struct mail_address people[] = {{S_INIT("受信者"), S_INIT("one@example.jp")}};
    static const str both[] = {S_INIT("one@example.jp"), S_INIT("two@example.jp")};
    struct mail m = {.from = {S("窓口"), S("desk@example.jp")},
                     .to = people,
                     .nto = 1,
                     .subject = S("お知らせ"),
                     .body = S(".\n本文です。\n"),
                     .message_id = S("1@example.jp"),
                     .zone = zone_tokyo};
    struct problems ps = {0};
    struct smtp_mail mail = {.from = S(""), .to = {both, 2}};
    CHECK_ERR(OK, mail_write(a, &m, &ps, &mail.bytes));
    struct smtpd *s = smtpd_listen(a, (struct smtpd_script){0});
    struct effects_options o = options(a, s);
    struct smtp_answer r = deliver(a, s, &o, &mail, 60000);
    CHECK_I64(SMTP_SENT, r.outcome);
    CHECK_STR(mail.bytes, buf_str(&s->mail));
    CHECK(str_find(buf_str(&s->commands), S("MAIL FROM:<> SIZE")) > 0);
    CHECK(str_find(buf_str(&s->commands),
                   S("RCPT TO:<one@example.jp>\nRCPT TO:<two@example.jp>\n")) > 0);
}

TEST(megabytes_arrive)
{
    struct smtpd *s = smtpd_listen(a, (struct smtpd_script){0});
    struct effects_options o = options(a, s);
    buf big = {.a = a};
    for (int i = 0; i < 40000; i++)
        buf_putf(&big, "%s%059d\r\n", i % 7 ? "" : ".", i);
    struct smtp_mail m = hello;
    m.bytes = buf_str(&big);
    struct smtp_answer r = deliver(a, s, &o, &m, 20000);
    CHECK_I64(SMTP_SENT, r.outcome);
    CHECK(str_eq(m.bytes, buf_str(&s->mail)));
}

static void ends(struct arena *a, struct smtpd_script script, enum smtp_outcome outcome, i64 code,
                 const char *stage, const char *text)
{
    struct smtp_answer r = simple(a, smtpd_listen(a, script));
    if (r.outcome != outcome || r.code != code || !str_eq(r.stage, str_z(stage)) ||
        str_find(r.text, str_z(text)) < 0)
        (void)printf("got %u %d %.*s: %.*s; want %s\n", r.outcome, (int)r.code, SV(r.stage),
                     SV(r.text), stage);
    CHECK_I64(outcome, r.outcome);
    CHECK_I64(code, r.code);
    CHECK_STR(str_z(stage), r.stage);
    CHECK(str_find(r.text, str_z(text)) >= 0);
}

TEST(what_the_server_refuses_for_good_is_refused)
{
    struct smtpd_script sender = {.sender = "553 5.1.8 no such sender"};
    struct smtpd_script recipient = {.recipient = "550 5.1.1 no such user"};
    struct smtpd_script data = {.data = "554 5.7.1 not from you"};
    struct smtpd_script end = {.end = "552 5.3.4 too big"};
    ends(a, sender, SMTP_REFUSED, 553, "sender", "5.1.8 no such sender");
    ends(a, recipient, SMTP_REFUSED, 550, "recipient", "5.1.1 no such user");
    ends(a, data, SMTP_REFUSED, 554, "data", "5.7.1 not from you");
    ends(a, end, SMTP_REFUSED, 552, "data", "5.3.4 too big");
}

TEST(what_the_server_refuses_for_now_is_for_later)
{
    struct smtpd_script recipient = {.recipient = "450 4.2.1 greylisted"};
    struct smtpd_script end = {.end = "451 4.3.0 disk full"};
    ends(a, recipient, SMTP_LATER, 450, "recipient", "greylisted");
    ends(a, end, SMTP_LATER, 451, "data", "disk full");
}

TEST(a_server_that_wants_no_mail_at_all_costs_no_mail)
{
    struct smtpd_script greeting = {.greeting = "554 5.3.2 closed"};
    ends(a, greeting, SMTP_LATER, 554, "connect", "closed");
    struct smtpd_script hangs_up = {.greeting = SMTPD_CLOSE};
    ends(a, hangs_up, SMTP_LATER, 0, "connect", "");
}

TEST(a_server_that_hangs_up_on_the_way_is_for_later)
{
    struct smtpd_script sender = {.sender = SMTPD_CLOSE}, end = {.end = SMTPD_CLOSE};
    ends(a, sender, SMTP_LATER, 0, "sender", "");
    ends(a, end, SMTP_LATER, 0, "data", "");
}

TEST(a_server_that_falls_silent_is_for_later)
{
    static const struct smtpd_script scripts[] = {
        {.greeting = SMTPD_HANG}, {.recipient = SMTPD_HANG}, {.end = SMTPD_HANG}};
    static const char *const stages[] = {"connect", "recipient", "data"};
    for (size_t i = 0; i < COUNT(scripts); i++) {
        struct smtpd *s = smtpd_listen(a, scripts[i]);
        struct effects_options o = options(a, s);
        struct smtp_answer r = deliver(a, s, &o, &hello, 300);
        CHECK_I64(SMTP_LATER, r.outcome);
        CHECK_I64(0, r.code);
        CHECK_STR(str_z(stages[i]), r.stage);
        CHECK(str_find(r.text, S("Timeout")) >= 0);
    }
}

TEST(a_server_that_does_not_say_goodbye_has_the_mail_all_the_same)
{
    struct smtpd *s = smtpd_listen(a, (struct smtpd_script){.quit = SMTPD_HANG});
    CHECK_I64(SMTP_SENT, simple(a, s).outcome);
    CHECK_STR(hello.bytes, buf_str(&s->mail));
}

TEST(no_server_at_all_is_for_later)
{
    struct smtpd *s = smtpd_listen(a, (struct smtpd_script){0});
    struct effects_options o = options(a, s);
    struct effects *e = NULL;
    struct fault f = {0};
    struct smtp_answer r;
    CHECK_ERR(OK, effects_start(a, &o, &f, &e));
    (void)close(s->listener);
    CHECK_ERR(OK, smtp_send(e, a, &f, &hello, 60000, &r));
    CHECK_I64(SMTP_LATER, r.outcome);
    CHECK_STR(S("connect"), r.stage);
    s->listener = -1;
}

TEST(without_a_configured_server_that_is_said)
{
    struct effects_options o = {.mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = 1};
    struct effects *e = NULL;
    struct fault f = {0};
    struct smtp_answer r;
    CHECK_ERR(OK, effects_start(a, &o, &f, &e));
    CHECK_ERR(E_INVALID, smtp_send(e, a, &f, &hello, 1000, &r));
    CHECK(strstr(f.text, "no mail server") != NULL);
}

TEST(an_address_cannot_carry_a_command)
{
    struct effects_options o = {
        .mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = 1, .smtp.url = S("smtp://localhost:1")};
    static const str bad[] = {S_INIT("a@b>\r\nRSET"), S_INIT("a@b> SIZE=1"), S_INIT("")};
    struct effects *e = NULL;
    struct fault f = {0};
    struct smtp_answer r;
    CHECK_ERR(OK, effects_start(a, &o, &f, &e));
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct smtp_mail m = {.from = S("a@b"), .to = {&bad[i], 1}, .bytes = S("\r\n")};
        CHECK_ERR(E_INVALID, smtp_send(e, a, &(struct fault){0}, &m, 1000, &r));
        m = (struct smtp_mail){.from = bad[i], .to = {to, 1}, .bytes = S("\r\n")};
        if (bad[i].n > 0)
            CHECK_ERR(E_INVALID, smtp_send(e, a, &(struct fault){0}, &m, 1000, &r));
    }
}

/* TLS */

TEST(starttls_and_the_certificate_are_demanded)
{
    if (!smtpd_has_tls())
        SKIP("OpenSSL's headers are not installed");
    struct smtpd *s = smtpd_listen(a, (struct smtpd_script){.starttls = true});
    struct effects_options o = options(a, s);
    o.smtp.tls = true;
    o.smtp.ca_file = smtpd_certificate(s);
    struct smtp_answer r = deliver(a, s, &o, &hello, 60000);
    CHECK_I64(SMTP_SENT, r.outcome);
    CHECK(s->encrypted);
    CHECK_STR(hello.bytes, buf_str(&s->mail));
}

TEST(a_server_without_starttls_gets_nothing)
{
    struct smtpd *s = smtpd_listen(a, (struct smtpd_script){0});
    struct effects_options o = options(a, s);
    o.smtp.tls = true;
    struct smtp_answer r = deliver(a, s, &o, &hello, 60000);
    CHECK_I64(SMTP_LATER, r.outcome);
    CHECK_STR(S("tls"), r.stage);
    CHECK_I64(0, (i64)s->mail.n);
    CHECK(str_find(buf_str(&s->commands), S("MAIL")) < 0);
}

static void untrusted(struct arena *a, const char *host, bool known)
{
    struct smtpd *s = smtpd_listen(a, (struct smtpd_script){.starttls = true});
    struct effects_options o = options(a, s);
    o.smtp.tls = true;
    o.smtp.url = str_fmt(a, "smtp://%s:%d", host, s->port);
    const char *certificate = smtpd_certificate(s);
    o.smtp.ca_file = known ? certificate : NULL;
    struct smtp_answer r = deliver(a, s, &o, &hello, 60000);
    CHECK_I64(SMTP_LATER, r.outcome);
    CHECK_STR(S("tls"), r.stage);
    CHECK(str_find(r.text, S("peer certificate")) > 0);
    CHECK(str_find(buf_str(&s->commands), S("MAIL")) < 0);
}

TEST(a_certificate_of_nobody_or_of_another_name_is_not_trusted)
{
    if (!smtpd_has_tls())
        SKIP("OpenSSL's headers are not installed");
    untrusted(a, "localhost", false);
    untrusted(a, "127.0.0.1", true); /* it is for localhost */
}

static const char *credentials_file(struct arena *a, const char *text, unsigned mode)
{
    char *path = NEWS(a, char, 40);
    (void)snprintf(path, 40, "/tmp/kakehashi-smtp-XXXXXX");
    int fd = mkstemp(path);
    must(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) &&
         fchmod(fd, mode) == 0);
    (void)close(fd);
    return path;
}

TEST(smtps_with_a_password_delivers)
{
    if (!smtpd_has_tls())
        SKIP("OpenSSL's headers are not installed");
    struct smtpd *s =
        smtpd_listen(a, (struct smtpd_script){.smtps = true, .auth = "235 2.7.0 come in"});
    struct effects_options o = options(a, s);
    o.smtp.url = str_fmt(a, "smtps://localhost:%d", s->port);
    o.smtp.ca_file = smtpd_certificate(s);
    o.smtp.credentials = credentials_file(a, "desk\npass word\n", 0600);
    struct smtp_answer r = deliver(a, s, &o, &hello, 60000);
    CHECK_I64(SMTP_SENT, r.outcome);
    CHECK(s->encrypted);
    /* RFC 4616: NUL desk NUL "pass word" */
    CHECK(str_find(buf_str(&s->commands), S("AUTH PLAIN AGRlc2sAcGFzcyB3b3Jk\n")) > 0);
    (void)unlink(o.smtp.credentials);
}

TEST(a_wrong_password_is_for_later_and_in_no_text)
{
    struct smtpd *s = smtpd_listen(a, (struct smtpd_script){.auth = "535 5.7.8 wrong"});
    struct effects_options o = options(a, s);
    o.smtp.credentials = credentials_file(a, "desk\nCANARY\n", 0600);
    struct smtp_answer r = deliver(a, s, &o, &hello, 60000);
    CHECK_I64(SMTP_LATER, r.outcome);
    CHECK_STR(S("auth"), r.stage);
    CHECK(str_find(r.text, S("CANARY")) < 0);
    (void)unlink(o.smtp.credentials);
}

static void refused(struct arena *a, struct smtp_options smtp, const char *why)
{
    struct effects_options o = {
        .mode = SANDBOX_AUTO, .kinds = kinds, .nkinds = COUNT(kinds), .smtp = smtp};
    struct effects *e = NULL;
    struct fault f = {0};
    CHECK(effects_start(a, &o, &f, &e) != OK);
    CHECK(strstr(f.text, why) != NULL);
    CHECK(strstr(f.text, "CANARY") == NULL);
}

TEST(a_configuration_that_cannot_work_is_refused_at_the_start)
{
    refused(a, (struct smtp_options){.url = S("http://localhost")}, "smtp://");
    refused(a, (struct smtp_options){.url = S("mail.example.jp:25:26")}, "URL");
    refused(a, (struct smtp_options){.url = S("smtp://desk:CANARY@localhost")}, "credentials file");
    struct smtp_options o = {.url = S("smtp://localhost")};
    o.credentials = "/nonexistent";
    refused(a, o, "cannot be read");
    o.credentials = credentials_file(a, "desk\nCANARY\n", 0644);
    refused(a, o, "others may read");
    (void)unlink(o.credentials);
    o.credentials = credentials_file(a, "CANARY", 0600);
    refused(a, o, "two lines");
    (void)unlink(o.credentials);
}

TEST(loopback_is_this_machine_and_no_name_that_looks_like_it)
{
    static const str yes[] = {S_INIT("localhost"), S_INIT("LOCALHOST"), S_INIT("127.0.0.1"),
                              S_INIT("127.1.2.3"), S_INIT("[::1]")};
    static const str no[] = {S_INIT("127.example.org"),
                             S_INIT("127.0.0.1.example.org"),
                             S_INIT("localhost.example.org"),
                             S_INIT("128.0.0.1"),
                             S_INIT("127.0.0.256"),
                             S_INIT("127.0.1"),
                             S_INIT("")};
    for (size_t i = 0; i < COUNT(yes); i++)
        CHECK(smtp_is_loopback(yes[i]));
    for (size_t i = 0; i < COUNT(no); i++)
        CHECK(!smtp_is_loopback(no[i]));
}
