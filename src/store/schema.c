/* schema.c - store.h: the migrations that this binary carries. */
#include "store/migrate.h"

enum err store_migration_state(struct store *s, struct arena *a, struct fault *f,
                               struct migration_state *out)
{
    return migrate_state(s, a, f, migrations, migration_count, out);
}

enum err store_migrate(struct store *s, struct arena *a, struct fault *f, int *applied)
{
    return migrate_apply(s, a, f, migrations, migration_count, applied);
}
