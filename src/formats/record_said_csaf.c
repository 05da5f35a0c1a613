/* record_said_csaf.c - what a CSAF document says, of 2.0, of 2.1, or in the shape that the MyJVN
 * API gives it. */
#include "formats/record_said_own.h"

#include "base/dict.h"
#include "formats/identifier.h"

enum { NONE = -1 };

/* A leaf of the tree; several may have one id, where versions are not told. */
struct leaf {
    struct said_product product;
    ptrdiff_t next; /* of the same id; NONE: no other */
};
struct tree {
    struct saying *s;
    struct dict ids, said; /* said: id and status */
    struct {
        VEC(ptrdiff_t)
    } first; /* by the number of the id */
    struct {
        VEC(struct leaf)
    } leaves;
};

static void add_leaf(struct tree *t, str id, struct said_product p)
{
    bool fresh;
    size_t number = dict_add(t->s->a, &t->ids, id, &fresh);
    if (fresh)
        *PUSH(t->s->a, &t->first) = NONE;
    p.untold = true;
    *PUSH(t->s->a, &t->leaves) = (struct leaf){p, t->first.v[number]};
    t->first.v[number] = (ptrdiff_t)t->leaves.n - 1;
}

/* --- products ----------------------------------------------------------------------------------- */

/* "vers:intdot/>=1.0|<2.4", "<V3.1" */
static str range_of(struct saying *s, str text)
{
    str rest = text, from = NO_STR, to = NO_STR;
    bool from_in = false, to_in = false;
    if (str_has_prefix(rest, S("vers:")))
        (void)str_cut(&rest, '/');
    if (str_eq(rest, S("*")))
        return rest;
    while (rest.n > 0) {
        str part = str_cut(&rest, '|');
        char c = part.n > 0 ? part.p[0] : ' ';
        bool in = part.n > 1 && part.p[1] == '=';
        str version = str_from(part, in ? 2 : 1);
        if (c == '>') {
            from = version;
            from_in = in;
        } else if (c == '<') {
            to = version;
            to_in = in;
        } else {
            return said_plain(s->a, text);
        }
    }
    return said_range(s->a, from, from_in, to, to_in);
}

static void take_branch(struct tree *t, const struct json *branch, struct said_product *p)
{
    str category = json_get_text(branch, S("category")),
        name = said_plain(t->s->a, json_get_text(branch, S("name")));
    if (str_eq(category, S("vendor")))
        p->vendor = name;
    else if (str_eq(category, S("product_name")))
        p->name = str_eq(name, said_plain(t->s->a, t->s->hints->unnamed)) ? S("") : name;
    else if (str_eq(category, S("product_version")))
        p->versions = name;
    else if (str_eq(category, S("product_version_range")))
        p->versions = range_of(t->s, name);
}

static void put_helper(struct saying *s, const struct json *product, const struct said_product *p)
{
    const struct json *h = json_get(product, S("product_identification_helper")),
                      *purls = json_get(h, S("purls"));
    str cpe = json_get_text(h, S("cpe"));
    if (s->format == SAID_MYJVN) /* of a product whose versions are not told */
        cpe = cpe_of_product(s->a, cpe);
    said_put_identifier(s, p, cpe);
    said_put_identifier(s, p, json_get_text(h, S("purl")));
    for (size_t i = 0; i < json_count(purls); i++)
        said_put_identifier(s, p, json_text(json_at(purls, i)));
}

/* Documents of others may be nested deep: no recursion, and no deeper than this. */
enum { DEEP = 32 };

static void walk_tree(struct tree *t, const struct json *top)
{
    struct level {
        const struct json *list;
        size_t at;
        struct said_product p;
    } levels[DEEP];
    int depth = 0;
    levels[0] = (struct level){.list = top,
                               .p = {.vendor = S(""),
                                     .name = S(""),
                                     .versions = S(""),
                                     .status = SAID_UNKNOWN,
                                     .untold = true}};
    while (depth >= 0) {
        struct level *l = &levels[depth];
        if (l->at >= json_count(l->list)) {
            depth--;
            continue;
        }
        const struct json *branch = json_at(l->list, l->at++),
                          *inner = json_get(branch, S("branches"));
        str id = json_get_text(json_get(branch, S("product")), S("product_id"));
        struct said_product p = l->p;
        take_branch(t, branch, &p);
        if (id.n > 0)
            add_leaf(t, id, p);
        put_helper(t->s, json_get(branch, S("product")), &p);
        if (json_is(inner, JSON_IS_ARRAY) && depth + 1 < DEEP)
            levels[++depth] = (struct level){.list = inner, .p = p};
    }
}

/* --- statuses ----------------------------------------------------------------------------------- */

static void put_status(struct tree *t, const struct json *ids, str word, str about)
{
    struct saying *s = t->s;
    for (size_t i = 0; i < json_count(ids); i++) {
        str id = json_text(json_at(ids, i));
        size_t number;
        bool fresh;
        if (!dict_find(&t->ids, id, &number))
            continue;
        (void)dict_add(s->a, &t->said,
                       str_fmt(s->a, "%.*s %.*s\n%.*s", SV(word), SV(id), SV(about)), &fresh);
        for (ptrdiff_t at = t->first.v[number]; fresh && at != NONE; at = t->leaves.v[at].next) {
            struct said_product p = t->leaves.v[at].product;
            p.status = said_status_of(word);
            p.untold = false;
            p.about = about;
            *PUSH(s->a, &s->out->products) = p;
        }
    }
}

static void put_statuses(struct tree *t, const struct json *vuln, str about)
{
    static const str words[] = {
        S_INIT("known_affected"),      S_INIT("fixed"),       S_INIT("known_not_affected"),
        S_INIT("under_investigation"), S_INIT("unknown"),     S_INIT("first_affected"),
        S_INIT("last_affected"),       S_INIT("first_fixed"), S_INIT("recommended")};
    const struct json *all = json_get(vuln, S("product_status"));
    for (size_t i = 0; i < COUNT(words); i++)
        put_status(t, json_get(all, words[i]), words[i], about);
}

/* --- vulnerabilities ---------------------------------------------------------------------------- */

static void put_scores(struct saying *s, str cve, const struct json *holder)
{
    static const str members[] = {S_INIT("cvss_v2"), S_INIT("cvss_v3"), S_INIT("cvss_v4")};
    for (size_t i = 0; i < COUNT(members); i++) {
        const struct json *c = json_get(holder, members[i]);
        said_put_score(s, (struct said_score){.about = cve,
                                              .vector = json_get_text(c, S("vectorString")),
                                              .score = json_number(json_get(c, S("baseScore"))),
                                              .severity = json_get_text(c, S("baseSeverity"))});
    }
}

static void put_weaknesses(struct saying *s, const struct json *v)
{
    const struct json *all = json_get(v, S("cwes"));
    said_put(s, SAID_CWES, json_get_text(json_get(v, S("cwe")), S("id")));
    for (size_t i = 0; i < json_count(all); i++)
        said_put(s, SAID_CWES, json_get_text(json_at(all, i), S("id")));
}

static bool is_stock(const struct said_hints *h, str text)
{
    for (size_t i = 0; i < h->stock.n; i++)
        if (str_eq(h->stock.v[i], text))
            return true;
    return false;
}

/* What to do is told of each vulnerability, and by vendors with the address of their pages. */
static void put_remedies(struct saying *s, const struct json *v)
{
    const struct json *all = json_get(v, S("remediations"));
    for (size_t i = 0; i < json_count(all); i++) {
        const struct json *r = json_at(all, i);
        bool none = str_eq(json_get_text(r, S("category")), S("none_available"));
        if (json_get(r, S("url")) == NULL && !none &&
            !is_stock(s->hints, json_get_text(r, S("details"))))
            said_put(s, SAID_SOLUTION, json_get_text(r, S("details")));
    }
}

static void put_vuln(struct tree *t, const struct json *v, size_t at)
{
    struct saying *s = t->s;
    str cve = json_get_text(v, S("cve"));
    const struct json *scores = json_get(v, S("scores")), *metrics = json_get(v, S("metrics"));
    said_put(s, SAID_CVES, cve);
    put_weaknesses(s, v);
    put_statuses(t, v,
                 s->format == SAID_MYJVN /* which tells of the whole */
                     ? S("")
                     : said_vuln_name(s->a, cve, json_get_text(v, S("title")), at));
    put_remedies(s, v);
    for (size_t i = 0; i < json_count(scores); i++)
        put_scores(s, cve, json_at(scores, i));
    for (size_t i = 0; i < json_count(metrics); i++)
        put_scores(s, cve, json_get(json_at(metrics, i), S("content")));
}

/* --- the document ------------------------------------------------------------------------------- */

static void put_tracking(struct saying *s, const struct json *tracking)
{
    const struct json *history = json_get(tracking, S("revision_history"));
    str id = json_get_text(tracking, S("id"));
    if (s->format == SAID_MYJVN)
        said_put(s, SAID_OTHER_ID, id);
    else
        said_put_number(s, id);
    said_put_time(s, SAID_PUBLISHED, json_get_text(tracking, S("initial_release_date")));
    said_put_time(s, SAID_UPDATED, json_get_text(tracking, S("current_release_date")));
    for (size_t i = 0; i < json_count(history); i++)
        said_put_change(s, json_get_text(json_at(history, i), S("date")),
                        json_get_text(json_at(history, i), S("summary")));
}

/* The overview; of a withdrawn one the reason, which stands first. */
static void put_notes(struct saying *s, const struct json *notes)
{
    bool api = s->format == SAID_MYJVN;
    for (size_t i = 0; i < json_count(notes); i++) {
        str category = json_get_text(json_at(notes, i), S("category"));
        bool reason = str_eq(category, S("description")) && s->out->withdrawn && i == 0;
        if (reason || str_eq(category, api ? S("description") : S("summary")))
            said_put(s, SAID_SUMMARY, json_get_text(json_at(notes, i), S("text")));
    }
}

static void put_references(struct saying *s, const struct json *all)
{
    for (size_t i = 0; i < json_count(all); i++) {
        const struct json *r = json_at(all, i);
        said_put_url(s, json_get_text(r, S("url")));
        if (str_eq(json_get_text(r, S("source")), s->hints->prefix))
            said_put(s, SAID_NUMBER, json_get_text(r, S("summary")));
    }
}

static void put_document(struct saying *s, const struct json *d)
{
    const struct json *thanks = json_get(d, S("acknowledgments"));
    said_put(s, SAID_TITLE, json_get_text(d, S("title")));
    put_tracking(s, json_get(d, S("tracking")));
    put_notes(s, json_get(d, S("notes")));
    put_references(s, json_get(d, S("references")));
    for (size_t i = 0; i < json_count(thanks); i++)
        said_put(s, SAID_CREDITS, json_get_text(json_at(thanks, i), S("summary")));
}

enum err said_read_csaf(struct saying *s, str bytes)
{
    const struct json *j;
    struct json_error bad;
    struct tree t = {.s = s};
    TRY(json_read(s->a, bytes, &j, &bad));
    if (!json_is(json_get(j, S("document")), JSON_IS_OBJECT))
        return E_INVALID;
    const struct json *vulns = json_get(j, S("vulnerabilities"));
    s->out->withdrawn = json_count(vulns) == 0 && json_get(j, S("product_tree")) == NULL;
    put_document(s, json_get(j, S("document")));
    walk_tree(&t, json_get(json_get(j, S("product_tree")), S("branches")));
    for (size_t i = 0; i < t.leaves.n; i++)
        *PUSH(s->a, &s->out->products) = t.leaves.v[i].product;
    for (size_t i = 0; i < json_count(vulns); i++)
        put_vuln(&t, json_at(vulns, i), i + 1);
    return OK;
}
