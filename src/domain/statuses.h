/* statuses.h - closed lists with the words people read: statuses, dispositions, who, for whom.
 *
 * Loaded from process/statuses.tsv, dispositions.tsv, departments.tsv and audiences.tsv; bad
 * tables are told like those of process.h.  Results point into the texts and the arena. */
#ifndef DOMAIN_STATUSES_H
#define DOMAIN_STATUSES_H

#include "domain/process.h"

/* Of a vendor, a product or a version, as the portal shows it. */
enum vendor_status {
    STATUS_AFFECTED,
    STATUS_NOT_AFFECTED,
    STATUS_AFFECTED_INVESTIGATING,
    STATUS_NOT_AFFECTED_INVESTIGATING,
    STATUS_UNKNOWN,
    STATUS_INFORMED, /* notified, no answer */
    VENDOR_STATUS_COUNT
};
str vendor_status_name(enum vendor_status s);
bool vendor_status_find(str name, enum vendor_status *out);

struct statuses {
    struct {
        str word[LANGS];
        str vuldef; /* affectedstatus of VULDEF 3.2 */
    } v[VENDOR_STATUS_COUNT];
};
enum err statuses_load(struct arena *a, str text, struct statuses *out,
                       struct process_fault *fault);

/* Why a report is refused or stopped, and how it ended. */
enum disposition_kind { OF_PRODUCT, OF_WEBSITE, DISPOSITION_KIND_COUNT };
enum disposition_stage { STAGE_REFUSE, STAGE_STOP, STAGE_END, DISPOSITION_STAGE_COUNT };
struct disposition {
    str id;
    unsigned kinds; /* 1 << enum disposition_kind */
    enum disposition_stage stage;
    str word[LANGS];
};
struct dispositions {
    const struct disposition *v;
    size_t n;
};
enum err dispositions_load(struct arena *a, str text, struct dispositions *out,
                           struct process_fault *fault);

/* NULL: there is none of that id. */
const struct disposition *disposition_find(const struct dispositions *d, str id);

/* Everybody who acts, by enum actor. */
struct actor_words {
    str word[ACTOR_COUNT][LANGS];
};
enum err departments_load(struct arena *a, str text, struct actor_words *out,
                          struct process_fault *fault);

/* "Who will see this", a sentence by flow and audience; empty where a flow has no such text. */
struct audience_words {
    str word[FLOW_COUNT][AUDIENCE_COUNT][LANGS];
};
enum err audiences_load(struct arena *a, str text, struct audience_words *out,
                        struct process_fault *fault);

/* Whether these fit the process: the statuses that a step offers are those above, in the same
 * words; every text that a step asks for or somebody may read says who sees it. */
void statuses_check(struct arena *a, const struct process *p, const struct statuses *statuses,
                    const struct audience_words *audiences, struct findings *out);

#endif
