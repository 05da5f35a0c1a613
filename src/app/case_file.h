/* case_file.h - inside app/: a case with all its records, and what follows from them. */
#ifndef APP_CASE_FILE_H
#define APP_CASE_FILE_H

#include "app/cases.h"
#include "app/text.h"
#include "domain/clocks.h"
#include "domain/rights.h"
#include "gen/sql.h"

/* A vendor's walk, or (lane 0) the case's own. */
struct lane {
    str id;                             /* the party's id; empty for lane 0 */
    const struct q_case_parties *party; /* NULL for lane 0 */
    str dept[ACTOR_COUNT];              /* who answers for each kind; absent: nobody */
    str dept_name[ACTOR_COUNT][LANG_COUNT];
};

struct case_file {
    struct q_case_get row;
    enum flow flow;
    struct q_case_parties *parties;
    size_t nparties;
    struct q_case_depts *depts;
    size_t ndepts;
    struct q_case_reports *reports;
    size_t nreports;
    struct q_case_acts *acts;
    size_t nacts;
    struct q_case_marks *marks;
    size_t nmarks;
    struct lane *lanes; /* nlanes ≥ 1 */
    size_t nlanes;
    opt_i64 planned;      /* instant of publication */
    i64 withdrawal_asked; /* of the request not to disclose, by a finder; 0: not */
    struct case_in in;
    struct progress g;
};

/* Load without asking who wants to know: for the program's own work. */
enum err case_load(struct ctx *cx, str case_id, struct case_file *out);

/* Load for the actor.  E_NOT_FOUND: no such case, or no right to know of it. */
enum err case_open(struct ctx *cx, str case_id, struct case_file *out, const struct access **acc);

/* Index of the lane with that id ("" is 0); -1: none. */
int case_lane(const struct case_file *cf, str lane_id);
const struct step *case_step(const struct case_file *cf, int step);

/* Who acts as `actor` in a lane: the department (a missing one is the POC's), or for the
 * finder and source the reports' ids.  At most `most`; returns how many. */
size_t case_principals(const struct case_file *cf, int lane, enum actor actor, str *out,
                       size_t most);

/* Whether the signed-in actor acts as that in the lane. */
bool case_may_act(const struct ctx *cx, const struct case_file *cf, int lane, enum actor actor);

/* The department through which the actor acts there; absent: a finder. */
str case_acting_dept(const struct ctx *cx, const struct case_file *cf, int lane, enum actor actor);

/* What the records give to whom, as case_settle() writes it down. */
void case_grants(struct ctx *cx, struct case_file *cf, struct grants *out);

/* Of some audiences alone: see rights_of(). */
void case_readers(struct ctx *cx, struct case_file *cf, unsigned audiences, struct grants *out);

/* One clock of the whole case, whoever reads; *found: it has started. */
enum err case_clock(struct ctx *cx, const struct case_file *cf, str clock, struct clock_state *out,
                    bool *found);

/* The same as it would be if that had happened at `at`. */
enum err case_clock_if(struct ctx *cx, const struct case_file *cf, str clock, enum instant happened,
                       i64 at, struct clock_state *out, bool *found);

#endif
