/* library_page_test.c - the library at the browser and by the API. */
#include "t.h"

#include "help/api.h"
#include "help/provided.h"
#include "help/released.h"

#define FORM                                                                                       \
    "--x\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%.*s\r\n--x\r\n"                 \
    "Content-Disposition: form-data; name=\"document\"; filename=\"%s\"\r\n"                       \
    "Content-Type: application/json\r\n\r\n%.*s\r\n--x--\r\n"

static struct page upload(struct visitor *v, const char *name, str text)
{
    struct arena *a = v->st->a;
    str csrf = page_input(a, visit(v, "/en/library"), "_csrf");
    return visit_raw(v, POST, S("/en/library"), S("multipart/form-data; boundary=x"),
                     str_fmt(a, FORM, SV(csrf), name, SV(text)), NULL);
}

static str labelled(struct arena *a, const char *id, const char *tlp)
{
    str text = provided_csaf(a, id, 1, "https://x.example");
    ptrdiff_t at = str_find(text, S("WHITE"));
    return str_fmt(a, "%.*s%s%.*s", SV(str_sub(text, 0, (size_t)at)), tlp,
                   SV(str_from(text, (size_t)at + 5)));
}

JAILED_TEST(reception_hands_in_a_document_and_everybody_finds_it)
{
    stage_cast(st);
    struct visitor *reception = visit_as(st, "reception"), *poc = visit_as(st, "mihon.poc");
    CHECK_HAS(visit(poc, "/en/library"), "Advisories of other organisations will be listed here.");
    CHECK_LACKS(visit(poc, "/en/library"), "Import a document");
    struct page p = upload(reception, "a.json", labelled(a, "A-1", "WHITE"));
    CHECK_STATUS(303, p);
    p = visit_url(reception, p.location);
    CHECK_HAS(p, "The document was taken in.");
    CHECK_NESTED(p);
    p = visit(poc, "/ja/library?q=advisory");
    CHECK_HAS(p, "Advisory A-1");
    CHECK_NESTED(p);
    str id = help_sql_value(a, st->url, "SELECT id FROM library_entry");
    p = visit_url(poc, str_fmt(a, "/ja/library/%.*s", SV(id)));
    CHECK_HAS(p, "CVE-2026-4242");
    CHECK_HAS(p, "不適合：指摘");
    CHECK_HAS(p, "a.json");
    CHECK_NESTED(p);
    p = visit_url(poc, str_fmt(a, "/en/library/%.*s/document/1", SV(id)));
    CHECK_STR(labelled(a, "A-1", "WHITE"), p.body);
    CHECK_STR(S("application/octet-stream"), p.type);
    CHECK_HAS(visit(poc, "/en/library.csv"), "A-1");
    CHECK_HAS(visit(poc, "/en/library?cve=cve-2026-4242&severity=none"), "Nothing fits.");
    CHECK_HAS(visit(poc, "/en/library?cve=cve-2026-4242"), "1 in all");
    CHECK_STATUS(422, visit(poc, "/en/library?q=..."));
    CHECK_STATUS(303, upload(reception, "a.json", labelled(a, "A-1", "WHITE")));
}

JAILED_TEST(what_is_not_clear_does_not_exist_for_others)
{
    stage_cast(st);
    struct visitor *reception = visit_as(st, "reception"), *poc = visit_as(st, "mihon.poc");
    CHECK_STATUS(303, upload(reception, "a.json", labelled(a, "A-1", "AMBER")));
    str id = help_sql_value(a, st->url, "SELECT id FROM library_entry");
    CHECK_LACKS(visit(poc, "/en/library?q=advisory"), "Advisory A-1");
    CHECK_STATUS(404, visit_url(poc, str_fmt(a, "/en/library/%.*s", SV(id))));
    CHECK_STATUS(404, visit_url(poc, str_fmt(a, "/en/library/%.*s/document/1", SV(id))));
    CHECK_STATUS(404, api_get(api_as(st, "mihon.poc"), "/api/v1/library/%.*s", SV(id)));
    struct page p = visit_url(reception, str_fmt(a, "/en/library/%.*s", SV(id)));
    CHECK_HAS(p, "TLP:AMBER");
}

JAILED_TEST(what_cannot_be_taken_in_says_where)
{
    stage_cast(st);
    struct visitor *v = visit_as(st, "coordinator");
    struct page p = upload(v, "a.json", S("{\"document\":{}}"));
    CHECK_STATUS(422, p);
    CHECK_HAS(p, "The identifier of the advisory is missing (/document/tracking/id).");
    CHECK_NESTED(p);
    p = upload(v, "a.json", S("{\"document\":\n{]"));
    CHECK_HAS(p, "The JSON is malformed at 2:2 (line:column).");
    CHECK_STATUS(422, upload(v, "", S("")));
}

JAILED_TEST(programs_hand_in_search_and_read)
{
    stage_cast(st);
    struct visitor *v = api_as(st, "reception"), *poc = api_as(st, "mihon.poc");
    struct page p = api_post(v, S("/api/v1/library"), labelled(a, "A-1", "WHITE"));
    CHECK_STATUS(200, p);
    CHECK_STR(S("new"), json_path(a, p, "outcome"));
    str id = json_path(a, p, "id");
    p = api_post(v, S("/api/v1/library"), labelled(a, "A-1", "WHITE"));
    CHECK_STR(S("unchanged"), json_path(a, p, "outcome"));
    p = api_post(v, S("/api/v1/library"), S("{\"document\":{}}"));
    CHECK_STATUS(422, p);
    CHECK_STR(S("document library_no_id"), page_errors(a, p));
    CHECK_STATUS(403, api_post(poc, S("/api/v1/library"), labelled(a, "A-2", "WHITE")));
    p = api_get(
        poc, "/api/v1/library?q=advisory&cve=CVE-2026-4242&publisher=https%%3A%%2F%%2Fx.example");
    CHECK_STR(S("A-1"), json_path(a, p, "items.0.document_id"));
    p = api_get(poc, "/api/v1/library?sort=severity&limit=1");
    CHECK_STR(S("1"), json_path(a, p, "total"));
    p = api_get(poc, "/api/v1/library/%.*s", SV(id));
    CHECK_STR(S("CVE-2026-4242"), json_path(a, p, "line.cves.0"));
    CHECK_STR(S("API"), json_path(a, p, "revisions.0.source"));
}

JAILED_TEST(a_case_shows_what_others_say_of_its_cves)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    walk_begin(w, true);
    struct visitor *v = visit_as(st, "coordinator");
    str path = str_fmt(a, "/en/cases/%.*s/vulnerabilities", SV(w->case_id));
    CHECK_STATUS(303, upload(v, "a.json", labelled(a, "A-1", "WHITE")));
    CHECK_STATUS(303, visit_post(v, path, "cve", "CVE-2026-4243", NULL));
    CHECK_LACKS(visit_url(v, path), "Advisory A-1");
    CHECK_STATUS(303, visit_post(v, path, "cve", "CVE-2026-4242", NULL));
    struct page p = visit_url(v, path);
    CHECK_HAS(p, "What others published about these CVEs");
    CHECK_HAS(p, "Advisory A-1");
}

/* The page is kept by generation: it is asked for before, between and after. */
JAILED_TEST(our_advisory_links_to_what_is_open_of_others)
{
    struct walk *w = released(st);
    const char *page = str_to_z(a, str_fmt(a, "/en/advisories/%.*s", SV(number_of(w))));
    str text = provided_csaf(a, "A-1", 1, "https://x.example");
    ptrdiff_t at = str_find(text, S("CVE-2026-4242")), notes = str_find(text, S("\"publisher\""));
    text = str_fmt(a,
                   "%.*s\"references\":[{\"category\":\"self\",\"summary\":\"s\",\"url\":"
                   "\"https://x.example/a-1\"}],%.*sCVE-2023-5915%.*s",
                   SV(str_sub(text, 0, (size_t)notes)),
                   SV(str_sub(text, (size_t)notes, (size_t)(at - notes))),
                   SV(str_from(text, (size_t)at + 13)));
    ptrdiff_t label = str_find(text, S("WHITE"));
    str amber = str_fmt(a, "%.*sAMBER%.*s", SV(str_sub(text, 0, (size_t)label)),
                        SV(str_from(text, (size_t)label + 5)));
    struct visitor *v = visit_as(st, "coordinator"), *nobody = visit_nobody(st);
    CHECK_LACKS(visit(nobody, page), "Advisory A-1");
    CHECK_STATUS(303, upload(v, "a.json", amber));
    CHECK_LACKS(visit(nobody, page), "Advisory A-1");
    ptrdiff_t version = str_find(text, S("\"version\":\"1\""));
    text = str_fmt(a, "%.*s\"version\":\"2\"%.*s", SV(str_sub(text, 0, (size_t)version)),
                   SV(str_from(text, (size_t)version + 13)));
    CHECK_STATUS(303, upload(v, "a.json", text));
    struct page p = visit(nobody, page);
    CHECK_HAS(p, "Advisory A-1");
    CHECK(str_find(p.body, S("https://x.example/a-1")) > 0);
    CHECK_NESTED(p);
}
