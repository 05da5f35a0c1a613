/* template.c - see template.h: reading. */
#include "lib/template.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

#define OF_CASE "case_id = ?1"
#define OF_CASE_OR_REPORT                                                                          \
    "(case_id = ?1 OR report_id IN (SELECT id FROM report WHERE case_id = ?1))"
#define OF_ADVISORY "advisory_id IN (SELECT id FROM advisory WHERE case_id = ?1)"
#define OF_PUBLICATION "number IN (SELECT number FROM publication WHERE case_id = ?1)"
#define OF_VENDOR "org_id IN (SELECT id FROM org WHERE kind = 'vendor')"
#define VENDOR_DEPTS "(SELECT id FROM dept WHERE " OF_VENDOR ")"

/* Which texts a copy keeps where it may not have all: what a page and a list cannot do without
 * comes first. */
#define KEPT_TEXTS                                                                                 \
    "id IN (SELECT id FROM text WHERE " OF_CASE_OR_REPORT                                          \
    " ORDER BY kind IN ('title', 'overview', 'details') DESC, id LIMIT ?2)"
#define KEPT_HISTORY                                                                               \
    "id IN (SELECT id FROM history WHERE " OF_CASE_OR_REPORT " ORDER BY id LIMIT ?3)"
#define KEPT_FOUND                                                                                 \
    OF_CASE_OR_REPORT " AND (source <> 'text' OR row_id IN"                                        \
                      " (SELECT id FROM text WHERE " KEPT_TEXTS "))"

enum { PARTS = 3 };
static const struct {
    const char *name, *of_case, *of_vendors;
} tables[] = {
    {"setting", NULL, NULL},
    {"secret", NULL, NULL},
    {"generation", NULL, NULL},
    {"org", NULL, "kind = 'vendor'"},
    {"dept", NULL, OF_VENDOR},
    {"dept_kind", NULL, OF_VENDOR},
    {"person", NULL, "id IN (SELECT person_id FROM membership WHERE dept_id IN " VENDOR_DEPTS ")"},
    {"membership", NULL, "dept_id IN " VENDOR_DEPTS},
    {"report", OF_CASE, NULL},
    {"cases", "id = ?1", NULL},
    {"party", OF_CASE, NULL},
    {"act", OF_CASE, NULL},
    {"mark", OF_CASE, NULL},
    {"skip", OF_CASE, NULL},
    {"due", OF_CASE, NULL},
    {"inquiry", OF_CASE, NULL},
    {"planned_date", OF_CASE, NULL},
    {"text", KEPT_TEXTS, NULL},
    {"vulnerability", OF_CASE, NULL},
    {"status", OF_CASE, NULL},
    {"history", KEPT_HISTORY, NULL},
    {"report_helper", "report_id IN (SELECT id FROM report WHERE case_id = ?1)", NULL},
    {"grant_", OF_CASE, NULL},
    {"task", OF_CASE, NULL},
    {"case_index", OF_CASE, NULL},
    {"advisory", OF_CASE, NULL},
    {"advisory_text", OF_ADVISORY, NULL},
    {"advisory_asked", OF_ADVISORY, NULL},
    {"found", KEPT_FOUND, NULL},
    {"found_set", "doc IN (SELECT doc FROM found WHERE " KEPT_FOUND ")", NULL},
    {"publication", OF_CASE, NULL},
    {"publication_vendor", OF_PUBLICATION, NULL},
    {"publication_id", OF_PUBLICATION, NULL},
    {"public_found", OF_PUBLICATION, NULL},
};

[[gnu::noreturn]] static void die(struct sqlite3 *lite, const char *what)
{
    (void)fprintf(stderr, "seed: %s: %s\n", what, sqlite3_errmsg(lite));
    exit(1);
}

static sqlite3_stmt *query(const struct source *src, str sql)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(src->lite, sql.p, (int)sql.n, &st, NULL) != SQLITE_OK)
        die(src->lite, str_to_z(src->a, sql));
    return st;
}

static str column(struct arena *a, sqlite3_stmt *st, int i)
{
    const void *p = sqlite3_column_blob(st, i);
    return str_copy(a, (str){p ? p : "", (size_t)sqlite3_column_bytes(st, i)});
}

int source_table(const struct source *src, const char *name)
{
    for (size_t i = 0; i < COUNT(tables); i++)
        if (str_eq(str_z(tables[i].name), str_z(name)))
            return src->table_of[i];
    return -1;
}

struct value_of source_value(struct arena *a, sqlite3_stmt *st, int i)
{
    switch (sqlite3_column_type(st, i)) {
    case SQLITE_NULL: return (struct value_of){VALUE_NULL, 0, NO_STR};
    case SQLITE_INTEGER: return (struct value_of){VALUE_I64, sqlite3_column_int64(st, i), NO_STR};
    case SQLITE_TEXT: return (struct value_of){VALUE_TEXT, 0, column(a, st, i)};
    default: return (struct value_of){VALUE_BLOB, 0, column(a, st, i)};
    }
}

static str words_of(const struct doc_table *t, i64 doc)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->v[i].doc == doc)
            return t->v[i].words;
    return S("");
}

/* --- everything as it is ---------------------------------------------------------------------- */

/* The tables of the sink have the numbers of the table here, plus those of its own words. */
static int declare(struct source *src, size_t table, sqlite3_stmt *st)
{
    buf b = {.a = src->a};
    for (int i = 0; i < sqlite3_column_count(st); i++)
        buf_putf(&b, "%s%s", i > 0 ? ", " : "", sqlite3_column_name(st, i));
    return sink_table(src->sink, str_z(tables[table].name), buf_str(&b),
                      (size_t)sqlite3_column_count(st));
}

static void copy_table(struct source *src, size_t table)
{
    sqlite3_stmt *st = query(src, str_fmt(src->a, "SELECT * FROM %s", tables[table].name));
    int n = sqlite3_column_count(st);
    src->table_of[table] = declare(src, table, st);
    struct value_of *v = NEWS(src->a, struct value_of, (size_t)n);
    while (sqlite3_step(st) == SQLITE_ROW) {
        for (int i = 0; i < n; i++)
            v[i] = source_value(src->a, st, i);
        sink_row(src->sink, src->table_of[table], v);
    }
    (void)sqlite3_finalize(st);
}

void source_copy(struct source *src)
{
    must(COUNT(tables) <= SOURCE_TABLES);
    sink_sql(src->sink, "DELETE FROM generation; DELETE FROM secret; DELETE FROM setting");
    for (size_t i = 0; i < COUNT(tables); i++)
        copy_table(src, i);
}

/* --- what differs ----------------------------------------------------------------------------- */

static int ref_of(const struct template *t, str id)
{
    for (size_t i = 0; i < t->refs.n; i++)
        if (str_eq(t->refs.v[i].id, id))
            return (int)i;
    return -1;
}

static void add_ref(struct source *src, struct template *t, str id, bool org)
{
    if (id.n > 0 && ref_of(t, id) < 0)
        *PUSH(src->a, &t->refs) = (struct ref){id, org};
}

static void add_refs(struct source *src, struct template *t, str sql, str case_id, bool org)
{
    sqlite3_stmt *st = query(src, sql);
    (void)sqlite3_bind_text(st, 1, case_id.p, (int)case_id.n, SQLITE_STATIC);
    while (sqlite3_step(st) == SQLITE_ROW)
        add_ref(src, t, column(src->a, st, 0), org);
    (void)sqlite3_finalize(st);
}

static void vendor_refs(struct source *src, struct template *t)
{
    add_refs(src, t, S("SELECT id FROM org WHERE kind = 'vendor'"), S(""), true);
    add_refs(src, t, S("SELECT id FROM dept WHERE " OF_VENDOR), S(""), true);
    add_refs(src, t, S("SELECT person_id FROM membership WHERE dept_id IN " VENDOR_DEPTS), S(""),
             true);
}

static bool looks_like_id(str s, size_t at)
{
    return at + 36 <= s.n && s.p[at + 8] == '-' && s.p[at + 13] == '-' && s.p[at + 18] == '-' &&
           s.p[at + 23] == '-';
}

/* A text with the known ids in it taken out. */
static void find_pieces(struct source *src, const struct template *t, struct cell *c)
{
    struct {
        VEC(struct piece)
    } found = {0};
    str s = c->v.s;
    size_t from = 0;
    for (size_t at = 0; at + 36 <= s.n; at++) {
        int ref = looks_like_id(s, at) ? ref_of(t, str_sub(s, at, 36)) : -1;
        if (ref < 0)
            continue;
        *PUSH(src->a, &found) = (struct piece){str_sub(s, from, at - from), ref};
        from = at + 36;
        at = from - 1;
    }
    if (found.n == 0)
        return;
    *PUSH(src->a, &found) = (struct piece){str_from(s, from), -1};
    c->type = CELL_PIECES;
    c->pieces = found.v;
    c->npieces = found.n;
}

static bool is_doc_table(const char *name, bool *public)
{
    str s = str_z(name);
    *public = str_eq(s, S("public_found"));
    return *public || str_eq(s, S("found")) || str_eq(s, S("found_set"));
}

/* Which of the template's documents. */
static i64 doc_index(struct source *src, struct template *t, bool public, i64 doc)
{
    for (size_t i = 0; i < t->docs.n; i++)
        if (t->docs.v[i].public == public && t->docs.v[i].doc == doc)
            return (i64)t->docs.v[i].n;
    *PUSH(src->a, &t->docs) =
        (struct tdoc){public, t->ndocs[public]++, doc, words_of(src->words[public], doc)};
    return (i64)t->ndocs[public] - 1;
}

static const i64 earliest = 100000000000, latest = 8000000000000000; /* of what is an instant */

static struct cell read_cell(struct source *src, struct template *t, size_t table, sqlite3_stmt *st,
                             int i)
{
    struct cell c = {.v = source_value(src->a, st, i)};
    str name = str_z(sqlite3_column_name(st, i));
    bool public;
    if (c.v.type == VALUE_I64 && i == 0 && is_doc_table(tables[table].name, &public)) {
        c.type = CELL_DOC;
        c.v.n = doc_index(src, t, public, c.v.n);
        c.ref = public;
    } else if (c.v.type == VALUE_I64 && c.v.n > earliest && c.v.n < latest) {
        c.type = CELL_TIME;
    } else if (str_eq(name, S("number")) || str_eq(name, S("receipt"))) {
        add_ref(src, t, c.v.s, false);
        c.type = CELL_NUMBER;
        c.ref = ref_of(t, c.v.s);
    } else if (str_eq(name, S("login")) || str_eq(name, S("slug"))) {
        c.type = CELL_LOGIN;
    } else if (c.v.type == VALUE_TEXT || c.v.type == VALUE_BLOB) {
        find_pieces(src, t, &c);
    }
    return c;
}

static void read_rows(struct source *src, struct template *t, size_t table, const char *where,
                      str case_id, struct limits limits)
{
    sqlite3_stmt *st =
        query(src, str_fmt(src->a, "SELECT * FROM %s WHERE %s", tables[table].name, where));
    (void)sqlite3_bind_text(st, 1, case_id.p, (int)case_id.n, SQLITE_STATIC);
    (void)sqlite3_bind_int(st, 2, limits.texts ? limits.texts : -1);
    (void)sqlite3_bind_int(st, 3, limits.history ? limits.history : -1);
    int n = sqlite3_column_count(st);
    while (sqlite3_step(st) == SQLITE_ROW) {
        struct trow *row = PUSH(src->a, &t->rows);
        *row = (struct trow){src->table_of[table], (size_t)n, NEWS(src->a, struct cell, (size_t)n),
                             str_has_prefix(str_z(tables[table].name), S("public"))};
        for (int i = 0; i < n; i++)
            row->cells[i] = read_cell(src, t, table, st, i);
    }
    (void)sqlite3_finalize(st);
}

void template_case(struct source *src, str case_id, struct limits limits, struct template *out)
{
    static const char *const own[] = {
        "report", "party",         "act",    "mark",    "inquiry", "planned_date",
        "text",   "vulnerability", "status", "history", "task",    "advisory",
    };
    *out = (struct template){0};
    add_ref(src, out, case_id, false);
    for (size_t i = 0; i < COUNT(own); i++)
        add_refs(src, out, str_fmt(src->a, "SELECT id FROM %s WHERE case_id = ?1", own[i]), case_id,
                 false);
    add_refs(src, out, S("SELECT id FROM text WHERE " OF_CASE_OR_REPORT), case_id, false);
    add_refs(src, out, S("SELECT id FROM history WHERE " OF_CASE_OR_REPORT), case_id, false);
    add_refs(src, out, S("SELECT id FROM advisory_text WHERE " OF_ADVISORY), case_id, false);
    add_refs(src, out, S("SELECT id FROM advisory_asked WHERE " OF_ADVISORY), case_id, false);
    vendor_refs(src, out);
    for (size_t i = 0; i < COUNT(tables); i++)
        if (tables[i].of_case != NULL)
            read_rows(src, out, i, tables[i].of_case, case_id, limits);
    sqlite3_stmt *st =
        query(src, S("SELECT opened, flow = 'coordinated' FROM cases WHERE id = ?1"));
    (void)sqlite3_bind_text(st, 1, case_id.p, (int)case_id.n, SQLITE_STATIC);
    must(sqlite3_step(st) == SQLITE_ROW);
    out->opened = sqlite3_column_int64(st, 0);
    out->coordinated = sqlite3_column_int(st, 1) == 1;
    (void)sqlite3_finalize(st);
}

void template_vendors(struct source *src, struct template *out)
{
    *out = (struct template){0};
    vendor_refs(src, out);
    for (size_t i = 0; i < COUNT(tables); i++)
        if (tables[i].of_vendors != NULL)
            read_rows(src, out, i, tables[i].of_vendors, S(""), (struct limits){0});
}
