/* atom.h - the Atom syndication format (RFC 4287), written. */
#ifndef FORMATS_ATOM_H
#define FORMATS_ATOM_H

#include "base/str.h"

struct atom_entry {
    str id;        /* an IRI that never changes */
    str title;     /* plain text */
    str link;      /* to the page, absolute */
    i64 published; /* ms since 1970 */
    i64 updated;
    str summary; /* plain text; absent: none */
    str html;    /* markup of the content; absent: none */
    struct strs categories;
};

struct atom_feed {
    str id, title, subtitle; /* subtitle absent: none */
    str lang;                /* "ja" */
    str self, page;          /* absolute addresses: of this feed, of the page it follows */
    str other, other_lang;   /* the same in the other language; absent: none */
    str author;              /* a name; of all entries */
    i64 updated;
    const struct atom_entry *entries;
    size_t n;
};

str atom_write(struct arena *a, const struct atom_feed *feed);

#endif
