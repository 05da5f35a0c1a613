/* version_said_test.c - versions as vendors write them. */
#include "formats/version_said.h"
#include "t.h"

static str vers_of(struct arena *a, const char *text)
{
    struct version_span *v;
    size_t n;
    buf b = {.a = a};
    if (!versions_read(a, str_z(text), &v, &n))
        return S("?");
    for (size_t i = 0; i < n; i++)
        buf_putf(&b, "%s%.*s", i ? " & " : "",
                 SV(v[i].only.n > 0 ? v[i].only : version_span_vers(a, &v[i])));
    return buf_str(&b);
}

#define READS(text, want) CHECK_STR(S(want), vers_of(a, text))

TEST(japanese_phrases_of_advisories_become_spans)
{
    READS("6.2.3.0 より前のバージョン", "vers:intdot/<6.2.3.0");
    READS("Ver.1.2.3 より前", "vers:intdot/<1.2.3");
    READS("バージョン 2.5 未満", "vers:intdot/<2.5");
    READS("1.10.6およびそれ以前", "vers:intdot/<=1.10.6");
    READS("R4.0以前", "<=R4.0");
    READS("1.0 から 2.3 まで", "vers:intdot/>=1.0|<=2.3");
    READS("1.0 から 2.3 より前", "vers:intdot/>=1.0|<2.3");
    READS("V3.1～V3.4", ">=V3.1|<=V3.4");
    READS("2.0 以降", "vers:intdot/>=2.0");
    READS("2.0 から", "vers:intdot/>=2.0");
    READS("すべてのバージョン", "vers:all/*");
    READS("1.0、1.1、2.0 以降", "1.0 & 1.1 & vers:intdot/>=2.0");
}

TEST(english_phrases_of_advisories_become_spans)
{
    READS("versions before 6.2.3.0", "vers:intdot/<6.2.3.0");
    READS("Prior to V1.7", "<V1.7");
    READS("1.0 and earlier", "vers:intdot/<=1.0");
    READS("Version 1.0 to 2.3", "vers:intdot/>=1.0|<=2.3");
    READS("from 1.0 before 2.3", "vers:intdot/>=1.0|<2.3");
    READS("R1.01 through R2.04", ">=R1.01|<=R2.04");
    READS("all versions", "vers:all/*");
    READS("1.2.3, 1.2.4 and 1.3", "?"); /* two kinds of separators */
    READS("9.1 and 9.2", "9.1 & 9.2");
    READS("1.2.3", "1.2.3");
}

TEST(specifiers_are_read_as_they_are)
{
    READS("<6.2.3.0", "vers:intdot/<6.2.3.0");
    READS(">=1.0|<2.4", "vers:intdot/>=1.0|<2.4");
    READS("vers:intdot/>=1.0|<2.4", "vers:intdot/>=1.0|<2.4");
    READS("<= V4", "<=V4");
}

TEST(what_is_not_understood_is_not_guessed)
{
    static const char *const odd[] = {
        "",  "最新版", "see the vendor", "の前",     "before",        "1.0 から 2.0 から",
        "<", "1.0 to", "1.0 so to say",  "1..0 & 2", "ファームウェア"};
    for (size_t i = 0; i < COUNT(odd); i++)
        CHECK_STR(S("?"), vers_of(a, odd[i]));
}

TEST(what_is_written_for_people_reads_back_as_the_same)
{
    static const char *const said[] = {"<1.2",       "<=1.2",       ">1.2", ">=1.2",
                                       ">=1.0|<2.0", ">=1.0|<=2.0", "1.5",  "all"};
    for (size_t i = 0; i < COUNT(said); i++)
        for (int ja = 0; ja < 2; ja++) {
            struct version_span *v;
            size_t n;
            CHECK(versions_read(a, str_z(said[i]), &v, &n) && n == 1);
            str text = version_span_text(a, &v[0], ja);
            CHECK_STR(vers_of(a, said[i]), vers_of(a, str_to_z(a, text)));
        }
}
