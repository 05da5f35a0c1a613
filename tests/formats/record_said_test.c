/* record_said_test.c - forms of an advisory read back, made comparable and compared. */
#include "formats/json.h"
#include "formats/product_row.h"
#include "formats/record_compare.h"
#include "help/same_xml.h"
#include "t.h"

#include <dirent.h>

static const struct said_hints hints = {.prefix = S_INIT("KKH"),
                                        .public_url = S_INIT("https://portal.example"),
                                        .lang = S_INIT("en"),
                                        .unnamed = S_INIT("Products (not named)")};

/* Single quotes are double ones, so that JSON and XML stay readable here. */
static str quoted(struct arena *a, const char *text)
{
    buf b = {.a = a};
    for (; *text != '\0'; text++)
        buf_char(&b, *text == '\'' ? '"' : *text);
    return buf_str(&b);
}

static struct record_said *read_as(struct arena *a, enum said_format f, const char *text)
{
    struct record_said *said = NEW(a, struct record_said);
    CHECK(said_read(a, f, quoted(a, text), &hints, said) == OK);
    return said;
}

static str joined(struct arena *a, struct strs v)
{
    buf b = {.a = a};
    for (size_t i = 0; i < v.n; i++)
        buf_putf(&b, "%s%.*s", i > 0 ? " | " : "", SV(v.v[i]));
    return b.n > 0 ? buf_str(&b) : S("");
}

#define SAYS(want, said, field) CHECK_STR(S(want), joined(a, said_values(a, said, field)))
#define EXPECTS(want, page, format, field)                                                         \
    CHECK_STR(S(want), joined(a, said_expect(a, page, format, field, &hints)))

/* --- for which vulnerability a row holds ---------------------------------------------------------- */

/* "1 2" for each row of three vulnerabilities. */
static str held(struct arena *a, const char *rows)
{
    const struct json *j;
    struct json_error bad;
    buf b = {.a = a};
    CHECK(json_read(a, quoted(a, rows), &j, &bad) == OK);
    for (size_t i = 0; i < json_count(j); i++) {
        buf_put(&b, i > 0 ? S(" |") : S(""));
        for (i64 v = 1; v <= 3; v++)
            if (product_row_holds(j, i, v))
                buf_putf(&b, " %lld", (long long)v);
    }
    return buf_str(&b);
}

TEST(a_row_that_names_a_vulnerability_stands_in_place_of_those_of_all)
{
    CHECK_STR(S(" 1 2 3"), held(a, "[{'name':'X'}]"));
    CHECK_STR(S(" 1 3 | 2"), held(a, "[{'name':'X'},{'name':'X','vulnerability':'2'}]"));
    CHECK_STR(S(" 1 2 3 | 2"), held(a, "[{'name':'X'},{'name':'Y','vulnerability':'2'}]"));
    CHECK_STR(S(" 1 2 | 1 2 3 | 3"),
              held(a, "[{'name':'X','versions':'1'},{'name':'X','versions':'2'},"
                      "{'name':'X','versions':'1','vulnerability':'3'}]"));
    CHECK_STR(S(" 1 2 | 3"), held(a, "[{'name':'X','versions':'1'},"
                                     "{'name':'X','vulnerability':'3'}]"));
    CHECK_STR(S(" 1 2 3 |"), held(a, "[{'name':'X'},{'name':'X','vulnerability':'4'}]"));
}

/* Each row of how many vulnerabilities: y or n. */
TEST(rows_are_told_that_hold_for_any_and_stand_apart_that_do_not_for_all)
{
    static const char rows[] = "[{'name':'A','versions':'1'},"
                               "{'name':'A','versions':'1','vulnerability':'1'},"
                               "{'name':'A','versions':'1','vulnerability':'1'},"
                               "{'name':'A','vulnerability':'2'},"
                               "{'name':'B','versions':'2','vulnerability':'9'},"
                               "{'name':'B','versions':'2'}]";
    static const struct {
        size_t vulnerabilities;
        const char *told, *apart;
    } cases[] = {{0, "ynnnny", "nnnnnn"}, {2, "nyyyny", "nyyynn"}, {3, "yyyyny", "yyyynn"}};
    const struct json *j;
    struct json_error bad;
    CHECK(json_read(a, quoted(a, rows), &j, &bad) == OK);
    for (size_t i = 0; i < COUNT(cases); i++)
        for (size_t at = 0; at < json_count(j); at++) {
            size_t n = cases[i].vulnerabilities;
            CHECK((cases[i].told[at] == 'y') == product_row_is_told(j, at, n));
            CHECK((cases[i].apart[at] == 'y') == product_row_is_apart(j, at, n));
        }
}

/* --- samples ------------------------------------------------------------------------------------ */

static const char page_text[] =
    "{'number':'KKH#41827360','lang':'en','url':'https://portal.example/en/advisories/41827360',"
    "'title':'A  title','published':'2026-11-21T09:00:30+09:00','updated':'2026-11-22T00:00:00Z',"
    "'sections':{'overview':'One **two**\\nthree','solution':'Update','credit':'By Taro Finder',"
    "'references':'- [A page](https://a.example/1) and "
    "https://www.cve.org/CVERecord?id=CVE-2026-1'},"
    "'vulnerabilities':[{'cve':'CVE-2026-10001','cwe':'CWE-79','title':'Scripts','vectors':["
    "{'issuer':'finder','vector':'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N','score':6.1},"
    "{'issuer':'coordinator','vector':'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L/"
    "E:P','score':5.3},"
    "{'issuer':'vendor','vector':'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',"
    "'score':9.3}]},{'cwe':'CWE-20'}],"
    "'vendors':[{'name':'Mihon','status':'affected','url':'https://mihon.example/1','products':["
    "{'name':'X','versions':'before 2.4','status':'affected'},"
    "{'name':'X','versions':'2.4','status':'fixed'},"
    "{'name':'Y','versions':'later than 1.0','status':'under_investigation'},"
    "{'name':'Z','versions':'made in 2024','status':'not_affected'}]},"
    "{'name':'Reiji','status':'informed','products':[]}],"
    "'history':[{'at':'2026-11-22T00:00:00Z','text':'Changed'}]}";

static const char csaf_text[] =
    "{'document':{'csaf_version':'2.1','title':'A title','acknowledgments':[{'summary':'By Taro'}],"
    "'notes':[{'category':'summary','text':'One two'},{'category':'other','text':'More'}],"
    "'references':[{'url':'https://portal.example/en/advisories/41827360'},"
    "{'url':'https://portal.example/.well-known/csaf/x.json'},{'url':'https://a.example/1'}],"
    "'tracking':{'id':'KKH#41827360-en','initial_release_date':'2026-11-21T00:00:30.000Z',"
    "'current_release_date':'2026-11-22T09:00:00+09:00','revision_history':["
    "{'date':'2026-11-22T00:00:00Z','summary':'Changed'}]}},"
    "'product_tree':{'branches':[{'category':'vendor','name':'Mihon','branches':["
    "{'category':'product_name','name':'X','branches':["
    "{'category':'product_version_range','name':'vers:intdot/"
    ">=0|<2.4','product':{'product_id':'1'}},"
    "{'category':'product_version','name':'2.4','product':{'product_id':'2'}},"
    "{'category':'product_version_range','name':'vers:all/*','product':{'product_id':'3'}}]},"
    "{'category':'product_name','name':'Products (not named)','product':{'product_id':'4'}}]}]},"
    "'vulnerabilities':[{'cve':'CVE-2026-10001','cwes':[{'id':'CWE-79'}],"
    "'metrics':[{'content':{'cvss_v3':{'vectorString':'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/"
    "A:L',"
    "'baseScore':5.3,'baseSeverity':'HIGH'}}}],"
    "'product_status':{'known_affected':['1'],'fixed':['2'],'unknown':['4','9']},"
    "'remediations':[{'category':'vendor_fix','details':'Update'},"
    "{'category':'vendor_fix','details':'See there','url':'https://mihon.example/1'}]}]}";

static const char ld_text[] =
    "{'@context':'https://schema.org','headline':'A title','identifier':'KKH#41827360',"
    "'url':'https://portal.example/en/advisories/41827360','description':'One two',"
    "'datePublished':'2026-11-21T09:00:30+09:00','dateModified':'2026-11-22T09:00:00+09:00',"
    "'keywords':['CVE-2026-10001'],'about':[{'name':'CWE-79'}],'creativeWorkStatus':'Withdrawn'}";

static const char atom_text[] =
    "<feed xmlns='http://www.w3.org/2005/Atom'><title>Feed</title><entry>"
    "<title>KKH#41827360 A title</title><link "
    "href='https://portal.example/en/advisories/41827360'/>"
    "<published>2026-11-21T00:00:30Z</published><updated>2026-11-22T00:00:00Z</updated>"
    "<summary>One two</summary><category term='CVE-2026-10001'/><category term='high'/>"
    "</entry></feed>";

static const char cve_text[] =
    "{'dataType':'CVE_RECORD','dataVersion':'5.1.0','cveMetadata':{'cveId':'CVE-2026-10001',"
    "'assignerOrgId':'6d4a2f3e-4e26-4c61-9b0c-3d9f7a5e8b21','state':'PUBLISHED'},"
    "'containers':{'cna':{'providerMetadata':{'orgId':'6d4a2f3e-4e26-4c61-9b0c-3d9f7a5e8b21'},"
    "'title':'Scripts','descriptions':[{'lang':'ja','value':'日本語'},{'lang':'en','value':'One "
    "two'}],"
    "'affected':[{'vendor':'Mihon','product':'X','defaultStatus':'unknown','versions':["
    "{'version':'0','lessThan':'2.4','status':'affected','versionType':'custom'},"
    "{'version':'1.0','lessThan':'*','status':'unaffected','versionType':'custom'},"
    "{'version':'0','lessThan':'*','status':'unknown','versionType':'custom'},"
    "{'version':'3','lessThanOrEqual':'4','status':'affected','versionType':'custom'}]}],"
    "'references':[{'url':'https://portal.example/ja/advisories/41827360'},{'url':'https://"
    "a.example/1'}],"
    "'credits':[{'lang':'en','value':'Taro'}],'timeline':[{'time':'2026-11-22T00:00:00.000Z',"
    "'lang':'en','value':'Changed'},{'time':'2026-11-22T00:00:00.000Z','lang':'ja','value':'変更'}]"
    "}}}";

/* --- what is read ------------------------------------------------------------------------------- */

TEST(a_csaf_document_says_what_stands_in_it)
{
    struct record_said *s = read_as(a, SAID_CSAF_2_1, csaf_text);
    SAYS("A title", s, SAID_TITLE);
    SAYS("KKH#41827360", s, SAID_NUMBER); /* the English one's has -en */
    SAYS("2026-11-21T00:00:30Z", s, SAID_PUBLISHED);
    SAYS("2026-11-22T00:00:00Z", s, SAID_UPDATED);
    SAYS("2026-11-22T00:00:00Z Changed", s, SAID_HISTORY);
    SAYS("https://portal.example/en/advisories/41827360", s, SAID_ADDRESS);
    SAYS("https://a.example/1", s, SAID_LINKS);
    SAYS("One two", s, SAID_SUMMARY);
    SAYS("Update", s, SAID_SOLUTION);
    SAYS("Mihon | Mihon / X / * | Mihon / X / 2.4 | Mihon / X / <2.4", s, SAID_PRODUCTS);
    SAYS("Mihon / X / 2.4 = fixed | Mihon / X / <2.4 = affected | Mihon = unknown", s, SAID_STATUS);
    /* the severity is not that of the score */
    SAYS("CVE-2026-10001 CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L 5.3 HIGH", s, SAID_SCORES);
}

TEST(the_portals_own_forms_say_what_stands_in_them)
{
    struct record_said *s = read_as(a, SAID_JSON_LD, ld_text);
    SAYS("CWE-79", s, SAID_CWES);
    SAYS("2026-11-21T00:00:30Z", s, SAID_PUBLISHED);
    CHECK(s->withdrawn);
    s = read_as(a, SAID_ATOM, atom_text);
    SAYS("A title", s, SAID_TITLE);
    SAYS("KKH#41827360", s, SAID_NUMBER);
    SAYS("CVE-2026-10001", s, SAID_CVES);
    s = read_as(a, SAID_PAGE, page_text);
    SAYS("A title", s, SAID_TITLE);
    SAYS("One two three", s, SAID_SUMMARY);
    SAYS("https://a.example/1 | https://mihon.example/1", s, SAID_LINKS); /* not what an id gives */
}

TEST(a_cve_record_says_its_language_and_its_ranges)
{
    struct record_said *s = read_as(a, SAID_CVE, cve_text);
    SAYS("One two", s, SAID_SUMMARY);
    SAYS("2026-11-22T00:00:00Z Changed", s, SAID_HISTORY);
    SAYS("Mihon / X / * = unknown | Mihon / X / <2.4 = affected | "
         "Mihon / X / >=1.0 = not affected | Mihon / X / >=3|<=4 = affected | Mihon / X = unknown",
         s, SAID_STATUS);
    SAYS("", s, SAID_ADDRESS); /* the Japanese page is not that of this version */
}

/* --- what each format can say ------------------------------------------------------------------- */

TEST(each_format_is_expected_to_say_what_it_can)
{
    struct record_said *p = read_as(a, SAID_PAGE, page_text);
    EXPECTS("Mihon / X / 2.4 | Mihon / X / <2.4 | Mihon / Y / >1.0 | Mihon / Z made in 2024", p,
            SAID_CSAF_2_0, SAID_PRODUCTS);
    EXPECTS(
        "Mihon / X / 2.4 | Mihon / X / <2.4 | Mihon / Y / >1.0 | Mihon / Z made in 2024 | Reiji", p,
        SAID_CSAF_2_1, SAID_PRODUCTS);
    EXPECTS("Mihon / X / 2.4 | Mihon / X / <2.4 | Mihon / Y / later than 1.0 | "
            "Mihon / Z / made in 2024",
            p, SAID_CVE, SAID_PRODUCTS);
    EXPECTS("Mihon / X / 2.4 = not affected | Mihon / X / before 2.4 = affected | "
            "Mihon / Y / later than 1.0 = unknown | Mihon / Z / made in 2024 = not affected | "
            "Reiji = unknown",
            p, SAID_VULDEF, SAID_STATUS);
    EXPECTS("Mihon / X", p, SAID_JVNRSS_2, SAID_PRODUCTS);
    EXPECTS("2026-11-21T00:00:00Z", p, SAID_JVNRSS_2, SAID_PUBLISHED);
    EXPECTS("2026-11-21T00:00:30Z", p, SAID_JVNRSS_3, SAID_PUBLISHED);
    EXPECTS("CWE-79", p, SAID_CVE, SAID_CWES); /* the other has no number */
    EXPECTS("CWE-20 | CWE-79", p, SAID_CSAF_2_0, SAID_CWES);
}

#define V31 "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L"
#define V40 "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"

TEST(each_format_is_expected_to_give_the_scores_that_it_can)
{
    struct record_said *p = read_as(a, SAID_PAGE, page_text);
    EXPECTS("CVE-2026-10001 " V31 "/E:P 5.3", p, SAID_CSAF_2_0, SAID_SCORES);
    EXPECTS("CVE-2026-10001 " V31 "/E:P 5.3 | CVE-2026-10001 " V40 " 9.3", p, SAID_CSAF_2_1,
            SAID_SCORES);
    EXPECTS(V31 " 5.3 | " V40 " 9.3", p, SAID_VULDEF, SAID_SCORES);
    EXPECTS("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L 5.3", p, SAID_JVNRSS_OWN, SAID_SCORES);
    EXPECTS("CVE-2026-10001 " V31 "/E:P 5.3 | CVE-2026-10001 " V40 " 9.3", p, SAID_CVE,
            SAID_SCORES); /* not the finder's */
}

/* --- bad input ---------------------------------------------------------------------------------- */

/* Every value in turn in another kind. */
struct swap {
    struct json_out o;
    size_t at, target;
    str with;
};

static void put_swapped(struct swap *s, const struct json *j)
{
    if (s->at++ == s->target) {
        json_put_raw(&s->o, s->with);
        return;
    }
    if (j->kind != JSON_IS_ARRAY && j->kind != JSON_IS_OBJECT) {
        json_put_json(&s->o, j);
        return;
    }
    if (j->kind == JSON_IS_ARRAY)
        json_put_array(&s->o);
    else
        json_put_object(&s->o);
    for (size_t i = 0; i < json_count(j); i++) {
        if (j->kind == JSON_IS_OBJECT)
            json_put_key(&s->o, json_key(j, i));
        put_swapped(s, j->kind == JSON_IS_OBJECT ? json_value(j, i) : json_at(j, i));
    }
    json_put_end(&s->o);
}

static void swap_all(struct arena *a, enum said_format f, const char *text)
{
    static const char *const kinds[] = {"null", "true",  "-1",      "1e300",
                                        "\"\"", "\"x\"", "[[],{}]", "{\"x\":[1]}"};
    const struct json *j;
    struct json_error bad;
    CHECK(json_read(a, quoted(a, text), &j, &bad) == OK);
    for (size_t k = 0; k < COUNT(kinds); k++)
        for (size_t target = 0, n = 1; target < n; target++) {
            buf b = {.a = a};
            struct swap s = {.o = {.b = &b}, .target = target, .with = str_z(kinds[k])};
            struct record_said said = {0};
            put_swapped(&s, j);
            n = s.at > n ? s.at : n;
            (void)said_read(a, f, buf_str(&b), &hints, &said);
            for (enum said_field field = 0; field < SAID_FIELDS; field++) {
                (void)said_values(a, &said, field);
                (void)said_expect(a, &said, SAID_CVE, field, &hints);
            }
        }
}

TEST(wrong_kinds_of_values_anywhere_are_harmless)
{
    swap_all(a, SAID_PAGE, page_text);
    swap_all(a, SAID_JSON_LD, ld_text);
    swap_all(a, SAID_CSAF_2_1, csaf_text);
    swap_all(a, SAID_MYJVN, csaf_text);
    swap_all(a, SAID_CVE, cve_text);
}

TEST(what_is_cut_or_of_another_format_is_refused)
{
    static const char *const texts[] = {page_text, ld_text, csaf_text, atom_text, cve_text};
    for (size_t t = 0; t < COUNT(texts); t++) {
        str whole = quoted(a, texts[t]);
        for (enum said_format f = 0; f < SAID_PDF; f++) /* whose words may be any */
            for (size_t n = 0; n < whole.n; n += 7) {
                struct record_said said = {0};
                CHECK(said_read(a, f, str_sub(whole, 0, n), &hints, &said) == E_INVALID);
            }
    }
    struct record_said said = {0};
    CHECK(said_read(a, SAID_VULDEF, quoted(a, atom_text), &hints, &said) == E_INVALID);
    CHECK(said_read(a, SAID_CSAF_2_0, quoted(a, cve_text), &hints, &said) == E_INVALID);
}

/* --- documents of others ------------------------------------------------------------------------ */

TEST(jvns_own_overview_says_what_its_entries_say)
{
    const char *dir = TESTDATA();
    const struct said_hints jvn = {.prefix = S("JVN"),
                                   .public_url = S("https://jvndb.jvn.jp"),
                                   .lang = S("ja"),
                                   .unnamed = S("")};
    struct record_said x = {0};
    str text = read_whole(a, str_fmt(a, "%s/myjvn/examples/hnd/getVulnOverviewList_hnd.xml", dir));
    CHECK(said_read(a, SAID_JVNRSS_3, text, &jvn, &x) == OK);
    CHECK(said_values(a, &x, SAID_TITLE).n == 2 && said_values(a, &x, SAID_OTHER_ID).n == 2);
    CHECK(said_values(a, &x, SAID_CVES).n >= 2 && said_values(a, &x, SAID_SCORES).n >= 1);
    CHECK(said_values(a, &x, SAID_PRODUCTS).n >= 2);
}

TEST(real_advisories_of_others_say_their_numbers_and_products)
{
    str dir = str_fmt(a, "%s/real-advisories", TESTDATA());
    DIR *d = opendir(str_to_z(a, dir));
    size_t n = 0, products = 0;
    CHECK(d != NULL);
    for (struct dirent *e; (e = readdir(d)) != NULL && n < 200;) {
        str name = str_z(e->d_name);
        if (!str_has_suffix(name, S(".json")))
            continue;
        struct arena *own = arena_new();
        struct record_said said = {0};
        str text = read_whole(own, str_fmt(own, "%.*s/%.*s", SV(dir), SV(name)));
        CHECK(said_read(own, SAID_CSAF_2_0, text, &hints, &said) == OK);
        CHECK(said_values(own, &said, SAID_TITLE).n == 1);
        CHECK(said_values(own, &said, SAID_NUMBER).n == 1);
        products += said_values(own, &said, SAID_PRODUCTS).n > 0;
        arena_free(own);
        n++;
    }
    (void)closedir(d);
    CHECK(n > 0 && products * 10 > n * 9);
}
