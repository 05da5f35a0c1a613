/* answers.c - answers that were given, as people read them. */
#include "app/view_own.h"

#include "app/product_rows.h"
#include "app/tables.h"
#include "base/vec.h"
#include "formats/product_row.h"

static int words_at(const struct reader *r)
{
    return r->cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
}

static str option_label(const struct reader *r, const struct question *q, str value)
{
    for (size_t i = 0; i < q->noptions; i++)
        if (str_eq(q->options[i].value, value))
            return q->options[i].label[words_at(r)];
    return value;
}

static str kinds_text(const struct reader *r, int lane, str list)
{
    buf b = {.a = r->cx->a};
    enum actor kind;
    while (list.n > 0) {
        str name = str_cut(&list, ',');
        if (b.n > 0)
            buf_put(&b, r->cx->lang == LANG_JA ? S("、") : S(", "));
        buf_put(&b, actor_find(name, &kind) ? reader_actor_name(r, lane, kind) : name);
    }
    return buf_str(&b);
}

/* Organisations by name, as far as they are parties. */
static str vendors_text(const struct reader *r, str list)
{
    buf b = {.a = r->cx->a};
    while (list.n > 0) {
        str id = str_cut(&list, ',');
        for (size_t i = 0; i < r->cf->nparties; i++) {
            const struct q_case_parties *p = &r->cf->parties[i];
            if (!str_eq(p->org_id, id))
                continue;
            if (b.n > 0)
                buf_put(&b, r->cx->lang == LANG_JA ? S("、") : S(", "));
            buf_put(&b, pick(r->cx, p->name_ja, p->name_en));
            break;
        }
    }
    return buf_str(&b);
}

static void read_products(const struct reader *r, str text, struct answer_view *out)
{
    const struct json *rows;
    struct json_error bad;
    struct strs names;
    if (json_read(r->cx->a, text, &rows, &bad) != OK ||
        vuln_names(r->cx, r->cf->row.id, &names) != OK)
        return;
    rows = product_rows_in(r->cx->a, rows, r->cx->lang == LANG_JA);
    out->products = products_view(r->cx, rows, names, &out->nproducts);
    out->text = S("");
}

static void show_value(const struct reader *r, int lane, const struct question *q, str body,
                       struct answer_view *out)
{
    i64 at;
    out->text = body;
    switch (q->type) {
    case ASK_CHOICE: out->text = option_label(r, q, body); break;
    case ASK_CONFIRM: out->text = word(r->cx->lang, W_yes); break;
    case ASK_INSTANT:
        if (time_parse(body, zone_utc, &at))
            out->text = time_minute(r->cx->a, at, r->cx->zone);
        break;
    case ASK_DEPARTMENTS: out->text = kinds_text(r, lane, body); break;
    case ASK_VENDORS: out->text = vendors_text(r, body); break;
    case ASK_PRODUCTS: read_products(r, body, out); break;
    case ASK_TEXT:
        out->prose = true;
        out->markdown = q->audience == AUD_OVERVIEW || q->audience == AUD_DETAILS;
        break;
    case ASK_LINE:
    case ASK_VECTOR:
    case ASK_CWE:
    case ASK_URL:
    case QUESTION_TYPE_COUNT: break;
    }
}

static void put_answer(const struct reader *r, int lane, const struct question *q,
                       const struct text_line *x, struct answer_views *out)
{
    struct answer_view *a = PUSH(r->cx->a, out);
    *a = (struct answer_view){
        .field = q->field, .label = q->label[words_at(r)], .type = q->type, .lang = x->lang};
    show_value(r, lane, q, x->body, a);
}

void answers_of_act(const struct reader *r, const struct case_texts *t, str act_id, int lane,
                    int step, int hop, struct answer_views *out)
{
    const struct step *s = case_step(r->cf, step);
    for (size_t i = 0; i < s->nquestions; i++) {
        const struct question *q = &s->questions[i];
        for (size_t k = 0; k < t->n && q->hop == hop; k++)
            if (str_eq(t->v[k].act_id, act_id) && str_eq(t->v[k].kind, q->field))
                put_answer(r, lane, q, &t->v[k], out);
    }
}

static const struct text_line *newest_answer(const struct case_texts *t, const struct step *s,
                                             str lane, const struct question *q)
{
    for (size_t i = t->n; i-- > 0;) {
        const struct text_line *x = &t->v[i];
        if (x->act_id.p && str_eq(x->step, s->id) && str_eq(x->kind, q->field) &&
            x->audience == q->audience && (x->lane.n == 0 || str_eq(x->lane, lane)))
            return x;
    }
    return NULL;
}

void answers_of_step(const struct reader *r, const struct case_texts *t, int lane, int step,
                     struct answer_views *out, i64 *at)
{
    const struct step *s = case_step(r->cf, step);
    *at = 0;
    for (size_t i = 0; i < s->nquestions; i++) {
        const struct question *q = &s->questions[i];
        const struct text_line *x = newest_answer(t, s, r->cf->lanes[lane].id, q);
        if (x == NULL)
            continue;
        put_answer(r, lane, q, x, out);
        if (x->at > *at)
            *at = x->at;
    }
}

void answer_plain(const struct reader *r, const struct text_line *x, str label,
                  struct answer_views *out)
{
    *PUSH(r->cx->a, out) =
        (struct answer_view){.field = x->kind,
                             .label = label,
                             .type = ASK_TEXT,
                             .text = x->body,
                             .lang = x->lang,
                             .prose = true,
                             .markdown = x->audience == AUD_OVERVIEW || x->audience == AUD_DETAILS};
}
