/* people.h - accounts, the departments that people act for, and one's own account.
 *
 * The operator may do everything here.  The lead of a vendor's contact may do it for people who
 * belong to its own organisation and to no other, and who are neither operator nor auditor.
 * An edit leaves alone what it does not name. */
#ifndef APP_PEOPLE_H
#define APP_PEOPLE_H

#include "app/admin.h"

/* --- accounts ----------------------------------------------------------------------------- */

/* login, name_ja, name_en, email, lang, zone, is_operator, is_auditor; a new one also dept and
 * role, together or not at all (a POC's lead must). */
enum { PERSON_RULES = 10, PERSON_EDIT_RULES = 7 };
extern const struct field_rule person_rules[PERSON_RULES], person_edit_rules[PERSON_EDIT_RULES];

struct person_made {
    str id, password; /* password: a start password, shown once; absent where one was given */
};

/* password absent: a start password is drawn, which must be changed at the first sign-in.
 * Hashes with argon2id: call it from the slow pool.  Problems: login "taken". */
enum err person_create(struct ctx *cx, const struct input *in, str password,
                       struct person_made *out);

/* The two halves of it, for a caller that makes more in one transaction: check or draw the
 * password and hash it; then, also within db_write(), the rest. */
enum err person_secret(struct ctx *cx, str login, str password, str *start, str *phc);
enum err person_create_hashed(struct ctx *cx, const struct input *in, str phc, bool must_change,
                              str *id);

/* Problem: is_operator "last_operator". */
enum err person_edit(struct ctx *cx, str id, i64 rev, const struct input *in);

/* Sessions end and tokens are revoked in the same transaction.  The last operator stays. */
enum err person_disable(struct ctx *cx, str id, i64 rev, bool disabled);

/* A new start password; sessions end. */
enum err person_reset(struct ctx *cx, str id, str *password);

/* A password of one's choice for somebody, at the command line; sessions end. */
enum err person_set_password(struct ctx *cx, str id, str password);

enum err person_id_of(struct ctx *cx, str login_or_id, str *id);

/* --- who acts for whom -------------------------------------------------------------------- */

/* person (a login), dept, role (lead member substitute), since (absent: now), until. */
enum { MEMBER_RULES = 5 };
extern const struct field_rule member_rules[MEMBER_RULES];

/* Add, or change what is there.  A POC's lead can add only people of its own organisation; a
 * login that it may not know of gives the same problem as one that does not exist. */
enum err member_put(struct ctx *cx, const struct input *in);

/* From now on no longer; what was stays on record. */
enum err member_end(struct ctx *cx, str person_id, str dept_id);

/* --- looking ------------------------------------------------------------------------------ */

struct person_filter {
    str part;   /* of login, name or address */
    str org_id; /* absent: any, for the operator */
    bool enabled, operators;
    bool newest_first; /* else by login */
};
struct person_line {
    str id, login, name, email;
    bool is_operator, is_auditor, must_change, disabled;
};
enum err person_list(struct ctx *cx, const struct person_filter *f, struct list_window *w,
                     struct person_line **out, size_t *n);

/* That somebody acts for a department, now, or before, or later. */
struct member_line {
    str person_id, login, name; /* name: in the reader's language */
    str org_id, org_slug, org, dept_id, dept;
    str role;
    i64 since;
    opt_i64 until;
    bool disabled; /* the account */
};
struct person_view {
    str id, login, name_ja, name_en, email, lang, zone;
    bool is_operator, is_auditor, must_change, has_password, muted, may_edit;
    i64 created, rev;
    opt_i64 disabled;
    i64 tokens, sessions; /* that are good now */
    const struct member_line *memberships;
    size_t nmemberships;
};
/* Oneself, or whom one may edit; else E_NOT_FOUND. */
enum err person_view(struct ctx *cx, str login_or_id, struct person_view *out);

/* Who belongs to an organisation: for its own people and those who may edit them. */
enum err org_members(struct ctx *cx, str org_id, struct member_line **out, size_t *n);

/* The analysts whom reception or the coordinator may ask for help: person and organisation. */
enum err analyst_list(struct ctx *cx, struct member_line **out, size_t *n);

/* --- one's own account -------------------------------------------------------------------- */

/* name_ja, name_en, email, lang, zone, muted. */
enum { OWN_RULES = 6, PASSWORD_RULES = 2 };
extern const struct field_rule own_rules[OWN_RULES];
enum err own_edit(struct ctx *cx, i64 rev, const struct input *in);

/* old_password, new_password.  Also for who.pending_id, whose start password ends with it.  Other sessions end;
 * session: the token of the one that stays, absent: none.  Wrong tries count as at sign-in:
 * E_BUSY, *retry_s.  Afterwards load the user anew.  Hashes: for the slow pool. */
extern const struct field_rule password_rules[PASSWORD_RULES];
enum err own_password(struct ctx *cx, const struct input *in, str session, i64 *retry_s);

#endif
