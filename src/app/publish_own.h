/* publish_own.h - between the files of publishing: one language as it is about to stand there. */
#ifndef APP_PUBLISH_OWN_H
#define APP_PUBLISH_OWN_H

#include "app/advisory_own.h"
#include "app/publish.h"
#include "app/statuses.h"
#include "app/vulns.h"

/* What a release rests on; both languages use the same. */
struct release {
    const struct case_file *cf;
    struct draft d;
    struct vuln *vulns;
    size_t nvulns;
    struct vendor_said *said; /* latest a lane */
    size_t nsaid;
    struct q_publications_of *before; /* as it stands now */
    size_t nbefore;
    str withdrawn_reason[LANG_COUNT]; /* of the withdrawal that is being made */
};
enum err release_load(struct ctx *cx, const struct case_file *cf, struct release *out);

/* The row that stands there in that language; NULL: none. */
const struct q_publications_of *release_before(const struct release *r, enum lang lang);

/* One line for the update history. */
struct change_line {
    const char *kind;       /* released update vendor withdrawn */
    str text[LANG_COUNT];   /* update: what changed */
    str vendor[LANG_COUNT]; /* vendor: whose status */
};

/* Write one language: with the newest words, or (keep_words) with those that stand there.
 * line: for the update history; NULL: none. */
enum err release_write(struct ctx *cx, const struct release *r, enum lang lang, bool keep_words,
                       const struct change_line *line);

/* The row that release_write() would write; nothing is written. */
enum err release_preview(struct ctx *cx, const struct release *r, enum lang lang, bool keep_words,
                         const struct change_line *line, struct q_publication_get *out);

/* Which Japanese revision stands in that language's row. */
enum err release_source(struct ctx *cx, const struct release *r, enum lang lang, i64 *out);

/* Filters, and the generation; after the languages. */
enum err release_finish(struct ctx *cx, const struct release *r);

/* What the English lacks, or follows too late, becomes problems. */
enum err release_check_english(struct ctx *cx, const struct release *r);

/* Finders' names that must not stand in a section become problems. */
enum err release_check_names(struct ctx *cx, const struct case_file *cf, const struct draft *d);

/* Whether a contacted vendor is listed, and with which status word. */
bool release_lists(const struct release *r, int lane, struct vendor_said *out);

#endif
