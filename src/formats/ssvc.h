/* ssvc.h - decision points of SSVC 2.x, and the namespaces they stand in (facts/ssvc.tsv). */
#ifndef FORMATS_SSVC_H
#define FORMATS_SSVC_H

#include "base/str.h"

enum ssvc_namespace {
    SSVC_REGISTERED,   /* basic cisa cvss ssvc */
    SSVC_RESERVED,     /* example, test: for documentation and tests */
    SSVC_INVALID,      /* "invalid": never right */
    SSVC_UNREGISTERED, /* x_..., and all else */
};

/* By its base, which is what stands before the first '/'. */
enum ssvc_namespace ssvc_namespace(str ns);
str ssvc_base(str ns);

/* Whether it has an extension: anything behind the base. */
bool ssvc_extended(str ns);

struct ssvc_point {
    str name;   /* "Safety Impact" */
    str values; /* for ssvc_value_next */
};

/* False: no such decision point in that base namespace. */
bool ssvc_find(str base, str key, str version, struct ssvc_point *out);

/* The newest version of a decision point; absent: there is none of that key. */
str ssvc_latest(str base, str key);

/* The values of a point in their order: begin with *rest = values. */
bool ssvc_value_next(str *rest, str *key, str *name);

#endif
