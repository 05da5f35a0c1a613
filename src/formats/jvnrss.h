/* jvnrss.h - JVNRSS: RSS 1.0 with JVN's security module, written and read in both dialects.
 *
 * JVNRSS 3.2 is what the MyJVN API answers.  JVNRSS 2.0 is what JVN's files are: another namespace
 * of the module, no Status, no marking, items' times without seconds, CVSS 2.0 and 3.0 alone. */
#ifndef FORMATS_JVNRSS_H
#define FORMATS_JVNRSS_H

#include "formats/jvn.h"

struct jvnrss {
    bool is_file;    /* JVNRSS 2.0 */
    str lang, about; /* about: this feed's own address */
    str title, link, description;
    opt_i64 date;
    struct jvn_entries entries;
    const struct jvn_status *status; /* NULL: none */
    bool bare;                       /* the Status alone: nothing found, or an error */
};

str jvnrss_write(struct arena *a, const struct jvnrss *feed);

/* Any RSS 1.0 with or without the module of either version.  E_INVALID: not well-formed (*error
 * says), or no RSS 1.0 (then the code is xml_root). */
enum err jvnrss_read(struct arena *a, str text, struct jvnrss *out, struct xml_error *error);

#endif
