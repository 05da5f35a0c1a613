/* record_said_own.h - between the files that read forms back. */
#ifndef FORMATS_RECORD_SAID_OWN_H
#define FORMATS_RECORD_SAID_OWN_H

#include "formats/json.h"
#include "formats/record_said.h"

struct saying {
    struct arena *a;
    const struct said_hints *hints;
    enum said_format format;
    struct record_said *out;
};

enum err said_read_page(struct saying *s, str bytes);
enum err said_read_json_ld(struct saying *s, str bytes);
enum err said_read_atom(struct saying *s, str bytes);
enum err said_read_csaf(struct saying *s, str bytes); /* of the MyJVN API, too */
enum err said_read_jvnrss(struct saying *s, str bytes);
enum err said_read_vuldef(struct saying *s, str bytes);
enum err said_read_cve(struct saying *s, str bytes);
enum err said_read_rolie(struct saying *s, str bytes); /* the provider's lists */
enum err said_read_index(struct saying *s, str bytes);
enum err said_read_changes(struct saying *s, str bytes);
enum err said_read_paper(struct saying *s, str text); /* of PDF */

/* What paper must say of a field where the page says this; false: the page's own words. */
bool said_expect_paper(struct arena *a, const struct record_said *page, enum said_field f,
                       const struct said_hints *hints, struct said_list *to);

/* An empty text is none. */
void said_put(struct saying *s, enum said_field f, str text);
void said_put_time(struct saying *s, enum said_field f, str text); /* RFC 3339 */
void said_put_at(struct saying *s, enum said_field f, opt_i64 at);

/* A line of the revision history. */
void said_put_change(struct saying *s, str at, str text);

/* "KKH#41827360", also where the English form has "-en" behind it. */
void said_put_number(struct saying *s, str text);

/* An address is that of this advisory's page, of another form or identifier, or a link. */
void said_put_url(struct saying *s, str url);

void said_put_score(struct saying *s, struct said_score score);

/* What identifies a product, as "Vendor / Product / 2.4 = cpe:2.3:…"; an empty id is none. */
void said_put_identifier(struct saying *s, const struct said_product *p, str id);

/* "Vendor / Product / >=1.0|<2.4" */
str said_product_line(struct arena *a, const struct said_product *p);

/* What a format must say of what identifies products. */
void said_expect_identifiers(struct arena *a, const struct record_said *page, enum said_format f,
                             const struct said_hints *hints, struct said_list *to);

/* How people call a vulnerability, where `at` counts from 1: its number, its title, "#2". */
str said_vuln_name(struct arena *a, str cve, str title, size_t at);

/* A list of ids of products and what is said of them. */
enum said_status said_status_of(str word);

/* One space for each stretch of white space; none at the ends. */
str said_plain(struct arena *a, str text);

/* Instant of a text as UTC with seconds; the text where it is none. */
str said_time(struct arena *a, str text);

/* A range as all formats' readers give it. */
str said_range(struct arena *a, str from, bool from_in, str to, bool to_in);

/* Sorted, each once. */
struct strs said_sorted(const struct said_list *list);

#endif
