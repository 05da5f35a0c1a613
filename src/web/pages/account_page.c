/* account_page.c - see account_page.h. */
#include "web/pages/account_page.h"

#include "web/frame.h"
#include "web/request.h"

static url account_url(struct ctx *cx, const char *more)
{
    return lang_url(cx, str_to_z(cx->a, str_join(cx->a, S("/account"), str_z(more))));
}

static void crumbs_of(struct ctx *cx, str title, struct crumb out[2])
{
    out[0] = (struct crumb){word(cx->lang, W_nav_account), account_url(cx, "")};
    out[1] = (struct crumb){title, {NO_STR}};
}

/* --- what there is --------------------------------------------------------------------------------- */

static size_t fill_facts(struct ctx *cx, const struct person_view *p, struct fact_line *f)
{
    size_t n = 0;
    f[n++] = (struct fact_line){
        .label = word(cx->lang, W_field_name_ja), .value = p->name_ja, .lang = S("ja")};
    f[n++] = (struct fact_line){
        .label = word(cx->lang, W_field_name_en), .value = p->name_en, .lang = S("en")};
    f[n++] = (struct fact_line){.label = word(cx->lang, W_field_email),
                                .value = p->email.n ? p->email : S("–")};
    f[n++] = (struct fact_line){
        .label = word(cx->lang, W_field_lang),
        .value = word(str_eq(p->lang, S("en")) ? LANG_EN : LANG_JA, W_this_language)};
    f[n++] = (struct fact_line){.label = word(cx->lang, W_field_zone), .value = p->zone};
    f[n++] =
        (struct fact_line){.label = word(cx->lang, W_account_notices),
                           .value = word(cx->lang, p->muted         ? W_account_notices_off
                                                   : p->email.n > 0 ? W_account_notices_on
                                                                    : W_account_notices_nowhere)};
    return n;
}

static enum err fill_sessions(struct ctx *cx, const struct request *rq, struct account_view *v)
{
    struct session_line *rows;
    buf all = {.a = cx->a};
    TRY(session_list(cx, rq->session, &rows, &v->nsessions));
    struct session_row *l = NEWS(cx->a, struct session_row, v->nsessions + 1);
    for (size_t i = 0; i < v->nsessions; i++) {
        buf b = {.a = cx->a};
        buf_put(&b, csrf_field(cx, rq).s);
        buf_put(&b, hidden_field(cx, "session", rows[i].ref).s);
        l[i] = (struct session_row){rows[i].created, rows[i].seen, rows[i].here, {buf_str(&b)}};
    }
    v->sessions = l;
    buf_put(&all, csrf_field(cx, rq).s);
    buf_put(&all, hidden_field(cx, "session", S("others")).s);
    v->others = (struct act_view){.act = v->session_end,
                                  .button = word(cx->lang, W_sessions_end_others),
                                  .sees = S(""),
                                  .hidden = {buf_str(&all)}};
    return OK;
}

static enum err show_account(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct person_view p;
    struct fact_line facts[6];
    TRY(person_view(cx, cx->who.person_id, &p));
    struct account_view v = {.person = &p,
                             .name = pick(cx, p.name_ja, p.name_en),
                             .facts = facts,
                             .nfacts = fill_facts(cx, &p, facts),
                             .seats = seat_lines(cx, &p),
                             .tokens = {.act = account_url(cx, "/tokens/revoke")},
                             .edit = account_url(cx, "/edit"),
                             .password = account_url(cx, "/password"),
                             .token_new = account_url(cx, "/tokens/new"),
                             .certificate_new = account_url(cx, "/certificates/new"),
                             .session_end = account_url(cx, "/sessions/end")};
    TRY(fill_sessions(cx, rq, &v));
    TRY(tokens_fill(cx, rq, p.id, &v.tokens));
    an->title = word(cx->lang, W_nav_account);
    an->nav = S("account");
    tpl_account(&an->out, &v);
    return OK;
}

/* --- data -------------------------------------------------------------------------------------------- */

static struct form_part own_part(void)
{
    return (struct form_part){.title = S(""), .rules = own_rules, .n = OWN_RULES};
}

static enum err draw_edit(struct ctx *cx, struct request *rq, struct reply *an,
                          const struct input *typed)
{
    struct person_view p;
    struct crumb crumbs[2];
    struct input stands = {0};
    struct form_part part = own_part();
    TRY(person_view(cx, cx->who.person_id, &p));
    const str values[OWN_RULES] = {p.name_ja, p.name_en, p.email,
                                   p.lang,    p.zone,    p.muted ? S("yes") : S("no")};
    for (size_t i = 0; i < OWN_RULES; i++)
        input_put(cx->a, &stands, own_rules[i].name, values[i]);
    struct form_page f = {.title = word(cx->lang, W_account_edit),
                          .intro = S(""),
                          .button = word(cx->lang, W_manage_save),
                          .act = account_url(cx, "/edit"),
                          .cancel = account_url(cx, ""),
                          .parts = &part,
                          .nparts = 1,
                          .hidden = hidden_number(cx, "rev", p.rev),
                          .crumbs = crumbs,
                          .ncrumbs = 2,
                          .in = typed ? typed : &stands,
                          .now = an->status == HTTP_CONFLICT ? &stands : NULL};
    crumbs_of(cx, f.title, crumbs);
    an->nav = S("account");
    form_page(cx, rq, an, &f);
    return OK;
}

static enum err show_edit(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw_edit(cx, rq, an, NULL);
}

/* Afterwards the page speaks the language that was chosen. */
static enum err do_edit(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct form_part part = own_part();
    struct input in = form_typed(cx, rq, &part, 1);
    i64 rev;
    enum err e = input_i64(cx, rq, "rev", &rev);
    if (e == OK)
        e = own_edit(cx, rev, &in);
    if (form_again(an, e))
        return draw_edit(cx, rq, an, &in);
    TRY(e);
    cx->lang = str_eq(input_get(&in, S("lang")), S("en")) ? LANG_EN : LANG_JA;
    return redirect(cx, an, account_url(cx, ""), "saved");
}

/* --- password ---------------------------------------------------------------------------------------- */

/* Also for whoever signed in with a start password, and is nobody until it is changed. */
static enum err check_reader(const struct ctx *cx, bool *pending)
{
    *pending = cx->who.person_id.n == 0 && cx->who.pending_id.n > 0;
    return *pending || cx->who.person_id.n > 0 ? OK : E_NOT_FOUND;
}

static void draw_password(struct ctx *cx, struct request *rq, struct reply *an, bool pending)
{
    struct crumb crumbs[2];
    const struct form_part part = {.title = S(""), .rules = password_rules, .n = PASSWORD_RULES};
    struct form_page f = {.title = word(cx->lang, pending ? W_password_first : W_account_password),
                          .intro =
                              word(cx->lang, pending ? W_password_first_intro : W_password_intro),
                          .button = word(cx->lang, W_password_change),
                          .act = account_url(cx, "/password"),
                          .cancel = pending ? lang_url(cx, "/sign-in") : account_url(cx, ""),
                          .parts = &part,
                          .nparts = 1,
                          .hidden = {S("")},
                          .crumbs = crumbs,
                          .ncrumbs = pending ? 0 : 2,
                          .in = NULL};
    crumbs_of(cx, f.title, crumbs);
    an->nav = S("account");
    an->frame = pending ? FRAME_PUBLIC : FRAME_APP;
    form_page(cx, rq, an, &f);
}

static enum err show_password(struct ctx *cx, struct request *rq, struct reply *an)
{
    bool pending;
    if (check_reader(cx, &pending) != OK)
        return redirect(cx, an, lang_url(cx, "/sign-in"), "");
    draw_password(cx, rq, an, pending);
    return OK;
}

/* Wrong too often: the same page, saying for how long. */
static void too_often(struct ctx *cx, struct request *rq, struct reply *an, bool pending,
                      i64 retry_s)
{
    (void)wrong_limit(cx, S(""), S("too_often"), (retry_s + 59) / 60);
    http_put((struct http_request *)(uintptr_t)rq->http, an->rs, S("Retry-After"),
             str_fmt(cx->a, "%lld", (long long)retry_s));
    an->status = HTTP_TOO_MANY;
    draw_password(cx, rq, an, pending);
}

static enum err do_password(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct form_part part = {.rules = password_rules, .n = PASSWORD_RULES};
    struct input in = form_typed(cx, rq, &part, 1);
    bool pending;
    i64 retry_s;
    TRY(check_reader(cx, &pending));
    enum err e = own_password(cx, &in, rq->session, &retry_s);
    if (form_again(an, e)) {
        draw_password(cx, rq, an, pending);
        return OK;
    }
    if (e == E_BUSY && retry_s > 0) {
        too_often(cx, rq, an, pending, retry_s);
        return OK;
    }
    TRY(e);
    return redirect(cx, an, pending ? lang_url(cx, "/inbox") : account_url(cx, ""),
                    "password_changed");
}

/* --- tokens and sessions ------------------------------------------------------------------------------- */

/* The form by which a person lets a program in. */
struct door_form {
    const struct field_rule *rules;
    size_t n;
    enum word title, intro, button, sees;
    const char *act;
};
static const struct door_form token_form = {token_rules,  TOKEN_RULES,  W_token_new,  W_token_intro,
                                            W_token_make, W_token_sees, "/tokens/new"};
static const struct door_form certificate_form = {
    certificate_rules,  CERTIFICATE_RULES,  W_certificate_new,  W_certificate_intro,
    W_certificate_make, W_certificate_sees, "/certificates/new"};

static enum err draw_door(struct ctx *cx, const struct door_form *d, struct request *rq,
                          struct reply *an, const struct input *in)
{
    struct crumb crumbs[2];
    const struct form_part part = {.title = S(""), .rules = d->rules, .n = d->n};
    struct form_page f = {.title = word(cx->lang, d->title),
                          .intro = word(cx->lang, d->intro),
                          .button = word(cx->lang, d->button),
                          .sees = word(cx->lang, d->sees),
                          .act = account_url(cx, d->act),
                          .cancel = account_url(cx, "#tokens"),
                          .parts = &part,
                          .nparts = 1,
                          .hidden = {S("")},
                          .crumbs = crumbs,
                          .ncrumbs = 2,
                          .in = in};
    crumbs_of(cx, f.title, crumbs);
    an->nav = S("account");
    form_page(cx, rq, an, &f);
    return OK;
}

static enum err show_token(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw_door(cx, &token_form, rq, an, NULL);
}

static enum err do_token(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct form_part part = {.rules = token_rules, .n = TOKEN_RULES};
    struct input in = form_typed(cx, rq, &part, 1);
    struct token_made made;
    struct crumb crumbs[2];
    enum err e = token_make(cx, cx->who.person_id, &in, &made);
    if (form_again(an, e))
        return draw_door(cx, &token_form, rq, an, &in);
    TRY(e);
    const struct fact_line facts[] = {
        {.label = word(cx->lang, W_field_token_name),
         .value = str_trim(input_get(&in, S("token_name")))},
        {.label = word(cx->lang, W_token_secret), .value = made.secret},
        {.label = word(cx->lang, W_field_expires),
         .value = time_minute(cx->a, made.expires, cx->zone)}};
    struct secret_view v = {.title = word(cx->lang, W_token_made_title),
                            .said = word(cx->lang, W_token_made),
                            .warn = word(cx->lang, W_token_made_warn),
                            .facts = facts,
                            .nfacts = COUNT(facts),
                            .crumbs = crumbs,
                            .ncrumbs = 2,
                            .back = account_url(cx, "#tokens"),
                            .back_label = word(cx->lang, W_account_back)};
    crumbs_of(cx, v.title, crumbs);
    an->title = v.title;
    an->nav = S("account");
    an->no_other_lang = true;
    tpl_secret(&an->out, &v);
    return OK;
}

static enum err show_certificate(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw_door(cx, &certificate_form, rq, an, NULL);
}

static enum err do_certificate(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct form_part part = {.rules = certificate_rules, .n = CERTIFICATE_RULES};
    struct input in = form_typed(cx, rq, &part, 1);
    struct token_made made;
    enum err e = certificate_make(cx, cx->who.person_id, &in, &made);
    if (form_again(an, e))
        return draw_door(cx, &certificate_form, rq, an, &in);
    TRY(e);
    return redirect(cx, an, account_url(cx, "#tokens"), "certificate_made");
}

static enum err do_revoke(struct ctx *cx, struct request *rq, struct reply *an)
{
    enum err e = token_revoke(cx, cx->who.person_id, input_get(&rq->in, S("token")));
    if (e == E_NOT_FOUND) /* revoked before: a second click */
        return redirect(cx, an, account_url(cx, "#tokens"), "nothing_changed");
    TRY(e);
    return redirect(cx, an, account_url(cx, "#tokens"), "token_revoked");
}

static enum err do_session_end(struct ctx *cx, struct request *rq, struct reply *an)
{
    str ref = input_get(&rq->in, S("session"));
    enum err e =
        str_eq(ref, S("others")) ? session_end_others(cx, rq->session) : session_end_ref(cx, ref);
    if (e == E_NOT_FOUND) /* ended before: a second click */
        return redirect(cx, an, account_url(cx, "#sessions"), "nothing_changed");
    TRY(e);
    return redirect(cx, an, account_url(cx, "#sessions"), "session_ended");
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/account"),               NEED_PERSON, OF_NOTHING, 0, show_account,   0, 0, NULL},
    {GET,  S_INIT("/{lang}/account/edit"),          NEED_PERSON, OF_NOTHING, 0, show_edit,      0, 0, NULL},
    {POST, S_INIT("/{lang}/account/edit"),          NEED_PERSON, OF_NOTHING, 0, do_edit,        0, 16384, NULL},
    {GET,  S_INIT("/{lang}/account/password"),      NEED_NOBODY, OF_NOTHING, 0, show_password,  0, 0, NULL},
    {POST, S_INIT("/{lang}/account/password"),      NEED_NOBODY, OF_NOTHING, 0, do_password,    ROUTE_SLOW, 8192, NULL},
    {GET,  S_INIT("/{lang}/account/tokens/new"),    NEED_PERSON, OF_NOTHING, 0, show_token,     0, 0, NULL},
    {POST, S_INIT("/{lang}/account/tokens/new"),    NEED_PERSON, OF_NOTHING, 0, do_token,       0, 8192, NULL},
    {GET,  S_INIT("/{lang}/account/certificates/new"), NEED_PERSON, OF_NOTHING, 0, show_certificate, 0, 0, NULL},
    {POST, S_INIT("/{lang}/account/certificates/new"), NEED_PERSON, OF_NOTHING, 0, do_certificate, 0, 65536, NULL},
    {POST, S_INIT("/{lang}/account/tokens/revoke"), NEED_PERSON, OF_NOTHING, 0, do_revoke,      0, 8192, NULL},
    {POST, S_INIT("/{lang}/account/sessions/end"),  NEED_PERSON, OF_NOTHING, 0, do_session_end, 0, 8192, NULL},
};
/* clang-format on */
const struct routes account_routes = {table, COUNT(table)};
