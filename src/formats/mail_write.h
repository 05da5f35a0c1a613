/* mail_write.h - a mail as bytes: RFC 5322 with MIME (RFC 2045, 2047), all of it 7-bit.
 *
 * One text in one language to people; no attachments.  Lines end in CR LF and are at most 78
 * columns, words in headers are folded and encoded where they are not plain ASCII.  A header
 * cannot be injected: addresses and ids are checked, and in a subject or a name whatever
 * could end a line is a space. */
#ifndef FORMATS_MAIL_WRITE_H
#define FORMATS_MAIL_WRITE_H

#include "base/problem.h"
#include "base/time.h"

struct mail_address {
    str name;    /* as people write it; may be absent */
    str address; /* "psirt@example.jp" */
};

struct mail {
    struct mail_address from;
    const struct mail_address *to;
    size_t nto;
    str subject;
    str body;        /* UTF-8; lines end in \n */
    str message_id;  /* "ID@HOST", without angle brackets; the same when it is sent again */
    str in_reply_to; /* likewise, or absent */
    str language;    /* "ja", "en", or absent */
    i64 date;        /* ms */
    const struct zone *zone;
    bool automatic; /* nobody typed it: Auto-Submitted (RFC 3834), so that no robot answers */
};

/* An address that a mail can be sent to here: RFC 5321's Dot-string at a domain of letters,
 * digits and hyphens, in ASCII.  No quoted names, no addresses in brackets. */
bool mail_address_is(str address);

/* E_INVALID: *ps has mail_address at from or to, mail_id at message_id or in_reply_to. */
enum err mail_write(struct arena *a, const struct mail *m, struct problems *ps, str *out);

#endif
