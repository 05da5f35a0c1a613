/* advisory_list.c - the advisories that were begun. */
#include "app/advisory_own.h"

_Static_assert(AUD_DRAFT == 13, "advisory_list in sql/query/ says so");

enum err advisory_list(struct ctx *cx, opt_i64 published, struct list_window *w,
                       struct advisory_line **out, size_t *n)
{
    struct list_page page = {.limit = w->limit, .after = w->after};
    struct q_advisory_list *rows;
    TRY(app_read(cx));
    TRY(q_advisory_list(cx->db, &page, &rows, n, .principals = cx->who.principals,
                        .published = published));
    TRY(q_advisory_list_count(cx->db, &w->total, .principals = cx->who.principals,
                              .published = published));
    w->next = page.next;
    str *ids = NEWS(cx->a, str, *n + 1), *titles = NEWS(cx->a, str, *n + 1);
    str *langs = NEWS(cx->a, str, *n + 1);
    *out = NEWS(cx->a, struct advisory_line, *n + 1);
    for (size_t i = 0; i < *n; i++)
        ids[i] = rows[i].case_id;
    TRY(titles_for(cx, ids, *n, titles, langs));
    for (size_t i = 0; i < *n; i++)
        (*out)[i] = (struct advisory_line){.case_id = rows[i].case_id,
                                           .number = rows[i].number,
                                           .title = titles[i],
                                           .title_lang = langs[i],
                                           .created = rows[i].created,
                                           .asked = rows[i].asked,
                                           .planned = rows[i].planned,
                                           .published = rows[i].published};
    return OK;
}
