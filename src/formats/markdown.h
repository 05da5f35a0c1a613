/* markdown.h - what people write in Markdown, as safe markup and as plain text.
 *
 * CommonMark with tables, read by md4c; the output is our own, from a closed list of elements:
 *   h3 … h6, p, br, ul, ol[start], li, pre, code, blockquote, hr, em, strong,
 *   a[href rel], table, thead, tbody, tr, th[scope class], td[class]
 * with class "right" or "center".  Raw HTML is text.  Links lead to http, https and mailto
 * only; others, and pictures, become their text.  Addresses that stand bare in the text become
 * links.  The topmost heading used becomes h3, the next h4, and so on.  A line break between
 * two Japanese or Chinese characters leaves no space.
 *
 * Nothing is refused: a text that is too long, or that would blow up, is shown as written,
 * escaped, in one pre element.  The same text always gives the same output. */
#ifndef FORMATS_MARKDOWN_H
#define FORMATS_MARKDOWN_H

#include "base/str.h"

enum {
    MARKDOWN_MAX = 128 * 1024, /* bytes; longer texts are shown as written */
    MARKDOWN_DEPTH = 32,       /* elements within elements; deeper ones become their text */
};

/* Markup for the type `html` of web/.  text must be valid UTF-8. */
str markdown_html(struct arena *a, str text);

/* For mails, CSAF and search: lists with "- " and "1. ", links as "text (address)". */
str markdown_plain(struct arena *a, str text);

#endif
