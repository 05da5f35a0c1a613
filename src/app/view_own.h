/* view_own.h - inside app/: between the files that make the views of a case. */
#ifndef APP_VIEW_OWN_H
#define APP_VIEW_OWN_H

#include "app/case_texts.h"
#include "app/case_view.h"
#include "app/sees.h"
#include "app/talk.h"
#include "app/why.h"

/* --- answers.c ------------------------------------------------------------------------------- */

/* What the act of that id wrote that the reader may read, in the order of the questions. */
void answers_of_act(const struct reader *r, const struct case_texts *t, str act_id, int lane,
                    int step, int hop, struct answer_views *out);

/* The newest readable answers of a step in a lane, of whatever hops.  at: of the newest; 0:
 * none. */
void answers_of_step(const struct reader *r, const struct case_texts *t, int lane, int step,
                     struct answer_views *out, i64 *at);

/* A text that answers no question: overview, details, a message. */
void answer_plain(const struct reader *r, const struct text_line *x, str label,
                  struct answer_views *out);

/* --- board.c --------------------------------------------------------------------------------- */

/* open_lane, open_step: opened in place; open_step -1: none.  first: how many lanes to leave
 * out at the beginning. */
void board_make(const struct reader *r, const struct case_texts *t, int open_lane, int open_step,
                size_t first, struct board *out);

/* "原因と発現条件": short enough for a chip. */
str step_short(struct ctx *cx, const struct step *s);

/* A state in one word, for a step on its own. */
str chip_word(struct ctx *cx, enum chip_is is, const struct step_state *st);

/* What a step is to this reader, as its lead's chip says it. */
enum chip_is chip_of(const struct reader *r, int lane, int step);

/* --- now.c ----------------------------------------------------------------------------------- */

void now_make(const struct reader *r, struct now *out);

/* --- step_view.c, step_preset.c -------------------------------------------------------------- */

/* E_NOT_FOUND: no such step for this reader.  hop 0: the one that is next. */
enum err step_view_make(const struct reader *r, const struct case_texts *t,
                        const struct people *people, int lane, int step, struct step_view *out);

/* Its state alone, and whether it waits for the reader; false: no such step for this one. */
bool step_view_brief(const struct reader *r, int lane, int step, struct step_view *out);

/* step_preset.c: what the form of a hop shows before anything was typed; what may be read
 * beside it. */
enum err step_preset(const struct reader *r, const struct case_texts *t, struct step_view *v);
void step_sources(const struct reader *r, const struct case_texts *t, struct step_view *v);

/* The hops of a step that the reader may know of; none where there is only one. */
size_t step_way_of(const struct reader *r, int lane, int step, const struct step_way **out);

/* The name of who acted, where this reader may know people by name there. */
str person_shown(const struct reader *r, const struct people *people, str dept_id, str person_id);

/* --- talk.c, talk_view.c --------------------------------------------------------------------- */

str thread_key(struct arena *a, const struct place *p);

/* False: no thread of that name in this case. */
bool thread_find(const struct case_file *cf, str key, struct place *out);

/* Whether the reader may write there; whether there is anybody else to read it. */
bool thread_may_write(const struct reader *r, const struct place *p);

/* key absent: the thread with the first unread, else that with the newest word.  seen: the
 * newest text that the person has seen, absent: none.  all: up to TALK_MOST entries. */
void talk_make(const struct reader *r, const struct case_texts *t, const struct people *people,
               const struct attachments *files, str seen, str key, bool all, struct talk_view *out);

/* --- case_clocks.c, history.c, case_parts.c ------------------------------------------------------ */

enum err clocks_make(const struct reader *r, struct clock_lines *out);

/* Those that the reader may read; the parties and flow of cf are enough. */
enum err history_lines(struct ctx *cx, const struct case_file *cf, struct list_page *page,
                       struct history_line **out, size_t *n);

void ident_make(const struct reader *r, const struct case_texts *t, const struct vuln *vulns,
                size_t nvulns, struct case_ident *out);
enum err vendors_make(const struct reader *r, struct case_view *out);
void shares_make(const struct reader *r, struct case_view *out);
void reports_make(const struct reader *r, struct case_view *out);

#endif
