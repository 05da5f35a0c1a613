/* cpe_test.c - names of platforms; cases of CSAF and of NISTIR 7695 and 7696. */
#include "formats/cpe.h"
#include "formats/identifier.h"
#include "t.h"

static struct cpe read(struct arena *a, str text)
{
    struct cpe c;
    str why, bad;
    CHECK_ERR(OK, cpe_read(a, text, &c, &why, &bad));
    return c;
}

static str why_not(struct arena *a, str text)
{
    struct cpe c;
    str why = NO_STR, bad;
    CHECK_ERR(E_INVALID, cpe_read(a, text, &c, &why, &bad));
    return why;
}

static enum cpe_relation relate(struct arena *a, str x, str y)
{
    struct cpe s = read(a, x), t = read(a, y);
    return cpe_compare(&s, &t);
}

/* Examples of NISTIR 7695, sections 6.1.2 and 6.2.2. */
TEST(names_are_bound_both_ways)
{
    static const str pairs[][2] = {
        {S_INIT("cpe:/a:microsoft:internet_explorer:8.0.6001:beta"),
         S_INIT("cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*")},
        {S_INIT("cpe:/a:microsoft:internet_explorer:8.%02:sp%01"),
         S_INIT("cpe:2.3:a:microsoft:internet_explorer:8.*:sp?:*:*:*:*:*:*")},
        {S_INIT("cpe:/a:hp:insight_diagnostics:7.4.0.1570:-:~~online~win2003~x64~"),
         S_INIT("cpe:2.3:a:hp:insight_diagnostics:7.4.0.1570:-:*:*:online:win2003:x64:*")},
        {S_INIT("cpe:/a:hp:openview_network_manager:7.51::~~~linux~~"),
         S_INIT("cpe:2.3:a:hp:openview_network_manager:7.51:*:*:*:*:linux:*:*")},
        {S_INIT("cpe:/a:foo%5cbar:big%24money_manager_2010:::~~special~ipod_touch~80gb~"),
         S_INIT("cpe:2.3:a:foo\\\\bar:big\\$money_manager_2010:*:*:*:*:special:ipod_touch:80gb:*")},
        {S_INIT("cpe:/o:redhat:rhel_aus:7.6::server"),
         S_INIT("cpe:2.3:o:redhat:rhel_aus:7.6:*:server:*:*:*:*:*")},
    };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        struct cpe uri = read(a, pairs[i][0]), formatted = read(a, pairs[i][1]);
        CHECK(uri.uri && !formatted.uri);
        CHECK_STR(pairs[i][1], cpe_write(a, &uri));
        CHECK_STR(pairs[i][0], cpe_write_uri(a, &formatted));
        CHECK(cpe_compare(&uri, &formatted) == CPE_EQUAL || cpe_has_wildcard(uri.v[CPE_VERSION]));
    }
    CHECK_STR(S("foo\\bar"), cpe_plain(a, S("foo\\\\bar")));
}

TEST(what_is_no_name_is_refused_with_the_reason)
{
    static const str bad[][2] = {
        {S_INIT("PREFIXcpe:/o:redhat:rhel_aus:7.6::server"), S_INIT("cpe_prefix")},
        {S_INIT("cpe:2.3:a:x:y:0.8:*:*:*:*:wordpress:*"), S_INIT("cpe_count")},
        {S_INIT("cpe:2.3:a:x:y:0.8:*:*:*:*:wordpress:*:*:*"), S_INIT("cpe_count")},
        {S_INIT("cpe:2.3:x:x:y:0.8:*:*:*:*:wordpress:*:*"), S_INIT("cpe_part")},
        {S_INIT("cpe:2.3:a:x:y:0.8:*:*:d:*:wordpress:*:*"), S_INIT("cpe_language")},
        {S_INIT("cpe:2.3:a:x:y:0.8:*:*:*:*:wordpress:*:**"), S_INIT("cpe_value")},
        {S_INIT("cpe:2.3:a:x:y:0.8:*:*:*:*:wordpress:*:*\""), S_INIT("cpe_value")},
        {S_INIT("cpe:2.3:a:\?\?\?:*:*:*:*:de:*:*:*:*"), S_INIT("cpe_value")},
        {S_INIT("cpe:2.3:a:?*:*:*:*:*:de:*:*:*:*"), S_INIT("cpe_value")},
        {S_INIT("cpe:2.3:a:\?\?\?@\\\"\?\?\?:*:*:*:*:de:*:*:*:*"), S_INIT("cpe_value")},
        {S_INIT("cpe:2.3:a::y:0.8:*:*:*:*:wordpress:*:*"), S_INIT("cpe_value")},
        {S_INIT("cpe:2.3:a:a*b:y:0.8:*:*:*:*:wordpress:*:*"), S_INIT("cpe_value")},
        {S_INIT("cpe:/a:x:y:1:2:3:en:more"), S_INIT("cpe_count")},
        {S_INIT("cpe:/a:x%zz"), S_INIT("cpe_value")},
        {S_INIT("cpe:/x:x"), S_INIT("cpe_part")},
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK_STR(bad[i][1], why_not(a, bad[i][0]));
}

TEST(the_official_valid_names_are_read)
{
    static const str good[] = {
        S_INIT("cpe:2.3:a:admin_management_xtended_project:admin_management_xtended:0.8:*:*:*:*:"
               "wordpress:*:*other*"),
        S_INIT("cpe:2.3:a:admin_management_xtended_project:admin_management_xtended:0.8:*:*:*:*:"
               "wordpress:*:*other\?\?\?\?"),
        S_INIT("cpe:2.3:a:?\\\?\?:*:*:*:*:de:*:*:*:*"),
        S_INIT("cpe:2.3:a:?\\*:*:*:*:*:de:*:*:*:*"),
        S_INIT("cpe:2.3:a:?\\\\*:*:*:*:*:de:*:*:*:*"),
        S_INIT("cpe:2.3:a:\?\?\?0\\*:*:*:*:*:de:*:*:*:*"),
        S_INIT("cpe:2.3:a:\?\?\?\\'\\%:*:*:*:*:de-DE:*:*:*:*"),
        S_INIT("cpe:2.3:h:example:product_a:2.2.0:*:*:de:*:*:*:*"),
        S_INIT("cpe:/"),
    };
    for (size_t i = 0; i < COUNT(good); i++)
        (void)read(a, good[i]);
}

/* NISTIR 7696, table 6-2, and its examples of wildcards. */
TEST(names_relate_as_sets_of_platforms)
{
    str ie = S("cpe:2.3:a:microsoft:internet_explorer:8.0.6001:beta:*:*:*:*:*:*");
    CHECK(relate(a, ie, ie) == CPE_EQUAL);
    CHECK(relate(a, S("cpe:/a:microsoft:internet_explorer"), ie) == CPE_SUPERSET);
    CHECK(relate(a, ie, S("cpe:/a:microsoft:internet_explorer")) == CPE_SUBSET);
    CHECK(relate(a, S("cpe:2.3:a:microsoft:internet_explorer:8.*:*:*:*:*:*:*:*"), ie) ==
          CPE_SUPERSET);
    CHECK(relate(a, S("cpe:2.3:a:microsoft:internet_explorer:8.0.600?:*:*:*:*:*:*:*"), ie) ==
          CPE_SUPERSET);
    CHECK(relate(a, S("cpe:2.3:a:microsoft:internet_explorer:8.?:*:*:*:*:*:*:*"), ie) ==
          CPE_DISJOINT);
    CHECK(relate(a, S("cpe:2.3:a:microsoft:internet_explorer:*6001:*:*:*:*:*:*:*"), ie) ==
          CPE_SUPERSET);
    CHECK(relate(a, S("cpe:2.3:a:adobe:*:9.*:*:*:*:*:*:*:*"), S("cpe:/a:adobe:reader:9.3.2:-")) ==
          CPE_SUPERSET);
    CHECK(relate(a, S("cpe:/a:adobe:reader:8"), S("cpe:/a:adobe:reader:9")) == CPE_DISJOINT);
    CHECK(relate(a, S("cpe:/a:adobe:reader:-"), S("cpe:/a:adobe:reader:9")) == CPE_DISJOINT);
    CHECK(relate(a, S("cpe:/a:adobe::9"), S("cpe:/a:adobe:reader")) == CPE_UNDEFINED);
    CHECK(relate(a, ie, S("cpe:2.3:a:microsoft:internet_explorer:8.*:*:*:*:*:*:*:*")) ==
          CPE_UNDEFINED);
}

#define GATE(version) S("cpe:2.3:a:mihon:gate:" version ":*:*:*:*:*:*:*")

TEST(a_name_without_a_version_gets_that_of_what_it_stands_at)
{
    CHECK_STR(GATE("2.4"), cpe_of_version(a, GATE("*"), S("2.4")));
    CHECK_STR(GATE("2.4\\+b_1"), cpe_of_version(a, GATE("*"), S("2.4+B 1")));
    CHECK_STR(GATE("*"), cpe_of_version(a, GATE("*"), S("二")));
    CHECK_STR(GATE("*"), cpe_of_version(a, GATE("*"), NO_STR));
    CHECK_STR(GATE("2.4"), cpe_of_version(a, GATE("2.4"), S("v2.4")));
    CHECK(cpe_of_version(a, GATE("2.4"), S("2.5")).p == NULL);
    CHECK(cpe_of_version(a, GATE("2.4"), NO_STR).p == NULL);
    CHECK_STR(S("cpe:/a:mihon:gate"), cpe_of_product(a, GATE("2.4")));
    CHECK_STR(S("pkg:npm/x@2"), purl_of_version(a, S("pkg:npm/x"), S("2")));
    CHECK_STR(S("pkg:golang/e/x@v2"), purl_of_version(a, S("pkg:golang/e/x"), S("2")));
    CHECK_STR(S("pkg:npm/x@2"), purl_of_version(a, S("pkg:npm/x@2"), S("2")));
    CHECK(purl_of_version(a, S("pkg:npm/x@2"), S("3")).p == NULL);
    CHECK(purl_of_version(a, S("pkg:npm/x@2"), NO_STR).p == NULL);
    CHECK_STR(S("pkg:npm/x?a=b"), purl_of_product(a, S("pkg:npm/x@2?a=b")));
}

/* The official lists of CSAF 2.1, test/cpe. */
TEST(the_official_lists_are_told_apart)
{
    static const char *const kinds[] = {"valid", "invalid"};
    for (size_t k = 0; k < COUNT(kinds); k++) {
        str path = str_fmt(a, "%s/csaf/2.1/extra/cpe/%s/cpe.txt", TESTDATA(), kinds[k]);
        FILE *f = fopen(str_to_z(a, path), "rb");
        CHECK(f != NULL);
        char line[512];
        size_t n = 0;
        for (; fgets(line, sizeof line, f) != NULL; n++) {
            struct cpe c;
            str why, bad, text = str_trim(str_z(line));
            CHECK_ERR(k == 0 ? OK : E_INVALID, cpe_read(a, text, &c, &why, &bad));
        }
        (void)fclose(f);
        CHECK(n > 5);
    }
}
