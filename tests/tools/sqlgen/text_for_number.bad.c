/* compile incompatible types when initializing type */
#include "gen/sql.h"

enum err use(struct db *db);
enum err use(struct db *db)
{
    return q_thing_add(db, .id = S("x"), .at = S("3"));
}
