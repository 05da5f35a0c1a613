/* compile ignoring return value */
#include "gen/sql.h"

enum err use(struct db *db);
enum err use(struct db *db)
{
    q_thing_clear(db);
    return OK;
}
