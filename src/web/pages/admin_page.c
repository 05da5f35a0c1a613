/* admin_page.c - see admin_page.h. */
#include "web/pages/admin_page.h"

#include "app/settings.h"
#include "web/form.h"
#include "web/frame.h"
#include "web/pages/admin_log.h"

/* --- how it fares ------------------------------------------------------------------------------ */

static str instant_of(struct ctx *cx, opt_i64 at)
{
    return at.is ? time_minute(cx->a, at.v, cx->zone) : S("–");
}

static struct health_line database_line(struct ctx *cx, const struct health *h)
{
    bool good = h->schema == h->schema_wanted && !h->schema_foreign;
    i64 mib = (h->bytes + (1 << 20) - 1) >> 20;
    return (struct health_line){
        .label = word(cx->lang, W_health_database),
        .look = good ? LOOK_DONE : LOOK_NO,
        .state = word(cx->lang, good ? W_health_good : W_health_migrate),
        .detail = words_health_database_is(
            cx->a, cx->lang, .engine = h->postgres ? S("PostgreSQL") : S("SQLite"), .n_mib = mib,
            .n_have = h->schema, .n_want = h->schema_wanted, .n_generation = h->generation)};
}

static struct health_line outbox_line(struct ctx *cx, const struct health *h)
{
    bool late = h->oldest.is && cx->now - h->oldest.v > HOUR && h->due > 0;
    return (struct health_line){
        .label = word(cx->lang, W_health_outbox),
        .look = late             ? LOOK_LATE
                : h->waiting > 0 ? LOOK_OPEN
                                 : LOOK_DONE,
        .state = word(cx->lang, late             ? W_health_late
                                : h->waiting > 0 ? W_health_waiting
                                                 : W_health_good),
        .detail = words_health_outbox_is(cx->a, cx->lang, .n_waiting = h->waiting, .n_due = h->due,
                                         .oldest = instant_of(cx, h->oldest))};
}

static struct health_line failed_line(struct ctx *cx, const struct health *h)
{
    return (struct health_line){
        .label = word(cx->lang, W_health_failed),
        .look = h->given_up > 0 ? LOOK_NO : LOOK_DONE,
        .state = word(cx->lang, h->given_up > 0 ? W_health_some : W_health_none),
        .detail = words_health_failed_is(cx->a, cx->lang, .n = h->given_up, .n_again = h->failed)};
}

static struct health_line housekeeping_line(struct ctx *cx, const struct health *h)
{
    bool late = h->housekeeping.is && cx->now - h->housekeeping.v > HOUR;
    return (struct health_line){.label = word(cx->lang, W_health_housekeeping),
                                .look = !h->housekeeping.is ? LOOK_WAIT
                                        : late              ? LOOK_LATE
                                                            : LOOK_DONE,
                                .state = word(cx->lang, !h->housekeeping.is ? W_health_never
                                                        : late              ? W_health_late
                                                                            : W_health_good),
                                .detail = words_health_housekeeping_is(
                                    cx->a, cx->lang, .at = instant_of(cx, h->housekeeping))};
}

static enum err show_admin(struct ctx *cx, [[maybe_unused]] struct request *rq, struct reply *an)
{
    struct health h;
    TRY(health_view(cx, &h));
    const struct health_line lines[] = {
        {word(cx->lang, W_health_program), word(cx->lang, W_health_runs),
         S("Kakehashi " KAKEHASHI_VERSION), LOOK_DONE},
        database_line(cx, &h),
        outbox_line(cx, &h),
        failed_line(cx, &h),
        housekeeping_line(cx, &h),
    };
    struct admin_view v = {.lines = lines,
                           .n = COUNT(lines),
                           .parts = h.parts,
                           .nparts = h.nparts,
                           .orgs = lang_url(cx, "/organisations"),
                           .people = lang_url(cx, "/people"),
                           .settings = lang_url(cx, "/settings"),
                           .log = lang_url(cx, "/admin/history"),
                           .letters = lang_url(cx, "/admin/letters")};
    an->title = word(cx->lang, W_admin_title);
    an->nav = S("admin");
    tpl_admin(&an->out, &v);
    return OK;
}

static enum err show_log(struct ctx *cx, struct request *rq, struct reply *an)
{
    const struct crumb crumbs[] = {{word(cx->lang, W_admin_title), lang_url(cx, "/admin")},
                                   {word(cx->lang, W_admin_log_title), {NO_STR}}};
    struct admin_log_view v = {.title = word(cx->lang, W_admin_log_title),
                               .intro = word(cx->lang, W_admin_log),
                               .crumbs = crumbs,
                               .ncrumbs = COUNT(crumbs)};
    an->nav = S("admin");
    return admin_log(cx, rq, an, NO_STR, &v);
}

/* --- settings ------------------------------------------------------------------------------------ */

static const struct {
    enum word title;
    enum setting first, last;
} groups[] = {
    {W_settings_site, SET_SITE_NAME_JA, SET_VALIDATOR_ORIGINS},
    {W_settings_bodies, SET_RECEPTION_JA, SET_CONTACT},
    {W_settings_handling, SET_FINDER_INTERVAL, SET_RELEASE_APPROVAL},
    {W_settings_pages, SET_POLICY_URL_JA, SET_PRIVACY_URL_EN},
    {W_settings_security, SET_SECURITY_CONTACT, SET_SECURITY_THANKS},
    {W_settings_mail, SET_MAIL_FROM, SET_MAIL_FROM},
};

static struct form_part *setting_parts(struct ctx *cx)
{
    struct form_part *parts = NEWS(cx->a, struct form_part, COUNT(groups));
    for (size_t i = 0; i < COUNT(groups); i++)
        parts[i] = (struct form_part){.title = word(cx->lang, groups[i].title),
                                      .rules = &setting_rules[groups[i].first],
                                      .n = groups[i].last - groups[i].first + 1};
    return parts;
}

/* Each setting is shown as it works: where none is set, by its default. */
static str shown(const struct setting_line *l)
{
    return l->value.n > 0 ? l->value : l->fallback;
}

static void as_input(struct ctx *cx, const struct setting_line *now, struct input *in)
{
    for (size_t s = 0; s < SETTING_COUNT; s++)
        input_put(cx->a, in, setting_rules[s].name, shown(&now[s]));
}

static str beside(struct ctx *cx, const char *what, size_t s, const struct request *rq)
{
    return input_get(&rq->in, str_fmt(cx->a, "%s.%.*s", what, SV(setting_rules[s].name)));
}

/* What each was shown as, and its rev: what another changed meanwhile is not lost. */
static html hidden_stands(struct ctx *cx, const struct setting_line *now)
{
    buf b = {.a = cx->a};
    for (size_t s = 0; s < SETTING_COUNT; s++) {
        const char *name = str_to_z(cx->a, setting_rules[s].name);
        const char *rev = str_to_z(cx->a, str_fmt(cx->a, "rev.%s", name));
        const char *was = str_to_z(cx->a, str_fmt(cx->a, "was.%s", name));
        buf_put(&b, hidden_number(cx, rev, now[s].rev).s);
        buf_put(&b, hidden_field(cx, was, shown(&now[s])).s);
    }
    return (html){buf_str(&b)};
}

/* Whether a setting was changed on the page: an instant came back without its zone. */
static bool is_changed(struct ctx *cx, const struct request *rq, size_t s, str value)
{
    const struct field_rule *r = &setting_rules[s];
    str was = beside(cx, "was", s, rq);
    if (r->type == FIELD_INSTANT)
        return !str_eq(form_value_word(cx, r, value), form_value_word(cx, r, was));
    return !str_eq(value, was);
}

/* What was not touched stands as it does by now. */
static void mix(struct ctx *cx, const struct request *rq, const struct input *typed,
                const struct input *stands, struct input *out)
{
    for (size_t s = 0; s < SETTING_COUNT; s++) {
        str name = setting_rules[s].name, value = str_trim(input_get(typed, name));
        bool mine = value.p != NULL && is_changed(cx, rq, s, value);
        input_put(cx->a, out, name, mine ? value : input_get(stands, name));
    }
}

static enum err draw_settings(struct ctx *cx, struct request *rq, struct reply *an,
                              const struct input *typed)
{
    struct setting_line now[SETTING_COUNT];
    struct input stands = {0}, mixed = {0};
    const struct crumb crumbs[] = {{word(cx->lang, W_admin_title), lang_url(cx, "/admin")},
                                   {word(cx->lang, W_nav_settings), {NO_STR}}};
    TRY(setting_list(cx, now));
    as_input(cx, now, &stands);
    if (typed != NULL)
        mix(cx, rq, typed, &stands, &mixed);
    struct form_page p = {.title = word(cx->lang, W_nav_settings),
                          .intro = word(cx->lang, W_settings_intro),
                          .button = word(cx->lang, W_settings_save),
                          .act = lang_url(cx, "/settings"),
                          .cancel = lang_url(cx, "/admin"),
                          .parts = setting_parts(cx),
                          .nparts = COUNT(groups),
                          .hidden = hidden_stands(cx, now),
                          .crumbs = crumbs,
                          .ncrumbs = COUNT(crumbs),
                          .in = typed ? &mixed : &stands,
                          .now = an->status == HTTP_CONFLICT ? &stands : NULL};
    an->nav = S("settings");
    form_page(cx, rq, an, &p);
    return OK;
}

static enum err show_settings(struct ctx *cx, struct request *rq, struct reply *an)
{
    return draw_settings(cx, rq, an, NULL);
}

static enum err find_changes(struct ctx *cx, const struct request *rq, const struct input *typed,
                             struct setting_change *out, size_t *n)
{
    for (size_t s = 0; s < SETTING_COUNT; s++) {
        str value = str_trim(input_get(typed, setting_rules[s].name));
        i64 rev;
        if (value.p == NULL || !is_changed(cx, rq, s, value))
            continue;
        if (!str_i64(beside(cx, "rev", s, rq), &rev))
            return wrong(cx, setting_rules[s].name, S("other"));
        out[(*n)++] = (struct setting_change){(enum setting)s, rev, value};
    }
    return OK;
}

static enum err do_settings(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct setting_change changes[SETTING_COUNT];
    struct input typed = form_typed(cx, rq, setting_parts(cx), COUNT(groups));
    size_t n = 0;
    enum err e = find_changes(cx, rq, &typed, changes, &n);
    if (e == OK && n > 0)
        e = setting_put(cx, changes, n);
    if (form_again(an, e))
        return draw_settings(cx, rq, an, &typed);
    TRY(e);
    return redirect(cx, an, lang_url(cx, "/settings"), n > 0 ? "saved" : "nothing_changed");
}

/* clang-format off */
static const struct route table[] = {
    {GET,  S_INIT("/{lang}/admin"),              NEED_OPERATOR, OF_NOTHING, 0, show_admin,    0, 0, NULL},
    {GET,  S_INIT("/{lang}/admin/history"),      NEED_OPERATOR, OF_NOTHING, 0, show_log,      0, 0, NULL},
    {GET,  S_INIT("/{lang}/admin/history.csv"),  NEED_OPERATOR, OF_NOTHING, 0, show_log,      0, 0, NULL},
    {GET,  S_INIT("/{lang}/admin/history.json"), NEED_OPERATOR, OF_NOTHING, 0, show_log,      0, 0, NULL},
    {GET,  S_INIT("/{lang}/settings"),           NEED_OPERATOR, OF_NOTHING, 0, show_settings, 0, 0, NULL},
    {POST, S_INIT("/{lang}/settings"),           NEED_OPERATOR, OF_NOTHING, 0, do_settings,   0, 32768, NULL},
};
/* clang-format on */
const struct routes admin_routes = {table, COUNT(table)};
