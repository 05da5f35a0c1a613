/* library_haul.h - fetch what others publish into the library: the documents of a CSAF provider,
 * the lists and details of a JVN server, a single address.
 *
 * For the command line: it forks for signatures, and waits for servers far away.  What a server
 * does wrong costs that document, with its reason, and nothing else; a server that fails five
 * times in a row is left alone.  What was taken and is dated as before is not fetched again. */
#ifndef APP_LIBRARY_HAUL_H
#define APP_LIBRARY_HAUL_H

#include "app/library.h"
#include "formats/csaf_aggregator.h"
#include "io/fetch.h"

/* How a server is asked. */
struct library_wire {
    enum err (*ask)(void *arg, struct arena *a, struct fault *f, const struct fetch_request *rq,
                    i64 timeout_ms, struct fetch_answer *out); /* as fetch() */
    void *arg;
};
struct library_wire library_wire_fetch(struct effects *e);

/* What became of one address. */
struct library_told {
    str url;
    struct library_done done;
};

struct library_haul {
    struct library_wire wire;
    i64 timeout_ms;   /* of one request */
    size_t list_most; /* bytes of a list or feed; 0: 64 MiB */
    void (*tell)(void *arg, const struct library_told *told); /* as it goes; NULL: nobody */
    /* Of an aggregator: namespaces of the issuing parties whose documents are fetched, or "all";
     * each other one is offered where none was named. */
    struct strs issuers;
    bool mirrors; /* from the aggregator's own copies, where it has some */
    void (*offer)(void *arg, const struct aggregated *issuer); /* NULL: nobody */
    void *arg;
    i64 count[LIBRARY_OUTCOMES]; /* out; documents that were not fetched again are unchanged */
};

/* what: a domain ("psirt.example.jp"), the address of a provider's metadata, of a ROLIE feed, of
 * an aggregator's list, of a CSAF document, or of a file of JVNRSS or VULDEF.  OK also where all was refused.  E_DENIED:
 * not for this actor; E_IO: the database failed. */
enum err library_haul(struct ctx *cx, struct library_haul *h, str what);

/* base: "https://jvndb.jvn.jp".  BASE/LANG/rss/jvndb.rdf says what there is; what is new or
 * changed is asked of BASE/myjvn (getVulnDetailInfo). */
enum err library_haul_jvn(struct ctx *cx, struct library_haul *h, str base, enum lang lang);

#endif
