/* record_said.h - what each public form of an advisory says, read back from its bytes.
 *
 * One reader a format, none of which knows the record that the form was written from: each gives
 * the same neutral lists, with white space, zones, vectors and version ranges made comparable.
 * Foreign bytes are harmless: what is not of the kind that is looked for is not there. */
#ifndef FORMATS_RECORD_SAID_H
#define FORMATS_RECORD_SAID_H

#include "base/problem.h"
#include "base/vec.h"

/* clang-format off */
enum said_format {
    SAID_PAGE, SAID_JSON_LD, SAID_ATOM, SAID_CSAF_2_0, SAID_CSAF_2_1, SAID_JVNRSS_3,
    SAID_JVNRSS_2,   /* JVN iPedia's file: named by the database */
    SAID_JVNRSS_OWN, /* JVN's own: named by the advisory's number */
    SAID_VULDEF, SAID_MYJVN, SAID_CVE,
    SAID_ROLIE_2_0, SAID_INDEX_2_0, SAID_CHANGES_2_0, /* its entries in the provider's lists … */
    SAID_ROLIE_2_1, SAID_INDEX_2_1, SAID_CHANGES_2_1, /* … of both versions of CSAF */
    SAID_PDF, /* the words of the paper: what the page says is looked for in them */
    SAID_FORMATS
};
enum said_field {
    SAID_TITLE, SAID_NUMBER, SAID_OTHER_ID, SAID_CVES, SAID_CWES, SAID_PRODUCTS, SAID_STATUS,
    SAID_IDENTIFIERS, SAID_SCORES, SAID_PUBLISHED, SAID_UPDATED, SAID_HISTORY, SAID_CREDITS,
    SAID_ADDRESS, SAID_LINKS, SAID_SUMMARY, SAID_SOLUTION, SAID_FIELDS
};
enum said_status { SAID_AFFECTED, SAID_FIXED, SAID_NOT_AFFECTED, SAID_INVESTIGATING, SAID_UNKNOWN };
/* clang-format on */

str said_format_name(enum said_format f); /* "csaf-2.0" */
bool said_format_find(str name, enum said_format *out);
str said_field_name(enum said_field f); /* "title" */

/* How paper says the status of a product, or of a vendor as a whole. */
struct said_word {
    bool vendor;
    str code, word;
};

/* Names that belong to this installation. */
struct said_hints {
    str prefix;     /* of advisory numbers: "KKH" */
    str public_url; /* https://… without a slash at its end */
    str lang;       /* "ja", "en": of a form that holds both, what is said in this one counts */
    str unnamed;    /* how CSAF calls the products of a vendor that names none */
    str published, updated; /* what stands before these dates on paper */
    const struct said_word *words;
    size_t nwords;
    bool cve_52;       /* CVE records are of 5.2, which has package URLs */
    struct strs stock; /* sentences that stand as remediations where nobody wrote one */
};

struct said_list {
    VEC(str)
};
struct said_product {
    str vendor, name; /* name empty: the vendor as a whole */
    str versions;     /* of the page: as written; else one range: ">=1.0|<2.4" "2.4" "*" */
    enum said_status status;
    bool untold;   /* it is there, without a status */
    str about;     /* by name, the vulnerability that the status is of, or several; empty: all */
    str code;      /* of the page alone, as all below: the status as it is coded */
    bool unsolved; /* its vendor says that there is nothing to do about it (yet) */
    struct strs holds; /* the vulnerabilities, by name, for which it holds */
    bool own;          /* it is said of one vulnerability */
    str cpe, purl;
};
struct said_score {
    str about;  /* a CVE number; empty: of the whole */
    str vector; /* in the standard's order, or as it stands where it is none */
    str score;  /* "5.3"; empty: not said */
    str severity;
    str issuer;  /* of the page alone: coordinator vendor finder other */
    str written; /* likewise: the vector as it stands there */
};
struct record_said {
    bool withdrawn;
    struct said_list field[SAID_FIELDS];
    struct said_list titles;   /* of the page: of its vulnerabilities */
    struct said_list numbered; /* of the page: weaknesses of those that have a CVE number */
    struct {
        VEC(struct said_product)
    } products;
    struct {
        VEC(struct said_score)
    } scores;
    size_t vulns;   /* of the page: how many */
    size_t records; /* that were read into this one */
    str paper;      /* of PDF: its words without white space */
};

/* Adds to *out, so that several CVE records become one.  Of PDF the bytes are its words, as
 * io/pdf_text.h reads them.  E_INVALID: the bytes are not of that format at all; of a list:
 * nothing stands in it. */
enum err said_read(struct arena *a, enum said_format f, str bytes, const struct said_hints *hints,
                   struct record_said *out);

/* What a form says in a field: sorted, each once.  each: statuses with the vulnerability that
 * they are of. */
struct strs said_values(struct arena *a, const struct record_said *said, enum said_field f);
struct strs said_values_of(struct arena *a, const struct record_said *said, enum said_field f,
                           bool each);

/* What that format must say where the page says this: what it has no place for is left out, and
 * what it says in its own way is said so. */
struct strs said_expect(struct arena *a, const struct record_said *page, enum said_format format,
                        enum said_field f, const struct said_hints *hints);

/* Those of the values that stand in the words of the paper, lines and pages set aside. */
struct strs said_standing(struct arena *a, const struct record_said *paper, struct strs values);

#endif
