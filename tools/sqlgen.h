/* sqlgen.h - one statement of sql/query/, as it is written and as it is understood. */
#ifndef TOOLS_SQLGEN_H
#define TOOLS_SQLGEN_H

#include "sqltok.h"

/* A type word of `-- in` and `-- out`. */
struct type {
    const char *word, *c, *col, *cast; /* "i64?", "opt_i64", "COL_OPT_I64", "bigint" */
    bool optional;                     /* may say whether a filter stands */
    bool array, sortable;
};

struct field {
    str name;
    const struct type *type;
};
struct fields {
    VEC(struct field)
};

/* clang-format off */
enum part_kind { PART_BASE, PART_FILTER, PART_TAIL };
/* clang-format on */

/* A stretch of SQL: the statement itself, or what a :list adds to it. */
struct part {
    enum part_kind kind;
    str name;            /* of a filter: its parameter */
    const char *at;      /* where it begins, for errors */
    struct toks toks[2]; /* by dialect; PostgreSQL's are empty where the text is shared */
    bool variant;        /* there is a text for PostgreSQL */
};

enum { SORT_KEYS = 4 };
struct sort {
    str name;
    bool descending;
    size_t nkeys;
    str key[SORT_KEYS];
    size_t out[SORT_KEYS]; /* index of the row's field */
};

enum kind { KIND_ONE, KIND_MANY, KIND_EXEC, KIND_EXEC1, KIND_LIST };

struct query {
    const struct source *src;
    str name, note;
    enum kind kind;
    struct fields in, out;
    bool bounded; /* somebody wrote that it is */
    struct {
        VEC(struct part)
    } parts; /* the base first */
    struct {
        VEC(struct sort)
    } sorts;
};
struct queries {
    VEC(struct query)
};

/* sqlgen_read.c: the statements of a file. */
void queries_read(const struct source *src, struct queries *out);

/* Index of the field, or -1. */
ptrdiff_t field_find(const struct fields *f, str name);

/* sqlgen_check.c: whether the SQL is what the heading says. */
void query_check(const struct query *q);

/* The tokens of a part in a dialect. */
const struct toks *part_toks(const struct part *p, enum dialect d);

/* Where the top level of a text has its clauses; -1: nowhere. */
struct shape {
    ptrdiff_t verb; /* SELECT, INSERT, UPDATE or DELETE, behind any WITH */
    ptrdiff_t from, where, returning, limit;
    size_t columns; /* of SELECT or RETURNING */
};
void shape_of(const struct query *q, const struct toks *t, struct shape *out);

/* sqlgen_sql.c: the text for a dialect, with ?N or $N::type for parameters.  `used` has a
 * place for each parameter.  The text between SELECT and FROM is 1 when counting. */
str query_sql(const struct query *q, const struct part *p, enum dialect d, bool *used);
str query_count_sql(const struct query *q, enum dialect d);

#endif
