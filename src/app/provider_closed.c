/* provider_closed.c - see provider_closed.h. */
#include "app/provider_closed.h"

#include "app/advisory_own.h"
#include "app/preview.h"
#include "app/provider_own.h"

#include <stdlib.h>

enum { DRAFTS_MOST = 1000, PAGE = 100 };

static const str labels[] = {S_INIT("GREEN"), S_INIT("AMBER"), S_INIT("AMBER+STRICT"),
                             S_INIT("RED")};

/* One language of a draft, as who asks may read it. */
struct closed {
    str case_id, tlp, path;
    struct advisory adv;
    enum lang lang;
    i64 at; /* of its last change */
};
struct closing {
    struct ctx *cx;
    bool v21, is_signed;
    str only; /* the one file that is asked for, without its year; absent: all */
    struct {
        VEC(struct closed)
    } all;
};

bool provider_is_closed(str folder)
{
    for (size_t i = 0; i < COUNT(labels); i++)
        if (str_eq_nocase(folder, labels[i]))
            return true;
    return false;
}

/* --- which ------------------------------------------------------------------------------------ */

/* The text and what vendors said last.  A vendor that said nothing has the time of the release,
 * which is to come. */
static enum err read_draft(struct closing *c, const struct closed *d, struct portal_advisory *out)
{
    TRY(advisory_preview(c->cx, d->case_id, &d->adv, d->lang, NULL, out));
    struct portal_vendor *v = NEWS(c->cx->a, struct portal_vendor, out->nvendors + 1);
    i64 release = out->line.published, at = d->adv.words[LANG_JA].at;
    if (d->lang == LANG_EN && d->adv.words[LANG_EN].at > at)
        at = d->adv.words[LANG_EN].at;
    for (size_t i = 0; i < out->nvendors; i++)
        if (out->vendors[i].updated != release && out->vendors[i].updated > at)
            at = out->vendors[i].updated;
    for (size_t i = 0; i < out->nvendors; i++) {
        v[i] = out->vendors[i];
        if (v[i].updated == release)
            v[i].updated = at;
    }
    out->vendors = v;
    out->line.published = out->line.updated = at;
    return OK;
}

static enum err add(struct closing *c, const struct closed *of, enum lang lang)
{
    struct closed d = *of;
    struct portal_advisory p;
    d.lang = lang;
    if (d.adv.words[lang].section[SECTION_TITLE].n == 0)
        return OK;
    TRY(read_draft(c, &d, &p));
    d.at = p.line.updated;
    d.path = str_fmt(c->cx->a, "%d/%.*s", civil_at(d.at, zone_utc).year,
                     SV(csaf_file_name(c->cx->a, csaf_id(c->cx, d.adv.number, lang))));
    *PUSH(c->cx->a, &c->all) = d;
    return OK;
}

static enum err add_case(struct closing *c, str case_id)
{
    struct case_file cf;
    const struct access *acc;
    struct closed d = {.case_id = case_id};
    enum err e = case_open(c->cx, case_id, &cf, &acc);
    if (e == OK)
        e = advisory_view(c->cx, case_id, &d.adv);
    if (e != OK)
        return e == E_NOT_FOUND ? OK : e;
    d.tlp = cf.row.tlp;
    if (d.adv.state == ADVISORY_NONE || d.adv.published.is || !provider_is_closed(d.tlp))
        return OK;
    TRY(add(c, &d, LANG_JA));
    return add(c, &d, LANG_EN);
}

/* Not to open every case for one document. */
static bool is_wanted(const struct closing *c, str number)
{
    for (enum lang g = 0; g < LANG_COUNT && c->only.p != NULL; g++)
        if (str_has_prefix(c->only, csaf_file_name(c->cx->a, csaf_id(c->cx, number, g))))
            return true;
    return c->only.p == NULL;
}

static enum err load(struct closing *c)
{
    struct list_window w = {.limit = PAGE};
    struct sign_key key;
    do {
        struct advisory_line *lines;
        size_t n;
        TRY(advisory_list(c->cx, SOME(0), &w, &lines, &n));
        for (size_t i = 0; i < n; i++)
            if (is_wanted(c, lines[i].number))
                TRY(add_case(c, lines[i].case_id));
        w.after = w.next;
    } while (w.after.p != NULL && c->all.n < DRAFTS_MOST);
    c->is_signed = c->cx->app->effects != NULL &&
                   sign_key(c->cx->app->effects, c->cx->a, &c->cx->fault, &key) == OK;
    return OK;
}

/* --- lists ------------------------------------------------------------------------------------ */

static int newest_first(const void *x, const void *y)
{
    const struct csaf_listed *a = x, *b = y;
    if (a->updated != b->updated)
        return a->updated < b->updated ? 1 : -1;
    return str_cmp(a->path, b->path);
}

/* In 2.0 AMBER+STRICT is AMBER.  False: there is nothing of that label. */
static bool fill(const struct closing *c, str label, struct csaf_folder *out)
{
    struct arena *a = c->cx->a;
    struct csaf_listed *v = NEWS(a, struct csaf_listed, c->all.n + 1);
    const struct app *app = c->cx->app;
    size_t n = 0;
    for (size_t i = 0; i < c->all.n; i++) {
        const struct closed *d = &c->all.v[i];
        if (str_eq(csaf_label(d->tlp, c->v21), label))
            v[n++] = (struct csaf_listed){d->path,
                                          csaf_id(c->cx, d->adv.number, d->lang),
                                          d->adv.words[d->lang].section[SECTION_TITLE],
                                          d->at,
                                          d->at,
                                          0};
    }
    if (n > 1)
        qsort(v, n, sizeof *v, newest_first);
    *out = (struct csaf_folder){
        .v21 = c->v21,
        .tlp = label,
        .url = str_fmt(a, "%.*s/%.*s/%.*s", SV(app->public_url), SV(provider_base(c->v21)),
                       SV(csaf_folder_name(a, label, c->v21))),
        .title =
            str_fmt(a, "CSAF %s, before publication (TLP:%.*s)", c->v21 ? "2.1" : "2.0", SV(label)),
        .is_signed = c->is_signed,
        .v = v,
        .n = n};
    return n > 0;
}

enum err provider_closed_metadata(struct ctx *cx, bool v21, bool service, str bytes, str *out)
{
    struct closing c = {.cx = cx, .v21 = v21};
    struct csaf_folder folders[COUNT(labels)];
    const struct json *j;
    struct json_error bad;
    size_t n = 0;
    TRY(load(&c));
    for (size_t i = 0; i < COUNT(labels); i++)
        n += str_eq(csaf_label(labels[i], v21), labels[i]) && fill(&c, labels[i], &folders[n]);
    if (n == 0)
        return E_NOT_FOUND;
    if (json_read(cx->a, bytes, &j, &bad) != OK)
        return fail(cx, E_IO, "the provider's metadata is no JSON");
    *out = service ? csaf_service_more(cx->a, j, folders, n)
                   : csaf_provider_more(cx->a, j, folders, n);
    return OK;
}

/* --- files ------------------------------------------------------------------------------------ */

static enum err document(struct closing *c, const struct closed *d, str *out)
{
    struct portal_advisory p;
    const struct csaf_wish wish = {c->v21, CSAF_PROFILES, .draft = d->tlp};
    TRY(read_draft(c, d, &p));
    return csaf_build(c->cx, d->lang, &p, wish, out);
}

static enum err signature(struct closing *c, const struct closed *d, str bytes, str *out)
{
    const struct sign_text text = {bytes, d->at};
    if (!c->is_signed)
        return E_NOT_FOUND;
    return sign_many(c->cx->app->effects, c->cx->a, &c->cx->fault, SIGN_DETACHED, &text, 1, out);
}

/* A document, or what stands beside it. */
static enum err beside(struct closing *c, const struct closed *d, str end, struct closed_file *out)
{
    str bytes, name = d->path;
    TRY(document(c, d, &bytes));
    (void)str_cut(&name, '/');
    *out = (struct closed_file){.bytes = bytes, .type = S("application/json")};
    if (end.n == 0)
        return OK;
    out->type = S("text/plain; charset=utf-8");
    if (str_eq(end, S(".asc")))
        return signature(c, d, bytes, &out->bytes);
    if (!str_eq(end, S(".sha256")) && !str_eq(end, S(".sha512")))
        return E_NOT_FOUND;
    out->bytes = provider_hash_line(c->cx->a, bytes, name, str_eq(end, S(".sha512")));
    return OK;
}

static enum err find_document(struct closing *c, const struct csaf_folder *f, str path,
                              struct closed_file *out)
{
    for (size_t i = 0; i < c->all.n; i++) {
        const struct closed *d = &c->all.v[i];
        if (str_eq(csaf_label(d->tlp, c->v21), f->tlp) && str_has_prefix(path, d->path))
            return beside(c, d, str_from(path, d->path.n), out);
    }
    return E_NOT_FOUND;
}

static str type_of(str name)
{
    return str_has_suffix(name, S(".json"))  ? S("application/json")
           : str_has_suffix(name, S(".csv")) ? S("text/csv; charset=utf-8")
                                             : S("text/plain; charset=utf-8");
}

static str category_name(struct arena *a, const struct csaf_folder *f)
{
    return str_fmt(a, "category-%.*s.json", SV(csaf_folder_name(a, f->tlp, f->v21)));
}

static bool find_list(struct arena *a, const struct csaf_folder *f, str name,
                      struct closed_file *out)
{
    *out = (struct closed_file){.type = type_of(name)};
    if (str_eq(name, S("index.txt")))
        out->bytes = csaf_index_txt(a, f);
    else if (str_eq(name, S("changes.csv")))
        out->bytes = csaf_changes_csv(a, f);
    else if (str_eq(name, csaf_feed_name(a, f->tlp, f->v21)))
        out->bytes = csaf_feed(a, f, f->v[0].updated);
    else if (str_eq(name, category_name(a, f)))
        out->bytes = csaf_categories(a, f);
    return out->bytes.p != NULL;
}

/* year: absent: the folder of the label itself. */
static bool find_folder(struct arena *a, const struct csaf_folder *f, str year,
                        struct closed_file *out)
{
    static const char *const ends[] = {"", ".asc", ".sha256", ".sha512"};
    struct {
        VEC(str)
    } names = {0};
    for (size_t i = 0; i < f->n; i++) {
        str name = f->v[i].path, in = str_cut(&name, '/');
        for (size_t k = 0; k < COUNT(ends) && str_eq(in, year); k++)
            if (k != 1 || f->is_signed)
                *PUSH(a, &names) = str_fmt(a, "%.*s%s", SV(name), ends[k]);
        bool had = year.n > 0;
        for (size_t k = 0; k < names.n && !had; k++)
            had = str_has_prefix(names.v[k], in);
        if (!had)
            *PUSH(a, &names) = str_join(a, in, S("/"));
    }
    if (year.n == 0) {
        *PUSH(a, &names) = category_name(a, f);
        *PUSH(a, &names) = S("changes.csv");
        *PUSH(a, &names) = csaf_feed_name(a, f->tlp, f->v21);
        *PUSH(a, &names) = S("index.txt");
    }
    *out = (struct closed_file){.folder = true, .names = {names.v, names.n}};
    return names.n > 0;
}

enum err provider_closed_find(struct ctx *cx, bool v21, str path, struct closed_file *out)
{
    struct closing c = {.cx = cx, .v21 = v21};
    struct csaf_folder f;
    str folder = str_cut(&path, '/');
    if (!provider_is_closed(folder))
        return E_NOT_FOUND;
    bool deep = str_find_char(path, '/') >= 0;
    if (deep)
        c.only = str_from(path, (size_t)str_find_char(path, '/') + 1);
    TRY(load(&c));
    for (size_t i = 0; i < COUNT(labels); i++) {
        if (!str_eq(csaf_folder_name(cx->a, labels[i], v21), folder) ||
            !str_eq(csaf_label(labels[i], v21), labels[i]) || !fill(&c, labels[i], &f))
            continue;
        if (!deep && (find_list(cx->a, &f, path, out) || find_folder(cx->a, &f, path, out)))
            return OK;
        return deep ? find_document(&c, &f, path, out) : E_NOT_FOUND;
    }
    return E_NOT_FOUND;
}
