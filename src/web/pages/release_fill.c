/* release_fill.c - a rehearsal as the page of the release plan shows it. */
#include "web/pages/release_own.h"

#include "app/release_kept.h"
#include "base/utf8.h"
#include "web/pages/advisory_own.h"

str release_word(struct ctx *cx, const char *beginning, str name)
{
    enum word w;
    str key = str_fmt(cx->a, "%s%.*s", beginning, SV(name));
    return word_find(key, &w) ? word(cx->lang, w) : name;
}

str release_what(struct ctx *cx, const struct release_order *o)
{
    enum word lang = o->kind == RELEASE_WITHDRAWAL ? W_release_both
                     : o->lang == LANG_JA          ? W_language_ja
                                                   : W_language_en;
    return words_release_of(cx->a, cx->lang, .language = word(cx->lang, lang),
                            .kind = release_word(cx, "release_kind_", release_kind_name(o->kind)));
}

bool release_at_once(const struct release_plan *p)
{
    return p->order.at <= p->planned_at;
}

str release_in_zone(struct ctx *cx, i64 at, const struct zone *z)
{
    return str_fmt(cx->a, "%.*s (%.*s)", SV(time_minute(cx->a, at, z)), SV(zone_name(z)));
}

enum look release_look(enum release_state s)
{
    static const enum look looks[RELEASE_STATES] = {LOOK_WAIT, LOOK_DONE, LOOK_HOT, LOOK_DONE,
                                                    LOOK_SKIP};
    return looks[s];
}

static void fill_forms(struct ctx *cx, const struct release_dry *d, struct rel_dry *out)
{
    struct rel_form *all = NEWS(cx->a, struct rel_form, d->artefacts.n + 1);
    for (size_t i = 0; i < d->artefacts.n; i++) {
        const struct release_artefact *x = &d->artefacts.v[i];
        if (x->aside)
            continue;
        all[out->nforms++] = (struct rel_form){.name = x->name,
                                               .media = x->media,
                                               .digest = x->sha256,
                                               .digest8 = str_sub(x->sha256, 0, 8),
                                               .href = {x->url},
                                               .bytes = (i64)x->size};
    }
    out->forms = all;
}

static void fill_findings(struct ctx *cx, const struct release_dry *d, struct rel_dry *out)
{
    static const enum look looks[RELEASE_LEVELS] = {LOOK_NO, LOOK_HOT, LOOK_OPEN};
    struct rel_finding *all = NEWS(cx->a, struct rel_finding, d->findings.n + 1);
    for (enum release_level level = 0; level < RELEASE_LEVELS; level++)
        for (size_t i = 0; i < d->findings.n; i++) {
            const struct release_finding *f = &d->findings.v[i];
            if (f->level != level)
                continue;
            all[out->nfindings++] = (struct rel_finding){
                .look = looks[level],
                .level = release_word(cx, "release_level_", release_level_name(level)),
                .of = f->artefact.n > 0 ? f->artefact : S(""),
                .test = f->test,
                .path = f->path.n > 0 ? f->path : S(""),
                .text = release_finding_words(cx->a, f, cx->lang),
                .mend = release_finding_mend(cx->a, f, cx->lang)};
        }
    out->findings = all;
    out->counts = words_release_counts(cx->a, cx->lang, .n_errors = (i64)d->count[RELEASE_ERROR],
                                       .n_warnings = (i64)d->count[RELEASE_WARNING],
                                       .n_notes = (i64)d->count[RELEASE_INFO]);
}

/* --- what each form says, field by field --------------------------------------------------------- */

enum { SHOWN = 160, MOST = 4 * SHOWN };

/* A dash: nothing. */
static str joined(struct ctx *cx, const struct strs *list)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < list->n && b.n < MOST; i++)
        buf_putf(&b, "%s%.*s", i > 0 ? "; " : "", SV(list->v[i]));
    str all = b.n > 0 ? buf_str(&b) : S("–");
    return utf8_count(all) <= SHOWN ? all : str_join(cx->a, utf8_sub(all, SHOWN), S(" …"));
}

static void fill_row(struct ctx *cx, const struct said_row *from, struct rel_row *row)
{
    struct rel_cell *cells = NEWS(cx->a, struct rel_cell, SAID_FORMATS);
    size_t agree = 0, built = 0;
    for (enum said_format f = 0; f < SAID_FORMATS; f++) {
        const struct said_cell *c = &from->cell[f];
        agree += f != SAID_PAGE && c->verdict == SAID_AGREES;
        built += f != SAID_PAGE && (c->verdict == SAID_AGREES || c->verdict == SAID_DIFFERS);
        if (c->verdict == SAID_DIFFERS)
            cells[row->ncells++] = (struct rel_cell){.name = said_format_name(f),
                                                     .values = joined(cx, &c->values),
                                                     .expected = joined(cx, &c->expected)};
    }
    row->field = release_field_words(from->field, cx->lang);
    row->value = joined(cx, &from->cell[SAID_PAGE].values);
    row->look = from->differs ? LOOK_NO : built > 0 ? LOOK_DONE : LOOK_NA;
    row->verdict = from->differs ? word(cx->lang, W_release_differs)
                                 : words_release_agree(cx->a, cx->lang, .n_forms = (i64)agree);
    row->cells = cells;
}

static void fill_rows(struct ctx *cx, const struct release_dry *d, struct rel_dry *out)
{
    struct rel_row *rows = NEWS(cx->a, struct rel_row, SAID_FIELDS);
    for (int i = 0; i < SAID_FIELDS; i++)
        fill_row(cx, &d->rows[i], &rows[out->nrows++]);
    out->rows = rows;
}

/* --- the reader's view ---------------------------------------------------------------------------- */

static enum err fill_reader(struct ctx *cx, const struct release_dry *d, struct rel_dry *out)
{
    struct adv_view *v = NEW(cx->a, struct adv_view);
    struct html_out o = {.b = {.a = cx->a}, .lang = d->wish.lang, .zone = cx->zone, .now = cx->now};
    struct bodies b;
    enum lang reader = cx->lang;
    cx->lang = d->wish.lang; /* the public page speaks the text's language */
    enum err e = public_bodies(cx, &b);
    if (e == OK) {
        adv_fill(cx, &d->page, &b, v);
        v->pre = str_fmt(cx->a, "r-%s-", d->wish.lang == LANG_JA ? "ja" : "en");
        tpl_advisory_doc(&o, v);
    }
    cx->lang = reader;
    TRY(e);
    out->reader = (html){o.b.n > 0 ? buf_str(&o.b) : S("")};
    out->reader_title = d->page.line.title;
    return OK;
}

enum err release_fill_dry(struct ctx *cx, str case_id, const struct release_plan *p,
                          struct rel_dry *out)
{
    struct release_dry *d = NEW(cx->a, struct release_dry);
    struct release_made made;
    *out = (struct rel_dry){.digest = S(""), .reader = {S("")}};
    enum err e = release_rehearsed(cx, case_id, p, false, d, &made);
    if (e == E_NOT_FOUND || e == E_CONFLICT) /* overtaken, or nothing to build: the plan says so */
        return OK;
    TRY(e);
    out->is = true;
    out->ready = d->ready;
    out->digest = d->digest;
    out->lang = d->wish.lang == LANG_JA ? S("ja") : S("en");
    out->at = made.at;
    out->made_of =
        words_release_made_of(cx->a, cx->lang, .record = made.record,
                              .key = made.key.n > 0 ? made.key : word(cx->lang, W_release_no_key),
                              .version = made.version);
    fill_forms(cx, d, out);
    fill_findings(cx, d, out);
    fill_rows(cx, d, out);
    return fill_reader(cx, d, out);
}
