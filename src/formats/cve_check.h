/* cve_check.h - whether a CVE record follows the numbering authorities' rules.
 *
 * Source: CVE Numbering Authority Operational Rules 4.2.0 (effective 2026-08-25), sections 4.2,
 * 4.5 and 5, as far as a program can tell; and what CVE Services refuses beyond the schema.
 * What the schema says is the schema's to check. */
#ifndef FORMATS_CVE_CHECK_H
#define FORMATS_CVE_CHECK_H

#include "formats/cve_record.h"

/* The word for it is cve_rule_CODE of po/, where {got} may stand. */
struct cve_finding {
    str rule; /* "5.1.10"; "services": what the service refuses */
    str code;
    str path; /* JSON Pointer into the record */
    str got;  /* a short part of it, or absent */
    bool must;
};
struct cve_findings {
    VEC(struct cve_finding)
};

/* now: ms since 1970, for dates that lie ahead. */
void cve_check(struct arena *a, const struct cve_record *r, i64 now, struct cve_findings *out);

/* Whether anything is a MUST. */
bool cve_check_fails(const struct cve_findings *f);

#endif
