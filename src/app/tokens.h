/* tokens.h - API tokens of a person: "kkh_" and 256 random bits, kept as a hash.
 *
 * One's own, or at the command line and by the operator anybody's.  A token cannot make or
 * revoke tokens: whoever stole one could keep itself alive.  Checked by token_open() of
 * app/auth.h. */
#ifndef APP_TOKENS_H
#define APP_TOKENS_H

#include "app/admin.h"

/* token_name, expires (absent: a year from now; at most two years). */
enum { TOKEN_RULES = 2 };
extern const struct field_rule token_rules[TOKEN_RULES];

struct token_made {
    str id, secret; /* secret: shown once */
    i64 expires;
};
enum err token_make(struct ctx *cx, str person_id, const struct input *in, struct token_made *out);

/* Client certificates are among the tokens: each reads, through the proxy that verified it, the
 * files of the CSAF provider as a token of that person would, and nothing else.
 * certificate_name, certificate (see certificate.h), expires as above. */
enum { CERTIFICATE_RULES = 3 };
extern const struct field_rule certificate_rules[CERTIFICATE_RULES];

/* secret: its fingerprint.  A certificate is one person's, also after it was revoked. */
enum err certificate_make(struct ctx *cx, str person_id, const struct input *in,
                          struct token_made *out);

/* E_NOT_FOUND: no such token of that person, or revoked before. */
enum err token_revoke(struct ctx *cx, str person_id, str token_id);

struct token_line {
    str id, name, certificate; /* certificate: its fingerprint; absent: a token */
    i64 created;
    opt_i64 expires, used, revoked;
};
/* Newest first. */
enum err token_list(struct ctx *cx, str person_id, struct token_line **out, size_t *n);

#endif
