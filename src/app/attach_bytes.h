/* attach_bytes.h - between the files of attach: bytes in and out in pieces, so that memory
 * does not grow with the file. */
#ifndef APP_ATTACH_BYTES_H
#define APP_ATTACH_BYTES_H

#include "app/attach.h"
#include "gen/sql.h"

/* SHA-256 of it; 32 bytes. */
enum err upload_hash(struct ctx *cx, const struct upload *u, str *out);

/* Its row, without a place, and its bytes; each piece is a transaction of its own. */
enum err upload_keep(struct ctx *cx, const struct upload *u, const struct attachment *at, str claim,
                     str hash);

/* The bytes of a kept file, in a new file without a name, which stands at its start. */
enum err upload_open(struct ctx *cx, str id, i64 size, int *fd);

#endif
