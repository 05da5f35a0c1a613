/* provider_check.h - a CSAF provider, ours or another's, held against the requirements of the
 * standard: what it claims to be, what it is, and why.
 *
 * Sources: CSAF 2.0, section 7; the draft of 2.1, "Distributing CSAF documents": requirements 1
 * to 25 by their numbers, the roles, and serving 2.0 and 2.1 side by side. */
#ifndef APP_PROVIDER_CHECK_H
#define APP_PROVIDER_CHECK_H

#include "base/err.h"
#include "base/vec.h"
#include "gen/words.h"

/* --- what is asked ---------------------------------------------------------------------------- */

struct provider_got {
    i64 status; /* of HTTP; 0: there was no answer */
    str why;    /* then: resolve connect address tls scheme timeout large broken closed folder */
    str type;   /* Content-Type as it came; absent: a file has none */
    str allows; /* Access-Control-Allow-Origin; likewise */
    str location;
    str body;
};

/* Who asks: a stranger, another program than ours, or one that shows its credentials. */
enum provider_guise { GUISE_STRANGER, GUISE_OTHER_AGENT, GUISE_ENTITLED };

/* The world outside.  Everything lives in the arena that is given. */
struct provider_reach {
    /* One request; redirects are not followed.  More than `most` bytes are "large". */
    void (*get)(void *arg, struct arena *a, str url, enum provider_guise as, size_t most,
                struct provider_got *out);
    /* keys: OpenPGP certificates, not armored.  As gpgv() of io/gpgv.h. */
    enum err (*verify)(void *arg, struct arena *a, str keys, str signature, str bytes,
                       str *fingerprint, str *why);
    void (*progress)(void *arg, size_t done, size_t of); /* NULL: nobody looks */
    bool folder;                                         /* files: no TLS, headers, names */
    bool loopback;                                       /* tests: http on this machine */
    bool entitled;                                       /* there are credentials */
    str entitled_at;  /* the only origin that they are shown to; set by provider_check() */
    size_t most;      /* documents; 0: 100,000 */
    size_t list_most; /* bytes of a list or feed; 0: 64 MiB */
    i64 now;
    void *arg;        /* of get */
    void *verify_arg; /* of verify and progress */
};

/* --- what was found --------------------------------------------------------------------------- */

enum { REQUIREMENTS = 26 }; /* by number, from 1 */

enum check_level { CHECK_INFO, CHECK_WARNING, CHECK_ERROR };
enum provider_role {
    ROLE_NONE,
    ROLE_PUBLISHER,
    ROLE_PROVIDER,
    ROLE_TRUSTED,
    ROLE_LISTER, /* of others: aggregator.json */
    ROLE_AGGREGATOR,
};

/* clang-format off */
enum check_state { CHECK_NOT_ASKED, /* 21 to 23: but of those who list others; 24, 25: in 2.0, and
                                       of a folder */
                   CHECK_HOLDS, CHECK_FAILS,
                   CHECK_SPARED /* not needed: `by` holds in its place */ };
/* clang-format on */

struct check_message {
    int requirement;
    enum check_level level;
    str where;  /* address or path */
    str word;   /* provcheck_WORD in po/ */
    str arg[2]; /* {a} and {b} of it */
};

struct provider_report {
    str url; /* of its metadata */
    str why; /* not reached: provcheck_not_WORD; absent: it was */
    bool v21;
    enum provider_role claimed, role; /* role: what holds */
    struct {
        enum check_state state;
        int by;      /* a number; 11 and 15: the group that begins there */
        size_t more; /* messages that were not kept */
    } requirement[REQUIREMENTS];
    struct {
        VEC(struct check_message)
    } messages; /* by requirement */
    size_t documents;
    bool passed; /* the claimed role holds, and there is no message of the level error */
};
struct provider_reports {
    VEC(struct provider_report)
};

/* where: the address of a provider-metadata.json or aggregator.json; or an address or host, where it is looked for
 * at the well-known place, in security.txt and by the name in DNS, for each version that is
 * served.  E_NOT_FOUND: no metadata could be had; one report says why. */
enum err provider_check(struct arena *a, const struct provider_reach *how, str where,
                        struct provider_reports *out);

/* The only origin that credentials are shown to, when it is looked for there. */
str provider_check_origin(struct arena *a, str where);

/* --- words ------------------------------------------------------------------------------------ */

str check_title(struct arena *a, int requirement, bool v21, enum lang lang);
str check_text(struct arena *a, const struct check_message *m, enum lang lang);
enum provider_role check_needed_for(int requirement, bool v21);
str provider_role_name(enum provider_role r); /* "csaf_trusted_provider" */
str check_level_name(enum check_level l);     /* info warning error */
str check_state_name(enum check_state s);

#endif
