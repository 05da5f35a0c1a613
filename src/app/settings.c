/* settings.c - see settings.h. */
#include "app/settings.h"

#include "app/admin_own.h"
#include "app/boot.h"
#include "app/form_check.h"
#include "app/settings_cache.h"
#include "io/http_head.h"
#include "io/sign.h"

/* clang-format off */
static const struct field_choice editions[] = {
    {.value = S_INIT("guideline")}, {.value = S_INIT("seed1")}, {.value = S_INIT("seed2")}};

static const struct field_choice yes_no[] = {{.value = S_INIT("yes")}, {.value = S_INIT("no")}};

#define LINE(k, most) {.name = S_INIT(k), .type = FIELD_LINE, .max = most}
#define URL(k)  {.name = S_INIT(k), .type = FIELD_URL}

const struct field_rule setting_rules[SETTING_COUNT] = {
    [SET_SITE_NAME_JA] = LINE("site_name_ja", 60),
    [SET_SITE_NAME_EN] = LINE("site_name_en", 60),
    [SET_NUMBER_PREFIX] = LINE("number_prefix", 8),
    [SET_RECEPTION_JA] = LINE("reception_ja", 60),
    [SET_RECEPTION_EN] = LINE("reception_en", 60),
    [SET_COORDINATOR_JA] = LINE("coordinator_ja", 60),
    [SET_COORDINATOR_EN] = LINE("coordinator_en", 60),
    [SET_CONTACT] = LINE("public_contact", 200),
    [SET_FINDER_INTERVAL] = {.name = S_INIT("finder_interval"), .type = FIELD_NUMBER, .max = 365},
    [SET_ZONE] = {.name = S_INIT("site_zone"), .type = FIELD_ZONE},
    [SET_CLOCK_EDITION] = {.name = S_INIT("clock_edition"), .type = FIELD_CHOICE,
                           .choices = editions, .nchoices = COUNT(editions)},
    [SET_POLICY_URL_JA] = URL("policy_url_ja"),
    [SET_POLICY_URL_EN] = URL("policy_url_en"),
    [SET_PRIVACY_URL_JA] = URL("privacy_url_ja"),
    [SET_PRIVACY_URL_EN] = URL("privacy_url_en"),
    [SET_SECURITY_CONTACT] = LINE("security_contact", 200),
    [SET_SECURITY_EXPIRES] = {.name = S_INIT("security_expires"), .type = FIELD_INSTANT},
    [SET_SECURITY_POLICY] = URL("security_policy"),
    [SET_SECURITY_ENCRYPTION] = URL("security_encryption"),
    [SET_SECURITY_THANKS] = URL("security_thanks"),
    [SET_MAIL_FROM] = {.name = S_INIT("mail_from"), .type = FIELD_EMAIL},
    [SET_RELEASE_APPROVAL] = {.name = S_INIT("release_approval"), .type = FIELD_CHOICE,
                              .choices = yes_no, .nchoices = COUNT(yes_no)},
    [SET_VALIDATOR_ORIGINS] = LINE("validator_origins", 500),
};

static const str fallbacks[SETTING_COUNT] = {
    [SET_SITE_NAME_JA] = S_INIT("架け橋"),
    [SET_SITE_NAME_EN] = S_INIT("Kakehashi"),
    [SET_NUMBER_PREFIX] = S_INIT("KKH"),
    [SET_FINDER_INTERVAL] = S_INIT("30"),
    [SET_ZONE] = S_INIT("Asia/Tokyo"),
    [SET_CLOCK_EDITION] = S_INIT("guideline"),
    [SET_RELEASE_APPROVAL] = S_INIT("yes"),
};
/* clang-format on */

static str fallback_of(enum setting s)
{
    return fallbacks[s].p ? fallbacks[s] : S("");
}

bool setting_find(str key, enum setting *out)
{
    for (enum setting s = 0; s < SETTING_COUNT; s++)
        if (str_eq(setting_rules[s].name, key)) {
            *out = s;
            return true;
        }
    return false;
}

i64 setting_number(const struct settings *s, enum setting which)
{
    i64 n = 0;
    if (!str_i64(s->v[which], &n))
        (void)str_i64(fallback_of(which), &n);
    return n;
}

/* --- reading ------------------------------------------------------------------------------ */

/* How the bodies are called where nothing is set: by their own names. */
static enum err name_bodies(struct ctx *cx, struct settings *s)
{
    static const struct {
        str kind;
        enum setting ja, en;
    } bodies[] = {{S_INIT("reception"), SET_RECEPTION_JA, SET_RECEPTION_EN},
                  {S_INIT("coordinator"), SET_COORDINATOR_JA, SET_COORDINATOR_EN}};
    for (size_t i = 0; i < COUNT(bodies); i++) {
        struct q_org_first org;
        enum err e = q_org_first(cx->db, &org, .kind = bodies[i].kind);
        if (e == E_NOT_FOUND)
            continue;
        TRY(e);
        if (s->v[bodies[i].ja].n == 0)
            s->v[bodies[i].ja] = org.name_ja;
        if (s->v[bodies[i].en].n == 0)
            s->v[bodies[i].en] = org.name_en;
    }
    return OK;
}

static enum err read_all(struct ctx *cx, struct settings *out)
{
    struct q_settings *rows;
    size_t n;
    enum setting s;
    TRY(q_settings(cx->db, &rows, &n));
    for (s = 0; s < SETTING_COUNT; s++)
        out->v[s] = fallback_of(s);
    for (size_t i = 0; i < n; i++)
        if (rows[i].value.n > 0 && setting_find(rows[i].key, &s))
            out->v[s] = rows[i].value;
    return name_bodies(cx, out);
}

enum err settings_open(struct ctx *cx, const struct settings **out)
{
    struct settings *s = NEW(cx->a, struct settings);
    i64 generation;
    *out = cx->settings;
    if (cx->settings != NULL && !cx->writing)
        return OK;
    TRY(app_generation(cx, &generation));
    if (cx->writing || !settings_cached(cx->app->settings, cx->a, generation, s)) {
        TRY(read_all(cx, s));
        if (!cx->writing)
            settings_keep(cx->app->settings, generation, s);
    }
    *out = cx->settings = s;
    return OK;
}

enum err setting_list(struct ctx *cx, struct setting_line out[SETTING_COUNT])
{
    struct q_settings *rows;
    size_t n;
    enum setting s;
    if (!admin_is_operator(cx))
        return E_DENIED;
    TRY(app_read(cx));
    TRY(q_settings(cx->db, &rows, &n));
    for (s = 0; s < SETTING_COUNT; s++)
        out[s] = (struct setting_line){&setting_rules[s], S(""), fallback_of(s), 0};
    for (size_t i = 0; i < n; i++)
        if (setting_find(rows[i].key, &s)) {
            out[s].value = rows[i].value;
            out[s].rev = rows[i].rev;
        }
    return OK;
}

/* --- changing ----------------------------------------------------------------------------- */

static bool is_prefix(str s)
{
    bool good = true;
    for (size_t i = 0; i < s.n; i++)
        good = good && s.p[i] >= 'A' && s.p[i] <= 'Z';
    return good;
}

/* "https://editor.example.jp http://localhost:3000", or "*" */
static bool are_origins(str list)
{
    while (list.n > 0) {
        str one = str_cut(&list, ' ');
        size_t scheme = str_has_prefix(one, S("https://"))  ? 8
                        : str_has_prefix(one, S("http://")) ? 7
                                                            : 0;
        bool host = scheme > 0 && http_is_host(str_from(one, scheme));
        if (one.n > 0 && !host && !str_eq(one, S("*")))
            return false;
    }
    return true;
}

/* What is wrong with a value of that setting; absent: nothing. */
static str fault_of(const struct ctx *cx, enum setting s, const struct value *v)
{
    bool https = str_has_prefix(v->text, S("https://")) && is_http_url(v->text);
    bool mail = is_email(v->text);
    const struct {
        bool good;
        str code;
    } rules[SETTING_COUNT] = {
        [SET_NUMBER_PREFIX] = {is_prefix(v->text), S("prefix")},
        [SET_VALIDATOR_ORIGINS] = {are_origins(v->text), S("origins")},
        [SET_CONTACT] = {mail || is_http_url(v->text), S("contact")},
        [SET_SECURITY_CONTACT] = {mail || https, S("contact")},
        [SET_SECURITY_POLICY] = {https, S("https")},
        [SET_SECURITY_ENCRYPTION] = {https, S("https")},
        [SET_SECURITY_THANKS] = {https, S("https")},
        [SET_FINDER_INTERVAL] = {v->n > 0, S("number")},
        [SET_SECURITY_EXPIRES] = {v->n > cx->now, S("date_past")},
    };
    return rules[s].good ? NO_STR : rules[s].code;
}

static enum err check_more(struct ctx *cx, enum setting s, const struct value *v)
{
    str code = fault_of(cx, s, v);
    return code.n == 0 ? OK : wrong(cx, setting_rules[s].name, code);
}

/* The value as it is kept. */
static enum err check_value(struct ctx *cx, const struct setting_change *c, str *out)
{
    const struct field_rule *r = &setting_rules[c->which];
    struct input in = {0};
    struct value v;
    input_put(cx->a, &in, r->name, c->value);
    TRY(form_read(cx, r, 1, &in, &v));
    *out = S("");
    if (!v.is)
        return OK;
    TRY(check_more(cx, c->which, &v));
    *out = r->type == FIELD_INSTANT ? time_rfc3339(cx->a, v.n, zone_utc) : v.text;
    return OK;
}

struct put_call {
    const struct setting_change *changes;
    str *values;
    size_t n;
};

static enum err put(struct ctx *cx, void *arg)
{
    const struct put_call *c = arg;
    for (size_t i = 0; i < c->n; i++) {
        str key = setting_rules[c->changes[i].which].name;
        i64 rev = c->changes[i].rev;
        if (rev == 0)
            TRY(q_setting_add(cx->db, .key = key, .value = c->values[i]));
        else
            TRY(q_setting_put(cx->db, .key = key, .value = c->values[i], .rev = rev));
        TRY(admin_note(cx, NO_STR, "setting_put",
                       (struct note_pair[]){{"key", key},
                                            {"value", c->values[i].n ? c->values[i] : S("–")},
                                            {NULL, NO_STR}}));
    }
    return admin_public_moved(cx);
}

enum err setting_put(struct ctx *cx, const struct setting_change *changes, size_t n)
{
    struct put_call c = {changes, NEWS(cx->a, str, n + 1), n};
    enum err e = OK;
    if (!admin_is_operator(cx))
        return E_DENIED;
    for (size_t i = 0; i < n; i++) {
        enum err one = check_value(cx, &changes[i], &c.values[i]);
        e = e == OK ? one : e;
    }
    TRY(e);
    TRY(db_write(cx, put, &c));
    cx->settings = NULL;
    return OK;
}

/* --- security.txt ------------------------------------------------------------------------- */

static void put_field(buf *b, const char *name, str value)
{
    if (value.n > 0)
        buf_putf(b, "%s: %s%.*s\n", name, is_email(value) ? "mailto:" : "", SV(value));
}

/* The plain path first, then each version's own (CSAF 2.1, requirement 8 and "Transition"). */
static void put_csaf(const struct ctx *cx, buf *b)
{
    static const char *const versions[] = {"", "v2.0/", "v2.1/"};
    for (size_t i = 0; i < COUNT(versions) && cx->app->public_dir != NULL; i++)
        buf_putf(b, "CSAF: %.*s/.well-known/csaf/%sprovider-metadata.json\n",
                 SV(cx->app->public_url), versions[i]);
}

/* By the key that signs what is published, where there is one. */
static enum err sign_text(struct ctx *cx, str *text)
{
    struct sign_text plain = {*text, cx->now};
    if (cx->app->effects == NULL)
        return OK;
    enum err e = sign_many(cx->app->effects, cx->a, &cx->fault, SIGN_CLEAR, &plain, 1, text);
    return e == E_NOT_FOUND ? OK : e;
}

enum err security_txt(struct ctx *cx, str *out)
{
    const struct settings *s;
    buf b = {.a = cx->a};
    i64 expires;
    TRY(settings_open(cx, &s));
    if (s->v[SET_SECURITY_CONTACT].n == 0)
        return E_NOT_FOUND;
    if (!time_parse(s->v[SET_SECURITY_EXPIRES], zone_utc, &expires))
        expires = time_add_days(time_day_start(cx->now, zone_utc), 180, zone_utc);
    put_field(&b, "Contact", s->v[SET_SECURITY_CONTACT]);
    put_field(&b, "Expires", time_rfc3339(cx->a, expires, zone_utc));
    put_field(&b, "Encryption", s->v[SET_SECURITY_ENCRYPTION]);
    put_field(&b, "Acknowledgments", s->v[SET_SECURITY_THANKS]);
    put_field(&b, "Preferred-Languages", S("ja, en"));
    if (str_has_prefix(cx->app->public_url, S("https://"))) {
        buf_putf(&b, "Canonical: %.*s/.well-known/security.txt\n", SV(cx->app->public_url));
        put_csaf(cx, &b);
    }
    put_field(&b, "Policy", s->v[SET_SECURITY_POLICY]);
    *out = buf_str(&b);
    return sign_text(cx, out);
}
