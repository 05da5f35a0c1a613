/* cve_versions_test.c - what vendors write of their versions. */
#include "formats/cve_versions.h"
#include "t.h"

/* "a≤x≤b" is written a..b, "a≤x<b" a..<b. */
static str said(struct arena *a, str text)
{
    struct cve_version_list list = {0};
    buf b = {.a = a};
    cve_versions(a, text, S("affected"), &list);
    for (size_t i = 0; i < list.n; i++) {
        const struct cve_version *v = &list.v[i];
        buf_putf(&b, "%s%.*s", i ? "; " : "", SV(v->version));
        if (v->less_than.p != NULL)
            buf_putf(&b, "..<%.*s", SV(v->less_than));
        if (v->up_to.p != NULL)
            buf_putf(&b, "..%.*s", SV(v->up_to));
        bool is_range = v->less_than.p != NULL || v->up_to.p != NULL;
        CHECK(str_eq(v->status, S("affected")));
        CHECK(is_range == (v->type.p != NULL));
    }
    return b.n ? buf_str(&b) : S("");
}

TEST(single_versions_stay_as_they_are_written)
{
    CHECK_STR(S("1.2.3"), said(a, S("1.2.3")));
    CHECK_STR(S("1.2; 1.4-rc1"), said(a, S("1.2, 1.4-rc1")));
    CHECK_STR(S("R3.10.1; R3.11"), said(a, S("Ver.R3.10.1、バージョン R3.11")));
    CHECK_STR(S(""), said(a, S("  ")));
}

TEST(ranges_in_japanese_are_read)
{
    CHECK_STR(S("0..3.1.2"), said(a, S("Ver.3.1.2 およびそれ以前")));
    CHECK_STR(S("0..3.1.2"), said(a, S("3.1.2 以前のバージョン")));
    CHECK_STR(S("0..<3.1.2"), said(a, S("3.1.2 より前のバージョン")));
    CHECK_STR(S("0..<2.0"), said(a, S("2.0 未満")));
    CHECK_STR(S("1.2..1.4"), said(a, S("1.2 から 1.4 まで")));
    CHECK_STR(S("1.2..1.4"), said(a, S("1.2～1.4")));
    CHECK_STR(S("1.0..<1.5"), said(a, S("1.0 以上 1.5 未満")));
    CHECK_STR(S("1.0..<1.5; 2.1"), said(a, S("1.0 以上 1.5 未満、2.1")));
    CHECK_STR(S("4.0..<*"), said(a, S("4.0 以降")));
    CHECK_STR(S("0..<*"), said(a, S("すべてのバージョン")));
}

TEST(ranges_in_english_are_read)
{
    CHECK_STR(S("0..3.1"), said(a, S("3.1 and earlier")));
    CHECK_STR(S("0..3.1"), said(a, S("version 3.1 and earlier versions")));
    CHECK_STR(S("0..<3.1"), said(a, S("versions prior to 3.1")));
    CHECK_STR(S("1.2..1.4"), said(a, S("1.2 through 1.4")));
    CHECK_STR(S("1.0..<1.5"), said(a, S(">= 1.0, < 1.5")));
    CHECK_STR(S("1.0..<1.5; 2.0..2.3"), said(a, S(">=1.0, <1.5; 2.0 - 2.3")));
    CHECK_STR(S("0..<*"), said(a, S("All versions")));
}

TEST(what_is_not_understood_is_kept_as_a_whole)
{
    CHECK_STR(S("1.2, with the option X only"), said(a, S("1.2, with the option X only")));
    CHECK_STR(S("2024年4月以前に製造されたもの"), said(a, S("2024年4月以前に製造されたもの")));
}
