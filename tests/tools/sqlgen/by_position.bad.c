/* compile positional initialization of field */
#include "gen/sql.h"

enum err use(struct db *db);
enum err use(struct db *db)
{
    return q_thing_rename(db, S("title"), S("id"));
}
