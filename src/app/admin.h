/* admin.h - the administration of organisations, people and settings: who may, and the history.
 *
 * Who may:
 *   the operator            everything here, and nothing of any case
 *   lead of a vendor's POC  its own organisation's data, departments and people
 *   lead of the coordinator creates vendors; their data and departments
 *   coordinator, reception  look organisations up
 *   anyone                  looks at the own organisation */
#ifndef APP_ADMIN_H
#define APP_ADMIN_H

#include "app/form.h"
#include "app/lists.h"

bool admin_is_operator(const struct ctx *cx);

/* A lead's seat with that kind of department; org_id absent: of any organisation. */
bool admin_leads(const struct ctx *cx, str org_id, str kind);

/* For commands: act as the operator at the command line; the history says so. */
void admin_at_command_line(struct ctx *cx);

/* Behind it: act as that person, with that person's rights and name in the history.
 * E_NOT_FOUND: none by that login, or one who may not sign in. */
enum err admin_as_person(struct ctx *cx, str login);

struct admin_line {
    str id;
    i64 at;
    str who; /* in the reader's language */
    str sentence;
};

/* What was done, newest first.  Of an organisation: for its people who lead the POC, its
 * auditors and the operator.  org_id absent: of the installation, for the operator. */
enum err admin_history(struct ctx *cx, str org_id, struct list_window *w, struct admin_line **out,
                       size_t *n);

#endif
