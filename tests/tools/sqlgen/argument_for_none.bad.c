/* compile passed 2 arguments, but takes just 1 */
#include "gen/sql.h"

enum err use(struct db *db);
enum err use(struct db *db)
{
    return q_thing_clear(db, .id = S("x"));
}
