/* csaf_feed_before.h - entries of a feed as they were written last. */
#ifndef FORMATS_CSAF_FEED_BEFORE_H
#define FORMATS_CSAF_FEED_BEFORE_H

#include "formats/csaf_provider.h"

/* All f->nbefore of f->before, without what stands between them; NULL: it is not of our form. */
const str *csaf_entries_before(struct arena *a, const struct csaf_folder *f);

/* How many of the entries from there on stood one behind the other, too, by where they were and by
 * their ids; *out: all of them, with what stands between.  lines may be NULL. */
size_t csaf_run_before(const struct csaf_folder *f, const str *lines, size_t i, str *out);

#endif
