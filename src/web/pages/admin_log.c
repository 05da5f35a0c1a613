/* admin_log.c - see admin_log.h. */
#include "web/pages/admin_log.h"

#include "store/db.h"
#include "web/form.h"
#include "web/list_out.h"

enum { ON_A_PAGE = 50 };

static enum err write_log(struct ctx *cx, struct reply *an, enum list_format f, str org_id,
                          struct list_window *w)
{
    static const char *const columns[] = {"at", "who", "what", NULL};
    struct admin_line *lines;
    struct list_out l;
    size_t n;
    TRY(form_hide(admin_history(cx, org_id, w, &lines, &n)));
    list_begin(&l, cx, an, f, "history", columns);
    for (size_t i = 0; i < n; i++) {
        list_instant(&l, SOME(lines[i].at));
        list_text(&l, lines[i].who);
        list_text(&l, lines[i].sentence);
    }
    list_end(&l, w->next, w->total);
    return OK;
}

enum err admin_log(struct ctx *cx, struct request *rq, struct reply *an, str org_id,
                   struct admin_log_view *v)
{
    enum list_format f = list_format_of(rq);
    struct list_window w = {.limit = f == LIST_HTML ? ON_A_PAGE : DB_LIST_MAX,
                            .after = query_get(rq, "after")};
    struct admin_line *lines;
    if (f != LIST_HTML)
        return write_log(cx, an, f, org_id, &w);
    TRY(form_hide(admin_history(cx, org_id, &w, &lines, &v->n)));
    v->lines = lines;
    v->pager = pager_for(cx, rq, w.total, w.next);
    v->csv = query_suffix(cx, rq, "csv");
    v->json = query_suffix(cx, rq, "json");
    an->title = v->title;
    tpl_admin_log(&an->out, v);
    return OK;
}
