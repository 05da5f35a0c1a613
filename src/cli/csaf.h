/* csaf.h - the parts of `kakehashi csaf validate`, for cli/csaf*.c alone. */
#ifndef CLI_CSAF_H
#define CLI_CSAF_H

#include "app/csaf_words.h"
#include "cli/cli.h"
#include "io/outside.h"

enum { CSAF_MOST_BYTES = 1 << 30 }; /* of one file */

/* The files that the words of the command line mean: folders give all files *.json in them,
 * sorted; "-" is the standard input.  Says what cannot be read and counts it. */
struct csaf_files {
    VEC(const char *)
    size_t unreadable;
    bool xml; /* in: of folders also *.xml and *.rdf */
};
void csaf_files_find(struct arena *a, const char *const *words, size_t n, struct csaf_files *out);

enum csaf_state { CSAF_VALID, CSAF_NOT_VALID, CSAF_UNREADABLE };

/* Extensions by the files *.json in a folder: their schemas and metadata.  E_INVALID: one cannot
 * be read, which has been said. */
enum err csaf_extensions_read(struct arena *a, const char *folder, struct csaf_choice *out);

/* What became of one file, as it will be printed. */
struct csaf_result {
    enum csaf_state state;
    size_t found[CSAF_GROUPS]; /* findings by group */
    str text;
};

struct csaf_job {
    struct csaf_choice choice;      /* without `outside`, of which each thread has its own */
    struct outside_options outside; /* what the tests may ask */
    enum lang lang;
    bool json;
    bool brief; /* say nothing of documents without errors */
};

/* Read and look into one file.  Everything lives in the arena. */
void csaf_file_validate(struct arena *a, const struct csaf_job *job, const char *path,
                        struct csaf_result *out);

/* The same for all, by that many threads; results are printed in the order of the files. */
struct csaf_sums {
    size_t state[3], found[CSAF_GROUPS];
};
void csaf_validate_all(const struct csaf_job *job, const struct csaf_files *files, size_t jobs,
                       struct csaf_sums *out);

/* The report of one document. */
void csaf_report_json(buf *b, const struct csaf_job *job, const char *path,
                      const struct csaf_report *r);
void csaf_report_people(buf *b, const struct csaf_job *job, const char *path,
                        const struct csaf_report *r);

/* Read one file as JSON.  False: *why says so. */
bool csaf_file_read(struct arena *a, enum lang lang, const char *path, const struct json **out,
                    str *why);

/* Machines get English unless they ask; people the language of their environment.  E_INVALID:
 * --lang says neither, which has been said. */
enum err csaf_lang_of(const struct cli_args *args, bool json, enum lang *out);

/* A file that is no JSON, or cannot be read: why. */
void csaf_report_unreadable(buf *b, const struct csaf_job *job, const char *path, str why);

#endif
