/* multipart_head.h - the header fields of one part; for formats/multipart*.c alone. */
#ifndef FORMATS_MULTIPART_HEAD_H
#define FORMATS_MULTIPART_HEAD_H

#include "formats/multipart.h"

/* head: lines, each with its CRLF.  Gives the code of what is wrong, or an absent str. */
str multipart_head(struct arena *a, str head, struct multipart_part *out);

/* "; name=value" or "; name="value"" at the front of *rest, removed.  False: something else. */
bool multipart_parameter(str *rest, str *name, str *value);

#endif
