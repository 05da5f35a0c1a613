/* advisory_api.c - see advisory_api.h. */
#include "web/api/advisory_api.h"

#include "app/advisory.h"
#include "web/api/case_out.h"

/* --- answers -------------------------------------------------------------------------------------- */

static str state_word(unsigned v)
{
    static const str names[] = {
        [ADVISORY_NONE] = S_INIT("none"),          [ADVISORY_DRAFT] = S_INIT("draft"),
        [ADVISORY_AGREED] = S_INIT("agreed"),      [ADVISORY_PLANNED] = S_INIT("planned"),
        [ADVISORY_RELEASED] = S_INIT("released"),  [ADVISORY_UPDATED] = S_INIT("updated"),
        [ADVISORY_WITHDRAWN] = S_INIT("withdrawn")};
    return names[v];
}

static str agreement_word(unsigned v)
{
    static const str names[] = {[AGREEMENT_NOT_ASKED] = S_INIT("not_asked"),
                                [AGREEMENT_WAITING] = S_INIT("waiting"),
                                [AGREEMENT_GIVEN] = S_INIT("given"),
                                [AGREEMENT_OLDER] = S_INIT("older"),
                                [AGREEMENT_REFUSED] = S_INIT("refused"),
                                [AGREEMENT_SKIPPED] = S_INIT("skipped"),
                                [AGREEMENT_NOT_APPLICABLE] = S_INIT("not_applicable")};
    return names[v];
}

static str translation_word(enum translation v)
{
    static const str names[] = {
        [TRANSLATION_NONE] = S_INIT("none"),
        [TRANSLATION_MISSING] = S_INIT("missing"),
        [TRANSLATION_STALE] = S_INIT("stale"),
        [TRANSLATION_DONE] = S_INIT("done"),
    };
    return names[v];
}

#define WORDS_OF(s, name) OUT_AS(struct advisory_words, section[s], name, OUT_STR)
static const struct out_field words_fields[] = {
    OUT(struct advisory_words, revision, OUT_I64),
    OUT(struct advisory_words, at, OUT_INSTANT_0),
    OUT(struct advisory_words, critical, OUT_BOOL),
    WORDS_OF(SECTION_TITLE, "title"),
    WORDS_OF(SECTION_OVERVIEW, "overview"),
    WORDS_OF(SECTION_AFFECTED, "affected"),
    WORDS_OF(SECTION_DESCRIPTION, "description"),
    WORDS_OF(SECTION_IMPACT, "impact"),
    WORDS_OF(SECTION_SOLUTION, "solution"),
    WORDS_OF(SECTION_VENDOR_INFO, "vendor_info"),
    WORDS_OF(SECTION_REFERENCES, "references"),
    WORDS_OF(SECTION_ADDENDUM, "addendum"),
    WORDS_OF(SECTION_ANALYSIS, "analysis"),
    WORDS_OF(SECTION_CREDIT, "credit"),
    WORDS_OF(SECTION_OTHER, "other"),
};
OUT_SCHEMA(words_schema, "AdvisoryText", struct advisory_words, words_fields);

static const struct out_field agreement_fields[] = {
    OUT_AS(struct lane_agreement, lane_id, "lane", OUT_STR),
    OUT(struct lane_agreement, name, OUT_STR),
    OUT_ENUM(struct lane_agreement, state, "state", agreement_word),
    OUT(struct lane_agreement, at, OUT_INSTANT_0),
    OUT(struct lane_agreement, revision, OUT_I64),
};
OUT_SCHEMA(agreement_schema, "Agreement", struct lane_agreement, agreement_fields);

struct translation_out {
    str section, state;
};
static const struct out_field translation_fields[] = {OUT(struct translation_out, section, OUT_STR),
                                                      OUT(struct translation_out, state, OUT_STR)};
OUT_SCHEMA(translation_schema, "Translation", struct translation_out, translation_fields);

struct advisory_out {
    struct advisory v;
    const struct translation_out *translation;
    size_t ntranslation;
};
#define OF(m, name, type) OUT_AS(struct advisory_out, v.m, name, type)
static const struct out_field advisory_fields[] = {
    OF(id, "id", OUT_STR),
    OF(number, "number", OUT_STR),
    OF(rev, "rev", OUT_I64),
    OUT_ENUM(struct advisory_out, v.state, "state", state_word),
    {"ja", OUT_OBJECT, offsetof(struct advisory_out, v.words[LANG_JA]), 0, &words_schema, NULL},
    {"en", OUT_OBJECT, offsetof(struct advisory_out, v.words[LANG_EN]), 0, &words_schema, NULL},
    OF(credit[LANG_JA], "credit_ja", OUT_STR),
    OF(credit[LANG_EN], "credit_en", OUT_STR),
    OUT_ITEMS(struct advisory_out, translation, ntranslation, &translation_schema),
    OUT_ITEMS_AS(struct advisory_out, v.lanes, v.nlanes, "agreements", &agreement_schema),
    OF(asked, "asked", OUT_INSTANT_0),
    OF(asked_revision, "asked_revision", OUT_I64),
    OF(changed_since_asked, "changed_since_asked", OUT_BOOL),
    OF(planned, "planned", OUT_OPT_INSTANT),
    OF(released[LANG_JA], "released_ja", OUT_OPT_INSTANT),
    OF(released[LANG_EN], "released_en", OUT_OPT_INSTANT),
    OF(withdrawn, "withdrawn", OUT_OPT_INSTANT),
    OF(may_edit, "may_edit", OUT_BOOL),
    OF(may_ask, "may_ask", OUT_BOOL),
    OF(english_ready, "english_ready", OUT_BOOL),
};
OUT_SCHEMA(advisory_schema, "Advisory", struct advisory_out, advisory_fields);

/* --- reading -------------------------------------------------------------------------------------- */

static enum err show(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct advisory_out out = {0};
    struct translation_out *t = NEWS(cx->a, struct translation_out, SECTION_COUNT);
    TRY(advisory_view(cx, rq->id, &out.v));
    for (enum section s = 0; s < SECTION_COUNT; s++)
        t[s] = (struct translation_out){section_name(s), translation_word(out.v.translation[s])};
    out.translation = t;
    out.ntranslation = SECTION_COUNT;
    api_etag(cx, rq, an, out.v.rev);
    return api_send(cx, an, &advisory_schema, &out);
}

static enum err show_revision(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct advisory_words w;
    enum lang lang;
    i64 revision;
    if (!lang_find(rq->seg[1], &lang) || !str_i64(rq->seg[2], &revision))
        return E_NOT_FOUND;
    TRY(advisory_revision(cx, rq->id, lang, revision, &w));
    return api_send(cx, an, &words_schema, &w);
}

/* --- doing ---------------------------------------------------------------------------------------- */

/* Who has no right to the draft hears nothing of its revision. */
static enum err seen_rev(struct ctx *cx, struct request *rq, struct reply *an, i64 *rev)
{
    struct advisory v;
    TRY(advisory_view(cx, rq->id, &v));
    return api_if_match(cx, rq, an, rev);
}

static enum err save(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    TRY(seen_rev(cx, rq, an, &rev));
    TRY(api_edited(an, advisory_save(cx, rq->id, rev, &rq->in, &rev)));
    return show(cx, rq, an);
}

static enum err ask(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    TRY(seen_rev(cx, rq, an, &rev));
    TRY(api_edited(an, advisory_ask(cx, rq->id, rev)));
    return show(cx, rq, an);
}

static enum err update(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    TRY(seen_rev(cx, rq, an, &rev));
    TRY(api_edited(an, advisory_update(cx, rq->id, rev, &rq->in)));
    return show(cx, rq, an);
}

static enum err release_english(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    TRY(seen_rev(cx, rq, an, &rev));
    TRY(api_edited(an, advisory_release_english(cx, rq->id, rev)));
    return show(cx, rq, an);
}

static enum err withdraw(struct ctx *cx, struct request *rq, struct reply *an)
{
    i64 rev;
    TRY(seen_rev(cx, rq, an, &rev));
    TRY(api_edited(an, advisory_withdraw(cx, rq->id, rev, &rq->in)));
    return show(cx, rq, an);
}

/* --- those in hand -------------------------------------------------------------------------------- */

static const struct out_field line_fields[] = {
    OUT(struct advisory_line, case_id, OUT_STR),
    OUT(struct advisory_line, number, OUT_STR),
    OUT(struct advisory_line, title, OUT_STR),
    OUT(struct advisory_line, title_lang, OUT_STR),
    OUT(struct advisory_line, created, OUT_INSTANT),
    OUT(struct advisory_line, asked, OUT_OPT_INSTANT),
    OUT(struct advisory_line, planned, OUT_OPT_INSTANT),
    OUT(struct advisory_line, published, OUT_OPT_INSTANT)};
OUT_SCHEMA(line_schema, "AdvisoryLine", struct advisory_line, line_fields);

static enum err list_drafts(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct list_window w = {0};
    struct advisory_line *rows;
    opt_i64 published = {0};
    size_t n;
    str only = query_get(rq, "published");
    if (only.n > 0 && !str_eq(only, S("0")) && !str_eq(only, S("1")))
        return wrong(cx, S("published"), S("choice"));
    if (only.n > 0)
        published = SOME(only.p[0] == '1');
    TRY(api_window(cx, rq, &w.limit, &w.after));
    TRY(advisory_list(cx, published, &w, &rows, &n));
    return api_send_list(cx, an, &line_schema, rows, n, w.next, w.total);
}

/* clang-format off */
static const struct api_param list_params[] = {{"published", "1: only what is published; 0: only what is not"}};

#define ADVISORY_DOC(name, what, ...) static const struct api_doc name = {.tag = "advisories in hand", .summary = what, __VA_ARGS__}
ADVISORY_DOC(doc_show, "The text as you may see it, in both languages; state none: nothing was written yet", .out = &advisory_schema, .flags = API_ETAG);
ADVISORY_DOC(doc_revision, "One older revision in one language", .out = &words_schema);
ADVISORY_DOC(doc_save, "Write; what is not named stays. If-Match \"0\" where nothing was written yet", .rules = advisory_rules, .out = &advisory_schema, .flags = API_ETAG);
ADVISORY_DOC(doc_ask, "Ask the vendors to agree to the newest text", .out = &advisory_schema, .flags = API_ETAG);
ADVISORY_DOC(doc_update, "Publish the newest text anew, with a line on what changed", .in = advisory_update_rules, .nin = COUNT(advisory_update_rules), .out = &advisory_schema, .flags = API_ETAG);
ADVISORY_DOC(doc_english, "Publish the English version", .out = &advisory_schema, .flags = API_ETAG);
ADVISORY_DOC(doc_withdraw, "Withdraw, with a reason", .in = advisory_withdraw_rules, .nin = COUNT(advisory_withdraw_rules), .out = &advisory_schema, .flags = API_ETAG);
ADVISORY_DOC(doc_list, "The advisories that were begun, for the portal's own people", .out = &line_schema, .flags = API_LIST, .query = list_params, .nquery = COUNT(list_params));

static const struct route table[] = {
    {GET,  S_INIT("/api/v1/drafts"),                             NEED_PERSON, OF_NOTHING, 0, list_drafts, 0, 0, &doc_list},
    {GET,  S_INIT("/api/v1/cases/{}/advisory"),                  NEED_PERSON, OF_CASE, 0, show, 0, 0, &doc_show},
    {PUT,  S_INIT("/api/v1/cases/{}/advisory"),                  NEED_PERSON, OF_CASE, 0, save, 0, 1 << 20, &doc_save},
    {GET,  S_INIT("/api/v1/cases/{}/advisory/revisions/{}/{}"),  NEED_PERSON, OF_CASE, 0, show_revision, 0, 0, &doc_revision},
    {POST, S_INIT("/api/v1/cases/{}/advisory/ask"),              NEED_PERSON, OF_CASE, 0, ask, 0, 0, &doc_ask},
    {POST, S_INIT("/api/v1/cases/{}/advisory/update"),           NEED_PERSON, OF_CASE, 0, update, 0, 0, &doc_update},
    {POST, S_INIT("/api/v1/cases/{}/advisory/english"),          NEED_PERSON, OF_CASE, 0, release_english, 0, 0, &doc_english},
    {POST, S_INIT("/api/v1/cases/{}/advisory/withdraw"),         NEED_PERSON, OF_CASE, 0, withdraw, 0, 0, &doc_withdraw},
};
/* clang-format on */
const struct routes advisory_api_routes = {table, COUNT(table)};
