/* jvn.h - one advisory as JVN's formats tell it: the record that JVNRSS, VULDEF and the answers of
 * MyJVN are written from and read into.
 *
 * Texts are plain; absent: not told.  Instants are ms since 1970, written in Japan's zone as JVN
 * does.  What is written validates against IPA's schemas (JVNRSS 3.2, VULDEF 3.2, Status 3.3,
 * Results 3.3) where the record has what they require. */
#ifndef FORMATS_JVN_H
#define FORMATS_JVN_H

#include "base/problem.h"
#include "base/time.h"
#include "formats/xml.h"
#include "formats/xml_read.h"

#define JVN_RSS "http://purl.org/rss/1.0/"
#define JVN_RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define JVN_DC "http://purl.org/dc/elements/1.1/"
#define JVN_DCTERMS "http://purl.org/dc/terms/"
#define JVN_SEC "http://jvn.jp/rss/mod_sec/"
#define JVN_SEC3 "http://jvn.jp/rss/mod_sec/3.0/"
#define JVN_VULDEF "http://jvn.jp/vuldef/"
#define JVN_STATUS "http://jvndb.jvn.jp/myjvn/Status"
#define JVN_RESULTS "http://jvndb.jvn.jp/myjvn/Results"
#define JVN_STATISTICS "http://jvndb.jvn.jp/myjvn/Statistics"
#define JVN_ATOM "http://www.w3.org/2005/Atom"

/* clang-format off */
enum jvn_about { JVN_ADVISORY, JVN_VENDOR, JVN_CWE };
/* clang-format on */

struct jvn_reference {
    enum jvn_about about;
    str source; /* "CVE", "NVD", "JVN"; a vendor's name; absent of a CWE in JVNRSS */
    str id, title, url, text;
};

/* A version, or a range of them. */
struct jvn_version {
    str text, op; /* op: eq ne gt lt ge le */
    str begin, begin_op, end, end_op;
};

struct jvn_product {
    str vendor, product;
    struct strs cpes; /* CPE 2.2 URIs */
    str status;       /* vulnerable notvulnerable unknown …_investigating; absent: not told */
    const struct jvn_version *versions;
    size_t nversions;
    struct strs builds, texts;
};

struct jvn_cvss {
    str version, vector;                /* "2.0", "3.0", "3.1", "4.0" */
    str severity;                       /* None Low Medium High Critical */
    str type;                           /* Base Temporal Environmental; absent: Base */
    str score, temporal, environmental; /* decimals, as written */
};

/* Of an impact, a solution, an exploit, a credit, a contact. */
struct jvn_item {
    str type; /* as the element's own attribute has it; absent: not told */
    str name;
    struct strs texts, urls; /* urls: of a contact, mail addresses */
};
struct jvn_items {
    const struct jvn_item *v;
    size_t n;
};

struct jvn_change {
    str no;
    opt_i64 at;
    struct strs texts;
};

/* One vulnerability of the entry, where they are told apart. */
struct jvn_vuln {
    str cve, text;                   /* cve empty: none */
    const struct jvn_reference *cwe; /* NULL: none */
    const struct jvn_cvss *cvss;
    size_t ncvss;
};

struct jvn_entry {
    str made;   /* as it was written before in a file of the same kind: then of the rest only link
                 * and about count; absent: it was not */
    str id;     /* "JVNDB-2022-000097" */
    str number; /* dc:identifier of JVN's own feed: "JVN#96321933" */
    str about, link, title, overview, lang;
    str publisher, creator, rights, subject;
    str restriction; /* public private; absent: not told */
    struct strs details, relations;
    const struct jvn_reference *references;
    size_t nreferences;
    const struct jvn_product *products;
    size_t nproducts;
    const struct jvn_cvss *cvss; /* of the whole: the highest of each version */
    size_t ncvss;
    const struct jvn_vuln *vulns; /* only known to oka; none: one a CVE among the references */
    size_t nvulns;
    struct jvn_items impacts, solutions, exploits, credits, contacts;
    const struct jvn_change *history; /* oldest first */
    size_t nhistory;
    opt_i64 first_public; /* 公表日, DatePublic */
    opt_i64 issued;       /* 登録日, DateFirstPublished, dcterms:issued */
    opt_i64 modified;     /* 最終更新日, DateLastUpdated, dcterms:modified */
};

/* written: where the writer of a whole file notes where each of them begins, and behind the last
 * where it ends: n + 1 places; NULL: nowhere. */
struct jvn_entries {
    const struct jvn_entry *v;
    size_t n;
    size_t *written;
};

/* --- the Status of an answer ------------------------------------------------------------------ */

struct jvn_parameter {
    str name, value;
};

struct jvn_status {
    str method, lang, feed; /* absent: not told */
    bool failed;
    str code, message;                      /* errCd, errMsg; empty: none */
    opt_i64 max, total, returned, first;    /* retMax totalRes totalResRet firstRes; absent: "" */
    opt_i64 max_count;                      /* retMaxCnt */
    const struct jvn_parameter *parameters; /* of the request, echoed */
    size_t nparameters;
};

void jvn_put_status(struct xml_out *x, const struct jvn_status *s);

/* The Status element right under root; false: there is none. */
bool jvn_read_status(struct arena *a, const struct xml_node *root, struct jvn_status *out);

/* For those who write files of entries: a text with room for what is made; that the i-th begins
 * here; and the entry, if it is made. */
buf jvn_room(struct arena *a, const struct jvn_entries *entries);
void jvn_note_place(struct xml_out *x, const struct jvn_entries *entries, size_t i);
bool jvn_put_made(struct xml_out *x, const struct jvn_entry *e);

/* TLP:WHITE, as everything that JVN publishes is marked. */
void jvn_put_handling(struct xml_out *x);

/* Whether it is told as vulnerable, or nothing is told: JVN lists only such products. */
bool jvn_is_affected(const struct jvn_product *p);

/* --- small things ------------------------------------------------------------------------------ */

/* 2025-04-07T07:36:21+09:00; short: without seconds, as JVN's files have it.  Absent: absent. */
str jvn_time(struct arena *a, opt_i64 at, bool is_short);

/* Both of these, and what RFC 3339 has; absent: none of them. */
opt_i64 jvn_time_read(str s);

/* "10.0" of 100; absent where tenths < 0. */
str jvn_score(struct arena *a, i64 tenths);

/* None … Critical of the CVSS version's rating scale (2.0: Low … High, as the NVD rates). */
str jvn_severity(str version, i64 tenths);

/* All children of that name, trimmed. */
struct strs jvn_texts(struct arena *a, const struct xml_node *parent, str space, str name);

#endif
