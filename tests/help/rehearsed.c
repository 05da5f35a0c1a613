/* rehearsed.c - see rehearsed.h. */
#include "help/rehearsed.h"

#include "app/statuses.h"
#include "app/vulns.h"
#include "gen/sql.h"
#include "help/saved.h"

#include <stdio.h>

const char *const rehearsed_lists[REHEARSED_LISTS] = {"rolie-2.0", "index-2.0", "changes-2.0",
                                                      "rolie-2.1", "index-2.1", "changes-2.1"};

struct release_wish dry_wish(struct walk *w, enum lang lang)
{
    struct ctx *cx = walk_as(w, "coordinator");
    struct release_wish wish = {.lang = lang};
    STAGE_OK(cx, release_kind_next(cx, w->case_id, lang, &wish.kind));
    wish.text[LANG_JA] = S("対象製品を追記しました");
    wish.text[LANG_EN] = S("Products were added");
    return wish;
}

struct release_dry dry_tried(struct walk *w, struct release_wish wish)
{
    struct ctx *cx = walk_as(w, "coordinator");
    struct release_dry d;
    STAGE_OK(cx, release_dry_run(cx, w->case_id, &wish, &d));
    return d;
}

struct release_dry dry_of(struct walk *w, enum lang lang)
{
    return dry_tried(w, dry_wish(w, lang));
}

void dry_print(struct arena *a, const struct release_dry *d)
{
    for (size_t i = 0; i < d->findings.n; i++) {
        const struct release_finding *f = &d->findings.v[i];
        str words = release_finding_words(a, f, LANG_EN);
        if (f->level == RELEASE_ERROR)
            (void)printf("  %.*s %.*s %.*s: %.*s\n", SV(f->artefact), SV(f->test), SV(f->path),
                         SV(words));
    }
}

bool dry_found(const struct release_dry *d, enum release_level level, const char *path,
               const char *word)
{
    for (size_t i = 0; i < d->findings.n; i++) {
        const struct release_finding *f = &d->findings.v[i];
        if (f->level == level && str_eq(f->path, str_z(path)) && str_eq(f->word, str_z(word)))
            return true;
    }
    return false;
}

/* "a | b" */
str dry_joined(struct arena *a, struct strs v)
{
    buf b = {.a = a};
    for (size_t i = 0; i < v.n; i++)
        buf_putf(&b, "%s%.*s", i > 0 ? " | " : "", SV(v.v[i]));
    return b.n > 0 ? buf_str(&b) : S("");
}

str dry_said(struct arena *a, const struct release_dry *d, enum said_field field,
             enum said_format f)
{
    return dry_joined(a, d->rows[field].cell[f].values);
}

/* The number of the helper's vulnerability comes from our own reservation. */
static enum err put_own_number(struct ctx *cx, [[maybe_unused]] void *arg)
{
    str job = new_id(cx);
    TRY(q_cve_job_add(cx->db, .id = job, .kind = S("reserve"), .amount = 1, .year = 2023,
                      .batch = S(""), .body = text_seal(cx, S("")), .made = cx->now));
    return q_cve_number_add(cx->db, .cve = S("CVE-2023-5915"), .job_id = job, .reserved = cx->now);
}

void dry_own_number(struct walk *w)
{
    struct ctx *cx = walk_as(w, "coordinator");
    STAGE_OK(cx, db_write(cx, put_own_number, NULL));
}

void dry_say(struct walk *w, const char *status)
{
    struct ctx *cx = walk_as(w, "mihon.poc");
    struct input *in = stage_input(
        cx->a, "status", "affected", "url", "https://mihon.example/psirt/1", "statement_en",
        "Our own view", "products.0.name", "Gateway X", "products.0.versions", "2.4 より前",
        "products.0.status", "affected", "products.0.cpe",
        "cpe:2.3:o:mihon:gateway_x:*:*:*:*:*:*:*:*", "products.0.purl",
        "pkg:github/mihon/gateway-x", "products.1.name", "Gateway X", "products.1.versions", "2.4",
        "products.1.status", "fixed", "products.2.name", "Gateway Y", "products.2.versions",
        "すべて", "products.2.status", status, NULL);
    STAGE_OK(cx, status_change(cx, w->case_id, walk_lane(w, "mihon"), in));
    (void)stage_later(w->st, MINUTE);
}

static struct walk *walk_products(struct stage *st, [[maybe_unused]] int how)
{
    struct walk *w = released(st);
    dry_own_number(w);
    dry_say(w, "not_affected");
    return w;
}

struct walk *dry_products(struct stage *st)
{
    return saved_walk(st, walk_products, 0);
}

str dry_replaced(struct arena *a, str text, str from, str to)
{
    buf b = {.a = a};
    ptrdiff_t at;
    while ((at = str_find(text, from)) >= 0) {
        buf_put(&b, str_sub(text, 0, (size_t)at));
        buf_put(&b, to);
        text = str_from(text, (size_t)at + from.n);
    }
    buf_put(&b, text);
    return buf_str(&b);
}
