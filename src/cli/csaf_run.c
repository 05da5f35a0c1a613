/* csaf_run.c - looking into many files at once, and saying what was found in their order.
 *
 * Threads take the next file each.  Whoever finds that the next result to be printed is there
 * prints it and those behind it, so that nobody is woken for it.  A thread that is far ahead of
 * what was printed waits, so that memory is bounded by the number of threads. */
#include "cli/csaf.h"

#include "io/files.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    PRINTED = 64 * 1024, /* bytes at once, unless a person looks on */
    AHEAD = 16,          /* results that wait for being printed, at most, for each thread */
    KEPT = 512 * 1024    /* bytes that each thread keeps for its next file */
};

/* "line 3, column 7: not valid UTF-8" */
static str json_reason(struct arena *a, enum lang lang, const struct json_error *e)
{
    enum word w;
    str why = e->code;
    if (word_find(str_fmt(a, "csafcli_%.*s", SV(e->code)), &w))
        why = word(lang, w);
    return words_csafcli_json(a, lang, .n_line = e->line, .n_column = e->column, .why = why);
}

static enum err read_input(struct arena *a, const char *path, struct fault *f, str *out)
{
    if (strcmp(path, "-") != 0)
        return file_read(a, path, CSAF_MOST_BYTES, f, out);
    buf b = {.a = a};
    enum { SOME = 1 << 16 };
    ssize_t n = 1;
    while (n > 0 && b.n < CSAF_MOST_BYTES) {
        n = read(STDIN_FILENO, buf_room(&b, SOME), SOME);
        b.n += n > 0 ? (size_t)n : 0;
    }
    *out = b.n > 0 ? buf_str(&b) : S("");
    return n < 0 ? fault_set(f, E_IO, "the standard input cannot be read") : OK;
}

static str read_reason(struct arena *a, enum lang lang, enum err e, const struct fault *f)
{
    if (e == E_NOT_FOUND)
        return word(lang, W_csafcli_no_file);
    return f->text[0] ? str_copy(a, str_z(f->text)) : word(lang, W_csafcli_no_read);
}

bool csaf_file_read(struct arena *a, enum lang lang, const char *path, const struct json **out,
                    str *why)
{
    struct fault f = {0};
    struct json_error error;
    str text;
    enum err e = read_input(a, path, &f, &text);
    if (e != OK)
        *why = read_reason(a, lang, e, &f);
    else if (json_read(a, text, out, &error) != OK)
        *why = json_reason(a, lang, &error);
    else
        return true;
    return false;
}

void csaf_file_validate(struct arena *a, const struct csaf_job *job, const char *path,
                        struct csaf_result *out)
{
    buf b = {.a = a};
    const struct json *document;
    struct csaf_report r;
    str why;
    *out = (struct csaf_result){.state = CSAF_UNREADABLE};
    if (!csaf_file_read(a, job->lang, path, &document, &why)) {
        csaf_report_unreadable(&b, job, path, why);
    } else {
        csaf_validate(a, document, &job->choice, &r);
        out->state = r.valid ? CSAF_VALID : CSAF_NOT_VALID;
        for (size_t i = 0; i < r.findings.n; i++)
            out->found[r.findings.v[i].group]++;
        if (job->json)
            csaf_report_json(&b, job, path, &r);
        else
            csaf_report_people(&b, job, path, &r);
    }
    out->text = b.n > 0 ? buf_str(&b) : S("");
}

struct slot {
    struct arena *a; /* holds the result alone */
    struct csaf_result result;
    bool done;
};

struct crew {
    const struct csaf_job *job;
    const struct csaf_files *files;
    struct csaf_sums *sums;
    pthread_mutex_t lock;
    pthread_cond_t printed_some;
    size_t next, printed; /* files taken, files printed */
    size_t waiting;       /* threads that wait for printed_some */
    bool printing;        /* somebody prints */
    struct slot *slots;   /* a ring */
    size_t nslots;
};

/* The next file, when there is room for its result; SIZE_MAX: there are no more. */
static size_t take(struct crew *w)
{
    (void)pthread_mutex_lock(&w->lock);
    w->waiting++;
    while (w->next < w->files->n && w->next >= w->printed + w->nslots)
        (void)pthread_cond_wait(&w->printed_some, &w->lock);
    w->waiting--;
    size_t at = w->next < w->files->n ? w->next++ : SIZE_MAX;
    (void)pthread_mutex_unlock(&w->lock);
    return at;
}

/* The job for one thread: connections and dictionaries are not shared. */
static struct csaf_job own_job(struct arena *a, const struct csaf_job *job)
{
    struct csaf_job own = *job;
    own.choice.outside = outside_new(a, &job->outside);
    return own;
}

static void progress(const struct csaf_sums *sums, size_t done, size_t all)
{
    if (all > 1 && (done % 50 == 0 || done == all) && isatty(STDERR_FILENO))
        (void)fprintf(stderr, "\r%zu/%zu ✓ %zu ✗ %zu%s", done, all, sums->state[CSAF_VALID],
                      sums->state[CSAF_NOT_VALID] + sums->state[CSAF_UNREADABLE],
                      done == all ? "\n" : "");
}

static void print(const struct csaf_result *r, struct csaf_sums *out)
{
    (void)fwrite(r->text.p, 1, r->text.n, stdout);
    out->state[r->state]++;
    for (size_t g = 0; g < CSAF_GROUPS; g++)
        out->found[g] += r->found[g];
}

/* Called with the lock held, and comes back with it; without it while it prints. */
static void print_what_is_there(struct crew *w)
{
    struct slot *s = &w->slots[w->printed % w->nslots];
    if (w->printing)
        return;
    for (w->printing = true; s->done; s = &w->slots[w->printed % w->nslots]) {
        (void)pthread_mutex_unlock(&w->lock);
        print(&s->result, w->sums);
        progress(w->sums, w->printed + 1, w->files->n);
        arena_reset(s->a);
        (void)pthread_mutex_lock(&w->lock);
        s->done = false;
        w->printed++;
        if (w->waiting > 0)
            (void)pthread_cond_broadcast(&w->printed_some);
    }
    w->printing = false;
}

static void *work(void *arg)
{
    struct crew *w = arg;
    struct arena *a = arena_new(), *files = arena_new();
    struct csaf_job job = own_job(a, w->job);
    for (size_t at = take(w); at != SIZE_MAX; at = take(w)) {
        struct slot *s = &w->slots[at % w->nslots];
        csaf_file_validate(files, &job, w->files->v[at], &s->result);
        s->result.text = str_copy(s->a, s->result.text);
        arena_reset_keeping(files, KEPT);
        (void)pthread_mutex_lock(&w->lock);
        s->done = true;
        print_what_is_there(w);
        (void)pthread_mutex_unlock(&w->lock);
    }
    arena_free(files);
    arena_free(a);
    return NULL;
}

static void validate_alone(const struct csaf_job *job, const struct csaf_files *files,
                           struct csaf_sums *out)
{
    struct arena *a = arena_new(), *file = arena_new();
    struct csaf_job own = own_job(a, job);
    struct csaf_result r;
    for (size_t i = 0; i < files->n; i++) {
        csaf_file_validate(file, &own, files->v[i], &r);
        print(&r, out);
        progress(out, i + 1, files->n);
        arena_reset_keeping(file, KEPT);
    }
    arena_free(file);
    arena_free(a);
}

void csaf_validate_all(const struct csaf_job *job, const struct csaf_files *files, size_t jobs,
                       struct csaf_sums *out)
{
    static char waits_for_print[PRINTED]; /* until the program's end */
    if (files->n > 1 && !isatty(STDOUT_FILENO))
        (void)setvbuf(stdout, waits_for_print, _IOFBF, sizeof waits_for_print);
    if (jobs < 2 || files->n < 2) {
        validate_alone(job, files, out);
        return;
    }
    struct arena *a = arena_new();
    struct crew w = {.job = job, .files = files, .sums = out, .nslots = jobs * AHEAD};
    pthread_t *threads = NEWS(a, pthread_t, jobs);
    size_t started = 0;
    w.slots = NEWS(a, struct slot, w.nslots);
    for (size_t i = 0; i < w.nslots; i++)
        w.slots[i].a = arena_new();
    must(pthread_mutex_init(&w.lock, NULL) == 0 && pthread_cond_init(&w.printed_some, NULL) == 0);
    while (started < jobs && pthread_create(&threads[started], NULL, work, &w) == 0)
        started++;
    if (started == 0)
        validate_alone(job, files, out);
    for (size_t i = 0; i < started; i++)
        (void)pthread_join(threads[i], NULL);
    for (size_t i = 0; i < w.nslots; i++)
        arena_free(w.slots[i].a);
    (void)pthread_cond_destroy(&w.printed_some);
    (void)pthread_mutex_destroy(&w.lock);
    arena_free(a);
}
