/* compile ‘W_nothing’ undeclared */
#include "gen/words.h"

str use(struct arena *a);
str use(struct arena *a)
{
    return str_copy(a, word(LANG_EN, W_nothing));
}
