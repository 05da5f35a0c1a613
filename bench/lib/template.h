/* template.h - for the seeder: all rows that belong to one case, with places for what differs
 * from copy to copy: ids, numbers, instants, documents of the search. */
#ifndef BENCH_TEMPLATE_H
#define BENCH_TEMPLATE_H

#include "app/ctx.h"
#include "base/id.h"
#include "base/vec.h"
#include "lib/sink.h"

#include <sqlite3.h>

/* Words of each document that there is, by its number. */
struct doc_words {
    i64 doc;
    str words; /* with spaces between; not yet the blocks of its number */
};
struct doc_table {
    VEC(struct doc_words)
};

/* What of an id is the same in all copies, and how it is written anew. */
struct ref {
    str id;   /* 36 characters, or the eight digits of a number */
    bool org; /* an organisation, department or person of a vendor: one a group, not a copy */
};

struct piece {
    str literal;
    int ref; /* behind the literal; -1: none */
};
enum cell_type { CELL_PLAIN, CELL_TIME, CELL_PIECES, CELL_NUMBER, CELL_DOC, CELL_LOGIN };
struct cell {
    enum cell_type type;
    struct value_of v;
    struct piece *pieces; /* CELL_PIECES */
    size_t npieces;
    int ref; /* CELL_NUMBER; of CELL_DOC: 1 a public one */
};
struct trow {
    int table;
    size_t ncells;
    struct cell *cells;
    bool public; /* of what is released */
};
struct tdoc {
    bool public;
    size_t n; /* which of the template's documents, from 0 */
    i64 doc;  /* its number in the source */
    str words;
};

struct template
{
    struct {
        VEC(struct trow)
    } rows;
    struct {
        VEC(struct tdoc)
    } docs;
    struct {
        VEC(struct ref)
    } refs;
    size_t ndocs[2]; /* confidential, public */
    i64 opened;
    bool coordinated;
};

/* The file that is read, and where copies go. */
enum { SOURCE_TABLES = 40 };
struct source {
    struct arena *a;
    struct sqlite3 *lite;
    struct sink *sink;
    const struct doc_table *words[2]; /* confidential, public */
    int table_of[SOURCE_TABLES];      /* of the sink */
};

/* Texts and history beyond these are left out; 0: all are kept. */
struct limits {
    int texts, history;
};

/* Every row of every table, as it is. */
void source_copy(struct source *src);

/* The sink's number of a table that was copied; -1: of none. */
int source_table(const struct source *src, const char *name);

/* A column of a row; its bytes copied. */
struct value_of source_value(struct arena *a, sqlite3_stmt *st, int i);

/* A document of the search, with the words of the blocks that its number stands in. */
void put_words(struct ctx *cx, struct sink *sink, bool public, i64 doc, str words);

/* A case; and all vendors with their departments and people, whose copies are groups. */
void template_case(struct source *src, str case_id, struct limits limits, struct template *out);
void template_vendors(struct source *src, struct template *out);

struct copy_of {
    unsigned long copy, group; /* from 1 */
    i64 delta;                 /* ms */
    i64 next_doc[2];           /* in and out */
    const struct strs *taken;  /* numbers that are in use already */
    unsigned long numbers;     /* in and out: how many were given out */
    bool unpublished;          /* leave out what is public */
};
void template_write(struct ctx *cx, struct sink *sink, const struct template *t, struct copy_of *c);

/* Eight digits that nothing has: the next of a walk through all of them in a strange order. */
str new_digits(struct arena *a, const struct strs *taken, unsigned long *walked);

/* An id as it is in a copy: same order, other id. */
str id_copy(struct arena *a, str id, unsigned long copy, i64 delta);

#endif
