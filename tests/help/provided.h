/* provided.h - for tests: somebody else's CSAF provider, small: in process as a wire, or on
 * loopback for whole programs. */
#ifndef HELP_PROVIDED_H
#define HELP_PROVIDED_H

#include "app/library_haul.h"

#include <pthread.h>
#include <semaphore.h>

/* How an address behaves. */
enum provided_trouble {
    PROVIDED_FINE,
    PROVIDED_SLOW,    /* never answers */
    PROVIDED_CUT,     /* less than was announced */
    PROVIDED_HUGE,    /* announces more than anybody wants */
    PROVIDED_ENDLESS, /* announces nothing, and does not end */
    PROVIDED_MOVED,   /* 302 to body */
    PROVIDED_DENIED,  /* 403 */
    PROVIDED_PACKED,  /* body, and says that it is gzip */
};

struct provided_file {
    str path, body; /* path: from the root, with its slash and query */
    enum provided_trouble trouble;
};

struct provided {
    struct arena *a;
    str root; /* "http://127.0.0.1:PORT" */
    struct {
        VEC(struct provided_file)
    } files;
    _Atomic int requests;
    int listener;
    pthread_t thread;
    sem_t idle;
};

/* It has an address, and nothing there; paths are added before provided_start(). */
struct provided *provided_new(struct arena *a);
void provided_put(struct provided *p, str path, str body);
void provided_trouble(struct provided *p, str path, enum provided_trouble t, str body);

/* A document of the provider, revision 1 to 9, with its hash and signature files at that path. */
void provided_document(struct provided *p, str path, const char *id, int revision);
str provided_csaf(struct arena *a, const char *id, int revision, const char *publisher);
void provided_signed(struct provided *p, str path, str bytes);

/* A trusted provider at the well-known address with one folder of two documents, A and B; and
 * the metadata alone, with these distributions (JSON). */
void provided_whole(struct provided *p);
void provided_metadata(struct provided *p, const char *role, str distributions);

struct library_wire provided_wire(struct provided *p);
void provided_start(struct provided *p); /* a thread that serves; ends with the arena */

#endif
