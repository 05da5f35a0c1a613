/* smtp_wire.h - what passes between smtp.c in the server and smtp_curl.c in the child. */
#ifndef IO_SMTP_WIRE_H
#define IO_SMTP_WIRE_H

#include "io/smtp.h"

enum { SMTP_TEXT_MAX = 200 };

str smtp_request(struct arena *a, const struct smtp_mail *m);
bool smtp_request_read(struct arena *a, str request, struct smtp_mail *out);

str smtp_reply(struct arena *a, const struct smtp_answer *r);
bool smtp_reply_read(str reply, struct smtp_answer *out);

#endif
