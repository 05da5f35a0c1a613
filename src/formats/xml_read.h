/* xml_read.h - XML 1.0 with namespaces: a strict, bounded reader into an arena.
 *
 * It reads UTF-8 alone.  There is no DTD: a document type is refused, so there are no entities but
 * the five of XML itself, no files, no addresses, and no text that grows while it is read.
 * What is not well-formed, or not well-formed by "Namespaces in XML 1.0", is refused.
 * Comments and processing instructions are left out. */
#ifndef FORMATS_XML_READ_H
#define FORMATS_XML_READ_H

#include "base/str.h"

enum {
    XML_READ_DEPTH = 64,      /* the root has depth 1 */
    XML_READ_ATTRIBUTES = 64, /* of one element, declarations of namespaces among them */
    XML_READ_SPACES = 256,    /* declared and not yet out of sight */
};

struct xml_attribute {
    str space; /* empty: none */
    str name, value;
};

/* An element.  Its text is what stands directly in it, without that of the elements within. */
struct xml_node {
    str space; /* the namespace's name; empty: none */
    str name;  /* without a prefix */
    str text;
    const struct xml_attribute *attributes; /* without declarations of namespaces */
    size_t nattributes;
    const struct xml_node *first, *next; /* the first within, the next beside; NULL: none */
};

/* Codes: xml_end xml_syntax xml_name xml_character xml_utf8 xml_encoding xml_doctype xml_entity
 * xml_namespace xml_duplicate xml_mismatch xml_depth xml_size xml_trailing. */
struct xml_error {
    str code;
    i64 line; /* from 1 */
    size_t byte;
};

/* Texts are slices of the text read where nothing had to be replaced, so that must live as long
 * as the tree.  E_INVALID fills *error. */
enum err xml_read(struct arena *a, str text, const struct xml_node **root, struct xml_error *error);

/* All of these take NULL. */
const struct xml_node *xml_find(const struct xml_node *parent, str space, str name); /* the first */
const struct xml_node *xml_after(const struct xml_node *n); /* the next of the same name */
bool xml_is(const struct xml_node *n, str space, str name);
str xml_text_of(const struct xml_node *n); /* trimmed; NULL: absent */
str xml_child_text(const struct xml_node *parent, str space, str name);
str xml_attribute_of(const struct xml_node *n, str space, str name); /* absent: not there */

#endif
