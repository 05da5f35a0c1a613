/* lang_tag_test.c - language tags; the cases are of RFC 5646, appendix A, and of CSAF. */
#include "formats/lang_tag.h"
#include "t.h"

static enum lang_state state(str tag)
{
    struct lang_tag t;
    return lang_tag_read(tag, &t);
}

TEST(the_tags_of_the_standard_are_valid)
{
    static const str good[] = {
        S_INIT("de"),
        S_INIT("i-enochian"),
        S_INIT("zh-Hant"),
        S_INIT("sr-Latn"),
        S_INIT("zh-cmn-Hans-CN"),
        S_INIT("cmn-Hans-CN"),
        S_INIT("yue-HK"),
        S_INIT("sr-Latn-RS"),
        S_INIT("sl-rozaj-biske"),
        S_INIT("de-CH-1901"),
        S_INIT("hy-Latn-IT-arevela"),
        S_INIT("es-419"),
        S_INIT("de-CH-x-phonebk"),
        S_INIT("az-Arab-x-AZE-derbend"),
        S_INIT("x-whatever"),
        S_INIT("qaa-Qaaa-QM-x-southern"),
        S_INIT("en-US-u-islamcal"),
        S_INIT("zh-CN-a-myext-x-private"),
        S_INIT("en-a-myext-b-another"),
        S_INIT("JA"),
        S_INIT("i-default"),
        S_INIT("en-ZZ"),
    };
    for (size_t i = 0; i < COUNT(good); i++)
        CHECK(state(good[i]) == LANG_VALID);
}

TEST(what_is_not_registered_twice_or_out_of_place_is_invalid)
{
    static const str bad[] = {
        S_INIT("EZ"),         S_INIT("xx"),    S_INIT("de-DE-1901-1901"), S_INIT("en-a-bbb-a-ccc"),
        S_INIT("ja-Abcd"),    S_INIT("en-QL"), S_INIT("en-zzzzz"),        S_INIT("de-cmn"),
        S_INIT("zh-gan-yue"),
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(state(bad[i]) == LANG_INVALID);
}

TEST(what_is_no_tag_is_malformed)
{
    static const str bad[] = {
        S_INIT(""),
        S_INIT("de-419-DE"),
        S_INIT("a-DE"),
        S_INIT("ar-a-aaa-b"),
        S_INIT("en_US"),
        S_INIT("en-"),
        S_INIT("-en"),
        S_INIT("en--US"),
        S_INIT("x"),
        S_INIT("x-"),
        S_INIT("i-nothing"),
        S_INIT("ja-x-toolongsub"),
        S_INIT("\xC3\xA4\xC3\xB6"),
        S_INIT("en-a"),
        S_INIT("12"),
        S_INIT("abcdefghi"),
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(state(bad[i]) == LANG_MALFORMED);
}

TEST(subtags_of_private_use_and_deprecated_ones_are_named)
{
    static const str private_use[][2] = {
        {S_INIT("qtx"), S_INIT("qtx")},    {S_INIT("en-QM"), S_INIT("QM")},
        {S_INIT("en-XP"), S_INIT("XP")},   {S_INIT("en-Qabc"), S_INIT("Qabc")},
        {S_INIT("en-AA"), S_INIT("AA")},   {S_INIT("fr-ZZ"), S_INIT("ZZ")},
        {S_INIT("en-x-abc"), S_INIT("x")},
    };
    struct lang_tag t;
    for (size_t i = 0; i < COUNT(private_use); i++) {
        CHECK(lang_tag_read(private_use[i][0], &t) == LANG_VALID);
        CHECK_STR(private_use[i][1], t.private_use);
    }
    CHECK(lang_tag_read(S("en-US"), &t) == LANG_VALID && t.private_use.p == NULL);
    CHECK(lang_tag_read(S("iw-IL"), &t) == LANG_VALID);
    CHECK_STR(S("iw"), t.deprecated);
    CHECK_STR(S("he"), t.preferred);
    CHECK(lang_tag_read(S("i-lux"), &t) == LANG_VALID && t.grandfathered);
    CHECK_STR(S("lb"), t.preferred);
    CHECK(lang_tag_read(S("zh-Hant-TW"), &t) == LANG_VALID);
    CHECK_STR(S("Hant"), t.script);
    CHECK_STR(S("TW"), t.region);
    CHECK(lang_tag_same_language(S("en"), S("EN-gb")) && !lang_tag_same_language(S("e"), S("en")));
}
