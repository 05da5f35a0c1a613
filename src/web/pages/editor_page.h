/* editor_page.h - the portal's text of a case: Japanese and English side by side, and how it
 * stands with those who must agree. */
#ifndef WEB_PAGES_EDITOR_PAGE_H
#define WEB_PAGES_EDITOR_PAGE_H

#include "web/pages/advisory_page.h"

extern const struct routes editor_routes;

/* One section in one language. */
struct edit_cell {
    str name, id, lang, label, own; /* own: the heading in the text's language, where it differs */
    str value, error, described, invalid, css;
    i64 max, rows;
    bool required;
    enum look look;
    str state;   /* how the translation stands; empty: nothing to say */
    str follows; /* name of the box that says it is right; empty: none */
    html diff;   /* to what is published, or was saved meanwhile; empty: the same */
    str diff_label;
};
struct edit_row {
    struct edit_cell cell[LANG_COUNT];
};
void tpl_edit_cell(struct html_out *o, const struct edit_cell *c);

struct edit_stage {
    str label, css, step; /* step: aria-current */
    bool done;
};
struct edit_link {
    url href;
    str label, sub;
};
struct edit_lane {
    str name, state;
    enum look look;
    i64 at, revision; /* 0: none */
};

struct edit_preview {
    str lang, name;
    html doc;
    str title;
};
struct edit_previews {
    struct edit_preview v[LANG_COUNT];
};
void tpl_edit_preview(struct html_out *o, const struct edit_preview *p);
void tpl_edit_previews(struct html_out *o, const struct edit_previews *v);

struct edit_form {
    str label, text, button, id;
    html problems, fields;
    url act;
};
void tpl_edit_extra(struct html_out *o, const struct edit_form *f, html csrf, html rev);

struct editor_view {
    str number, advisory_number, title, title_lang,
        tlp; /* advisory_number: empty before the first save */
    url cases, case_href, page, publish, preview_post;
    bool has_planned, has_published;
    i64 planned, published;
    i64 score;
    bool may_edit, may_ask, may_update, may_english, urgent, conflict;
    bool may_release, needs_plan; /* see app/release_plan.h */
    url release;
    const struct edit_stage *stages;
    size_t nstages;
    const struct edit_row *rows;
    size_t nrows;
    html csrf, rev, problems, update_fields;
    const struct edit_link *missing;
    size_t nmissing;
    const struct edit_lane *lanes;
    size_t nlanes;
    const struct edit_link *papers; /* what is public, as PDF */
    size_t npapers;
    const struct edit_link *revisions;
    size_t nrevisions;
    struct edit_previews previews;
    struct edit_form withdraw;
    bool may_withdraw;
};
void tpl_editor(struct html_out *o, const struct editor_view *v);
void tpl_editor_head(struct html_out *o, const struct editor_view *v);
void tpl_editor_form(struct html_out *o, const struct editor_view *v);
void tpl_editor_acts(struct html_out *o, const struct editor_view *v);
void tpl_editor_aside(struct html_out *o, const struct editor_view *v);

/* One older revision, and what it changed. */
struct revision_section {
    str heading;
    str text;
    html diff; /* to the one before; empty: the same */
};
struct revision_view {
    str number, title;
    str lang;
    url cases, case_href, editor;
    i64 at;
    const struct revision_section *sections;
    size_t n;
    url before, after;
    bool has_before, has_after;
};
void tpl_revision(struct html_out *o, const struct revision_view *v);

#endif
