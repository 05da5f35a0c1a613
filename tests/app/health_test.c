/* health_test.c - what the operator learns of the installation. */
#include "t.h"

#include "app/health.h"
#include "app/text.h"
#include "help/admin.h"

static void say_ready(const struct app *app, struct json_out *o)
{
    (void)app;
    json_put_member(o, S("sandbox"), S("landlock, seccomp"));
    json_put_member(o, S("jail"), S("off"));
}

/* One that was tried in vain, one that is not due yet, and one that was given up. */
static enum err put_effects(struct ctx *cx, [[maybe_unused]] void *arg)
{
    TRY(q_outbox_add(cx->db, .id = S("a"), .kind = S("notice"), .due = cx->now - DAY,
                     .content = text_seal(cx, S("{}"))));
    TRY(q_outbox_claim(cx->db, .id = S("a"), .due = cx->now - DAY, .until = cx->now - HOUR));
    TRY(q_outbox_add(cx->db, .id = S("c"), .kind = S("notice"), .due = cx->now - DAY,
                     .content = text_seal(cx, S("{}"))));
    TRY(q_outbox_fail(cx->db, .id = S("c"), .at = cx->now, .why = S("recipient 550")));
    return q_outbox_add(cx->db, .id = S("b"), .kind = S("notice"), .due = cx->now + 1,
                        .content = text_seal(cx, S("{}")));
}

APP_TEST(the_operator_learns_how_the_installation_fares)
{
    struct health h;
    admin_cast(st);
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, db_write(cx, put_effects, NULL));
    st->app->ready = say_ready;
    cx = stage_as(st, "sysop");
    CHECK_OK(cx, health_view(cx, &h));
    CHECK(h.bytes > 10000);
    CHECK(h.schema > 0 && h.schema == h.schema_wanted && !h.schema_foreign);
    CHECK(h.postgres == str_has_prefix(st->url, S("postgres")));
    CHECK_I64(2, h.waiting);
    CHECK_I64(1, h.due);
    CHECK_I64(1, h.failed);
    CHECK_I64(1, h.given_up);
    CHECK_I64(STAGE_NOW - HOUR, h.oldest.v);
    CHECK(!h.housekeeping.is);
    CHECK_I64(2, (i64)h.nparts);
    CHECK_STR(S("jail"), h.parts[1].name);
    CHECK_STR(S("landlock, seccomp"), h.parts[0].state);

    CHECK_OK(cx, health_pulse(cx));
    (void)stage_later(st, MINUTE);
    cx = stage_as(st, "sysop");
    CHECK_OK(cx, health_pulse(cx)); /* again */
    CHECK_OK(cx, health_view(cx, &h));
    CHECK_I64(STAGE_NOW + MINUTE, h.housekeeping.v);
}

APP_TEST(nobody_else_does)
{
    static const char *const others[] = {"mihon.poc", "coordinator", "reception", "auditor"};
    struct health h;
    admin_cast(st);
    for (size_t i = 0; i < COUNT(others); i++) {
        struct ctx *cx = stage_as(st, others[i]);
        CHECK_ERR(E_DENIED, health_view(cx, &h));
    }
}
