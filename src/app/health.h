/* health.h - how the installation itself fares: for the operator, never a word of any case. */
#ifndef APP_HEALTH_H
#define APP_HEALTH_H

#include "app/ctx.h"

struct health_part {
    str name, state; /* "sandbox", "jail": as /readyz says it */
};
struct health {
    bool postgres;
    i64 bytes; /* of the database */
    int schema, schema_wanted;
    bool schema_foreign;      /* it holds a migration that this program does not carry */
    i64 generation;           /* of public content */
    i64 waiting, due, failed; /* effects that wait to leave; tried in vain */
    i64 given_up;             /* outbox_letters() lists them */
    opt_i64 oldest;           /* when the first of them was due */
    opt_i64 housekeeping;     /* last done, by any process of this installation */
    const struct health_part *parts;
    size_t nparts;
};

/* E_DENIED: not the operator. */
enum err health_view(struct ctx *cx, struct health *out);

/* Note that the housekeeping was done. */
enum err health_pulse(struct ctx *cx);

#endif
