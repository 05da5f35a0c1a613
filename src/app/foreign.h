/* foreign.h - documents of others go through the jail: what a parser does wrong with one costs
 * that one alone, and without a jail none is read. */
#ifndef APP_FOREIGN_H
#define APP_FOREIGN_H

#include "app/ctx.h"
#include "formats/library.h"
#include "io/jail.h"

/* The jobs of the jail that the server and the command line start. */
extern const struct jail_job foreign_jobs[];
extern const size_t foreign_njobs;

/* OK: *verdict is the job's, OK or E_INVALID, and *out what it wrote.  E_INVALID: the child did
 * not come to its end, or wrote too much; *why says so.  E_BUSY, E_IO: as jail_run(). */
enum err foreign_read(struct ctx *cx, str job, str input, enum err *verdict, str *out,
                      struct library_refusal *why);

/* A document by the job "library".  As library_read(); E_BUSY and E_IO as above. */
enum err foreign_document(struct ctx *cx, str bytes, struct library_read *read,
                          struct library_refusal *why);

#endif
