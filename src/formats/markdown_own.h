/* markdown_own.h - what both renderers share; for formats/markdown*.c alone. */
#ifndef FORMATS_MARKDOWN_OWN_H
#define FORMATS_MARKDOWN_OWN_H

#include "formats/markdown.h"

#include <md4c.h>

/* What a renderer makes of it.  `out` is where it writes: beyond a multiple of the text's
 * length, reading ends, as it does after as many events. */
struct markdown_renderer {
    void (*enter)(void *self, MD_BLOCKTYPE type, const void *detail);
    void (*leave)(void *self, MD_BLOCKTYPE type);
    void (*open)(void *self, MD_SPANTYPE type, const void *detail);
    void (*close)(void *self, MD_SPANTYPE type);
    void (*text)(void *self, MD_TEXTTYPE type, str text); /* entities are already text */
    void *self;
    const buf *out;
};

/* False: the text is to be shown as written, and what is in out is worth nothing. */
bool markdown_walk(struct arena *a, str text, const struct markdown_renderer *r);

/* An attribute's text, entities resolved. */
str markdown_attribute(struct arena *a, const MD_ATTRIBUTE *attribute);

/* The address with everything unusual as %XX; absent: not one that may be linked to. */
str markdown_address(struct arena *a, str address);

/* The first bare http(s) address in text: its place and length.  False: none. */
bool markdown_find_address(str text, size_t *at, size_t *n);

/* &name; or &#number; as its character; names that we do not know stay as they are. */
str markdown_entity(struct arena *a, str entity);

/* Characters between which a line break is no space. */
bool markdown_is_wide(uint32_t code_point);

#endif
