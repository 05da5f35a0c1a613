/* csaf_61_profiles.c - mandatory tests 6.1.27: what the profiles of documents ask for. */
#include "formats/csaf_check.h"

enum {
    INFORMATIONAL = 1 << 0,
    INCIDENT = 1 << 1,
    ADVISORY = 1 << 2,
    VEX = 1 << 3,
    DEPRECATED = 1 << 4,
    WITHDRAWN = 1 << 5,
    SUPERSEDED = 1 << 6
};

static const struct {
    str category;
    int profile;
    enum csaf_version since;
} profiles[] = {
    {S_INIT("csaf_informational_advisory"), INFORMATIONAL, CSAF_2_0},
    {S_INIT("csaf_security_incident_response"), INCIDENT, CSAF_2_0},
    {S_INIT("csaf_security_advisory"), ADVISORY, CSAF_2_0},
    {S_INIT("csaf_vex"), VEX, CSAF_2_0},
    {S_INIT("csaf_deprecated_security_advisory"), DEPRECATED, CSAF_2_1},
    {S_INIT("csaf_withdrawn"), WITHDRAWN, CSAF_2_1},
    {S_INIT("csaf_superseded"), SUPERSEDED, CSAF_2_1},
};

/* Whether the document is of one of these profiles. */
static bool is_of(const struct csaf_check *c, int any)
{
    for (size_t i = 0; i < COUNT(profiles); i++)
        if (str_eq(c->index->category, profiles[i].category) && profiles[i].since <= c->version)
            return (profiles[i].profile & any) != 0;
    return false;
}

static bool has_category(const struct json *list, const char *words)
{
    EACH (item, list) {
        str category = json_get_text(item, S("category"));
        str rest = str_z(words);
        while (rest.n > 0)
            if (str_eq(str_cut(&rest, ' '), category))
                return true;
    }
    return false;
}

/* The document's member of this name, or the document part where it is missing. */
static void found_in_document(struct csaf_check *c, str member, str word)
{
    const struct json *part = c->index->document_part, *node = json_get(part, member);
    if (node != NULL)
        csaf_found(c, node, word, c->index->category, NO_STR, NO_STR);
    else
        csaf_found(c, part, word, c->index->category, NO_STR, NO_STR);
}

/* 6.1.27.1 */
void csaf_profile_notes(struct csaf_check *c)
{
    if (is_of(c, INFORMATIONAL | INCIDENT) &&
        !has_category(json_get(c->index->document_part, S("notes")),
                      "description details general summary"))
        found_in_document(c, S("notes"), S("profile_notes"));
}

/* 6.1.27.2 */
void csaf_profile_references(struct csaf_check *c)
{
    if (is_of(c, INFORMATIONAL | INCIDENT) &&
        !has_category(json_get(c->index->document_part, S("references")), "external"))
        found_in_document(c, S("references"), S("profile_references"));
}

/* 6.1.27.3 */
void csaf_profile_vulnerabilities(struct csaf_check *c)
{
    if (is_of(c, INFORMATIONAL | WITHDRAWN | SUPERSEDED) && c->index->vulnerabilities != NULL)
        csaf_found(c, c->index->vulnerabilities, S("profile_vulnerabilities"), c->index->category,
                   NO_STR, NO_STR);
}

/* 6.1.27.4 */
void csaf_profile_tree(struct csaf_check *c)
{
    if (is_of(c, ADVISORY | VEX | DEPRECATED) && c->index->tree == NULL)
        csaf_found(c, c->document, S("profile_tree"), c->index->category, NO_STR, NO_STR);
}

/* 6.1.27.11 */
void csaf_profile_no_vulnerabilities(struct csaf_check *c)
{
    if (is_of(c, ADVISORY | VEX | DEPRECATED) && c->index->vulnerabilities == NULL)
        csaf_found(c, c->document, S("profile_no_vulnerabilities"), c->index->category, NO_STR,
                   NO_STR);
}

/* Each vulnerability of documents of these profiles has this member. */
static void each_has(struct csaf_check *c, int any, str member, str word)
{
    if (!is_of(c, any))
        return;
    EACH (v, c->index->vulnerabilities)
        if (json_get(v, member) == NULL)
            csaf_found(c, v, word, c->index->category, NO_STR, NO_STR);
}

/* 6.1.27.5 */
void csaf_profile_vulnerability_notes(struct csaf_check *c)
{
    each_has(c, ADVISORY | VEX | DEPRECATED, S("notes"), S("profile_vulnerability_notes"));
}

/* 6.1.27.6 */
void csaf_profile_status(struct csaf_check *c)
{
    each_has(c, ADVISORY | DEPRECATED, S("product_status"), S("profile_status"));
}

/* 6.1.27.7 */
void csaf_profile_vex_status(struct csaf_check *c)
{
    if (!is_of(c, VEX))
        return;
    EACH (v, c->index->vulnerabilities) {
        const struct json *status = json_get(v, S("product_status"));
        if (json_get(status, S("fixed")) == NULL && json_get(status, S("known_affected")) == NULL &&
            json_get(status, S("known_not_affected")) == NULL &&
            json_get(status, S("under_investigation")) == NULL)
            csaf_found(c, status ? status : v, S("profile_vex_status"), NO_STR, NO_STR, NO_STR);
    }
}

/* 6.1.27.12 */
void csaf_profile_affected(struct csaf_check *c)
{
    if (!is_of(c, ADVISORY))
        return;
    EACH (v, c->index->vulnerabilities) {
        const struct json *status = json_get(v, S("product_status"));
        if (json_get(status, S("known_affected")) == NULL)
            csaf_found(c, status ? status : v, S("profile_affected"), NO_STR, NO_STR, NO_STR);
    }
}

/* 6.1.27.14 */
void csaf_profile_reason(struct csaf_check *c)
{
    if (is_of(c, WITHDRAWN | SUPERSEDED) &&
        !has_category(json_get(c->index->document_part, S("notes")), "description"))
        found_in_document(c, S("notes"), S("profile_reason"));
}

/* 6.1.27.15 */
void csaf_profile_no_tree(struct csaf_check *c)
{
    if (is_of(c, WITHDRAWN | SUPERSEDED) && c->index->tree != NULL)
        csaf_found(c, c->index->tree, S("profile_no_tree"), c->index->category, NO_STR, NO_STR);
}

/* 6.1.27.16 */
void csaf_profile_history(struct csaf_check *c)
{
    const struct json *history = json_get(c->index->tracking, S("revision_history"));
    if (is_of(c, WITHDRAWN | SUPERSEDED) && csaf_nitems(history) < 2)
        csaf_found(c, history ? history : c->index->tracking, S("profile_history"),
                   c->index->category, NO_STR, NO_STR);
}

/* Exactly one note has this title, and it is a description. */
static void one_reason(struct csaf_check *c, str title, str word)
{
    size_t titled = 0, right = 0;
    EACH (note, json_get(c->index->document_part, S("notes")))
        if (str_eq(json_get_text(note, S("title")), title)) {
            titled++;
            right += str_eq(json_get_text(note, S("category")), S("description"));
        }
    if (titled != 1 || right != 1)
        found_in_document(c, S("notes"), word);
}

/* 6.1.27.17 */
void csaf_profile_withdrawal(struct csaf_check *c)
{
    if (is_of(c, WITHDRAWN) && csaf_is_english(c))
        one_reason(c, S("Reasoning for Withdrawal"), S("profile_withdrawal"));
}

/* 6.1.27.18 */
void csaf_profile_supersession(struct csaf_check *c)
{
    if (is_of(c, SUPERSEDED) && csaf_is_english(c))
        one_reason(c, S("Reasoning for Supersession"), S("profile_supersession"));
}

/* 6.1.27.19 */
void csaf_profile_superseding(struct csaf_check *c)
{
    if (!is_of(c, SUPERSEDED) || !csaf_is_english(c))
        return;
    EACH (r, json_get(c->index->document_part, S("references")))
        if (str_has_prefix(json_get_text(r, S("summary")), S("Superseding Document")) &&
            str_eq(json_get_text(r, S("category")), S("external")))
            return;
    found_in_document(c, S("references"), S("profile_superseding"));
}
