/* vuldef_test.c - VULDEF, and IPA's own examples through reader and writer. */
#include "formats/vuldef.h"
#include "help/same_xml.h"
#include "t.h"

TEST(the_official_documents_come_out_as_they_went_in)
{
    static const char *const names[] = {"getVulnDetailInfo_hnd_JVNDB-2017-009608.xml",
                                        "getVulnDetailInfo_hnd_JVNDB-2018-009328.xml",
                                        "getVulnDetailInfo_hnd_JVNDB-2021-002774.xml",
                                        "getVulnDetailInfo_hnd_JVNDB-2022-000097.xml",
                                        "dataFeed_jvndb_detail_hnd.xml"};
    const char *dir = TESTDATA();
    for (size_t i = 0; i < COUNT(names); i++) {
        struct vuldef d;
        struct xml_error e;
        str text = read_whole(a, str_fmt(a, "%s/myjvn/examples/hnd/%s", dir, names[i]));
        CHECK_ERR(OK, vuldef_read(a, text, &d, &e));
        CHECK(d.entries.n > 0 && d.status != NULL);
        CHECK(same_xml(a, text, vuldef_write(a, &d)));
        CHECK(valid_by(a, "all.xsd", vuldef_write(a, &d)));
    }
}

static const str detail = S_INIT("long <b>text</b>"), words = S_INIT("do this"),
                 address = S_INIT("https://e.example/fix"), mail = S_INIT("psirt@e.example");
static const struct jvn_version versions[] = {
    {.text = S_INIT("1.0 and earlier"), .op = S_INIT("le")},
    {.text = S_INIT(""),
     .begin = S_INIT("1.0"),
     .begin_op = S_INIT("ge"),
     .end = S_INIT("2.0"),
     .end_op = S_INIT("lt")}};
static const struct jvn_product product = {.vendor = S_INIT("V"),
                                           .product = S_INIT("P"),
                                           .status = S_INIT("vulnerable_investigating"),
                                           .versions = versions,
                                           .nversions = 2,
                                           .builds = {&words, 1},
                                           .texts = {&detail, 1}};
static const struct jvn_item solution = {.type = S_INIT("workaround"),
                                         .texts = {&words, 1},
                                         .urls = {&address, 1}},
                             exploit = {.type = S_INIT("poc"), .texts = {&words, 1}},
                             credit = {.name = S_INIT("発見 花子"), .texts = {&words, 1}},
                             contact = {.type = S_INIT("organisation"),
                                        .name = S_INIT("PSIRT"),
                                        .urls = {&mail, 1}};
static const struct jvn_cvss cvss = {.version = S_INIT("3.1"),
                                     .severity = S_INIT("None"),
                                     .score = S_INIT("0.0"),
                                     .vector = S_INIT("CVSS:3.1/AV:N"),
                                     .temporal = S_INIT("0.0"),
                                     .environmental = S_INIT("9.9")};
static const struct jvn_entry entry = {.id = S_INIT("KKH#12345678"),
                                       .restriction = S_INIT("public"),
                                       .title = S_INIT("橋"),
                                       .details = {&detail, 1},
                                       .products = &product,
                                       .nproducts = 1,
                                       .cvss = &cvss,
                                       .ncvss = 1,
                                       .solutions = {&solution, 1},
                                       .exploits = {&exploit, 1},
                                       .credits = {&credit, 1},
                                       .contacts = {&contact, 1},
                                       .first_public = {true, 1744383125000}};

TEST(a_whole_case_is_written_and_read_again)
{
    struct vuldef d = {.lang = S("ja"), .entries = {&entry, 1}}, back;
    struct xml_error e;
    str text = vuldef_write(a, &d);
    CHECK_ERR(OK, vuldef_read(a, text, &back, &e));
    const struct jvn_entry *b = &back.entries.v[0];
    CHECK_STR(S("public"), b->restriction);
    CHECK_STR(detail, b->details.v[0]);
    CHECK_STR(S(""), b->overview);
    CHECK_STR(S("vulnerable_investigating"), b->products[0].status);
    CHECK_STR(S("le"), b->products[0].versions[0].op);
    CHECK_STR(S("2.0"), b->products[0].versions[1].end);
    CHECK_STR(S("workaround"), b->solutions.v[0].type);
    CHECK_STR(address, b->solutions.v[0].urls.v[0]);
    CHECK_STR(S("poc"), b->exploits.v[0].type);
    CHECK_STR(credit.name, b->credits.v[0].name);
    CHECK_STR(mail, b->contacts.v[0].urls.v[0]);
    CHECK_STR(S("9.9"), b->cvss[0].environmental);
    CHECK(b->issued.is == false && b->first_public.v == 1744383125000);
    CHECK(same_xml(a, text, vuldef_write(a, &back)));
}

TEST(a_whole_case_is_valid_by_the_schema)
{
    struct vuldef d = {.lang = S("ja"), .entries = {&entry, 1}};
    (void)TESTDATA();
    CHECK(valid_by(a, "all.xsd", vuldef_write(a, &d)));
}

TEST(without_entries_the_status_stands_alone_under_its_root)
{
    struct jvn_status s = {.method = S("getVulnDetailInfo"), .total = SOME(0), .returned = SOME(0)};
    struct vuldef d = {.lang = S("ja"), .status = &s};
    const struct xml_node *root;
    struct xml_error e;
    CHECK_ERR(OK, xml_read(a, vuldef_write(a, &d), &root, &e));
    CHECK(xml_is(root, S(JVN_VULDEF), S("VULDEF-Document")) && root->first->next == NULL);
    CHECK_STR(S("0"), xml_attribute_of(root->first, S(""), S("totalResRet")));
}

TEST(other_documents_are_refused)
{
    struct vuldef d;
    struct xml_error e;
    CHECK_ERR(E_INVALID, vuldef_read(a, S("<VULDEF-Document/>"), &d, &e));
    CHECK_STR(S("xml_root"), e.code);
}
