/* mail_write_test.c - the bytes by the standards' rules, and Python's reader as oracle. */
#include "t.h"

#include "base/utf8.h"
#include "formats/mail_write.h"

#include <unistd.h>

static const struct mail_address finder = {S_INIT("Finder"), S_INIT("finder@example.org")};

static struct mail simple(void)
{
    return (struct mail){
        .from = {S("Coordination Desk"), S("desk@example.jp")},
        .to = &finder,
        .nto = 1,
        .subject = S("Receipt 12345678"),
        .body = S("Thank you.\n\nThe desk\n"),
        .message_id = S("0190a0b0-0000-7000-8000-000000000001@example.jp"),
        .language = S("en"),
        .date = 1795219200000,
        .zone = zone_tokyo,
        .automatic = true,
    };
}

static str written(struct arena *a, const struct mail *m)
{
    struct problems ps = {0};
    str out = NO_STR;
    CHECK_ERR(OK, mail_write(a, m, &ps, &out));
    return out;
}

/* RFC 5322, 2.1.1 and 2.2: 7-bit, lines of at most 78 that end in CR LF, headers first. */
static void check_form(str mail)
{
    bool body = false;
    while (mail.n > 0) {
        str line = str_cut(&mail, '\n');
        CHECK(line.n > 0 && line.p[line.n - 1] == '\r');
        line.n--;
        CHECK(line.n <= 78);
        for (size_t i = 0; i < line.n; i++)
            CHECK((line.p[i] >= ' ' && line.p[i] <= '~') || line.p[i] == '\t');
        if (!body && line.n > 0 && line.p[0] != ' ')
            CHECK(str_find(line, S(":")) > 0);
        if (!body && line.n > 0 && line.p[0] == ' ')
            CHECK(str_trim(line).n > 0);
        body |= line.n == 0;
    }
    CHECK(body);
}

TEST(a_plain_mail_looks_like_this)
{
    struct mail m = simple();
    CHECK_STR(S("Date: Sat, 21 Nov 2026 09:00:00 +0900\r\n"
                "From: Coordination Desk <desk@example.jp>\r\n"
                "To: Finder <finder@example.org>\r\n"
                "Subject: Receipt 12345678\r\n"
                "Message-ID: <0190a0b0-0000-7000-8000-000000000001@example.jp>\r\n"
                "Auto-Submitted: auto-generated\r\n"
                "Content-Language: en\r\n"
                "MIME-Version: 1.0\r\n"
                "Content-Type: text/plain; charset=utf-8\r\n"
                "Content-Transfer-Encoding: 7bit\r\n"
                "\r\n"
                "Thank you.\r\n\r\nThe desk\r\n"),
              written(a, &m));
}

TEST(a_reply_names_what_it_replies_to)
{
    struct mail m = simple();
    m.in_reply_to = S("first@example.org");
    m.automatic = false;
    str mail = written(a, &m);
    CHECK(str_find(mail, S("\r\nIn-Reply-To: <first@example.org>\r\n")) > 0);
    CHECK(str_find(mail, S("\r\nReferences: <first@example.org>\r\n")) > 0);
    CHECK(str_find(mail, S("Auto-Submitted")) < 0);
}

/* RFC 2047, section 2: an encoded word has at most 75 characters. */
TEST(japanese_subjects_are_encoded_words_cut_between_characters)
{
    struct mail m = simple();
    m.subject = S("【脆弱性関連情報】受付番号 12345678 "
                  "の取扱いについて（対策方法の検討状況のご確認のお願い）");
    str mail = written(a, &m), rest = str_from(mail, (size_t)str_find(mail, S("Subject:")) + 8);
    check_form(mail);
    size_t words = 0;
    for (; str_has_prefix(rest, S(" =?")) || str_has_prefix(rest, S("\r\n =?")); words++) {
        rest = str_from(rest, (size_t)str_find(rest, S("=?")));
        size_t n = (size_t)str_find(rest, S("?=")) + 2;
        CHECK(n <= 75);
        rest = str_from(rest, n);
    }
    CHECK(words >= 3 && str_has_prefix(rest, S("\r\nMessage-ID:")));
}

static void refused(struct arena *a, const struct mail *m, str field)
{
    struct problems ps = {0};
    str out = NO_STR;
    CHECK_ERR(E_INVALID, mail_write(a, m, &ps, &out));
    CHECK_I64(1, (i64)ps.n);
    CHECK_STR(field, ps.v[0].field);
}

TEST(an_address_that_could_be_more_than_one_is_refused)
{
    static const str hostile[] = {
        S_INIT(""),
        S_INIT("a"),
        S_INIT("@b"),
        S_INIT("a@"),
        S_INIT("a@b@c"),
        S_INIT("a b@c"),
        S_INIT("a@b\r\nBcc: c@d"),
        S_INIT("a@b,c@d"),
        S_INIT("<a@b>"),
        S_INIT("a@b c"),
        S_INIT("\"a\"@b"),
        S_INIT("a@[127.0.0.1]"),
        S_INIT(".a@b"),
        S_INIT("a..b@c"),
        S_INIT("a@-b"),
        S_INIT("a@b."),
        S_INIT("a@b..c"),
        S_INIT("名@example.jp"),
        S_INIT("a@例え.jp"),
        S_INIT("a@b\0c"),
    };
    for (size_t i = 0; i < COUNT(hostile); i++) {
        struct mail m = simple();
        struct mail_address to = {S(""), hostile[i]};
        m.to = &to;
        refused(a, &m, S("to"));
        m = simple();
        m.from.address = hostile[i];
        refused(a, &m, S("from"));
        m = simple();
        m.message_id = hostile[i];
        refused(a, &m, S("message_id"));
        m = simple();
        m.in_reply_to = hostile[i];
        refused(a, &m, S("in_reply_to"));
    }
    struct mail m = simple();
    m.nto = 0;
    refused(a, &m, S("to"));
}

TEST(usual_addresses_are_accepted)
{
    CHECK(mail_address_is(S("psirt+case.1@mail.example.co.jp")));
    CHECK(mail_address_is(S("o'neil@xn--r8jz45g.jp")));
    CHECK(mail_address_is(S("root@localhost")));
    CHECK(mail_address_is(S("0123456789012345678901234567890123456789012345678901234567890123@a")));
    CHECK(
        !mail_address_is(S("01234567890123456789012345678901234567890123456789012345678901234@a")));
}

TEST(a_subject_or_a_name_cannot_become_a_header)
{
    static const str hostile[] = {
        S_INIT("a\r\nBcc: victim@example.org"),
        S_INIT("a\nBcc: victim@example.org"),
        S_INIT("a\rBcc: victim@example.org"),
        S_INIT("a\xc2\x85"
               "Bcc: victim@example.org"),
        S_INIT("a\xe2\x80\xa8"
               "Bcc: victim@example.org"),
        S_INIT("a\r\n\r\nBcc: in the body"),
        S_INIT("a\0Bcc: victim@example.org"),
        S_INIT("\" <victim@example.org>, \""),
        S_INIT("a\\\" <victim@example.org>"),
        S_INIT("=?UTF-8?Q?a=0D=0ABcc:_v@example.org?="),
    };
    for (size_t i = 0; i < COUNT(hostile); i++) {
        struct mail m = simple();
        struct mail_address to = {hostile[i], S("finder@example.org")};
        m.subject = hostile[i];
        m.from.name = hostile[i];
        m.to = &to;
        str mail = written(a, &m);
        check_form(mail);
        CHECK(str_find(mail, S("\nBcc")) < 0);
        str head = str_sub(mail, 0, (size_t)str_find(mail, S("\r\n\r\n")));
        size_t lines = 0;
        while (head.n > 0)
            lines += str_cut(&head, '\n').p[0] != ' ';
        CHECK_I64(10, (i64)lines); /* as many headers as the plain mail has */
    }
}

TEST(what_would_end_or_turn_a_line_is_a_space_for_the_reader)
{
    static const str odd[] = {S_INIT("前\xe2\x80\xa8後"), S_INIT("前\xc2\x85後"),
                              S_INIT("前\xe2\x80\xae後"), S_INIT("前\n後"), S_INIT("前\0後")};
    struct mail plain = simple();
    plain.subject = S("前 後");
    for (size_t i = 0; i < COUNT(odd); i++) {
        struct mail m = simple();
        m.subject = odd[i];
        CHECK_STR(written(a, &plain), written(a, &m));
    }
}

TEST(the_shorter_encoding_of_the_body_is_taken)
{
    struct mail m = simple();
    m.body = S("Caf\xc3\xa9 in a text that is otherwise plain.\n");
    CHECK(str_find(written(a, &m), S("Encoding: quoted-printable\r\n")) > 0);
    m.body = S("脆弱性関連情報をお送りいただき、ありがとうございます。\n");
    CHECK(str_find(written(a, &m), S("Encoding: base64\r\n")) > 0);
}

/* What Python's email package finds in the mail: a line for each part, then the body.  Names
 * are decoded by its older functions: in 3.11 the newer ones keep the white space between the
 * encoded words of a name, against RFC 2047, section 6.2. */
static const char python[] =
    "import sys, email, email.policy, email.utils\n"
    "from email.header import decode_header, make_header\n"
    "for mail in sys.stdin.buffer.read().split(b'\\0')[:-1]:\n"
    "    m = email.message_from_bytes(mail, policy=email.policy.default)\n"
    "    old = email.message_from_bytes(mail)\n"
    "    out = [m['subject']]\n"
    "    for h in ('from', 'to'):\n"
    "        for name, address in email.utils.getaddresses([old[h]]):\n"
    "            out.append(str(make_header(decode_header(name))) + '|' + address)\n"
    "    out += [m['message-id'], str(int(m['date'].datetime.timestamp())), str(m.defects)]\n"
    "    out += [str(sorted(set(k.lower() for k in m.keys())))]\n"
    "    sys.stdout.buffer.write(('\\n'.join(out) + '\\n').encode())\n"
    "    sys.stdout.buffer.write(m.get_content().replace('\\r\\n', '\\n').encode() + b'\\0')\n";

/* Each ends with a zero byte, there and back. */
static str parsed(struct arena *a, str mails)
{
    char script[] = "/tmp/kakehashi-mail-XXXXXX", data[] = "/tmp/kakehashi-mail-XXXXXX";
    int s = mkstemp(script), d = mkstemp(data);
    must(s >= 0 && d >= 0 && write(s, python, sizeof python - 1) > 0 &&
         write(d, mails.p, mails.n) == (ssize_t)mails.n);
    (void)close(s);
    (void)close(d);
    FILE *f = popen(str_to_z(a, str_fmt(a, "python3 %s <%s", script, data)), "re");
    must(f != NULL);
    buf b = {.a = a};
    size_t n;
    while ((n = fread(buf_room(&b, 4096), 1, 4096, f)) > 0)
        b.n += n;
    CHECK_I64(0, pclose(f));
    (void)unlink(script);
    (void)unlink(data);
    return buf_str(&b);
}

static str expected(struct arena *a, const struct mail *m)
{
    buf b = {.a = a};
    buf_putf(&b, "%.*s\n%.*s|%.*s\n", SV(m->subject), SV(m->from.name), SV(m->from.address));
    for (size_t i = 0; i < m->nto; i++)
        buf_putf(&b, "%.*s|%.*s\n", SV(m->to[i].name), SV(m->to[i].address));
    buf_putf(&b, "<%.*s>\n%lld\n[]\n", SV(m->message_id), (long long)m->date / 1000);
    buf_put(&b, S("['auto-submitted', 'content-language', 'content-transfer-encoding', "
                  "'content-type', 'date', 'from', 'message-id', 'mime-version', 'subject', "
                  "'to']\n"));
    buf_put(&b, m->body);
    return buf_str(&b);
}

TEST(another_reader_finds_what_was_written)
{
    if (system("python3 -c 'import email' >/dev/null 2>&1") != 0)
        SKIP("python3 is not installed");
    static const struct mail_address many[] = {
        {S_INIT("Example, Inc. (PSIRT)"), S_INIT("psirt@example.com")},
        {S_INIT("見本製作所 製品脆弱性対策管理者"), S_INIT("psirt@example.jp")},
        {S_INIT("\"Quoted\\\" Person"), S_INIT("quoted.person@example.org")},
        {S_INIT(""), S_INIT("alone@example.net")},
        {S_INIT(
             "A rather long name of a department, with commas, which has to be folded somewhere"),
         S_INIT("long@department.example.com")},
    };
    static const str subjects[] = {
        S_INIT("Receipt 12345678"),
        S_INIT("【脆弱性関連情報】受付番号 12345678 "
               "の取扱いについて（対策方法の検討状況のご確認のお願い）"),
        S_INIT("A long subject of many plain words, so that the line has to be folded at a space "
               "and is put together again by whoever reads it"),
        S_INIT("Averylongwordwithoutanyspacesinit_"
               "Averylongwordwithoutanyspacesinit_Averylongwordwithoutanyspacesinit"),
        S_INIT("two  spaces and =?UTF-8?Q?not_a_word?= inside"),
        S_INIT("Mixed 混在 text と English の subject, with an emoji \xf0\x9f\x94\x92 at the end"),
    };
    static const str bodies[] = {
        S_INIT("Plain.\n"),
        S_INIT("拝啓\n\n脆弱性関連情報の届出を受け付けました。\n\n敬具\n"),
        S_INIT("Trailing space \nand = signs == and caf\xc3\xa9, a tab\t\n.\n..dots\nFrom here\n"),
        S_INIT("One line that is much longer than a mail's line may be, so that it has to be "
               "broken softly and put together again by the reader, without a change. "
               "0123456789012345678901234567890123456789\n"),
        S_INIT(""),
    };
    buf mails = {.a = a};
    str want[COUNT(subjects) * COUNT(bodies)];
    for (size_t i = 0; i < COUNT(want); i++) {
        struct mail m = simple();
        m.subject = subjects[i % COUNT(subjects)];
        m.body = bodies[i % COUNT(bodies)];
        m.to = many;
        m.nto = i % COUNT(many) + 1;
        m.from.name = many[(i + 1) % COUNT(many)].name;
        m.zone = i % 2 ? zone_utc : zone_find(S("America/New_York"));
        str mail = written(a, &m);
        check_form(mail);
        CHECK(str_find_char(mail, '\0') < 0);
        buf_put(&mails, mail);
        buf_char(&mails, '\0');
        want[i] = expected(a, &m);
    }
    str got = parsed(a, buf_str(&mails));
    for (size_t i = 0; i < COUNT(want); i++)
        CHECK_STR(want[i], str_cut(&got, '\0'));
    CHECK_I64(0, (i64)got.n);
}
