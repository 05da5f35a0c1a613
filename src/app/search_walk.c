/* search_walk.c - down the numbers of documents, block after block. */
#include "app/search_own.h"

/* The letters o and u are not among those of a token: these words are of their own kinds. */
str search_word_of(struct ctx *cx, char kind, str id)
{
    buf b = {.a = cx->a};
    buf_char(&b, kind);
    for (size_t i = 0; i < id.n; i++)
        if (id.p[i] != '-')
            buf_char(&b, id.p[i]);
    return buf_str(&b);
}

int search_bits(int level)
{
    return 10 + 4 * level;
}

str search_block(struct ctx *cx, int level, i64 doc)
{
    return str_fmt(cx->a, "o%do%lld", level, (long long)(doc >> search_bits(level)));
}

static void put_strings(buf *b, const struct json *j)
{
    if (json_is(j, JSON_IS_STRING)) {
        buf_put(b, json_text(j));
        buf_char(b, '\n');
    }
    for (size_t i = 0; i < json_count(j); i++)
        put_strings(b, json_is(j, JSON_IS_OBJECT) ? json_value(j, i) : json_at(j, i));
}

str search_plain(struct arena *a, const struct json *j)
{
    buf b = {.a = a};
    put_strings(&b, j);
    return b.n > 0 ? buf_str(&b) : S("");
}

static void put_words(buf *b, const struct strs *words, const char *between)
{
    for (size_t i = 0; i < words->n; i++)
        buf_putf(b, "%s%.*s", i > 0 ? between : "", SV(words->v[i]));
}

struct search_walk search_from(struct ctx *cx, const struct strs *all, const struct strs *any,
                               i64 before)
{
    struct search_walk w = {.before = before, .postgres = store_is_postgres(cx->app->store)};
    buf b = {.a = cx->a};
    put_words(&b, all, w.postgres ? " & " : " AND ");
    if (any != NULL && any->n > 0) {
        buf_put(&b, w.postgres ? S(" & (") : S(" AND ("));
        put_words(&b, any, w.postgres ? " | " : " OR ");
        buf_char(&b, ')');
    }
    w.all = buf_str(&b);
    w.floor = before;
    /* with the words of a few cases the whole is few: one block of everything */
    w.level = w.postgres && (any == NULL || any->n == 0) ? 0 : -1;
    return w;
}

bool search_next(struct ctx *cx, struct search_walk *w, str *query)
{
    if (w->before <= 1)
        return false;
    *query = w->all;
    if (w->level < 0) {
        w->floor = 1;
        return true;
    }
    i64 top = w->before - 1;
    w->floor = top >> search_bits(w->level) << search_bits(w->level);
    *query = str_fmt(cx->a, "%.*s & %.*s", SV(w->all), SV(search_block(cx, w->level, top)));
    return true;
}

void search_took(struct search_walk *w, size_t got, size_t most, i64 last)
{
    if (got == most) {
        w->before = last; /* there may be more in this block */
        return;
    }
    w->before = w->floor;
    if (w->level >= 0 && w->level < SEARCH_LEVELS - 1)
        w->level++;
}

bool search_cursor(str after, i64 *before)
{
    return after.n == 0 || (str_i64(after, before) && *before > 0);
}
