/* provider_check_own.h - between the files that check a CSAF provider. */
#ifndef APP_PROVIDER_CHECK_OWN_H
#define APP_PROVIDER_CHECK_OWN_H

#include "app/provider_check.h"
#include "base/dict.h"
#include "formats/json.h"
#include "formats/openpgp_key.h"

/* clang-format off */
enum { R_VALID = 1, R_NAME, R_TLS, R_OPEN, R_CLOSED, R_REDIRECTS, R_METADATA, R_SECURITY_TXT,
       R_WELL_KNOWN, R_DNS, R_YEARS, R_INDEX, R_CHANGES, R_LISTINGS, R_FEED, R_SERVICE, R_CATEGORY,
       R_HASH, R_SIGNATURE, R_KEY, R_LIST, R_PARTIES, R_MIRRORS, R_AGENT = 24, R_CORS = 25 };
/* clang-format on */

/* One document, and where it was named. */
struct check_document {
    str url, tlp;    /* of the place that names it, as in 2.1; absent: it does not say */
    ptrdiff_t place; /* its folder in checking.folders; -1: of a feed alone */
    bool fed, indexed, changed, listed;
    str fed_at, changed_at; /* its last change, as those say */
    bool hash, signature;   /* the feed links to one */
};

struct check_place {              /* a folder or a feed */
    str url, tlp;                 /* a folder's url ends with a slash; tlp absent: not told */
    bool index, changes, listing; /* of a folder: could be read */
    bool feed;                    /* a feed: likewise */
};

enum { CHECK_BYTES = 32 << 20 }; /* of a document, and of what stands beside it */

struct checking {
    struct arena *a;
    const struct provider_reach *reach;
    struct provider_report *out;
    const struct json *metadata;
    str bytes, host, origin, base; /* base: the folder of the metadata, with its slash */
    bool v21;
    size_t failed[REQUIREMENTS], kept[REQUIREMENTS];
    bool used[REQUIREMENTS]; /* there is something to look at */
    str keys;                /* all of them, not armored */
    i64 key_expires;         /* of the one that expires first; 0: none does */
    struct dict urls;
    struct {
        VEC(struct check_document)
    } docs;
    struct {
        VEC(struct check_place)
    } folders, feeds;
    size_t silent; /* requests without answer, one after the other */
    bool full, gave_up;
};

/* One more finding; texts are copied. */
void check_note(struct checking *c, int requirement, enum check_level level, str where, str word,
                str x, str y);
#define check_error(c, r, where, word, x)                                                          \
    check_note((c), (r), CHECK_ERROR, (where), S(word), (x), NO_STR)
#define check_warning(c, r, where, word, x)                                                        \
    check_note((c), (r), CHECK_WARNING, (where), S(word), (x), NO_STR)
#define check_info(c, r, where, word, x)                                                           \
    check_note((c), (r), CHECK_INFO, (where), S(word), (x), NO_STR)

/* Ask as a stranger, and then with credentials where those are needed and there; redirects are
 * followed and noted.  What any answer shows of TLS, redirects and headers is noted, too.
 * *entitled: credentials were needed.  False: no status 200. */
bool check_get(struct checking *c, struct arena *a, str url, struct provider_got *out,
               bool *entitled);

/* With credentials, where those may be shown. */
enum provider_guise check_guise(const struct provider_reach *reach, str url);

/* A list, which may say more to who shows credentials: with them, if there are any. */
bool check_list(struct checking *c, struct arena *a, str url, struct provider_got *out);

/* The same, and why it could not be had becomes a finding. */
bool check_need(struct checking *c, struct arena *a, int requirement, str url,
                struct provider_got *out);

/* The same, parsed; what is no JSON, or not said to be, too. */
const struct json *check_json(struct checking *c, struct arena *a, int requirement, str url);

/* Why there was no such answer. */
str check_why(struct arena *a, const struct provider_got *got);

/* TLP:CLEAR is CLEAR whatever the version calls it. */
str check_tlp(str label);
int check_tlp_rank(str label); /* 0 CLEAR or unlabelled … 4 RED; -1: no label */

/* The number of a document, new or known; SIZE_MAX: there are too many. */
size_t check_document(struct checking *c, str url);

void check_metadata(struct checking *c);
void check_finding(struct checking *c); /* requirements 8 to 10 */
void check_keys(struct checking *c);
void check_folders(struct checking *c);
void check_feeds(struct checking *c);
void check_documents(struct checking *c);
void check_one(struct checking *c, const struct check_document *d); /* itself and beside it */
void check_agents(struct checking *c);
void check_aggregator(struct checking *c); /* and decides what holds */

/* "host" of an address; "https://host/path/" up to its last slash. */
str check_host(str url);
str check_parent(str url);

#endif
