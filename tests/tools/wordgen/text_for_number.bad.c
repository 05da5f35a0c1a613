/* compile incompatible types when initializing type */
#include "gen/words.h"

str use(struct arena *a);
str use(struct arena *a)
{
    return words_things(a, LANG_EN, .n = S("x"));
}
