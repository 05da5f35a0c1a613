/* compile makes pointer from integer without a cast */
#include "gen/sql.h"

enum err use(struct db *db);
enum err use(struct db *db)
{
    struct q_thing_get row;
    i64 id = 3;
    return q_thing_get(db, &row, .id = id);
}
