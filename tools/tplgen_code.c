/* tplgen_code.c - the directives of a template, and the C that they become. */
#include "tplgen.h"

/* ---- writing C ---- */

void lit_put(struct tpl *t, str s)
{
    if (s.n == 0)
        return;
    buf_put(&t->lit, s);
    t->fresh = false;
}

void lit_flush(struct tpl *t)
{
    if (t->lit.n == 0)
        return;
    buf_put(&t->c, S("    html_raw(o, S("));
    gen_c_string(&t->c, buf_str(&t->lit), 18);
    buf_put(&t->c, S("));\n"));
    t->lit.n = 0;
}

/* The compiler's complaints of what follows shall name the template. */
static void line_put(struct tpl *t, const char *at)
{
    lit_flush(t);
    buf_putf(&t->c, "#line %d \"%.*s\"\n", gen_line(t->src, at), SV(t->src->path));
}

/* ---- cutting ---- */

/* Bytes of the C string or character at s, with its quotes. */
static size_t quoted(const struct tpl *t, str s)
{
    for (size_t i = 1; i < s.n && s.p[i] != '\n'; i++) {
        if (s.p[i] == '\\')
            i++;
        else if (s.p[i] == s.p[0])
            return i + 1;
    }
    gen_die(t->src, s.p, "this quote is never closed");
}

/* The inside of a directive, which begins with two characters and ends with `end`. */
static str cut_directive(struct tpl *t, str end)
{
    str inside = str_from(t->rest, 2);
    int braces = 0;
    for (size_t i = 0; i < inside.n; i++) {
        char c = inside.p[i];
        if (braces == 0 && str_has_prefix(str_from(inside, i), end)) {
            inside.n = i;
            t->rest = str_from(t->rest, 2 + i + end.n);
            return inside;
        }
        braces += (c == '{') - (c == '}');
        if (c == '"' || c == '\'')
            i += quoted(t, str_from(inside, i)) - 1;
    }
    gen_die(t->src, t->rest.p, "this %.*s is never closed", 2, t->rest.p);
}

static char closing(char c)
{
    return c == '(' ? ')' : c == '[' ? ']' : c == '{' ? '}' : '\0';
}

/* Complains where s begins with what would end or hide an expression. */
static void check_expression(const struct tpl *t, str s)
{
    if (str_find_char(S(";#\\"), s.p[0]) >= 0 || str_has_prefix(s, S("//")) ||
        str_has_prefix(s, S("/*")))
        gen_die(t->src, s.p, "this cannot stand in an expression");
}

/* Index behind the next `sep` outside of brackets and quotes in s; 0: none.  Complains of
 * brackets that do not match, and of what is no expression. */
static size_t top_level(const struct tpl *t, str s, char sep)
{
    char due[64];
    size_t depth = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (depth == 0 && c == sep)
            return i + 1;
        check_expression(t, str_from(s, i));
        if (c == '"' || c == '\'')
            i += quoted(t, str_from(s, i)) - 1;
        else if (closing(c) != '\0' && depth < COUNT(due))
            due[depth++] = closing(c);
        else if (str_find_char(S(")]}"), c) >= 0 && (depth == 0 || due[--depth] != c))
            gen_die(t->src, s.p + i, "this closes what was never opened");
    }
    if (depth != 0)
        gen_die(t->src, s.p, "a bracket is never closed in this expression");
    return 0;
}

/* s as an expression on one line. */
static str expr(const struct tpl *t, str s)
{
    s = str_trim(s);
    if (s.n == 0)
        gen_die(t->src, s.p, "an expression is missing here");
    (void)top_level(t, s, '\0');
    char *p = NEWS(gen_arena(), char, s.n);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)(s.p[i] == '\n' ? ' ' : s.p[i]);
    return (str){p, s.n};
}

/* ---- {{ }} and {@ @} ---- */

static void check_place(struct tpl *t, const char *at)
{
    if (!t->in_page)
        gen_die(t->src, at, "this stands outside of any page");
    if (t->where == IN_TAG)
        gen_die(t->src, at,
                "a value stands in text or in a \"quoted\" attribute; else {%% attr %%}");
    if (t->where == IN_VALUE)
        attr_check_dynamic(t, at);
}

static void put_value(struct tpl *t)
{
    const char *at = t->rest.p;
    str e = expr(t, cut_directive(t, S("}}")));
    const char *how = is_plain(t) ? "html_plain" : "html_put";
    check_place(t, at);
    if (t->where == IN_VALUE)
        how = t->attr.kind != ATTR_URL ? "html_plain"
              : t->attr.literal.n > 0  ? "html_fragment"
                                       : "html_url";
    line_put(t, at);
    buf_putf(&t->c, "    %s(o, %.*s);\n", how, SV(e));
    t->fresh = false;
}

/* name=expr name=expr: as .name = expr, .name = expr */
static str word_args(const struct tpl *t, str s)
{
    buf b = {.a = gen_arena()};
    while ((s = str_trim(s)).n > 0) {
        str name = gen_word(s), rest = str_from(s, name.n);
        if (!gen_is_name(name) || !str_has_prefix(rest, S("=")))
            gen_die(t->src, s.p, "want name=expression, without spaces around the =");
        rest = str_from(rest, 1);
        size_t behind = top_level(t, rest, ' ');
        str value = behind == 0 ? rest : str_sub(rest, 0, behind - 1);
        buf_putf(&b, ", .%.*s = %.*s", SV(name), SV(expr(t, value)));
        s = str_from(rest, value.n);
    }
    return buf_str(&b);
}

/* The macro words_KEY exists where the text has places to fill. */
static void put_plain_word(struct tpl *t, str key, const char *at)
{
    buf_putf(&t->c, "#ifdef words_%.*s\n", SV(key));
    line_put(t, at);
    buf_putf(&t->c, "#error \"%.*s has {places}: write {@ key name=expression @}\"\n#endif\n",
             SV(key));
    line_put(t, at);
    buf_putf(&t->c, "    html_word(o, W_%.*s);\n", SV(key));
}

static void put_word(struct tpl *t)
{
    const char *at = t->rest.p;
    str s = cut_directive(t, S("@}"));
    check_place(t, at);
    if (t->where == IN_VALUE && t->attr.kind == ATTR_URL)
        gen_die(t->src, at, "a word is no address");
    line_put(t, at);
    t->fresh = false;
    if (str_has_prefix(s, S("="))) {
        buf_putf(&t->c, "    html_word(o, %.*s);\n", SV(expr(t, str_from(s, 1))));
        return;
    }
    s = str_trim(s);
    str key = gen_word(s), args = word_args(t, str_from(s, key.n));
    if (key.n == 0)
        gen_die(t->src, at, "a key is missing here: {@ key @}");
    if (args.n > 0)
        buf_putf(&t->c, "    html_text(o, words_%.*s(o->b.a, o->lang%.*s));\n", SV(key), SV(args));
    else
        put_plain_word(t, key, at);
}

/* ---- {% %} ---- */

static struct block *block_now(struct tpl *t, const char *at)
{
    if (t->blocks.n == 0)
        gen_die(t->src, at, "there is no {%% if %%} or {%% each %%} open here");
    return &t->blocks.v[t->blocks.n - 1];
}

static void block_begin(struct tpl *t, enum block_kind kind, const char *at)
{
    if (t->where == IN_VALUE && t->attr.kind != ATTR_TEXT)
        gen_die(t->src, at, "no {%% if %%} or {%% each %%} in the value of %.*s", SV(t->attr.name));
    if (t->where == IN_TAG && kind == BLOCK_EACH)
        gen_die(t->src, at, "no {%% each %%} between attributes");
    *PUSH(gen_arena(), &t->blocks) =
        (struct block){kind, at, t->where, t->elements.n, t->tag.attrs.n, false, t->fresh, true};
}

/* At the end of each branch: the same place in the HTML as at its beginning. */
static void branch_end(struct tpl *t, struct block *b, const char *at)
{
    int line = gen_line(t->src, b->at);
    if (t->where != b->where)
        gen_die(t->src, at, "the block of line %d ends in another place of a tag than it began",
                line);
    if (t->elements.n != b->depth)
        gen_die(t->src, at, "<%.*s> is not closed in the block of line %d",
                SV(t->elements.v[t->elements.n - 1].name), line);
    b->fresh_all = b->fresh_all && t->fresh;
    t->fresh = b->fresh_before;
}

static void do_else(struct tpl *t, str cond, const char *at)
{
    struct block *b = block_now(t, at);
    if (b->kind != BLOCK_IF || b->has_else)
        gen_die(t->src, at, "this belongs to no {%% if %%}");
    branch_end(t, b, at);
    t->tag.attrs.n = b->nattrs;
    line_put(t, at);
    b->has_else = cond.p == NULL;
    if (cond.p == NULL)
        buf_put(&t->c, S("    } else {\n"));
    else
        buf_putf(&t->c, "    } else if (%.*s) {\n", SV(expr(t, cond)));
}

static void do_end(struct tpl *t, const char *at)
{
    struct block *b = block_now(t, at);
    branch_end(t, b, at);
    t->fresh = b->fresh_all && (b->has_else || b->fresh_before);
    lit_flush(t);
    buf_put(&t->c, b->kind == BLOCK_EACH ? S("    }\n    }\n") : S("    }\n"));
    t->blocks.n--;
}

/* {% each i in LIST, COUNT %}: i points to each in turn, i_at counts from 0. */
static void do_each(struct tpl *t, str s, const char *at)
{
    str name = gen_word(s), rest = str_trim(str_from(s, name.n));
    if (!gen_is_name(name) || !str_has_prefix(rest, S("in ")))
        gen_die(t->src, at, "want {%% each name in list, count %%}");
    rest = str_from(rest, 3);
    size_t comma = top_level(t, rest, ',');
    if (comma == 0)
        gen_die(t->src, at, "want {%% each name in list, count %%}");
    str list = expr(t, str_sub(rest, 0, comma - 1)), count = expr(t, str_from(rest, comma));
    if (top_level(t, count, ',') != 0)
        gen_die(t->src, at, "want {%% each name in list, count %%}");
    block_begin(t, BLOCK_EACH, at);
    line_put(t, at);
    struct arena *a = gen_arena();
    buf_putf(
        &t->c,
        "    {\n    const __typeof__(*(%2$s)) *%1$s_list = (%2$s);\n"
        "    for (size_t %1$s_at = 0, %1$s_n = (size_t)(%3$s); %1$s_at < %1$s_n; %1$s_at++) {\n"
        "    const __typeof__(*%1$s_list) *%1$s = %1$s_list + %1$s_at;\n    (void)%1$s;\n",
        str_to_z(a, name), str_to_z(a, list), str_to_z(a, count));
}

/* {% include NAME(args) %} */
static void do_include(struct tpl *t, str s, const char *at)
{
    str name = gen_word(s), args = str_trim(str_from(s, name.n));
    if (!gen_is_name(name) || args.n < 2 || args.p[0] != '(' || args.p[args.n - 1] != ')')
        gen_die(t->src, at, "want {%% include name(arguments) %%}");
    if (t->where != IN_TEXT || is_plain(t))
        gen_die(t->src, at, "only between elements can a template be included");
    args = str_trim(str_sub(args, 1, args.n - 2));
    line_put(t, at);
    buf_putf(&t->c, "    tpl_%.*s(o%s%.*s);\n", SV(name), args.n > 0 ? ", " : "",
             SV(args.n > 0 ? expr(t, args) : args));
    t->fresh = false;
}

/* {% attr NAME if EXPR %} */
static void do_attr(struct tpl *t, str s, const char *at)
{
    size_t n = 0;
    while (n < s.n && s.p[n] != ' ')
        n++;
    str name = str_sub(s, 0, n), cond = str_trim(str_from(s, n));
    if (t->where != IN_TAG || !str_has_prefix(cond, S("if ")))
        gen_die(t->src, at, "want {%% attr name if expression %%}, in a tag");
    if (!attr_is_boolean(name))
        gen_die(t->src, at, "%.*s is no boolean attribute", SV(name));
    for (size_t i = 0; i < t->tag.attrs.n; i++)
        if (str_eq(t->tag.attrs.v[i], name))
            gen_die(t->src, at, "%.*s is there twice", SV(name));
    *PUSH(gen_arena(), &t->tag.attrs) = name;
    line_put(t, at);
    buf_putf(&t->c, "    if (%.*s)\n        html_raw(o, S(\" %.*s\"));\n",
             SV(expr(t, str_from(cond, 3))), SV(name));
}

/* {% page NAME(parameters) %} */
static void do_page(struct tpl *t, str s, const char *at)
{
    str name = gen_word(s), params = str_trim(str_from(s, name.n));
    if (t->in_page)
        gen_die(t->src, at, "a page inside a page: {%% done %%} is missing");
    if (!gen_is_name(name) || params.n < 2 || params.p[0] != '(' || params.p[params.n - 1] != ')')
        gen_die(t->src, at, "want {%% page name(parameters) %%}");
    params = str_trim(str_sub(params, 1, params.n - 2));
    t->in_page = t->fresh = true;
    t->page_at = at;
    buf_putf(&t->c, "\n#line %d \"%.*s\"\nvoid tpl_%.*s(struct html_out *o%s%.*s)\n{\n",
             gen_line(t->src, at), SV(t->src->path), SV(name), params.n > 0 ? ", " : "",
             SV(params.n > 0 ? expr(t, params) : params));
}

static void do_done(struct tpl *t, const char *at)
{
    if (!t->in_page)
        gen_die(t->src, at, "{%% done %%} without {%% page %%}");
    if (t->where != IN_TEXT)
        gen_die(t->src, t->tag.at, "this tag is never closed");
    if (t->blocks.n > 0)
        gen_die(t->src, block_now(t, at)->at, "this block has no {%% end %%}");
    if (t->elements.n > 0)
        gen_die(t->src, t->elements.v[t->elements.n - 1].name.p, "<%.*s> is never closed",
                SV(t->elements.v[t->elements.n - 1].name));
    lit_flush(t);
    buf_put(&t->c, S("}\n"));
    t->in_page = false;
}

/* {% use "header.h" %} */
static void do_use(struct tpl *t, str s, const char *at)
{
    if (t->in_page || s.n < 3 || s.p[0] != '"' || quoted(t, s) != s.n)
        gen_die(t->src, at, "want {%% use \"folder/file.h\" %%}, before the pages");
    buf_putf(&t->c, "#include %.*s\n", SV(s));
}

static bool do_in_page(struct tpl *t, str verb, str s, const char *at)
{
    if (str_eq(verb, S("if"))) {
        block_begin(t, BLOCK_IF, at);
        line_put(t, at);
        buf_putf(&t->c, "    if (%.*s) {\n", SV(expr(t, s)));
    } else if (str_eq(verb, S("elif"))) {
        do_else(t, s, at);
    } else if (str_eq(verb, S("else")) && s.n == 0) {
        do_else(t, NO_STR, at);
    } else if (str_eq(verb, S("end")) && s.n == 0) {
        do_end(t, at);
    } else if (str_eq(verb, S("each"))) {
        do_each(t, s, at);
    } else if (str_eq(verb, S("include"))) {
        do_include(t, s, at);
    } else if (str_eq(verb, S("attr"))) {
        do_attr(t, s, at);
    } else {
        return false;
    }
    if (!t->in_page)
        gen_die(t->src, at, "this stands outside of any page");
    return true;
}

static void statement(struct tpl *t)
{
    const char *at = t->rest.p;
    str s = str_trim(cut_directive(t, S("%}")));
    str verb = gen_word(s);
    s = str_trim(str_from(s, verb.n));
    if (str_eq(verb, S("page")))
        do_page(t, s, at);
    else if (str_eq(verb, S("done")) && s.n == 0)
        do_done(t, at);
    else if (str_eq(verb, S("use")))
        do_use(t, s, at);
    else if (!do_in_page(t, verb, s, at))
        gen_die(t->src, at, "no such directive: use page done each if elif else end include attr");
}

bool directive_begins(const struct tpl *t)
{
    return t->rest.n > 1 && t->rest.p[0] == '{' && str_find_char(S("{%@"), t->rest.p[1]) >= 0;
}

void directive(struct tpl *t)
{
    switch (t->rest.p[1]) {
    case '{': put_value(t); break;
    case '@': put_word(t); break;
    default: statement(t); break;
    }
}
