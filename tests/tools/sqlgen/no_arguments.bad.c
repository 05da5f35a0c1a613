/* compile ISO C forbids empty initializer braces */
#include "gen/sql.h"

enum err use(struct db *db);
enum err use(struct db *db)
{
    return q_thing_rename(db);
}
