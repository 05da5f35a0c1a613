/* compile missing braces around initializer */
#include "gen/sql.h"

enum err use(struct db *db);
enum err use(struct db *db)
{
    str text = S("secret");
    return q_thing_add(db, .id = S("x"), .secret = text);
}
