/* content_page.c - see content_page.h. */
#include "web/pages/content_page.h"

#include "app/tables.h"
#include "base/asset.h"
#include "domain/process.h"
#include "formats/markdown.h"
#include "web/public.h"

/* --- texts ---------------------------------------------------------------------------------- */

/* {reception} and {coordinator} are what the settings call them. */
static str filled(struct ctx *cx, str text, const struct bodies *b)
{
    buf out = {.a = cx->a};
    while (text.n > 0) {
        ptrdiff_t at = str_find_char(text, '{');
        buf_put(&out, at < 0 ? text : str_sub(text, 0, (size_t)at));
        if (at < 0)
            break;
        text = str_from(text, (size_t)at);
        if (str_has_prefix(text, S("{reception}")))
            buf_put(&out, b->reception);
        else if (str_has_prefix(text, S("{coordinator}")))
            buf_put(&out, b->coordinator);
        else
            buf_char(&out, '{');
        text = str_from(text, str_has_prefix(text, S("{reception}"))     ? 11
                              : str_has_prefix(text, S("{coordinator}")) ? 13
                                                                         : 1);
    }
    return buf_str(&out);
}

/* The renderer begins at h3, below a section's heading; here they stand right below the h1. */
static html raised(struct ctx *cx, str markup)
{
    buf out = {.a = cx->a};
    for (size_t i = 0; i < markup.n; i++) {
        bool heading = i >= 2 && markup.p[i - 1] == 'h' && markup.p[i] >= '3' &&
                       markup.p[i] <= '6' && i + 1 < markup.n && markup.p[i + 1] == '>' &&
                       (markup.p[i - 2] == '<' || markup.p[i - 2] == '/');
        buf_char(&out, heading ? (char)(markup.p[i] - 1) : markup.p[i]);
    }
    return (html){out.n > 0 ? buf_str(&out) : S("")};
}

static enum err read_content(struct ctx *cx, const char *name, struct content_view *v)
{
    const char *code = cx->lang == LANG_JA ? "ja" : "en";
    const struct asset *asset = asset_find(str_fmt(cx->a, "content/%s/%s.md", code, name));
    struct bodies b;
    must(asset != NULL);
    TRY(public_bodies(cx, &b));
    str text = asset->bytes;
    str first = str_cut(&text, '\n');
    v->title = str_trim(str_from(first, 1)); /* "# …" */
    v->body = raised(cx, markdown_html(cx->a, filled(cx, text, &b)));
    return OK;
}

static enum err begin(struct ctx *cx, struct reply *an, const char *name, struct content_view *v)
{
    TRY(public_keep(cx, an));
    TRY(read_content(cx, name, v));
    an->title = v->title;
    an->head = public_head(cx, str_fmt(cx->a, "/%s", name), true, true);
    return OK;
}

static enum err show(struct ctx *cx, struct reply *an, const char *name)
{
    struct content_view v;
    TRY(begin(cx, an, name, &v));
    tpl_content(&an->out, &v);
    return OK;
}

#define PAGE(fn, name)                                                                             \
    static enum err fn(struct ctx *cx, [[maybe_unused]] struct request *rq, struct reply *an)      \
    {                                                                                              \
        return show(cx, an, name);                                                                 \
    }
PAGE(show_about, "about")
PAGE(show_policy, "policy")
PAGE(show_privacy, "privacy")
PAGE(show_vendors, "vendor-registration")
PAGE(show_machine, "machine-readable")

/* --- the process ------------------------------------------------------------------------------ */

static int lang_at(const struct ctx *cx)
{
    return cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT;
}

static str all_of(struct ctx *cx, unsigned always, unsigned asked)
{
    buf b = {.a = cx->a};
    for (int i = 0; i < ACTOR_COUNT; i++) {
        str name = department_word((enum actor)i, cx->lang);
        if (!((always | asked) >> i & 1))
            continue;
        if (b.n > 0)
            buf_put(&b, cx->lang == LANG_JA ? S("、") : S(", "));
        buf_put(&b, always >> i & 1 ? name : words_where_needed(cx->a, cx->lang, .name = name));
    }
    return b.n > 0 ? buf_str(&b) : S("");
}

/* Who acts, one after the other. */
static str way_of(struct ctx *cx, const struct step *s)
{
    buf b = {.a = cx->a};
    for (size_t i = 0; i < s->nhops; i++)
        buf_putf(&b, "%s%.*s", i > 0 ? " → " : "", SV(department_word(s->hops[i].actor, cx->lang)));
    return b.n > 0 ? buf_str(&b) : department_word(s->lead, cx->lang);
}

static void fill_phase(struct ctx *cx, const struct flow_table *t, int phase,
                       struct flow_phase *out)
{
    static const enum word names[] = {W_phase_0, W_phase_1, W_phase_2,
                                      W_phase_3, W_phase_4, W_phase_5};
    struct flow_step *steps = NEWS(cx->a, struct flow_step, t->n + 1);
    *out = (struct flow_phase){.name = word(cx->lang, names[phase]), .number = phase};
    for (size_t i = 0; i < t->n; i++) {
        const struct step *s = &t->steps[i];
        if (s->phase == phase)
            steps[out->nsteps++] = (struct flow_step){s->id,
                                                      s->title[lang_at(cx)],
                                                      way_of(cx, s),
                                                      all_of(cx, s->with, s->with_asked),
                                                      all_of(cx, s->share, s->share_asked),
                                                      s->kind == STEP_DECISION};
    }
    out->steps = steps;
}

static void fill_flow(struct ctx *cx, enum flow flow, struct flow_view *out)
{
    enum { PHASE_COUNT = 6 };
    const struct process *p = cx->app->process;
    struct flow_phase *phases = NEWS(cx->a, struct flow_phase, PHASE_COUNT);
    *out = (struct flow_view){
        .id = flow_name(flow),
        .title = word(cx->lang, flow == FLOW_DIRECT ? W_drawing_direct : W_drawing_coordinated),
        .svg = {process_svg(cx->a, p, flow, lang_at(cx))},
        .phases = phases,
    };
    for (int i = 0; i < PHASE_COUNT; i++) {
        fill_phase(cx, &p->flow[flow], i, &phases[out->nphases]);
        if (phases[out->nphases].nsteps > 0)
            out->nphases++;
    }
}

static enum err show_process(struct ctx *cx, struct request *rq, struct reply *an)
{
    struct process_view v;
    struct flow_view flows[FLOW_COUNT];
    (void)rq;
    TRY(begin(cx, an, "process", &v.content));
    for (enum flow f = 0; f < FLOW_COUNT; f++)
        fill_flow(cx, f, &flows[f]);
    v.flows = flows;
    v.nflows = FLOW_COUNT;
    tpl_process(&an->out, &v);
    return OK;
}

/* clang-format off */
static const struct route table[] = {
    {GET, S_INIT("/{lang}/about"),               NEED_NOBODY, OF_NOTHING, 0, show_about,   ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/policy"),              NEED_NOBODY, OF_NOTHING, 0, show_policy,  ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/privacy"),             NEED_NOBODY, OF_NOTHING, 0, show_privacy, ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/vendor-registration"), NEED_NOBODY, OF_NOTHING, 0, show_vendors, ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/machine-readable"),    NEED_NOBODY, OF_NOTHING, 0, show_machine, ROUTE_CACHE, 0, NULL},
    {GET, S_INIT("/{lang}/process"),             NEED_NOBODY, OF_NOTHING, 0, show_process, ROUTE_CACHE, 0, NULL},
};
/* clang-format on */
const struct routes content_routes = {table, COUNT(table)};
