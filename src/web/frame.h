/* frame.h - what stands around every page: head, top bar, left column, foot. */
#ifndef WEB_FRAME_H
#define WEB_FRAME_H

#include "web/route.h"

struct nav_item {
    url href;
    str label;
    str n;                /* badge; absent: none */
    str css, badge, here; /* class of the item, of its badge, aria-current */
};

struct frame_view {
    str title; /* of the page, for <title> */
    str site;  /* name of the site */
    str lang, other_lang, other_lang_name;
    url home, other, self_ja, self_en; /* other: this page in the other language */
    bool has_other;
    url css, script, icon;
    bool app; /* with the left column */
    str body_class;
    const struct nav_item *nav;
    size_t nnav;
    bool signed_in;
    str who, seat; /* the reader's name and department */
    url sign_in, sign_out, account, search;
    html csrf;
    const struct page_head *head; /* NULL: none */
    bool search_public;
    str clock_words; /* for the script, as JSON; empty: the page has no clocks */
    str done;        /* what just happened; absent: nothing */
    url report, track, about, process, vendors, machine, security, statistics, policy, privacy;
    html body;
};
void tpl_frame(struct html_out *o, const struct frame_view *v);

void tpl_sprite(struct html_out *o);
void tpl_frame_head(struct html_out *o, const struct page_head *h);
void tpl_frame_inside(struct html_out *o, const struct frame_view *v);
void tpl_frame_place(struct html_out *o, const struct nav_item *it);
void tpl_frame_done(struct html_out *o, const struct frame_view *v);

/* The page around an->out, into an->rs->out. */
void frame_write(struct ctx *cx, const struct request *rq, struct reply *an);

/* Address of a file of static/, with its content's hash so that it may be kept for ever. */
url static_url(struct arena *a, const char *name);

/* "/ja" or "/en" + path. */
url lang_url(struct ctx *cx, const char *path);

/* The hidden field of a form; empty without a session. */
html csrf_field(struct ctx *cx, const struct request *rq);

#endif
