/* report_out.c - see report_out.h. */
#include "web/report_out.h"

#include "app/tables.h"
#include "web/frame.h"

enum look report_look(str state)
{
    static const struct {
        str state;
        enum look look;
    } looks[] = {
        {S_INIT("received"), LOOK_WAIT}, {S_INIT("handling"), LOOK_OPEN},
        {S_INIT("accepted"), LOOK_OPEN}, {S_INIT("site"), LOOK_OPEN},
        {S_INIT("answered"), LOOK_OPEN}, {S_INIT("helping"), LOOK_OPEN},
        {S_INIT("refused"), LOOK_NO},    {S_INIT("ended"), LOOK_DONE},
    };
    for (size_t i = 0; i < COUNT(looks); i++)
        if (str_eq(looks[i].state, state))
            return looks[i].look;
    return LOOK_NA;
}

/* The word PREFIX_NAME; the name where there is none. */
static str named(struct ctx *cx, const char *prefix, str name)
{
    enum word w;
    return word_find(str_fmt(cx->a, "%s_%.*s", prefix, SV(name)), &w) ? word(cx->lang, w) : name;
}

str report_state_word(struct ctx *cx, str state)
{
    return named(cx, "report_state", state);
}

str report_kind_word(struct ctx *cx, str kind)
{
    return named(cx, "report_kind", kind);
}

str report_source_word(struct ctx *cx, str source)
{
    return named(cx, "report_source", source);
}

str other_lang(const struct ctx *cx, str lang)
{
    return lang.n > 0 && !str_eq(lang, lang_tag(cx->lang)) ? lang : NO_STR;
}

/* --- what was sent ------------------------------------------------------------------------------ */

static str section_word(struct ctx *cx, const struct report_view *r, enum report_section s)
{
    static const enum word words[REPORT_SECTIONS] = {
        [SECTION_WHO] = W_report_part_who,
        [SECTION_CONTENT] = W_report_part_content,
        [SECTION_CONSENT] = W_report_part_consent,
        [SECTION_OTHERS] = W_report_part_others,
    };
    bool site = str_eq(r->kind, report_kind_name(REPORT_WEBSITE));
    if (s == SECTION_TARGET)
        return word(cx->lang, site ? W_report_part_website : W_report_part_product);
    return word(cx->lang, words[s]);
}

static str label_of(struct ctx *cx, str field)
{
    struct field_rule rule = {.name = field};
    return field_label(cx->a, &rule, cx->lang);
}

struct report_pairs report_pairs(struct ctx *cx, const struct report_view *r, bool consents)
{
    struct report_pair *v = NEWS(cx->a, struct report_pair, r->nitems + 1);
    size_t n = 0;
    for (enum report_section s = 0; s < REPORT_SECTIONS; s++) {
        bool first = true;
        if (s == SECTION_CONSENT && !consents)
            continue;
        for (size_t i = 0; i < r->nitems; i++) {
            if (r->items[i].section != s)
                continue;
            v[n++] = (struct report_pair){.label = label_of(cx, r->items[i].field),
                                          .value = r->items[i].value,
                                          .lang = other_lang(cx, r->lang),
                                          .section = first ? section_word(cx, r, s) : NO_STR};
            first = false;
        }
    }
    return (struct report_pairs){v, n};
}

static str yes_no(struct ctx *cx, const char *field, bool is)
{
    static const struct field_choice both[] = {{.value = S_INIT("yes")}, {.value = S_INIT("no")}};
    struct field_rule r = {.name = str_z(field), .choices = both, .nchoices = COUNT(both)};
    return choice_label(cx->a, &r, is ? 0 : 1, cx->lang);
}

struct report_pairs report_consents(struct ctx *cx, const struct report_view *r)
{
    enum { MOST = 5 };
    struct report_pair *v = NEWS(cx->a, struct report_pair, MOST);
    size_t n = 0;
    if (!str_eq(r->kind, report_kind_name(REPORT_OWN))) {
        v[n++] = (struct report_pair){.label = label_of(cx, S("tell_vendor")),
                                      .value = yes_no(cx, "tell_vendor", r->tell_vendor)};
        v[n++] = (struct report_pair){.label = label_of(cx, S("direct_contact")),
                                      .value = yes_no(cx, "direct_contact", r->direct_contact)};
    }
    v[n++] = (struct report_pair){.label = label_of(cx, S("publish_name")),
                                  .value = yes_no(cx, "publish_name", r->publish_name)};
    for (size_t i = 0; i < r->nitems && n < MOST; i++)
        if (str_has_prefix(r->items[i].field, S("credit_")))
            v[n++] = (struct report_pair){.label = label_of(cx, r->items[i].field),
                                          .value = r->items[i].value};
    return (struct report_pairs){v, n};
}

/* --- talk and files ----------------------------------------------------------------------------- */

/* The intake's own notes begin with short lines: what was found or done, and to whom it went. */
static void read_note(struct ctx *cx, const struct talk_item *it, struct talk_line *l)
{
    str rest = it->text;
    if (str_eq(it->kind, S("triage"))) {
        str what = named(cx, "choice_triage", str_cut(&rest, '\n'));
        str to = str_cut(&rest, '\n');
        l->what = to.n ? words_triage_passed(cx->a, cx->lang, .what = what, .who = to) : what;
        l->text = rest;
    } else if (str_eq(it->kind, S("site_answer"))) {
        l->what = named(cx, "choice_done", str_cut(&rest, '\n'));
        l->text = rest;
    } else if (str_eq(it->kind, S("details"))) {
        l->what = word(cx->lang, W_report_to_site);
    }
}

static bool is_beside(str kind)
{
    return str_eq(kind, S("triage")) || str_eq(kind, S("site_answer")) ||
           str_eq(kind, S("details"));
}

html report_talk(struct ctx *cx, const struct report_view *r, bool with_finder, str base)
{
    struct html_out o = {.b = {.a = cx->a}, .lang = cx->lang, .zone = cx->zone, .now = cx->now};
    struct talk_line *v = NEWS(cx->a, struct talk_line, r->ntalk + 1);
    size_t n = 0;
    for (size_t i = 0; i < r->ntalk; i++) {
        const struct talk_item *it = &r->talk[i];
        if (is_beside(it->kind) == with_finder)
            continue;
        struct talk_line *l = &v[n++];
        *l = (struct talk_line){.id = it->id,
                                .lang = other_lang(cx, it->lang),
                                .text = it->text,
                                .at = it->at,
                                .files = file_lines(cx, &r->files, it->id, base)};
        if (it->who.n > 0)
            l->by = it->who;
        else
            l->by = word(cx->lang, r->is_finder ? W_talk_you : W_talk_finder);
        read_note(cx, it, l);
    }
    if (n > 0)
        tpl_talk(&o, v, n);
    return (html){buf_str(&o.b)};
}

html report_files(struct ctx *cx, const struct report_view *r, str base)
{
    struct html_out o = {.b = {.a = cx->a}, .lang = cx->lang, .zone = cx->zone, .now = cx->now};
    struct file_lines v = file_lines(cx, &r->files, NO_STR, base);
    tpl_file_list(&o, &v);
    return (html){buf_str(&o.b)};
}

/* --- where it is, and what comes ---------------------------------------------------------------- */

struct stages report_stages(struct ctx *cx, const struct report_view *r)
{
    bool site = str_eq(r->kind, report_kind_name(REPORT_WEBSITE));
    struct stages s = {.n = 4};
    s.v[0] =
        (struct stage){word(cx->lang, W_stage_received), S("none"), S("false"), SOME(r->received)};
    s.v[1] = (struct stage){word(cx->lang, W_stage_accepted), S("none"), S("false"), r->accepted};
    s.v[2] = (struct stage){word(cx->lang, site ? W_stage_site : W_stage_handled), S("none"),
                            S("false"), site ? r->site_notified : (opt_i64){0}};
    s.v[3] = (struct stage){word(cx->lang, r->published.is ? W_stage_published : W_stage_ended),
                            S("none"), S("false"), r->published.is ? r->published : r->ended};
    bool handled = r->published.is || r->ended.is;
    bool reached[4] = {true, r->accepted.is || r->case_id.p != NULL, handled, handled};
    if (r->refused.is || (r->ended.is && !reached[1])) { /* it never came that far */
        s.v[1] = s.v[3];
        reached[1] = true;
        s.n = 2;
    }
    for (size_t i = 0; i < s.n; i++)
        if (reached[i])
            s.v[i].css = S("done");
    for (size_t i = 0; i < s.n; i++)
        if (!reached[i]) {
            s.v[i].here = S("step");
            break;
        }
    return s;
}

/* The clocks' own words are those of the body that has to act; its finder waits. */
static str clock_word(struct ctx *cx, const struct report_view *r, const struct clock_row *row)
{
    if (r->is_finder && str_eq(row->id, S("acknowledge")))
        return words_own_next_received(cx->a, cx->lang, .who = r->recipient);
    if (r->is_finder && str_eq(row->id, S("finder_word")))
        return words_own_next_word(cx->a, cx->lang, .who = r->recipient);
    return row->word[cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT];
}

struct next_lines report_next(struct ctx *cx, const struct report_view *r)
{
    struct next_line *v = NEWS(cx->a, struct next_line, r->clocks.n + 1);
    size_t n = 0, most = r->is_finder ? 1 : r->clocks.n;
    for (size_t i = 0; i < r->clocks.n && n < most; i++) {
        const struct clock_state *c = &r->clocks.v[i];
        if (c->is == CLOCK_RUNNING || c->is == CLOCK_OVERDUE)
            v[n++] = (struct next_line){clock_word(cx, r, c->row), c->due, c->is == CLOCK_OVERDUE};
    }
    return (struct next_lines){v, n};
}
