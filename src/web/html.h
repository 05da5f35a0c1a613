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

/* What is in text may also be markup; in attributes and in textarea and title it may not. */
/* clang-format off */
#define html_put(o, x)                                                                             \
    _Generic((x), str: html_text, i64: html_num, html: html_html, enum word: html_word)((o), (x))
#define html_plain(o, x)                                                                           \
    _Generic((x), str: html_text, i64: html_num, enum word: html_word)((o), (x))
/* clang-format on */

/* One segment, percent-encoded: what follows the # of a link into a page. */
void html_fragment(struct html_out *o, str id);

/* prefix + one segment, percent-encoded, + suffix. */
url url_seg(struct arena *a, str prefix, str segment, str suffix);

/* u?name=value, or u&name=value where there is a query already; the value is encoded, and a
 * fragment stays at the end. */
url url_query(struct arena *a, url u, str name, str value);

/* A link to elsewhere, as somebody typed it.  False unless it is http:// or https:// with a
 * host, in printable ASCII without quotes, spaces and user names, at most 2,000 bytes. */
bool url_web(str s, url *out);

#endif
