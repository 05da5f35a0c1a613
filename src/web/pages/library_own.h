/* library_own.h - between the files of the library's pages. */
#ifndef WEB_PAGES_LIBRARY_OWN_H
#define WEB_PAGES_LIBRARY_OWN_H

#include "web/pages/library_page.h"

url library_url(struct ctx *cx, str id);

/* A language tag for `lang`: what the document says, or the page's own. */
str library_lang(const struct ctx *cx, str lang);

/* "TLP:AMBER"; "TLP:–" where none is told. */
str library_tlp(struct ctx *cx, const struct library_entry *e);

enum err library_show(struct ctx *cx, struct request *rq, struct reply *an);
enum err library_download(struct ctx *cx, struct request *rq, struct reply *an);

#endif
