/* search_index.c - see search_index.h. */
#include "app/search_index.h"

#include "app/search_own.h"
#include "gen/sql.h"

/* A document's words, and, for PostgreSQL, those that say where it stands. */
static str all_words(struct ctx *cx, struct arena *a, str words, i64 doc)
{
    buf b = {.a = a};
    buf_put(&b, words);
    for (int level = 0; store_is_postgres(cx->app->store) && level < SEARCH_LEVELS; level++)
        buf_putf(&b, " %.*s", SV(search_block(cx, level, doc)));
    return str_trim(buf_str(&b));
}

/* What is compared with a search: texts as they are, records by their strings. */
static enum err plain_of(struct ctx *cx, str source, str body, str *out)
{
    const struct json *j;
    struct json_error bad;
    *out = body;
    if (str_eq(source, S("text")))
        return OK;
    TRY(json_read(cx->a, body, &j, &bad));
    *out = search_plain(cx->a, j);
    return OK;
}

enum err search_words(struct ctx *cx, str source, str body, struct search_words *out)
{
    str plain;
    TRY(plain_of(cx, source, body, &plain));
    struct strs words = tokens_of(cx->a, tokens_normal(cx->a, plain), cx->app->search_key);
    *out = (struct search_words){tokens_join(cx->a, words), search_set(cx->a, &words)};
    return OK;
}

enum err search_index(struct ctx *cx, const struct search_doc *d)
{
    struct q_found_next next;
    struct search_words words;
    bool of_case = d->case_id.n > 0;
    str report = d->place.report_id.n > 0 ? d->place.report_id : NO_STR;
    if (d->words != NULL)
        words = *d->words;
    else
        TRY(search_words(cx, d->source, d->body, &words));
    if (!d->fresh)
        TRY(q_found_forget(cx->db, .row_id = d->id));
    TRY(q_found_next(cx->db, &next));
    TRY(q_found_add(cx->db, .doc = next.doc, .row_id = d->id, .source = d->source,
                    .case_id = of_case ? d->case_id : NO_STR, .report_id = report,
                    .audience = d->place.audience, .lane = d->place.lane.p ? d->place.lane : S(""),
                    .step = d->place.step.p ? d->place.step : S("")));
    TRY(q_found_set_add(cx->db, .doc = next.doc, .words = words.set));
    struct arena *a = db_arena(cx->db); /* this act may be one of many in the write */
    struct q_found_words_add_in *in = NEW(a, struct q_found_words_add_in);
    *in = (struct q_found_words_add_in){.doc = next.doc,
                                        .words = all_words(cx, a, words.list, next.doc)};
    return db_exec_last(cx->db, &stmt_found_words_add, in);
}

enum err search_index_public(struct ctx *cx, str number, str lang, str text)
{
    struct q_public_doc_of had;
    struct q_public_next next;
    i64 doc;
    enum err e = q_public_doc_of(cx->db, &had, .number = number, .lang = lang);
    if (e == OK) {
        doc = had.doc;
        TRY(q_public_words_drop(cx->db, .doc = doc));
    } else if (e == E_NOT_FOUND) {
        TRY(q_public_next(cx->db, &next));
        doc = next.doc;
    } else {
        return e;
    }
    str normal = tokens_normal(cx->a, text);
    struct strs tokens = tokens_of(cx->a, normal, NULL);
    struct strs words = search_words_in(cx->a, str_eq(lang, S("ja")) ? LANG_JA : LANG_EN, &tokens);
    str all = all_words(cx, cx->a, tokens_join(cx->a, words), doc);
    TRY(q_public_found_put(cx->db, .doc = doc, .number = number, .lang = lang, .normal = normal));
    return q_public_words_add(cx->db, .doc = doc, .words = all);
}
