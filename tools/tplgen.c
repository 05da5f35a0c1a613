/* tplgen.c - makes C of a template, escaping by type and place.
 *
 * Usage: tplgen FILE.html   C goes to stdout.  A template is HTML with
 *   {% use "web/pages/case_view.h" %}           a header; it declares the tpl_NAME of its pages
 *   {% page NAME(const struct x *v) %} {% done %}   void tpl_NAME(struct html_out *o, …)
 *   {% each i in LIST, COUNT %} {% end %}       i points to each in turn, i_at counts from 0
 *   {% if E %} {% elif E %} {% else %} {% end %}
 *   {% include NAME(arguments) %}
 *   {% attr disabled if E %}                    in a tag
 *   {{ E }}                                     str, i64, html, enum word; url in href and its like
 *   {@ key @}  {@ key name=E other=E @}  {@= E @}   words of po/
 * Line breaks between lines become one newline, indentation none, but in pre and textarea.
 * HTML comments are for authors and are not sent. */
#include "tplgen.h"

#include <stdio.h>

static void outside(struct tpl *t)
{
    if (gen_is_space(t->rest.p[0]))
        t->rest = str_from(t->rest, 1);
    else if (str_has_prefix(t->rest, S("<!--")))
        html_step(t);
    else
        gen_die(t->src, t->rest.p, "this stands outside of any page");
}

int main(int argc, char **argv)
{
    if (argc != 2) {
        (void)fputs("usage: tplgen FILE.html\n", stderr);
        return 2;
    }
    struct tpl t = {.src = gen_read(argv[1]), .c = {.a = gen_arena()}, .lit = {.a = gen_arena()}};
    t.rest = t.src->text;
    buf_putf(&t.c,
             "/* Made by tools/tplgen from %.*s. */\n"
             "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n#include \"web/html.h\"\n",
             SV(t.src->path));
    while (t.rest.n > 0) {
        if (directive_begins(&t))
            directive(&t);
        else if (t.in_page)
            html_step(&t);
        else
            outside(&t);
    }
    if (t.in_page)
        gen_die(t.src, t.page_at, "the page has no {%% done %%}");
    gen_end(&t.c);
}
