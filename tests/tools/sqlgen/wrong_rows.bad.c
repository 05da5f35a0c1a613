/* compile ‘_Generic’ selector of type */
#include "gen/sql.h"

enum err use(struct db *db);
enum err use(struct db *db)
{
    struct q_thing_get *rows;
    size_t n;
    return q_thing_some(db, &rows, &n, .ids = {NULL, 0});
}
