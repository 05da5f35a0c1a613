/* form_check.h - one field against its rule. */
#ifndef APP_FORM_CHECK_H
#define APP_FORM_CHECK_H

#include "app/form.h"

/* E_INVALID: a problem was added at the field. */
enum err form_check(struct ctx *cx, const struct field_rule *r, const struct input *in,
                    struct value *out);

/* The checks that others need, too. */
bool is_email(str s);
bool is_http_url(str s); /* http or https, a host, no spaces, no credentials */
bool is_cve(str s);      /* CVE-YYYY-NNNN… */
bool is_cwe(str s);      /* CWE-N… */
bool is_login(str s);

#endif
