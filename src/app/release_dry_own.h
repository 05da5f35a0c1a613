/* release_dry_own.h - between the files of the rehearsal. */
#ifndef APP_RELEASE_DRY_OWN_H
#define APP_RELEASE_DRY_OWN_H

#include "app/cve_build.h"
#include "app/jvn_entry.h"
#include "app/publish_own.h"
#include "app/release_dry.h"

struct rehearsal {
    struct ctx *cx;
    struct case_file cf;
    struct release r;
    const struct release_wish *wish;
    enum lang lang;
    struct portal_advisory page[LANG_COUNT]; /* wish->lang: as it would be; the other: see has */
    bool has[LANG_COUNT];                    /* the other one: it is public */
    struct jvn_place place;
    bool timeless; /* for the digest: a number that is not given yet is always the same */
    struct release_dry *out;
};

/* The record as it would be at cx->now, and every artefact of it into *out. */
enum err rehearsal_build(struct rehearsal *h, struct release_dry *out);

/* The page alone. */
enum err rehearsal_look(struct rehearsal *h, struct portal_advisory *out);

/* What the page says, as JSON. */
str rehearsal_page(struct ctx *cx, enum lang lang, const struct portal_advisory *p);

struct release_artefact *rehearsal_add(struct rehearsal *h, struct release_dry *out, str name,
                                       str url, str media, str bytes);

/* What is made of the forms: the lists that name them, their signatures, paper.  What this
 * process cannot make is said so. */
enum err rehearsal_beside(struct rehearsal *h, struct release_dry *out);

void rehearsal_find(struct rehearsal *h, struct release_dry *out, struct release_finding f);

/* What the portal's own rules miss. */
enum err rehearsal_check_texts(struct rehearsal *h, struct release_dry *out);
void rehearsal_check_cve(struct rehearsal *h, struct release_dry *out,
                         const struct release_artefact *of, const struct cve_findings *found);

/* Each form by its own rules, from its bytes. */
void rehearsal_check_artefacts(struct rehearsal *h, struct release_dry *out);

#endif
