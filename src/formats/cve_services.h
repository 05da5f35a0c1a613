/* cve_services.h - what CVE Services is asked and what it answers, as text.
 *
 * Facts: the routes of a numbering authority in cve-services 2.3 to 2.8.  Codes decide, not
 * statuses: the same code comes with different statuses.  Members that we do not know are left
 * alone, because the service grows. */
#ifndef FORMATS_CVE_SERVICES_H
#define FORMATS_CVE_SERVICES_H

#include "formats/cve_record.h"

/* --- addresses, below the base URL -------------------------------------------------------------- */

struct cve_reservation {
    i64 amount, year;
    str batch; /* sequential or nonsequential; absent: the service's choice, for one alone */
};
enum { CVE_MOST_SEQUENTIAL = 1000, CVE_MOST_NONSEQUENTIAL = 10 };

str cve_url_reserve(struct arena *a, str base, str org, const struct cve_reservation *r);

/* Our own numbers; state and year: absent and 0 are any; page: from 1. */
str cve_url_list(struct arena *a, str base, str state, i64 year, i64 page);
str cve_url_quota(struct arena *a, str base, str org);
str cve_url_org(struct arena *a, str base, str org);
str cve_url_record(struct arena *a, str base, str cve);                   /* GET */
str cve_url_container(struct arena *a, str base, str cve, bool rejected); /* POST, PUT */

/* Whether it can be a base: https, or http where `plain`; no query, no slash at its end, no
 * name or password. */
bool cve_url_is_base(str url, bool plain);

/* --- answers ------------------------------------------------------------------------------------ */

struct cve_line {
    str cve, state, owner, user, reserved; /* user: of the API, who reserved it */
};
struct cve_lines {
    VEC(struct cve_line)
    i64 next; /* page; 0: none */
};
struct cve_quota {
    i64 quota, reserved, available;
};

/* All of them: false where the text is not that answer. */
bool cve_lines_read(struct arena *a, str text, struct cve_lines *out);
bool cve_quota_read(struct arena *a, str text, struct cve_quota *out);
bool cve_org_read(struct arena *a, str text, str *uuid, str *short_name);

/* An error of the service; code absent: it is none.  message: printable, at most 300 bytes,
 * with the first details. */
struct cve_error_answer {
    str code, message;
};
void cve_error_read(struct arena *a, str text, struct cve_error_answer *out);

/* What an error means for who asked. */
enum cve_meaning {
    CVE_MEANS_NO,     /* it was not done and will not be: say why */
    CVE_MEANS_LATER,  /* it was not done; try again */
    CVE_MEANS_EXISTS, /* there is a record already: update */
    CVE_MEANS_ABSENT, /* there is none yet: create */
    CVE_MEANS_UNSURE, /* it may have been done: look */
};
enum cve_meaning cve_meaning_of(i64 status, str code);

/* Whether the record that the service gave (GET, or created and updated) carries this container,
 * given as the text of a request; what the service sets itself does not count. */
bool cve_same_container(struct arena *a, str record, str request);

#endif
