/* json_bench.c - our JSON reader and writer beside jansson, on every .json file of a folder.
 *
 * Usage: json_bench DIR [SECONDS]     Prints one JSON object a line; MB are 10^6 bytes. */
#include "base/err.h"
#include "base/vec.h"
#include "formats/json.h"

#include <dirent.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

struct texts {
    VEC(str)
};

static double now(void)
{
    struct timespec t;
    (void)clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
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
    *PUSH(a, to) = (str){p, n};
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

static void ours_read(str text)
{
    struct arena *a = arena_new();
    const struct json *j;
    struct json_error e;
    must(json_read(a, text, &j, &e) == OK);
    arena_free(a);
}

static void jansson_read(str text)
{
    json_t *j = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    must(j != NULL);
    json_decref(j);
}

static void ours_copy(str text)
{
    struct arena *a = arena_new();
    const struct json *j;
    struct json_error e;
    buf b = {.a = a};
    must(json_read(a, text, &j, &e) == OK);
    json_put_json(&(struct json_out){.b = &b}, j);
    arena_free(a);
}

/* MB/s over all texts, the best of three turns. */
static double rate(const struct texts *all, void (*job)(str), double seconds)
{
    double best = 0;
    for (int turn = 0; turn < 3; turn++) {
        double from = now(), to;
        size_t bytes = 0;
        do {
            for (size_t i = 0; i < all->n; i++) {
                job(all->v[i]);
                bytes += all->v[i].n;
            }
        } while ((to = now()) - from < seconds / 3);
        double mb = (double)bytes / 1e6 / (to - from);
        best = mb > best ? mb : best;
    }
    return best;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        (void)fprintf(stderr, "usage: json_bench DIR [SECONDS]\n");
        return 2;
    }
    double seconds = argc > 2 ? strtod(argv[2], NULL) : 3;
    struct arena *a = arena_new();
    struct texts all = read_folder(a, str_z(argv[1]));
    double theirs = rate(&all, jansson_read, seconds), ours = rate(&all, ours_read, seconds);
    (void)printf("{\"bench\":\"json_read\",\"files\":%zu,\"mb_per_s\":%.0f,\"jansson\":%.1f,"
                 "\"ratio\":%.1f}\n",
                 all.n, ours, theirs, ours / theirs);
    (void)printf("{\"bench\":\"json_read_and_write\",\"mb_per_s\":%.0f}\n",
                 rate(&all, ours_copy, seconds));
    arena_free(a);
    return 0;
}
