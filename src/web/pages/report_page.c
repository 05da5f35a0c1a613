/* report_page.c - see report_page.h. */
#include "web/pages/report_page.h"

#include "app/reports.h"
#include "base/encode.h"
#include "formats/json.h"
#include "web/field.h"
#include "web/frame.h"
#include "web/request.h"

/* Which form this is. */
struct form {
    enum report_kind kind;
    const struct field_rule *rules;
    size_t n;
    str slug, vendor; /* of the vendor that gets it; absent: reception or coordinator */
    bool notify;      /* an overseas coordinator's */
    bool record;      /* came by other ways, and is entered for its sender */
    url act;
};

/* What a report asks that is entered for its sender: when it came comes first. */
static enum err find_record(struct ctx *cx, struct form *f)
{
    const struct field_rule *more;
    size_t n;
    TRY(report_record_rules(cx, f->kind, &more, &n));
    struct field_rule *rules = NEWS(cx->a, struct field_rule, n + f->n);
    for (size_t i = 0; i < n + f->n; i++)
        rules[i] = i < n ? more[i] : f->rules[i - n];
    f->rules = rules;
    f->n += n;
    f->record = true;
    return OK;
}

static enum err find_form(struct ctx *cx, const struct request *rq, struct form *f)
{
    *f = (struct form){.act = {rq->http->path}};
    if (rq->nseg == 0) {
        f->notify = true;
        if (user_seat(&cx->who, actor_name(ACTOR_OVERSEAS)) == NULL)
            return E_NOT_FOUND;
    } else if (str_find(rq->http->path, S("/report/to/")) == 3) {
        struct report_recipient to;
        TRY(report_recipient(cx, rq->seg[0], &to));
        f->slug = to.slug;
        f->vendor = to.name;
    } else if (!report_kind_find(rq->seg[0], &f->kind)) {
        return E_NOT_FOUND;
    }
    f->rules = report_rules(f->kind, &f->n);
    return str_find(rq->http->path, S("/report/for/")) == 3 ? find_record(cx, f) : OK;
}

/* --- words ------------------------------------------------------------------------------------- */

static str title_of(struct ctx *cx, const struct form *f)
{
    static const enum word titles[REPORT_KIND_COUNT] = {W_report_product_title,
                                                        W_report_website_title, W_report_own_title};
    if (f->notify)
        return word(cx->lang, W_report_notify_title);
    if (f->vendor.n > 0)
        return words_report_to_title(cx->a, cx->lang, .who = f->vendor);
    return word(cx->lang, titles[f->kind]);
}

/* Who will read it, and who will not: said before it is sent. */
static str sees_of(struct ctx *cx, const struct form *f)
{
    static const enum word sees[REPORT_KIND_COUNT] = {W_report_product_sees, W_report_website_sees,
                                                      W_report_own_sees};
    if (f->notify)
        return word(cx->lang, W_report_notify_sees);
    if (f->record)
        return word(cx->lang, W_record_sees);
    if (f->vendor.n > 0)
        return words_report_to_sees(cx->a, cx->lang, .who = f->vendor);
    return word(cx->lang, sees[f->kind]);
}

static str section_title(struct ctx *cx, const struct form *f, enum report_section s)
{
    static const enum word titles[REPORT_SECTIONS] = {
        [SECTION_WHO] = W_report_part_who,
        [SECTION_CONTENT] = W_report_part_content,
        [SECTION_CONSENT] = W_report_part_consent,
        [SECTION_OTHERS] = W_report_part_others,
    };
    if (s != SECTION_TARGET)
        return word(cx->lang, titles[s]);
    return word(cx->lang,
                f->kind == REPORT_WEBSITE ? W_report_part_website : W_report_part_product);
}

static const struct crumb *crumbs_of(struct ctx *cx, const struct form *f)
{
    struct crumb *c = NEWS(cx->a, struct crumb, 2);
    c[0] = f->notify || f->record
               ? (struct crumb){word(cx->lang, W_nav_reports), lang_url(cx, "/reports")}
               : (struct crumb){word(cx->lang, W_report_title), lang_url(cx, "/report")};
    c[1].label = title_of(cx, f);
    return c;
}

/* --- the form ---------------------------------------------------------------------------------- */

static bool is_filled(const struct request *rq, str name)
{
    return str_trim(input_get(&rq->in, name)).n > 0;
}

static enum report_section section_of_problem(str field)
{
    return str_eq(field, S("files")) ? SECTION_CONTENT : report_section_of(field);
}

/* What is wrong in a part, else what is missing, else that nothing is. */
static void set_state(struct ctx *cx, const struct request *rq, const struct form *f,
                      enum report_section s, struct report_part *p)
{
    i64 bad = 0, missing = 0;
    for (size_t i = 0; i < cx->problems.n; i++)
        bad += cx->problems.v[i].field.n > 0 && section_of_problem(cx->problems.v[i].field) == s;
    for (size_t i = 0; i < f->n; i++)
        missing += report_section_of(f->rules[i].name) == s && f->rules[i].required &&
                   !is_filled(rq, f->rules[i].name);
    p->look = bad ? LOOK_NO : missing ? LOOK_WAIT : LOOK_DONE;
    p->state = bad       ? words_report_part_bad(cx->a, cx->lang, .n = bad)
               : missing ? words_report_part_missing(cx->a, cx->lang, .n = missing)
                         : word(cx->lang, W_report_part_done);
}

static html part_fields(struct ctx *cx, const struct request *rq, const struct form *f,
                        enum report_section s)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < f->n; i++)
        if (report_section_of(f->rules[i].name) == s)
            buf_put(&b, form_field(cx, &f->rules[i], &rq->in).s);
    if (s == SECTION_CONTENT)
        buf_put(&b, files_field(cx, rq, "files").s);
    return (html){buf_str(&b)};
}

static str script_words(struct ctx *cx)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("missing"), word(cx->lang, WP_report_part_missing));
    json_put_member(&o, S("done"), word(cx->lang, W_report_part_done));
    json_put_end(&o);
    return buf_str(&b);
}

static void draw_form(struct ctx *cx, struct request *rq, struct reply *an, const struct form *f)
{
    struct report_part parts[REPORT_SECTIONS];
    for (enum report_section s = 0; s < REPORT_SECTIONS; s++) {
        parts[s] = (struct report_part){
            .id = str_fmt(cx->a, "p%d", (int)s + 1),
            .title = section_title(cx, f, s),
            .hint = s == SECTION_CONSENT ? word(cx->lang, W_report_consent_hint) : S(""),
            .fields = part_fields(cx, rq, f, s)};
        set_state(cx, rq, f, s, &parts[s]);
    }
    struct report_form_view v = {
        .title = title_of(cx, f),
        .intro = word(cx->lang, f->notify   ? W_report_notify_intro
                                : f->record ? W_record_form_intro
                                            : W_report_form_intro),
        .sees = sees_of(cx, f),
        .button = word(cx->lang, W_report_check),
        .problems = form_problems(cx, f->rules, f->n),
        .csrf = csrf_field(cx, rq),
        .hidden = {S("")},
        .act = f->act,
        .parts = parts,
        .nparts = REPORT_SECTIONS,
        .words = script_words(cx),
        .crumbs = crumbs_of(cx, f),
        .ncrumbs = 2,
    };
    an->title = v.title;
    an->nav = S("reports");
    tpl_report_form(&an->out, &v);
}

/* --- the check --------------------------------------------------------------------------------- */

/* A value as it was understood, in words. */
static str shown(struct ctx *cx, const struct field_rule *r, str text)
{
    static const struct field_choice both[] = {{.value = S_INIT("yes")}, {.value = S_INIT("no")}};
    struct field_rule named = *r;
    i64 at;
    if (r->type == FIELD_INSTANT && time_parse(text, cx->zone, &at))
        return time_minute(cx->a, at, cx->zone);
    if (r->type == FIELD_BOOL) {
        named.choices = both;
        named.nchoices = COUNT(both);
    }
    for (size_t i = 0; i < named.nchoices; i++)
        if (str_eq(named.choices[i].value, text)) {
            str label = choice_label(cx->a, &named, i, cx->lang);
            bool plain = r->type == FIELD_BOOL && str_eq(label, text);
            return plain ? word(cx->lang, i == 0 ? W_yes : W_no) : label;
        }
    return text;
}

static size_t fill_lines(struct ctx *cx, const struct request *rq, const struct form *f,
                         struct report_line_view *lines)
{
    size_t n = 0;
    for (enum report_section s = 0; s < REPORT_SECTIONS; s++) {
        bool first = true;
        for (size_t i = 0; i < f->n; i++) {
            const struct field_rule *r = &f->rules[i];
            str text = str_trim(input_get(&rq->in, r->name));
            if (report_section_of(r->name) != s || (text.n == 0 && !r->required))
                continue;
            lines[n++] =
                (struct report_line_view){.label = field_label(cx->a, r, cx->lang),
                                          .value = shown(cx, r, text),
                                          .section = first ? section_title(cx, f, s) : NO_STR};
            first = false;
        }
    }
    return n;
}

static void fill_key(struct ctx *cx, const struct openpgp_key *key, struct report_key_view *v)
{
    str *users = NEWS(cx->a, str, key->users.n + 1);
    if (key->version == 0)
        return;
    *v = (struct report_key_view){.is = true,
                                  .users = users,
                                  .fingerprint = key->self.fingerprint,
                                  .encrypts = openpgp_key_encrypts(key, cx->now)};
    for (size_t i = 0; i < key->users.n; i++)
        users[v->nusers++] = key->users.v[i].text;
}

/* All that was entered goes along, and a token that makes one report of two clicks. */
static html hidden_values(struct ctx *cx, const struct request *rq, const struct form *f, str token)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < f->n; i++) {
        str value = input_get(&rq->in, f->rules[i].name);
        if (value.n > 0)
            buf_put(&b, hidden_field(cx, str_to_z(cx->a, f->rules[i].name), value).s);
    }
    buf_put(&b, files_hidden(cx, rq).s);
    buf_put(&b, hidden_field(cx, "_once", token).s);
    return (html){buf_str(&b)};
}

static void draw_check(struct ctx *cx, struct request *rq, struct reply *an, const struct form *f,
                       const struct openpgp_key *key, const struct attachments *files)
{
    enum { TOKEN = 16 };
    str token = input_get(&rq->in, S("_once"));
    struct report_line_view *lines = NEWS(cx->a, struct report_line_view, f->n + 1);
    if (token.n == 0)
        token = base64url_encode(cx->a, random_str(&cx->app->random, cx->a, TOKEN));
    struct report_check_view v = {
        .title = words_report_check_title(cx->a, cx->lang, .what = title_of(cx, f)),
        .sees = sees_of(cx, f),
        .button = word(cx->lang, f->notify   ? W_report_notify_send
                                 : f->record ? W_record_send
                                             : W_report_send),
        .problems = form_problems(cx, NULL, 0),
        .csrf = csrf_field(cx, rq),
        .hidden = hidden_values(cx, rq, f, token),
        .act = f->act,
        .lines = lines,
        .nlines = fill_lines(cx, rq, f, lines),
        .files = file_lines(cx, files, NO_STR, S("")),
        .crumbs = crumbs_of(cx, f),
        .ncrumbs = 2,
    };
    fill_key(cx, key, &v.key);
    an->title = v.title;
    an->nav = S("reports");
    tpl_report_check(&an->out, &v);
}

/* --- sending ----------------------------------------------------------------------------------- */

/* The fields of the form and its files: what else a request holds is not the report. */
static struct input only_fields(struct ctx *cx, const struct request *rq, const struct form *f)
{
    struct input out = {0};
    for (size_t i = 0; i < rq->in.n; i++) {
        bool known = str_eq(rq->in.v[i].name, ATTACHED);
        for (size_t k = 0; k < f->n && !known; k++)
            known = str_eq(f->rules[k].name, rq->in.v[i].name);
        if (known)
            *PUSH(cx->a, &out) = rq->in.v[i];
    }
    return out;
}

static void draw_done(struct ctx *cx, struct reply *an, const struct form *f,
                      const struct report_receipt *r)
{
    struct report_done_view v = {
        .receipt = r->receipt,
        .key = r->key,
        .key_gone = r->key_gone,
        .again = r->again,
        .recipient = f->vendor.n ? f->vendor : word(cx->lang, W_report_reception),
        .until = report_told_by(cx),
        .record = f->record,
        .report = url_seg(cx->a, lang_url(cx, "/reports/").s, r->id, S("")),
        .track = url_query(cx->a, lang_url(cx, "/track"), S("receipt"), r->receipt),
    };
    an->title = word(cx->lang, f->record ? W_record_done_title : W_report_done_title);
    an->nav = S("reports");
    tpl_report_done(&an->out, &v);
}

static enum err check(struct ctx *cx, struct request *rq, struct reply *an, const struct form *f,
                      enum err kept)
{
    struct openpgp_key key;
    struct attachments files = {0};
    struct input in = only_fields(cx, rq, f);
    enum err e = f->record ? report_record_check(cx, f->kind, &in, &key)
                           : report_check(cx, f->kind, &in, &key);
    enum err found = attach_find(cx, S("files"), &in, &files);
    if (e == E_INVALID || found == E_INVALID || kept == E_INVALID) {
        an->status = HTTP_UNPROCESSABLE;
        draw_form(cx, rq, an, f);
        return OK;
    }
    TRY(e);
    TRY(found);
    draw_check(cx, rq, an, f, &key, &files);
    return OK;
}

/* Too often: the same page again, saying for how long; nothing is lost. */
static enum err too_often(struct ctx *cx, struct request *rq, struct reply *an,
                          const struct form *f, i64 retry_s)
{
    (void)wrong_limit(cx, S(""), S("reports_too_often"), (retry_s + 59) / 60);
    http_put((struct http_request *)(uintptr_t)rq->http, an->rs, S("Retry-After"),
             str_fmt(cx->a, "%lld", (long long)retry_s));
    TRY(check(cx, rq, an, f, OK));
    an->status = HTTP_TOO_MANY;
    return OK;
}

static enum err send(struct ctx *cx, struct request *rq, struct reply *an, const struct form *f)
{
    struct report_receipt r;
    struct input in = only_fields(cx, rq, f);
    i64 retry_s;
    enum err e = f->record ? OK : report_may_send(cx, rq->http->peer, &retry_s);
    if (e == E_BUSY && retry_s > 0)
        return too_often(cx, rq, an, f, retry_s);
    TRY(e);
    str once = input_get(&rq->in, S("_once"));
    e = f->record ? report_record(cx, f->kind, &in, once, &r)
                  : report_send(cx, f->kind, f->slug, &in, once, &r);
    if (e == E_INVALID) {
        an->status = HTTP_UNPROCESSABLE;
        draw_form(cx, rq, an, f);
        return OK;
    }
    TRY(e);
    if (!r.again && !f->record)
        TRY(report_was_sent(cx, rq->http->peer));
    if (r.key.n == 0 && !r.key_gone)
        return redirect(cx, an, url_seg(cx->a, lang_url(cx, "/reports/").s, r.id, S("")),
                        "report_sent");
    draw_done(cx, an, f, &r);
    return OK;
}

/* --- handlers ---------------------------------------------------------------------------------- */

static enum err show_choose(struct ctx *cx, [[maybe_unused]] struct request *rq, struct reply *an)
{
    const struct report_choice kinds[] = {
        {word(cx->lang, W_report_product), word(cx->lang, W_report_product_text),
         lang_url(cx, "/report/product")},
        {word(cx->lang, W_report_website), word(cx->lang, W_report_website_text),
         lang_url(cx, "/report/website")},
        {word(cx->lang, W_report_own), word(cx->lang, W_report_own_text),
         lang_url(cx, "/report/own")},
    };
    struct report_recipient *to;
    struct report_choose_view v = {
        .kinds = kinds, .nkinds = COUNT(kinds), .track = lang_url(cx, "/track")};
    TRY(report_recipients(cx, &to, &v.nvendors));
    struct report_choice *vendors = NEWS(cx->a, struct report_choice, v.nvendors + 1);
    for (size_t i = 0; i < v.nvendors; i++) {
        vendors[i].title = to[i].name;
        vendors[i].href = url_seg(cx->a, lang_url(cx, "/report/to/").s, to[i].slug, S(""));
    }
    v.vendors = vendors;
    an->title = word(cx->lang, W_report_title);
    tpl_report_choose(&an->out, &v);
    return OK;
}

/* The kinds that reception enters for others. */
static enum err show_record(struct ctx *cx, [[maybe_unused]] struct request *rq, struct reply *an)
{
    const struct report_choice kinds[] = {
        {word(cx->lang, W_report_product), word(cx->lang, W_report_product_text),
         lang_url(cx, "/report/for/product")},
        {word(cx->lang, W_report_website), word(cx->lang, W_report_website_text),
         lang_url(cx, "/report/for/website")},
        {word(cx->lang, W_report_own), word(cx->lang, W_record_own_text),
         lang_url(cx, "/report/for/own")},
    };
    if (!report_records(cx, REPORT_WEBSITE))
        return E_NOT_FOUND;
    struct report_choose_view v = {.kinds = kinds, .nkinds = COUNT(kinds), .record = true};
    an->title = word(cx->lang, W_record_title);
    an->nav = S("reports");
    tpl_report_choose(&an->out, &v);
    return OK;
}

static enum err show_form(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct form f;
    TRY(find_form(cx, rq, &f));
    if (cx->who.person_id.n > 0 && !f.record) {
        input_preset(cx, &rq->in, S("name"), cx->who.name[cx->lang]);
        input_preset(cx, &rq->in, S("email"), cx->who.email);
    }
    draw_form(cx, rq, an, &f);
    return OK;
}

static enum err take_form(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct form f;
    str what = input_get(&rq->in, S("do"));
    TRY(find_form(cx, rq, &f));
    enum err kept = files_take(cx, rq, "files");
    if (kept != OK && kept != E_INVALID)
        return kept;
    if (cx->problems.n > 0 && kept == OK)
        kept = E_INVALID; /* the body itself had something wrong */
    if (str_eq(what, S("back"))) {
        draw_form(cx, rq, an, &f);
        return OK;
    }
    if (str_eq(what, S("send")) && kept == OK)
        return send(cx, rq, an, &f);
    return check(cx, rq, an, &f, kept);
}

/* clang-format off */
enum { IN = ROUTE_UPLOAD | ROUTE_REPORTING };
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/report"),       NEED_NOBODY, OF_NOTHING, 0, show_choose, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/report/for"),    NEED_PERSON, OF_NOTHING, 0, show_record, 0, 0, NULL},
    {GET,  S_INIT("/{lang}/report/{}"),    NEED_NOBODY, OF_NOTHING, 0, show_form,   0, 0, NULL},
    {POST, S_INIT("/{lang}/report/{}"),    NEED_NOBODY, OF_NOTHING, 0, take_form,   IN, FILES_BODY_MAX, NULL},
    {GET,  S_INIT("/{lang}/report/to/{}"), NEED_NOBODY, OF_NOTHING, 0, show_form,   0, 0, NULL},
    {POST, S_INIT("/{lang}/report/to/{}"), NEED_NOBODY, OF_NOTHING, 0, take_form,   IN, FILES_BODY_MAX, NULL},
    {GET,  S_INIT("/{lang}/report/for/{}"), NEED_PERSON, OF_NOTHING, 0, show_form,   0, 0, NULL},
    {POST, S_INIT("/{lang}/report/for/{}"), NEED_PERSON, OF_NOTHING, 0, take_form,   ROUTE_UPLOAD, FILES_BODY_MAX, NULL},
    {GET,  S_INIT("/{lang}/notify"),       NEED_PERSON, OF_NOTHING, 0, show_form,   0, 0, NULL},
    {POST, S_INIT("/{lang}/notify"),       NEED_PERSON, OF_NOTHING, 0, take_form,   ROUTE_UPLOAD, FILES_BODY_MAX, NULL},
};
/* clang-format on */
const struct routes report_routes = {table, COUNT(table)};
