/* csaf_provider.h - the files that list CSAF documents for those who fetch them.
 *
 * Sources: CSAF 2.0, section 7.1; the draft of 2.1, "Distributing CSAF documents",
 * requirements 7 and 11 to 20; ROLIE (RFC 8322) in JSON.  All URLs end without a slash where
 * a file's name follows. */
#ifndef FORMATS_CSAF_PROVIDER_H
#define FORMATS_CSAF_PROVIDER_H

#include "formats/json.h"

/* One document in the folder of its TLP label; its hash and signature files stand beside it. */
struct csaf_listed {
    str path; /* "2026/kkh_41827360.json" */
    str id, title;
    i64 published, updated;
    size_t was; /* where it stood in the feed before, from 1, with all this; 0: it did not */
};

struct csaf_folder {
    bool v21;
    str tlp;   /* CLEAR GREEN AMBER AMBER+STRICT RED */
    str url;   /* of the folder: "https://example.jp/.well-known/csaf/v2.0/white" */
    str title; /* of its feed */
    bool is_signed;
    const struct csaf_listed *v; /* newest update first */
    size_t n;
    str before; /* its feed as it was written last; absent: is not known */
    size_t nbefore;
};

str csaf_label(str tlp, bool v21);                        /* CLEAR is WHITE in 2.0 */
str csaf_folder_name(struct arena *a, str tlp, bool v21); /* "white", "amber+strict" */
str csaf_feed_name(struct arena *a, str tlp, bool v21);   /* "csaf-feed-tlp-white.json" */

str csaf_index_txt(struct arena *a, const struct csaf_folder *f);
str csaf_changes_csv(struct arena *a, const struct csaf_folder *f); /* 2.0 quoted, 2.1 not */

/* updated: of the feed, when nothing is in it. */
str csaf_feed(struct arena *a, const struct csaf_folder *f, i64 updated);

/* The same bytes, one part behind the other.  An entry that stood in the feed before is not
 * written again; a long run of them is a part that stands in there.  What is not of our form is
 * not taken. */
struct strs csaf_feed_parts(struct arena *a, const struct csaf_folder *f, i64 updated);

/* The categories of a feed: here the languages of its documents. */
str csaf_categories(struct arena *a, const struct csaf_folder *f);

struct csaf_provider {
    bool v21;
    str url; /* where provider-metadata.json stands: "https://example.jp/.well-known/csaf/v2.0" */
    const char *category; /* of the publisher */
    str name, namespace, contact, authority;
    str fingerprint, key_url; /* absent: nothing is signed, no trusted provider */
    i64 updated;
    const struct csaf_folder *folders;
    size_t nfolders;
};
str csaf_provider_metadata(struct arena *a, const struct csaf_provider *p);
str csaf_service(struct arena *a, const struct csaf_provider *p);

/* Both as they were written here, with further folders: for who may read those. */
str csaf_provider_more(struct arena *a, const struct json *metadata, const struct csaf_folder *more,
                       size_t n);
str csaf_service_more(struct arena *a, const struct json *service, const struct csaf_folder *more,
                      size_t n);

#endif
