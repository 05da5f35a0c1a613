/* editor_own.h - between the files of the advisory editor. */
#ifndef WEB_PAGES_EDITOR_OWN_H
#define WEB_PAGES_EDITOR_OWN_H

#include "app/preview.h"
#include "web/pages/editor_page.h"

/* What the page is made of. */
struct editing {
    struct advisory adv;
    const struct input *typed; /* what came back with problems; NULL: nothing */
    bool conflict;             /* somebody saved meanwhile */
};

/* Rows, stages, what is missing, who agreed, revisions. */
enum err editor_fill(struct ctx *cx, const struct request *rq, const struct editing *e,
                     struct editor_view *v);

/* Both languages as their pages would be. */
enum err editor_previews(struct ctx *cx, str case_id, const struct advisory *adv,
                         const struct input *typed, struct edit_previews *out);

/* "Overview (Japanese)", for sentences about a field. */
const struct field_rule *editor_rules(struct ctx *cx, size_t *n);

/* "/ja/cases/70418253" + path. */
url editor_url(struct ctx *cx, const struct request *rq, const char *path);

/* GET /{lang}/cases/{}/advisory/{ja|en}/{n} */
enum err editor_revision(struct ctx *cx, struct request *rq, struct reply *an);

#endif
