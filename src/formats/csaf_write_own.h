/* csaf_write_own.h - between the files of the writer. */
#ifndef FORMATS_CSAF_WRITE_OWN_H
#define FORMATS_CSAF_WRITE_OWN_H

#include "formats/csaf_write.h"
#include "formats/json.h"

void csaf_put_notes(struct json_out *o, const struct csaf_note *notes, size_t n);
void csaf_put_tree(struct json_out *o, const struct csaf_document *d);
void csaf_put_vulnerabilities(struct arena *a, struct json_out *o, const struct csaf_document *d);

#endif
