/* advisory_credit.c - who found it, as each of them chose. */
#include "app/advisory_own.h"

#include "formats/json.h"

struct bodies {
    str reception, coordinator;
};

static void find_bodies(const struct case_file *cf, enum lang lang, struct bodies *out)
{
    for (size_t i = 0; i < cf->nparties; i++) {
        const struct q_case_parties *p = &cf->parties[i];
        str name = lang == LANG_JA ? p->name_ja : p->name_en;
        if (str_eq(p->role, S("reception")))
            out->reception = name;
        if (str_eq(p->role, S("coordinator")))
            out->coordinator = name;
    }
}

static str first_of(str x, str y, str z)
{
    return x.n > 0 ? x : y.n > 0 ? y : z;
}

/* The name that may stand there, as it was given; absent: none. */
static enum err bare_name(struct ctx *cx, const struct q_report_get *r, enum lang lang, str *out)
{
    const struct json *id;
    struct json_error bad;
    *out = NO_STR;
    if (!r->publish_name)
        return OK;
    TRY(json_read(cx->a, text_open_inside(r->identity), &id, &bad));
    str ja = json_get_text(id, S("credit_ja")), en = json_get_text(id, S("credit_en"));
    str name = json_get_text(id, S("name"));
    str all = lang == LANG_JA ? first_of(ja, en, name) : first_of(en, ja, name);
    if (all.n > 0)
        *out = all;
    return OK;
}

static enum err credit_name(struct ctx *cx, const struct q_report_get *r, enum lang lang, str *out)
{
    TRY(bare_name(cx, r, lang, out));
    if (out->n > 0)
        *out = words_credit_name(cx->a, lang, .name = *out);
    return OK;
}

enum err advisory_credit_names(struct ctx *cx, const struct case_file *cf, enum lang lang,
                               struct strs *out)
{
    str *names = NEWS(cx->a, str, cf->nreports + 1);
    *out = (struct strs){names, 0};
    TRY(app_read(cx));
    for (size_t i = 0; i < cf->nreports; i++) {
        struct q_report_get r;
        str name;
        TRY(q_report_get(cx->db, &r, .id = cf->reports[i].id));
        TRY(bare_name(cx, &r, lang, &name));
        if (name.n > 0)
            names[out->n++] = name;
    }
    return OK;
}

static str joined(struct ctx *cx, enum lang lang, str first, str next)
{
    if (first.n == 0 || next.n == 0)
        return first.n > 0 ? first : next;
    return words_credit_and(cx->a, lang, .first = first, .next = next);
}

static enum err source_name(struct ctx *cx, const struct q_report_get *r, enum lang lang, str *out)
{
    struct q_dept_org d;
    *out = NO_STR;
    if (r->source_dept_id.n == 0)
        return OK;
    TRY(q_dept_org(cx->db, &d, .id = r->source_dept_id));
    *out = lang == LANG_JA ? d.org_ja : d.org_en;
    return OK;
}

static void add_sentence(buf *b, str sentence)
{
    if (b->n > 0)
        buf_put(b, S("\n\n"));
    buf_put(b, sentence);
}

enum err advisory_credit(struct ctx *cx, const struct case_file *cf, enum lang lang, str *out)
{
    struct bodies who = {S(""), S("")};
    str finders = NO_STR;
    bool reported = false;
    buf b = {.a = cx->a};
    find_bodies(cf, lang, &who);
    TRY(app_read(cx));
    for (size_t i = 0; i < cf->nreports; i++) {
        struct q_report_get r;
        str name, org;
        TRY(q_report_get(cx->db, &r, .id = cf->reports[i].id));
        TRY(credit_name(cx, &r, lang, &name));
        TRY(source_name(cx, &r, lang, &org));
        if (str_eq(r.kind, S("own")))
            add_sentence(&b, words_credit_own(cx->a, lang, .reception = who.reception,
                                              .coordinator = who.coordinator));
        else if (str_eq(r.source, S("overseas")) && name.n > 0)
            add_sentence(&b, words_credit_overseas_names(cx->a, lang, .org = org,
                                                         .coordinator = who.coordinator,
                                                         .names = name));
        else if (str_eq(r.source, S("overseas")))
            add_sentence(
                &b, words_credit_overseas(cx->a, lang, .org = org, .coordinator = who.coordinator));
        else {
            reported = true;
            finders = joined(cx, lang, finders, name);
        }
    }
    if (reported && finders.n > 0)
        add_sentence(&b, words_credit_finder(cx->a, lang, .reception = who.reception,
                                             .coordinator = who.coordinator, .names = finders));
    else if (reported)
        add_sentence(&b, words_credit_nobody(cx->a, lang, .reception = who.reception,
                                             .coordinator = who.coordinator));
    *out = buf_str(&b);
    return OK;
}
