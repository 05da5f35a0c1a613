/* vulns.h - the vulnerabilities of a case: identifiers, scores by issuer, what is known of
 * exploitation.  Read with the right to the details; written by the coordinator, in a direct
 * case by the vendor's contact. */
#ifndef APP_VULNS_H
#define APP_VULNS_H

#include "app/cases.h"
#include "app/form.h"

/* Facts about the world, from CERT/CC's vulnerability disclosure model: each once true stays
 * true, and keeps its date. */
enum world { WORLD_PUBLIC, WORLD_EXPLOIT, WORLD_ATTACKS, WORLD_COUNT };

struct vuln_vector {
    str issuer; /* coordinator, vendor, finder, other */
    str vector;
    i64 score; /* base, ten times; -1: cannot be told */
};

struct vuln {
    str id;
    i64 ordinal, rev;
    str cve, cwe, title[LANG_COUNT], note; /* absent where not given */
    const struct vuln_vector *vectors;
    size_t nvectors;
    opt_i64 since[WORLD_COUNT];
    i64 score; /* the coordinator's, else the highest; -1: none */
};

/* In their order.  None for who may know of the case, but not of the details. */
enum err vuln_list(struct ctx *cx, str case_id, struct vuln **out, size_t *n);

/* For the program's own work: not to be shown. */
enum err vulns_load(struct ctx *cx, str case_id, struct vuln **out, size_t *n);

/* Fields of vuln_rules, and rows "vectors.0.issuer", "vectors.0.vector", ….  public_at,
 * exploit_at and attacks_at can be set once. */
enum err vuln_add(struct ctx *cx, str case_id, const struct input *in, str *id);
enum err vuln_edit(struct ctx *cx, str case_id, str id, i64 rev, const struct input *in);
extern const struct field_rule vuln_rules[9];

/* The rules of one row of "vectors". */
extern const struct field_rule vuln_vector_rules[2];

/* Within db_write(), by the program: the number that was reserved for one that has none. */
enum err vuln_number(struct ctx *cx, str case_id, str id, str cve);

/* Whether the actor may write those of that case.  E_NOT_FOUND: no right to know of it. */
enum err vuln_may(struct ctx *cx, str case_id, bool *out);
bool vuln_may_edit(const struct ctx *cx, const struct case_file *cf);

#endif
