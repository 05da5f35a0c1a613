/* library.h - others' advisories, whatever format they came in, as one kind of entry.
 *
 * CSAF 2.0 and 2.1, JVNRSS and VULDEF are read as far as somebody who looks for an advisory
 * needs: who says what about which CVEs and products, since when, and who may read it.  The
 * document itself is kept beside the entry and stays what counts. */
#ifndef FORMATS_LIBRARY_H
#define FORMATS_LIBRARY_H

#include "base/vec.h"
#include "formats/json.h"

/* What of one document is taken; a text is cut at a character. */
enum {
    LIBRARY_BYTES = 32 << 20, /* of one document */
    LIBRARY_CVES = 10000,     /* more are refused */
    LIBRARY_PRODUCTS = 500,   /* more are counted alone */
    LIBRARY_LINKS = 50,
    LIBRARY_VECTORS = 200,
    LIBRARY_TITLES = 500,
    LIBRARY_TEXT = 500,     /* bytes of a name, a title */
    LIBRARY_SUMMARY = 4000, /* bytes */
};

struct library_link {
    str title, url;
};
struct library_product {
    str vendor, name; /* vendor empty: not told */
};
struct library_vector {
    str cve, vector; /* cve empty: of the whole */
    i64 score;       /* ten times the base score */
};

struct library_entry {
    str kind;      /* csaf20 csaf21 jvnrss vuldef */
    str publisher; /* namespace: with id and edition the key of an entry */
    str publisher_name;
    str id;
    str edition; /* of JVN's formats, which tell both languages under one id: the language */
    str version, status;
    str title, lang, summary;
    str tlp;                   /* CLEAR GREEN AMBER AMBER+STRICT RED; empty: not told */
    str url;                   /* of the advisory for people, or empty */
    opt_i64 released, updated; /* ms */
    struct strs cves, cwes, others;
    struct strs titles; /* of single vulnerabilities */
    const struct library_vector *vectors;
    size_t nvectors;
    i64 score; /* the highest; -1: none */
    const struct library_product *products;
    size_t nproducts, allproducts; /* told; in the document */
    const struct library_link *links;
    size_t nlinks;
    i64 findings; /* of CSAF's schema and mandatory tests; 0 of the others */
};

/* Why a document, or one entry of a feed, is not taken.  code: the word problem_CODE; place: what
 * its {got} says: a JSON Pointer, line and column "3:7", "entry 4"; or empty. */
struct library_refusal {
    str code, place;
};

struct library_read {
    struct {
        VEC(struct library_entry)
    } entries;
    struct {
        VEC(struct library_refusal)
    } refused; /* of a feed: the entries that have no id, title or publisher */
};

/* E_INVALID: nothing of it can be taken.  now: ms, for the tests of CSAF that look at the clock.
 * Codes: json_…, library_xml, library_format, library_large, library_no_id, library_no_title,
 * library_no_publisher, library_cves, library_empty. */
enum err library_read(struct arena *a, str bytes, i64 now, struct library_read *out,
                      struct library_refusal *why);

/* Whether everybody may read it. */
bool library_is_open(const struct library_entry *e);

/* > 0: x is the later of two revisions of one document. */
int library_compare(const struct library_entry *x, const struct library_entry *y);

/* Cut at a character, white space at both ends gone; never absent. */
str library_cut(struct arena *a, str s, size_t most);

/* Everything to search by, as one text. */
str library_text(struct arena *a, const struct library_entry *e);

/* As a JSON object, and back: kept beside the document, and how it leaves the jail.  False:
 * it is none.  What is taken from JSON is within the limits above. */
void library_put(struct json_out *o, const struct library_entry *e);
bool library_take(struct arena *a, const struct json *j, struct library_entry *out);

/* A job for the jail, named "library": library_job_input() in; out what library_job_take() reads,
 * the refusal where library_read() said E_INVALID. */
str library_job_input(struct arena *a, str bytes, i64 now);
enum err library_job(struct arena *a, str in, buf *out);
bool library_job_take(struct arena *a, str out, enum err verdict, struct library_read *read,
                      struct library_refusal *why);

#endif
