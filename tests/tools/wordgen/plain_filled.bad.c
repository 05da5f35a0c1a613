/* compile implicit declaration of function ‘words_plain’ */
#include "gen/words.h"

str use(struct arena *a);
str use(struct arena *a)
{
    return words_plain(a, LANG_EN, .n = 3);
}
