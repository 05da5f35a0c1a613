/* gpgv.h - whether a detached OpenPGP signature belongs to some bytes and to one of some keys.
 *
 * GnuPG's gpgv decides, run apart (tool.h): some milliseconds for each signature, whatever the
 * size of this process.  For the command line and for processes without a sandbox of their own. */
#ifndef IO_GPGV_H
#define IO_GPGV_H

#include "base/err.h"

struct gpgv_check {
    str keys;      /* OpenPGP certificates, one behind the other, not armored */
    str signature; /* armored or not */
    str bytes;
    i64 timeout_ms;
};

/* OK: *fingerprint is that of the certificate whose key signed, in upper-case hex.  E_INVALID:
 * *why is what gpgv calls it: BADSIG EXPKEYSIG EXPSIG REVKEYSIG ERRSIG NODATA.  E_NOT_FOUND:
 * gpgv is not installed.  E_IO: it did not come to an end, or could not be started. */
enum err gpgv(struct arena *a, struct fault *f, const struct gpgv_check *c, str *fingerprint,
              str *why);

#endif
