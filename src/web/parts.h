/* parts.h - small pieces that many pages share: states, times, clocks, pagers, lists.
 *
 * State is never colour alone: a piece of state is a shape, a word and a colour.  ▲ means
 * overdue only; an affected product is ◆, a cleared one ◇, an error ×. */
#ifndef WEB_PARTS_H
#define WEB_PARTS_H

#include "app/answer_view.h"
#include "web/route.h"

/* clang-format off */
enum look {
    LOOK_DONE, LOOK_OPEN, LOOK_WAIT, LOOK_LATE, LOOK_SKIP, LOOK_NA,
    LOOK_NO,   /* an error, a refusal */
    LOOK_HIT,  /* affected */
    LOOK_FREE, /* not affected */
    LOOK_HOT,  /* more and more urgent */
    LOOK_LOCK, /* not public yet */
    LOOK_COUNT
};
/* clang-format on */
str look_css(enum look k);
url look_icon(enum look k);

/* Icon and word; as a line of text, or boxed. */
void tpl_st(struct html_out *o, enum look k, str text);
void tpl_tag(struct html_out *o, enum look k, str text);
void tpl_icon(struct html_out *o, enum look k);

/* What a vendor says of its products, as it looks and as it is called. */
enum look vendor_status_look(str status);
str vendor_status_word(const struct ctx *cx, str status);

/* Under the name of a product: what identifies it and what can be done, where that was said. */
void tpl_product_more(struct html_out *o, const struct product_view *p);
url product_page(const struct product_view *p); /* about the remedy; empty: none */

/* "TLP:AMBER", as the standard writes it. */
void tpl_tlp(struct html_out *o, str label);

/* <time>: to the minute, and the day alone, in the reader's zone. */
void tpl_when(struct html_out *o, i64 at);
void tpl_day(struct html_out *o, i64 at);

/* What is left: "3 d 4 h left", "▲ 89 h overdue"; kept current by the script. */
void tpl_left(struct html_out *o, i64 due);

/* The same and the instant. */
void tpl_clock(struct html_out *o, i64 due);

/* A base score, ten times, as bar, number and word; below 0: nothing. */
void tpl_sev(struct html_out *o, i64 score);
void tpl_sev_word(struct html_out *o, i64 score, str severity);
str severity_word(i64 score, enum lang lang);

/* How long that is, in words: "3 d 4 h", "89 h". */
str span_words(struct arena *a, enum lang lang, i64 ms);

/* "{n} left" and so on, as JSON for the script. */
str clock_words(struct arena *a, enum lang lang);

/* --- lists ----------------------------------------------------------------------------------- */

struct pager_view {
    str count; /* "12 cases"; "1,000+" */
    bool has_next, has_first;
    url next, first; /* first: back to the start, on a later page */
};
void tpl_pager(struct html_out *o, const struct pager_view *v);

/* The same address with "after" set, and without; total as struct list_window counts it. */
struct pager_view pager_for(struct ctx *cx, const struct request *rq, i64 total, str next);

/* "1,234", and "1,000+" above what is counted. */
str count_words(struct ctx *cx, i64 total);

/* The page's own path with the query it came with, one parameter replaced (absent: left out);
 * "after" and "done" do not stay. */
url query_with(struct ctx *cx, const struct request *rq, const char *name, str value);

/* The same list under another suffix: /ja/cases?x=1 as /ja/cases.csv?x=1. */
url query_suffix(struct ctx *cx, const struct request *rq, const char *suffix);

/* What an empty list says: what would stand here, and how to make the first one. */
void tpl_empty(struct html_out *o, str what, str how);

/* A column head that sorts: an arrow where the list is in its order. */
struct sort_head {
    str label, aria; /* aria-sort: ascending, descending, none */
    url href;
    str arrow; /* " ↑", " ↓" or empty */
};
void tpl_sort_head(struct html_out *o, const struct sort_head *v);
struct sort_head sort_head(struct ctx *cx, const struct request *rq, enum word label,
                           const char *value, const char *now, bool descending);

/* One choice of a filter. */
struct filter_option {
    str value, label;
    bool chosen;
};
struct filter_view {
    str name, label;
    const struct filter_option *options;
    size_t n;
};
void tpl_filter(struct html_out *o, const struct filter_view *v);

/* What somebody wrote: as Markdown where markup is given, else with its line breaks. */
void tpl_prose(struct html_out *o, str lang, str text, html markup);

/* --- places ---------------------------------------------------------------------------------- */

struct crumb {
    str label;
    url href; /* empty: the page itself */
};
void tpl_crumbs(struct html_out *o, const struct crumb *v, size_t n);

/* <input type="hidden">. */
void tpl_hidden(struct html_out *o, str name, str value);
html hidden_field(struct ctx *cx, const char *name, str value);
html hidden_number(struct ctx *cx, const char *name, i64 value);

#endif
