/* first.c - see first.h. */
#include "lib/first.h"

#include "app/auth.h"
#include "app/boot.h"
#include "app/case_acts.h"
#include "app/demo.h"
#include "app/search_own.h"
#include "app/text.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

[[gnu::noreturn]] static void die(const char *what, const char *why)
{
    (void)fprintf(stderr, "seed: %s: %s\n", what, why);
    exit(1);
}

struct app *first_boot(struct arena *a, str dir, str database)
{
    struct boot b = {.data_dir = dir,
                     .database = database,
                     .demo = true,
                     .migrate = true,
                     .unsafe = true,
                     .no_limits = true,
                     .readers = 1};
    struct fault f = {0};
    struct app *app;
    if (app_boot(a, &b, &f, &app) != OK)
        die("the installation cannot be opened", f.text);
    return app;
}

static sqlite3_stmt *query(struct sqlite3 *lite, const char *sql)
{
    sqlite3_stmt *st;
    if (sqlite3_prepare_v2(lite, sql, -1, &st, NULL) != SQLITE_OK)
        die(sql, sqlite3_errmsg(lite));
    return st;
}

static str column(struct arena *a, sqlite3_stmt *st, int i)
{
    const char *p = sqlite3_column_blob(st, i);
    return str_copy(a, (str){p ? p : "", (size_t)sqlite3_column_bytes(st, i)});
}

str first_value(struct arena *a, struct sqlite3 *lite, const char *sql)
{
    sqlite3_stmt *st = query(lite, sql);
    str v = sqlite3_step(st) == SQLITE_ROW ? column(a, st, 0) : NO_STR;
    (void)sqlite3_finalize(st);
    return v;
}

/* --- the long case ---------------------------------------------------------------------------- */

static void change_label(struct app *app, str case_id, str person_id, bool strict)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, app);
    struct input in = {0};
    *PUSH(a, &in) =
        (struct input_item){S("tlp"), strict ? S("AMBER+STRICT") : S("AMBER"), INPUT_TEXT};
    enum err e = user_load(cx, person_id);
    if (e == OK)
        e = case_set_tlp(cx, case_id, &in);
    if (e != OK)
        die("the long case", cx->fault.text);
    app_read_end(cx);
    arena_free(a);
}

void first_fill(struct arena *a, struct app *app, struct sqlite3 *lite)
{
    struct fault f = {0};
    bool loaded;
    i64 entries;
    if (demo_load(app, &f, &loaded) != OK)
        die("the demo cases", f.text);
    str case_id = first_value(a, lite,
                              "SELECT h.case_id FROM history h JOIN case_index i"
                              " ON i.case_id = h.case_id WHERE i.published IS NULL"
                              " GROUP BY h.case_id ORDER BY count(*) DESC LIMIT 1");
    str person = first_value(a, lite,
                             "SELECT m.person_id FROM membership m JOIN dept d ON d.id = m.dept_id"
                             " JOIN org o ON o.id = d.org_id WHERE o.kind = 'coordinator' LIMIT 1");
    str sql = str_fmt(a, "SELECT count(*) FROM history WHERE case_id = '%.*s'", SV(case_id));
    must(str_i64(first_value(a, lite, str_to_z(a, sql)), &entries));
    for (; entries < LONG_HISTORY; entries++)
        change_label(app, case_id, person, entries % 2 == 0);
}

/* --- words ------------------------------------------------------------------------------------ */

static str plain_of(struct arena *a, str source, str body)
{
    const struct json *j;
    struct json_error bad;
    str plain = text_open_inside((struct sealed){body});
    if (str_eq(source, S("text")))
        return plain;
    return json_read(a, plain, &j, &bad) == OK ? search_plain(a, j) : S("");
}

static void confidential_words(struct arena *a, struct app *app, struct sqlite3 *lite,
                               struct doc_table *out)
{
    sqlite3_stmt *st = query(
        lite, "SELECT f.doc, f.source, CASE f.source"
              " WHEN 'text' THEN (SELECT body FROM text WHERE id = f.row_id)"
              " WHEN 'vulnerability' THEN (SELECT content FROM vulnerability WHERE id = f.row_id)"
              " WHEN 'advisory' THEN (SELECT content FROM advisory_text"
              "   WHERE advisory_id = substr(f.row_id, 1, 36) AND lang = substr(f.row_id, 38)"
              "   ORDER BY revision DESC LIMIT 1)"
              " WHEN 'identity' THEN (SELECT identity FROM report WHERE id = f.report_id)"
              " ELSE (SELECT content FROM report WHERE id = f.report_id) END"
              " FROM found f WHERE f.row_id <> '' ORDER BY f.doc");
    while (sqlite3_step(st) == SQLITE_ROW) {
        str normal = tokens_normal(a, plain_of(a, column(a, st, 1), column(a, st, 2)));
        *PUSH(a, out) = (struct doc_words){sqlite3_column_int64(st, 0),
                                           tokens_join(a, tokens_of(a, normal, app->search_key))};
    }
    (void)sqlite3_finalize(st);
}

static void public_words(struct arena *a, struct sqlite3 *lite, struct doc_table *out)
{
    sqlite3_stmt *st = query(lite, "SELECT doc, lang, normal FROM public_found ORDER BY doc");
    while (sqlite3_step(st) == SQLITE_ROW) {
        enum lang lang = str_eq(column(a, st, 1), S("ja")) ? LANG_JA : LANG_EN;
        struct strs tokens = tokens_of(a, column(a, st, 2), NULL);
        str words = tokens_join(a, search_words_in(a, lang, &tokens));
        *PUSH(a, out) = (struct doc_words){sqlite3_column_int64(st, 0), words};
    }
    (void)sqlite3_finalize(st);
}

void first_words(struct arena *a, struct app *app, struct sqlite3 *lite, struct doc_table out[2])
{
    out[0] = out[1] = (struct doc_table){0};
    confidential_words(a, app, lite, &out[0]);
    public_words(a, lite, &out[1]);
}
