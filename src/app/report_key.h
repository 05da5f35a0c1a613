/* report_key.h - the OpenPGP key that a finder sends, read where a mistake harms nobody. */
#ifndef APP_REPORT_KEY_H
#define APP_REPORT_KEY_H

#include "app/ctx.h"
#include "formats/openpgp_key.h"

/* In the jail; where there is none (a command line tool, a test) in process.  E_INVALID: a
 * problem at `field`, also where the jail could not finish. */
enum err report_key_read(struct ctx *cx, str field, str text, struct openpgp_key *out);

#endif
