/* cve_build_own.h - between the files that build a CVE record. */
#ifndef APP_CVE_BUILD_OWN_H
#define APP_CVE_BUILD_OWN_H

#include "app/case_file.h"
#include "app/cve_build.h"
#include "app/portal.h"
#include "app/vulns.h"
#include "base/dict.h"
#include "domain/remedies.h"

struct building {
    struct arena *a;
    struct case_file cf;
    struct portal_advisory page[LANG_COUNT]; /* what the public reads, or would */
    bool has[LANG_COUNT];
    const struct vuln *vuln;
    struct portal_vuln shown[LANG_COUNT]; /* the same on the page */
    bool is_public, several;              /* several: the case has more than one */
    unsigned todo;                        /* 1 << enum remedy: kinds that vendors named */
    struct cve_names silent;              /* vendors that are affected and named no product */
    struct dict versions;                 /* that a product has: its number, and they */
};

/* English where there is an English page. */
enum lang building_lang(const struct building *b);

/* Products, weakness, references, scores, credits, timeline. */
enum err building_parts(struct ctx *cx, struct building *b, struct cve_record *r);

/* What breaks the schemas in what was written, where no rule says it. */
void building_check_schema(struct building *b, struct cve_draft *out);

#endif
