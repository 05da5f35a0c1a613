/* tables.h - the words and small tables that stand beside the process in process/. */
#ifndef APP_TABLES_H
#define APP_TABLES_H

#include "domain/process.h"
#include "gen/words.h"

/* A kind of department or body, as people call it: "設計・製品主管", "Design". */
str department_word(enum actor kind, enum lang lang);

struct tables;

/* Whether that disposition exists for reports of that kind at that stage. */
bool disposition_is(const struct tables *t, str id, str kind, str stage);

#endif
