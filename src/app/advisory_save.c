/* advisory_save.c - write the portal's text, and ask the vendors to agree to it. */
#include "app/advisory_own.h"

#include "app/case_new.h"
#include "app/history.h"
#include "app/notice.h"
#include "app/search_index.h"
#include "formats/json.h"

/* clang-format off */
#define WORDS(g)                                                                                   \
    {.name = S_INIT(g ".title"), .type = FIELD_LINE, .max = 300},                                  \
    TEXT(g ".overview"), TEXT(g ".affected"), TEXT(g ".description"), TEXT(g ".impact"),           \
    TEXT(g ".solution"), TEXT(g ".vendor_info"), TEXT(g ".references"), TEXT(g ".addendum"),       \
    TEXT(g ".analysis"), TEXT(g ".credit"), TEXT(g ".other")
#define TEXT(n) {.name = S_INIT(n), .type = FIELD_TEXT, .max = 20000}
#define BOOL(n) {.name = S_INIT(n), .type = FIELD_BOOL}

/* Two languages, in the order of enum lang and enum section; then what follows; then the flag. */
static const struct field_rule rules[] = {
    WORDS("ja"), WORDS("en"),
    BOOL("follows.title"), BOOL("follows.overview"), BOOL("follows.affected"),
    BOOL("follows.description"), BOOL("follows.impact"), BOOL("follows.solution"),
    BOOL("follows.vendor_info"), BOOL("follows.references"), BOOL("follows.addendum"),
    BOOL("follows.analysis"), BOOL("follows.credit"), BOOL("follows.other"),
    BOOL("critical"),
};
/* clang-format on */
enum { AT_JA = 0, AT_EN = SECTION_COUNT, AT_FOLLOWS = 2 * SECTION_COUNT, AT_CRITICAL = 36 };
_Static_assert(COUNT(rules) == AT_CRITICAL + 1, "one rule a place");

const struct field_rule *advisory_rules(size_t *n)
{
    *n = COUNT(rules);
    return rules;
}

struct save {
    str case_id;
    i64 rev;
    const struct input *in;
    i64 *rev_out;
    /* on the way */
    struct case_file cf;
    struct draft d;
    struct value v[COUNT(rules)];
};

/* The first save draws the number; a later one must know the newest state. */
static enum err take_rev(struct ctx *cx, struct save *t)
{
    enum err e = draft_load(cx, t->case_id, NEWEST, NEWEST, &t->d);
    if (e == OK) {
        if (t->rev != t->d.row.rev)
            return fail(cx, E_CONFLICT, "the advisory moved on");
        *t->rev_out = t->rev + 1;
        return q_advisory_next(cx->db, .id = t->d.row.id, .rev = t->rev);
    }
    if (e != E_NOT_FOUND)
        return e;
    if (t->rev != 0)
        return fail(cx, E_CONFLICT, "there is no advisory yet");
    str id = new_id(cx), number;
    TRY(number_free(cx, &number));
    TRY(q_advisory_add(cx->db, .id = id, .case_id = t->case_id, .number = number,
                       .created = cx->now));
    *t->rev_out = 1;
    return draft_load(cx, t->case_id, NEWEST, NEWEST, &t->d);
}

/* The new words of one language; whether they differ from the old. */
static bool new_words(const struct save *t, enum lang lang, struct advisory_words *w)
{
    bool changed = false;
    *w = t->d.words[lang];
    for (enum section s = 0; s < SECTION_COUNT; s++) {
        size_t at = (lang == LANG_JA ? AT_JA : AT_EN) + s;
        if (input_get(t->in, rules[at].name).p == NULL)
            continue; /* did not come: stays */
        str now = t->v[at].is ? t->v[at].text : S("");
        changed |= !str_eq(now, w->section[s]);
        w->section[s] = now;
    }
    if (lang == LANG_JA && t->v[AT_CRITICAL].is) {
        changed |= w->critical != (t->v[AT_CRITICAL].n != 0);
        w->critical = t->v[AT_CRITICAL].n != 0;
    }
    return changed;
}

/* A translation follows the Japanese of the moment when it is written, or said to be right. */
static bool new_follows(struct ctx *cx, const struct save *t, const struct advisory_words *ja,
                        const struct advisory_words *en, str *follows)
{
    bool changed = false;
    for (enum section s = 0; s < SECTION_COUNT; s++) {
        const struct value *said = &t->v[AT_FOLLOWS + s];
        bool written = !str_eq(en->section[s], t->d.words[LANG_EN].section[s]);
        follows[s] = t->d.follows[s];
        if (en->section[s].n == 0)
            follows[s] = NO_STR;
        else if (written || (said->is && said->n != 0))
            follows[s] = section_mark(cx, ja->section[s]);
        changed |= !str_eq(follows[s], t->d.follows[s]);
    }
    return changed;
}

static enum err put_words(struct ctx *cx, const struct save *t, enum lang lang,
                          const struct advisory_words *w, const str *follows, i64 of)
{
    buf b = {.a = cx->a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    for (enum section s = 0; s < SECTION_COUNT; s++)
        json_put_member(&o, section_name(s), w->section[s]);
    json_put_member_bool(&o, S("critical"), w->critical);
    if (follows != NULL) {
        json_put_key(&o, S("follows"));
        json_put_object(&o);
        for (enum section s = 0; s < SECTION_COUNT; s++)
            json_put_member(&o, section_name(s), follows[s]);
        json_put_end(&o);
    }
    json_put_end(&o);
    TRY(q_advisory_text_add(cx->db, .id = new_id(cx), .advisory_id = t->d.row.id,
                            .lang = lang_code(lang), .revision = t->d.words[lang].revision + 1,
                            .at = cx->now, .person_id = cx->who.person_id,
                            .of_revision = {of > 0, of}, .content = text_seal(cx, buf_str(&b))));
    struct search_doc doc = {.source = S("advisory"),
                             .case_id = t->case_id,
                             .place = {.audience = AUD_OFFICE},
                             .body = buf_str(&b)};
    doc.id = str_fmt(cx->a, "%.*s.%.*s", SV(t->d.row.id), SV(lang_code(lang)));
    return search_index(cx, &doc);
}

static enum err note_act(struct ctx *cx, const struct case_file *cf, const char *act,
                         enum audience audience)
{
    struct history_note note = {.case_id = cf->row.id,
                                .act = str_z(act),
                                .dept_id = case_acting_dept(cx, cf, 0, ACTOR_COORDINATOR),
                                .place = {.audience = audience}};
    return history_add(cx, &note);
}

static enum err save(struct ctx *cx, void *arg)
{
    struct save *t = arg;
    struct advisory_words ja, en;
    str follows[SECTION_COUNT];
    TRY(advisory_own(cx, t->case_id, &t->cf));
    TRY(form_read(cx, rules, COUNT(rules), t->in, t->v));
    TRY(take_rev(cx, t));
    bool ja_changed = new_words(t, LANG_JA, &ja);
    bool en_changed = new_words(t, LANG_EN, &en);
    en_changed |= new_follows(cx, t, &ja, &en, follows);
    i64 of = t->d.words[LANG_JA].revision + ja_changed;
    if (ja_changed)
        TRY(put_words(cx, t, LANG_JA, &ja, NULL, 0));
    if (en_changed)
        TRY(put_words(cx, t, LANG_EN, &en, follows, of));
    return ja_changed || en_changed ? note_act(cx, &t->cf, "advisory_saved", AUD_OFFICE) : OK;
}

enum err advisory_save(struct ctx *cx, str case_id, i64 rev, const struct input *in, i64 *rev_out)
{
    struct save *t = NEW(cx->a, struct save);
    *t = (struct save){.case_id = case_id, .rev = rev, .in = in, .rev_out = rev_out};
    return db_write(cx, save, t);
}

/* --- agreement ------------------------------------------------------------------------------ */

/* Contacts that were asked before and have not answered hear of the new text; those whose
 * step opens now hear of it as of any step. */
static enum err tell_waiting(struct ctx *cx, const struct case_file *cf)
{
    int step = step_with(cf, THEN_AGREE_DRAFT);
    str who[1];
    for (int lane = 1; lane < (int)cf->nlanes && step >= 0; lane++)
        if (progress_at(&cf->g, lane, step)->status == STEP_OPEN &&
            case_principals(cf, lane, ACTOR_POC, who, 1) == 1)
            TRY(notice_task(cx, who[0], cf->row.number));
    return OK;
}

/* After a refusal the same text may be put forward once more. */
static bool anybody_refused(const struct case_file *cf)
{
    int step = step_with(cf, THEN_AGREE_DRAFT);
    for (int lane = 1; lane < (int)cf->nlanes && step >= 0; lane++)
        if (str_eq(progress_answer(&cf->g, lane, step, 1, S("agree")), S("no")))
            return true;
    return false;
}

static enum err ask(struct ctx *cx, void *arg)
{
    struct save *t = arg;
    TRY(advisory_own(cx, t->case_id, &t->cf));
    enum err e = draft_load(cx, t->case_id, NEWEST, NEWEST, &t->d);
    if (e == E_NOT_FOUND || (e == OK && t->rev != t->d.row.rev))
        return fail(cx, E_CONFLICT, "the advisory moved on");
    TRY(e);
    TRY(draft_complete(cx, &t->d));
    i64 ja = t->d.words[LANG_JA].revision, en = t->d.words[LANG_EN].revision;
    if (t->d.nasked > 0 && t->d.asked[0].ja == ja && t->d.asked[0].en == en &&
        !anybody_refused(&t->cf))
        return wrong(cx, S(""), S("asked_already"));
    TRY(q_advisory_asked_add(cx->db, .id = new_id(cx), .advisory_id = t->d.row.id, .at = cx->now,
                             .person_id = cx->who.person_id, .ja = ja, .en = en));
    TRY(q_case_draft_asked(cx->db, .id = t->case_id, .at = cx->now));
    TRY(tell_waiting(cx, &t->cf));
    TRY(note_act(cx, &t->cf, "draft_asked", AUD_DRAFT));
    return case_settle(cx, t->case_id);
}

enum err advisory_ask(struct ctx *cx, str case_id, i64 rev)
{
    struct save *t = NEW(cx->a, struct save);
    *t = (struct save){.case_id = case_id, .rev = rev};
    return db_write(cx, ask, t);
}
