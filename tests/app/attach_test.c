/* attach_test.c - files that people attach: kept, placed, read back, refused, swept. */
#include "app/attach.h"
#include "app/reports.h"
#include "help/app.h"
#include "t.h"

#include <sys/stat.h>
#include <unistd.h>

static struct upload file_of(const char *name, str bytes)
{
    return (struct upload){.field = S("files"),
                           .filename = str_z(name),
                           .type = S("text/plain"),
                           .bytes = bytes,
                           .fd = -1,
                           .size = (i64)bytes.n};
}

static struct input *report_of(struct arena *a)
{
    return stage_input(a, "name", "Hanako Mihon", "email", "hanako@finder.example", "product",
                       "MG-200", "environment", "Defaults", "steps", "1. Wait.", "result",
                       "The session lives on.", "tell_vendor", "no", "direct_contact", "no",
                       "publish_name", "no", "told_others", "no", "personal_data", "yes", NULL);
}

/* Keep the file and put its ticket into the input. */
static struct attachment keep(struct ctx *cx, struct input *in, struct upload u)
{
    struct attachments kept = {0};
    CHECK_OK(cx, attach_keep(cx, S("files"), &u, 1, &kept));
    CHECK_I64(1, (i64)kept.n);
    input_put(cx->a, in, ATTACHED, kept.v[0].ticket);
    return kept.v[0];
}

static str submit(struct ctx *cx, const struct input *in)
{
    struct report_receipt r;
    CHECK_OK(cx, report_submit(cx, REPORT_PRODUCT, NO_STR, in, &r));
    return r.id;
}

static struct attachments of_report(struct ctx *cx, str report_id)
{
    const struct access *acc;
    struct attachments all = {0};
    if (access_report(cx, report_id, &acc) == OK)
        CHECK_OK(cx, attach_of_report(cx, acc, report_id, &all));
    return all;
}

static enum err open_as(struct ctx *cx, str report_id, str id, struct attachment *out, int *fd)
{
    const struct access *acc;
    TRY(access_report(cx, report_id, &acc));
    return attach_open(cx, acc, NO_STR, report_id, id, out, fd);
}

static str read_all(struct arena *a, int fd, i64 size)
{
    char *p = NEWS(a, char, (size_t)size + 1);
    CHECK_I64(0, lseek(fd, 0, SEEK_CUR)); /* it stands at its start */
    CHECK_I64(size, read(fd, p, (size_t)size + 1));
    (void)close(fd);
    return (str){p, (size_t)size};
}

/* FIPS 180-4's example "abc". */
APP_TEST(a_file_comes_back_as_it_was_with_its_sha_256)
{
    stage_cast(st);
    struct ctx *cx = stage_nobody(st);
    struct input *in = report_of(a);
    struct attachment at;
    int fd;
    struct attachment kept = keep(cx, in, file_of("poc.txt", S("abc")));
    str abc = S("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    CHECK_STR(abc, kept.hash);
    str id = submit(cx, in);
    cx = stage_finder(st, id);
    struct attachments all = of_report(cx, id);
    CHECK_I64(1, (i64)all.n);
    CHECK_STR(S("poc.txt"), all.v[0].name);
    CHECK_STR(abc, all.v[0].hash);
    CHECK(all.v[0].ticket.p == NULL);
    CHECK_OK(cx, open_as(cx, id, all.v[0].id, &at, &fd));
    CHECK_STR(S("abc"), read_all(a, fd, at.size));
}

/* 5 MB and 7 bytes: many transactions, and a last piece that is not full. */
APP_TEST(a_large_file_from_the_spool_comes_back_byte_by_byte)
{
    stage_cast(st);
    enum { SIZE = 5 * 1024 * 1024 + 7 };
    char *bytes = NEWS(a, char, SIZE);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (char)(i * 31 + i / 65536);
    char path[] = "/tmp/attach-test-XXXXXX";
    int from = mkstemp(path), fd;
    (void)unlink(path);
    CHECK_I64(SIZE, write(from, bytes, SIZE));
    struct ctx *cx = stage_nobody(st);
    struct input *in = report_of(a);
    struct upload u = file_of("dump.bin", S(""));
    struct attachment at;
    u.fd = from;
    u.size = SIZE;
    struct attachment kept = keep(cx, in, u);
    (void)close(from);
    str id = submit(cx, in);
    cx = stage_finder(st, id);
    CHECK_OK(cx, open_as(cx, id, kept.id, &at, &fd));
    CHECK(memcmp(read_all(a, fd, at.size).p, bytes, SIZE) == 0);
}

APP_TEST(nobody_reads_a_file_before_it_has_its_place)
{
    stage_cast(st);
    struct ctx *cx = stage_nobody(st);
    struct input *in = report_of(a);
    str id = submit(cx, in); /* without the file */
    struct attachment kept = keep(cx, in, file_of("later.txt", S("later"))), at;
    int fd;
    cx = stage_finder(st, id);
    CHECK_ERR(E_NOT_FOUND, open_as(cx, id, kept.id, &at, &fd));
    cx = stage_as(st, "reception");
    CHECK_ERR(E_NOT_FOUND, open_as(cx, id, kept.id, &at, &fd));
    CHECK_I64(0, (i64)of_report(cx, id).n);
}

APP_TEST(who_may_read_the_report_reads_its_files_and_no_one_else)
{
    stage_cast(st);
    struct ctx *cx = stage_nobody(st);
    struct input *in = report_of(a);
    struct attachment kept = keep(cx, in, file_of("a.txt", S("a"))), at;
    str id = submit(cx, in);
    str other = submit(stage_nobody(st), report_of(a));
    int fd;
    static const char *const none[] = {"coordinator", "certx",     "analyst", "operator",
                                       "mihon.poc",   "kamei.poc", "auditor"};
    CHECK_OK(cx, open_as(stage_as(st, "reception"), id, kept.id, &at, &fd));
    (void)close(fd);
    for (size_t i = 0; i < COUNT(none); i++)
        CHECK_ERR(E_NOT_FOUND, open_as(stage_as(st, none[i]), id, kept.id, &at, &fd));
    CHECK_ERR(E_NOT_FOUND, open_as(stage_finder(st, other), id, kept.id, &at, &fd));
    /* through one's own report to a file of another */
    CHECK_ERR(E_NOT_FOUND, open_as(stage_finder(st, other), other, kept.id, &at, &fd));
    CHECK_ERR(E_NOT_FOUND, open_as(stage_as(st, "reception"), other, kept.id, &at, &fd));
    CHECK_ERR(E_NOT_FOUND, open_as(stage_as(st, "reception"), id, S("no id"), &at, &fd));
}

APP_TEST(a_file_in_the_talk_is_read_by_both_sides)
{
    stage_cast(st);
    str id = submit(stage_nobody(st), report_of(a));
    struct ctx *cx = stage_finder(st, id);
    struct input *said = stage_input(a, "text", "Here is the log.", NULL);
    (void)keep(cx, said, file_of("log.txt", S("log")));
    CHECK_OK(cx, report_say(cx, id, said));
    cx = stage_as(st, "reception");
    struct attachments all = of_report(cx, id);
    struct report_view v;
    CHECK_I64(1, (i64)all.n);
    CHECK_OK(cx, report_view(cx, id, &v));
    CHECK_I64(1, (i64)v.ntalk);
    CHECK_STR(v.talk[0].id, all.v[0].text_id);
    CHECK_I64(1, (i64)of_report(stage_finder(st, id), id).n);
}

APP_TEST(an_empty_file_and_one_that_is_too_large_are_refused_by_name_and_the_others_kept)
{
    struct ctx *cx = stage_nobody(st);
    struct attachments kept = {0};
    char path[] = "/tmp/attach-test-XXXXXX";
    int hundred = mkstemp(path);
    (void)unlink(path);
    CHECK_I64(0, ftruncate(hundred, 100 << 20));
    struct upload files[] = {
        file_of("empty.txt", S("")),  file_of("", S("")), /* a field left empty: no file at all */
        file_of("large.bin", S("")),  file_of("good.txt", S("good")),
        file_of("other.txt", S("o")),
    };
    files[2].fd = hundred;
    files[2].size = 100 << 20;
    files[4].field = S("elsewhere");
    CHECK_ERR(E_INVALID, attach_keep(cx, S("files"), files, COUNT(files), &kept));
    (void)close(hundred);
    CHECK_I64(1, (i64)kept.n);
    CHECK_STR(S("good.txt"), kept.v[0].name);
    CHECK_I64(2, (i64)cx->problems.n);
    CHECK_STR(S("empty_file"), cx->problems.v[0].code);
    CHECK_STR(S("empty.txt"), cx->problems.v[0].got);
    CHECK_STR(S("too_large_file"), cx->problems.v[1].code);
    CHECK_STR(S("“large.bin” has more than 50 MB."),
              problem_sentence(a, &cx->problems.v[1], LANG_EN));
}

/* Nothing is half written: the act that would place the files does not happen either. */
APP_TEST(a_ticket_that_is_wrong_used_or_another_s_stops_the_whole_act)
{
    stage_cast(st);
    struct ctx *cx = stage_nobody(st);
    struct input *in = report_of(a), *said;
    struct attachment kept = keep(cx, in, file_of("a.txt", S("a")));
    struct report_receipt r;
    str id = submit(cx, in);
    str forged = str_fmt(a, "%.*sx", SV(str_sub(kept.ticket, 0, kept.ticket.n - 1)));
    str bad[] = {kept.ticket, forged, kept.id, S("x"), S("")};
    for (size_t i = 0; i < COUNT(bad); i++) {
        cx = stage_nobody(st);
        in = report_of(a);
        input_put(a, in, ATTACHED, bad[i]);
        CHECK_ERR(E_INVALID, report_submit(cx, REPORT_PRODUCT, NO_STR, in, &r));
        CHECK_STR(S("file_gone"), cx->problems.v[0].code);
        cx = stage_finder(st, id);
        said = stage_input(a, "text", "once more", NULL);
        input_put(a, said, ATTACHED, bad[i]);
        CHECK_ERR(E_INVALID, report_say(cx, id, said));
    }
    struct report_view v;
    CHECK_OK(cx, report_view(cx, id, &v));
    CHECK_I64(0, (i64)v.ntalk);
    CHECK_STR(S("1"), help_sql_value(a, st->url, "SELECT count(*) FROM report"));
}

APP_TEST(more_than_200_MB_for_one_report_are_refused)
{
    stage_cast(st);
    struct ctx *cx = stage_nobody(st);
    struct input *in = report_of(a);
    (void)keep(cx, in, file_of("a.txt", S("a")));
    str id = submit(cx, in);
    help_sql(st->url, "UPDATE attachment SET size = 209715195");
    cx = stage_finder(st, id);
    struct input *said = stage_input(a, "text", "five bytes more", NULL);
    (void)keep(cx, said, file_of("b.txt", S("12345")));
    CHECK_OK(cx, report_say(cx, id, said)); /* to the last byte */
    cx = stage_finder(st, id);
    said = stage_input(a, "text", "one byte more", NULL);
    (void)keep(cx, said, file_of("c.txt", S("1")));
    CHECK_ERR(E_INVALID, report_say(cx, id, said));
    CHECK_STR(S("too_large_files"), cx->problems.v[0].code);
    CHECK_I64(200, cx->problems.v[0].limit);
}

APP_TEST(more_than_twenty_files_at_once_are_refused)
{
    struct ctx *cx = stage_nobody(st);
    struct input *in = report_of(a);
    struct attachments found = {0};
    for (int i = 0; i < 21; i++)
        (void)keep(cx, in, file_of("a.txt", S("a")));
    CHECK_ERR(E_INVALID, attach_find(cx, S("files"), in, &found));
    CHECK_STR(S("too_many"), cx->problems.v[0].code);
    CHECK_I64(20, cx->problems.v[0].limit);
}

APP_TEST(what_never_got_a_place_goes_after_a_day_and_nothing_else)
{
    stage_cast(st);
    struct ctx *cx = stage_nobody(st);
    struct input *in = report_of(a), *unused = report_of(a);
    (void)keep(cx, unused, file_of("orphan.txt", S("orphan")));
    (void)keep(cx, in, file_of("placed.txt", S("placed")));
    str id = submit(cx, in);
    (void)stage_later(st, DAY - 1);
    CHECK_OK(cx, attach_sweep(stage_nobody(st)));
    CHECK_STR(S("2"), help_sql_value(a, st->url, "SELECT count(*) FROM attachment"));
    (void)stage_later(st, 2);
    CHECK_OK(cx, attach_sweep(stage_nobody(st)));
    CHECK_STR(S("1"), help_sql_value(a, st->url, "SELECT count(*) FROM attachment"));
    CHECK_STR(S("1"), help_sql_value(a, st->url, "SELECT count(*) FROM attachment_chunk"));
    CHECK_I64(1, (i64)of_report(stage_finder(st, id), id).n);
}

TEST(a_name_is_the_last_part_without_what_could_lie)
{
    static const struct {
        str sent, want;
    } t[] = {
        {S_INIT("poc.py"), S_INIT("poc.py")},
        {S_INIT("C:\\Users\\h\\Documents\\crash dump.bin"), S_INIT("crash dump.bin")},
        {S_INIT("../../etc/passwd"), S_INIT("passwd")},
        {S_INIT("再現手順（2版）.txt"), S_INIT("再現手順（2版）.txt")},
        {S_INIT("a\r\nSet-Cookie: x"), S_INIT("aSet-Cookie: x")},
        {S_INIT("\xE2\x80\xAEgpj.exe"), S_INIT("gpj.exe")},
        {S_INIT(".."), S_INIT("file")},
        {S_INIT("folder/"), S_INIT("file")},
        {S_INIT("\xFF\xFE"), S_INIT("file")},
        {S_INIT(""), S_INIT("file")},
    };
    for (size_t i = 0; i < COUNT(t); i++)
        CHECK_STR(t[i].want, attach_name(a, t[i].sent));
    buf b = {.a = a};
    for (int i = 0; i < 300; i++)
        buf_put(&b, S("長"));
    CHECK_I64(600, (i64)attach_name(a, buf_str(&b)).n);
}
