/* orgs_settle.h - who answers for what has changed: rights and tasks of all cases follow. */
#ifndef APP_ORGS_SETTLE_H
#define APP_ORGS_SETTLE_H

#include "app/orgs.h"

/* Within db_write(): settle up to 100 cases of the organisation; where more are left, an outbox
 * row says so, in the same transaction. */
enum err org_settle_begin(struct ctx *cx, str org_id);

/* After it: go on with all that is left of that organisation, 100 cases a transaction. */
enum err org_settle_rest(struct ctx *cx, str org_id);

#endif
