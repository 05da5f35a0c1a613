/* forms_bench.c - reading CSAF documents and checking their form, in memory, one thread, by its processor time.
 *
 * Usage: forms_bench DIR [SECONDS]    Every .json file of DIR that says CSAF 2.0 or 2.1.  Prints one
 * JSON object a line; MB are 10^6 bytes; the best of five turns.
 * Usage: forms_bench DIR SECONDS JOB  That job alone, one turn: for whoever takes turns with another.
 * Usage: forms_bench DIR ROUNDS JOB count   That job, once to warm up and so often in counted(), for
 * whoever counts instructions: valgrind --tool=callgrind --toggle-collect=counted … */
#include "base/err.h"
#include "base/vec.h"
#include "formats/csaf.h"
#include "formats/schema.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

enum { TURNS = 5, KEPT = 1 << 20 };

struct text {
    str text;
    const struct schema *schema;
};
struct texts {
    VEC(struct text)
    size_t bytes;
};

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static const struct schema *schema_of(str text)
{
    struct arena *a = arena_new();
    const struct json *j = NULL;
    struct json_error e;
    str version = NO_STR;
    if (json_read(a, text, &j, &e) == OK)
        version = json_get_text(json_get(j, S("document")), S("csaf_version"));
    const struct schema *s = str_eq(version, S("2.0"))   ? schema_kept(SCHEMA_CSAF_2_0)
                             : str_eq(version, S("2.1")) ? schema_kept(SCHEMA_CSAF_2_1)
                                                         : NULL;
    arena_free(a);
    return s;
}

static void read_file(struct arena *a, str dir, const char *name, struct texts *to)
{
    FILE *f = fopen(str_to_z(a, str_fmt(a, "%.*s/%s", SV(dir), name)), "rb");
    must(f != NULL);
    (void)fseek(f, 0, SEEK_END);
    size_t n = (size_t)ftell(f);
    rewind(f);
    char *p = NEWS(a, char, n + 1);
    must(fread(p, 1, n, f) == n);
    (void)fclose(f);
    struct text t = {{p, n}, schema_of((str){p, n})};
    if (t.schema == NULL)
        return;
    *PUSH(a, to) = t;
    to->bytes += n;
}

static struct texts read_folder(struct arena *a, str dir)
{
    struct texts all = {0};
    DIR *d = opendir(str_to_z(a, dir));
    must(d != NULL);
    for (struct dirent *e; (e = readdir(d)) != NULL;)
        if (str_has_suffix(str_z(e->d_name), S(".json")))
            read_file(a, dir, e->d_name, &all);
    (void)closedir(d);
    return all;
}

static struct arena *kept; /* made once, as whoever checks thousands does */

static void ours_read(const struct text *t)
{
    const struct json *j;
    struct json_error e;
    must(json_read(kept, t->text, &j, &e) == OK);
    arena_reset_keeping(kept, KEPT);
}

static void ours_check(const struct text *t)
{
    const struct json *j;
    struct json_error e;
    struct schema_faults faults = {0};
    must(json_read(kept, t->text, &j, &e) == OK);
    (void)schema_check(kept, t->schema, j, true, &faults);
    arena_reset_keeping(kept, KEPT);
}

static struct csaf_choice basic, full; /* with the schema each */

static void ours_validate(const struct text *t, const struct csaf_choice *choice)
{
    const struct json *j;
    struct json_error e;
    struct csaf_report r = {0};
    must(json_read(kept, t->text, &j, &e) == OK);
    csaf_validate(kept, j, choice, &r);
    arena_reset_keeping(kept, KEPT);
}

static void ours_basic(const struct text *t)
{
    ours_validate(t, &basic);
}

static void ours_full(const struct text *t)
{
    ours_validate(t, &full);
}

static void jansson_read(const struct text *t)
{
    json_t *j = json_loadb(t->text.p, t->text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    must(j != NULL);
    json_decref(j);
}

/* Documents a second: the best of the turns so far. */
static double turn(const struct texts *all, void (*job)(const struct text *), double seconds,
                   double best)
{
    double from = now(), to;
    size_t n = 0;
    do {
        for (size_t i = 0; i < all->n; i++, n++)
            job(&all->v[i]);
    } while ((to = now()) - from < seconds);
    double rate = (double)n / (to - from);
    return rate > best ? rate : best;
}

struct job {
    const char *name;
    void (*run)(const struct text *);
    double rate;
};

static struct job jobs[] = {{"json", ours_read, 0},
                            {"jansson", jansson_read, 0},
                            {"schema", ours_check, 0},
                            {"basic", ours_basic, 0},
                            {"full", ours_full, 0}};

static void measure(const struct texts *all, double seconds)
{
    for (int i = 0; i < TURNS; i++)
        for (size_t k = 0; k < COUNT(jobs); k++)
            jobs[k].rate = turn(all, jobs[k].run, seconds / TURNS / 5, jobs[k].rate);
    double mb = (double)all->bytes / 1e6 / (double)all->n;
    (void)printf("{\"bench\":\"json\",\"files\":%zu,\"mean_bytes\":%.0f,\"mb_per_s\":%.0f,"
                 "\"jansson\":%.1f,\"ratio\":%.1f}\n",
                 all->n, mb * 1e6, jobs[0].rate * mb, jobs[1].rate * mb,
                 jobs[0].rate / jobs[1].rate);
    for (size_t k = 2; k < COUNT(jobs); k++)
        (void)printf("{\"bench\":\"%s\",\"files\":%zu,\"documents_per_s\":%.0f}\n", jobs[k].name,
                     all->n, jobs[k].rate);
}

[[gnu::noinline]] static void counted(const struct texts *all, long rounds,
                                      void (*job)(const struct text *))
{
    for (long i = 0; i < rounds; i++)
        for (size_t k = 0; k < all->n; k++)
            job(&all->v[k]);
}

static const struct job *warm(const struct texts *all, const char *name)
{
    size_t i = 0;
    while (strcmp(jobs[i].name, name) != 0)
        must(++i < COUNT(jobs));
    for (size_t k = 0; k < all->n; k++)
        jobs[i].run(&all->v[k]);
    return &jobs[i];
}

static void take_turn(const struct texts *all, double seconds, const char *name)
{
    const struct job *j = warm(all, name);
    (void)printf("{\"bench\":\"%s\",\"files\":%zu,\"documents_per_s\":%.0f}\n", name, all->n,
                 turn(all, j->run, seconds, 0));
}

static void count(const struct texts *all, long rounds, const char *name)
{
    const struct job *j = warm(all, name);
    double from = now();
    counted(all, rounds, j->run);
    double each = (now() - from) / (double)rounds / (double)all->n;
    (void)printf("{\"bench\":\"%s\",\"files\":%zu,\"us_a_document\":%.2f}\n", name, all->n,
                 each * 1e6);
}

/* What full validation needs at most, beside the documents, from before its first. */
static void measure_memory(const struct texts *all)
{
    struct rusage before, after;
    (void)getrusage(RUSAGE_SELF, &before);
    for (size_t i = 0; i < all->n; i++)
        ours_full(&all->v[i]);
    (void)getrusage(RUSAGE_SELF, &after);
    (void)printf("{\"bench\":\"memory\",\"documents_mb\":%.1f,\"more_mb\":%.1f,\"peak_mb\":%.1f}\n",
                 (double)all->bytes / 1e6, (double)(after.ru_maxrss - before.ru_maxrss) / 1e3,
                 (double)after.ru_maxrss / 1e3);
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        (void)fprintf(stderr, "usage: forms_bench DIR [SECONDS]\n");
        return 2;
    }
    double seconds = argc > 2 ? strtod(argv[2], NULL) : 5;
    struct arena *a = arena_new();
    kept = arena_new();
    must(csaf_choose(&basic, S("basic")) && csaf_choose(&full, S("full")));
    struct texts all = read_folder(a, str_z(argv[1]));
    must(all.n > 0);
    if (argc > 4) {
        count(&all, strtol(argv[2], NULL, 10), argv[3]);
    } else if (argc > 3) {
        take_turn(&all, seconds, argv[3]);
    } else {
        measure_memory(&all);
        measure(&all, seconds);
    }
    arena_free(kept);
    arena_free(a);
    return 0;
}
