/* csaf.h - the Common Security Advisory Framework 2.0 and 2.1: is this document right?
 *
 * Sources: OASIS CSAF 2.0 and the draft of 2.1: the schemas, and the tests of section 6.  A
 * document that breaks the schema is tested all the same, and every finding is given. */
#ifndef FORMATS_CSAF_H
#define FORMATS_CSAF_H

#include "base/vec.h"
#include "formats/json.h"

enum csaf_version { CSAF_2_0, CSAF_2_1, CSAF_VERSIONS };

/* Schema and mandatory tests decide whether a document is valid. */
enum csaf_group { CSAF_SCHEMA, CSAF_MANDATORY, CSAF_RECOMMENDED, CSAF_INFORMATIVE, CSAF_GROUPS };

enum { CSAF_TESTS = 384, CSAF_ARGS = 3 }; /* rows of the table at most; arguments of a word */

/* The world outside, as far as a test asks it.  A function may be NULL: then the tests that need
 * it find nothing; speaks and misspelt go together. */
struct csaf_outside {
    /* Whether the URL answers with a status below 400. */
    bool (*resolves)(void *arg, str url);
    /* Whether there is a dictionary of that language; and the first word of text that it does
     * not know (absent: it knows all). */
    bool (*speaks)(void *arg, str lang);
    str (*misspelt)(void *arg, str lang, str text);
    /* The first part of text that breaks the grammar of that language; absent: none. */
    str (*ungrammatical)(void *arg, str lang, str text);
    void *arg;
};

/* An extension of 2.1 that is known here. */
struct csaf_extension {
    str uri;                     /* of its schema */
    const struct json *content;  /* the schema */
    const struct json *metadata; /* where and how often it may stand; or NULL */
};

/* What is to be looked at. */
struct csaf_choice {
    bool published; /* the schema as published, which allows members that it does not know */
    bool schema;
    const struct csaf_extension *extensions;
    size_t nextensions;
    bool test[CSAF_TESTS];              /* by the row of the table */
    i64 now;                            /* ms since 1970, for what depends on the day of testing */
    const struct csaf_outside *outside; /* NULL: nothing is asked of the world outside */
};

/* Names: schema, basic, extended, full, mandatory, recommended (2.0: optional), informative,
 * external-request-free, consistent-revision-history, consistent-date-times, ssvc.  The
 * choice is added to what was chosen.  False: no such preset. */
bool csaf_choose(struct csaf_choice *c, str preset);

/* One test by its number ("6.1.1").  False: that version has none of this number. */
bool csaf_choose_test(struct csaf_choice *c, enum csaf_version version, str id);

struct csaf_finding {
    str test;              /* "6.1.27.3", or "schema" */
    enum csaf_group group; /* of the test; recommended where a mandatory test only warns */
    str path;              /* JSON Pointer */
    str word;              /* csaf_WORD and csaf_WORD_mend in po/: why, and how to mend it */
    str arg[CSAF_ARGS];    /* what {a}, {b} and {c} of the word say; or absent */
};

/* A test that was made, and how much it found. */
struct csaf_outcome {
    str test;
    enum csaf_group group;
    size_t found; /* without warnings of mandatory tests */
};

struct csaf_report {
    str version_text; /* what document.csaf_version says; absent: nothing */
    enum csaf_version version;
    bool valid;
    struct {
        VEC(struct csaf_finding)
    } findings; /* by test in the order of the standard, then by place */
    struct {
        VEC(struct csaf_outcome)
    } outcomes;
};

/* A document whose csaf_version is neither 2.0 nor 2.1 is read as 2.0 and found so. */
void csaf_validate(struct arena *a, const struct json *document, const struct csaf_choice *choice,
                   struct csaf_report *out);

str csaf_version_name(enum csaf_version version); /* "2.0" */

/* The version that the document says it is of; false: neither. */
bool csaf_version_of(const struct json *document, enum csaf_version *out);

/* The tests that a version has, in the order of the standard: begin with *at = 0.  Absent:
 * there are no more. */
str csaf_test_next(enum csaf_version version, size_t *at, enum csaf_group *group);

#endif
