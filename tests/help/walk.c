/* walk.c - see walk.h. */
#include "help/walk.h"

#include "app/reports.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void expect(struct ctx *cx, enum err e, str what)
{
    if (e == OK)
        return;
    str why = stage_why(cx);
    (void)fprintf(stderr, "walk: %.*s: err %u: %.*s\n", SV(what), e, SV(why));
    abort();
}

struct walk *walk_new(struct stage *st)
{
    struct walk *w = NEW(st->a, struct walk);
    w->st = st;
    for (const char *const *l = stage_logins; *l != NULL; l++) {
        struct ctx *cx = stage_as(st, *l);
        w->people[w->npeople].login = *l;
        w->people[w->npeople++].principal = cx->who.principals.v[0];
    }
    return w;
}

struct ctx *walk_as(struct walk *w, const char *who)
{
    return strcmp(who, "finder") == 0 ? stage_finder(w->st, w->report_id) : stage_as(w->st, who);
}

void walk_report(struct walk *w, const char *by, const char *to)
{
    struct ctx *cx = by != NULL ? stage_as(w->st, by) : stage_nobody(w->st);
    struct report_receipt got;
    struct q_report_get row;
    struct input *in =
        stage_input(cx->a, "name", "Taro Finder", "email", "taro@finder.example", "product",
                    "Gateway X", "environment", "report/environment", "steps", "report/steps",
                    "result", "report/result", "tell_vendor", "no", "direct_contact", "no",
                    "publish_name", "yes", "told_others", "no", "personal_data", "yes", NULL);
    expect(cx, report_submit(cx, REPORT_PRODUCT, str_z(to), in, &got), S("submit"));
    w->report_id = got.id;
    cx = stage_nobody(w->st);
    expect(cx, app_read(cx), S("read"));
    expect(cx, q_report_get(cx->db, &row, .id = got.id), S("report"));
    w->case_id = row.case_id;
}

void walk_accept(struct walk *w)
{
    struct ctx *cx = stage_as(w->st, "reception");
    struct input *in = stage_input(cx->a, "complete", "yes", "consistent", "yes", "in_scope", "yes",
                                   "vulnerability", "yes", "unknown", "yes", "note", "0.1.1/2/note",
                                   "to_finder", "0.1.1/2/to_finder", NULL);
    expect(cx, report_accept(cx, w->report_id, 1, in, &w->case_id), S("accept"));
}

static struct ctx *open_case(struct walk *w, struct case_file *cf)
{
    struct ctx *cx = stage_nobody(w->st);
    expect(cx, case_load(cx, w->case_id, cf), S("load"));
    return cx;
}

static int lane_of(const struct case_file *cf, const char *slug)
{
    for (int i = 1; i < (int)cf->nlanes; i++)
        if (str_eq(cf->lanes[i].party->slug, str_z(slug)))
            return i;
    return 0;
}

str walk_lane(struct walk *w, const char *slug)
{
    struct case_file cf;
    (void)open_case(w, &cf);
    return str_copy(w->st->a, cf.lanes[lane_of(&cf, slug)].id);
}

static str default_answer(struct ctx *cx, const struct field_rule *r, str place)
{
    switch ((int)r->type) {
    case FIELD_CHOICE:
    case FIELD_CHOICES: return r->choices[0].value;
    case FIELD_BOOL: return S("yes");
    case FIELD_INSTANT: return time_rfc3339(cx->a, cx->now + 30 * DAY, zone_tokyo);
    case FIELD_URL: return S("https://vendor.example/advisory");
    default: return place;
    }
}

static bool is_given(const struct input *in, str name)
{
    for (size_t i = 0; i < in->n; i++)
        if (str_eq(in->v[i].name, name) ||
            (str_has_prefix(in->v[i].name, name) && in->v[i].name.p[name.n] == '.'))
            return true;
    return false;
}

static void fill(struct ctx *cx, const struct step_form *form, const char *lane, const char *step,
                 int hop, struct input *in)
{
    for (size_t i = 0; i < form->n; i++) {
        const struct field_rule *r = &form->rules[i];
        if (!r->required || is_given(in, r->name))
            continue;
        if (r->type == FIELD_ROWS) {
            input_put(cx->a, in, str_fmt(cx->a, "%.*s.0.name", SV(r->name)), S("Gateway X"));
            continue;
        }
        str place = str_fmt(cx->a, "%s/%d/%.*s at %s", step, hop, SV(r->name), lane);
        input_put(cx->a, in, r->name, default_answer(cx, r, place));
    }
}

enum err walk_try(struct walk *w, const char *who, const char *lane, const char *step, int hop,
                  const struct input *in)
{
    struct case_file cf;
    struct ctx *cx = open_case(w, &cf);
    struct step_form form = {0};
    struct input all = {0};
    int l = lane_of(&cf, lane), s = process_step(cx->app->process, cf.flow, str_z(step));
    must(s >= 0);
    const struct step_state *state = progress_at(&cf.g, l, s);
    i64 round = state->status == STEP_DONE ? state->round + 1 : state->round;
    struct step_ref ref = {w->case_id, cf.lanes[l].id, str_z(step)};
    for (size_t i = 0; in != NULL && i < in->n; i++)
        *PUSH(cx->a, &all) = in->v[i];
    if (hop <= (int)case_step(&cf, s)->nhops)
        expect(cx, step_form(cx, &cf, l, s, hop, &form), S("form"));
    fill(cx, &form, lane, step, hop, &all);
    struct ctx *as = walk_as(w, who);
    enum err e = step_perform(as, &ref, round, hop, &all);
    w->why = stage_why(as);
    (void)stage_later(w->st, MINUTE);
    return e;
}

void walk_act(struct walk *w, const char *who, const char *lane, const char *step, int hop, ...)
{
    struct input in = {0};
    const char *name;
    va_list list;
    va_start(list, hop);
    while ((name = va_arg(list, const char *)) != NULL)
        input_put(w->st->a, &in, str_z(name), str_z(va_arg(list, const char *)));
    va_end(list);
    if (walk_try(w, who, lane, step, hop, &in) == OK)
        return;
    (void)fprintf(stderr, "walk: %s performs %s/%d of %s: %.*s\n", who, step, hop, lane,
                  SV(w->why));
    abort();
}

void walk_sign(struct walk *w, const char *who, const char *step)
{
    struct case_file cf;
    struct ctx *cx = open_case(w, &cf);
    const char *dot = strchr(who, '.');
    enum actor kind;
    must(dot != NULL && actor_find(str_z(dot + 1), &kind));
    str slug = str_sub(str_z(who), 0, (size_t)(dot - who));
    int l = lane_of(&cf, str_to_z(cx->a, slug));
    int s = process_step(cx->app->process, cf.flow, str_z(step));
    struct step_ref ref = {w->case_id, cf.lanes[l].id, str_z(step)};
    i64 round = progress_at(&cf.g, l, s)->round;
    struct input in = {0};
    struct ctx *as = walk_as(w, who);
    expect(as, step_sign(as, &ref, round, kind, &in), str_fmt(cx->a, "%s signs %s", who, step));
    (void)stage_later(w->st, MINUTE);
}

static const char *slug_of(struct walk *w, str lane_id)
{
    struct case_file cf;
    (void)open_case(w, &cf);
    for (int i = 1; i < (int)cf.nlanes; i++)
        if (str_eq(cf.lanes[i].id, lane_id))
            return str_to_z(w->st->a, cf.lanes[i].party->slug);
    return "";
}

static str who_is(const struct walk *w, str principal);

/* The first thing that waits and is not left alone; false: none. */
static bool run_one(struct walk *w, const char *but)
{
    struct ctx *cx = stage_nobody(w->st);
    struct q_tasks_of *rows;
    size_t n;
    expect(cx, app_read(cx), S("read"));
    expect(cx, q_tasks_of(cx->db, &rows, &n, .case_id = w->case_id), S("tasks"));
    for (size_t i = 0; i < n; i++) {
        const char *step = str_to_z(cx->a, rows[i].step);
        const char *who = str_to_z(cx->a, who_is(w, rows[i].principal));
        if (strstr(but, step) != NULL || strcmp(step, "1.1") == 0)
            continue;
        if (rows[i].hop == 0)
            walk_sign(w, who, step);
        else
            walk_act(w, who, slug_of(w, rows[i].lane), step, (int)rows[i].hop, NULL);
        return true;
    }
    return false;
}

void walk_run(struct walk *w, const char *but)
{
    for (int i = 0; i < 500; i++)
        if (!run_one(w, but))
            return;
    abort();
}

void walk_begin(struct walk *w, bool both)
{
    str one = stage_org_id(w->st, "mihon"), two = stage_org_id(w->st, both ? "reiji" : "mihon");
    walk_report(w, NULL, NULL);
    walk_accept(w);
    if (both)
        walk_act(w, "coordinator", "", "1.1", 1, "vendors", str_to_z(w->st->a, one), "vendors",
                 str_to_z(w->st->a, two), NULL);
    else
        walk_act(w, "coordinator", "", "1.1", 1, "vendors", str_to_z(w->st->a, one), NULL);
    walk_act(w, "coordinator", "mihon", "1.2.1", 1, NULL);
    if (both)
        walk_act(w, "coordinator", "reiji", "1.2.1", 1, NULL);
}

/* --- looking ---------------------------------------------------------------------------------- */

static str who_is(const struct walk *w, str principal)
{
    for (size_t i = 0; i < w->npeople; i++)
        if (str_eq(w->people[i].principal, principal))
            return str_z(w->people[i].login);
    return str_eq(principal, w->report_id) ? S("finder") : principal;
}

static int by_text(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

str walk_waits(struct walk *w)
{
    struct ctx *cx = stage_nobody(w->st);
    struct q_tasks_of *rows;
    size_t n;
    buf b = {.a = w->st->a};
    expect(cx, app_read(cx), S("read"));
    expect(cx, q_tasks_of(cx->db, &rows, &n, .case_id = w->case_id), S("tasks"));
    str *all = NEWS(cx->a, str, n + 1);
    for (size_t i = 0; i < n; i++)
        all[i] = str_fmt(cx->a, "%.*s:%.*s%s", SV(who_is(w, rows[i].principal)), SV(rows[i].step),
                         rows[i].hop == 0 ? "*" : "");
    qsort(all, n, sizeof *all, by_text);
    for (size_t i = 0; i < n; i++)
        buf_putf(&b, "%s%.*s", i ? " " : "", SV(all[i]));
    buf_put(&b, S(""));
    return b.n > 0 ? buf_str(&b) : S("");
}

/* The newest text of that place, opened for one reader: by the list of texts that the reader
 * may have, and by asking for it alone.  Both must agree. */
static bool can_read(struct walk *w, const char *who, const char *kind, str text_id)
{
    struct ctx *cx = walk_as(w, who);
    const struct access *acc = NULL;
    struct q_text_of_kind *all;
    struct q_texts_readable *rows;
    size_t n, nall;
    bool listed = false, opened = false;
    enum err e = access_case(cx, w->case_id, &acc);
    expect(cx, e == E_NOT_FOUND ? OK : e, S("access"));
    expect(cx, app_read(cx), S("read"));
    expect(cx,
           q_texts_readable(cx->db, &rows, &n, .case_id = w->case_id,
                            .principals = cx->who.principals),
           S("texts"));
    for (size_t i = 0; i < n; i++)
        listed |= str_eq(rows[i].id, text_id);
    expect(cx, q_text_of_kind(cx->db, &all, &nall, .case_id = w->case_id, .kind = str_z(kind)),
           S("texts"));
    for (size_t i = 0; i < nall && acc != NULL; i++) {
        struct place at = {.audience = (enum audience)all[i].audience,
                           .lane = all[i].lane,
                           .step = all[i].step,
                           .report_id = w->report_id};
        if (str_eq(all[i].id, text_id))
            opened = text_open(acc, &at, all[i].body).p != NULL;
    }
    if (opened != listed && cx->who.report_id.n == 0) {
        (void)fprintf(stderr, "walk: %s: the list and the text do not agree\n", who);
        abort();
    }
    return opened;
}

static void add_reader(buf *b, const char *who)
{
    buf_putf(b, "%s%s", b->n ? " " : "", who);
}

str walk_sees(struct walk *w, const char *lane, const char *step, const char *kind)
{
    struct ctx *cx = stage_nobody(w->st);
    str lane_id = lane[0] != '\0' ? walk_lane(w, lane) : S(""), found = NO_STR;
    struct q_text_of_kind *all;
    size_t n;
    buf b = {.a = w->st->a};
    cx = stage_nobody(w->st);
    expect(cx, app_read(cx), S("read"));
    expect(cx, q_text_of_kind(cx->db, &all, &n, .case_id = w->case_id, .kind = str_z(kind)),
           S("texts"));
    for (size_t i = 0; i < n; i++)
        if (str_eq(all[i].lane, lane_id) && str_eq(all[i].step, str_z(step)))
            found = all[i].id;
    if (found.n == 0)
        return S("no such text");
    for (size_t i = 0; i < w->npeople; i++)
        if (can_read(w, w->people[i].login, kind, found))
            add_reader(&b, w->people[i].login);
    if (can_read(w, "finder", kind, found))
        add_reader(&b, "finder");
    return b.n > 0 ? buf_str(&b) : S("");
}

str walk_knows(struct walk *w)
{
    buf b = {.a = w->st->a};
    const struct access *acc;
    for (size_t i = 0; i < w->npeople; i++) {
        struct ctx *cx = stage_as(w->st, w->people[i].login);
        enum err e = access_case(cx, w->case_id, &acc);
        expect(cx, e == E_NOT_FOUND ? OK : e, S("access"));
        if (e == OK)
            add_reader(&b, w->people[i].login);
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

str walk_state(struct walk *w, const char *lane, const char *step)
{
    static const char *const words[] = {[STEP_WAITING] = "waiting",
                                        [STEP_OPEN] = "open",
                                        [STEP_DONE] = "done",
                                        [STEP_SKIPPED] = "skipped",
                                        [STEP_NOT_APPLICABLE] = "not_applicable"};
    struct case_file cf;
    struct ctx *cx = open_case(w, &cf);
    int s = process_step(cx->app->process, cf.flow, str_z(step));
    must(s >= 0);
    return str_z(words[progress_at(&cf.g, lane_of(&cf, lane), s)->status]);
}
