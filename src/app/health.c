/* health.c - see health.h. */
#include "app/health.h"

#include "app/admin.h"
#include "app/boot.h"
#include "gen/sql.h"

static const str housekeeping = S_INIT("housekeeping");

static enum err read_pulse(struct ctx *cx, struct health *out)
{
    struct q_pulses *rows;
    size_t n;
    TRY(q_pulses(cx->db, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (str_eq(rows[i].name, housekeeping))
            out->housekeeping = SOME(rows[i].at);
    return OK;
}

/* The members that the server puts into /readyz. */
static enum err read_parts(struct ctx *cx, struct health *out)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    const struct json *all;
    struct json_error bad;
    if (cx->app->ready == NULL)
        return OK;
    json_put_object(&o);
    cx->app->ready(cx->app, &o);
    json_put_end(&o);
    if (json_read(cx->a, buf_str(&b), &all, &bad) != OK)
        return fail(cx, E_IO, "what the server says of itself is not JSON");
    struct health_part *parts = NEWS(cx->a, struct health_part, json_count(all) + 1);
    for (size_t i = 0; i < json_count(all); i++)
        parts[i] = (struct health_part){json_key(all, i), json_text(json_value(all, i))};
    out->parts = parts;
    out->nparts = json_count(all);
    return OK;
}

enum err health_view(struct ctx *cx, struct health *out)
{
    struct migration_state schema;
    struct q_outbox_health box;
    struct q_store_bytes size;
    if (!admin_is_operator(cx))
        return E_DENIED;
    app_read_end(cx); /* the state of the schema takes a reader of its own */
    TRY(store_migration_state(cx->app->store, cx->a, &cx->fault, &schema));
    *out = (struct health){.postgres = store_is_postgres(cx->app->store),
                           .schema = schema.have,
                           .schema_wanted = schema.want,
                           .schema_foreign = schema.foreign};
    TRY(app_generation(cx, &out->generation));
    TRY(q_outbox_health(cx->db, &box, .now = cx->now));
    out->waiting = box.waiting;
    out->due = box.due;
    out->failed = box.failed;
    out->given_up = box.given_up;
    out->oldest = box.oldest;
    TRY(q_store_bytes(cx->db, &size));
    out->bytes = size.bytes;
    TRY(read_pulse(cx, out));
    return read_parts(cx, out);
}

static enum err put_pulse(struct ctx *cx, [[maybe_unused]] void *arg)
{
    return q_pulse_put(cx->db, .name = housekeeping, .at = cx->now);
}

enum err health_pulse(struct ctx *cx)
{
    return db_write(cx, put_pulse, NULL);
}
