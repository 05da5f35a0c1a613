/* phrase.c - see phrase.h. */
#include "base/phrase.h"

static void put_arg(buf *b, str name, const struct phrase_arg *args, size_t nargs)
{
    for (size_t i = 0; i < nargs; i++) {
        if (!str_eq(args[i].name, name))
            continue;
        if (args[i].number)
            buf_i64(b, args[i].n);
        else
            buf_put(b, args[i].s);
        return;
    }
}

str phrase_fill(struct arena *a, str text, const struct phrase_arg *args, size_t nargs)
{
    buf b = {.a = a};
    while (text.n > 0) {
        ptrdiff_t open = str_find_char(text, '{');
        if (open < 0)
            break;
        buf_put(&b, str_sub(text, 0, (size_t)open));
        text = str_from(text, (size_t)open + 1);
        put_arg(&b, str_cut(&text, '}'), args, nargs);
    }
    buf_put(&b, text);
    return buf_str(&b);
}
