/* vers_test.c - version ranges: the cases of vers-spec and CSAF, and orders of versions as the
 * documents of each ecosystem give them. */
#include "formats/vers.h"
#include "t.h"

static struct vers range(struct arena *a, str text)
{
    struct vers r;
    str why = S("?");
    if (str_has_prefix(text, S("vers:")))
        CHECK_ERR(OK, vers_read(a, text, &r, &why));
    else
        CHECK_ERR(OK, vls_read(a, text, &r, &why));
    return r;
}

static bool in(struct arena *a, str text, str version)
{
    struct vers r = range(a, text);
    return vers_contains(&r, version);
}

static bool overlap(struct arena *a, str x, str y)
{
    struct vers s = range(a, x), t = range(a, y);
    bool both = vers_overlap(&s, &t);
    CHECK(both == vers_overlap(&t, &s));
    return both;
}

/* Each is smaller than the next; those between '=' are equal. */
static void ascending(str type, const str *v, size_t n)
{
    vers_cmp *cmp = vers_order(type);
    CHECK(cmp != NULL);
    for (size_t i = 0; i < n; i++) {
        for (size_t j = 0; j < n; j++) {
            int want = (i > j) - (i < j), got = cmp(v[i], v[j]);
            if (want != got)
                (void)printf("%.*s: %.*s ? %.*s: want %d, got %d\n", SV(type), SV(v[i]), SV(v[j]),
                             want, got);
            CHECK(want == got);
        }
    }
}

static void equal(str type, str x, str y)
{
    vers_cmp *cmp = vers_order(type);
    CHECK(cmp != NULL);
    CHECK_I64(0, cmp(x, y));
    CHECK_I64(0, cmp(y, x));
}

#define ASCENDING(type, ...)                                                                       \
    do {                                                                                           \
        static const str v_[] = {__VA_ARGS__};                                                     \
        ascending(S(type), v_, COUNT(v_));                                                         \
    } while (0)
#define V(text) S_INIT(text)

TEST(ranges_are_read_in_their_canonical_form)
{
    struct vers r = range(a, S("vers:npm/1.2.3|>=2.0.0|<5.0.0"));
    CHECK(r.n == 3 && r.registered && r.cmp != NULL && r.v[0].op == VERS_EQ);
    CHECK_STR(S("npm"), r.type);
    CHECK_STR(S("5.0.0"), r.v[2].version);
    r = range(a, S("vers:npm/1.0%252F0"));
    CHECK_STR(S("1.0%2F0"), r.v[0].version);
    r = range(a, S("vers:lexicographic/1%202"));
    CHECK_STR(S("1 2"), r.v[0].version);
    r = range(a, S("vers:all/*"));
    CHECK(r.star && !r.none);
    r = range(a, S("vers:example/>=2|<1"));
    CHECK(!r.registered && r.cmp == NULL);
    r = range(a, S("<2024-4-pabc0019|>2024-10-pefd0010|<2024-12-pjkl2010"));
    CHECK(r.type.p == NULL && r.n == 3);
    (void)range(a, S("vers:gem/>=2.2.0|!=2.2.1|<2.3.0"));
    (void)range(a, S("vers:tomee/>=8.0.0-M1|<=8.0.1"));
    (void)range(a, S("vers:pypi/0.0.0|0.0.1|0.0.2|0.0.3|1.0|2.0pre1"));
    (void)range(a, S("vers:datetime/>=2012-06-30T23:59:60Z|<=2016-12-31T23:59:60Z"));
    (void)range(a, S("vers:someunknown/<4.2.0|>3.91.1|!=3.2.0|<1.2"));
    (void)range(a, S("vers:intdot/<2.1.0|>4.2.0|!=5.1|!=6.3.0|<=10.3.1"));
}

TEST(what_is_no_canonical_range_is_refused_with_the_reason)
{
    static const str bad[][2] = {
        {V("npm/1"), V("vers_scheme")},
        {V("vers:npm"), V("vers_type")},
        {V("vers:/all"), V("vers_type")},
        {V("vers:NPM/1"), V("vers_type")},
        {V("vers:invalid/1.0.0"), V("vers_reserved")},
        {V("vers:invalid/*"), V("vers_reserved")},
        {V("vers:npm/"), V("vers_empty")},
        {V("vers:npm/ >= 2.2.0| <2.3.0"), V("vers_space")},
        {V("vers:lexicographic/1 2"), V("vers_space")},
        {V("vers:npm/|>=1.0.0|<2.0.0"), V("vers_pipe")},
        {V("vers:npm/>=1.0.0|<2.0.0|"), V("vers_pipe")},
        {V("vers:npm/>=1.0.0||<2.0.0"), V("vers_pipe")},
        {V("vers:npm/=1.0.0"), V("vers_comparator")},
        {V("vers:x/<4.2.0|<>3.2.0"), V("vers_comparator")},
        {V("vers:npm/>=1.0%2G0"), V("vers_version")},
        {V("vers:npm/>="), V("vers_version")},
        {V("vers:datetime/2024-01-01t00:00:00z"), V("vers_version")},
        {V("vers:datetime/2024-01-01T00%3a00%3a00Z"), V("vers_version")},
        {V("vers:semver/<1.2"), V("vers_version")},
        {V("vers:all/<V3.1.2.2"), V("vers_star")},
        {V("vers:none/1"), V("vers_star")},
        {V("vers:npm/*|1"), V("vers_star")},
        {V("vers:npm/>=2.0.0|<1.0.0"), V("vers_order")},
        {V("vers:npm/>=2.0.0|<2.0.0"), V("vers_twice")},
        {V("vers:intdot/1|01"), V("vers_twice")},
        {V("vers:npm/>1.0.0|>2.0.0"), V("vers_sequence")},
        {V("vers:npm/1.0.0|<2.0.0"), V("vers_sequence")},
        {V("vers:npm/>1.0.0|2.0.0"), V("vers_sequence")},
        {V("vers:npm/<1.0.0|!=1.5.0|<=2.0.0"), V("vers_sequence")},
    };
    struct vers r;
    str why = NO_STR;
    for (size_t i = 0; i < COUNT(bad); i++) {
        CHECK_ERR(E_INVALID, vers_read(a, bad[i][0], &r, &why));
        CHECK_STR(bad[i][1], why);
    }
    CHECK_ERR(E_INVALID, vls_read(a, S("all versions < 4.2.0"), &r, &why));
    CHECK_STR(S("vers_space"), why);
    CHECK_ERR(E_INVALID, vls_read(a, S("*"), &r, &why));
    CHECK_STR(S("vers_star"), why);
    CHECK_ERR(E_INVALID, vls_read(a, S("<1|<2"), &r, &why));
    CHECK_STR(S("vers_sequence"), why);
    CHECK_ERR(OK, vls_read(a, S("<1.2.0|=4.2.0"), &r, &why));
    CHECK_ERR(OK, vls_read(a, S(">2.1.0|<3.16.0|>3.16.0|<4.2.0"), &r, &why));
}

TEST(a_range_holds_what_its_constraints_say)
{
    CHECK(in(a, S("vers:intdot/>=1.2|<2.0"), S("1.5.0")) &&
          in(a, S("vers:intdot/>=1.2|<2.0"), S("1.2")));
    CHECK(!in(a, S("vers:intdot/>=1.2|<2.0"), S("2.0")) &&
          !in(a, S("vers:intdot/>1.2|<2"), S("1.2")));
    static const str r = S_INIT("vers:npm/1.2.3|>=2.0.0|!=3.1.0|<5.0.0|>7.0.0");
    static const str yes[] = {V("1.2.3"), V("2.0.0"), V("3.0.9"), V("4.9.9"), V("7.0.1")};
    static const str no[] = {V("1.2.4"), V("1.0.0"), V("3.1.0"),
                             V("5.0.0"), V("6.0.0"), V("7.0.0")};
    for (size_t i = 0; i < COUNT(yes); i++)
        CHECK(in(a, r, yes[i]));
    for (size_t i = 0; i < COUNT(no); i++)
        CHECK(!in(a, r, no[i]));
    CHECK(in(a, S("vers:pypi/<=1.0|>2.0"), S("0.1")) &&
          !in(a, S("vers:pypi/<=1.0|>2.0"), S("1.1")));
    CHECK(in(a, S("vers:all/*"), S("x")) && !in(a, S("vers:none/*"), S("x")));
    CHECK(in(a, S("vers:npm/!=1.0.0"), S("1.0.1")) && !in(a, S("vers:npm/!=1.0.0"), S("1.0.0")));
    CHECK(!in(a, S("vers:example/1.2.3"), S("1.2.3")));
    struct vers x = range(a, S("vers:intdot/4.2.0")), y = range(a, S("vers:intdot/4.2|5"));
    CHECK(vers_is_single(&x) && !vers_is_single(&y) && !vers_is_open(&x));
    x = range(a, S(">=4.2.0|!=5"));
    y = range(a, S("<2.1.0|>4.2.0|<=5.4.18"));
    CHECK(vers_is_open(&x) && !vers_is_open(&y));
}

TEST(ranges_overlap_where_a_version_is_in_both)
{
    CHECK(overlap(a, S("vers:intdot/>2.1.0|<4.2.0"), S("vers:intdot/>1.2.0|<2.4.0")));
    CHECK(!overlap(a, S("vers:intdot/>2.4.0|<4.2.0"), S("vers:intdot/>1.2.0|<2.1.0")));
    CHECK(!overlap(a, S("vers:intdot/>2.1.0|<4.2.0"), S("vers:intdot/>1.2.0|<=2.1.0")));
    CHECK(overlap(a, S("vers:intdot/>=2.1.0|<4.2.0"), S("vers:intdot/>1.2.0|<=2.1.0")));
    CHECK(overlap(a, S(">2.1.0|<4.2.0"), S(">1.2.0|<2.4.0")));
    CHECK(!overlap(a, S(">=2.4.0|<4.2.0"), S(">1.2.0|<2.4.0")));
    CHECK(overlap(a, S("vers:intdot/<1"), S("vers:intdot/<2")) &&
          overlap(a, S("vers:intdot/>1"), S("vers:intdot/>2")));
    CHECK(!overlap(a, S("vers:intdot/<1"), S("vers:intdot/>2")));
    CHECK(overlap(a, S("vers:intdot/<5"), S("vers:intdot/1|3")) &&
          !overlap(a, S("vers:intdot/!=3|<5"), S("vers:intdot/3")));
    CHECK(overlap(a, S("vers:all/*"), S("<1")) && !overlap(a, S("vers:none/*"), S("<1")));
    CHECK(!overlap(a, S("vers:npm/<1.0.0"), S("vers:deb/<1.0.0")));
    CHECK(!overlap(a, S("vers:example/<1"), S("vers:example/<1")));
    CHECK(overlap(a, S("vers:intdot/<3"), S("<10|>20")));
}

TEST(semantic_versions_and_numbers_between_dots_have_their_order)
{
    ASCENDING("semver", V("1.0.0-alpha"), V("1.0.0-alpha.1"), V("1.0.0-rc.1"), V("1.0.0"),
              V("1.2.0"), V("1.10.0"));
    ASCENDING("golang", V("v0.0.0-20190101"), V("v0.0.1"), V("v2.0.0"));
    ASCENDING("intdot", V("1"), V("1.2"), V("1.2.1"), V("1.10"), V("10"));
    equal(S("intdot"), S("01.002.0003"), S("1.2.3"));
    equal(S("intdot"), S("1.2rc1"), S("1.2"));
    ASCENDING("datetime", V("2024-01-01T12:00:00+02:00"), V("2024-01-01T12:00:00Z"),
              V("2024-01-01T12:00:00.1Z"), V("2024-01-01T12:00:00-05:00"));
    ASCENDING("lexicographic", V("1.10"), V("1.2"), V("Z"), V("a"));
    ASCENDING("generic", V("1.0alpha1"), V("1.0beta1"), V("1.0rc1"), V("1.0"), V("1.0a"),
              V("1.0.1"), V("V1.2.2"), V("1.10"));
    equal(S("generic"), S("1.0"), S("1.0.0"));
    ASCENDING("nuget", V("1.0.0-Alpha"), V("1.0.0-beta.2"), V("1.0.0-beta.10"), V("1.0.0"),
              V("1.0.0.1"), V("1.0.1"));
    equal(S("nuget"), S("1.0"), S("1.0.0.0+b"));
    equal(S("nuget"), S("1.0-ALPHA"), S("1.0.0-alpha"));
    ASCENDING("openssl", V("0.9.8zh"), V("1.0.2"), V("1.0.2a"), V("1.0.2zb"), V("1.1.0"),
              V("3.0.0-alpha1"), V("3.0.0"), V("3.0.10"));
    ASCENDING("conan", V("1.0-pre"), V("1.0"), V("1.2"), V("1.a"), V("2"));
    equal(S("conan"), S("1.0"), S("1.0+build"));
    ASCENDING("cpan", V("1.1"), V("1.12"), V("1.2"), V("1.21"), V("v1.210.1"), V("2"));
    equal(S("cpan"), S("1.5"), S("v1.500"));
}

/* Debian policy; rpm's own tests; vercmp(8); apk. */
TEST(versions_of_distributions_have_their_order)
{
    ASCENDING("deb", V("1.0~~"), V("1.0~~a"), V("1.0~"), V("1.0"), V("1.0-1"), V("1.0-1+b1"),
              V("1.0a"), V("1.0+"), V("1.0.1"), V("1.2"), V("1.10"), V("1:0.1"));
    equal(S("deb"), S("0:1.0-0"), S("1.0"));
    ASCENDING("rpm", V("1.0~rc1"), V("1.0"), V("1.0^git1"), V("1.0a"), V("1.0.1"), V("1.1"),
              V("1.1-1"), V("1.1-2"), V("1.10"), V("1:0.5"));
    equal(S("rpm"), S("1.0"), S("1_0"));
    ASCENDING("alpm", V("1.0a"), V("1.0b"), V("1.0beta"), V("1.0p"), V("1.0pre"), V("1.0rc"),
              V("1.0"), V("1.0.a"), V("1.0.1"), V("1:0.1"));
    equal(S("alpm"), S("1.0-1"), S("1.0"));
    ASCENDING("apk", V("1.0_alpha1"), V("1.0_beta"), V("1.0_pre2"), V("1.0_rc1"), V("1.0"),
              V("1.0-r1"), V("1.0_p1"), V("1.0a"), V("1.02"), V("1.1"), V("1.1.1"), V("1.10"));
}

/* Maven's Version Order Specification, PEP 440, Gem::Version, Composer. */
TEST(versions_of_languages_have_their_order)
{
    ASCENDING("maven", V("1-alpha-1-SNAPSHOT"), V("1-alpha-1"), V("1-beta"), V("1-milestone"),
              V("1-rc"), V("1-SNAPSHOT"), V("1"), V("1-sp"), V("1-klm"), V("1-lmn"), V("1-1"),
              V("1-2"), V("1.1"), V("1.2"), V("1.10"), V("2"));
    equal(S("maven"), S("1.0.0"), S("1"));
    equal(S("maven"), S("1-ga"), S("1.Final"));
    equal(S("maven"), S("1-a1"), S("1-alpha-1"));
    equal(S("maven"), S("1.0.0-foo.0.0"), S("1-foo"));
    equal(S("maven"), S("1-cr1"), S("1-RC1"));
    ASCENDING("pypi", V("1.dev0"), V("1.0.dev456"), V("1.0a1"), V("1.0a2.dev456"),
              V("1.0a12.dev456"), V("1.0a12"), V("1.0b1.dev456"), V("1.0b2"),
              V("1.0b2.post345.dev456"), V("1.0b2.post345"), V("1.0rc1.dev456"), V("1.0rc1"),
              V("1.0"), V("1.0+abc.5"), V("1.0+abc.7"), V("1.0+5"), V("1.0.post456.dev34"),
              V("1.0.post456"), V("1.0.15"), V("1.1.dev1"), V("1!0.1"));
    equal(S("pypi"), S("1.0"), S("v1.0.0"));
    equal(S("pypi"), S("1.0-ALPHA_1"), S("1.0a1"));
    equal(S("pypi"), S("1.0-1"), S("1.0.post1"));
    ASCENDING("gem", V("1.0.a"), V("1.0.a.2"), V("1.0.b1"), V("1.0"), V("1.0.1"), V("1.9"),
              V("1.10"));
    equal(S("gem"), S("1"), S("1.0.0"));
    equal(S("gem"), S("1.0.0-rc1"), S("1.pre.rc1"));
    ASCENDING("composer", V("1.0-dev"), V("1.0.0-alpha1"), V("1.0.0-beta1"), V("1.0.0-beta2"),
              V("1.0.0-RC1"), V("1.0.0"), V("1.0.0-patch1"), V("1.0.1"), V("1.10"));
    equal(S("composer"), S("v1.0"), S("1.0.0.0"));
}

TEST(types_say_whether_they_are_registered)
{
    CHECK(vers_type_registered(S("intdot")) && vers_type_registered(S("all")));
    CHECK(!vers_type_registered(S("someweirdunknownverstype")) && !vers_type_registered(S("")));
    CHECK(vers_order(S("all")) == NULL && vers_order(S("github")) != NULL);
}
