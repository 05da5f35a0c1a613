/* xml.h - writing XML 1.0 that is well-formed whatever the texts are.
 *
 *     struct xml_out x = {.b = &b};
 *     xml_begin(&x, S("item"));
 *     xml_attr(&x, S("id"), id);
 *     xml_text(&x, title);
 *     xml_end(&x);
 *
 * Characters that XML 1.0 does not have become U+FFFD.  Elements that hold only elements are
 * indented.  Misuse (an attribute behind the content, an end too many, a name that is none) is
 * a bug and ends the process. */
#ifndef FORMATS_XML_H
#define FORMATS_XML_H

#include "base/str.h"

enum { XML_DEPTH = 32 };

struct xml_out {
    buf *b;
    unsigned depth; /* from here on our own */
    bool tag;       /* the start tag may still get attributes */
    struct {
        str name;
        bool text, elements; /* it holds some */
    } open[XML_DEPTH];
};

/* What may be a name here: of ASCII. */
bool xml_is_name(str s);

void xml_declaration(struct xml_out *o); /* UTF-8 */
void xml_begin(struct xml_out *o, str name);
void xml_attr(struct xml_out *o, str name, str value); /* absent: leaves it out */
void xml_text(struct xml_out *o, str text);
void xml_end(struct xml_out *o);

/* Where the next child begins: how many bytes are written.  The open element has all its
 * attributes and no text. */
size_t xml_at(struct xml_out *o);

/* Children as they were once written between two such places of a like element. */
void xml_again(struct xml_out *o, str children);

/* An element with a text at once; an absent text leaves it out. */
void xml_element(struct xml_out *o, str name, str text);

/* Text with & < > " ' escaped, right in content and between quotes of either kind. */
void xml_escape(buf *b, str text);

#endif
