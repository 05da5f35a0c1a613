/* texts.c - see texts.h. */
#include "app/texts.h"

#include "app/search_index.h"
#include "gen/sql.h"

enum err text_put(struct ctx *cx, const struct text_new *t, str *id)
{
    str own = new_id(cx);
    TRY(q_text_add(cx->db, .id = own, .case_id = t->case_id, .report_id = t->place.report_id,
                   .audience = t->place.audience, .lane = t->place.lane.p ? t->place.lane : S(""),
                   .step = t->place.step.p ? t->place.step : S(""), .act_id = t->act_id,
                   .kind = t->kind,
                   .lang = t->lang.n > 0         ? t->lang
                           : cx->lang == LANG_JA ? S("ja")
                                                 : S("en"),
                   .at = cx->now, .person_id = cx->who.person_id, .dept_id = t->dept_id,
                   .from_id = t->from_id, .body = text_seal(cx, t->body)));
    if (id != NULL)
        *id = own;
    struct search_doc doc = {own, S("text"), t->case_id, t->place, t->body};
    return search_index(cx, &doc);
}
