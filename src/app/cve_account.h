/* cve_account.h - the account at CVE Services: whose numbers they are, and the key, closed. */
#ifndef APP_CVE_ACCOUNT_H
#define APP_CVE_ACCOUNT_H

#include "app/cve_build.h"
#include "app/form.h"

struct cve_account {
    bool is;                  /* there is one */
    str url, org, user, uuid; /* url: without a slash at its end; uuid: absent until asked */
    str key_box;              /* for a closed header of io/fetch.h */
    i64 changed, rev;
};

/* For the program's own work and for whoever acts; the key stays closed. */
enum err cve_account_load(struct ctx *cx, struct cve_account *out);

/* "url", "short_name", "user_name", "api_key": by the operator.  The key is closed for this URL alone. */
enum err cve_account_put(struct ctx *cx, const struct input *in);
extern const struct field_rule cve_account_rules[4];

/* What the service says of the organisation. */
enum err cve_account_uuid(struct ctx *cx, const struct cve_account *acc, str uuid);

/* Where the key file of an installation is: DATA/cve.key. */
str cve_key_path(struct arena *a, str data_dir);

#endif
