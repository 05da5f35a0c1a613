/* xml_scan.h - the tokens of XML; for formats/xml_read.c alone. */
#ifndef FORMATS_XML_SCAN_H
#define FORMATS_XML_SCAN_H

#include "formats/xml_read.h"

struct xml_scan {
    struct arena *a;
    str text;
    size_t at;
    struct xml_error *error;
};

struct xml_name {
    str whole, prefix, local; /* prefix empty: none */
};

/* Always E_INVALID, at the place reached. */
enum err xml_wrong(struct xml_scan *s, str code);

/* UTF-8, characters, a byte order mark, the XML declaration. */
enum err xml_scan_begin(struct xml_scan *s);

bool xml_scan_is(struct xml_scan *s, str mark); /* then steps behind it */
bool xml_scan_space(struct xml_scan *s);        /* whether there was any */
enum err xml_scan_name(struct xml_scan *s, struct xml_name *out);
enum err xml_scan_value(struct xml_scan *s, str *out); /* an attribute's, with its quotes */
enum err xml_scan_text(struct xml_scan *s, str *out);  /* up to the next mark */

/* From behind their first mark. */
enum err xml_scan_cdata(struct xml_scan *s, str *out);
enum err xml_scan_comment(struct xml_scan *s);
enum err xml_scan_instruction(struct xml_scan *s);

#endif
