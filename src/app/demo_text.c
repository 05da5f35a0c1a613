/* demo_text.c - titles, vulnerabilities, and the portal's texts of the demo. */
#include "app/demo_own.h"

#include "app/advisory.h"
#include "app/case_acts.h"
#include "app/case_new.h"
#include "app/statuses.h"
#include "app/vulns.h"

/* Who writes the portal's texts. */
static const char editor[] = "arai.sachi";

static void put(struct ctx *cx, struct input *in, const char *name, str value)
{
    if (value.n > 0)
        input_put(cx->a, in, str_z(name), value);
}

/* The coordinator's lead; in a direct case the vendor's window. */
static enum err be_handler(const struct demo_case *c, struct ctx *cx)
{
    struct q_case_get row;
    struct q_org_first coordinator;
    struct q_org_dept dept;
    TRY(q_case_get(cx->db, &row, .id = c->case_id));
    if (str_eq(row.flow, S("direct")))
        return demo_be_window(cx, json_get_text(json_get(c->j, S("report")), S("to")));
    TRY(q_org_first(cx->db, &coordinator, .kind = S("coordinator")));
    TRY(q_org_dept(cx->db, &dept, .org_id = coordinator.id, .kind = S("coordinator")));
    return demo_be_of(cx, dept.dept_id);
}

/* --- titles and vulnerabilities --------------------------------------------------------------- */

/* The vulnerability became known only with an update: the first text does not name it. */
static bool is_late(const struct demo_case *c, const struct json *v)
{
    const struct json *first = json_at(json_get(c->j, S("revisions")), 0);
    str description = json_get_text(json_get(first, S("ja")), S("description"));
    return description.n > 0 && str_find(description, json_get_text(v, S("cve"))) < 0;
}

static enum err add_vuln(const struct demo_case *c, struct ctx *cx, const struct json *v)
{
    const struct json *cvss = json_get(v, S("cvss"));
    struct input in = {0};
    str id;
    put(cx, &in, "cve", json_get_text(v, S("cve")));
    put(cx, &in, "cwe", json_get_text(v, S("cwe")));
    put(cx, &in, "title_ja", demo_words(json_get(v, S("title")), LANG_JA));
    put(cx, &in, "title_en", demo_words(json_get(v, S("title")), LANG_EN));
    for (size_t i = 0; i < json_count(cvss); i++) {
        str at = str_fmt(cx->a, "vectors.%zu.", i);
        input_put(cx->a, &in, str_join(cx->a, at, S("issuer")), S("other"));
        input_put(cx->a, &in, str_join(cx->a, at, S("vector")),
                  json_get_text(json_at(cvss, i), S("vector")));
    }
    return vuln_add(cx, c->case_id, &in, &id);
}

static enum err add_vulns(const struct demo_case *c, struct ctx *cx, bool late)
{
    const struct json *list = json_get(c->j, S("vulnerabilities"));
    for (size_t i = 0; i < json_count(list); i++)
        if (is_late(c, json_at(list, i)) == late)
            TRY(add_vuln(c, cx, json_at(list, i)));
    return OK;
}

/* Titles in both languages; the overview in English, and again in Japanese, so that the
 * coordinator's first step finds it unchanged. */
static enum err setup(struct demo_case *c, struct ctx *cx)
{
    const struct json *title = json_get(c->j, S("title")),
                      *overview = json_get(c->j, S("overview"));
    struct input in = {0};
    TRY(be_handler(c, cx));
    put(cx, &in, "title_ja", json_get_text(title, S("ja")));
    put(cx, &in, "title_en", json_get_text(title, S("en")));
    TRY(case_set_title(cx, c->case_id, &in));
    TRY(case_add_text(cx, c->case_id, AUD_OVERVIEW, S("overview"), S("en"),
                      json_get_text(overview, S("en"))));
    TRY(case_add_text(cx, c->case_id, AUD_OVERVIEW, S("overview"), S("ja"),
                      json_get_text(overview, S("ja"))));
    return add_vulns(c, cx, false);
}

enum err demo_setup(struct demo_case *c, i64 at)
{
    struct ctx *cx = demo_act(c, at);
    return demo_act_end(c, cx, setup(c, cx));
}

/* --- the portal's text ------------------------------------------------------------------------ */

/* A list of links as Markdown. */
static str links(struct ctx *cx, const struct json *list)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < json_count(list); i++) {
        const struct json *l = json_at(list, i);
        str text = json_get_text(l, S("text"));
        if (text.p == NULL)
            text = json_get_text(l, S("id"));
        buf_putf(&b, "- [%.*s](%.*s)\n", SV(text), SV(json_get_text(l, S("url"))));
    }
    return b.n ? buf_str(&b) : S("");
}

/* A section of the file; workarounds stand behind the solution, as on a JVN page. */
static str section_of(struct ctx *cx, const struct json *words, str name, enum lang lang)
{
    const struct json *j = json_get(words, name);
    if (json_is(j, JSON_IS_ARRAY))
        return links(cx, j);
    str text = json_text(j), around = json_get_text(words, S("workaround"));
    if (!str_eq(name, S("solution")) || around.n == 0)
        return text;
    return str_fmt(cx->a, "%.*s\n\n### %s\n\n%.*s", SV(text),
                   lang == LANG_JA ? "ワークアラウンドを実施する" : "Apply a workaround",
                   SV(around));
}

static void put_words(struct ctx *cx, const struct demo_case *c, enum lang lang, bool first,
                      struct input *in)
{
    str code = lang == LANG_JA ? S("ja") : S("en");
    const struct json *words = json_get(json_get(c->j, S("advisory")), code);
    const struct json *before = json_get(json_at(json_get(c->j, S("revisions")), 0), code);
    for (enum section s = 0; s < SECTION_COUNT; s++) {
        str name = section_name(s), text = section_of(cx, words, name, lang);
        if (first && json_get(before, name) != NULL)
            text = json_get_text(before, name);
        str field = str_fmt(cx->a, "%.*s.%.*s", SV(code), SV(name));
        input_put(cx->a, in, field, text.p ? text : S(""));
    }
}

/* The English version came on a later day than the Japanese. */
static bool english_is_later(const struct demo_case *c)
{
    const struct json *published = json_get(c->j, S("published"));
    str ja = json_get_text(published, S("ja")), en = json_get_text(published, S("en"));
    return en.n > 0 && str_cmp(ja, en) < 0;
}

static enum err save(const struct demo_case *c, struct ctx *cx, const struct input *in, i64 *rev)
{
    struct advisory now;
    TRY(advisory_view(cx, c->case_id, &now));
    return advisory_save(cx, c->case_id, now.rev, in, rev);
}

static enum err draft(struct demo_case *c, struct ctx *cx)
{
    struct input in = {0};
    i64 rev;
    TRY(demo_be(c, cx, str_z(editor)));
    put_words(cx, c, LANG_JA, true, &in);
    if (!english_is_later(c))
        put_words(cx, c, LANG_EN, true, &in);
    TRY(save(c, cx, &in, &rev));
    return q_demo_advisory_number(cx->db, .case_id = c->case_id,
                                  .number = demo_number(cx->a, c->j, DEMO_ADVISORY));
}

enum err demo_draft(struct demo_case *c, i64 at)
{
    struct ctx *cx = demo_act(c, at);
    return demo_act_end(c, cx, draft(c, cx));
}

static enum err ask(struct demo_case *c, struct ctx *cx)
{
    struct advisory now;
    TRY(demo_be(c, cx, str_z(editor)));
    TRY(advisory_view(cx, c->case_id, &now));
    if (now.asked != 0 && !now.changed_since_asked)
        return OK; /* asking one vendor asks all */
    return advisory_ask(cx, c->case_id, now.rev);
}

enum err demo_ask(struct demo_case *c, i64 at)
{
    struct ctx *cx = demo_act(c, at);
    return demo_act_end(c, cx, ask(c, cx));
}

/* --- what vendors say, and what changes after publication --------------------------------------- */

static enum err change_status(struct demo_case *c, struct ctx *cx, const struct json *vendor,
                              str status)
{
    struct input in = {0};
    const struct json *statement = json_get(vendor, S("statement"));
    str org = json_get_text(vendor, S("org")), lane;
    TRY(demo_lane(c, cx, org, &lane));
    TRY(demo_be_window(cx, org));
    put(cx, &in, "status", status);
    put(cx, &in, "statement_ja", json_get_text(statement, S("ja")));
    put(cx, &in, "statement_en", json_get_text(statement, S("en")));
    put(cx, &in, "url", json_get_text(vendor, S("advisory_url")));
    demo_products(cx, c, S("products"), org, &in);
    return status_change(cx, c->case_id, lane, &in);
}

enum err demo_status(struct demo_case *c, i64 at, const struct json *vendor, str status)
{
    struct ctx *cx = demo_act(c, at);
    return demo_act_end(c, cx, change_status(c, cx, vendor, status));
}

/* The line of the update history for that day. */
static const struct json *history_of(const struct demo_case *c, str date)
{
    const struct json *list = json_get(c->j, S("history"));
    for (size_t i = 0; i < json_count(list); i++)
        if (str_eq(json_get_text(json_at(list, i), S("date")), date))
            return json_at(list, i);
    return NULL;
}

static enum err update(struct demo_case *c, struct ctx *cx)
{
    struct input in = {0}, line = {0};
    const struct json *said = history_of(c, json_get_text(json_get(c->j, S("updated")), S("ja")));
    i64 rev;
    TRY(be_handler(c, cx));
    TRY(add_vulns(c, cx, true));
    TRY(demo_be(c, cx, str_z(editor)));
    put_words(cx, c, LANG_JA, false, &in);
    put_words(cx, c, LANG_EN, false, &in);
    TRY(save(c, cx, &in, &rev));
    put(cx, &line, "history_ja", json_get_text(said, S("ja")));
    put(cx, &line, "history_en", json_get_text(said, S("en")));
    return advisory_update(cx, c->case_id, rev, &line);
}

enum err demo_update(struct demo_case *c, i64 at)
{
    struct ctx *cx = demo_act(c, at);
    return demo_act_end(c, cx, update(c, cx));
}

static enum err english(struct demo_case *c, struct ctx *cx)
{
    struct input in = {0};
    i64 rev;
    TRY(demo_be(c, cx, str_z(editor)));
    put_words(cx, c, LANG_EN, false, &in);
    TRY(save(c, cx, &in, &rev));
    return advisory_release_english(cx, c->case_id, rev);
}

enum err demo_english(struct demo_case *c, i64 at)
{
    struct ctx *cx = demo_act(c, at);
    return demo_act_end(c, cx, english(c, cx));
}
