/* fact_test.c - tables of facts, and weaknesses over all versions. */
#include "formats/cwe.h"
#include "formats/fact.h"
#include "t.h"

#include <string.h>

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

/* The rows from the first that has the cell, or from the first whose cell is not less: row by row. */
static str from_by_reading(str rows, str key, bool *there)
{
    *there = false;
    while (rows.n > 0) {
        str rest = rows, line = str_cut(&rest, '\n'), cell = str_cut(&line, '\t');
        *there = str_eq(cell, key);
        if (str_cmp(cell, key) >= 0)
            break;
        rows = rest;
    }
    return rows;
}

static void check_key(str name, str key)
{
    bool there;
    str expected = from_by_reading(fact_rows(name), key, &there), cells = NO_STR;
    str from = fact_from(name, key);
    CHECK(from.n == expected.n && from.p == expected.p);
    CHECK(fact_find(name, key, &cells) == there);
    if (there)
        CHECK_STR(str_from(str_cut(&expected, '\n'), key.n + 1), cells);
}

TEST(rows_are_found_as_if_all_were_read)
{
    char room[128];
    str name;
    for (size_t at = 0; fact_next(&at, &name);) {
        str rows = fact_rows(name);
        size_t step = rows.n / 40000 * 8 + 1;
        for (size_t n = 0; rows.n > 0; n++) {
            str line = str_cut(&rows, '\n'), rest = line, key = str_cut(&rest, '\t');
            if (n % step != 0 || key.n + 1 > sizeof room)
                continue;
            check_key(name, key);
            check_key(name, str_sub(key, 0, key.n - 1));
            memcpy(room, key.p, key.n);
            room[key.n] = '!';
            check_key(name, (str){room, key.n + 1});
            check_key(name, str_sub(line, 0, key.n + 2)); /* with a tab: no cell is that */
        }
        check_key(name, S(""));
        check_key(name, S("~~~"));
    }
}

TEST(a_row_is_found_by_its_first_cell_alone)
{
    str cells;
    CHECK(fact_find(S("cwe"), S("1004"), &cells));
    CHECK_STR(S("2.10\t4.11\tincomplete\t\tSensitive Cookie Without 'HttpOnly' Flag"), cells);
    CHECK(!fact_find(S("cwe"), S("1004\t2.10"), &cells) && !fact_find(S("cwe"), S("10"), &cells));
    CHECK(str_has_prefix(fact_from(S("cwe"), S("1005")), S("1007\t")));
    CHECK(fact_from(S("cwe"), S("~")).n == 0);
    CHECK(fact_count(S("cwe")) == 2544);
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
