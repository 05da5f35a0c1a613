/* good.c - prints what good.html makes of hostile text, and of nothing. */
#include "view.h"

#include <stdio.h>

int main(void)
{
    struct html_out o = {.b = {.a = arena_new()}, .lang = LANG_EN};
    const struct row rows[] = {{S("<one>"), true}, {S("two\""), false}, {S("&three"), true}};
    struct view v = {.title = S("\n</textarea>'\"<&"),
                     .link = {S("/x?a=1&b=\"2\"")},
                     .body = {S("<em>safe</em>")},
                     .word = W_for,
                     .z = "",
                     .rows = rows,
                     .n = COUNT(rows)};
    tpl_good(&o, &v);
    o.lang = LANG_JA;
    v.rows = NULL;
    v.n = 0;
    tpl_good(&o, &v);
    (void)fwrite(o.b.p, 1, o.b.n, stdout);
    arena_free(o.b.a);
    return 0;
}
