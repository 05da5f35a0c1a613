/* cve_record.h - CVE records: what a numbering authority says of one vulnerability.
 *
 * Sources: the CVE Record Format, JSON schemas 5.1 and 5.2 (5.2 adds packageURL to a product),
 * and for what the service asks beyond them, CVE Services.  One plain struct is written and
 * read; texts are absent where nothing is given, lists empty.  Instants are texts as the schema
 * has them: RFC 3339, an offset may be missing and then is UTC. */
#ifndef FORMATS_CVE_RECORD_H
#define FORMATS_CVE_RECORD_H

#include "base/vec.h"
#include "formats/json.h"

enum { CVE_BODY_MAX = 3800000 }; /* bytes that the service takes */

struct cve_text {
    str lang, value; /* "en", "ja" */
};
struct cve_texts {
    VEC(struct cve_text)
};
struct cve_names { /* a list of strings */
    VEC(str)
};

struct cve_change {
    str at, status;
};
struct cve_version {
    str version, status; /* affected, unaffected, unknown; a range's start */
    str less_than, up_to, type;
    struct {
        VEC(struct cve_change)
    } changes;
};
struct cve_product {
    str vendor, product, collection, package, package_url, repo, default_status;
    struct cve_names cpes, modules, files, routines, platforms;
    struct {
        VEC(struct cve_version)
    } versions;
};
struct cve_weakness_text {
    str lang, description, cwe, type; /* cwe: "CWE-79" */
};
struct cve_weakness { /* one weakness, in one language or several */
    struct {
        VEC(struct cve_weakness_text)
    } texts;
};
struct cve_reference {
    str url, name;
    struct cve_names tags;
};
struct cve_metric {
    struct cve_texts scenarios;
    str vector;   /* of CVSS 2.0 to 4.0; absent: `other` */
    i64 score;    /* tenths, as the record says; -1: it does not.  Written: computed */
    str severity; /* as the record says */
    str other;    /* JSON object {"type", "content"}, as read */
};
struct cve_impact {
    str capec;
    struct cve_texts texts;
};
struct cve_event {
    str time, lang, value;
};
struct cve_credit {
    str lang, value, type, user; /* type: "finder", …; absent is finder */
};
struct cve_extra {
    str key, json; /* "x_…", and one JSON value */
};

struct cve_record {
    bool v5_2;
    bool rejected;
    str id;
    str assigner, assigner_name; /* UUID and short name of the organisation */
    str reserved, published, updated, rejected_at;
    str provider, provider_name, provider_updated;
    /* the container */
    str assigned, made_public, title;
    struct cve_texts descriptions, configurations, workarounds, solutions, exploits;
    struct {
        VEC(struct cve_product)
    } products;
    struct {
        VEC(struct cve_weakness)
    } weaknesses;
    struct {
        VEC(struct cve_reference)
    } references;
    struct {
        VEC(struct cve_metric)
    } metrics;
    struct {
        VEC(struct cve_impact)
    } impacts;
    struct {
        VEC(struct cve_event)
    } timeline;
    struct {
        VEC(struct cve_credit)
    } credits;
    struct cve_names tags;
    str source;                   /* JSON object, as it is written and read */
    str taxonomy;                 /* JSON array, likewise */
    struct cve_texts reasons;     /* rejected: why */
    struct cve_names replaced_by; /* rejected */
    struct {
        VEC(struct cve_extra)
    } extras;
};

/* The whole record, as the public gets it. */
void cve_write(struct json_out *o, const struct cve_record *r);

/* The container alone: what stands under containers.cna. */
void cve_write_container(struct json_out *o, const struct cve_record *r);

/* What the service is sent: {"cnaContainer": …}, without what it sets itself. */
void cve_write_request(struct json_out *o, const struct cve_record *r);

/* Where and why reading stopped: json_… of json.h with line and column, or at a JSON Pointer
 * cve_size (more than CVE_BODY_MAX, or than 20,000 items in a list), cve_missing, cve_type (not
 * of that kind of value), cve_value (no such word). */
struct cve_error {
    str code, path;
    i64 line, column;
};

/* Members that we do not know are left out, but for x_ ones; media beside a text, too.  The
 * texts live as long as `text`.  E_INVALID fills *error. */
enum err cve_read(struct arena *a, str text, struct cve_record *out, struct cve_error *error);

/* "CVE-2026-12345" */
bool cve_is_id(str s);

#endif
