/* cpe_own.h - between the files of CPE names. */
#ifndef FORMATS_CPE_OWN_H
#define FORMATS_CPE_OWN_H

#include "formats/cpe.h"

/* What stands in a formatted string without '\'. */
bool cpe_unquoted(char c);
bool cpe_value_valid(str s);
enum err cpe_check(const struct cpe *c, str *why, str *bad);
enum err cpe_read_uri(struct arena *a, str rest, struct cpe *out, str *why, str *bad);

#endif
