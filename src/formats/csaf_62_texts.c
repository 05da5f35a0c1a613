/* csaf_62_texts.c - recommended tests of notes and references in the language of the document,
 * and of its licence. */
#include "formats/csaf_62.h"
#include "formats/fact.h"
#include "formats/spdx.h"

str csaf_heading(const struct csaf_check *c, str which)
{
    static const str columns[] = {
        S_INIT("license"),
        S_INIT("product_description"),
        S_INIT("reasoning_for_supersession"),
        S_INIT("reasoning_for_withdrawal"),
        S_INIT("superseding_document"),
    };
    str lang = csaf_lang(c), cells;
    lang = str_lower(c->a, str_cut(&lang, '-'));
    if (!fact_find(S("csaf-headings"), lang, &cells))
        return NO_STR;
    for (size_t i = 0; i < COUNT(columns); i++) {
        str cell = str_cut(&cells, '\t');
        if (str_eq(columns[i], which))
            return cell;
    }
    return NO_STR;
}

/* The notes hold exactly one of that title, and it has that category. */
static void one_note(struct csaf_check *c, str title, str category, str word)
{
    const struct json *notes = json_get(c->index->document_part, S("notes"));
    size_t n = 0;
    EACH (note, notes)
        n += str_eq(json_get_text(note, S("title")), title) &&
             str_eq(json_get_text(note, S("category")), category);
    if (n == 1)
        return;
    if (notes == NULL)
        csaf_lacks(c, c->index->document_part, S("notes"), word);
    else
        csaf_found(c, notes, word, title, category, NO_STR);
}

static void one_reason(struct csaf_check *c, str profile, str heading, str word)
{
    if (!str_eq(c->index->category, profile) || csaf_is_english(c))
        return;
    str title = csaf_heading(c, heading);
    if (title.n > 0)
        one_note(c, title, S("description"), word);
}

/* 6.2.39.2 */
void csaf_withdrawal_translated(struct csaf_check *c)
{
    one_reason(c, S("csaf_withdrawn"), S("reasoning_for_withdrawal"), S("reason_translated"));
}

/* 6.2.39.3 */
void csaf_supersession_translated(struct csaf_check *c)
{
    one_reason(c, S("csaf_superseded"), S("reasoning_for_supersession"), S("reason_translated"));
}

/* 6.2.39.4 */
void csaf_superseding_translated(struct csaf_check *c)
{
    const struct json *references = json_get(c->index->document_part, S("references"));
    if (!str_eq(c->index->category, S("csaf_superseded")) || csaf_is_english(c))
        return;
    str start = csaf_heading(c, S("superseding_document"));
    if (start.n == 0)
        return;
    EACH (reference, references) {
        str category = json_get_text(reference, S("category"));
        if (str_has_prefix(json_get_text(reference, S("summary")), start) &&
            (category.p == NULL || str_eq(category, S("external"))))
            return;
    }
    if (references == NULL)
        csaf_lacks(c, c->index->document_part, S("references"), S("superseding_translated"));
    else
        csaf_found(c, references, S("superseding_translated"), start, NO_STR, NO_STR);
}

/* 6.2.39.5 */
void csaf_extension_in_withdrawn(struct csaf_check *c)
{
    if (!str_eq(c->index->category, S("csaf_withdrawn")) &&
        !str_eq(c->index->category, S("csaf_superseded")))
        return;
    const struct json *both[] = {json_get(c->index->document_part, S("x_extensions")),
                                 json_get(c->document, S("x_extensions"))};
    for (size_t i = 0; i < COUNT(both); i++)
        if (both[i] != NULL)
            csaf_found(c, both[i], S("extension_in_withdrawn"), c->index->category, NO_STR, NO_STR);
}

/* 6.2.40 */
void csaf_description_of_nothing(struct csaf_check *c)
{
    str title =
        csaf_is_english(c) ? S("Product Description") : csaf_heading(c, S("product_description"));
    if (title.n == 0)
        return;
    EACH (note, json_get(c->index->document_part, S("notes"))) {
        bool described = str_eq(json_get_text(note, S("category")), S("description")) &&
                         str_has_prefix(json_get_text(note, S("title")), title);
        if (described && json_get(note, S("product_ids")) == NULL &&
            json_get(note, S("group_ids")) == NULL)
            csaf_found(c, note, S("description_of_nothing"), json_get_text(note, S("title")),
                       NO_STR, NO_STR);
    }
}

/* ---- licences ---- */

static const struct json *license_of(const struct csaf_check *c)
{
    return json_get(c->index->document_part, S("license_expression"));
}

/* 6.2.43 */
void csaf_license_missing(struct csaf_check *c)
{
    const struct json *license = license_of(c);
    if (license == NULL)
        csaf_lacks(c, c->index->document_part, S("license_expression"), S("license_missing"));
    else if (json_text(license).n == 0)
        csaf_found(c, license, S("license_empty"), NO_STR, NO_STR, NO_STR);
}

/* Identifiers of the expression of which the lists say that.  False: none. */
static bool license_ids(struct csaf_check *c, enum spdx_known known, str word)
{
    const struct json *license = license_of(c);
    struct spdx e;
    size_t at;
    bool any = false;
    if (json_text(license).p == NULL || !spdx_read(c->a, json_text(license), &e, &at))
        return false;
    for (size_t i = 0; i < e.n; i++) {
        if (spdx_known(&e.ids[i]) != known)
            continue;
        any = true;
        if (word.p != NULL)
            csaf_found(c, license, word, e.ids[i].text, NO_STR, NO_STR);
    }
    return any;
}

/* 6.2.44 */
void csaf_license_deprecated(struct csaf_check *c)
{
    (void)license_ids(c, SPDX_DEPRECATED, S("license_deprecated"));
}

/* 6.2.45 */
void csaf_license_unknown(struct csaf_check *c)
{
    (void)license_ids(c, SPDX_MISSING, S("license_unknown"));
}

/* 6.2.46 */
void csaf_license_translated(struct csaf_check *c)
{
    if (csaf_is_english(c) || !license_ids(c, SPDX_UNKNOWN, NO_STR))
        return;
    str title = csaf_heading(c, S("license"));
    if (title.n > 0)
        one_note(c, title, S("legal_disclaimer"), S("license_translated"));
}

/* 6.3.17 */
void csaf_license_unlisted(struct csaf_check *c)
{
    (void)license_ids(c, SPDX_UNKNOWN, S("license_unlisted"));
    (void)license_ids(c, SPDX_MISSING, S("license_unlisted"));
}
