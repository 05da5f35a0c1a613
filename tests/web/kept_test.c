/* kept_test.c - a kept page is what an unkept one would be, for the one session it was made for,
 * and only as long as nothing was written by anybody. */
#include "app/auth.h"
#include "gen/sql.h"
#include "help/case_walk.h"
#include "help/cli.h"
#include "help/web.h"
#include "t.h"
#include "web/kept.h"

static str case_path(struct walk *w, const char *rest)
{
    str number = help_sql_value(w->st->a, w->st->url, "SELECT number FROM cases");
    return str_fmt(w->st->a, "/en/cases/%.*s%s", SV(number), rest);
}

static i64 found(struct stage *st)
{
    return kept_state(st->kept).found;
}

/* Asked until it came from memory: on SQLite the second time.  A PostgreSQL that others write to
 * meanwhile, in whatever database, has it made anew. */
static struct page ask_twice(struct visitor *v, str path)
{
    bool sqlite = !store_is_postgres(v->st->app->store);
    struct page p = visit_url(v, path);
    i64 before = found(v->st);
    CHECK_STATUS(200, p);
    for (int tries = sqlite ? 1 : 20; tries > 0 && found(v->st) == before; tries--)
        CHECK_STATUS(200, (p = visit_url(v, path)));
    CHECK(!sqlite || found(v->st) == before + 1);
    return p;
}

/* The page with every once-token as "?". */
static str without_tokens(struct arena *a, str page)
{
    static const str before = S_INIT("name=\"_once\" value=\"");
    buf b = {.a = a};
    for (ptrdiff_t at; (at = str_find(page, before)) >= 0;) {
        buf_put(&b, str_sub(page, 0, (size_t)at + before.n));
        buf_char(&b, '?');
        page = str_from(page, (size_t)at + before.n);
        (void)str_cut(&page, '"');
    }
    buf_put(&b, page);
    return buf_str(&b);
}

/* The same request where nothing is kept. */
static struct page ask_unkept(const struct visitor *v, str path)
{
    struct visitor other = *v;
    struct web web = *v->web;
    web.kept = NULL;
    other.web = &web;
    return visit_url(&other, path);
}

/* --- it is the same page --------------------------------------------------------------------- */

APP_TEST(a_kept_page_is_what_an_unkept_one_would_be)
{
    struct walk *w = walked(st, WALKED_REPORTED);
    static const char *const who[] = {"coordinator", "reception",     "mihon.poc", "mihon.design",
                                      "mihon.rnd",   "mihon.quality", "reiji.poc"};
    static const char *const rest[] = {"", "/history", "?thread=nonsense", "?step=1.3.1"};
    for (size_t i = 0; i < COUNT(who); i++) {
        struct visitor *v = visit_as(st, who[i]);
        for (size_t k = 0; k < COUNT(rest); k++) {
            str path = case_path(w, rest[k]);
            struct page kept = ask_twice(v, path), fresh = ask_unkept(v, path);
            CHECK_STR(without_tokens(a, fresh.body), without_tokens(a, kept.body));
            CHECK(fresh.rs.headers.n == kept.rs.headers.n);
            for (size_t h = 0; h < fresh.rs.headers.n; h++) {
                CHECK_STR(fresh.rs.headers.v[h].name, kept.rs.headers.v[h].name);
                CHECK_STR(fresh.rs.headers.v[h].value, kept.rs.headers.v[h].value);
            }
        }
    }
}

APP_TEST(every_form_has_a_once_token_of_its_own)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *v = visit_as(st, "coordinator");
    str path = case_path(w, "");
    str one = page_input(a, visit_url(v, path), "_once");
    str two = page_input(a, ask_twice(v, path), "_once"); /* both from memory */
    str three = page_input(a, visit_url(v, path), "_once");
    CHECK(one.n == 22 && two.n == 22 && three.n == 22);
    CHECK(!str_eq(one, two) && !str_eq(one, three) && !str_eq(two, three));
}

APP_TEST(a_page_belongs_to_the_session_that_it_was_made_for)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *home = visit_as(st, "coordinator"), *office = visit_as(st, "coordinator");
    struct visitor *other = visit_as(st, "reception");
    str path = case_path(w, "");
    (void)ask_twice(home, path);
    i64 before = found(st);
    struct page p = visit_url(office, path);
    CHECK_STR(csrf_of(a, office->session), page_input(a, p, "_csrf"));
    CHECK_STR(csrf_of(a, other->session), page_input(a, visit_url(other, path), "_csrf"));
    CHECK_I64(before, found(st));
    CHECK_STATUS(303, visit_url(visit_nobody(st), path));
}

/* A token that comes as bearer needs no CSRF token, so its page has none. */
APP_TEST(a_cookie_and_a_bearer_are_not_given_the_same_page)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *cookie = visit_as(st, "coordinator"), *bearer = visit_nobody(st);
    bearer->bearer = cookie->session;
    CHECK(page_input(a, visit_url(bearer, case_path(w, "")), "_csrf").n == 0);
    CHECK(page_input(a, visit_url(cookie, case_path(w, "")), "_csrf").n > 0);
}

APP_TEST(another_address_is_another_page)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *v = visit_as(st, "coordinator");
    (void)ask_twice(v, case_path(w, ""));
    i64 before = found(st);
    CHECK_HAS(visit_url(v, case_path(w, "?done=message")), "sent");
    str ja = case_path(w, "");
    CHECK_HAS(visit_url(v, str_join(a, S("/ja"), str_from(ja, 3))), "案件");
    CHECK_I64(before, found(st));
}

/* --- what is written shows at once -------------------------------------------------------------- */

APP_TEST(what_another_person_wrote_shows_at_once)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *coordinator = visit_as(st, "coordinator"), *poc = visit_as(st, "mihon.poc");
    str thread = str_fmt(a, "?thread=coordination:%.*s", SV(walk_lane(w, "mihon")));
    str path = case_path(w, str_to_z(a, thread));
    CHECK_LACKS(ask_twice(coordinator, path), "The fix is ready.");
    CHECK_STATUS(303,
                 visit_post(poc, case_path(w, "/messages"), "to", str_to_z(a, str_from(thread, 8)),
                            "text", "The fix is ready.", NULL));
    CHECK_HAS(visit_url(coordinator, path), "The fix is ready.");
    CHECK_HAS(ask_twice(coordinator, path), "The fix is ready.");
}

/* sqlite3, psql, `kakehashi person …`: whatever commits, through the store or past it. */
APP_TEST(what_another_process_wrote_shows_at_once)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *v = visit_as(st, "coordinator");
    CHECK_LACKS(ask_twice(v, case_path(w, "")), "Renamed Ltd.");
    help_sql(st->url, "UPDATE org SET name_en = 'Renamed Ltd.' WHERE slug = 'mihon'");
    CHECK_HAS(visit_url(v, case_path(w, "")), "Renamed Ltd.");
}

APP_TEST(what_another_server_wrote_shows_at_once)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *here = visit_as(st, "coordinator"), *there = visit_as(st, "coordinator");
    struct web web = {.app = stage_again(st)};
    there->web = &web;
    CHECK_LACKS(ask_twice(here, case_path(w, "")), "A title from elsewhere");
    CHECK_STATUS(303, visit_post(there, case_path(w, "/title"), "title_en",
                                 "A title from elsewhere", "title_ja", "他", NULL));
    CHECK_HAS(visit_url(here, case_path(w, "")), "A title from elsewhere");
}

/* --- rights ----------------------------------------------------------------------------------- */

static void check_shut(struct walk *w, const char *who, int status, const char *sql)
{
    struct visitor *v = visit_as(w->st, who);
    str path = case_path(w, "");
    (void)ask_twice(v, path);
    help_sql(w->st->url, sql);
    CHECK_STATUS(status, visit_url(v, path));
}

APP_TEST(who_lost_a_seat_sees_nothing_more)
{
    check_shut(walked(st, WALKED_DETAILS), "mihon.design", 404,
               "DELETE FROM membership WHERE person_id ="
               " (SELECT id FROM person WHERE login = 'mihon.design')");
}

APP_TEST(who_lost_the_account_is_asked_to_sign_in)
{
    check_shut(walked(st, WALKED_DETAILS), "mihon.design", 303,
               "UPDATE person SET disabled = 1 WHERE login = 'mihon.design'");
}

APP_TEST(a_grant_that_is_taken_back_is_gone)
{
    check_shut(walked(st, WALKED_DETAILS), "reiji.poc", 404,
               "DELETE FROM grant_ WHERE principal IN (SELECT dept_id FROM membership JOIN person"
               " ON person.id = person_id WHERE login = 'reiji.poc')");
}

APP_TEST(a_session_that_ended_sees_nothing_more)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *v = visit_as(st, "coordinator");
    (void)ask_twice(v, case_path(w, ""));
    CHECK_OK(stage_nobody(st), session_end(stage_nobody(st), v->session));
    CHECK_STATUS(303, visit_url(v, case_path(w, "")));
}

/* Nothing is written when a session runs out: the clock of the request is asked each time. */
APP_TEST(a_session_that_ran_out_sees_nothing_more)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *v = visit_as(st, "coordinator");
    str sql = str_fmt(a, "UPDATE session SET created = created - %lld",
                      (long long)(SESSION_MOST - KEPT_MS / 2));
    help_sql(st->url, str_to_z(a, sql));
    (void)ask_twice(v, case_path(w, ""));
    (void)stage_later(st, KEPT_MS / 2 + 1);
    CHECK_STATUS(303, visit_url(v, case_path(w, "")));
}

/* --- time and memory -------------------------------------------------------------------------- */

APP_TEST(what_the_clock_changes_shows_after_a_second)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *v = visit_as(st, "coordinator");
    str path = case_path(w, "");
    (void)ask_twice(v, path);
    i64 before = found(st);
    (void)stage_later(st, KEPT_MS);
    CHECK_STATUS(200, visit_url(v, path));
    CHECK_I64(before, found(st));
    clock_set(&st->app->clock, clock_now(&st->app->clock) - HOUR); /* back: not of the future */
    CHECK_STATUS(200, visit_url(v, path));
    CHECK_I64(before, found(st));
}

APP_TEST(pages_are_wiped_after_a_second)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *v = visit_as(st, "coordinator");
    (void)ask_twice(v, case_path(w, ""));
    i64 now = clock_now(&st->app->clock);
    kept_sweep(st->kept, now + KEPT_MS - 1);
    CHECK(kept_state(st->kept).pages > 0 && kept_state(st->kept).bytes > 0);
    kept_sweep(st->kept, now + KEPT_MS);
    CHECK(kept_state(st->kept).pages == 0 && kept_state(st->kept).bytes == 0);
}

APP_TEST(no_more_is_kept_than_there_is_room_for)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *v = visit_as(st, "coordinator");
    struct page p = visit_url(v, case_path(w, ""));
    size_t room = p.body.n * 5 / 2;
    struct web web = {.app = st->app, .kept = kept_new(a, room)};
    v->web = &web;
    for (int i = 0; i < 20; i++)
        CHECK_STATUS(200, visit_url(v, case_path(w, str_to_z(a, str_fmt(a, "?n=%d", i)))));
    CHECK(kept_state(web.kept).pages >= 1 && kept_state(web.kept).pages <= 2);
    CHECK(kept_state(web.kept).bytes <= room);
}

APP_TEST(what_is_not_a_page_alone_is_not_kept)
{
    struct walk *w = walked(st, WALKED_DETAILS);
    struct visitor *v = visit_as(st, "mihon.design");
    (void)w;
    CHECK_STATUS(404, visit(v, "/en/cases/99999999"));
    CHECK_STATUS(400, visit(v, "/en/cases?%zz"));
    CHECK_STATUS(200, visit(v, "/en/account")); /* nobody said that it may be kept */
    CHECK_I64(0, (i64)kept_state(st->kept).pages);
}
