/* app.h - for tests: an installation on a fresh store, with a clock that stands still and
 * randomness that repeats; its organisations and people, and a ctx for each who acts.
 *
 *     #include "t.h"
 *     #include "help/app.h"
 *     APP_TEST(a_draft_is_kept) { stage_cast(st); struct ctx *cx = stage_as(st, "mihon.poc"); … }
 *
 * makes two tests, NAME_on_sqlite and NAME_on_postgresql, each given a struct stage *st. */
#ifndef HELP_APP_H
#define HELP_APP_H

#include "app/boot.h"
#include "app/form.h"
#include "help/store.h"

struct stage {
    struct arena *a;
    struct app *app;
    str url;           /* of its database, for help_sql() */
    unsigned n;        /* rows made, for their ids */
    struct kept *kept; /* of the pages: web/kept.h, made with the first visitor */
    struct {
        VEC(struct ctx *)
    } made; /* whose reads end when the next ctx is made */
};

/* 2026-11-02 10:00 JST, a Monday: what the clock of a new stage says. */
#define STAGE_NOW ((i64)1793581200000)

/* The password of every person of a stage; the hash is made with argon2id's least work. */
#define STAGE_PASSWORD "seven-bridges-of-glass"

struct stage *stage_open(struct arena *a, const char *engine);
/* jail: of other jobs than the server's; NULL: those. */
struct jail_options;
struct stage *stage_open_jailed(struct arena *a, const char *engine,
                                const struct jail_options *jail);

/* An installation that is there, opened; its clock stands at STAGE_NOW. */
struct app *stage_boot(struct arena *a, str url);

/* A new database on which a stage stands, without opening it: nothing runs in this process. */
str stage_database(struct arena *a, const char *engine);

/* The same installation opened once more, as another process would. */
struct app *stage_again(struct stage *st);

/* Each returns the new row's id.  kind: as in org.kind; names are made from the slug. */
str stage_org(struct stage *st, const char *kind, const char *slug);
str stage_dept(struct stage *st, str org_id, const char *kinds); /* "si_mfg,si_sys" */
str stage_person(struct stage *st, const char *login, str dept_id);

/* Whoever a coordination needs, each role and department a person of its own:
 *   reception   reception            its handler
 *   coordinator coordinator          its handler
 *   certx       overseas_coordinator an overseas coordinator (login "certx")
 *   aist        analysis             (login "analyst")
 *   shop        operator             a website's operator (login "operator")
 *   mihon, reiji vendors with all ten departments: "mihon.poc", "mihon.design", "mihon.rnd",
 *               "mihon.quality", "mihon.si_mfg", "mihon.si_sys", "mihon.care", "mihon.sales",
 *               "mihon.risk_legal", "mihon.pr"; both take reports themselves
 *   kamei       a vendor whose one department is all: "kamei.poc"
 *   auditor     a person of the coordinator without a seat in a case, who may audit */
void stage_cast(struct stage *st);

/* The logins of the cast, NULL behind the last. */
extern const char *const stage_logins[];

/* A fresh ctx, at the stage's time, in English, so that checks of words are readable.  Of a
 * person by login; of a finder of a report; of nobody.  The reads of those made before end. */
struct ctx *stage_as(struct stage *st, const char *login);
struct ctx *stage_finder(struct stage *st, str report_id);
struct ctx *stage_nobody(struct stage *st);

/* Time goes by; returns the new now. */
i64 stage_later(struct stage *st, i64 ms);

/* Names and values, NULL behind the last: stage_input(a, "agree", "yes", NULL). */
[[gnu::sentinel]] struct input *stage_input(struct arena *a, ...);

/* The id of a row by a short name: an organisation's slug, a person's login; aborts if none. */
str stage_org_id(struct stage *st, const char *slug);
str stage_dept_id(struct stage *st, const char *slug, const char *kind);
str stage_person_id(struct stage *st, const char *login);

/* What a failed call left: problems and the fault, for a test's output. */
str stage_why(struct ctx *cx);

/* Ends the process where e is not OK, saying why: for what a stage needs before a test begins. */
#define STAGE_OK(cx, e) stage_ok((cx), (e), __FILE__, __LINE__)
void stage_ok(struct ctx *cx, enum err e, const char *file, int line);

#define CHECK_OK(cx, expr)                                                                         \
    do {                                                                                           \
        enum err got_ = (expr);                                                                    \
        if (got_ != OK) {                                                                          \
            str why_ = stage_why(cx);                                                              \
            (void)printf("%s:%d: %s: err %u: %.*s\n", __FILE__, __LINE__, #expr, got_, SV(why_));  \
            _fail(__FILE__, __LINE__);                                                             \
        }                                                                                          \
    } while (0)

#define APP_TEST(name)                                                                             \
    static void app_##name(struct arena *a, struct stage *st);                                     \
    ENGINE_TEST(name)                                                                              \
    {                                                                                              \
        app_##name(a, stage_open(a, engine));                                                      \
    }                                                                                              \
    static void app_##name([[maybe_unused]] struct arena *a, [[maybe_unused]] struct stage *st)

/* The same with a jail, which is forked before anything else of the stage is there. */
#define JAILED_TEST(name)                                                                          \
    static void app_##name(struct arena *a, struct stage *st);                                     \
    ENGINE_TEST(name)                                                                              \
    {                                                                                              \
        app_##name(a, stage_open_jailed(a, engine, NULL));                                         \
    }                                                                                              \
    static void app_##name([[maybe_unused]] struct arena *a, [[maybe_unused]] struct stage *st)

#endif
