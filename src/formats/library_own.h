/* library_own.h - between the files that read others' advisories. */
#ifndef FORMATS_LIBRARY_OWN_H
#define FORMATS_LIBRARY_OWN_H

#include "base/dict.h"
#include "formats/library.h"

/* Lists of one entry while it is made; what stands in one twice is taken once. */
struct library_making {
    struct arena *a;
    struct library_entry e;
    struct library_list {
        VEC(str)
        struct dict seen;
    } cves, cwes, others, titles;
    struct {
        VEC(struct library_vector)
        struct dict seen;
    } vectors;
    struct {
        VEC(struct library_product)
        struct dict seen;
    } products;
    struct {
        VEC(struct library_link)
        struct dict seen;
    } links;
};

/* An identifier as it may be kept: at most LIBRARY_TEXT bytes, no control characters; else empty. */
str library_id(str s);

void library_add_cve(struct library_making *m, str cve); /* what is none is left out */
void library_add_cwe(struct library_making *m, str cwe);
void library_add_other(struct library_making *m, str id);
void library_add_title(struct library_making *m, str title);
void library_add_vector(struct library_making *m, str cve, str vector);
void library_add_product(struct library_making *m, str vendor, str name);
void library_add_link(struct library_making *m, str title, str url);

/* E_INVALID: too many CVEs. */
enum err library_made(struct library_making *m, struct library_refusal *why);

enum err library_read_csaf(struct arena *a, const struct json *root, i64 now,
                           struct library_entry *out, struct library_refusal *why);
enum err library_read_xml(struct arena *a, str bytes, struct library_read *out,
                          struct library_refusal *why);

static inline enum err library_refuse(struct library_refusal *why, str code, str place)
{
    *why = (struct library_refusal){code, place};
    return E_INVALID;
}

#endif
