/* settings.h - what the operator of an installation decides: one table of keys, types and
 * defaults; and security.txt, which is made from it.
 *
 * A value that is not set, or set to nothing, is its default.  Reading is cheap: values are kept
 * in the process until the generation of public content moves, which every change of a setting
 * makes it do. */
#ifndef APP_SETTINGS_H
#define APP_SETTINGS_H

#include "app/admin.h"

/* clang-format off */
enum setting {
    SET_SITE_NAME_JA, SET_SITE_NAME_EN,     /* the portal's */
    SET_NUMBER_PREFIX,                      /* capital letters; read when the program starts */
    SET_VALIDATOR_ORIGINS,                  /* whose pages a browser lets ask /api/v1/validate,
                                             * with blanks between: https://host, or *; none */
    SET_RECEPTION_JA, SET_RECEPTION_EN,     /* how pages call the bodies; default: their names */
    SET_COORDINATOR_JA, SET_COORDINATOR_EN,
    SET_CONTACT,                            /* an address or a page */
    SET_FINDER_INTERVAL,                    /* days between two words to a finder */
    SET_ZONE,                               /* of readers who are not signed in */
    SET_CLOCK_EDITION,                      /* guideline, seed1, seed2: what starts the 45 days */
    SET_RELEASE_APPROVAL,                   /* yes, no: nothing is published but by a plan that
                                             * another person approved */
    SET_POLICY_URL_JA, SET_POLICY_URL_EN,   /* of handling */
    SET_PRIVACY_URL_JA, SET_PRIVACY_URL_EN,
    SET_SECURITY_CONTACT,                   /* of security.txt: an address or an https page */
    SET_SECURITY_EXPIRES,                   /* default: half a year from the day it is read */
    SET_SECURITY_POLICY, SET_SECURITY_ENCRYPTION, SET_SECURITY_THANKS,
    SET_MAIL_FROM,                          /* of notices; default: no-reply at the site's host */
    SETTING_COUNT
};
/* clang-format on */

extern const struct field_rule setting_rules[SETTING_COUNT];

struct settings {
    str v[SETTING_COUNT]; /* never absent */
};

/* Of this request; they live in cx->a.  Remembered in cx->settings. */
enum err settings_open(struct ctx *cx, const struct settings **out);

/* One that is a number; its default where it is not one. */
i64 setting_number(const struct settings *s, enum setting which);
bool setting_find(str key, enum setting *out);

/* --- for the operator --------------------------------------------------------------------- */

struct setting_line {
    const struct field_rule *rule;
    str value, fallback; /* value: empty where it is not set */
    i64 rev;             /* 0: never set */
};
enum err setting_list(struct ctx *cx, struct setting_line out[SETTING_COUNT]);

/* All or none.  E_CONFLICT: a rev is not the newest.  Problems stand at the key. */
struct setting_change {
    enum setting which;
    i64 rev;
    str value;
};
enum err setting_put(struct ctx *cx, const struct setting_change *changes, size_t n);

/* --- security.txt ------------------------------------------------------------------------- */

/* RFC 9116, signed where the installation has a key; names the CSAF provider where its files are
 * made.  E_NOT_FOUND: no contact is set. */
enum err security_txt(struct ctx *cx, str *out);

#endif
