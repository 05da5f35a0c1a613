/* html.h - the only way to write HTML, so that forgetting to escape cannot compile.
 *
 * A str is data and is always escaped.  Only a value of type html passes as it is, and only
 * templates, formats/markdown's renderer and the csrf field make one.  Only a url may stand
 * in href, src, action and their like. */
#ifndef WEB_HTML_H
#define WEB_HTML_H

#include "base/str.h"
#include "gen/words.h"

typedef struct html {
    str s;
} html;
typedef struct url {
    str s;
} url;

struct html_out {
    buf b;
    enum lang lang;
    const struct zone *zone; /* the reader's */
    i64 now;                 /* of the request, for what is left of a clock */
};

void html_raw(struct html_out *o, str markup); /* for generated code only */
void html_text(struct html_out *o, str data);
void html_num(struct html_out *o, i64 n); /* plain digits */
void html_html(struct html_out *o, html h);
void html_url(struct html_out *o, url u);
void html_word(struct html_out *o, enum word w);

#define html_put(o, x)                                                                             \
    _Generic((x), str                                                                              \
             : html_text, i64                                                                      \
             : html_num, html                                                                      \
             : html_html, enum word                                                                \
             : html_word)((o), (x))

/* prefix + one segment, percent-encoded, + suffix. */
url url_seg(struct arena *a, str prefix, str segment, str suffix);

/* u?name=value, or u&name=value where there is a query already; the value is encoded. */
url url_query(struct arena *a, url u, str name, str value);

#endif
