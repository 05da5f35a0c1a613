/* csaf_listing.h - what others' CSAF providers list: metadata, feeds, indexes, hash files.
 *
 * Sources: CSAF 2.0, section 7.1; the draft of 2.1, "Distributing CSAF documents"; ROLIE (RFC
 * 8322) in JSON; RFC 9116.  Read leniently, but no address is taken that is not one of http(s). */
#ifndef FORMATS_CSAF_LISTING_H
#define FORMATS_CSAF_LISTING_H

#include "base/vec.h"
#include "formats/json.h"

enum { LISTED_MOST = 200000, LISTED_FEEDS = 200, LISTED_KEYS = 50 };

struct listed_key {
    str fingerprint; /* upper-case hex; empty: not told */
    str url;
};

struct listed_provider {
    str role, name, namespace;
    bool trusted; /* hashes and signatures are promised */
    struct {
        VEC(struct listed_key)
    } keys;
    struct {
        VEC(str)
    } feeds, folders; /* folders end without a slash */
};
/* False: this is no provider's metadata; *why names the member that is missing. */
bool listed_provider_read(struct arena *a, const struct json *j, struct listed_provider *out,
                          str *why);

struct listed {
    str url;
    str updated;        /* as it is written there; empty: not told */
    str sha256, sha512; /* addresses; empty: not told */
    str asc;
};
struct listing {
    VEC(struct listed)
};

/* Documents of a ROLIE feed; *next: the address of its next page, or absent.  False: no feed. */
bool listed_feed_read(struct arena *a, const struct json *j, struct listing *out, str *next);

/* Of index.txt and changes.csv in a folder; hash and signature stand beside each.  Lines with a
 * path that leads out of the folder are left out, and counted. */
size_t listed_index_read(struct arena *a, str text, str folder, struct listing *out);
size_t listed_changes_read(struct arena *a, str text, str folder, struct listing *out);

/* "CSAF: https://…" lines of a security.txt. */
struct strs listed_security_txt(struct arena *a, str text);

/* The hash in a hash file ("hex  name"), in lower case; absent: none of so many hex digits. */
str listed_hash(struct arena *a, str text, size_t digits);

/* SHA-256 or (longer) SHA-512 of bytes, as such a file has it. */
str listed_hash_of(struct arena *a, str bytes, bool longer);

/* An address of http or https without spaces, quotes and user names, at most 2,000 bytes. */
bool listed_url(str s);

/* "https://host:port" of an address. */
str listed_origin(str url);

#endif
