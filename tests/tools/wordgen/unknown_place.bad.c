/* compile has no member named ‘whom’ */
#include "gen/words.h"

str use(struct arena *a);
str use(struct arena *a)
{
    return words_greeting(a, LANG_EN, .whom = S("x"));
}
