/* case_texts.c - see case_texts.h. */
#include "app/case_texts.h"

#include "base/vec.h"

enum err case_texts_load(struct ctx *cx, const struct case_file *cf, const struct access *acc,
                         struct case_texts *out)
{
    struct q_texts_readable *rows;
    size_t n;
    *out = (struct case_texts){0};
    TRY(q_texts_readable(cx->db, &rows, &n, .case_id = cf->row.id,
                         .principals = cx->who.principals));
    out->v = NEWS(cx->a, struct text_line, n + 1);
    for (size_t i = 0; i < n; i++) {
        struct place p = {.audience = (enum audience)rows[i].audience,
                          .lane = rows[i].lane,
                          .step = rows[i].step,
                          .report_id = rows[i].report_id};
        str body = text_open(acc, &p, rows[i].body);
        if (body.p == NULL)
            continue;
        out->v[out->n++] = (struct text_line){.id = rows[i].id,
                                              .lane = rows[i].lane,
                                              .step = rows[i].step,
                                              .kind = rows[i].kind,
                                              .lang = rows[i].lang,
                                              .body = body,
                                              .act_id = rows[i].act_id,
                                              .report_id = rows[i].report_id,
                                              .person_id = rows[i].person_id,
                                              .dept_id = rows[i].dept_id,
                                              .from_id = rows[i].from_id,
                                              .audience = p.audience,
                                              .at = rows[i].at};
    }
    return OK;
}

const struct text_line *text_newest(const struct case_texts *t, str kind, str lane, str step)
{
    for (size_t i = t->n; i-- > 0;) {
        const struct text_line *x = &t->v[i];
        if (str_eq(x->kind, kind) && (lane.p == NULL || str_eq(x->lane, lane)) &&
            (step.p == NULL || str_eq(x->step, step)))
            return x;
    }
    return NULL;
}

const struct text_line *text_title(const struct case_texts *t, enum lang lang, bool exactly)
{
    const struct text_line *other = NULL;
    str want = lang == LANG_JA ? S("ja") : S("en");
    for (size_t i = t->n; i-- > 0;) {
        const struct text_line *x = &t->v[i];
        if (x->audience != AUD_TITLE || !str_eq(x->kind, S("title")))
            continue;
        if (str_eq(x->lang, want))
            return x;
        if (other == NULL)
            other = x;
    }
    return exactly ? NULL : other;
}

/* --- names -------------------------------------------------------------------------------------- */

void people_want(struct ctx *cx, struct people *p, str id)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->v[i].id, id))
            return;
    if (id.n > 0)
        *PUSH(cx->a, p) = (struct person_name){id, NO_STR};
}

enum err people_load(struct ctx *cx, struct people *p)
{
    struct q_person_names *rows;
    size_t n;
    str *ids = NEWS(cx->a, str, p->n + 1);
    if (p->n == 0)
        return OK;
    for (size_t i = 0; i < p->n; i++)
        ids[i] = p->v[i].id;
    TRY(q_person_names(cx->db, &rows, &n, .ids = {ids, p->n}));
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < p->n; k++)
            if (str_eq(p->v[k].id, rows[i].id))
                p->v[k].name = pick(cx, rows[i].name_ja, rows[i].name_en);
    return OK;
}

str people_name(const struct people *p, str id)
{
    for (size_t i = 0; i < p->n && id.n > 0; i++)
        if (str_eq(p->v[i].id, id))
            return p->v[i].name;
    return NO_STR;
}
