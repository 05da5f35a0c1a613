/* portal_search.c - released advisories by words, newest first. */
#include "web/pages/portal_own.h"

#include "app/search.h"
#include "formats/markdown.h"
#include "web/field.h"
#include "web/mark.h"
#include "web/public.h"

enum { HITS = 20, EXCERPT = 240 };

/* How long the address is that follows a link's text: " (https://…)"; 0: none. */
static size_t address_at(str s)
{
    if (!str_has_prefix(s, S(" (https://")) && !str_has_prefix(s, S(" (http://")))
        return 0;
    ptrdiff_t end = str_find_char(s, ')');
    return end < 0 ? 0 : (size_t)end + 1;
}

/* One line without addresses, for an excerpt. */
static str one_line(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++) {
        i += address_at(str_from(s, i));
        if (i < s.n)
            buf_char(&b, s.p[i] == '\n' ? ' ' : s.p[i]);
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

/* The first section that has one of the terms. */
static enum err find_excerpt(struct ctx *cx, const struct portal_line *l, str q, html *out)
{
    struct portal_advisory *adv = NEW(cx->a, struct portal_advisory);
    bool other;
    *out = (html){S("")};
    TRY(portal_get(cx, cx->lang, l->number, adv, &other));
    for (enum section s = SECTION_OVERVIEW; s < SECTION_COUNT && out->s.n == 0; s++)
        *out =
            marked_excerpt(cx, one_line(cx->a, markdown_plain(cx->a, adv->section[s])), q, EXCERPT);
    return OK;
}

static enum err fill_hits(struct ctx *cx, const struct request *rq, struct portal_view *v)
{
    struct list_window w = {.limit = HITS, .after = query_get(rq, "after")};
    struct public_hits hits;
    TRY(search_public(cx, cx->lang, v->q, &w, &hits));
    struct portal_row *rows = NEWS(cx->a, struct portal_row, hits.n + 1);
    for (size_t i = 0; i < hits.n; i++) {
        const struct portal_line *l = &hits.v[i];
        rows[i] = portal_row(cx, l);
        rows[i].title = marked(cx, l->title, v->q);
        rows[i].vendors = marked(cx, l->vendors, v->q);
        TRY(find_excerpt(cx, l, v->q, &rows[i].excerpt));
    }
    v->rows = rows;
    v->nrows = hits.n;
    v->pager = pager_for(cx, rq, w.total, w.next);
    v->count = v->pager.count;
    if (hits.direct.n > 0) {
        v->direct_number = public_number(cx, hits.direct);
        v->direct = advisory_url(cx, cx->lang, hits.direct);
    }
    return OK;
}

enum err portal_search(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct portal_view v = {.search = lang_url(cx, "/advisories"), .count = S("")};
    struct page_head *h = public_head(cx, S("/advisories"), false, false);
    v.q = str_trim(query_get(rq, "q"));
    an->frame = FRAME_PUBLIC; /* not kept: there are as many as there are words */
    an->title = words_portal_hits(cx->a, cx->lang, .q = v.q);
    enum err e = fill_hits(cx, rq, &v);
    if (e != OK && e != E_INVALID)
        return e;
    if (e == E_INVALID)
        an->status = HTTP_UNPROCESSABLE;
    static const struct field_rule rule = {.name = S_INIT("q"), .type = FIELD_LINE};
    v.form.problems = form_problems(cx, &rule, 1);
    h->own_search = true;
    an->head = h;
    tpl_portal(&an->out, &v);
    return OK;
}
