/* wordgen.h - the words of one language, as read from its .po file. */
#ifndef TOOLS_WORDGEN_H
#define TOOLS_WORDGEN_H

#include "gen.h"

enum { FORMS = 2 }; /* of a counted word at most: one, other */

struct entry {
    str key; /* its bytes stand in the source: its place */
    bool counted;
    size_t nforms;
    str form[FORMS]; /* unescaped; counted: one and other, else the text alone */
    const char *form_at[FORMS];
};

struct po {
    const struct source *src;
    str lang;      /* "en" */
    size_t nforms; /* of a counted word in this language */
    struct {
        VEC(struct entry)
    } entries;
};

/* Complains of what is wrong in the file by itself. */
struct po *po_read(const char *path);

/* The entry of this key, or NULL. */
const struct entry *po_find(const struct po *po, str key);

struct place {
    str name;
    bool number;
};
struct places {
    VEC(struct place)
};

/* The {name} places of a text, each once, in order.  Complains of braces that are none. */
void places_of(const struct po *po, const char *at, str text, struct places *out);
bool places_has(const struct places *p, str name);

#endif
