/* release_own.h - between the files of kakehashi release. */
#ifndef CLI_RELEASE_OWN_H
#define CLI_RELEASE_OWN_H

#include "app/release_dry.h"
#include "cli/admin.h"

enum { RELEASE_DRY_OPTIONS = 13 };
extern const struct cli_option release_dry_options[RELEASE_DRY_OPTIONS];
int release_dry_cli(struct cli_args *args);

/* Act as the person that --as names. */
enum err release_cli_as(struct cli_args *args, struct ctx *cx);

/* cli_admin() for what rehearses: with the helpers that sign, by DATA/openpgp.key, and print. */
#define RELEASE_KEYS                                                                               \
    {                                                                                              \
        "--keys", "DIR", "where the key that signs is, if not in --data"                           \
    }
struct ctx *release_cli_begin(struct cli_args *args, size_t words, int *code);

/* What was rehearsed, for people in that language, and for machines. */
struct release_report {
    struct ctx *cx;
    const struct release_dry *d;
    enum lang lang;
    bool places; /* where each field stands in each format */
    str reader;  /* the page as text */
    buf *b;
};
void release_report_text(const struct release_report *r);
void release_report_json(const struct release_report *r);

#endif
