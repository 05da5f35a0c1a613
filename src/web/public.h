/* public.h - what the public pages share: how long an answer may be kept, their addresses, the
 * names of the bodies. */
#ifndef WEB_PUBLIC_H
#define WEB_PUBLIC_H

#include "app/settings.h"
#include "web/frame.h"

/* What an answer that may be kept is good for.  It moves with the public content, and every
 * half hour: lists speak of weeks and charts of months, and every zone's day begins then. */
i64 public_generation(i64 generation, i64 now);

/* The answer may be kept for everybody; call it before the content is read, so that both are of
 * one transaction. */
enum err public_keep(struct ctx *cx, struct reply *an);

/* "KKH#41827360" */
str public_number(const struct ctx *cx, str number);

/* "/ja/advisories/41827360" */
url advisory_url(struct ctx *cx, enum lang lang, str number);

/* With scheme and host; path: as it stands behind them. */
url absolute_url(struct ctx *cx, str path);

/* The head of a public page: it is found under `path`, "" or "/about", in these languages. */
struct page_head *public_head(struct ctx *cx, str path, bool ja, bool en);

/* Its Atom feeds, in both languages. */
void public_head_feeds(struct ctx *cx, struct page_head *h);

/* How pages call the bodies, and where they are asked; empty: not set. */
struct bodies {
    str site, reception, coordinator;
    url contact; /* mailto: or a page; empty: none is set */
};
enum err public_bodies(struct ctx *cx, struct bodies *out);

#endif
