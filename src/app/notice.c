/* notice.c - see notice.h. */
#include "app/notice.h"
#include "app/case_file.h"

#include "formats/json.h"

static enum err put(struct ctx *cx, str kind, str whom_name, str whom, str number)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, whom_name, whom);
    json_put_member(&o, S("number"), number);
    json_put_end(&o);
    return q_outbox_add(cx->db, .id = new_id(cx), .kind = kind, .due = cx->now,
                        .content = text_seal(cx, buf_str(&b)));
}

enum err notice_task(struct ctx *cx, str principal, str case_number)
{
    return put(cx, S("task"), S("principal"), principal, case_number);
}

enum err notice_finder(struct ctx *cx, str report_id)
{
    return put(cx, S("finder"), S("report"), report_id, NO_STR);
}

enum err notice_date(struct ctx *cx, const struct case_file *cf, i64 planned)
{
    str told[2];
    (void)planned; /* a notice says that the date moved, never to when */
    if (case_principals(cf, 0, ACTOR_RECEPTION, told, 1) == 1)
        TRY(put(cx, S("date"), S("principal"), told[0], cf->row.number));
    for (int lane = 1; lane < (int)cf->nlanes; lane++)
        if (case_principals(cf, lane, ACTOR_POC, told, 1) == 1)
            TRY(put(cx, S("date"), S("principal"), told[0], cf->row.number));
    return OK;
}
