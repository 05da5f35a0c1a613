/* csaf_words.h - findings in CSAF documents as sentences. */
#ifndef APP_CSAF_WORDS_H
#define APP_CSAF_WORDS_H

#include "formats/csaf.h"
#include "gen/words.h"

/* Why the finding is one. */
str csaf_message(struct arena *a, const struct csaf_finding *f, enum lang lang);

/* How to mend it. */
str csaf_mend(struct arena *a, const struct csaf_finding *f, enum lang lang);

#endif
