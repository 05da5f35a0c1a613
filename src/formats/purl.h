/* purl.h - package URLs: ECMA-427, and what their types ask (facts/purl-types.tsv).
 *
 * Components are decoded and, where the type says so, folded, so that two that name the same
 * package compare equal.  Reading is lenient in what the standard lets a reader accept
 * (colons or slashes escaped or not, capitals in the type), but for "pkg://". */
#ifndef FORMATS_PURL_H
#define FORMATS_PURL_H

#include "base/str.h"

struct purl_qualifier {
    str key, value;
};

struct purl {
    str type, name;
    str ns;      /* segments between '/'; absent: none, as version and subpath */
    str version; /* opaque */
    str subpath;
    const struct purl_qualifier *qualifiers; /* sorted by key, none empty */
    size_t nqualifiers;
    bool registered; /* the type is one that we know */
};

/* E_INVALID sets *why: purl_scheme purl_authority ("pkg://") purl_type purl_name (missing)
 * purl_encoding purl_character (one that must be escaped) purl_segment (empty, or holds a '/')
 * purl_key purl_duplicate (qualifiers) purl_namespace (required and missing)
 * purl_no_namespace (there is one, and the type has none) purl_rule (of the type)
 * purl_qualifier (one that the type requires is missing). */
enum err purl_read(struct arena *a, str text, struct purl *out, str *why);

/* The canonical form. */
str purl_write(struct arena *a, const struct purl *p);

/* Whether they differ at most in their qualifiers. */
bool purl_same_package(const struct purl *x, const struct purl *y);

#endif
