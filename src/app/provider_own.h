/* provider_own.h - between the files of the provider. */
#ifndef APP_PROVIDER_OWN_H
#define APP_PROVIDER_OWN_H

#include "app/csaf_build.h"
#include "app/provider.h"
#include "app/settings.h"
#include "base/vec.h"
#include "formats/csaf_provider.h"
#include "io/shelf.h"

/* One language of one advisory. */
struct provided {
    str number, title, id;
    str path; /* "2026/kkh_41827360.json": of the year of the first release */
    enum lang lang;
    int year;
    i64 revision, published, updated;
    bool changed; /* since the current generation */
    size_t was;   /* its place there, from 1; 0: not known */
};

struct providing {
    struct ctx *cx; /* one snapshot for all of it */
    const char *root;
    const struct provider_signer *signer;
    const struct settings *settings;
    struct {
        VEC(struct provided)
    } all;      /* newest update first */
    str config; /* mark of all that every document depends on */
    bool all_new;
    size_t had; /* documents of one version in the current generation */
    struct shelf *shelf;
    bool same_key; /* the documents of the current generation were signed by this key */
    struct provider_done done;
};

/* What is public, and what of it the current generation does not have as it is now. */
enum err provider_load(struct providing *p);

/* The file that remembers it, in the generation itself. */
enum err provider_remember(struct providing *p);

/* Documents with their hashes and signatures, in the folders of their years. */
enum err provider_documents(struct providing *p, bool v21);

/* Indexes, feeds, metadata, the key. */
enum err provider_lists(struct providing *p, bool v21);

/* Its id, its year and its path, by number, language and instant. */
void provider_name(struct ctx *cx, struct provided *d);

/* The folder that lists these documents, as its files are made of it. */
void provider_folder(struct ctx *cx, const struct settings *settings, bool v21, bool is_signed,
                     const struct provided *of, size_t n, struct csaf_folder *f);
str provider_feed_name(struct arena *a, bool v21);

/* Of a hash file: "hex  name". */
str provider_hash_line(struct arena *a, str bytes, str name, bool longer);

/* ".well-known/csaf/v2.0" */
str provider_base(bool v21);

#endif
