/* compile has no member named ‘name’ */
#include "gen/sql.h"

enum err use(struct db *db);
enum err use(struct db *db)
{
    struct q_thing_get row;
    return q_thing_get(db, &row, .name = S("x"));
}
