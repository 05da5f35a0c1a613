/* compile ‘_Generic’ selector of type ‘struct q_thing_count *’ */
#include "gen/sql.h"

enum err use(struct db *db);
enum err use(struct db *db)
{
    struct q_thing_count row;
    return q_thing_get(db, &row, .id = S("x"));
}
