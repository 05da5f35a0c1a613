/* cwe.h - names of weaknesses: the Common Weakness Enumeration, from content/cwe.tsv.
 *
 * The table is inside the program; its first lines say which version it is. */
#ifndef FORMATS_CWE_H
#define FORMATS_CWE_H

#include "base/str.h"

struct cwe {
    i64 id;
    str name_en; /* the official name */
    str name_ja; /* as Japanese advisories write it; empty: none, show the English one */
    str mapping; /* whether a CVE may name it: allowed review discouraged prohibited deprecated */
};

/* False: there is no weakness of that number (categories and views are none). */
bool cwe_find(i64 id, struct cwe *out);

/* "CWE-79" or "79", in any case, without leading zeros. */
bool cwe_parse(str text, i64 *id);

/* All of them, by number: begin with *at = 0; false: there are no more. */
bool cwe_next(size_t *at, struct cwe *out);

str cwe_version(void); /* "4.20" */

/* ---- all versions, from facts/cwe.tsv ---- */

struct cwe_fact {
    str name;
    str status; /* draft incomplete stable usable deprecated */
    str usage;  /* allowed allowed-with-review discouraged prohibited; empty: not said then */
};

/* Versions in order of their release, from 0; -1: there is no such version. */
int cwe_version_order(str version);

/* What version said of the weakness.  False: none of that number then, or no such version. */
bool cwe_in(i64 id, str version, struct cwe_fact *out);

/* Whether any version gave the weakness that name. */
bool cwe_ever(i64 id, str name);

#endif
