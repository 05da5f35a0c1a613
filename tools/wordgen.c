/* wordgen.c - makes gen/words.h and gen/words.c from po/: a typo does not compile.
 *
 * Usage: wordgen {-h|-c} po/en.po po/ja.po   The first file is the one others must equal.
 * A key whose texts have {name} places gets a macro words_KEY(a, lang, .name = …); `n` and
 * names that begin with `n_` are numbers.  A counted text (msgid_plural) chooses by n. */
#include "wordgen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LANGS_MAX = 8 };

static struct po *pos[LANGS_MAX];
static size_t npos;

static void places_of_entry(const struct po *po, const struct entry *e, struct places *out)
{
    if (e->counted)
        *PUSH(gen_arena(), out) = (struct place){S("n"), true};
    for (size_t i = 0; i < e->nforms; i++)
        places_of(po, e->form_at[i], e->form[i], out);
}

/* Both say the same places; where it counts, `n` may be left unsaid. */
static void compare_places(const struct po *po, const struct entry *e, const struct places *have,
                           const struct places *want)
{
    for (size_t i = 0; i < want->n; i++)
        if (!places_has(have, want->v[i].name))
            gen_error(po->src, e->key.p, "%.*s: {%.*s} is missing here, %.*s has it", SV(e->key),
                      SV(want->v[i].name), SV(pos[0]->src->path));
    for (size_t i = 0; i < have->n; i++)
        if (!places_has(want, have->v[i].name))
            gen_error(po->src, e->key.p, "%.*s: {%.*s} is here, but not in %.*s", SV(e->key),
                      SV(have->v[i].name), SV(pos[0]->src->path));
}

/* Within one language, the forms of a counted text may differ in {n} alone. */
static void compare_forms(const struct po *po, const struct entry *e, const struct places *all)
{
    for (size_t i = 0; i < e->nforms; i++) {
        struct places here = {0};
        places_of(po, e->form_at[i], e->form[i], &here);
        for (size_t k = 0; k < all->n; k++)
            if (!str_eq(all->v[k].name, S("n")) && !places_has(&here, all->v[k].name))
                gen_error(po->src, e->form_at[i], "%.*s: this form lacks {%.*s}", SV(e->key),
                          SV(all->v[k].name));
    }
}

/* Words chosen at run time can be filled only with what is then at hand. */
static void check_family(const struct po *po, const struct entry *e, const struct places *places)
{
    if (!str_has_prefix(e->key, S("problem_")))
        return;
    for (size_t i = 0; i < places->n; i++)
        if (!str_eq(places->v[i].name, S("limit")) && !str_eq(places->v[i].name, S("got")))
            gen_error(po->src, e->key.p,
                      "%.*s: a problem_ word has no places but {limit} and {got}", SV(e->key));
}

static void compare(const struct po *po)
{
    for (size_t i = 0; i < pos[0]->entries.n; i++) {
        const struct entry *want = &pos[0]->entries.v[i];
        const struct entry *have = po_find(po, want->key);
        struct places a = {0}, b = {0};
        if (have == NULL) {
            gen_error(po->src, po->src->text.p, "the key %.*s of %.*s:%d is missing", SV(want->key),
                      SV(pos[0]->src->path), gen_line(pos[0]->src, want->key.p));
            continue;
        }
        if (have->counted != want->counted)
            gen_error(po->src, have->key.p, "%.*s is counted (msgid_plural) in one language alone",
                      SV(have->key));
        places_of_entry(pos[0], want, &a);
        places_of_entry(po, have, &b);
        compare_places(po, have, &b, &a);
        compare_forms(po, have, &b);
        check_family(po, have, &b);
    }
    for (size_t i = 0; i < po->entries.n; i++)
        if (po_find(pos[0], po->entries.v[i].key) == NULL)
            gen_error(po->src, po->entries.v[i].key.p, "the key %.*s is missing in %.*s",
                      SV(po->entries.v[i].key), SV(pos[0]->src->path));
}

static int by_key(const void *a, const void *b)
{
    return str_cmp(((const struct entry *)a)->key, ((const struct entry *)b)->key);
}

static str upper(str s)
{
    char *p = NEWS(gen_arena(), char, s.n);
    for (size_t i = 0; i < s.n; i++)
        p[i] = (char)(s.p[i] >= 'a' && s.p[i] <= 'z' ? s.p[i] - ('a' - 'A') : s.p[i]);
    return (str){p, s.n};
}

/* A text with places has another prefix: one that shall be filled is not shown unfilled by mistake. */
static const char *prefix(const struct entry *e)
{
    struct places places = {0};
    places_of_entry(pos[0], e, &places);
    return places.n > 0 ? "WP_" : "W_";
}

static void put_places_header(buf *b, const struct entry *e)
{
    struct places places = {0};
    places_of_entry(pos[0], e, &places);
    if (places.n == 0)
        return;
    buf_putf(b, "struct words_%.*s {\n", SV(e->key));
    for (size_t i = 0; i < places.n; i++)
        buf_putf(b, "    %s %.*s;\n", places.v[i].number ? "i64" : "str", SV(places.v[i].name));
    buf_putf(b,
             "} BY_NAME;\n"
             "str words_%.*s_(struct arena *a, enum lang lang, const struct words_%.*s *v);\n"
             "#define words_%.*s(a, lang, ...)"
             " words_%.*s_((a), (lang), &(struct words_%.*s){__VA_ARGS__})\n\n",
             SV(e->key), SV(e->key), SV(e->key), SV(e->key), SV(e->key));
}

static void put_header(buf *b)
{
    buf_put(b,
            S("/* words.h - every word that a person reads.  Made by tools/wordgen from po/. */\n"
              "#ifndef GEN_WORDS_H\n#define GEN_WORDS_H\n\n#include \"base/phrase.h\"\n\n"
              "enum lang {"));
    for (size_t i = 0; i < npos; i++)
        buf_putf(b, " LANG_%.*s,", SV(upper(pos[i]->lang)));
    buf_put(b, S(" LANG_COUNT };\n\nenum word {\n"));
    for (size_t i = 0; i < pos[0]->entries.n; i++)
        buf_putf(b, "    %s%.*s,\n", prefix(&pos[0]->entries.v[i]), SV(pos[0]->entries.v[i].key));
    buf_put(b, S("    WORD_COUNT\n};\n\n"
                 "str lang_tag(enum lang lang); /* \"en\" */\n"
                 "bool lang_find(str tag, enum lang *out);\n\n"
                 "/* W_KEY: the text; WP_KEY has {places}, which stay unfilled here; of a counted "
                 "one, the\n"
                 " * form for many. */\n"
                 "str word(enum lang lang, enum word w);\n"
                 "/* The form that belongs to n. */\n"
                 "str word_for(enum lang lang, enum word w, i64 n);\n"
                 "str word_key(enum word w);\n"
                 "bool word_find(str key, enum word *out);\n\n"
                 "/* words_KEY(a, lang, .place = …): plain text, not HTML. */\n"));
    for (size_t i = 0; i < pos[0]->entries.n; i++)
        put_places_header(b, &pos[0]->entries.v[i]);
    buf_put(b, S("#endif\n"));
}

static void put_texts(buf *b, const struct entry *first)
{
    buf_putf(b, "    [%s%.*s] = {S_INIT(\"%.*s\"),\n     {", prefix(first), SV(first->key),
             SV(first->key));
    for (size_t i = 0; i < npos; i++) {
        const struct entry *e = po_find(pos[i], first->key);
        buf_put(b, S("{"));
        for (size_t k = 0; k < FORMS; k++) {
            buf_put(b, S("S_INIT("));
            gen_c_string(b, e->form[k < e->nforms ? k : e->nforms - 1], 6);
            buf_put(b, k + 1 < FORMS ? S("), ") : S(")"));
        }
        buf_put(b, i + 1 < npos ? S("},\n      ") : S("}"));
    }
    buf_put(b, S("}},\n"));
}

static void put_places_code(buf *b, const struct entry *e)
{
    struct places places = {0};
    places_of_entry(pos[0], e, &places);
    if (places.n == 0)
        return;
    buf_putf(b,
             "\nstr words_%.*s_(struct arena *a, enum lang lang, const struct words_%.*s *v)\n"
             "{\n    const struct phrase_arg args[] = {\n",
             SV(e->key), SV(e->key));
    for (size_t i = 0; i < places.n; i++) {
        str name = places.v[i].name;
        if (places.v[i].number)
            buf_putf(b, "        {S_INIT(\"%.*s\"), true, v->%.*s, {NULL, 0}},\n", SV(name),
                     SV(name));
        else
            buf_putf(b, "        {S_INIT(\"%.*s\"), false, 0, v->%.*s},\n", SV(name), SV(name));
    }
    buf_putf(
        b,
        "    };\n    return phrase_fill(a, word_for(lang, WP_%.*s, %s), args, COUNT(args));\n}\n",
        SV(e->key), e->counted ? "v->n" : "0");
}

static void put_code(buf *b)
{
    buf_put(b, S("/* words.c - see words.h.  Made by tools/wordgen from po/. */\n"
                 "#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n"
                 "#include \"gen/words.h\"\n\n"
                 "static const str tags[LANG_COUNT] = {\n"));
    for (size_t i = 0; i < npos; i++)
        buf_putf(b, "    S_INIT(\"%.*s\"),\n", SV(pos[i]->lang));
    buf_put(b, S("};\n\n/* By key; of each language the form for one, then for many. */\n"
                 "static const struct {\n    str key, text[LANG_COUNT][2];\n"
                 "} words[WORD_COUNT + 1] = {\n"));
    for (size_t i = 0; i < pos[0]->entries.n; i++)
        put_texts(b, &pos[0]->entries.v[i]);
    buf_put(b, S("};\n\n"
                 "str lang_tag(enum lang lang)\n{\n"
                 "    must((size_t)lang < LANG_COUNT);\n    return tags[lang];\n}\n\n"
                 "bool lang_find(str tag, enum lang *out)\n{\n"
                 "    for (size_t i = 0; i < LANG_COUNT; i++) {\n"
                 "        *out = (enum lang)i;\n"
                 "        if (str_eq(tags[i], tag))\n            return true;\n    }\n"
                 "    return false;\n}\n\n"
                 "str word_for(enum lang lang, enum word w, i64 n)\n{\n"
                 "    must((size_t)lang < LANG_COUNT && (size_t)w < WORD_COUNT);\n"
                 "    return words[w].text[lang][n != 1];\n}\n\n"
                 "str word(enum lang lang, enum word w)\n{\n"
                 "    return word_for(lang, w, 0);\n}\n\n"
                 "str word_key(enum word w)\n{\n"
                 "    must((size_t)w < WORD_COUNT);\n    return words[w].key;\n}\n\n"
                 "bool word_find(str key, enum word *out)\n{\n"
                 "    for (size_t low = 0, high = WORD_COUNT; low < high;) {\n"
                 "        size_t middle = (low + high) / 2;\n"
                 "        int order = str_cmp(key, words[middle].key);\n"
                 "        *out = (enum word)middle;\n"
                 "        if (order == 0)\n            return true;\n"
                 "        if (order < 0)\n            high = middle;\n"
                 "        else\n            low = middle + 1;\n    }\n"
                 "    return false;\n}\n"));
    for (size_t i = 0; i < pos[0]->entries.n; i++)
        put_places_code(b, &pos[0]->entries.v[i]);
}

int main(int argc, char **argv)
{
    if (argc < 3 || argc - 2 > LANGS_MAX ||
        (strcmp(argv[1], "-h") != 0 && strcmp(argv[1], "-c") != 0)) {
        (void)fputs("usage: wordgen {-h|-c} LANG.po...\n", stderr);
        return 2;
    }
    for (int i = 2; i < argc; i++)
        pos[npos++] = po_read(argv[i]);
    for (size_t i = 0; i < npos; i++)
        compare(pos[i]);
    buf b = {.a = gen_arena()};
    gen_check();
    qsort(pos[0]->entries.v, pos[0]->entries.n, sizeof(struct entry), by_key);
    if (strcmp(argv[1], "-h") == 0)
        put_header(&b);
    else
        put_code(&b);
    gen_end(&b);
}
