/* spdx_test.c - licence expressions. */
#include "formats/spdx.h"
#include "t.h"

static bool reads(struct arena *a, str text)
{
    struct spdx e;
    size_t at;
    return spdx_read(a, text, &e, &at);
}

static enum spdx_known known(struct arena *a, str text)
{
    struct spdx e;
    size_t at;
    CHECK(spdx_read(a, text, &e, &at) && e.n > 0);
    return spdx_known(&e.ids[e.n - 1]);
}

TEST(expressions_are_read_as_the_grammar_says)
{
    static const str good[] = {
        S_INIT("CC-BY-4.0"),
        S_INIT("MIT OR any-OSI"),
        S_INIT("GPL-2.0+"),
        S_INIT("GPL-2.0-or-later WITH Classpath-exception-2.0"),
        S_INIT("(MIT AND (LGPL-2.1-or-later or BSD-3-Clause))"),
        S_INIT("(A)OR (B)"),
        S_INIT("LicenseRef-www.example.org-Example-CSAF-License-3.0"),
        S_INIT("DocumentRef-some-reference:LicenseRef-www.example.org-2.0"),
        S_INIT("MIT WITH AdditionRef-x"),
        S_INIT("A.SPDX-License-ID-that.technically.could.exist-but-obviously-does-not"),
    };
    for (size_t i = 0; i < COUNT(good); i++)
        CHECK(reads(a, good[i]));
}

TEST(what_is_no_expression_is_refused)
{
    static const str bad[] = {
        S_INIT(""),
        S_INIT("This is a license text that should not be here."),
        S_INIT("LicenseRef-www.example.org-3.0+"),
        S_INIT("LicenseRef-www.example.org/Example-3.0"),
        S_INIT("LicenseRef-www.example.org%20Example-3.0"),
        S_INIT("licenseref-www.example.org-3.0"),
        S_INIT("licenseREF-www.example.org-3.0"),
        S_INIT("LicenseRef-"),
        S_INIT("MIT OR"),
        S_INIT("OR MIT"),
        S_INIT("MIT And BSD"),
        S_INIT("MIT BSD"),
        S_INIT("(MIT"),
        S_INIT("MIT)"),
        S_INIT("()"),
        S_INIT("MIT WITH"),
        S_INIT("(MIT OR BSD) WITH x"),
        S_INIT("MIT WITH a WITH b"),
        S_INIT("DocumentRef-a:MIT"),
        S_INIT("MIT +"),
        S_INIT("AND"),
        S_INIT("MIT AND AND"),
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK(!reads(a, bad[i]));
    struct spdx e;
    size_t at;
    CHECK(!spdx_read(a, S("MIT AND (BSD-3-Clause BAD)"), &e, &at));
    CHECK_I64(22, (i64)at);
}

TEST(the_lists_are_asked_for_each_identifier)
{
    CHECK(known(a, S("MIT")) == SPDX_LISTED && known(a, S("mit")) == SPDX_LISTED);
    CHECK(known(a, S("GFDL-1.1")) == SPDX_DEPRECATED && known(a, S("GPL-2.0+")) == SPDX_DEPRECATED);
    CHECK(known(a, S("A-License-Identifier-That-Does-Not-Exist")) == SPDX_MISSING);
    CHECK(known(a, S("LicenseRef-scancode-aop-pd")) == SPDX_DEPRECATED);
    CHECK(known(a, S("LicenseRef-scancode-public-domain")) == SPDX_LISTED);
    CHECK(known(a, S("LicenseRef-scancode-Does-Not-Exist")) == SPDX_MISSING);
    CHECK(known(a, S("LicenseRef-www.example.com-no-work-pd")) == SPDX_UNKNOWN);
    CHECK(known(a, S("MIT OR any-OSI")) == SPDX_LISTED);
    CHECK(known(a, S("MIT WITH LLVM-exception")) == SPDX_LISTED);
    CHECK(known(a, S("MIT WITH MIT")) == SPDX_MISSING);
    struct spdx e;
    size_t at;
    CHECK(spdx_read(a, S("(GPL-2.0+ WITH x) AND DocumentRef-d:LicenseRef-y"), &e, &at));
    CHECK(e.n == 3 && e.ids[0].later && e.ids[1].kind == SPDX_EXCEPTION && e.ids[2].document);
    CHECK_STR(S("GPL-2.0"), e.ids[0].text);
    CHECK_STR(S("DocumentRef-d:LicenseRef-y"), e.ids[2].text);
}
