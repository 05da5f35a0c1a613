/* jvn_kept.c - see jvn_kept.h. */
#include "app/jvn_kept.h"

#include "base/vec.h"

#include <pthread.h>
#include <string.h>

enum { SHA256_HEX = 64 };

struct file {
    str path;
    char print[JVN_PRINT], sha256[SHA256_HEX];
    i64 size, changed;
    struct jvn_text *text; /* NULL: is not kept */
    i64 used;              /* the clock, when the text was needed */
    uint64_t turn;         /* the same, counted */
};

struct jvn_kept {
    pthread_mutex_t lock; /* of all that follows */
    struct arena *a;
    struct {
        VEC(struct file)
    } files; /* a few a year */
    size_t bytes;
    uint64_t turn;
    i64 asked[LANG_COUNT];
};

static void let_go(void *handle)
{
    struct jvn_text *t = handle;
    if (t != NULL && atomic_fetch_sub(&t->users, 1) == 1)
        arena_free(t->a); /* it lies in there, too */
}

static void drop(struct jvn_kept *k, struct file *f)
{
    if (f->text == NULL)
        return;
    k->bytes -= f->text->text.n;
    let_go(f->text);
    f->text = NULL;
}

static void close_kept(void *handle)
{
    struct jvn_kept *k = handle;
    for (size_t i = 0; i < k->files.n; i++)
        drop(k, &k->files.v[i]);
    must(pthread_mutex_destroy(&k->lock) == 0);
}

struct jvn_kept *jvn_kept_new(struct arena *a)
{
    struct jvn_kept *k = NEW(a, struct jvn_kept);
    k->a = a;
    must(pthread_mutex_init(&k->lock, NULL) == 0);
    arena_defer(a, close_kept, k);
    return k;
}

struct jvn_text *jvn_text_new(str text, str head, const struct jvn_mark *marks, size_t n)
{
    struct arena *a = arena_new();
    struct jvn_text *t = NEW(a, struct jvn_text);
    struct jvn_mark *v = NEWS(a, struct jvn_mark, n + 1);
    for (size_t i = 0; i < n; i++) {
        v[i] = marks[i];
        v[i].number = str_copy(a, marks[i].number);
    }
    t->a = a;
    t->text = str_copy(a, text);
    t->head = str_copy(a, head);
    t->marks = v;
    t->n = n;
    atomic_store(&t->users, 1);
    return t;
}

static struct file *file_of(struct jvn_kept *k, str path)
{
    for (size_t i = 0; i < k->files.n; i++)
        if (str_eq(k->files.v[i].path, path))
            return &k->files.v[i];
    return NULL;
}

enum jvn_found jvn_kept_find(struct ctx *cx, str path, str print, struct jvn_sum *sum,
                             const struct jvn_text **last)
{
    struct jvn_kept *k = cx->app->jvn_kept;
    struct jvn_text *text = NULL;
    must(pthread_mutex_lock(&k->lock) == 0);
    struct file *f = file_of(k, path);
    bool known = f != NULL, is = known && str_eq(print, (str){f->print, sizeof f->print});
    if (is)
        *sum = (struct jvn_sum){str_copy(cx->a, (str){f->sha256, sizeof f->sha256}), f->size,
                                f->changed};
    if (known && f->text != NULL) {
        text = f->text;
        f->used = cx->now;
        f->turn = ++k->turn;
        atomic_fetch_add(&text->users, 1);
    }
    must(pthread_mutex_unlock(&k->lock) == 0);
    if (text != NULL)
        arena_defer(cx->a, let_go, text);
    *last = text;
    return is ? JVN_FOUND_SAME : known ? JVN_FOUND_OTHER : JVN_FOUND_NOTHING;
}

/* Until so many bytes more fit. */
static void make_room(struct jvn_kept *k, size_t bytes)
{
    while (k->bytes + bytes > JVN_KEPT_BYTES) {
        struct file *oldest = NULL;
        for (size_t i = 0; i < k->files.n; i++) {
            struct file *f = &k->files.v[i];
            if (f->text != NULL && (oldest == NULL || f->turn < oldest->turn))
                oldest = f;
        }
        must(oldest != NULL); /* less than JVN_KEPT_BYTES are asked for */
        drop(k, oldest);
    }
}

void jvn_kept_put(struct ctx *cx, str path, str print, const struct jvn_sum *sum,
                  struct jvn_text *text)
{
    struct jvn_kept *k = cx->app->jvn_kept;
    must(print.n == JVN_PRINT && sum->sha256.n == SHA256_HEX);
    if (text != NULL && text->text.n > JVN_KEPT_BYTES) {
        let_go(text);
        text = NULL;
    }
    must(pthread_mutex_lock(&k->lock) == 0);
    struct file *f = file_of(k, path);
    if (f == NULL) {
        f = PUSH(k->a, &k->files);
        f->path = str_copy(k->a, path);
    }
    drop(k, f);
    memcpy(f->print, print.p, print.n);
    memcpy(f->sha256, sum->sha256.p, sum->sha256.n);
    f->size = sum->size;
    f->changed = sum->changed;
    if (text != NULL) {
        make_room(k, text->text.n);
        k->bytes += text->text.n;
        f->text = text;
        f->used = cx->now;
        f->turn = ++k->turn;
    }
    must(pthread_mutex_unlock(&k->lock) == 0);
}

bool jvn_kept_sweep(struct jvn_kept *k, i64 now)
{
    bool any = false;
    must(pthread_mutex_lock(&k->lock) == 0);
    for (size_t i = 0; i < k->files.n; i++) {
        struct file *f = &k->files.v[i];
        if (f->text == NULL || now - f->used < HOUR)
            continue;
        drop(k, f);
        any = true;
    }
    must(pthread_mutex_unlock(&k->lock) == 0);
    return any;
}

void jvn_kept_ask(struct ctx *cx)
{
    struct jvn_kept *k = cx->app->jvn_kept;
    must(pthread_mutex_lock(&k->lock) == 0);
    if (k->asked[cx->lang] < cx->now)
        k->asked[cx->lang] = cx->now;
    must(pthread_mutex_unlock(&k->lock) == 0);
}

i64 jvn_kept_asked(struct jvn_kept *k, enum lang lang)
{
    must(pthread_mutex_lock(&k->lock) == 0);
    i64 asked = k->asked[lang];
    must(pthread_mutex_unlock(&k->lock) == 0);
    return asked;
}
