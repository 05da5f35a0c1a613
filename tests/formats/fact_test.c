/* fact_test.c - tables of facts, and weaknesses over all versions. */
#include "formats/cwe.h"
#include "formats/fact.h"
#include "t.h"

TEST(every_table_says_what_it_is_and_is_sorted)
{
    static const str heads[] = {S_INIT("title"), S_INIT("version"), S_INIT("source"),
                                S_INIT("licence")};
    str name;
    size_t n = 0;
    for (size_t at = 0; fact_next(&at, &name); n++) {
        for (size_t i = 0; i < COUNT(heads); i++)
            CHECK(fact_head(name, heads[i]).n > 0);
        str rows = fact_rows(name), last = S("");
        CHECK(rows.n > 0 && rows.p[rows.n - 1] == '\n' && str_find(rows, S("\n\n")) < 0);
        while (rows.n > 0) {
            str row = str_cut(&rows, '\n'), key = str_cut(&row, '\t');
            CHECK(str_cmp(last, key) <= 0 && key.n > 0);
            last = key;
        }
    }
    CHECK(n >= 3);
    CHECK(fact_head(S("cwe"), S("nothing")).p == NULL);
}

TEST(a_row_is_found_by_its_first_cell_alone)
{
    static const str rows = S_INIT("a\t1\nab\t2\nab\t3\nb\nc\t5\n");
    str cells;
    CHECK(fact_find(rows, S("a"), &cells));
    CHECK_STR(S("1"), cells);
    CHECK(fact_find(rows, S("ab"), &cells));
    CHECK_STR(S("2"), cells);
    CHECK(fact_find(rows, S("b"), &cells));
    CHECK_STR(S(""), cells);
    CHECK(fact_find(rows, S("c"), &cells));
    CHECK_STR(S("5"), cells);
    CHECK(!fact_find(rows, S(""), &cells) && !fact_find(rows, S("aa"), &cells));
    CHECK(!fact_find(rows, S("d"), &cells) && !fact_find(rows, S("A"), &cells));
    CHECK(!fact_find(S(""), S("a"), &cells));
    CHECK_STR(S("b\nc\t5\n"), fact_from(rows, S("ac")));
    CHECK(fact_count(rows) == 5);
}

TEST(weaknesses_are_known_in_each_version)
{
    struct cwe_fact f;
    CHECK(cwe_in(79, S("4.13"), &f));
    CHECK_STR(S("Improper Neutralization of Input During Web Page Generation ('Cross-site "
                "Scripting')"),
              f.name);
    CHECK_STR(S("stable"), f.status);
    CHECK_STR(S("allowed"), f.usage);
    CHECK(cwe_in(7, S("1.0"), &f));
    CHECK_STR(S("J2EE Misconfiguration: Missing Error Handling"), f.name);
    CHECK(cwe_in(7, S("2.5"), &f));
    CHECK_STR(S("J2EE Misconfiguration: Missing Custom Error Page"), f.name);
    CHECK_STR(S(""), f.usage);
    CHECK(cwe_in(1004, S("2.10"), &f) && !cwe_in(1004, S("2.9"), &f));
    CHECK(!cwe_in(79, S("4.21"), &f) && !cwe_in(79, S(""), &f) && !cwe_in(99999, S("4.13"), &f));
    CHECK(!cwe_in(1000, S("4.13"), &f) && !cwe_in(310, S("4.13"), &f)); /* a view, a category */
    CHECK(cwe_version_order(S("4.9")) < cwe_version_order(S("4.10")));
    CHECK(cwe_version_order(S("4.19.1")) + 1 == cwe_version_order(cwe_version()));
    CHECK(cwe_ever(7, S("J2EE Misconfiguration: Missing Error Handling")));
    CHECK(!cwe_ever(7, S("J2EE Misconfiguration")) && !cwe_ever(0, S("")));
}
