/* csaf_write.h - one advisory as a CSAF document: 2.0 (OASIS Standard, 2022-11-18) or 2.1.
 *
 * The caller fills a struct; absent strings and empty lists are left out.  The same struct gives
 * the same bytes, so that a signature of unchanged content can be kept. */
#ifndef FORMATS_CSAF_WRITE_H
#define FORMATS_CSAF_WRITE_H

#include "base/str.h"

struct json;

enum csaf_profile {
    CSAF_BASE,
    CSAF_SECURITY_ADVISORY,
    CSAF_VEX,
    CSAF_INFORMATIONAL,
    CSAF_WITHDRAWN, /* 2.1; in 2.0 the base profile */
    CSAF_PROFILES
};
bool csaf_profile_find(str name, enum csaf_profile *out); /* "security_advisory", "vex", … */
str csaf_profile_category(enum csaf_profile p, bool v21);

enum csaf_status {
    CSAF_KNOWN_AFFECTED,
    CSAF_FIXED,
    CSAF_NOT_AFFECTED,
    CSAF_INVESTIGATED,
    CSAF_UNKNOWN, /* 2.1; left out in 2.0 */
    CSAF_STATUSES
};

/* One leaf of the product tree.  Those of one vendor, and of one name in it, stand together. */
struct csaf_product {
    str id, vendor, name;
    str version; /* one version, or */
    str range;   /* a specifier of versions; or neither */
    str full;    /* how people call it, with vendor and versions */
    str cpe, purl;
};

/* What is said of one product for one vulnerability. */
struct csaf_claim {
    bool is; /* anything */
    enum csaf_status status;
    str flag;               /* a label of CSAF's flags, of one that is not affected; or absent */
    const struct json *row; /* what it was made from: not looked at by the writer */
};

struct csaf_note {
    const char *category; /* summary description details general faq legal_disclaimer other */
    str title, text;
};
struct csaf_link {
    bool self; /* this document, in whatever form */
    str summary, url;
};
struct csaf_revision {
    i64 at;
    i64 number;
    str summary;
};
/* What is said of some products: of all with that status, or of some of these alone. */
struct csaf_remark {
    const char *category; /* of remediations: vendor_fix …; of threats: impact exploit_status */
    enum csaf_status of;
    str vendor;     /* absent: of all vendors */
    const str *ids; /* only these products, in the order of the document's; NULL: all */
    size_t nids;
    str text, url;
    opt_i64 at;
};
struct csaf_vulnerability {
    str cve, title, cwe, cwe_name, cwe_version;
    str id_system, id; /* our own number for it, where there is one */
    const struct csaf_note *notes;
    size_t nnotes;
    const str *vectors; /* one a version of CVSS: CSAF allows one a product */
    size_t nvectors;
    opt_i64 exploited; /* first known exploitation */
    str exploit;       /* what is known of attacks; absent: nothing */
    opt_i64 exploit_at;
    const struct csaf_claim *claims; /* one a product of the document, in their order */
    const struct csaf_remark *remediations, *threats;
    size_t nremediations, nthreats;
};

struct csaf_document {
    bool v21;
    enum csaf_profile profile;
    str lang, source_lang;   /* source_lang: a translation */
    str title, tlp, tlp_url; /* tlp: CLEAR GREEN AMBER AMBER+STRICT RED */
    str severity;            /* aggregate, as people read it */
    const char *publisher_category;
    str publisher, namespace, contact, authority;
    str id, alias;
    const char *status; /* draft interim final */
    i64 published, updated;
    const struct csaf_revision *revisions; /* oldest first; the last is the document's */
    size_t nrevisions;
    str engine, engine_version;
    const struct csaf_note *notes;
    size_t nnotes;
    const struct csaf_link *links;
    size_t nlinks;
    str credit;
    const struct csaf_product *products;
    size_t nproducts;
    const struct csaf_vulnerability *vulns;
    size_t nvulns;
};

/* Pretty JSON with a line feed at its end. */
str csaf_write(struct arena *a, const struct csaf_document *d);

/* The file name of CSAF 2.0, section 5.1: lower case, one "_" for each stretch of others than
 * + - a-z 0-9, ".json". */
str csaf_file_name(struct arena *a, str id);

#endif
