/* regex_test.c - patterns against PCRE2 on patterns and texts made at random, and by hand. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "formats/regex.h"
#include "t.h"

#include <pcre2.h>

/* What PCRE2 says, told to read as ECMA 262 does: $ at the very end only. */
static int oracle(str pattern, str text)
{
    int code;
    PCRE2_SIZE at;
    pcre2_code *re = pcre2_compile((PCRE2_SPTR)pattern.p, pattern.n,
                                   PCRE2_UTF | PCRE2_DOLLAR_ENDONLY, &code, &at, NULL);
    if (re == NULL)
        return -1;
    pcre2_match_data *match = pcre2_match_data_create_from_pattern(re, NULL);
    int n = pcre2_match(re, (PCRE2_SPTR)text.p, text.n, 0, 0, match, NULL);
    pcre2_match_data_free(match);
    pcre2_code_free(re);
    return n >= 0 ? 1 : n == PCRE2_ERROR_NOMATCH ? 0 : -1;
}

static uint64_t seed = 42;

static size_t any(size_t n)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    seed ^= seed << 17;
    return (size_t)(seed % n);
}

/* ---- the patterns of the kept schemas ---- */

static void collect(struct arena *a, str line, struct strs *to)
{
    str key = S("\"pattern\": \"");
    ptrdiff_t at = str_find(line, key);
    if (at < 0)
        return;
    buf b = {.a = a};
    for (size_t i = (size_t)at + key.n; line.p[i] != '"'; i++) {
        i += line.p[i] == '\\';
        buf_char(&b, line.p[i]);
    }
    for (size_t i = 0; i < to->n; i++)
        if (str_eq(to->v[i], buf_str(&b)))
            return;
    ((str *)(uintptr_t)to->v)[to->n++] = buf_str(&b);
}

static struct strs kept_patterns(struct arena *a)
{
    static const char *const files[] = {"csaf-2.0",
                                        "csaf-2.1",
                                        "cvss-2.0",
                                        "cvss-3.0",
                                        "cvss-3.1",
                                        "cvss-4.0",
                                        "provider-2.0",
                                        "aggregator-2.0",
                                        "ssvc-selection-list-2.0.0",
                                        "cve-record-5.1",
                                        "extension-metaschema-2.1"};
    struct strs all = {NEWS(a, str, 200), 0};
    for (size_t i = 0; i < COUNT(files); i++) {
        FILE *f = fopen(str_to_z(a, str_fmt(a, "schemas/%s.json", files[i])), "rb");
        CHECK(f != NULL);
        char *p = NEWS(a, char, 1 << 18);
        str text = {p, fread(p, 1, 1 << 18, f)};
        (void)fclose(f);
        while (text.n > 0)
            collect(a, str_cut(&text, '\n'), &all);
    }
    return all;
}

/* Texts that come near to fitting, then changed at a few places. */
static const char *const near[] = {
    "CVE-2024-12345",
    "CWE-79",
    "1.2.3-rc.1+build",
    "12",
    "de-DE",
    "i-default",
    "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
    "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N/E:A",
    "AV:N/AC:L/Au:N/C:P/I:P/A:P",
    "cpe:2.3:o:example:os\\-x:1.0:*:*:*:*:*:*:*",
    "cpe:/a:example:thing:1",
    "pkg:npm/%40scope/name@1.0",
    "c1a1e4d2-3b5f-4b7a-9c6d-0123456789ab",
    "d41d8cd98f00b204e9800998ecf8427e",
    "https://example.com/.well-known/csaf/provider-metadata.json",
    "https://example.com/csaf/x_1.0.0.json",
    "ssvc//.example.test#x",
    "x_example.test#a/de",
    "2024-02-29T12:00:00Z",
    "5.1.1",
    "\xE6\x97\xA5\xE6\x9C\xAC \xE8\xAA\x9E",
    "",
    " a",
};

static str mutated(struct arena *a, str s)
{
    static const char *const bits[] = {"",   "a", "Z", "0",        "9",           "-", ".",
                                       ":",  "/", "*", "\\",       "_",           " ", "#",
                                       "\t", "~", "%", "\xC3\xA9", "\xE3\x81\x82"};
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++) {
        bool first = ((unsigned char)s.p[i] & 0xC0) != 0x80;
        if (first && any(12) == 0)
            buf_put(&b, str_z(bits[any(COUNT(bits))]));
        bool drop = (unsigned char)s.p[i] < 0x80 && any(20) == 0;
        if (!drop)
            buf_char(&b, s.p[i]);
    }
    return buf_str(&b);
}

TEST(the_kept_patterns_find_what_pcre_finds)
{
    struct strs all = kept_patterns(a);
    CHECK(all.n >= 35);
    size_t found = 0, checked = 0;
    for (size_t i = 0; i < all.n; i++) {
        const struct regex *r = regex_make(a, all.v[i]);
        CHECK(r != NULL);
        for (size_t k = 0; k < 120; k++) {
            str base = str_z(near[any(COUNT(near))]);
            str text = any(4) == 0 ? base : mutated(a, base);
            int want = oracle(all.v[i], text);
            if (want < 0)
                continue; /* PCRE2 gave up */
            bool got = regex_finds(r, text);
            if (got != (want == 1))
                (void)printf("%.*s\non \"%.*s\": want %d\n", SV(all.v[i]), SV(text), want);
            CHECK(got == (want == 1));
            found += got;
            checked++;
        }
    }
    CHECK(found > checked / 50 && found < checked);
}

/* ---- patterns at random ---- */

static void put_pattern(buf *b, unsigned depth);

static void put_atom(buf *b, unsigned depth)
{
    static const char *const atoms[] = {"a",      "b",     "c",        ".",
                                        "[ab]",   "[^a]",  "\\d",      "\\w",
                                        "[b-d]",  "\\x61", "\xC3\xA9", "[\xC3\xA0-\xC3\xBF]",
                                        "[^\\d]", "\\W"};
    if (depth > 0 && any(3) == 0) {
        buf_put(b, any(2) == 0 ? S("(") : S("(?:"));
        put_pattern(b, depth - 1);
        buf_char(b, ')');
    } else {
        buf_put(b, str_z(atoms[any(COUNT(atoms))]));
    }
}

static void put_pattern(buf *b, unsigned depth)
{
    static const char *const often[] = {"", "", "", "*", "+", "?", "{2}", "{0,2}", "{1,}", "*?"};
    for (size_t n = 1 + any(4); n > 0; n--) {
        if (any(12) == 0)
            buf_put(b, any(2) == 0 ? S("^") : S("$"));
        put_atom(b, depth);
        buf_put(b, str_z(often[any(COUNT(often))]));
        if (any(6) == 0)
            buf_char(b, '|');
    }
}

static str random_text(struct arena *a)
{
    static const char *const bits[] = {"a", "b", "c",        "d",           "1",
                                       "_", " ", "\xC3\xA9", "\xE3\x81\x82"};
    buf b = {.a = a};
    for (size_t n = any(8); n > 0; n--)
        buf_put(&b, str_z(bits[any(COUNT(bits))]));
    return b.n == 0 ? S("") : buf_str(&b);
}

TEST(patterns_at_random_find_what_pcre_finds)
{
    for (size_t i = 0; i < 600; i++) {
        struct arena *one = arena_new();
        buf b = {.a = one};
        put_pattern(&b, 2);
        const struct regex *r = regex_make(one, buf_str(&b));
        CHECK(r != NULL);
        for (size_t k = 0; k < 15; k++) {
            str text = random_text(one);
            int want = oracle(buf_str(&b), text);
            bool got = regex_finds(r, text);
            if (want >= 0 && got != (want == 1))
                (void)printf("%.*s on \"%.*s\": want %d\n", SV(buf_str(&b)), SV(text), want);
            CHECK(want < 0 || got == (want == 1));
        }
        arena_free(one);
    }
}

/* ---- by hand: ECMA 262 where PCRE differs, and what is not taken ---- */

static bool finds(struct arena *a, str pattern, str text)
{
    const struct regex *r = regex_make(a, pattern);
    CHECK(r != NULL);
    return regex_finds(r, text);
}

TEST(a_dot_is_no_end_of_line_and_white_space_is_that_of_unicode)
{
    CHECK(!finds(a, S("^.$"), S("\n")));
    CHECK(!finds(a, S("^.$"), S("\xE2\x80\xA8"))); /* U+2028 */
    CHECK(finds(a, S("^.$"), S("\xF0\x9F\x98\x80")));
    CHECK(finds(a, S("^\\s$"), S("\xE3\x80\x80")));  /* U+3000 */
    CHECK(finds(a, S("^\\s$"), S("\xEF\xBB\xBF")));  /* U+FEFF */
    CHECK(!finds(a, S("^\\s$"), S("\xE2\x80\x8B"))); /* U+200B */
    CHECK(!finds(a, S("^\\S+$"),
                 S("a\xC2\xA0"
                   "b")));                       /* U+00A0 */
    CHECK(!finds(a, S("^\\d$"), S("\xD9\xA1"))); /* U+0661 */
    CHECK(finds(a, S("^\\u{1F600}\\uD83D\\uDE00\\u3042$"),
                S("\xF0\x9F\x98\x80\xF0\x9F\x98\x80\xE3\x81\x82")));
}

TEST(a_dollar_is_the_end_and_not_before_a_last_newline)
{
    CHECK(!finds(a, S("a$"), S("a\n")));
    CHECK(finds(a, S("^$"), S("")));
    CHECK(finds(a, S("(^a|b$)"), S("xb")));
}

TEST(lookahead_at_the_beginning_is_taken)
{
    CHECK(finds(a, S("^(?!ab)(a.*)$"), S("acab")));
    CHECK(!finds(a, S("^(?!ab)(a.*)$"), S("abc")));
    CHECK(finds(a, S("^(?=.*b)a"), S("aab")));
    CHECK(!finds(a, S("^(?=.*b)a"), S("aac")));
}

TEST(what_no_small_automaton_does_is_refused)
{
    static const char *const bad[] = {
        "(a)\\1", "a(?=b)", "(?<=a)b", "(?<!a)b",   "\\bx", "\\Bx",   "\\p{L}",  "\\k<x>",
        "(",      ")",      "[a",      "a**",       "*a",   "a{2,1}", "[b-a]",   "\\",
        "x{",     "\\u12",  "\\uD800", "^(?!a)b|c", "\\Z",  "\\a",    "[\\d-z]", "(.{1,200}){200}",
        "(?i)a"};
    for (size_t i = 0; i < COUNT(bad); i++) {
        if (regex_make(a, str_z(bad[i])) != NULL)
            (void)printf("%s was taken\n", bad[i]);
        CHECK(regex_make(a, str_z(bad[i])) == NULL);
    }
}

TEST(a_pattern_that_others_take_for_ever_on_takes_one_step_a_byte)
{
    buf b = {.a = a};
    for (size_t i = 0; i < 100000; i++)
        buf_char(&b, 'a');
    CHECK(!finds(a, S("^(a+)+$"), str_join(a, buf_str(&b), S("b"))));
    CHECK(!finds(a, S("(a|a)*c"), buf_str(&b)));
}
