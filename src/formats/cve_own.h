/* cve_own.h - between the files of the CVE record: which member stands where. */
#ifndef FORMATS_CVE_OWN_H
#define FORMATS_CVE_OWN_H

#include "formats/cve_record.h"

/* clang-format off */
enum cve_kind {
    CVE_STR,
    CVE_STRS,    /* struct cve_names */
    CVE_LIST,    /* VEC of what `of` says, each an object */
    CVE_NAMES,   /* struct cve_names, each an object {"name"} */
    CVE_OBJECT,  /* str: JSON, kept as it is */
    CVE_ARRAY,   /* likewise */
    CVE_METRICS  /* VEC of struct cve_metric */
};
/* clang-format on */

struct cve_shape;

struct cve_member {
    str name;
    enum cve_kind kind;
    size_t at; /* offset in the struct */
    const struct cve_shape *of;
    bool required;
    bool newer; /* since 5.2 */
};
struct cve_shape {
    const struct cve_member *v;
    size_t n, size;
};

/* What every VEC looks like, whatever its items are. */
struct cve_any {
    void *v;
    size_t n, cap;
};

extern const struct cve_shape cve_published_shape, cve_rejected_shape, cve_texts_shape;

/* The CVSS versions by member: "cvssV2_0", in the order of enum cvss_version. */
extern const str cve_cvss_names[4];

#endif
