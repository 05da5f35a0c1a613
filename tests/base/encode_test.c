/* encode_test.c - bytes as text: the vectors of RFC 4648, and Crockford's base32. */
#include "base/encode.h"
#include "base/fields.h"
#include "t.h"

/* RFC 4648 section 10; base64url is without padding here. */
TEST(the_vectors_of_rfc_4648_come_out_and_go_back)
{
    static const struct {
        str bytes, base64, hex;
    } vectors[] = {
        {S_INIT(""), S_INIT(""), S_INIT("")},
        {S_INIT("f"), S_INIT("Zg"), S_INIT("66")},
        {S_INIT("fo"), S_INIT("Zm8"), S_INIT("666f")},
        {S_INIT("foo"), S_INIT("Zm9v"), S_INIT("666f6f")},
        {S_INIT("foob"), S_INIT("Zm9vYg"), S_INIT("666f6f62")},
        {S_INIT("fooba"), S_INIT("Zm9vYmE"), S_INIT("666f6f6261")},
        {S_INIT("foobar"), S_INIT("Zm9vYmFy"), S_INIT("666f6f626172")},
        {S_INIT("\xFB\xEF\xFF"), S_INIT("--__"), S_INIT("fbefff")},
    };
    for (size_t i = 0; i < COUNT(vectors); i++) {
        str out;
        CHECK_STR(vectors[i].base64, base64url_encode(a, vectors[i].bytes));
        CHECK_STR(vectors[i].hex, hex_encode(a, vectors[i].bytes));
        CHECK(base64url_decode(a, vectors[i].base64, &out));
        CHECK_STR(vectors[i].bytes, out);
        CHECK(hex_decode(a, vectors[i].hex, &out));
        CHECK_STR(vectors[i].bytes, out);
    }
}

TEST(all_bytes_in_all_lengths_come_back)
{
    char bytes[64];
    for (size_t n = 0; n <= sizeof bytes; n++) {
        str out;
        for (size_t i = 0; i < n; i++)
            bytes[i] = (char)(i * 37 + n * 11);
        str s = {bytes, n};
        CHECK(hex_decode(a, hex_encode(a, s), &out) && str_eq(out, s));
        CHECK(base32_decode(a, base32_encode(a, s), &out) && str_eq(out, s));
        CHECK(base64url_decode(a, base64url_encode(a, s), &out) && str_eq(out, s));
        CHECK_I64((i64)((n * 8 + 4) / 5), (i64)base32_encode(a, s).n);
    }
}

/* RFC 4648's base32 of "foobar" is MZXW6YTBOI: the digits 12 25 23 22 30 24 19 1 14 8. */
TEST(keys_use_crockfords_letters)
{
    CHECK_STR(S("CSQPYRK1E8"), base32_encode(a, S("foobar")));
    CHECK_STR(S("ZZZZZZZZ"), base32_encode(a, S("\xFF\xFF\xFF\xFF\xFF")));
}

TEST(keys_are_read_as_people_type_them)
{
    str out;
    CHECK(base32_decode(a, S("csqp-yrk1 e8"), &out));
    CHECK_STR(S("foobar"), out);
    CHECK(base32_decode(a, S("CSQPYRKLE8"), &out)); /* L for 1 */
    CHECK_STR(S("foobar"), out);
    CHECK(base32_decode(a, S("csqpyrkiE8"), &out)); /* I for 1 */
    CHECK_STR(S("foobar"), out);
    CHECK(base32_decode(a, S("oO0o0O00"), &out));
    CHECK_STR(S("\0\0\0\0\0"), out);
}

TEST(what_no_encoder_writes_is_refused)
{
    str out;
    CHECK(!hex_decode(a, S("6"), &out) && !hex_decode(a, S("6g"), &out));
    CHECK(hex_decode(a, S("6A6a"), &out) && str_eq(out, S("jj")));
    CHECK(!base64url_decode(a, S("Zg=="), &out)); /* padding */
    CHECK(!base64url_decode(a, S("Zh"), &out));   /* bits left over */
    CHECK(!base64url_decode(a, S("Z"), &out));    /* a digit too many */
    CHECK(!base64url_decode(a, S("Zm9vZ"), &out) && !base64url_decode(a, S("A"), &out));
    CHECK(!base32_decode(a, S("0"), &out) && !base32_decode(a, S("000"), &out));
    CHECK(!base64url_decode(a, S("+/+/"), &out) && !base64url_decode(a, S("Zm 9v"), &out));
    CHECK(!base64url_decode(a, S("Zm9\0"), &out));
    CHECK(!base32_decode(a, S("CSQPYRK1EU"), &out)); /* U is no letter of it */
    CHECK(!base32_decode(a, S("C"), &out) && !base32_decode(a, S("CT"), &out));
    CHECK(!base32_decode(a, S("!"), &out));
}

/* --- fields.h ------------------------------------------------------------------------------- */

TEST(fields_come_back_as_they_were_put)
{
    static const str texts[] = {{NULL, 0}, S_INIT(""), S_INIT("7:x"), S_INIT("\0橋")};
    buf b = {.a = a};
    i64 n;
    for (size_t i = 0; i < COUNT(texts); i++)
        fields_put(&b, texts[i]);
    fields_put_i64(&b, -12);
    fields_put_i64(&b, 999999999999999999);
    CHECK_STR(S("-:0:3:7:x4:\0橋3:-1218:999999999999999999"), buf_str(&b));
    str got, rest = buf_str(&b);
    for (size_t i = 0; i < COUNT(texts); i++) {
        CHECK(fields_take(&rest, &got));
        CHECK_STR(texts[i], got);
    }
    CHECK(fields_take_i64(&rest, -12, 0, &n) && n == -12);
    CHECK(fields_take_i64(&rest, 0, INT64_MAX, &n) && n == 999999999999999999 && rest.n == 0);
}

TEST(what_is_no_field_or_no_such_number_is_refused)
{
    static const char *const fields[] =
        {"", ":", "1", "2:x", "-1:", "+0:", "1000000000000000000:x", "00000000000000000001:x"},
                             *const numbers[] = {"-:", "0:", "1:-", "2:--", "1:x", "1:6", "2:-6"};
    for (size_t i = 0; i < COUNT(fields); i++) {
        str got, rest = str_z(fields[i]);
        CHECK(!fields_take(&rest, &got));
    }
    for (size_t i = 0; i < COUNT(numbers); i++) {
        str rest = str_z(numbers[i]);
        i64 n;
        CHECK(!fields_take_i64(&rest, -5, 5, &n));
    }
}
