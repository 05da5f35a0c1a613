/* sink.h - for the seeder: rows in bulk into a migrated database, on SQLite or PostgreSQL.
 *
 * Constraints between tables are not looked at, and nothing is fsynced before sink_close(). */
#ifndef BENCH_SINK_H
#define BENCH_SINK_H

#include "base/str.h"

enum value_type { VALUE_NULL, VALUE_I64, VALUE_TEXT, VALUE_BLOB };
struct value_of {
    enum value_type type;
    i64 n;
    str s;
};

struct sink;

/* url: sqlite:PATH or postgresql://…; ends the program where it cannot. */
struct sink *sink_open(struct arena *a, str url);
bool sink_is_postgres(const struct sink *s);

/* A table that rows will come for; columns separated by ", ".  Returns its number, from 0. */
int sink_table(struct sink *s, str name, str columns, size_t ncolumns);
void sink_row(struct sink *s, int table, const struct value_of *v);

/* A document of the search: its words with spaces between. */
void sink_words(struct sink *s, bool public, i64 doc, str words);

/* The newest document of each kind, for the numbers that come next. */
void sink_tops(struct sink *s, i64 doc, i64 public_doc);

/* Numbers within their years for all that is released, by date: as the schema counted them. */
void sink_serials(struct sink *s);

void sink_sql(struct sink *s, const char *sql);

/* Everything so far is in the database, though perhaps not yet on the disk. */
void sink_flush(struct sink *s);
void sink_close(struct sink *s);

#endif
