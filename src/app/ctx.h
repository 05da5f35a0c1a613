/* ctx.h - what one request, job or command carries with it, and the process behind it.
 *
 * A function that takes a ctx may do I/O and may fail.  Reads share one read transaction,
 * begun when the first read needs it; db_write() is the only way to write. */
#ifndef APP_CTX_H
#define APP_CTX_H

#include "base/problem.h"
#include "base/time.h"
#include "domain/process.h"
#include "formats/json.h"
#include "gen/words.h"
#include "io/clock.h"
#include "io/random.h"
#include "store/store.h"

struct jail;
struct effects;
struct pdf_press;
struct tables;   /* app/tables.h: clocks, statuses, words of the process */
struct settings; /* app/settings.h */
struct settings_cache;
struct jvn_index;
struct release_kept;

/* How often something may be tried before it is refused; tests and benches raise them. */
struct rates {
    i64 sign_in_per_account, sign_in_per_address; /* failures in 15 minutes */
    i64 reports_per_address;                      /* in an hour */
    i64 validations_per_address;                  /* in ten minutes; a tenth of large documents */
};

/* One a process; made before the server starts, then only read (but for the atomics). */
struct app {
    struct store *store;
    const struct process *process;
    const struct tables *tables;
    struct clock clock;
    struct random random;
    str public_url;         /* https://… without a slash at its end */
    str number_prefix;      /* in front of the numbers the public sees: "KKH" */
    str spool_dir;          /* for files while they are being received */
    const char *public_dir; /* files for everybody, see app/provider.h; NULL: none are made */
    bool demo;
    bool reach_loopback; /* tests: servers on this machine may be asked, too */
    struct rates rates;
    struct jail *jail;       /* NULL: nothing of others is read here */
    struct effects *effects; /* likewise */
    struct pdf_press *paper; /* likewise: then PDF is made in this process */
    unsigned char search_key[32];
    struct settings_cache *settings; /* NULL: none is kept */
    struct release_kept *rehearsals; /* of release plans; NULL: none is kept */
    struct jvn_index *jvn;           /* what is public, by what MyJVN asks for */
    struct jvn_kept *jvn_kept;       /* of JVN's files */
    _Atomic i64 generation;          /* of public content, as this process last saw or made it */
    void (*log)(const struct app *app, str line);      /* one finished line; NULL: nowhere */
    void (*log_soon)(const struct app *app, str line); /* that may come late; NULL: nowhere */
    /* Members for /readyz: what of the sandbox holds; NULL: none. */
    void (*ready)(const struct app *app, struct json_out *o);
};

/* A department that the actor acts for. */
struct seat {
    str dept_id, org_id, org_kind;
    str dept_name[LANG_COUNT], org_name[LANG_COUNT];
    bool lead;
    struct strs kinds; /* what it answers for: "poc", "design", "coordinator", … */
};

enum door { DOOR_PAGE, DOOR_API, DOOR_MAIL, DOOR_CLI };

/* Who acts.  All zero: nobody is signed in. */
struct user {
    str person_id;  /* absent: a finder with a receipt key, or nobody */
    str report_id;  /* that finder's report */
    str pending_id; /* whoever signed in with a start password: nobody until it is changed */
    str login, name[LANG_COUNT], email;
    bool is_operator, is_auditor;
    const struct seat *seats;
    size_t nseats;
    struct strs principals; /* seats' departments, the person, or the report */
};

struct ctx {
    struct arena *a;
    struct app *app;
    struct db *db; /* of the running read or write; see app_read() */
    bool writing;  /* db is that of a write */
    i64 now;       /* ms since 1970, fixed for the whole request */
    bool retold;   /* what is done was done before this installation was: no plan is asked for */
    struct user who;
    enum door door;
    enum lang lang;
    const struct zone *zone;
    str request_id;
    str once_key, once_body; /* BLAKE2b-256 of an Idempotency-Key with its route and actor, and
                              * of the body; absent: none */
    bool once_used;          /* the reservation was written */
    bool once_kept;          /* and the answer with it */
    struct {                 /* called at the end of the write that reserves; NULL: nothing */
        enum err (*fn)(struct ctx *cx, void *arg);
        void *arg;
    } once_last;
    struct problems problems;
    struct fault fault;
    i64 generation;                  /* of public content that this ctx's write makes; 0: none */
    const struct settings *settings; /* see settings_open(); NULL: not read yet */
    unsigned ids;                    /* made in this ctx: keeps ids of one instant in order */
};

/* A ctx for a request, job or command; times in Japan's zone until an actor says otherwise. */
struct ctx *ctx_new(struct arena *a, struct app *app);

/* Record why, for the log, and hand back what: `return fail(cx, E_IO, "…")`. */
#define fail(cx, e, ...) fault_set(&(cx)->fault, (e), __VA_ARGS__)

/* Begin the read transaction if none is running. */
enum err app_read(struct ctx *cx);

/* store_version() of a read transaction that begins here: none may be running. */
enum err app_version(struct ctx *cx, str *out);

/* Give the reader back early; the next app_read() sees a newer state. */
void app_read_end(struct ctx *cx);

/* Run fn in a transaction and wait until it is durable; ends a running read first.  fn does
 * SQL and domain arithmetic only and may run twice.  Within fn, app_read() is that
 * transaction, and db_write() is a part of it: all or nothing.  Problems that fn adds are
 * those of its last run. */
enum err db_write(struct ctx *cx, enum err (*fn)(struct ctx *cx, void *arg), void *arg);

/* A new time-ordered id; ids of one ctx sort in the order they were made. */
str new_id(struct ctx *cx);

/* Eight decimal digits, not starting with 0, drawn at random. */
str new_number(struct ctx *cx);

/* BLAKE2b-256 of a token or key. */
str hash_of(struct arena *a, str token);

/* Whether the actor has this principal. */
bool user_has(const struct user *who, str principal);

/* The first seat with that kind, or NULL. */
const struct seat *user_seat(const struct user *who, str kind);
const struct seat *user_seat_in(const struct user *who, str dept_id);

/* en or ja of a pair, by the reader's language. */
static inline str pick(const struct ctx *cx, str ja, str en)
{
    return cx->lang == LANG_JA ? ja : en;
}

/* Shorthands for problems of this ctx; each returns E_INVALID. */
enum err wrong(struct ctx *cx, str field, str code);
enum err wrong_limit(struct ctx *cx, str field, str code, i64 limit);

#endif
