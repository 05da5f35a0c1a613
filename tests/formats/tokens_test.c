/* tokens_test.c - search finds what a plain scan of the normalised text finds. */
#include "t.h"
#include "formats/tokens.h"

#include "base/utf8.h"

#include <sodium.h>
#include <utf8proc.h>

static const unsigned char secret[TOKEN_KEY] = "0123456789abcdef0123456789ABCDE";

static bool has_all(struct strs document, struct strs query)
{
    size_t at = 0; /* both are sorted */
    for (size_t i = 0; i < query.n; i++) {
        while (at < document.n && str_cmp(document.v[at], query.v[i]) < 0)
            at++;
        if (at == document.n || !str_eq(document.v[at], query.v[i]))
            return false;
    }
    return true;
}

/* What the database and tokens_match() find together. */
static bool found(struct arena *a, str text, str typed)
{
    str normal = tokens_normal(a, text);
    struct tokens_query q;
    CHECK(tokens_query(a, typed, secret, &q));
    bool candidate = has_all(tokens_of(a, normal, secret), q.tokens);
    bool match = tokens_match(normal, &q);
    CHECK(candidate || !match); /* the index never loses a match */
    return match;
}

TEST(japanese_is_found_by_one_two_and_more_characters_anywhere)
{
    str text = S("任意のコード実行の脆弱性（CVE-2023-5915）が見つかりました。");
    CHECK(found(a, text, S("脆")));
    CHECK(found(a, text, S("脆弱")));
    CHECK(found(a, text, S("脆弱性")));
    CHECK(found(a, text, S("弱性")));
    CHECK(found(a, text, S("ード実")));
    CHECK(found(a, text, S("見つかりました")));
    CHECK(!found(a, text, S("弱脆")));
    CHECK(!found(a, text, S("脆性")));
    CHECK(!found(a, text, S("鍵")));
    CHECK(found(a, text, S("任意 実行")));
    CHECK(found(a, text, S("実行　任意"))); /* full-width space */
    CHECK(!found(a, text, S("任意 鍵")));
}

TEST(pairs_that_stand_apart_do_not_make_a_longer_match)
{
    CHECK(!found(a, S("脆弱な弱性"), S("脆弱性")));
    CHECK(!found(a, S("脆弱 性"), S("脆弱性")));
}

TEST(identifiers_are_found_as_typed_and_by_their_parts)
{
    str text = S("See CVE-2023-5915, KKH#41827360 and firmware 10.0.1 (build a_b).");
    static const str hits[] = {
        S_INIT("CVE-2023-5915"),    S_INIT("cve-2023-5915"), S_INIT("2023-5915"), S_INIT("5915"),
        S_INIT("KKH#41827360"),     S_INIT("#41827360"),     S_INIT("41827360"),  S_INIT("kkh"),
        S_INIT("10.0.1"),           S_INIT("0.1"),           S_INIT("a_b"),       S_INIT("(build"),
        S_INIT("ＣＶＥ－２０２３"), S_INIT("firmware cve"),
    };
    static const str misses[] = {
        S_INIT("CVE-2023-591"), S_INIT("2023-59"),  S_INIT("1827360"), S_INIT("10.0.2"),
        S_INIT("0.0.1"),        S_INIT("CVE 5916"), S_INIT("firm"),    S_INIT("cve2023"),
    };
    for (size_t i = 0; i < COUNT(hits); i++)
        CHECK(found(a, text, hits[i]));
    for (size_t i = 0; i < COUNT(misses); i++)
        CHECK(!found(a, text, misses[i]));
}

TEST(width_and_case_are_one_and_the_two_kanas_are_two)
{
    CHECK(found(a, S("ﾊﾞｯﾌｧｵｰﾊﾞｰﾌﾛｰ"), S("バッファオーバーフロー")));
    CHECK(found(a, S("バッファオーバーフロー"), S("ｵｰﾊﾞｰ")));
    CHECK(found(a, S("ＵＳＢメモリ"), S("usb")));
    CHECK(found(a, S("ＵＳＢメモリ"), S("usbメモリ")));
    CHECK(found(a, S("Straße"), S("STRASSE")));
    CHECK(found(a, S("㈱架け橋"), S("(株)")));
    CHECK(found(a, S("か\xE3\x82\x99ぎ"), S("がぎ"))); /* combining mark */
    CHECK(!found(a, S("メモリ"), S("めもり")));
    CHECK(!found(a, S("メモリー"), S("メモリ－ー")));
    CHECK(found(a, S("時々、人々"), S("々")));
    CHECK(found(a, S("취약점 분석"), S("약점")));
    CHECK(found(a, S("z\xC2\xADx"), S("zx"))); /* soft hyphen */
}

TEST(punctuation_alone_is_nothing_to_search_by)
{
    struct tokens_query q;
    CHECK(!tokens_query(a, S(""), secret, &q));
    CHECK(!tokens_query(a, S(" \t　"), secret, &q));
    CHECK(!tokens_query(a, S("# --- 。、"), secret, &q));
    CHECK(tokens_query(a, S("# 性"), secret, &q));
    CHECK_I64(1, (i64)q.needles.n);
}

TEST(tokens_are_thirteen_letters_sorted_and_each_there_once)
{
    struct strs t = tokens_of(a, tokens_normal(a, S("脆弱脆弱脆弱 abc ABC abc")), secret);
    CHECK_I64(5, (i64)t.n); /* 脆 弱 脆弱 弱脆 abc */
    for (size_t i = 0; i < t.n; i++) {
        CHECK_I64(TOKEN_SIZE, (i64)t.v[i].n);
        for (size_t k = 0; k < TOKEN_SIZE; k++)
            CHECK(strchr("abcdefghijklmnopqrstuvwxyz234567", t.v[i].p[k]) != NULL);
        CHECK(i == 0 || str_cmp(t.v[i - 1], t.v[i]) < 0);
    }
    CHECK_I64(5 * 13 + 4, (i64)tokens_join(a, t).n);
    CHECK_I64(0, (i64)tokens_of(a, S(""), secret).n);
}

/* Kept in databases: a change here means that every index must be made anew.  The values are
 * SipHash-2-4 of the UTF-8 text under BLAKE2b-128(key, "kakehashi search tokens"), by Python's
 * hashlib and an independent SipHash. */
TEST(tokens_stay_what_they_are_for_a_key_and_differ_for_another)
{
    unsigned char other[TOKEN_KEY] = {1};
    struct strs t = tokens_of(a, S("脆弱"), secret), u = tokens_of(a, S("脆弱"), other);
    struct strs public = tokens_of(a, S("脆弱"), NULL);
    CHECK(t.n == 3 && u.n == 3 && public.n == 3);
    for (size_t i = 0; i < 3; i++)
        for (size_t k = 0; k < 3; k++)
            CHECK(!str_eq(t.v[i], u.v[k]) && !str_eq(t.v[i], public.v[k]));
    CHECK_STR(S("epyqwjngvtuko mxmxvagqcner2 umwwstyhz745a"), tokens_join(a, t));
    CHECK_STR(S("qoiuxx5ek536g qvekw446kwruq yusyyt5toybkw"), tokens_join(a, public));
}

TEST(words_are_compared_whole_however_long)
{
    buf b = {.a = a};
    for (int i = 0; i < 100; i++)
        buf_put(&b, S("é"));
    str word = buf_str(&b), longer = str_join(a, word, S("x"));
    CHECK(found(a, str_join(a, S("a "), longer), longer));
    CHECK(!found(a, longer, word));
    CHECK(!found(a, word, longer));
}

/* Each code point alone, as utf8proc's own NFKC_Casefold has it. */
TEST(normal_form_is_that_of_unicode_for_every_code_point)
{
    for (uint32_t c = 1; c <= 0x10FFFF; c++) {
        if (c >= 0xD800 && c <= 0xDFFF)
            continue;
        char bytes[8];
        buf b = {.a = a, .p = bytes, .cap = sizeof bytes};
        utf8_put(&b, c);
        struct arena *turn = arena_new();
        char *want =
            (char *)utf8proc_NFKC_Casefold((const utf8proc_uint8_t *)str_to_z(turn, buf_str(&b)));
        CHECK_STR(str_z(want), tokens_normal(turn, buf_str(&b)));
        free(want);
        arena_free(turn);
    }
}

static uint32_t random_next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(*seed >> 33);
}

static str random_text(struct arena *a, uint64_t *seed, size_t points)
{
    static const str alphabet[] = {
        S_INIT("脆"), S_INIT("弱"), S_INIT("性"), S_INIT("の"), S_INIT("か"), S_INIT("が"),
        S_INIT("ア"), S_INIT("ﾊ"),  S_INIT("ﾞ"),  S_INIT("ー"), S_INIT("゙"),   S_INIT("a"),
        S_INIT("B"),  S_INIT("ｂ"), S_INIT("1"),  S_INIT("-"),  S_INIT("#"),  S_INIT("."),
        S_INIT(" "),  S_INIT("　"), S_INIT("、"), S_INIT("\n"), S_INIT("é"),  S_INIT("́"),
        S_INIT("ß"),  S_INIT("㈱"), S_INIT("각"), S_INIT("ㅏ"), S_INIT("𠮷"), S_INIT("😀"),
        S_INIT("弱"), S_INIT("脆"),
    };
    buf b = {.a = a};
    for (size_t i = 0; i < points; i++)
        buf_put(&b, alphabet[random_next(seed) % COUNT(alphabet)]);
    return buf_str(&b);
}

TEST(normal_form_is_that_of_unicode_for_any_text)
{
    uint64_t seed = 7;
    for (int i = 0; i < 5000; i++) {
        struct arena *turn = arena_new();
        str text = random_text(turn, &seed, 1 + random_next(&seed) % 20);
        char *want = (char *)utf8proc_NFKC_Casefold((const utf8proc_uint8_t *)str_to_z(turn, text));
        CHECK_STR(str_z(want), tokens_normal(turn, text));
        free(want);
        arena_free(turn);
    }
}

/* Of its own: letters, digits and marks by utf8proc's categories, without the CJK scripts. */
static bool is_word(str s, size_t at)
{
    uint32_t c = utf8_next(s, &at);
    bool cjk = (c >= 0x3041 && c <= 0x30FF) || (c >= 0x4E00 && c <= 0x9FFF) ||
               (c >= 0x1100 && c <= 0x11FF) || (c >= 0xAC00 && c <= 0xD7A3) || c >= 0x20000;
    const char *kind = utf8proc_category_string((utf8proc_int32_t)c);
    return !cjk && strchr("LMN", kind[0]) != NULL;
}

static bool plain_scan(str s, str needle)
{
    for (size_t at = 0; at + needle.n <= s.n; at++) {
        if (!str_eq(str_sub(s, at, needle.n), needle))
            continue;
        size_t end = at + needle.n, last = end - 1, left = at;
        while (((unsigned char)s.p[last] & 0xC0) == 0x80)
            last--;
        while (left > 0 && ((unsigned char)s.p[--left] & 0xC0) == 0x80)
            ;
        bool cut = (at > 0 && is_word(s, left) && is_word(s, at)) ||
                   (end < s.n && is_word(s, last) && is_word(s, end));
        if (!cut)
            return true;
    }
    return false;
}

TEST(search_finds_exactly_what_a_plain_scan_finds)
{
    uint64_t seed = 42;
    size_t hits = 0, tried = 0;
    for (int i = 0; i < 20000; i++) {
        struct arena *turn = arena_new();
        str text = random_text(turn, &seed, 40), normal = tokens_normal(turn, text);
        str typed = random_text(turn, &seed, 1 + random_next(&seed) % 3);
        if (i % 2 == 0) { /* a piece of the text itself */
            size_t at = random_next(&seed) % utf8_count(text);
            str tail = str_from(text, utf8_sub(text, at).n);
            typed = utf8_sub(tail, 1 + random_next(&seed) % 5);
        }
        struct tokens_query q;
        if (tokens_query(turn, typed, secret, &q)) {
            bool want = true;
            for (size_t k = 0; k < q.needles.n; k++)
                want = want && plain_scan(normal, q.needles.v[k]);
            bool got = found(turn, text, typed);
            if (got != want)
                (void)printf("\"%.*s\" in \"%.*s\"\n", SV(typed), SV(text));
            CHECK(got == want);
            hits += got;
            tried++;
        }
        arena_free(turn);
    }
    CHECK(tried > 12000 && hits > 3000 && hits < tried - 2000);
}

/* Words whose hashes all begin with ten zero bits, as someone could choose them for public
 * text. */
TEST(hashes_that_someone_chose_to_be_uneven_come_sorted_all_the_same)
{
    static const unsigned char zero[crypto_shorthash_KEYBYTES];
    buf b = {.a = a};
    size_t words = 0;
    for (int i = 0; words < 800; i++) {
        char word[16];
        unsigned char hash[crypto_shorthash_BYTES];
        size_t n = (size_t)snprintf(word, sizeof word, "w%d ", i);
        (void)crypto_shorthash(hash, (unsigned char *)word, n - 1, zero);
        if (hash[0] != 0 || (hash[1] & 0xC0) != 0)
            continue;
        buf_put(&b, (str){word, n});
        words++;
    }
    struct strs t = tokens_of(a, buf_str(&b), NULL);
    CHECK_I64(800, (i64)t.n);
    for (size_t i = 1; i < t.n; i++)
        CHECK(str_cmp(t.v[i - 1], t.v[i]) < 0);
}

TEST(many_marks_on_one_character_take_no_quadratic_time)
{
    buf b = {.a = a};
    buf_char(&b, 'a');
    for (int i = 0; i < 200000; i++)
        buf_put(&b, i % 2 ? S("\xCC\x81") : S("\xCC\xA3"));
    CHECK(tokens_normal(a, buf_str(&b)).n < 100);
}
