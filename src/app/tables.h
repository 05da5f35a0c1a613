/* tables.h - the words and small tables that stand beside the process in process/. */
#ifndef APP_TABLES_H
#define APP_TABLES_H

#include "domain/clocks.h"
#include "domain/flags.h"
#include "domain/remedies.h"
#include "domain/statuses.h"
#include "gen/words.h"

/* A kind of department or body, as people call it: "設計・製品主管", "Design". */
str department_word(enum actor kind, enum lang lang);

/* Loaded and checked once, by app_boot(). */
struct tables {
    struct statuses statuses;
    struct dispositions dispositions;
    struct audience_words audiences;
    struct clocks clocks;
    struct remedies remedies;
    struct flags flags;
};

/* Whether that disposition exists for reports of that kind at that stage. */
bool disposition_is(const struct tables *t, str id, str kind, str stage);

/* Whether the handling of such a report can end with it. */
bool disposition_ends(const struct tables *t, str id, str kind);

/* As people call it; empty: there is no such disposition. */
str disposition_word(const struct tables *t, str id, enum lang lang);

#endif
