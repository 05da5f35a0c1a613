/* cve_build.h - a vulnerability of a case as the CVE record that would be published now.
 *
 * Made from what the portal's page is made from: the advisory's texts in both languages, the
 * vulnerability, what the vendors that are listed said, credits by consent. */
#ifndef APP_CVE_BUILD_H
#define APP_CVE_BUILD_H

#include "app/portal.h"
#include "formats/cve_check.h"

struct cve_draft {
    str vuln_id;
    struct cve_record record;
    struct cve_findings findings;
    bool is_public; /* the advisory is; else this is what would be */
    bool fails;     /* a MUST is broken */
    str json;       /* the whole record, a member a line */
    str request;    /* what the service would be sent */
};

/* vuln_id: absent is the case's only one, E_INVALID where there are several.  What is public is
 * made from the public page; before that from the draft, for coordinator and reception.
 * E_NOT_FOUND: nothing yet, or no right to the draft or the details. */
enum err cve_build(struct ctx *cx, str case_id, str vuln_id, bool v5_2, struct cve_draft *out);

/* Whether there is anything to build records from, for this reader. */
enum err cve_can_build(struct ctx *cx, str case_id, bool *out);

/* A finding in words. */
str cve_finding_words(struct arena *a, const struct cve_finding *f, enum lang lang);

/* --- inside app/ ---------------------------------------------------------------------------- */

/* The same of pages as they are given, as if they were public; NULL: not there in that
 * language.  Asks nothing about rights. */
struct case_file;
enum err cve_build_of(struct ctx *cx, const struct case_file *cf,
                      const struct portal_advisory *const page[LANG_COUNT], str vuln_id, bool v5_2,
                      struct cve_draft *out);

/* Whose containers these are; absent: not set, and the record carries a placeholder. */
struct cve_org {
    str uuid, name;
};
enum err cve_org_load(struct ctx *cx, struct cve_org *out);

#endif
