/* compile positional initialization of field */
#include "gen/words.h"

str use(struct arena *a);
str use(struct arena *a)
{
    return words_greeting(a, LANG_EN, S("x"), 3);
}
