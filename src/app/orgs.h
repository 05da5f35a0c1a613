/* orgs.h - organisations, their departments, and which kinds a department answers for.
 *
 * Who may is said in app/admin.h.  Every change stands in the organisation's history.  A field
 * that an edit does not name stays as it is; a field that is named and empty is emptied. */
#ifndef APP_ORGS_H
#define APP_ORGS_H

#include "app/admin.h"

/* --- organisations ------------------------------------------------------------------------ */

/* kind (only when it is made: reception coordinator overseas vendor analysis operator priority),
 * slug, name_ja, name_en, region, parent (a slug), registration (of vendors, required there:
 * general individual), keywords (separated by commas), contact (an address or a page),
 * responsible_ja, responsible_en; where the POC stands (second seed, slides 17 to 19):
 * poc_position (of which it is an extension), poc_seat, poc_scope, poc_systems; policy_ja,
 * policy_en, other_contact (for security matters that are no vulnerability), org_key (OpenPGP,
 * armored), takes_reports, listed (stands in the public list). */
enum { ORG_RULES = 21 };
extern const struct field_rule org_rules[ORG_RULES];

/* A kind as people call it. */
str org_kind_word(str kind, enum lang lang);

/* A value of a choice of org_rules as people call it; empty for none. */
str org_choice_word(struct arena *a, const char *field, str value, enum lang lang);

/* With a first department that answers for the kind that such an organisation must have: a
 * vendor's contact, a body's own office.  Problems: slug "taken", parent "no_org". */
enum err org_create(struct ctx *cx, const struct input *in, str *id);

/* E_CONFLICT: rev is not the newest.  slug, parent and registration are not the POC's to
 * change ("not_yours"). */
enum err org_edit(struct ctx *cx, str id, i64 rev, const struct input *in);

/* A disabled organisation's people can sign in, and act for it no longer. */
enum err org_disable(struct ctx *cx, str id, i64 rev, bool disabled);

/* The id of a slug or an id, without asking who wants to know. */
enum err org_id_of(struct ctx *cx, str slug_or_id, str *id);

struct org_filter {
    str kind;         /* absent: any */
    str registration; /* likewise */
    str part;         /* of a name or slug */
    str keyword;      /* a technology keyword, whole */
    bool enabled, disabled, takes_reports, listed;
    bool newest_first; /* else by name in the reader's language */
};
struct org_line {
    str id, slug, kind, name, region, registration, keywords;
    bool takes_reports, disabled;
};
/* For the operator, coordinator and reception all; for others those they belong to. */
enum err org_list(struct ctx *cx, const struct org_filter *f, struct list_window *w,
                  struct org_line **out, size_t *n);

/* Vendors that take reports themselves, for the finder's form: open to all. */
enum err org_takers(struct ctx *cx, struct list_window *w, struct org_line **out, size_t *n);

/* Vendors that agreed to stand in the public list: open to all. */
enum err org_listed(struct ctx *cx, struct list_window *w, struct org_line **out, size_t *n);

/* What a vendor's public page shows: of one that is listed or takes reports itself. */
struct vendor_page {
    str slug, name, registration, contact, other_contact, org_key, fingerprint;
    str policy, policy_lang; /* in the reader's language, else in the other: "ja", "en" */
    bool takes_reports;
};
enum err vendor_public(struct ctx *cx, str slug, struct vendor_page *out);

struct dept_view {
    str id, name_ja, name_en;
    struct strs kinds;
    bool disabled;
    i64 people, rev;
};
struct org_view {
    str id, kind, slug, name_ja, name_en, region, registration, keywords, contact;
    str responsible_ja, responsible_en, poc_position, poc_seat, poc_scope, poc_systems;
    str policy_ja, policy_en, other_contact, org_key, fingerprint;
    bool takes_reports, listed;
    opt_i64 disabled;
    i64 rev;
    str parent_slug; /* absent: none */
    const struct dept_view *depts;
    size_t ndepts;
    i64 people;             /* who act for it now */
    struct strs unanswered; /* kinds that the contact stands in for */
    bool few_at_poc;        /* fewer than two people at the contact: a warning */
    bool may_edit, may_edit_depts, may_edit_people, may_disable, may_read_history;
};
/* E_NOT_FOUND: no such organisation, or none the actor may look at. */
enum err org_view(struct ctx *cx, str slug_or_id, struct org_view *out);

/* --- departments -------------------------------------------------------------------------- */

/* The kinds that departments of such an organisation can answer for; [0] must be answered. */
struct strs dept_kinds(struct arena *a, str org_kind);

/* name_ja, name_en, kinds. */
enum { DEPT_RULES = 3 };
const struct field_rule *dept_rules(struct ctx *cx, str org_kind);

/* A kind that another department answered for moves here.  Rights and tasks of all cases of the
 * organisation follow: 100 of them at once, more in further transactions that `kakehashi work`
 * completes should this one be cut off.  Problem: kinds "kind_needed" where nobody would
 * answer for the kind that must be there. */
enum err dept_create(struct ctx *cx, str org_id, const struct input *in, str *id);
enum err dept_edit(struct ctx *cx, str id, i64 rev, const struct input *in);
enum err dept_disable(struct ctx *cx, str id, i64 rev, bool disabled);

/* Say of all kinds at once which department answers for each: depts[i] for kinds.v[i] of
 * dept_kinds(), absent: none (the contact stands in); was: as the form showed it.
 * E_CONFLICT: it is not so any more.  Problems stand at the kind. */
enum err org_kinds_put(struct ctx *cx, str org_id, const str *depts, const str *was);

/* Go on with what an outbox row of kind "settle" says: some cases of an organisation.  *done:
 * none is left, and the row is done. */
enum err org_settle_more(struct ctx *cx, str outbox_id, bool *done);

#endif
