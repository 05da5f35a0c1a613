/* same_xml.h - whether two XML documents have the same content, and what the schemas say. */
#ifndef HELP_SAME_XML_H
#define HELP_SAME_XML_H

#include "formats/xml_read.h"

/* Same names, attributes and trimmed texts, elements in the same order.  Prints the first
 * difference.  xsi:schemaLocation does not count. */
bool same_xml(struct arena *a, str want, str got);

/* Whether xmllint finds it valid by IPA's schemas in KAKEHASHI_TESTDATA/myjvn/xsd. */
bool valid_by(struct arena *a, const char *xsd, str text);

str read_whole(struct arena *a, str path);

#endif
