/* auth.c - see auth.h; throttles and passwords are in auth_password.c. */
#include "app/auth.h"

#include "app/reports.h"
#include "base/encode.h"
#include "gen/sql.h"

#include <sodium.h>

enum { TOKEN_BYTES = 32 };
#define IDLE_FINDER (30 * MINUTE)
#define WINDOW (15 * MINUTE)

/* --- who -------------------------------------------------------------------------------------- */

static void add_seats(struct ctx *cx, const struct q_memberships *m, size_t n)
{
    struct seat *seats = NEWS(cx->a, struct seat, n + 1);
    str *kinds = NEWS(cx->a, str, n + 1), *principals = NEWS(cx->a, str, n + 2);
    size_t nseats = 0;
    for (size_t i = 0; i < n; i++) {
        struct seat *s = nseats ? &seats[nseats - 1] : NULL;
        if (s == NULL || !str_eq(s->dept_id, m[i].dept_id)) {
            s = &seats[nseats++];
            *s = (struct seat){.dept_id = m[i].dept_id,
                               .org_id = m[i].org_id,
                               .org_kind = m[i].org_kind,
                               .dept_name = {[LANG_JA] = m[i].dept_ja, [LANG_EN] = m[i].dept_en},
                               .org_name = {[LANG_JA] = m[i].org_ja, [LANG_EN] = m[i].org_en},
                               .lead = str_eq(m[i].role, S("lead")),
                               .kinds = {&kinds[i], 0}};
        }
        kinds[i] = m[i].kind;
        s->kinds.n += m[i].kind.p != NULL;
    }
    for (size_t i = 0; i < nseats; i++)
        principals[i] = seats[i].dept_id;
    principals[nseats] = cx->who.person_id;
    cx->who.seats = seats;
    cx->who.nseats = nseats;
    cx->who.principals = (struct strs){principals, nseats + 1};
}

enum err user_load(struct ctx *cx, str person_id)
{
    struct q_person_get p;
    struct q_memberships *m;
    size_t n;
    TRY(app_read(cx));
    TRY(q_person_get(cx->db, &p, .id = person_id));
    if (p.disabled.is)
        return E_NOT_FOUND;
    cx->lang = str_eq(p.lang, S("en")) ? LANG_EN : LANG_JA;
    cx->zone = zone_find(p.zone) ? zone_find(p.zone) : zone_tokyo;
    cx->who = (struct user){.pending_id = p.id};
    if (p.must_change)
        return OK;
    TRY(q_memberships(cx->db, &m, &n, .person_id = person_id, .now = cx->now));
    cx->who = (struct user){.person_id = p.id,
                            .login = p.login,
                            .name = {[LANG_JA] = p.name_ja, [LANG_EN] = p.name_en},
                            .email = p.email,
                            .is_operator = p.is_operator,
                            .is_auditor = p.is_auditor};
    add_seats(cx, m, n);
    return OK;
}

void user_finder(struct ctx *cx, str report_id)
{
    str *principals = NEWS(cx->a, str, 1);
    principals[0] = report_id;
    cx->who = (struct user){.report_id = report_id, .principals = {principals, 1}};
}

/* --- sessions ----------------------------------------------------------------------------------- */

struct new_session {
    str hash, person_id, report_id;
};

static enum err add_session(struct ctx *cx, void *arg)
{
    const struct new_session *s = arg;
    return q_session_add(cx->db, .token_hash = s->hash, .person_id = s->person_id,
                         .report_id = s->report_id, .created = cx->now);
}

static enum err make_session(struct ctx *cx, str person_id, str report_id, str *token)
{
    *token = base64url_encode(cx->a, random_str(&cx->app->random, cx->a, TOKEN_BYTES));
    struct new_session s = {hash_of(cx->a, *token), person_id, report_id};
    return db_write(cx, add_session, &s);
}

enum err session_for_report(struct ctx *cx, str report_id, str *token)
{
    return make_session(cx, NO_STR, report_id, token);
}

static enum err touch_session(struct ctx *cx, void *arg)
{
    return q_session_seen(cx->db, .token_hash = *(str *)arg, .seen = cx->now);
}

enum err session_open(struct ctx *cx, str token)
{
    struct q_session_get s;
    if (token.n == 0 || token.n > 100)
        return E_NOT_FOUND;
    str hash = hash_of(cx->a, token);
    TRY(app_read(cx));
    TRY(q_session_get(cx->db, &s, .token_hash = hash));
    i64 idle = s.report_id.p ? IDLE_FINDER : SESSION_IDLE;
    if (cx->now - s.seen > idle || cx->now - s.created > SESSION_MOST)
        return E_NOT_FOUND;
    if (s.report_id.p != NULL)
        user_finder(cx, s.report_id);
    else
        TRY(user_load(cx, s.person_id));
    return cx->now - s.seen > MINUTE ? db_write(cx, touch_session, &hash) : OK;
}

static enum err drop_session(struct ctx *cx, void *arg)
{
    return q_session_end(cx->db, .token_hash = *(str *)arg);
}

enum err session_end(struct ctx *cx, str token)
{
    str hash = hash_of(cx->a, token);
    return db_write(cx, drop_session, &hash);
}

struct used {
    str id;
};

static enum err mark_used(struct ctx *cx, void *arg)
{
    return q_token_used(cx->db, .id = ((struct used *)arg)->id, .used = cx->now);
}

static enum err open_by(struct ctx *cx, str hash)
{
    struct q_token_get t;
    TRY(app_read(cx));
    TRY(q_token_get(cx->db, &t, .token_hash = hash, .now = cx->now));
    TRY(user_load(cx, t.person_id));
    if (cx->who.pending_id.n > 0)
        return E_NOT_FOUND;
    if (t.used.is && cx->now - t.used.v < HOUR)
        return OK;
    struct used u = {t.id};
    return db_write(cx, mark_used, &u);
}

enum err token_open(struct ctx *cx, str token)
{
    if (!str_has_prefix(token, S("kkh_")) || token.n > 200)
        return E_NOT_FOUND;
    return open_by(cx, hash_of(cx->a, token));
}

str certificate_hash(struct arena *a, str fingerprint)
{
    return hash_of(a, str_join(a, S("certificate "), fingerprint));
}

enum err certificate_open(struct ctx *cx, str fingerprint)
{
    return open_by(cx, certificate_hash(cx->a, fingerprint));
}

str csrf_of(struct arena *a, str token)
{
    unsigned char *out = NEWS(a, unsigned char, 32);
    static const unsigned char what[] = "csrf";
    must(crypto_generichash(out, 32, what, sizeof what - 1, (const unsigned char *)token.p,
                            token.n < 64 ? token.n : 64) == 0);
    return base64url_encode(a, (str){(char *)out, 32});
}

static enum err sweep(struct ctx *cx, [[maybe_unused]] void *arg)
{
    TRY(q_session_sweep(cx->db, .seen_before = cx->now - SESSION_IDLE,
                        .created_before = cx->now - SESSION_MOST));
    TRY(q_throttle_sweep(cx->db, .before = cx->now - DAY));
    return q_once_sweep(cx->db, .before = cx->now - DAY);
}

enum err auth_sweep(struct ctx *cx)
{
    return db_write(cx, sweep, NULL);
}

/* --- signing in --------------------------------------------------------------------------------- */

/* Only failures count, by account and by address. */
static enum err may_try(struct ctx *cx, str subject, str address, i64 *retry_s)
{
    const struct rates *r = &cx->app->rates;
    TRY(throttle_check(cx, S("address"), address, r->sign_in_per_address, WINDOW, retry_s));
    return throttle_check(cx, S("account"), subject, r->sign_in_per_account, WINDOW, retry_s);
}

static enum err failed(struct ctx *cx, str subject, str address)
{
    TRY(throttle_count(cx, S("address"), address, WINDOW));
    TRY(throttle_count(cx, S("account"), subject, WINDOW));
    return E_DENIED;
}

enum err sign_in(struct ctx *cx, str login, str password, str address, str *token, i64 *retry_s)
{
    struct q_person_by_login p = {0};
    login = str_lower(cx->a, str_trim(login));
    TRY(may_try(cx, login, address, retry_s));
    enum err e = q_person_by_login(cx->db, &p, .login = login);
    if (e != OK && e != E_NOT_FOUND)
        return e;
    app_read_end(cx); /* not while argon2 works */
    bool fits = password_fits(cx->a, e == OK ? p.password : NO_STR, password);
    if (!fits || e != OK || p.disabled.is)
        return failed(cx, login, address);
    TRY(throttle_forget(cx, S("account"), login));
    TRY(make_session(cx, p.id, NO_STR, token));
    return user_load(cx, p.id);
}

enum err sign_in_finder(struct ctx *cx, str receipt, str key, str address, str *token, i64 *retry_s)
{
    str report_id, subject = str_join(cx->a, S("receipt "), str_trim(receipt));
    TRY(may_try(cx, subject, address, retry_s));
    enum err e = report_enter(cx, receipt, key, &report_id);
    if (e == E_DENIED)
        return failed(cx, subject, address);
    TRY(e);
    TRY(throttle_forget(cx, S("account"), subject));
    TRY(session_for_report(cx, report_id, token));
    user_finder(cx, report_id);
    return OK;
}
