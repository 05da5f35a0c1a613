/* demo_own.h - between the files of the demo: a case as it is played. */
#ifndef APP_DEMO_OWN_H
#define APP_DEMO_OWN_H

#include "app/case_file.h"
#include "app/demo.h"
#include "app/form.h"
#include "formats/json.h"

/* A case, or the one that it is handed over to, on its way into the database. */
struct demo_case {
    struct ctx *cx;         /* of the whole write; each act has one of its own */
    const struct json *j;   /* the file */
    i64 shift;              /* ms, whole days, from the file's time to now */
    str report_id, case_id; /* as they come to be; absent: not yet */
    bool handed_over;       /* this is the coordinated case that follows a direct one */
};

/* --- demo_read.c --------------------------------------------------------------------------- */

/* An embedded file.  E_IO: not JSON, which is a bug. */
enum err demo_file(struct arena *a, str path, struct fault *f, const struct json **out);

/* {ja, en} in that language, or in the other; absent: not there. */
str demo_words(const struct json *pair, enum lang lang);

/* An instant of the file, as it is now; a date alone is 11:00 in Japan. */
i64 demo_at(const struct demo_case *c, str text);

/* How far the file's time is from now. */
i64 demo_shift(const struct json *file, i64 now);

/* The value of an answer: @overview.ja and the like are replaced, instants moved. */
str demo_value(struct arena *a, const struct demo_case *c, str value);

/* Eight digits made from the file's number, other ones for each use. */
enum demo_number { DEMO_CASE, DEMO_ADVISORY, DEMO_RECEIPT };
str demo_number(struct arena *a, const struct json *file, enum demo_number use);

/* The finder's key, 20 bytes. */
str demo_key(struct arena *a, const struct json *file);

/* --- demo_orgs.c --------------------------------------------------------------------------- */

/* Within db_write(): all organisations, departments and people. */
enum err demo_orgs(struct ctx *cx, const struct json *file, str phc);

/* --- who acts ------------------------------------------------------------------------------ */

/* A ctx at a moment, for one act; in the write of c.  demo_act_end() takes over what it made. */
struct ctx *demo_act(const struct demo_case *c, i64 at);
enum err demo_act_end(const struct demo_case *c, struct ctx *cx, enum err e);

/* Be a person by login, the case's finder ("finder"), or somebody of a department. */
enum err demo_be(const struct demo_case *c, struct ctx *cx, str who);
enum err demo_be_of(struct ctx *cx, str dept_id);

/* The person who speaks for a vendor outside: its window. */
enum err demo_be_window(struct ctx *cx, str org_slug);

/* The lane of a vendor in the case; E_NOT_FOUND: none. */
enum err demo_lane(const struct demo_case *c, struct ctx *cx, str org_slug, str *lane);

/* --- demo_report.c ------------------------------------------------------------------------- */

/* The report comes in, and what reception does with it where no case follows. */
enum err demo_report(struct demo_case *c);
enum err demo_accept(struct demo_case *c, const struct json *act);
/* "analyst", "accepted", "operator_notice", "operator_answer" or "refused", with what it says. */
enum err demo_outcome(struct demo_case *c, str what, const struct json *said);

/* --- demo_steps.c -------------------------------------------------------------------------- */

/* One of `acts`: a hop with its signatures, a skip, a fact. */
enum err demo_step(struct demo_case *c, const struct json *act);

/* The products of one vendor, as rows of a form. */
void demo_products(struct ctx *cx, const struct demo_case *c, str field, str vendor,
                   struct input *in);

/* --- demo_talk.c --------------------------------------------------------------------------- */

enum err demo_message(struct demo_case *c, const struct json *message);

/* --- demo_text.c --------------------------------------------------------------------------- */

/* Titles and the English overview; the vulnerabilities that were known at first. */
enum err demo_setup(struct demo_case *c, i64 at);

/* The portal's text as it was first, and asking for agreement. */
enum err demo_draft(struct demo_case *c, i64 at);
enum err demo_ask(struct demo_case *c, i64 at);

/* What a vendor says beside the steps: statement in both languages, or a new status. */
enum err demo_status(struct demo_case *c, i64 at, const struct json *vendor, str status);

/* The update after publication; the English version that came later. */
enum err demo_update(struct demo_case *c, i64 at);
enum err demo_english(struct demo_case *c, i64 at);

/* --- demo_play.c --------------------------------------------------------------------------- */

/* Within db_write(): one file, from its report to where it stands. */
enum err demo_play(struct ctx *cx, const struct json *file, i64 now);

#endif
