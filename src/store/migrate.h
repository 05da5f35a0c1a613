/* migrate.h - inside store/: bring a database to a list of migrations; store_migrate() with any. */
#ifndef STORE_MIGRATE_H
#define STORE_MIGRATE_H

#include "gen/schema.h"
#include "store/store.h"

/* As store_migration_state() and store_migrate(), for these: numbered from 1 without gaps. */
enum err migrate_state(struct store *s, struct arena *a, struct fault *f,
                       const struct migration *list, size_t n, struct migration_state *out);
enum err migrate_apply(struct store *s, struct arena *a, struct fault *f,
                       const struct migration *list, size_t n, int *applied);

#endif
