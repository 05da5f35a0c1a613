/* compile incompatible pointer type */
#include "gen/sql.h"

enum err use(struct db *db);
enum err use(struct db *db)
{
    int n;
    return q_thing_list_count(db, &n, .least = 3);
}
