/* provider_page_test.c - the CSAF provider's files over HTTP. */
#include "app/provider.h"
#include "help/released.h"
#include "help/web.h"
#include "t.h"

#include <stdlib.h>
#include <unistd.h>

static char root[40];

static struct walk *published(struct stage *st)
{
    struct walk *w = released(st);
    struct fault f = {0};
    struct provider_done done;
    (void)snprintf(root, sizeof root, "/tmp/kakehashi-public-XXXXXX");
    must(mkdtemp(root) != NULL);
    CHECK_ERR(OK, provider_publish(st->app, root, NULL, &f, &done));
    st->app->public_dir = root;
    return w;
}

static void end(struct arena *a)
{
    must(system(str_to_z(a, str_fmt(a, "rm -rf %s", root))) == 0);
}

/* A file's answer is a descriptor, not a body. */
static str bytes(struct arena *a, const struct page *p)
{
    char *text = NEWS(a, char, 1 << 16);
    CHECK(p->rs.fd >= 0);
    ssize_t n = pread(p->rs.fd, text, 1 << 16, 0);
    CHECK(n == p->rs.fd_size);
    return (str){text, (size_t)n};
}

static bool has(const struct page *p, const char *header, const char *value)
{
    return str_eq(http_answer_header(&p->rs, str_z(header)), str_z(value));
}

APP_TEST(the_advisory_links_its_documents_where_there_are_files)
{
    static const char *const files[] = {"v2.0/white", "v2.1/clear"};
    struct walk *w = published(st);
    struct visitor *v = visit_nobody(st);
    str number = number_of(w), path = str_fmt(a, "/ja/advisories/%.*s", SV(number));
    struct page shown = visit_url(v, path);
    for (size_t i = 0; i < COUNT(files); i++) {
        str file = str_fmt(a, "/.well-known/csaf/%s/2026/kkh_%.*s.json", files[i], SV(number));
        CHECK(str_find(shown.body, str_fmt(a, "href=\"%.*s\"", SV(file))) > 0);
        struct page p = visit_url(v, file);
        CHECK_STATUS(200, p);
        CHECK(str_find(bytes(a, &p), number) > 0);
        (void)close(p.rs.fd);
    }
    end(a);
    st->app->public_dir = NULL;
    struct page bare = visit_url(v, str_fmt(a, "/en/advisories/%.*s", SV(number)));
    CHECK_STATUS(200, bare);
    CHECK(str_find(bare.body, S("/.well-known/csaf/v2.0/white/")) < 0);
}

APP_TEST(files_come_as_a_provider_owes_them)
{
    (void)published(st);
    struct visitor *v = visit_nobody(st);
    struct page p = visit(v, "/.well-known/csaf/provider-metadata.json");
    CHECK_STATUS(200, p);
    CHECK_STR(S("application/json"), p.type); /* without a parameter */
    CHECK(has(&p, "Access-Control-Allow-Origin", "*"));
    CHECK(has(&p, "Cross-Origin-Resource-Policy", "cross-origin"));
    CHECK(http_answer_header(&p.rs, S("ETag")).n > 2);
    CHECK(str_find(bytes(a, &p), S("\"canonical_url\"")) > 0);
    (void)close(p.rs.fd);
    p = visit(v, "/.well-known/csaf/v2.0/white/index.txt");
    CHECK_STR(S("text/plain; charset=utf-8"), p.type);
    str line = bytes(a, &p), path = str_cut(&line, '\n');
    (void)close(p.rs.fd);
    p = visit_url(v, str_join(a, S("/.well-known/csaf/v2.0/white/"), path));
    CHECK_STATUS(200, p);
    CHECK(str_find(bytes(a, &p), S("\"csaf_version\": \"2.0\"")) > 0);
    (void)close(p.rs.fd);
    end(a);
}

APP_TEST(folders_are_listed_with_a_link_to_each_file)
{
    (void)published(st);
    struct visitor *v = visit_nobody(st);
    struct page p = visit(v, "/.well-known/csaf/v2.0/white/");
    CHECK_STATUS(200, p);
    CHECK_NESTED(p);
    CHECK(str_find(p.body, S("<a href=\"/.well-known/csaf/v2.0/white/changes.csv\">")) > 0);
    CHECK(str_find(p.body, S("<a href=\"/.well-known/csaf/v2.0/white/20")) > 0);
    CHECK_STATUS(200, visit(v, "/.well-known/csaf/v2.1"));
    end(a);
}

APP_TEST(what_is_hidden_or_elsewhere_is_not_found)
{
    (void)published(st);
    struct visitor *v = visit_nobody(st);
    static const char *const paths[] = {
        "/.well-known/csaf/.state",        "/.well-known/csaf/%2e%2e/.state",
        "/.well-known/csaf/%2e%2e",        "/.well-known/csaf/v2.0/..%2f..%2f.state",
        "/.well-known/csaf/v2.0/white/no", "/.well-known/csaf/v2.0/white/index.txt/x"};
    for (size_t i = 0; i < COUNT(paths); i++)
        CHECK_STATUS(404, visit(v, paths[i]));
    st->app->public_dir = NULL;
    CHECK_STATUS(404, visit(v, "/.well-known/csaf/provider-metadata.json"));
    end(a);
}
