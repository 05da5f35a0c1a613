/* jvn_files_page.h - the files that JVN's followers fetch: JVNRSS by year and of what is new,
 * details, vendors, products, and the checksums of them all.
 *
 * A file's bytes depend on what is released alone, never on the clock: the same release, the same
 * checksum. */
#ifndef WEB_PAGES_JVN_FILES_PAGE_H
#define WEB_PAGES_JVN_FILES_PAGE_H

#include "web/route.h"

extern const struct routes jvn_files_routes;

/* For a thread beside the requests: write in cx->lang what changed since it was written last, so
 * that the next request for it or for the checksums finds it.  Between files it looks whether it
 * should stop. */
enum err jvn_files_keep(struct ctx *cx, const _Atomic bool *stop);

#endif
