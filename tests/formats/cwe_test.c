/* cwe_test.c - names of weaknesses. */
#include "formats/cwe.h"
#include "formats/tsv.h"
#include "t.h"

#include "base/asset.h"

static struct cwe found(i64 id)
{
    struct cwe c = {0};
    CHECK(cwe_find(id, &c));
    CHECK_I64(id, c.id);
    return c;
}

TEST(weaknesses_have_their_official_name_and_the_japanese_one_that_advisories_use)
{
    CHECK_STR(S("Improper Neutralization of Input During Web Page Generation ('Cross-site "
                "Scripting')"),
              found(79).name_en);
    CHECK_STR(S("クロスサイトスクリプティング"), found(79).name_ja);
    CHECK_STR(S("Out-of-bounds Write"), found(787).name_en);
    CHECK_STR(S("境界外書き込み"), found(787).name_ja);
    CHECK_STR(S("リソースの枯渇"), found(400).name_ja);
    CHECK_STR(S("信頼できないデータのデシリアライゼーション"), found(502).name_ja);
    CHECK_STR(S("discouraged"), found(400).mapping);
    CHECK_STR(S("allowed"), found(79).mapping);
    CHECK_STR(S(""), found(5).name_ja);
    CHECK_STR(S("4.20"), cwe_version());
}

TEST(what_is_no_weakness_is_not_found)
{
    struct cwe c;
    CHECK(!cwe_find(0, &c) && !cwe_find(-79, &c) && !cwe_find(999999, &c));
    CHECK(!cwe_find(1000, &c)); /* a view */
    CHECK(!cwe_find(310, &c));  /* a category */
}

TEST(identifiers_are_read_as_people_write_them)
{
    i64 id = 0;
    CHECK(cwe_parse(S("CWE-79"), &id) && id == 79);
    CHECK(cwe_parse(S("cwe-787"), &id) && id == 787);
    CHECK(cwe_parse(S("22"), &id) && id == 22);
    CHECK(!cwe_parse(S(""), &id) && !cwe_parse(S("CWE-"), &id) && !cwe_parse(S("CWE-079"), &id));
    CHECK(!cwe_parse(S("CWE 79"), &id) && !cwe_parse(S("CWE-79x"), &id));
    CHECK(!cwe_parse(S("CWE-99999999"), &id) && !cwe_parse(S("NVD-CWE-noinfo"), &id));
}

TEST(the_table_is_a_table_sorted_by_number)
{
    static const str columns[] = {S_INIT("id"), S_INIT("name_en"), S_INIT("name_ja"),
                                  S_INIT("mapping")};
    struct tsv t;
    struct tsv_fault f;
    CHECK_ERR(
        OK, tsv_read(a, asset_find(S("content/cwe.tsv"))->bytes, columns, COUNT(columns), &t, &f));
    CHECK(t.n > 900);
    struct cwe c;
    size_t n = 0, japanese = 0;
    i64 last = 0;
    for (size_t at = 0; cwe_next(&at, &c); n++) {
        CHECK_STR(t.rows[n].cells[1], c.name_en);
        CHECK_STR(t.rows[n].cells[3], c.mapping);
        CHECK(c.id > last && c.name_en.n > 0);
        last = c.id;
        japanese += c.name_ja.n > 0;
    }
    CHECK(n == t.n && japanese > 150);
}

/* The newest list of facts has the same numbers and names. */
TEST(the_table_has_every_weakness_of_the_facts)
{
    str path = str_fmt(a, "%s/csaf/facts/cwe/cwe_4.20_2026-04-30.csv", TESTDATA());
    FILE *f = fopen(str_to_z(a, path), "rb");
    CHECK(f != NULL);
    char line[512];
    size_t n = 0;
    while (fgets(line, sizeof line, f) != NULL) {
        str row = str_trim(str_z(line));
        i64 id;
        CHECK(str_i64(str_cut(&row, '\t'), &id));
        (void)str_cut(&row, '\t');
        CHECK_STR(str_cut(&row, '\t'), found(id).name_en);
        n++;
    }
    (void)fclose(f);
    CHECK(n > 900);
}
