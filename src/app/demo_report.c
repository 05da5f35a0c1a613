/* demo_report.c - the demo's reports come in, are accepted, refused, or handed to an operator. */
#include "app/demo_own.h"

#include "app/reports.h"

static void put(struct ctx *cx, struct input *in, const char *name, str value)
{
    if (value.n > 0)
        input_put(cx->a, in, str_z(name), value);
}

static str yes_no(const struct json *j, const char *key)
{
    bool yes = false;
    (void)json_bool(json_get(j, str_z(key)), &yes);
    return yes ? S("yes") : S("no");
}

/* "STARDOM FCN-500（基本ソフトウェア R4.31）" */
static str product_of(struct ctx *cx, const struct json *r)
{
    str product = json_get_text(r, S("product")), version = json_get_text(r, S("version"));
    if (version.n == 0)
        return product;
    return cx->lang == LANG_JA ? str_fmt(cx->a, "%.*s（%.*s）", SV(product), SV(version))
                               : str_fmt(cx->a, "%.*s (%.*s)", SV(product), SV(version));
}

/* Nobody else was told, in the words of the files. */
static bool told_nobody(str text)
{
    return str_has_prefix(text, S("知らせていません")) || str_has_prefix(text, S("None"));
}

static void put_person(struct ctx *cx, const struct json *r, struct input *in)
{
    const struct json *finder = json_get(r, S("finder")), *credit = json_get(r, S("credit"));
    const struct json *consents = json_get(r, S("consents"));
    str mail = json_get_text(finder, S("mail")), share = yes_no(consents, "share_with_vendor");
    if (json_get(consents, S("share_with_operator")) != NULL)
        share = yes_no(consents, "share_with_operator");
    put(cx, in, "name", json_get_text(finder, S("name")));
    put(cx, in, "email", mail.n > 0 ? mail : cx->who.email);
    put(cx, in, "tell_vendor", share);
    put(cx, in, "direct_contact", yes_no(consents, "direct_contact"));
    put(cx, in, "publish_name", yes_no(consents, "publish_name"));
    put(cx, in, "credit_ja", json_get_text(credit, S("ja")));
    put(cx, in, "credit_en", json_get_text(credit, S("en")));
}

static void put_content(struct ctx *cx, const struct json *r, struct input *in)
{
    static const struct {
        const char *field, *key;
    } fields[] = {{"maker", "maker"},
                  {"environment", "environment"},
                  {"steps", "steps"},
                  {"result", "result"},
                  {"reproducibility", "reproducibility"},
                  {"threat", "threat"},
                  {"workaround", "workaround"},
                  {"url", "url"},
                  {"weakness", "vulnerability"},
                  {"circumstances", "how_found"},
                  {"grounds", "grounds"},
                  {"site_contact", "contact"}};
    for (size_t i = 0; i < COUNT(fields); i++)
        put(cx, in, fields[i].field, json_get_text(r, str_z(fields[i].key)));
    str others = json_get_text(r, S("other_organisations"));
    put(cx, in, "told_others", told_nobody(others) ? S("no") : S("yes"));
    put(cx, in, "other_reports", told_nobody(others) ? NO_STR : others);
    put(cx, in, "personal_data", S("yes"));
}

/* What is left when a form of another kind asks less. */
static struct input only(struct ctx *cx, enum report_kind kind, const struct input *all)
{
    struct input out = {0};
    size_t n;
    const struct field_rule *rules = report_rules(kind, &n);
    for (size_t i = 0; i < all->n; i++)
        for (size_t k = 0; k < n; k++)
            if (str_eq(rules[k].name, all->v[i].name))
                *PUSH(cx->a, &out) = all->v[i];
    return out;
}

static enum report_kind kind_of(const struct json *r)
{
    str kind = json_get_text(r, S("kind"));
    return str_eq(kind, S("website")) ? REPORT_WEBSITE
           : str_eq(kind, S("own"))   ? REPORT_OWN
                                      : REPORT_PRODUCT;
}

/* A receipt and key that are printed for whoever tries the program. */
static enum err give_key(const struct demo_case *c, struct ctx *cx, const struct report_receipt *r)
{
    if (r->key.p == NULL)
        return OK;
    return q_demo_report_key(cx->db, .id = r->id, .receipt = demo_number(cx->a, c->j, DEMO_RECEIPT),
                             .key_hash = hash_of(cx->a, demo_key(cx->a, c->j)));
}

/* The case that a direct or overseas report began at once. */
static enum err find_case(struct demo_case *c, struct ctx *cx)
{
    struct q_report_get row;
    TRY(q_report_get(cx->db, &row, .id = c->report_id));
    if (row.case_id.p == NULL)
        return OK;
    c->case_id = str_copy(c->cx->a, row.case_id);
    return q_demo_case_number(cx->db, .id = c->case_id,
                              .number = demo_number(cx->a, c->j, DEMO_CASE));
}

static enum err submit(struct demo_case *c, struct ctx *cx)
{
    const struct json *r = json_get(c->j, S("report"));
    struct report_receipt receipt;
    struct input all = {0};
    str by = json_get_text(r, S("by"));
    TRY(demo_be(c, cx, by.n > 0 ? by : S("finder")));
    if (by.n == 0)
        cx->who = (struct user){0}; /* needs no account, and has none yet */
    put_person(cx, r, &all);
    put_content(cx, r, &all);
    put(cx, &all, "product", product_of(cx, r));
    put(cx, &all, "affected_versions", json_get_text(r, S("version")));
    str fix = json_get_text(json_get(json_get(c->j, S("advisory")), S("ja")), S("solution"));
    put(cx, &all, "countermeasure", fix);
    str confirmed = json_get_text(r, S("confirmed_on"));
    put(cx, &all, "found_on", demo_value(cx->a, c, confirmed));
    struct input in = only(cx, kind_of(r), &all);
    TRY(report_submit(cx, kind_of(r), json_get_text(r, S("to")), &in, &receipt));
    c->report_id = str_copy(c->cx->a, receipt.id);
    TRY(give_key(c, cx, &receipt));
    return find_case(c, cx);
}

enum err demo_report(struct demo_case *c)
{
    struct ctx *cx = demo_act(c, demo_at(c, json_get_text(c->j, S("reported"))));
    return demo_act_end(c, cx, submit(c, cx));
}

/* --- reception ------------------------------------------------------------------------------ */

static enum err accept(struct demo_case *c, struct ctx *cx, const struct json *act)
{
    const struct json *answers = json_get(act, S("answers"));
    struct q_report_get row;
    struct input in = {0};
    str case_id;
    if (answers == NULL)
        answers = act; /* a website report's stands by itself */
    TRY(demo_be(c, cx, json_get_text(act, S("by"))));
    TRY(q_report_get(cx->db, &row, .id = c->report_id));
    for (size_t i = 0; i < json_count(answers); i++)
        if (!str_eq(json_key(answers, i), S("at")) && !str_eq(json_key(answers, i), S("by")))
            input_put(cx->a, &in, json_key(answers, i), json_text(json_value(answers, i)));
    TRY(report_accept(cx, c->report_id, row.rev, &in, &case_id));
    if (case_id.p == NULL)
        return OK;
    c->case_id = str_copy(c->cx->a, case_id);
    if (c->handed_over)
        return OK;
    return q_demo_case_number(cx->db, .id = case_id, .number = demo_number(cx->a, c->j, DEMO_CASE));
}

enum err demo_accept(struct demo_case *c, const struct json *act)
{
    struct ctx *cx = demo_act(c, demo_at(c, json_get_text(act, S("at"))));
    return demo_act_end(c, cx, accept(c, cx, act));
}

static enum err refuse(struct demo_case *c, struct ctx *cx, const struct json *refused)
{
    struct q_report_get row;
    struct input in = {0};
    bool incident = str_eq(json_get_text(refused, S("ground")), S("vulnerability"));
    TRY(demo_be(c, cx, json_get_text(refused, S("by"))));
    TRY(q_report_get(cx->db, &row, .id = c->report_id));
    put(cx, &in, "disposition", incident ? S("refuse_incident") : S("refuse_scope"));
    put(cx, &in, "to_finder", json_get_text(refused, S("to_finder")));
    return report_refuse(cx, c->report_id, row.rev, &in);
}

static enum err notify(struct demo_case *c, struct ctx *cx, const struct json *notice)
{
    struct q_report_get row;
    struct q_org_by_slug site;
    struct input in = {0};
    TRY(demo_be(c, cx, json_get_text(notice, S("by"))));
    TRY(q_report_get(cx->db, &row, .id = c->report_id));
    TRY(q_org_by_slug(cx->db, &site, .slug = json_get_text(notice, S("to"))));
    put(cx, &in, "site", site.id);
    put(cx, &in, "details", json_get_text(notice, S("text")));
    return report_notify_site(cx, c->report_id, row.rev, &in);
}

static enum err answer(struct demo_case *c, struct ctx *cx, const struct json *said)
{
    struct input in = {0};
    TRY(demo_be(c, cx, json_get_text(said, S("by"))));
    put(cx, &in, "done", S("not_done"));
    put(cx, &in, "answer", json_get_text(said, S("text")));
    return report_site_answer(cx, c->report_id, &in);
}

static enum err ask_analyst(struct demo_case *c, struct ctx *cx, const struct json *asked)
{
    struct q_person_by_login p;
    struct input in = {0};
    TRY(demo_be(c, cx, json_get_text(asked, S("by"))));
    TRY(q_person_by_login(cx->db, &p, .login = json_get_text(asked, S("person"))));
    put(cx, &in, "person", p.id);
    return report_ask_analyst(cx, c->report_id, &in);
}

enum err demo_outcome(struct demo_case *c, str what, const struct json *said)
{
    static const struct {
        const char *key;
        enum err (*fn)(struct demo_case *c, struct ctx *cx, const struct json *j);
    } outcomes[] = {{"analyst", ask_analyst},
                    {"accepted", accept},
                    {"operator_notice", notify},
                    {"operator_answer", answer},
                    {"refused", refuse}};
    struct ctx *cx = demo_act(c, demo_at(c, json_get_text(said, S("at"))));
    enum err e = OK;
    for (size_t i = 0; i < COUNT(outcomes); i++)
        if (str_eq(what, str_z(outcomes[i].key)))
            e = outcomes[i].fn(c, cx, said);
    return demo_act_end(c, cx, e);
}
