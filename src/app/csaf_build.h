/* csaf_build.h - an advisory of the portal as a CSAF document, from the same record as its page.
 *
 * Japanese is the original; English is its translation: with an id of its own, the publisher as
 * translator, and the original as its first reference (CSAF 2.1, 9.1.9). */
#ifndef APP_CSAF_BUILD_H
#define APP_CSAF_BUILD_H

#include "app/portal.h"
#include "formats/csaf_write.h"

struct csaf_wish {
    bool v21;
    enum csaf_profile profile; /* CSAF_PROFILES: the best that fits */
    str draft;                 /* its TLP label before publication; absent: as published */
};

/* A withdrawn advisory says so whatever was wished; one without vulnerabilities or products
 * falls back to the base profile.  The same record and settings give the same bytes. */
enum err csaf_build(struct ctx *cx, enum lang lang, const struct portal_advisory *p,
                    struct csaf_wish wish, str *out);

/* As it stands there: from the portal; as it would stand there: from the draft, for
 * whoever writes it: it names all vendors.  E_NOT_FOUND: neither, or no right to know of it;
 * E_DENIED: may read the draft, but only with the own part. */
enum err csaf_of_case(struct ctx *cx, str case_id, enum lang lang, struct csaf_wish wish, str *out);

/* "KKH#41827360", "KKH#41827360-en" */
str csaf_id(struct ctx *cx, str number, enum lang lang);

/* Below the public root: ".well-known/csaf/v2.0/white/2026/kkh_41827360.json"; the year is that of the first
 * release in UTC. */
str csaf_path(struct ctx *cx, str number, enum lang lang, i64 published, bool v21);

#endif
