/* cookie.h - the Cookie header that comes in and the Set-Cookie that goes out (RFC 6265). */
#ifndef FORMATS_COOKIE_H
#define FORMATS_COOKIE_H

#include "base/str.h"

/* The value of that cookie, a slice of header.  Absent: not sent, not made of cookie octets
 * (section 4.1.1), or sent twice with different values, as when another host planted one. */
str cookie_get(str header, str name);

struct cookie {
    str name, value; /* a token; cookie octets.  Anything else is a bug */
    i64 max_age;     /* seconds; 0: until the browser closes; negative: delete it */
    bool secure;     /* behind TLS.  Needed where the name begins with __Host- */
    bool strict;     /* SameSite=Strict instead of Lax */
};

/* The value of a Set-Cookie header.  Always HttpOnly, for the whole host and path. */
str cookie_set(struct arena *a, struct cookie c);

#endif
