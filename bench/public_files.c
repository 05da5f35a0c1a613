/* public_files.c - what it takes to make the public files, from nothing, anew, and for one more.
 *
 *     public_files all DATA DATABASE           DATA/public from nothing, and then anew
 *     public_files more DATA DATABASE TIMES    and then one more advisory, TIMES times
 *     public_files each DATA DATABASE          one more for each line that is typed
 *
 * Each prints the milliseconds of its advisory on a line.  Others print one JSON object: seconds of making all, of which signing, and so again where the bytes
 * are the same and their signatures can stay; and milliseconds from the commit that releases one
 * more advisory (a case whose text is ready) until its generation is visible, and until what
 * nobody needs any more is swept. */
#include "app/case_file.h"
#include "app/provider.h"
#include "app/publish.h"
#include "io/effects.h"
#include "lib/first.h"

#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TIMES_MAX = 50 };
static const i64 made = 1300000000000; /* the key, before everything that it signs */

struct bench {
    struct arena *a;
    struct app *app;
    struct effects *effects;
    const char *root;
    double signing; /* s, so far */
    size_t signed_texts;
};

[[gnu::noreturn]] static void die(const char *what, const char *why)
{
    (void)fprintf(stderr, "public_files: %s: %s\n", what, why);
    exit(1);
}

/* Of the clock that files have. */
static double now_s(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_REALTIME, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static enum err sign(void *arg, struct arena *a, struct fault *f, const struct sign_text *texts,
                     size_t n, str *out)
{
    struct bench *b = arg;
    double since = now_s();
    enum err e = sign_many(b->effects, a, f, SIGN_DETACHED, texts, n, out);
    b->signing += now_s() - since;
    b->signed_texts += n;
    return e;
}

static struct provider_done publish(struct bench *b)
{
    struct arena *a = arena_new();
    struct provider_signer signer = {.sign = sign, .arg = b};
    struct provider_done done;
    struct fault f = {0};
    enum err e = sign_key(b->effects, a, &f, &signer.key);
    if (e == OK)
        e = provider_publish(b->app, b->root, &signer, &f, &done);
    if (e != OK)
        die("publish", f.text);
    arena_free(a);
    return done;
}

static void start_signing(struct bench *b, str dir)
{
    static const struct effects_kind *const kinds[] = {&effects_sign};
    struct effects_options o = {.mode = SANDBOX_OFF, .kinds = kinds, .nkinds = 1};
    struct random random = {0};
    struct fault f = {0};
    o.sign.key_file = str_to_z(b->a, str_join(b->a, dir, S("/openpgp.key")));
    if (access(o.sign.key_file, F_OK) != 0 &&
        sign_key_make(b->a, o.sign.key_file, S("Bench <bench@example.jp>"), made, &random, &f) !=
            OK)
        die("signing", f.text);
    if (effects_start(b->a, &o, &f, &b->effects) != OK)
        die("signing", f.text);
}

static void forget(struct bench *b)
{
    str state = str_fmt(b->a, "%s/current/.state", b->root);
    if (unlink(str_to_z(b->a, state)) != 0)
        die("the last generation", "has no .state");
}

/* --- one more ------------------------------------------------------------------------------------- */

static enum err release(struct ctx *cx, void *arg)
{
    struct case_file cf;
    TRY(case_load(cx, *(str *)arg, &cf));
    return publication_release(cx, &cf);
}

static void one_more(struct bench *b, str case_id, double *visible, double *whole)
{
    struct arena *a = arena_new();
    struct ctx *cx = ctx_new(a, b->app);
    struct stat st;
    if (db_write(cx, release, &case_id) != OK)
        die("release", cx->fault.text);
    double since = now_s();
    struct provider_done done = publish(b);
    *whole = (now_s() - since) * 1e3;
    must(done.shown && done.made > 0);
    must(lstat(str_to_z(a, str_fmt(a, "%s/current", b->root)), &st) == 0);
    *visible = ((double)st.st_ctim.tv_sec + (double)st.st_ctim.tv_nsec / 1e9 - since) * 1e3;
    arena_free(a);
}

static struct strs unreleased(struct bench *b, str database, size_t most)
{
    struct sqlite3 *lite;
    static const char sql[] = "SELECT a.case_id FROM advisory a WHERE NOT EXISTS"
                              " (SELECT 1 FROM publication p WHERE p.case_id = a.case_id)"
                              " AND EXISTS (SELECT 1 FROM case_index i WHERE i.case_id = a.case_id"
                              " AND i.published IS NOT NULL) ORDER BY a.case_id";
    str *v = NEWS(b->a, str, most);
    size_t n = 0;
    sqlite3_stmt *st;
    must(str_has_prefix(database, S("sqlite:")));
    must(sqlite3_open(str_to_z(b->a, str_from(database, 7)), &lite) == SQLITE_OK);
    must(sqlite3_prepare_v2(lite, sql, -1, &st, NULL) == SQLITE_OK);
    while (n < most && sqlite3_step(st) == SQLITE_ROW)
        v[n++] = str_copy(b->a, str_z((const char *)sqlite3_column_text(st, 0)));
    (void)sqlite3_finalize(st);
    (void)sqlite3_close(lite);
    return (struct strs){v, n};
}

static int by_size(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static void print_sorted(const char *name, double *v, size_t n)
{
    qsort(v, n, sizeof *v, by_size);
    (void)printf(",\"%s_best_ms\":%.1f,\"%s_median_ms\":%.1f,\"%s_worst_ms\":%.1f", name, v[0],
                 name, v[n / 2], name, v[n - 1]);
}

static void more(struct bench *b, str database, size_t times)
{
    double visible[TIMES_MAX], whole[TIMES_MAX];
    struct strs cases = unreleased(b, database, times);
    if (cases.n == 0)
        die("no case", "is ready and not released");
    for (size_t i = 0; i < cases.n; i++)
        one_more(b, cases.v[i], &visible[i], &whole[i]);
    (void)printf("{\"times\":%zu", cases.n);
    print_sorted("visible", visible, cases.n);
    print_sorted("whole", whole, cases.n);
    (void)printf("}\n");
}

/* The process that makes them goes on, as a server does. */
static void each(struct bench *b, str database)
{
    double visible, whole;
    struct strs cases = unreleased(b, database, TIMES_MAX);
    for (size_t i = 0; i < cases.n && getchar() == '\n'; i++) {
        one_more(b, cases.v[i], &visible, &whole);
        (void)printf("%.1f\n", visible);
        (void)fflush(stdout);
    }
}

static void all_anew(struct bench *b)
{
    str clear = str_fmt(b->a, "rm -rf %s", b->root);
    must(system(str_to_z(b->a, clear)) == 0);
    for (int again = 0; again < 2; again++) {
        b->signing = 0;
        b->signed_texts = 0;
        double since = now_s();
        struct provider_done done = publish(b);
        (void)printf("%s\"documents\":%zu,\"seconds\":%.2f,\"signing\":%.2f,\"signed\":%zu}",
                     again ? ",\"again\":{" : "{\"first\":{", done.documents, now_s() - since,
                     b->signing, b->signed_texts);
        if (!again)
            forget(b);
    }
    (void)printf("}\n");
}

int main(int argc, char **argv)
{
    struct bench b = {.a = arena_new()};
    i64 times = 0;
    bool all = argc == 4 && strcmp(argv[1], "all") == 0;
    bool typed = argc == 4 && strcmp(argv[1], "each") == 0;
    if (!all && !typed &&
        (argc != 5 || strcmp(argv[1], "more") != 0 || !str_i64(str_z(argv[4]), &times) ||
         times < 1 || times > TIMES_MAX)) {
        (void)fputs("usage: public_files all|each DATA DATABASE | more DATA DATABASE TIMES\n",
                    stderr);
        return 2;
    }
    str dir = str_z(argv[2]), database = str_z(argv[3]);
    start_signing(&b, dir); /* before there are threads */
    b.app = first_boot(b.a, dir, database);
    b.root = str_to_z(b.a, str_join(b.a, dir, S("/public")));
    if (all)
        all_anew(&b);
    else if (typed)
        each(&b, database);
    else
        more(&b, database, (size_t)times);
    arena_free(b.a);
    return 0;
}
