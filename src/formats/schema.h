/* schema.h - JSON Schema (Draft 2020-12; 04 and 07 for the kept schemas that are written in
 * them): what in a document's form is not as its schema says.
 *
 * The schemas in schemas/ are compiled into tables when the program is built; schema_make()
 * compiles others when it runs.  One walker reads both. */
#ifndef FORMATS_SCHEMA_H
#define FORMATS_SCHEMA_H

#include "base/vec.h"
#include "formats/json.h"

enum schema_id {
    SCHEMA_CSAF_2_0,
    SCHEMA_CSAF_2_1,
    SCHEMA_PROVIDER_2_0,
    SCHEMA_PROVIDER_2_1,
    SCHEMA_AGGREGATOR_2_0,
    SCHEMA_AGGREGATOR_2_1,
    SCHEMA_ROLIE_2_0,
    SCHEMA_CVSS_2_0,
    SCHEMA_CVSS_3_0,
    SCHEMA_CVSS_3_1,
    SCHEMA_CVSS_4_0,
    SCHEMA_SSVC_2, /* a selection list */
    SCHEMA_EXTENSION_CONTENT,
    SCHEMA_EXTENSION_METADATA,
    SCHEMA_EXTENSION_METASCHEMA,
    SCHEMA_CVE_5_1,           /* a record */
    SCHEMA_CVE_5_1_PUBLISHED, /* a numbering authority's container, as CVE Services takes it */
    SCHEMA_CVE_5_1_REJECTED,
    SCHEMA_COUNT
};

/* A compiled schema. */
struct schema;

const struct schema *schema_kept(enum schema_id id);

struct schema_fault {
    str path;    /* JSON Pointer: where in the document; of an unknown member: that member */
    str keyword; /* as in the schema: required, pattern, enum …; "false": nothing may stand here */
    str expected; /* the missing member, the pattern, the kinds or values ("a, b"), the format */
    i64 limit;    /* of the keywords that count, as minLength; else 0 */
};

/* At most this many are kept, so that a hostile document cannot fill the memory. */
enum { SCHEMA_FAULTS = 10000 };

struct schema_faults {
    VEC(struct schema_fault)
    bool more; /* than are kept */
};

/* Whether the document has the form that the schema asks for.  strict: members that the schema
 * does not name are faults also where the published text lets them pass.  Every fault is added
 * to *out, in the order of the document; out may be NULL: then only the answer is computed.
 * Where no branch of oneOf or anyOf fits, the faults of the nearest branch follow its own. */
bool schema_check(struct arena *a, const struct schema *s, const struct json *document, bool strict,
                  struct schema_faults *out);

/* A document that is compiled as a schema, and the URI that it goes by where it has no $id. */
struct schema_source {
    str uri;
    const struct json *document;
};

struct schema_options {
    bool formats;  /* "format" asserts; else only where the schema's own metaschema says so */
    bool draft_07; /* is what a document is written in that does not say */
    /* A further document that a $ref names (without fragment), or NULL.  May be NULL itself. */
    const struct json *(*find)(struct arena *a, void *arg, str uri);
    void *arg;
};

/* Why a schema was not compiled.  Codes: schema_form (a keyword's value is not what it must be)
 * schema_ref (leads nowhere) schema_pattern (not a regular expression that we take)
 * schema_size. */
struct schema_refusal {
    str code;
    str path; /* JSON Pointer into the document where it stands */
    str text; /* the reference or the pattern */
};

/* Compile source.  E_INVALID fills *why. */
enum err schema_make(struct arena *a, struct schema_source source,
                     const struct schema_options *options, const struct schema **out,
                     struct schema_refusal *why);

/* The text of a kept schema or a metaschema of Draft 2020-12 by its URI, parsed, or NULL; arg is
 * not used: for schema_options.find. */
const struct json *schema_kept_source(struct arena *a, void *arg, str uri);

#endif
