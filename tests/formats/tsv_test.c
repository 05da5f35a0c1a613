/* tsv_test.c - tables with a header line, and where they are wrong. */
#include "t.h"
#include "formats/tsv.h"

static const str columns[] = {S_INIT("id"), S_INIT("title"), S_INIT("who")};

static void wrong(struct arena *a, str text, int line, str column, str code)
{
    struct tsv t;
    struct tsv_fault f;
    CHECK_ERR(E_INVALID, tsv_read(a, text, columns, COUNT(columns), &t, &f));
    CHECK_I64(line, f.line);
    CHECK_STR(column, f.column);
    CHECK_STR(code, f.code);
}

TEST(cells_come_by_column_whatever_the_order_in_the_file)
{
    struct tsv t;
    struct tsv_fault f;
    str text =
        S("# a comment\n\nwho\tid\ttitle\n\xE5\x8F\x97\xE4\xBB\x98\t1\tone\n#\tx\n\n\t2\t\n");
    CHECK_ERR(OK, tsv_read(a, text, columns, COUNT(columns), &t, &f));
    CHECK_I64(2, (i64)t.n);
    CHECK_STR(S("1"), t.rows[0].cells[0]);
    CHECK_STR(S("one"), t.rows[0].cells[1]);
    CHECK_STR(S("\xE5\x8F\x97\xE4\xBB\x98"), t.rows[0].cells[2]);
    CHECK_I64(4, t.rows[0].line);
    CHECK_STR(S("2"), t.rows[1].cells[0]);
    CHECK_STR(S(""), t.rows[1].cells[1]);
    CHECK_I64(7, t.rows[1].line);
}

TEST(a_last_line_without_its_newline_counts)
{
    struct tsv t;
    struct tsv_fault f;
    CHECK_ERR(OK, tsv_read(a, S("id\ttitle\twho\n1\t2\t3"), columns, COUNT(columns), &t, &f));
    CHECK_I64(1, (i64)t.n);
    CHECK_STR(S("3"), t.rows[0].cells[2]);
}

TEST(each_fault_says_its_line_and_column)
{
    wrong(a, S(""), 0, NO_STR, S("no_header"));
    wrong(a, S("# only this\n"), 0, NO_STR, S("no_header"));
    wrong(a, S("id\ttitle\n"), 1, S("who"), S("missing_column"));
    wrong(a, S("#\nid\ttitle\twho\tmore\n"), 2, S("more"), S("unknown_column"));
    wrong(a, S("id\ttitle\twho\tid\n"), 1, S("id"), S("duplicate_column"));
    wrong(a, S("id\ttitle\twho \n"), 1, S("who "), S("unknown_column"));
    wrong(a, S("id\ttitle\twho\n1\t2\n"), 2, NO_STR, S("cells"));
    wrong(a, S("id\ttitle\twho\n\n1\t2\t3\t4\n"), 3, NO_STR, S("cells"));
    wrong(a, S("id\ttitle\twho\n1\t\xC3(\t3\n"), 2, NO_STR, S("bad_utf8"));
    wrong(a, S("id\ttitle\twho\n1\t2\x01\t3\n"), 2, S("title"), S("control"));
    wrong(a, S("id\ttitle\twho\n1\t2\t3\r\n"), 2, S("who"), S("control"));
}
