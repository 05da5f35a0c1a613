/* release_dry_compare.c - all forms read back from their bytes and held against each other. */
#include "app/release_dry_own.h"

#include "app/tables.h"

/* A CVE record is named by its number. */
static bool format_of(const struct release_artefact *x, enum said_format *out)
{
    if (str_has_prefix(x->name, S("CVE-"))) {
        *out = SAID_CVE;
        return true;
    }
    return said_format_find(x->name, out);
}

/* --- the words of paper ------------------------------------------------------------------------- */

enum { PAPER_WORDS = 32 };

static void add_word(struct said_hints *h, struct said_word *all, bool vendor, str code, str text)
{
    must(h->nwords < PAPER_WORDS);
    all[h->nwords++] = (struct said_word){vendor, code, text};
}

static void fill_words(struct ctx *cx, enum lang lang, struct said_hints *h)
{
    struct said_word *all = NEWS(cx->a, struct said_word, PAPER_WORDS);
    h->words = all;
    for (enum vendor_status s = 0; s < VENDOR_STATUS_COUNT; s++) {
        const str *words = cx->app->tables->statuses.v[s].word, name = vendor_status_name(s);
        enum word w;
        add_word(h, all, true, name, words[lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT]);
        if (word_find(str_join(cx->a, S("choice_status_"), name), &w))
            add_word(h, all, false, name, word(lang, w));
    }
    add_word(h, all, false, S("fixed"), word(lang, W_choice_status_fixed));
    add_word(h, all, false, S("under_investigation"),
             word(lang, W_choice_status_under_investigation));
}

/* --- reading ------------------------------------------------------------------------------------ */

static void find(struct ctx *cx, struct release_dry *d, struct release_finding f)
{
    *PUSH(cx->a, &d->findings) = f;
    d->count[f.level]++;
}

/* What is not published does not keep from publishing. */
static enum release_level level_of(const struct release_dry *d, enum said_format f)
{
    bool aside = f == SAID_CVE;
    for (size_t i = 0; i < d->artefacts.n; i++) {
        const struct release_artefact *x = &d->artefacts.v[i];
        aside &= !str_has_prefix(x->name, S("CVE-")) || x->aside;
    }
    return aside ? RELEASE_WARNING : RELEASE_ERROR;
}

static void read_all(struct ctx *cx, struct release_dry *d, const struct said_hints *hints,
                     const struct record_said *said[SAID_FORMATS])
{
    struct record_said *all = NEWS(cx->a, struct record_said, SAID_FORMATS);
    for (size_t i = 0; i < d->artefacts.n; i++) {
        const struct release_artefact *x = &d->artefacts.v[i];
        enum said_format f;
        if (!format_of(x, &f))
            continue;
        if (said_read(cx->a, f, x->read.p != NULL ? x->read : x->bytes, hints, &all[f]) == OK)
            said[f] = &all[f];
        else
            find(cx, d,
                 (struct release_finding){.artefact = x->name,
                                          .level = x->aside ? RELEASE_WARNING : RELEASE_ERROR,
                                          .test = S("read"),
                                          .word = S("dry_unreadable")});
    }
}

/* Its first words. */
static str cut(struct ctx *cx, str value)
{
    enum { MOST = 300 };
    size_t n = MOST;
    if (value.n <= MOST)
        return value;
    while (n < value.n && ((unsigned char)value.p[n] & 0xC0) == 0x80)
        n++;
    return str_join(cx->a, str_sub(value, 0, n), S("…"));
}

static bool holds(struct strs list, str value)
{
    for (size_t i = 0; i < list.n; i++)
        if (str_eq(list.v[i], value))
            return true;
    return false;
}

/* "a; b; c", those that are in some but not in others. */
static str only_in(struct ctx *cx, struct strs some, struct strs others)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < some.n; i++) {
        str value = cut(cx, some.v[i]);
        if (!holds(others, some.v[i]))
            buf_putf(&b, "%s%.*s", b.n > 0 ? "; " : "", SV(value));
    }
    return b.n > 0 ? buf_str(&b) : S("–");
}

static void find_cell(struct ctx *cx, struct release_dry *d, const struct said_row *row,
                      enum said_format f)
{
    const struct said_cell *c = &row->cell[f];
    find(cx, d,
         (struct release_finding){.artefact = said_format_name(f),
                                  .level = level_of(d, f),
                                  .test = S("compare"),
                                  .path = said_field_name(row->field),
                                  .word = S("dry_differs"),
                                  .arg = {only_in(cx, c->values, c->expected),
                                          only_in(cx, c->expected, c->values),
                                          str_z(c->carry.where)}});
}

void release_dry_compare(struct ctx *cx, struct release_dry *d)
{
    const struct record_said *said[SAID_FORMATS] = {0};
    bool ja = d->wish.lang == LANG_JA;
    struct said_hints hints = {.prefix = cx->app->number_prefix,
                               .public_url = cx->app->public_url,
                               .lang = ja ? S("ja") : S("en"),
                               .unnamed = word(d->wish.lang, W_csaf_unnamed_product),
                               .published = word(d->wish.lang, W_col_published),
                               .updated = word(d->wish.lang, W_col_updated)};
    fill_words(cx, d->wish.lang, &hints);
    str *stock = NEWS(cx->a, str, REMEDY_COUNT);
    for (enum remedy r = 0; r < REMEDY_COUNT; r++)
        stock[r] = cx->app->tables->remedies.v[r].says[ja ? LANG_JA_AT : LANG_EN_AT];
    hints.stock = (struct strs){stock, REMEDY_COUNT};
    read_all(cx, d, &hints, said);
    for (enum said_field r = 0; r < SAID_FIELDS; r++) {
        d->rows[r] = (struct said_row){.field = r};
        for (enum said_format f = 0; f < SAID_FORMATS; f++)
            d->rows[r].cell[f].verdict = SAID_NOT_BUILT;
    }
    if (said[SAID_PAGE] != NULL)
        said_compare(cx->a, said, &hints, d->rows);
    for (enum said_field r = 0; r < SAID_FIELDS; r++)
        for (enum said_format f = 0; f < SAID_FORMATS; f++)
            if (d->rows[r].cell[f].verdict == SAID_DIFFERS)
                find_cell(cx, d, &d->rows[r], f);
    d->ready = d->count[RELEASE_ERROR] == 0;
}
