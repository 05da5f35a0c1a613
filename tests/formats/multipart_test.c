/* multipart_test.c - multipart/form-data, whole and in pieces. */
#include "formats/multipart.h"
#include "t.h"

#include "help/multipart_events.h"

#define NAMED(n) "Content-Disposition: form-data; name=\"" n "\"\r\n"

static str parse(struct arena *a, str body)
{
    return events_of(a, S("xYz"), body, NULL, 0);
}

/* Two fields and a file whose bytes look like the beginning of a boundary again and again. */
static const str tricky = S_INIT("--xYz\r\n" NAMED("a") "\r\n1\r\n--xYz\r\n" NAMED(
    "empty") "\r\n\r\n--xYz\r\ncontent-type:  application/octet-stream \r\n"
             "content-disposition:form-data;name=\"file\" ; filename=\"a.bin\"\r\n\r\n"
             "\r\n--xY\r\r\n\r\n--\r\n--xyz\0\n--xYz\r\r\n--xYz--\r\n");

static const str tricky_events = S_INIT("part 1:a file absent type absent [1]\n"
                                        "part 5:empty file absent type absent []\n"
                                        "part 4:file file 5:a.bin type 24:application/octet-stream "
                                        "[\r\n--xY\r\r\n\r\n--\r\n--xyz\0\n--xYz\r]\nok");

TEST(parts_come_in_order_with_exactly_their_bytes)
{
    CHECK_STR(tricky_events, parse(a, tricky));
}

TEST(every_two_cuts_and_single_bytes_give_the_same)
{
    size_t all[512];
    for (size_t i = 0; i < tricky.n; i++)
        all[i] = i;
    CHECK(tricky.n < COUNT(all));
    CHECK_STR(tricky_events, events_of(a, S("xYz"), tricky, all, tricky.n));
    for (size_t i = 0; i <= tricky.n; i++) {
        for (size_t k = i; k <= tricky.n; k += 7) {
            struct arena *turn = arena_new();
            size_t cuts[2] = {i, k};
            CHECK_STR(tricky_events, events_of(turn, S("xYz"), tricky, cuts, 2));
            arena_free(turn);
        }
    }
}

TEST(a_body_that_ends_anywhere_before_its_end_is_cut)
{
    for (size_t n = 0; n + 2 < tricky.n; n++) {
        str got = parse(a, str_sub(tricky, 0, n));
        CHECK(str_has_suffix(got, str_fmt(a, "cut at %zu", n)));
    }
    CHECK_STR(tricky_events, parse(a, str_sub(tricky, 0, tricky.n - 2))); /* without last CRLF */
}

TEST(names_and_file_names_are_unescaped_as_browsers_escape_them)
{
    CHECK_STR(S("part 7:a\"b%41\n file 9:C:\\x\\\r\n\xC3\xA9 type absent []\nok"),
              parse(a, S("--xYz\r\nContent-Disposition: form-data; name=\"a%22b%41%0a\"; "
                         "filename=\"C:\\x\\%0D%0A\xC3\xA9\"\r\n\r\n\r\n--xYz--")));
    CHECK_STR(S("part 1:n file 0: type absent []\nok"),
              parse(a, S("--xYz\r\nContent-Disposition: FORM-DATA; Name=n; FileName=\"\"\r\n"
                         "X-Other: ignored\r\nContent-Transfer-Encoding: binary\r\n\r\n\r\n"
                         "--xYz--")));
}

TEST(no_part_at_all_is_a_form_without_fields)
{
    CHECK_STR(S("ok"), parse(a, S("--xYz--\r\n")));
}

TEST(what_two_readers_could_understand_differently_is_refused)
{
    static const struct {
        str body, want;
    } cases[] = {
        {S_INIT("\r\n--xYz--"), S_INIT("boundary at 0")},
        {S_INIT("preamble\r\n--xYz--"), S_INIT("boundary at 0")},
        {S_INIT("--xYz \r\n"), S_INIT("boundary at 5")},
        {S_INIT("--xYz\n"), S_INIT("boundary at 5")},
        {S_INIT("--xYz-\r\n"), S_INIT("boundary at 6")},
        {S_INIT("--xYz--\r\nepilogue"), S_INIT("trailing at 9")},
        {S_INIT("--xYz-- "), S_INIT("trailing at 7")},
        {S_INIT("--xYz--\r"), S_INIT("cut at 8")},
        {S_INIT("--xYz\r\n\r\n\r\n--xYz--"), S_INIT("disposition at 9")},
        {S_INIT("--xYz\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n"),
         S_INIT("disposition")},
        {S_INIT("--xYz\r\nContent-Disposition: form-data\r\n\r\n"), S_INIT("disposition")},
        {S_INIT("--xYz\r\nContent-Disposition: form-data; name=\"a\"; name=\"b\"\r\n\r\n"),
         S_INIT("disposition")},
        {S_INIT("--xYz\r\nContent-Disposition: form-data; name=\"a\"; filename*=UTF-8''x\r\n\r\n"),
         S_INIT("disposition")},
        {S_INIT("--xYz\r\nContent-Disposition: form-data; name=\"a\"x\r\n\r\n"),
         S_INIT("disposition")},
        {S_INIT("--xYz\r\nContent-Disposition: form-data; name=\"a\r\n\r\n"),
         S_INIT("disposition")},
        {S_INIT("--xYz\r\n" NAMED("a") NAMED("b") "\r\n"), S_INIT("disposition")},
        {S_INIT("--xYz\r\n" NAMED("a") " folded\r\n\r\n"), S_INIT("head")},
        {S_INIT("--xYz\r\n" NAMED("a") "Content-Type : a/b\r\n\r\n"), S_INIT("head")},
        {S_INIT("--xYz\r\n" NAMED("a") "Content-Type: a\nb\r\n\r\n"), S_INIT("head")},
        {S_INIT("--xYz\r\n" NAMED("a") "Content-Type: a/b\r\nContent-Type: a/b\r\n\r\n"),
         S_INIT("head")},
        {S_INIT("--xYz\r\n" NAMED("a") "Content-Transfer-Encoding: base64\r\n\r\n"),
         S_INIT("encoding")},
        {S_INIT("--xYz\r\n" NAMED("\xC3(") "\r\n"), S_INIT("encoding")},
        {S_INIT("--xYz\r\n" NAMED("a\0") "\r\n"), S_INIT("head")},
        {S_INIT("--xYz\r\n" NAMED("a") "\r\n1\r\n--xYzw"),
         S_INIT("part 1:a file absent type absent [1]\nboundary at 59")},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        str want = cases[i].want; /* without a place: at the end of the head */
        if (str_find(want, S(" at ")) < 0)
            want = str_fmt(a, "%.*s at %zu", SV(want), cases[i].body.n);
        CHECK_STR(want, parse(a, cases[i].body));
    }
}

TEST(limits_on_parts_and_heads_hold_whatever_the_pieces)
{
    buf b = {.a = a};
    for (int i = 0; i < 5; i++)
        buf_put(&b, S("--xYz\r\n" NAMED("a") "\r\n1\r\n"));
    size_t fifth = b.n / 5 * 4 + sizeof "--xYz\r\n" - 1;
    CHECK(str_has_suffix(parse(a, buf_str(&b)), str_fmt(a, "[1]\ntoo_many at %zu", fifth)));

    b = (buf){.a = a};
    buf_put(&b, S("--xYz\r\n" NAMED("a") "X: "));
    size_t full = 7 + 200 - b.n - 2;
    for (size_t i = 0; i < full; i++)
        buf_char(&b, 'x');
    str fits = str_join(a, buf_str(&b), S("\r\n\r\n\r\n--xYz--"));
    CHECK_STR(S("part 1:a file absent type absent []\nok"), parse(a, fits));
    str over = str_join(a, buf_str(&b), S("x\r\n\r\n\r\n--xYz--"));
    for (size_t cut = 0; cut < over.n; cut++)
        CHECK_STR(S("too_long at 209"), events_of(a, S("xYz"), over, &cut, 1));
}

static enum err refuse(void *self, str bytes)
{
    (void)self;
    (void)bytes;
    return E_DENIED;
}

TEST(what_the_sink_returns_stops_the_reading)
{
    struct events e = {.out = {.a = a}};
    struct multipart_sink sink = {&e, event_begin, refuse, event_end};
    struct multipart *m = multipart_new(a, S("xYz"), event_limits, sink);
    CHECK_ERR(E_DENIED, multipart_feed(m, tricky));
    CHECK_ERR(E_INVALID, multipart_feed(m, S("x")));
    CHECK_ERR(E_INVALID, multipart_end(m));
}

TEST(the_boundary_comes_from_the_content_type)
{
    str b;
    CHECK(multipart_boundary(S("multipart/form-data; boundary=----WebKitFormBoundaryAbC123"), &b));
    CHECK_STR(S("----WebKitFormBoundaryAbC123"), b);
    CHECK(multipart_boundary(S("Multipart/Form-Data;charset=utf-8; Boundary=\"a b:c\" "), &b));
    CHECK_STR(S("a b:c"), b);
    static const str bad[] = {
        S_INIT("multipart/form-data"),
        S_INIT("multipart/form-data; boundary="),
        S_INIT("multipart/form-data; boundary=\"\""),
        S_INIT("multipart/form-data; boundary=\"a \""),
        S_INIT("multipart/form-data; boundary=a; boundary=b"),
        S_INIT("multipart/form-data; boundary=\"a"),
        S_INIT("multipart/form-data; boundary=\"a\r\nb\""),
        S_INIT("multipart/form-datax; boundary=a"),
        S_INIT("multipart/mixed; boundary=a"),
        S_INIT("multipart/form-data; boundary=a b"),
        S_INIT("multipart/form-data; boundary=12345678901234567890123456789012345678901234567890"
               "123456789012345678901"),
        S_INIT(""),
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!multipart_boundary(bad[i], &b));
}
