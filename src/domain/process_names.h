/* process_names.h - the closed lists of process.h as arrays, for the loader. */
#ifndef DOMAIN_PROCESS_NAMES_H
#define DOMAIN_PROCESS_NAMES_H

#include "domain/process.h"

extern const str flow_names[FLOW_COUNT], actor_names[ACTOR_COUNT], step_kind_names[STEP_KIND_COUNT],
    effect_names[EFFECT_COUNT], audience_names[AUDIENCE_COUNT], relation_names[RELATION_COUNT],
    reach_names[REACH_COUNT], question_type_names[QUESTION_TYPE_COUNT], known_names[KNOWN_COUNT];

/* Index of name, or -1. */
int name_find(const str *names, size_t n, str name);

#endif
