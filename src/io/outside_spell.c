/* outside_spell.c - spelling by hunspell, which is opened for the first dictionary; see outside.h. */
#include "io/outside_own.h"

#include "base/utf8.h"

#include <dirent.h>
#include <dlfcn.h>
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>

static const char system_folder[] = "/usr/share/hunspell";

struct opened {
    const struct outside *o;
    struct hunspell *h;
};

static void close_library(void *library)
{
    (void)dlclose(library);
}

static void close_dictionary(void *p)
{
    struct opened *d = p;
    d->o->destroy(d->h);
}

static bool is_name(str lang)
{
    for (size_t i = 0; i < lang.n; i++) {
        char c = lang.p[i];
        if (!(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') &&
            c != '-')
            return false;
    }
    return lang.n >= 2 && lang.n < 32;
}

/* "FOLDER/NAME.aff", if that is there. */
static const char *file_of(struct outside *o, str name, const char *suffix)
{
    const char *path = str_to_z(o->a, str_fmt(o->a, "%s/%.*s%s", o->folder, SV(name), suffix));
    return access(path, R_OK) == 0 ? path : NULL;
}

/* The first dictionary, in the order of names, of that primary language. */
static str any_of(struct outside *o, str primary)
{
    str prefix = str_fmt(o->a, "%.*s_", SV(primary)), best = NO_STR;
    DIR *d = opendir(o->folder);
    for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
        str name = str_z(e->d_name);
        if (str_has_prefix(name, prefix) && str_has_suffix(name, S(".aff")) &&
            (best.p == NULL || str_cmp(name, best) < 0))
            best = str_copy(o->a, name);
    }
    if (d != NULL)
        (void)closedir(d);
    return best.p == NULL ? best : str_sub(best, 0, best.n - 4);
}

/* "en-GB" is en_GB; "en" is en, en_US, or the first of en_…. */
static str dictionary_name(struct outside *o, str lang)
{
    str rest = lang, primary = str_lower(o->a, str_cut(&rest, '-')), region = str_cut(&rest, '-');
    str tries[] = {str_fmt(o->a, "%.*s_%.*s", SV(primary), SV(region)), primary,
                   str_fmt(o->a, "%.*s_US", SV(primary))};
    for (size_t i = region.n == 2 ? 0 : 1; i < COUNT(tries); i++)
        if (file_of(o, tries[i], ".aff") != NULL)
            return tries[i];
    return any_of(o, primary);
}

/* A pointer to a function, as POSIX lets dlsym() give it. */
static bool symbol(void *library, const char *name, void *place, size_t size)
{
    void *found = dlsym(library, name);
    memcpy(place, &found, size);
    return found != NULL;
}

/* Once, when there is a dictionary: it takes longer than to check a document. */
static bool open_library(struct outside *o)
{
    if (o->looked)
        return o->encoding != NULL;
    o->looked = true;
    void *library = dlopen("libhunspell-1.7.so.0", RTLD_NOW | RTLD_LOCAL);
    if (library == NULL)
        return false;
    arena_defer(o->a, close_library, library);
    return symbol(library, "Hunspell_create", &o->create, sizeof o->create) &&
           symbol(library, "Hunspell_destroy", &o->destroy, sizeof o->destroy) &&
           symbol(library, "Hunspell_spell", &o->spell, sizeof o->spell) &&
           symbol(library, "Hunspell_get_dic_encoding", &o->encoding, sizeof o->encoding);
}

static void load(struct outside *o, struct dictionary *d)
{
    str name = dictionary_name(o, d->lang);
    const char *aff = name.p == NULL ? NULL : file_of(o, name, ".aff");
    const char *dic = name.p == NULL ? NULL : file_of(o, name, ".dic");
    if (aff == NULL || dic == NULL || !open_library(o))
        return;
    struct hunspell *h = o->create(aff, dic);
    if (h == NULL)
        return;
    struct opened *kept = NEW(o->a, struct opened);
    *kept = (struct opened){o, h};
    arena_defer(o->a, close_dictionary, kept);
    str encoding = str_z(o->encoding(h));
    d->latin1 = str_eq_nocase(encoding, S("ISO8859-1"));
    if (d->latin1 || str_eq_nocase(encoding, S("UTF-8")))
        d->h = h;
}

static const struct dictionary *dictionary_of(struct outside *o, str lang)
{
    for (size_t i = 0; i < o->dictionaries.n; i++)
        if (str_eq(o->dictionaries.v[i].lang, lang))
            return &o->dictionaries.v[i];
    struct dictionary d = {.lang = str_copy(o->a, lang)};
    if (is_name(lang))
        load(o, &d);
    *PUSH(o->a, &o->dictionaries) = d;
    return &o->dictionaries.v[o->dictionaries.n - 1];
}

static bool speaks(void *arg, str lang)
{
    return dictionary_of(arg, lang)->h != NULL;
}

static bool is_letter(uint32_t c)
{
    utf8proc_category_t k = utf8proc_category((utf8proc_int32_t)c);
    return k >= UTF8PROC_CATEGORY_LU && k <= UTF8PROC_CATEGORY_ME;
}

/* Addresses, versions, file names and abbreviations are no words. */
static bool is_code(str chunk)
{
    size_t capitals = 0;
    for (size_t i = 0; i < chunk.n; i++) {
        if (strchr("@/\\_<>{}=&%#0123456789", chunk.p[i]) != NULL && chunk.p[i] != '\0')
            return true;
        if (chunk.p[i] == '.' && i + 1 < chunk.n)
            return true;
        capitals += chunk.p[i] >= 'A' && chunk.p[i] <= 'Z';
    }
    return capitals > 1;
}

/* In the encoding of the dictionary; NULL: it has no such letters. */
static const char *encoded(struct outside *o, const struct dictionary *d, str word)
{
    buf b = {.a = o->a};
    for (size_t at = 0; at < word.n && d->latin1;) {
        uint32_t c = utf8_next(word, &at);
        if (c > 0xFF)
            return NULL;
        buf_char(&b, (char)c);
    }
    return str_to_z(o->a, d->latin1 ? buf_str(&b) : word);
}

static bool is_spelt(struct outside *o, const struct dictionary *d, str word)
{
    const char *z = encoded(o, d, word);
    return z == NULL || o->spell(d->h, z) != 0;
}

/* The next run of letters, with apostrophes between them; empty: there is none. */
static str next_word(str chunk, size_t *at)
{
    size_t from = chunk.n, end = chunk.n;
    while (*at < chunk.n) {
        size_t here = *at;
        uint32_t c = utf8_next(chunk, at);
        bool inner = from < chunk.n && c == '\'' && *at < chunk.n;
        if (is_letter(c) || inner) {
            if (from == chunk.n)
                from = here;
            end = *at;
        } else if (from < chunk.n) {
            break;
        }
    }
    return from < chunk.n ? str_sub(chunk, from, end - from) : S("");
}

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r';
}

static str next_chunk(str *rest)
{
    while (rest->n > 0 && is_space(rest->p[0]))
        *rest = str_from(*rest, 1);
    size_t n = 0;
    while (n < rest->n && !is_space(rest->p[n]))
        n++;
    str chunk = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return chunk;
}

static str misspelt(void *arg, str lang, str text)
{
    const struct dictionary *d = dictionary_of(arg, lang);
    for (str chunk = next_chunk(&text); chunk.n > 0 && d->h != NULL; chunk = next_chunk(&text)) {
        size_t at = 0;
        if (is_code(chunk))
            continue;
        for (str word = next_word(chunk, &at); word.n > 0; word = next_word(chunk, &at))
            if (!is_spelt(arg, d, word))
                return word;
    }
    return NO_STR;
}

void spell_open(struct outside *o, const char *folder)
{
    o->folder = folder != NULL ? folder : system_folder;
    o->asked.speaks = speaks;
    o->asked.misspelt = misspelt;
}
