/* wordgen_po.c - reads a gettext .po file, of which we use a small and strict part. */
#include "wordgen.h"

struct reader {
    struct po *po;
    str rest;
};

/* The languages and their forms of counted words. */
static const struct {
    str lang, plural;
    size_t nforms;
} languages[] = {
    {S_INIT("en"), S_INIT("Plural-Forms: nplurals=2; plural=(n != 1);\n"), 2},
    {S_INIT("ja"), S_INIT("Plural-Forms: nplurals=1; plural=0;\n"), 1},
};

static void comment(const struct reader *r, str line)
{
    if (str_has_prefix(line, S("#~")) || str_has_prefix(line, S("#|")))
        gen_error(r->po->src, line.p, "an obsolete entry: delete it");
    if (str_has_prefix(line, S("#,")) && str_find(line, S("fuzzy")) >= 0)
        gen_error(r->po->src, line.p, "a fuzzy entry: translate it and remove the mark");
}

/* The next line that says something; NULL at the end. */
static str next_line(struct reader *r)
{
    while (r->rest.n > 0) {
        str line = gen_cut_line(&r->rest);
        if (str_has_prefix(line, S("#")))
            comment(r, line);
        else if (str_trim(line).n > 0)
            return line;
    }
    return NO_STR;
}

static void unescape(const struct reader *r, buf *b, str s)
{
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '"')
            gen_die(r->po->src, s.p + i, "write \\\" for a quote inside a text");
        if (c != '\\') {
            buf_char(b, c);
            continue;
        }
        c = i + 1 < s.n ? s.p[++i] : ' ';
        if (c == 'n')
            buf_char(b, '\n');
        else if (c == '"' || c == '\\')
            buf_char(b, c);
        else
            gen_die(r->po->src, s.p + i, "bad escape: \\n \\\" and \\\\ are those we know");
    }
}

static void quoted(const struct reader *r, buf *b, str s)
{
    if (s.n < 2 || s.p[0] != '"' || s.p[s.n - 1] != '"')
        gen_die(r->po->src, s.p, "want a text in double quotes at the end of the line");
    unescape(r, b, str_sub(s, 1, s.n - 2));
}

/* The text behind `word` on this line, and the lines "…" that continue it. */
static bool text_after(struct reader *r, str word, str *out, const char **at)
{
    struct reader ahead = *r;
    str line = next_line(&ahead);
    if (!str_has_prefix(line, word) || !str_has_prefix(str_from(line, word.n), S(" ")))
        return false;
    buf b = {.a = gen_arena()};
    *at = line.p;
    quoted(r, &b, str_from(line, word.n + 1));
    do {
        *r = ahead;
        line = next_line(&ahead);
        if (str_has_prefix(line, S("\"")))
            quoted(r, &b, line);
    } while (str_has_prefix(line, S("\"")));
    *out = buf_str(&b);
    return true;
}

static void check_header(struct po *po, str text, const char *at)
{
    buf want = {.a = gen_arena()};
    buf_putf(&want, "Language: %.*s\n", SV(po->lang));
    if (str_find(text, buf_str(&want)) < 0)
        gen_error(po->src, at, "the header must say \"Language: %.*s\\n\"", SV(po->lang));
    if (str_find(text, S("charset=UTF-8\n")) < 0)
        gen_error(po->src, at, "the header must say \"charset=UTF-8\\n\"");
    for (size_t i = 0; i < COUNT(languages); i++) {
        if (!str_eq(languages[i].lang, po->lang))
            continue;
        po->nforms = languages[i].nforms;
        if (str_find(text, languages[i].plural) < 0)
            gen_error(po->src, at, "the header must say \"%.*s\\n\"",
                      (int)languages[i].plural.n - 1, languages[i].plural.p);
        return;
    }
    gen_die(po->src, at, "a language that tools/wordgen_po.c does not know");
}

static void check_key(const struct po *po, const struct entry *e)
{
    for (size_t i = 0; i < e->key.n; i++) {
        char c = e->key.p[i];
        if (!(c >= 'a' && c <= 'z') && !gen_is_digit(c) && c != '_')
            gen_die(po->src, e->key.p, "a key is made of a-z, 0-9 and _: %.*s", SV(e->key));
    }
    for (size_t i = 0; i < po->entries.n; i++)
        if (str_eq(po->entries.v[i].key, e->key))
            gen_error(po->src, e->key.p, "this key was there before, in line %d: %.*s",
                      gen_line(po->src, po->entries.v[i].key.p), SV(e->key));
}

static void read_forms(struct reader *r, struct entry *e)
{
    const struct po *po = r->po;
    if (!e->counted) {
        e->nforms = 1;
        if (!text_after(r, S("msgstr"), &e->form[0], &e->form_at[0]))
            gen_die(po->src, e->key.p, "want a msgstr after this msgid");
    } else {
        static const str words[FORMS] = {S_INIT("msgstr[0]"), S_INIT("msgstr[1]")};
        while (e->nforms < FORMS &&
               text_after(r, words[e->nforms], &e->form[e->nforms], &e->form_at[e->nforms]))
            e->nforms++;
        if (e->nforms != po->nforms)
            gen_die(po->src, e->key.p, "a counted text needs %zu msgstr[] in this language",
                    po->nforms);
    }
    for (size_t i = 0; i < e->nforms; i++)
        if (str_trim(e->form[i]).n == 0 || str_trim(e->form[i]).n != e->form[i].n)
            gen_error(po->src, e->form_at[i],
                      "the text is empty, or begins or ends with white space: %.*s", SV(e->key));
}

static void read_entry(struct reader *r)
{
    struct po *po = r->po;
    struct entry e = {0};
    str key, again;
    const char *at;
    if (!text_after(r, S("msgid"), &key, &at)) {
        str line = next_line(r);
        gen_die(po->src, line.p, "not understood here: %.*s", SV(line));
    }
    e.key = (str){at + sizeof "msgid \"" - 1, key.n};
    e.counted = text_after(r, S("msgid_plural"), &again, &at);
    if (e.counted && !str_eq(key, again))
        gen_error(po->src, at, "msgid_plural must repeat the key %.*s", SV(key));
    if (key.n == 0) {
        str header;
        if (po->entries.n > 0 || !text_after(r, S("msgstr"), &header, &at))
            gen_die(po->src, e.key.p, "an empty key belongs to the header alone");
        if (po->nforms > 0)
            gen_die(po->src, at, "a second header");
        check_header(po, header, at);
        return;
    }
    if (po->nforms == 0)
        gen_die(po->src, e.key.p, "the file must begin with its header: msgid \"\"");
    if (!str_eq(key, str_sub(e.key, 0, key.n)))
        gen_die(po->src, e.key.p, "write a key on one line, without escapes");
    check_key(po, &e);
    read_forms(r, &e);
    *PUSH(gen_arena(), &po->entries) = e;
}

struct po *po_read(const char *path)
{
    struct po *po = NEW(gen_arena(), struct po);
    po->src = gen_read(path);
    po->lang = gen_stem(po->src->path);
    struct reader r = {po, po->src->text};
    for (struct reader ahead = r; next_line(&ahead).p != NULL; ahead = r)
        read_entry(&r);
    if (po->nforms == 0)
        gen_die(po->src, po->src->text.p, "the file must begin with its header: msgid \"\"");
    return po;
}

const struct entry *po_find(const struct po *po, str key)
{
    for (size_t i = 0; i < po->entries.n; i++)
        if (str_eq(po->entries.v[i].key, key))
            return &po->entries.v[i];
    return NULL;
}

bool places_has(const struct places *p, str name)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->v[i].name, name))
            return true;
    return false;
}

void places_of(const struct po *po, const char *at, str text, struct places *out)
{
    while (text.n > 0) {
        char c = text.p[0];
        text = str_from(text, 1);
        if (c == '}')
            gen_error(po->src, at, "a } without its {");
        if (c != '{')
            continue;
        str name = gen_word(text);
        text = str_from(text, name.n);
        if (!gen_is_name(name) || !str_has_prefix(text, S("}"))) {
            gen_error(po->src, at, "a place is written {name}, with name of a-z, 0-9 and _");
            return;
        }
        text = str_from(text, 1);
        if (!places_has(out, name))
            *PUSH(gen_arena(), out) =
                (struct place){name, str_eq(name, S("n")) || str_has_prefix(name, S("n_"))};
    }
}
