/* csaf_aggregator.h - whose documents a CSAF aggregator or lister names: aggregator.json.
 *
 * Sources: CSAF 2.0, sections 7.1.21 to 7.1.23 and 7.2.4 to 7.2.5; the draft of 2.1 alike. */
#ifndef FORMATS_CSAF_AGGREGATOR_H
#define FORMATS_CSAF_AGGREGATOR_H

#include "base/vec.h"
#include "formats/json.h"

enum { AGGREGATED_MOST = 2000, MIRRORS_MOST = 20 };

struct aggregated { /* one issuing party */
    str name, namespace, role;
    str url;        /* of its metadata */
    bool publisher; /* among csaf_publishers */
    struct strs mirrors;
};

struct aggregator {
    str name;
    bool lister; /* mirrors nobody */
    struct {
        VEC(struct aggregated)
    } issuers;
};

/* Whether it claims to be one. */
bool aggregator_is(const struct json *j);

/* Leniently; entries without namespace or an address of http(s) are left out.  False: it names
 * none; *why is the member that is missing. */
bool aggregator_read(struct arena *a, const struct json *j, struct aggregator *out, str *why);

/* How it leaves the jail; false: that is none. */
void aggregator_put(struct json_out *o, const struct aggregator *g);
bool aggregator_take(struct arena *a, const struct json *j, struct aggregator *out);

#endif
