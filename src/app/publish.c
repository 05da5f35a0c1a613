/* publish.c - release what was agreed, update it, take it back. */
#include "app/publish_own.h"

#include "app/history.h"
#include "app/portal_own.h"
#include "app/release_plan.h"
#include "app/tables.h"
#include "base/vec.h"
#include "formats/json.h"
#include "formats/tokens.h"

enum err release_load(struct ctx *cx, const struct case_file *cf, struct release *out)
{
    *out = (struct release){.cf = cf};
    TRY(draft_load(cx, cf->row.id, NEWEST, NEWEST, &out->d));
    TRY(vulns_load(cx, cf->row.id, &out->vulns, &out->nvulns));
    TRY(said_load(cx, cf, false, &out->said, &out->nsaid));
    return q_publications_of(cx->db, &out->before, &out->nbefore, .case_id = cf->row.id);
}

const struct q_publications_of *release_before(const struct release *r, enum lang lang)
{
    for (size_t i = 0; i < r->nbefore; i++)
        if (str_eq(r->before[i].lang, lang_code(lang)))
            return &r->before[i];
    return NULL;
}

/* --- checks ----------------------------------------------------------------------------------- */

static enum err names_in(struct ctx *cx, const struct draft *d, str name)
{
    str needle = tokens_normal(cx->a, name);
    enum err e = OK;
    for (enum lang g = 0; g < LANG_COUNT && needle.n > 0; g++)
        for (enum section s = 0; s < SECTION_COUNT; s++)
            if (str_find(tokens_normal(cx->a, d->words[g].section[s]), needle) >= 0)
                e = wrong(cx, section_field(cx, g, s), S("names_finder"));
    return e;
}

enum err release_check_names(struct ctx *cx, const struct case_file *cf, const struct draft *d)
{
    static const char *const fields[] = {"name", "email", "credit_ja", "credit_en"};
    enum err e = OK;
    for (size_t i = 0; i < cf->nreports; i++) {
        struct q_report_get r;
        const struct json *id;
        struct json_error bad;
        TRY(q_report_get(cx->db, &r, .id = cf->reports[i].id));
        if (r.publish_name)
            continue;
        TRY(json_read(cx->a, text_open_inside(r.identity), &id, &bad));
        for (size_t k = 0; k < COUNT(fields); k++)
            if (names_in(cx, d, json_get_text(id, str_z(fields[k]))) != OK)
                e = E_INVALID;
    }
    return e;
}

enum err publication_check(struct ctx *cx, const struct case_file *cf)
{
    struct draft d;
    enum err e = draft_load(cx, cf->row.id, NEWEST, NEWEST, &d);
    if (e == E_NOT_FOUND)
        return wrong(cx, S("advisory"), S("advisory_missing"));
    TRY(e);
    e = draft_complete(cx, &d);
    if (release_check_names(cx, cf, &d) != OK)
        e = E_INVALID;
    if (d.nasked > 0 && d.asked[0].ja != d.words[LANG_JA].revision)
        e = wrong(cx, S("advisory"), S("changed_since_asked"));
    return e;
}

/* --- the first release ---------------------------------------------------------------------- */

static const struct change_line released = {.kind = "released"};

enum err publication_release(struct ctx *cx, const struct case_file *cf)
{
    struct release r;
    TRY(release_load(cx, cf, &r));
    if (r.nbefore > 0)
        return fail(cx, E_CONFLICT, "it is published");
    TRY(release_write(cx, &r, LANG_JA, false, &released));
    if (draft_english_ready(cx, &r.d))
        TRY(release_write(cx, &r, LANG_EN, false, &released));
    return release_finish(cx, &r);
}

enum err publication_preview(struct ctx *cx, const struct case_file *cf, enum lang lang,
                             struct portal_advisory *out)
{
    static const struct change_line update = {.kind = "update"};
    struct release r;
    struct q_publication_get row;
    TRY(release_load(cx, cf, &r));
    if (r.d.words[lang].revision == 0)
        return E_NOT_FOUND;
    bool first = release_before(&r, lang) == NULL;
    TRY(release_preview(cx, &r, lang, false, first ? &released : &update, &row));
    return portal_read(cx, lang, &row, out);
}

/* --- afterwards ------------------------------------------------------------------------------- */

struct after {
    str case_id;
    i64 rev;
    const struct input *in;
    struct case_file cf;
    struct release r;
};

/* clang-format off */
const struct field_rule advisory_update_rules[2] = {
    {.name = S_INIT("history_ja"), .type = FIELD_LINE, .required = true, .max = 300},
    {.name = S_INIT("history_en"), .type = FIELD_LINE, .required = true, .max = 300}};
const struct field_rule advisory_withdraw_rules[2] = {
    {.name = S_INIT("reason_ja"), .type = FIELD_TEXT, .required = true, .max = 2000},
    {.name = S_INIT("reason_en"), .type = FIELD_TEXT, .required = true, .max = 2000}};
/* clang-format on */

/* Whoever may write the text need not be who may make it public. */
static enum err open_after(struct ctx *cx, struct after *t)
{
    const struct access *acc;
    TRY(advisory_own(cx, t->case_id, &t->cf));
    TRY(access_case(cx, t->case_id, &acc));
    if (!access_has(acc, AUD_RELEASE))
        return E_DENIED;
    enum err e = release_load(cx, &t->cf, &t->r);
    if (e == E_NOT_FOUND || (e == OK && t->r.d.row.rev != t->rev))
        return fail(cx, E_CONFLICT, "the advisory moved on");
    TRY(e);
    const struct q_publications_of *ja = release_before(&t->r, LANG_JA);
    if (ja == NULL || ja->withdrawn.is)
        return wrong(cx, S(""), S("unpublished"));
    return OK;
}

static enum err close_after(struct ctx *cx, struct after *t, const char *act)
{
    struct history_note note = {.case_id = t->case_id,
                                .act = str_z(act),
                                .dept_id = case_acting_dept(cx, &t->cf, 0, ACTOR_COORDINATOR),
                                .place = {.audience = AUD_CASE}};
    TRY(release_finish(cx, &t->r));
    TRY(history_add(cx, &note));
    return case_settle(cx, t->case_id);
}

static enum err update(struct ctx *cx, void *arg)
{
    struct after *t = arg;
    struct value v[2];
    TRY(open_after(cx, t));
    TRY(release_gate(cx));
    enum err e = form_read(cx, advisory_update_rules, 2, t->in, v);
    enum err parts = draft_complete(cx, &t->r.d);
    enum err names = release_check_names(cx, &t->cf, &t->r.d);
    TRY(e);
    TRY(parts);
    TRY(names);
    struct change_line line = {.kind = "update"};
    line.text[LANG_JA] = v[0].text;
    line.text[LANG_EN] = v[1].text;
    TRY(release_write(cx, &t->r, LANG_JA, false, &line));
    if (draft_english_ready(cx, &t->r.d))
        TRY(release_write(cx, &t->r, LANG_EN, false,
                          release_before(&t->r, LANG_EN) ? &line : &released));
    return close_after(cx, t, "advisory_updated");
}

enum err advisory_update(struct ctx *cx, str case_id, i64 rev, const struct input *in)
{
    struct after *t = NEW(cx->a, struct after);
    *t = (struct after){.case_id = case_id, .rev = rev, .in = in};
    return db_write(cx, update, t);
}

enum err release_check_english(struct ctx *cx, const struct release *r)
{
    const struct draft *d = &r->d;
    enum err e = OK;
    for (enum section s = 0; s < SECTION_COUNT; s++) {
        enum translation tr = draft_translation(cx, d, s);
        str field = section_field(cx, LANG_EN, s);
        if (tr == TRANSLATION_MISSING || (tr == TRANSLATION_NONE && section_required(s)))
            e = wrong(cx, field, S("english_missing"));
        if (tr == TRANSLATION_STALE)
            e = wrong(cx, field, S("english_stale"));
    }
    return e;
}

/* The line that the Japanese update carried, for the English that comes after it. */
static enum err last_update(struct ctx *cx, const struct release *r, struct change_line *line)
{
    const struct q_publications_of *ja = release_before(r, LANG_JA);
    const struct json *j;
    struct json_error bad;
    if (ja == NULL)
        return OK;
    TRY(json_read(cx->a, ja->content, &j, &bad));
    const struct json *history = json_get(j, S("history"));
    for (size_t i = 0; i < json_count(history); i++) {
        const struct json *one = json_at(history, i);
        if (!str_eq(json_get_text(one, S("kind")), S("update")))
            continue;
        line->kind = "update";
        line->text[LANG_JA] = json_get_text(one, S("ja"));
        line->text[LANG_EN] = json_get_text(one, S("en"));
    }
    return OK;
}

static enum err release_english(struct ctx *cx, void *arg)
{
    struct after *t = arg;
    struct change_line line = released;
    i64 of = 0;
    TRY(open_after(cx, t));
    TRY(release_gate(cx));
    TRY(release_check_english(cx, &t->r));
    TRY(release_check_names(cx, &t->cf, &t->r.d));
    TRY(release_source(cx, &t->r, LANG_JA, &of));
    if (of != t->r.d.words[LANG_JA].revision) /* the English follows a Japanese not yet public */
        return wrong(cx, S("advisory"), S("japanese_first"));
    if (release_before(&t->r, LANG_EN) != NULL)
        TRY(last_update(cx, &t->r, &line));
    TRY(release_write(cx, &t->r, LANG_EN, false, &line));
    return close_after(cx, t, "english_released");
}

enum err advisory_release_english(struct ctx *cx, str case_id, i64 rev)
{
    struct after *t = NEW(cx->a, struct after);
    *t = (struct after){.case_id = case_id, .rev = rev};
    return db_write(cx, release_english, t);
}

static enum err withdraw(struct ctx *cx, void *arg)
{
    struct after *t = arg;
    struct value v[2];
    struct change_line line = {.kind = "withdrawn"};
    TRY(open_after(cx, t));
    TRY(release_gate(cx));
    TRY(form_read(cx, advisory_withdraw_rules, 2, t->in, v));
    t->r.withdrawn_reason[LANG_JA] = v[0].text;
    t->r.withdrawn_reason[LANG_EN] = v[1].text;
    for (enum lang g = 0; g < LANG_COUNT; g++)
        if (release_before(&t->r, g) != NULL)
            TRY(release_write(cx, &t->r, g, true, &line));
    return close_after(cx, t, "advisory_withdrawn");
}

enum err advisory_withdraw(struct ctx *cx, str case_id, i64 rev, const struct input *in)
{
    struct after *t = NEW(cx->a, struct after);
    *t = (struct after){.case_id = case_id, .rev = rev, .in = in};
    return db_write(cx, withdraw, t);
}

enum err publication_vendor_said(struct ctx *cx, const struct case_file *cf, int lane)
{
    struct release r;
    struct vendor_said said;
    enum err e = release_load(cx, cf, &r);
    if (e == E_NOT_FOUND)
        return OK;
    TRY(e);
    const struct q_publications_of *ja = release_before(&r, LANG_JA);
    if (ja == NULL || ja->withdrawn.is || !release_lists(&r, lane, &said))
        return OK;
    struct change_line line = {.kind = "vendor"};
    line.vendor[LANG_JA] = cf->lanes[lane].party->name_ja;
    line.vendor[LANG_EN] = cf->lanes[lane].party->name_en;
    for (enum lang g = 0; g < LANG_COUNT; g++)
        if (release_before(&r, g) != NULL)
            TRY(release_write(cx, &r, g, true, &line));
    return release_finish(cx, &r);
}
