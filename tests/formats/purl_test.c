/* purl_test.c - package URLs; the cases are those of the test suite of purl-spec and of CSAF. */
#include "formats/purl.h"
#include "t.h"

static struct purl read(struct arena *a, str text)
{
    struct purl p;
    str why;
    CHECK_ERR(OK, purl_read(a, text, &p, &why));
    return p;
}

static str why_not(struct arena *a, str text)
{
    struct purl p;
    str why = NO_STR;
    CHECK_ERR(E_INVALID, purl_read(a, text, &p, &why));
    return why;
}

TEST(the_canonical_form_is_that_of_the_standard)
{
    static const str pairs[][2] = {
        {S_INIT("pkg:maven/org.apache.commons/io@1.3.4"),
         S_INIT("pkg:maven/org.apache.commons/io@1.3.4")},
        {S_INIT("pkg:Maven/org.apache.xmlgraphics/"
                "batik-anim@1.9.1?type=pom&repositorY_url=https://repo.spring.io/release"),
         S_INIT("pkg:maven/org.apache.xmlgraphics/"
                "batik-anim@1.9.1?repository_url=https:%2F%2Frepo.spring.io%2Frelease&type=pom")},
        {S_INIT("pkg:/maven/org.apache.commons/io"), S_INIT("pkg:maven/org.apache.commons/io")},
        {S_INIT("pkg:npm/@babel/core#/googleapis/api/annotations/"),
         S_INIT("pkg:npm/%40babel/core#googleapis/api/annotations")},
        {S_INIT("pkg:npm/@babel/core@1.2"), S_INIT("pkg:npm/%40babel/core@1.2")},
        {S_INIT("pkg:npm/mypackage@12.4.5?vcs_url=git://host.com/path/to/repo.git%404345abcd34343"),
         S_INIT("pkg:npm/mypackage@12.4.5?vcs_url=git:%2F%2Fhost.com%2Fpath%2Fto%2Frepo.git%"
                "404345abcd34343")},
        {S_INIT("pkg:generic/openssl@1.1.10g?checksum=sha1:ad9503c3e994a4f,sha256:41bf9088b3a1"),
         S_INIT("pkg:generic/openssl@1.1.10g?checksum=sha1:ad9503c3e994a4f%2Csha256:41bf9088b3a1")},
        {S_INIT("pkg:PYPI/Django_package@1.11.1.dev1"),
         S_INIT("pkg:pypi/django-package@1.11.1.dev1")},
        {S_INIT("pkg:GitHub/Package-url/purl-Spec@244fd47e07d1004f0aed9c"),
         S_INIT("pkg:github/package-url/purl-spec@244fd47e07d1004f0aed9c")},
        {S_INIT("pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64"),
         S_INIT("pkg:deb/debian/attr@1:2.4.47-2%2Bb1?arch=amd64")},
        {S_INIT("pkg:oci/product-A@sha256%3Add134261219b2?repository_url=https://r.example.com"),
         S_INIT("pkg:oci/product-a@sha256:dd134261219b2?repository_url=https:%2F%2Fr.example.com")},
        {S_INIT("pkg:golang/google.golang.org/genproto#/googleapis/../api/./annotations/"),
         S_INIT("pkg:golang/google.golang.org/genproto#googleapis/api/annotations")},
    };
    for (size_t i = 0; i < COUNT(pairs); i++) {
        struct purl p = read(a, pairs[i][0]);
        CHECK_STR(pairs[i][1], purl_write(a, &p));
        CHECK(p.registered);
        struct purl again = read(a, pairs[i][1]);
        CHECK(purl_same_package(&p, &again));
        CHECK_STR(pairs[i][1], purl_write(a, &again));
    }
}

TEST(what_is_no_package_url_is_refused_with_the_reason)
{
    static const str bad[][2] = {
        {S_INIT("EnterpriseLibrary.Common@6.0.1304"), S_INIT("purl_scheme")},
        {S_INIT("pkg%3Amaven/org.apache.commons/io"), S_INIT("purl_scheme")},
        {S_INIT("pkg://maven/org.apache.commons/io"), S_INIT("purl_authority")},
        {S_INIT("pkg:EnterpriseLibrary.Common@6.0.1304"), S_INIT("purl_type")},
        {S_INIT("pkg:n&g?inx/nginx@0.8.9"), S_INIT("purl_key")},
        {S_INIT("pkg:3nginx/nginx@0.8.9"), S_INIT("purl_type")},
        {S_INIT("pkg:nginx:a/nginx@0.8.9"), S_INIT("purl_type")},
        {S_INIT("pkg:npm/myartifact@1.0.0?in%20production=true"), S_INIT("purl_key")},
        {S_INIT("pkg:npm/a@1?k=1&K=2"), S_INIT("purl_duplicate")},
        {S_INIT("pkg:maven/@1.3.4"), S_INIT("purl_name")},
        {S_INIT("pkg:maven/"), S_INIT("purl_name")},
        {S_INIT("pkg:maven/a%2Fb/c"), S_INIT("purl_segment")},
        {S_INIT("pkg:maven/a//b/c"), S_INIT("purl_segment")},
        {S_INIT("pkg:maven/a/%zz"), S_INIT("purl_encoding")},
        {S_INIT("pkg:maven/a/%C3"), S_INIT("purl_encoding")},
        {S_INIT("pkg:maven/a/b c"), S_INIT("purl_character")},
        {S_INIT("pkg:maven/io@1"), S_INIT("purl_namespace")},
        {S_INIT("pkg:oci/com.example/product-A@sha256%3Add134261219b2"),
         S_INIT("purl_no_namespace")},
        {S_INIT("pkg:cpan/Perl::Version@1.013"), S_INIT("purl_namespace")},
        {S_INIT("pkg:cpan/GDT/URI::PackageURL"), S_INIT("purl_rule")},
        {S_INIT("pkg:cpan/gdt/URI-PackageURL"), S_INIT("purl_rule")},
        {S_INIT("pkg:chrome-extension/abc"), S_INIT("purl_rule")},
        {S_INIT("pkg:swid/a/b/c/d?tag_id=x"), S_INIT("purl_rule")},
        {S_INIT("pkg:swid/Acme/Enterprise+Server@1.0.0"), S_INIT("purl_qualifier")},
        {S_INIT("pkg:julia/Dates@1.9.0?uuid="), S_INIT("purl_qualifier")},
    };
    for (size_t i = 0; i < COUNT(bad); i++)
        CHECK_STR(bad[i][1], why_not(a, bad[i][0]));
}

TEST(an_unknown_type_is_read_by_the_general_rules)
{
    struct purl p = read(a, S("pkg:x-made.up-1/A/b@%20?z=1&k=&a=%C3%A9"));
    CHECK(!p.registered && p.nqualifiers == 2 && p.subpath.p == NULL);
    CHECK_STR(S("A"), p.ns);
    CHECK_STR(S(" "), p.version);
    CHECK_STR(S("a"), p.qualifiers[0].key);
    CHECK_STR(S("\xC3\xA9"), p.qualifiers[0].value);
}

TEST(packages_are_the_same_but_for_their_qualifiers)
{
    struct purl x = read(a, S("pkg:maven/com.example/a@1.3.4?repository_url=https://a.example"));
    struct purl y = read(a, S("pkg:maven/com.example/a@1.3.4?classifier=sources"));
    struct purl z = read(a, S("pkg:maven/com.example/a?classifier=sources"));
    CHECK(purl_same_package(&x, &y) && !purl_same_package(&x, &z));
}
