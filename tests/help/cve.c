/* cve.c - see cve.h. */
#include "help/cve.h"

#include "io/files.h"

#define ORG "a047cd38-6c9f-4535-99e8-4df91ad2f728"

static struct cve_text en(const char *text)
{
    return (struct cve_text){S("en"), str_z(text)};
}

static struct cve_text ja(const char *text)
{
    return (struct cve_text){S("ja"), str_z(text)};
}

static struct cve_product product(struct arena *a)
{
    struct cve_product p = {.vendor = S("Mihon Works"),
                            .product = S("Mihon Router"),
                            .package_url = S("pkg:npm/mihon-router"),
                            .repo = S("https://git.example.jp/router"),
                            .default_status = S("unaffected")};
    *PUSH(a, &p.cpes) = S("cpe:2.3:h:mihon:router:*:*:*:*:*:*:*:*");
    *PUSH(a, &p.modules) = S("httpd");
    *PUSH(a, &p.files) = S("src/cgi.c");
    *PUSH(a, &p.routines) = S("parse");
    *PUSH(a, &p.platforms) = S("ARM");
    struct cve_version *v = PUSH(a, &p.versions);
    *v = (struct cve_version){
        .version = S("1.0"), .status = S("affected"), .less_than = S("1.5"), .type = S("custom")};
    *PUSH(a, &v->changes) = (struct cve_change){S("1.4.9"), S("unaffected")};
    *PUSH(a, &p.versions) = (struct cve_version){.version = S("2.0"), .status = S("unaffected")};
    return p;
}

static void add_metrics(struct arena *a, struct cve_record *r)
{
    static const str vectors[] = {S_INIT("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"),
                                  S_INIT("AV:N/AC:L/Au:N/C:N/I:N/A:C"),
                                  S_INIT("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/"
                                         "SI:N/SA:N"),
                                  S_INIT("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H")};
    for (size_t i = 0; i < COUNT(vectors); i++) {
        struct cve_metric *m = PUSH(a, &r->metrics);
        *m = (struct cve_metric){.vector = vectors[i], .score = -1};
        *PUSH(a, &m->scenarios) = en("GENERAL");
    }
    *PUSH(a, &r->metrics) = (struct cve_metric){
        .score = -1, .other = S("{\"type\":\"ssvc\",\"content\":{\"decision\":\"Act\"}}")};
}

static void add_weakness(struct arena *a, struct cve_record *r)
{
    struct cve_weakness *w = PUSH(a, &r->weaknesses);
    *PUSH(a, &w->texts) = (struct cve_weakness_text){
        S("en"), S("Improper neutralization of special elements in an OS command"), S("CWE-78"),
        S("CWE")};
    *PUSH(a, &w->texts) =
        (struct cve_weakness_text){S("ja"), S("OSコマンドインジェクション"), S("CWE-78"), S("CWE")};
}

static void add_lists(struct arena *a, struct cve_record *r)
{
    struct cve_reference *ref = PUSH(a, &r->references);
    *ref = (struct cve_reference){.url = S("https://example.jp/advisory/1"), .name = S("Mihon")};
    *PUSH(a, &ref->tags) = S("vendor-advisory");
    struct cve_impact *impact = PUSH(a, &r->impacts);
    impact->capec = S("CAPEC-88");
    *PUSH(a, &impact->texts) = en("An attacker may run any command.");
    *PUSH(a, &r->timeline) =
        (struct cve_event){S("2026-11-02T01:00:00.000Z"), S("en"), S("Public")};
    *PUSH(a, &r->credits) = (struct cve_credit){S("ja"), S("架橋 花子"), S("finder"), NO_STR};
    *PUSH(a, &r->tags) = S("x_example");
    *PUSH(a, &r->extras) = (struct cve_extra){
        S("x_titles"), S("[{\"lang\":\"ja\",\"value\":\"OSコマンドインジェクション\"}]")};
}

struct cve_record cve_sample(struct arena *a)
{
    struct cve_record r = {
        .id = S("CVE-2026-20002"),
        .assigner = S(ORG),
        .assigner_name = S("kakehashi"),
        .reserved = S("2026-10-01T00:00:00.000Z"),
        .published = S("2026-11-02T01:00:00.000Z"),
        .updated = S("2026-11-02T01:00:00.000Z"),
        .provider = S(ORG),
        .provider_name = S("kakehashi"),
        .assigned = S("2026-10-01T00:00:00.000Z"),
        .made_public = S("2026-11-02T00:00:00.000Z"),
        .title = S("OS command injection in Mihon Router"),
        .source = S("{\"discovery\":\"EXTERNAL\",\"defect\":[\"MR-17\"]}"),
        .taxonomy = S("[{\"taxonomyName\":\"ATT&CK\",\"taxonomyRelations\":[{\"taxonomyId\":"
                      "\"T1059\",\"relationshipName\":\"exploited by\",\"relationshipValue\":"
                      "\"CVE-2026-20002\"}]}]"),
    };
    *PUSH(a, &r.descriptions) = en("Mihon Router passes a header to a shell without checking it.");
    *PUSH(a, &r.descriptions) = ja("Mihon Router は、ヘッダーを検査せずにシェルへ渡します。");
    *PUSH(a, &r.products) = product(a);
    add_weakness(a, &r);
    add_metrics(a, &r);
    add_lists(a, &r);
    *PUSH(a, &r.configurations) = en("Remote administration is enabled.");
    *PUSH(a, &r.workarounds) = en("Disable remote administration.");
    *PUSH(a, &r.solutions) = ja("1.5 に更新してください。");
    *PUSH(a, &r.exploits) = en("No attacks are known.");
    return r;
}

struct cve_record cve_rejected_sample(struct arena *a)
{
    struct cve_record r = {
        .rejected = true,
        .id = S("CVE-2026-20003"),
        .assigner = S(ORG),
        .rejected_at = S("2026-11-02T01:00:00.000Z"),
        .provider = S(ORG),
    };
    *PUSH(a, &r.reasons) = en("This is the same vulnerability as CVE-2026-20001.");
    *PUSH(a, &r.reasons) = ja("CVE-2026-20001 と同じ脆弱性です。");
    *PUSH(a, &r.replaced_by) = S("CVE-2026-20001");
    return r;
}

str help_file(struct arena *a, str path)
{
    struct fault f = {0};
    str text = NO_STR;
    must(file_read(a, str_to_z(a, path), 16 << 20, &f, &text) == OK);
    return text;
}
