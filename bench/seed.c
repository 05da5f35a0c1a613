/* seed.c - an installation with as many cases as are wanted, for measurements.
 *
 *     seed make DATA DATABASE CASES       DATABASE: sqlite:PATH or postgresql://…, empty;
 *                                         DATA/cases gets the paths of a sample of case pages
 *     seed public DATA DATABASE ENTRIES   as many released advisories, with a few cases alone
 *     seed session DATA DATABASE LOGIN    prints a cookie's value
 *
 * The demo cases are played act by act, and then copied: each copy has ids, numbers, dates and
 * documents of the search of its own, and is among other vendors.  Of most copies the later
 * texts and history are left out.  One group's vendor has exactly FEW_CASES, whole.  Prints a
 * JSON object that names whom and what to measure. */
#include "app/auth.h"
#include "app/demo.h"
#include "lib/entries.h"
#include "lib/first.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    FEW_CASES = 30,
    KEPT_TEXTS = 8,
    KEPT_HISTORY = 10,
    GROUP_CASES = 500,    /* copies in a group of vendors */
    PUBLICATIONS = 20000, /* copies that are published at most, before the demo's share */
    SAMPLE = 210,         /* cases for whose pages is asked */
    FLUSH = 500,
    PUBLIC_DAYS = 5000,
    GROUP_ENTRIES = 150, /* in which a vendor's name is the same */
    UNRELEASED = 60,
};
#define FIRST_DIR "/tmp/kakehashi-seed.XXXXXX"

static const i64 day_ms = 86400000;

struct seed {
    struct arena *a;
    struct app *app;
    struct source src;
    struct template *templates, vendors, few;
    size_t ntemplates;
    struct copy_of next;
    unsigned long cases, groups;
    i64 from, to; /* instants of the first and last copy */
    FILE *sample;
    char first_dir[sizeof FIRST_DIR];
};

static void read_templates(struct seed *s)
{
    struct strs taken = {0};
    str *numbers = NEWS(s->a, str, 4096);
    sqlite3_stmt *st;
    s->templates = NEWS(s->a, struct template, 100);
    must(sqlite3_prepare_v2(s->src.lite, "SELECT id FROM cases ORDER BY id LIMIT 100", -1, &st,
                            NULL) == SQLITE_OK);
    while (sqlite3_step(st) == SQLITE_ROW) {
        str id = str_copy(s->a, str_z((const char *)sqlite3_column_text(st, 0)));
        template_case(&s->src, id, (struct limits){KEPT_TEXTS, KEPT_HISTORY},
                      &s->templates[s->ntemplates++]);
    }
    (void)sqlite3_finalize(st);
    must(sqlite3_prepare_v2(s->src.lite,
                            "SELECT number FROM cases UNION SELECT receipt FROM report"
                            " UNION SELECT number FROM advisory LIMIT 4096",
                            -1, &st, NULL) == SQLITE_OK);
    while (sqlite3_step(st) == SQLITE_ROW)
        numbers[taken.n++] = str_copy(s->a, str_z((const char *)sqlite3_column_text(st, 0)));
    (void)sqlite3_finalize(st);
    must(s->ntemplates > 0);
    taken.v = numbers;
    struct strs *kept = NEW(s->a, struct strs);
    *kept = taken;
    s->next.taken = kept;
    template_vendors(&s->src, &s->vendors);
}

/* The contact of a vendor in a finished case that went through its departments. */
static const char few_sql[] = "SELECT c.id FROM cases c JOIN case_index i ON i.case_id = c.id"
                              " WHERE i.phase = 6 AND c.flow = 'coordinated' ORDER BY c.id LIMIT 1";

static str few_login(struct seed *s, str case_id)
{
    str sql = str_fmt(s->a,
                      "SELECT p.login FROM party y JOIN dept_kind k ON k.org_id = y.org_id"
                      " JOIN membership m ON m.dept_id = k.dept_id"
                      " JOIN person p ON p.id = m.person_id"
                      " WHERE y.case_id = '%.*s' AND y.role = 'vendor' AND k.kind = 'poc'"
                      " ORDER BY m.role <> 'lead', p.login LIMIT 1",
                      SV(case_id));
    return first_value(s->a, s->src.lite, str_to_z(s->a, sql));
}

/* Memory of its own for each, or a million copies would need too much. */
static void write_copy(struct seed *s, const struct template *t)
{
    struct arena *a = arena_new();
    template_write(ctx_new(a, s->app), s->src.sink, t, &s->next);
    arena_free(a);
}

static void copy_case(struct seed *s, unsigned long k)
{
    unsigned long few_every = s->cases / FEW_CASES, publish_every = s->cases / PUBLICATIONS + 1;
    unsigned long sample_every = s->cases / SAMPLE + 1;
    const struct template *t = &s->templates[k % s->ntemplates];
    s->next.copy = k + 1;
    s->next.group = 2 + k % s->groups;
    s->next.unpublished = k / s->ntemplates % publish_every != 0;
    if (few_every > 0 && k % few_every == 0 && k / few_every < FEW_CASES) {
        t = &s->few;
        s->next.group = 1;
    }
    i64 at = s->from + (i64)((double)(s->to - s->from) * (double)k / (double)s->cases);
    s->next.delta = at - t->opened;
    write_copy(s, t);
    /* as many of each template, from the whole range */
    if (t != &s->few && t->coordinated && k / s->ntemplates % sample_every == 0)
        (void)fprintf(s->sample, "/ja/cases/%.*s\n",
                      SV(id_copy(s->a, t->refs.v[0].id, s->next.copy, s->next.delta)));
}

static void copy_all(struct seed *s)
{
    for (unsigned long g = 1; g < s->groups + 2; g++) {
        s->next.group = s->next.copy = g;
        write_copy(s, &s->vendors);
    }
    for (unsigned long k = 0; k < s->cases; k++) {
        copy_case(s, k);
        if (k % FLUSH == FLUSH - 1)
            sink_flush(s->src.sink);
        if (k % 10000 == 9999)
            (void)fprintf(stderr, "seed: %lu cases\n", k + 1);
    }
    sink_tops(s->src.sink, s->next.next_doc[0], s->next.next_doc[1]);
}

static void copy_first(struct seed *s, const struct doc_table words[2])
{
    struct ctx *cx = ctx_new(s->a, s->app);
    source_copy(&s->src);
    for (int public = 0; public < 2; public ++)
        for (size_t i = 0; i < words[public].n; i++) {
            put_words(cx, s->src.sink, public, words[public].v[i].doc, words[public].v[i].words);
            s->next.next_doc[public] = words[public].v[i].doc;
        }
    s->next.next_doc[0]++;
    s->next.next_doc[1]++;
}

static void print_made(struct seed *s, str few_case)
{
    static const struct {
        const char *name, *sql;
    } values[] = {
        {"coordinator", "SELECT p.login FROM person p JOIN membership m ON m.person_id = p.id"
                        " JOIN dept d ON d.id = m.dept_id JOIN org o ON o.id = d.org_id"
                        " WHERE o.kind = 'coordinator' ORDER BY m.role <> 'lead', p.login LIMIT 1"},
        {"long_case", "SELECT c.number FROM cases c JOIN history h ON h.case_id = c.id"
                      " GROUP BY c.id ORDER BY count(*) DESC LIMIT 1"},
        {"advisory", "SELECT number FROM publication WHERE lang = 'ja' AND withdrawn IS NULL"
                     " ORDER BY length(content) DESC LIMIT 1"},
    };
    (void)printf("{\"cases\":%lu,\"vendor\":\"%.*s-1\"", s->cases, SV(few_login(s, few_case)));
    for (size_t i = 0; i < COUNT(values); i++) {
        str v = first_value(s->a, s->src.lite, values[i].sql);
        (void)printf(",\"%s\":\"%.*s\"", values[i].name, SV(v));
    }
    (void)printf("}\n");
}

/* The demo in a folder of its own, and all of it in the new database. */
static void begin(struct seed *s, str dir, str database)
{
    struct arena *a = s->a;
    must(mkdtemp(s->first_dir) != NULL && s->cases > 0);
    struct app *first = first_boot(a, str_z(s->first_dir), NO_STR);
    str file = str_fmt(a, "%s/kakehashi.db", s->first_dir);
    must(sqlite3_open(str_to_z(a, file), &s->src.lite) == SQLITE_OK);
    first_fill(a, first, s->src.lite);
    struct doc_table *words = NEWS(a, struct doc_table, 2);
    first_words(a, first, s->src.lite, words);

    struct arena *boot = arena_new(); /* makes the schema */
    (void)first_boot(boot, dir, database);
    arena_free(boot);
    s->app = first;
    s->src.a = a;
    s->src.words[0] = &words[0];
    s->src.words[1] = &words[1];
    s->src.sink = sink_open(a, database);
    s->groups = s->cases / GROUP_CASES + 2;
    s->to = ctx_new(a, first)->now;
    copy_first(s, words);
    read_templates(s);
}

static int end(struct seed *s)
{
    sink_close(s->src.sink);
    (void)sqlite3_close(s->src.lite);
    str remove = str_fmt(s->a, "rm -rf %s", s->first_dir);
    return system(str_to_z(s->a, remove));
}

static int make(struct arena *a, str dir, str database, unsigned long cases)
{
    struct seed s = {.a = a, .cases = cases, .first_dir = FIRST_DIR};
    begin(&s, dir, database);
    s.to -= 400 * day_ms;
    s.from = s.to - 4000 * day_ms;
    str few_case = first_value(a, s.src.lite, few_sql);
    template_case(&s.src, few_case, (struct limits){0}, &s.few);
    s.sample = fopen(str_to_z(a, str_fmt(a, "%.*s/cases", SV(dir))), "w");
    must(s.sample != NULL);
    copy_all(&s);
    must(fclose(s.sample) == 0);
    sink_serials(s.src.sink);
    print_made(&s, few_case);
    return end(&s);
}

/* Cases whose advisories are complete and not released: copies of those that were. */
static void copy_unreleased(struct seed *s)
{
    for (unsigned long k = 0; k < UNRELEASED; k++) {
        const struct template *t = &s->templates[k % s->ntemplates];
        s->next.copy = k + 1;
        s->next.group = 1;
        s->next.unpublished = true;
        s->next.delta = s->to - 100 * day_ms - t->opened;
        write_copy(s, t);
    }
}

static int make_public(struct arena *a, str dir, str database, unsigned long entries)
{
    struct seed s = {.a = a, .cases = entries, .first_dir = FIRST_DIR};
    begin(&s, dir, database);
    s.to -= 60 * day_ms; /* the demo's advisories were updated for weeks */
    i64 span = PUBLIC_DAYS * day_ms, from = s.to - span;
    copy_unreleased(&s);
    struct entries *e = entries_new(&s.src, &s.next, entries / GROUP_ENTRIES + 1);
    for (unsigned long k = 0; k < entries; k++) {
        struct arena *one = arena_new();
        entries_write(one, e, from + (i64)((double)span * (double)k / (double)entries));
        arena_free(one);
        if (k % FLUSH == FLUSH - 1)
            sink_flush(s.src.sink);
    }
    sink_tops(s.src.sink, s.next.next_doc[0], s.next.next_doc[1]);
    sink_serials(s.src.sink);
    (void)printf("{\"entries\":%lu}\n", entries);
    return end(&s);
}

static int session(struct arena *a, str dir, str database, str login)
{
    struct ctx *cx = ctx_new(a, first_boot(a, dir, database));
    i64 retry_s;
    str token;
    if (sign_in(cx, login, S(DEMO_PASSWORD), S("127.0.0.1"), &token, &retry_s) != OK) {
        (void)fprintf(stderr, "seed: %.*s cannot sign in\n", SV(login));
        return 1;
    }
    app_read_end(cx);
    (void)printf("%.*s\n", SV(token));
    return 0;
}

int main(int argc, char **argv)
{
    struct arena *a = arena_new();
    i64 cases;
    int code = 2;
    if (argc == 5 && strcmp(argv[1], "session") == 0)
        code = session(a, str_z(argv[2]), str_z(argv[3]), str_z(argv[4]));
    else if (argc == 5 && strcmp(argv[1], "make") == 0 && str_i64(str_z(argv[4]), &cases))
        code = make(a, str_z(argv[2]), str_z(argv[3]), (unsigned long)cases);
    else if (argc == 5 && strcmp(argv[1], "public") == 0 && str_i64(str_z(argv[4]), &cases))
        code = make_public(a, str_z(argv[2]), str_z(argv[3]), (unsigned long)cases);
    else
        (void)fputs("usage: seed make DATA DATABASE CASES | seed public DATA DATABASE ENTRIES | "
                    "seed session DATA DATABASE LOGIN\n",
                    stderr);
    arena_free(a);
    return code;
}
