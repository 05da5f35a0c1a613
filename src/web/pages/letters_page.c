/* letters_page.c - see letters_page.h. */
#include "web/pages/letters_page.h"

#include "app/outbox.h"
#include "web/form.h"
#include "web/frame.h"

/* A mail is a mail; else what was to be done. */
static str kind_word(const struct ctx *cx, str kind)
{
    if (str_eq(kind, S("mail")))
        return word(cx->lang, W_letters_mail);
    return word(cx->lang, str_eq(kind, S("settle")) ? W_letters_settle : W_letters_notice);
}

static str whom_word(struct ctx *cx, const struct outbox_letter *l)
{
    if (!str_eq(l->kind, S("mail")))
        return S("–");
    if (l->login.n == 0)
        return word(cx->lang, W_letters_finder);
    str org = pick(cx, l->org_ja, l->org_en);
    return org.n ? str_fmt(cx->a, "%.*s (%.*s)", SV(org), SV(l->login)) : l->login;
}

static enum err show_letters(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct outbox_letter *all;
    struct letters_view v = {.csrf = csrf_field(cx, rq), .admin = lang_url(cx, "/admin")};
    TRY(form_hide(outbox_letters(cx, &all, &v.n)));
    struct letter_line *lines = NEWS(cx->a, struct letter_line, v.n + 1);
    for (size_t i = 0; i < v.n; i++)
        lines[i] = (struct letter_line){
            .kind = kind_word(cx, all[i].kind),
            .whom = whom_word(cx, &all[i]),
            .why = all[i].why,
            .at = all[i].at,
            .tries = all[i].tries,
            .again = {str_fmt(cx->a, "%.*s/%.*s", SV(lang_url(cx, "/admin/letters").s),
                              SV(all[i].id))},
        };
    v.lines = lines;
    an->title = word(cx->lang, W_letters_title);
    an->nav = S("admin");
    tpl_letters(&an->out, &v);
    return OK;
}

static enum err send_again(struct ctx *cx, struct request *rq, struct reply *an)
{
    TRY(form_hide(outbox_again(cx, rq->seg[0])));
    return redirect(cx, an, lang_url(cx, "/admin/letters"), "letter_again");
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/admin/letters"),    NEED_OPERATOR, OF_NOTHING, 0, show_letters, 0, 0, NULL},
    {POST, S_INIT("/{lang}/admin/letters/{}"), NEED_OPERATOR, OF_NOTHING, 0, send_again,   0, 8192, NULL},
};
/* clang-format on */
const struct routes letters_routes = {table, COUNT(table)};
