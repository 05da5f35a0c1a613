/* auth.h - who is it: passwords, sessions, receipt keys, API tokens, throttles.
 *
 * Passwords: argon2id, m = 64 MiB, t = 2 (call these functions from the slow pool).  Tokens:
 * 256 random bits, stored as BLAKE2b hashes.  A session ends after an hour without use or
 * twelve hours in all; a finder's after thirty minutes. */
#ifndef APP_AUTH_H
#define APP_AUTH_H

#include "app/ctx.h"

#define SESSION_IDLE HOUR
#define SESSION_MOST (12 * HOUR)

/* Fill cx->who with a person's names, seats and principals; language and zone become theirs.
 * With a start password nothing but who.pending_id is filled.  E_NOT_FOUND: no such person,
 * or disabled. */
enum err user_load(struct ctx *cx, str person_id);

/* A finder who typed a receipt key. */
void user_finder(struct ctx *cx, str report_id);

/* Check a password and make a session.  *token: for the cookie.  E_DENIED: wrong (the same
 * answer and work for an unknown login); E_BUSY: tried too often, *retry_s says how long. */
enum err sign_in(struct ctx *cx, str login, str password, str address, str *token, i64 *retry_s);

/* The same for a finder's receipt number and key. */
enum err sign_in_finder(struct ctx *cx, str receipt, str key, str address, str *token,
                        i64 *retry_s);

/* A session for a report that was just handed in. */
enum err session_for_report(struct ctx *cx, str report_id, str *token);

/* Who a session's token belongs to; fills cx->who.  E_NOT_FOUND: none, or it has ended. */
enum err session_open(struct ctx *cx, str token);
enum err session_end(struct ctx *cx, str token);

/* Who a bearer token belongs to; fills cx->who.  E_NOT_FOUND: none, or it has ended. */
enum err token_open(struct ctx *cx, str token);

/* Whose client certificate that is, by its SHA-256 (certificate.h): for reading alone, because a
 * browser shows it to whatever page asks. */
enum err certificate_open(struct ctx *cx, str fingerprint);
str certificate_hash(struct arena *a, str fingerprint); /* under which it is kept */

/* What a form of this session must carry. */
str csrf_of(struct arena *a, str session_token);

/* argon2id in PHC form, and the check of one (constant time). */
enum err password_hash(struct ctx *cx, str password, str *phc);
bool password_fits(struct arena *a, str phc, str password);

/* The rules for a new password: 12 to 200 characters, not the login; problems at `field`. */
enum err password_check(struct ctx *cx, str field, str login, str password);

/* E_BUSY: `most` were counted within `window` ms; *retry_s: for how many seconds still. */
enum err throttle_check(struct ctx *cx, str kind, str subject, i64 most, i64 window, i64 *retry_s);
enum err throttle_count(struct ctx *cx, str kind, str subject, i64 window);
enum err throttle_forget(struct ctx *cx, str kind, str subject);

/* Remove what has ended: sessions, throttles, once-tokens. */
enum err auth_sweep(struct ctx *cx);

#endif
