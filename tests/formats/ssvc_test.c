/* ssvc_test.c - decision points of SSVC. */
#include "formats/ssvc.h"
#include "t.h"

TEST(namespaces_are_told_by_their_base)
{
    CHECK(ssvc_namespace(S("ssvc")) == SSVC_REGISTERED);
    CHECK(ssvc_namespace(S("cvss//.example.test#x")) == SSVC_REGISTERED);
    CHECK(ssvc_namespace(S("ssvc#x")) == SSVC_UNREGISTERED);
    CHECK(ssvc_namespace(S("test#without-resource/de-DE")) == SSVC_RESERVED);
    CHECK(ssvc_namespace(S("example")) == SSVC_RESERVED);
    CHECK(ssvc_namespace(S("invalid")) == SSVC_INVALID);
    CHECK(ssvc_namespace(S("x_example.test#c//.example.other")) == SSVC_UNREGISTERED);
    CHECK(ssvc_namespace(S("")) == SSVC_UNREGISTERED);
    CHECK(ssvc_extended(S("ssvc/de-DE")) && !ssvc_extended(S("x_example.test#c")));
    CHECK_STR(S("x_example.test#c"), ssvc_base(S("x_example.test#c//.example.other")));
}

TEST(decision_points_have_versions_and_values_in_order)
{
    struct ssvc_point p;
    str key, name;
    CHECK(ssvc_find(S("ssvc"), S("SI"), S("2.0.0"), &p));
    CHECK_STR(S("Safety Impact"), p.name);
    CHECK(ssvc_value_next(&p.values, &key, &name) && ssvc_value_next(&p.values, &key, &name));
    CHECK_STR(S("M"), key);
    CHECK_STR(S("Marginal"), name);
    CHECK(ssvc_value_next(&p.values, &key, &name) && ssvc_value_next(&p.values, &key, &name));
    CHECK_STR(S("Catastrophic"), name);
    CHECK(!ssvc_value_next(&p.values, &key, &name));
    CHECK(!ssvc_find(S("ssvc"), S("SI"), S("1.9.7"), &p) &&
          !ssvc_find(S("ssvc"), S("SIs"), S("2.0.0"), &p));
    CHECK(!ssvc_find(S("ssvc"), S(""), S(""), &p) && !ssvc_find(S("ssvc"), S("SI"), S(""), &p));
    CHECK_STR(S("2.0.0"), ssvc_latest(S("ssvc"), S("MI")));
    CHECK_STR(S("2.0.0"), ssvc_latest(S("cvss"), S("E")));
    CHECK_STR(S("3.0.1"), ssvc_latest(S("cvss"), S("AC")));
    CHECK(ssvc_latest(S("ssvc"), S("Nothing")).p == NULL && ssvc_latest(S(""), S("")).p == NULL);
}
