/* settings_cache.h - the settings as the process last read them, for one generation. */
#ifndef APP_SETTINGS_CACHE_H
#define APP_SETTINGS_CACHE_H

#include "app/settings.h"

struct settings_cache;

/* Lives in a; empty. */
NONNULL struct settings_cache *settings_cache_new(struct arena *a);

/* False: not of this generation, or there is no cache.  The texts are copies in a. */
bool settings_cached(struct settings_cache *c, struct arena *a, i64 generation,
                     struct settings *out);

/* Keep what was read; an older generation than the kept one is left out. */
void settings_keep(struct settings_cache *c, i64 generation, const struct settings *s);

#endif
