/* lang_tag.h - language tags: RFC 5646, with IANA's registry (facts/lang-subtags.tsv). */
#ifndef FORMATS_LANG_TAG_H
#define FORMATS_LANG_TAG_H

#include "base/str.h"

enum lang_state {
    LANG_MALFORMED,
    LANG_INVALID, /* well-formed, but a subtag is not registered, twice, or out of place */
    LANG_VALID,
};

/* Slices of the tag; absent: it has none. */
struct lang_tag {
    enum lang_state state;
    bool grandfathered; /* registered as a whole: i-default */
    str language;       /* "zh"; absent in a grandfathered tag and one of private use alone */
    str extlang;        /* "yue": the first, if there are more */
    str script, region; /* "Hant", "TW" */
    str wrong;          /* the first subtag that makes it invalid */
    str private_use;    /* the first that is of private use: "qaa", "Qaaa", "QM", "x" */
    str deprecated;     /* the first that the registry calls deprecated */
    str preferred;      /* what to write instead of that; empty: the registry does not say */
};

/* The state alone, or all of it. */
enum lang_state lang_tag_read(str tag, struct lang_tag *out);

/* Whether the primary language is the same: "en" and "en-GB", in any case. */
bool lang_tag_same_language(str x, str y);

#endif
