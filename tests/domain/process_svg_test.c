/* process_svg_test.c - the drawing is whole, says every word, and nothing lies on anything. */
#include "t.h"

#include "domain/process_svg.h"
#include "help/scene.h"

static const enum lang langs[LANGS] = {[LANG_JA_AT] = LANG_JA, [LANG_EN_AT] = LANG_EN};

static struct svg_drawing laid_out(struct arena *a, enum flow flow, int lang)
{
    struct svg_drawing d;
    svg_layout(a, scene_process(a), flow, langs[lang], &d);
    return d;
}

/* Without white space. */
static str bare(struct arena *a, str s)
{
    buf b = {.a = a};
    for (size_t i = 0; i < s.n; i++)
        if (s.p[i] != ' ')
            buf_char(&b, s.p[i]);
    return b.n > 0 ? buf_str(&b) : S("");
}

static str joined(struct arena *a, const struct svg_lines *lines)
{
    buf b = {.a = a};
    for (int i = 0; i < lines->n; i++)
        buf_put(&b, lines->v[i]);
    return b.n > 0 ? bare(a, buf_str(&b)) : S("");
}

TEST(every_step_has_a_box_with_its_whole_title_and_who_acts)
{
    for (enum flow f = 0; f < FLOW_COUNT; f++)
        for (int lang = 0; lang < LANGS; lang++) {
            struct svg_drawing d = laid_out(a, f, lang);
            CHECK_I64(f == FLOW_COORDINATED ? 33 : 20, (i64)d.n);
            for (size_t i = 0; i < d.n; i++) {
                CHECK_STR(bare(a, d.boxes[i].s->title[lang]), joined(a, &d.boxes[i].title));
                CHECK(d.boxes[i].who.n > 0);
            }
        }
}

TEST(no_box_lies_on_another_or_outside)
{
    for (enum flow f = 0; f < FLOW_COUNT; f++)
        for (int lang = 0; lang < LANGS; lang++) {
            struct svg_drawing d = laid_out(a, f, lang);
            for (size_t i = 0; i < d.n; i++) {
                const struct svg_box *p = &d.boxes[i];
                CHECK(p->x >= 0 && p->x + p->w + SVG_GUTTER <= SVG_WIDTH);
                CHECK(p->y >= d.top && p->y + p->h <= d.bottom);
                for (size_t k = 0; k < i; k++) {
                    const struct svg_box *q = &d.boxes[k];
                    CHECK(p->x + p->w <= q->x || q->x + q->w <= p->x || p->y + p->h <= q->y ||
                          q->y + q->h <= p->y);
                }
            }
        }
}

static bool has_edge(const struct svg_drawing *d, const char *from, const char *to)
{
    for (size_t i = 0; i < d->nedges; i++)
        if (str_eq(d->boxes[d->edges[i].from].s->id, str_z(from)) &&
            str_eq(d->boxes[d->edges[i].to].s->id, str_z(to)))
            return true;
    return false;
}

TEST(an_arrow_leads_to_what_comes_next_and_not_to_what_follows_anyway)
{
    struct svg_drawing d = laid_out(a, FLOW_COORDINATED, LANG_JA_AT);
    CHECK(has_edge(&d, "0.1.1", "1.1"));
    CHECK(has_edge(&d, "0.2.1", "1.1"));
    CHECK(has_edge(&d, "1.5.2", "2.1.1"));
    CHECK(has_edge(&d, "2.5.1", "2.6.1"));
    CHECK(!has_edge(&d, "2.1.1", "2.6.1")); /* by way of the others */
    CHECK(has_edge(&d, "4.3.2", "4.3.3"));  /* all vendors */
    CHECK(has_edge(&d, "5.2.1", "5.2.2"));
    CHECK(!has_edge(&d, "5.2.2", "5.2.1"));
}

TEST(what_is_done_only_where_needed_is_dotted)
{
    static const char *const optional = " 2.3.1 2.3.2 3.1.2 4.2.1 5.1.1 ";
    struct svg_drawing d = laid_out(a, FLOW_COORDINATED, LANG_JA_AT);
    for (size_t i = 0; i < d.n; i++) {
        str id = str_fmt(a, " %.*s ", SV(d.boxes[i].s->id));
        CHECK(d.boxes[i].optional == (str_find(str_z(optional), id) >= 0));
    }
}

TEST(a_condition_stands_where_it_first_applies_and_not_again)
{
    struct svg_drawing d = laid_out(a, FLOW_COORDINATED, LANG_JA_AT);
    const struct process *p = d.p;
    int at = process_step(p, FLOW_COORDINATED, S("1.4.1"));
    CHECK_STR(S("◇詳細情報が必要"), joined(a, &d.boxes[at].condition));
    CHECK_I64(0, d.boxes[at + 1].condition.n);
}

/* Elements opened and closed in order, no attribute or element that a content security policy
 * would stop. */
static void check_markup(str svg)
{
    int depth = 0;
    for (size_t i = 0; i < svg.n; i++) {
        if (svg.p[i] != '<')
            continue;
        ptrdiff_t end = str_find_char(str_from(svg, i), '>');
        CHECK(end > 0);
        char last = svg.p[i + (size_t)end - 1];
        depth += svg.p[i + 1] == '/' ? -1 : last == '/' ? 0 : 1;
        CHECK(depth >= 0);
    }
    CHECK_I64(0, depth);
    CHECK(str_find(svg, S("style=")) < 0);
    CHECK(str_find(svg, S("<style")) < 0);
    CHECK(str_find(svg, S("<script")) < 0);
    CHECK(str_find(svg, S("href")) < 0);
}

TEST(the_drawing_is_one_svg_of_1200_with_text_as_text_in_either_language)
{
    const struct process *p = scene_process(a);
    for (enum flow f = 0; f < FLOW_COUNT; f++)
        for (int lang = 0; lang < LANGS; lang++) {
            str svg = process_svg(a, p, f, lang);
            check_markup(svg);
            CHECK(str_has_prefix(svg, S("<svg xmlns=\"http://www.w3.org/2000/svg\"")));
            CHECK(str_find(svg, S("viewBox=\"0 0 1200 ")) > 0);
            CHECK(str_find(svg, lang == LANG_JA_AT ? S("lang=\"ja\"") : S("lang=\"en\"")) > 0);
            for (size_t i = 0; i < p->flow[f].n; i++)
                CHECK(str_find(svg, str_fmt(a, ">%.*s</text>", SV(p->flow[f].steps[i].id))) > 0);
            CHECK_STR(svg, process_svg(a, p, f, lang));
        }
    CHECK(str_find(process_svg(a, p, FLOW_COORDINATED, LANG_JA_AT), S(">カスタマケア</text>")) > 0);
    CHECK(str_find(process_svg(a, p, FLOW_COORDINATED, LANG_EN_AT), S(">Customer care</text>")) >
          0);
}

TEST(what_a_table_says_is_escaped)
{
    struct process p;
    struct process_fault fault;
    struct process_text text = scene_tables();
    ptrdiff_t at = str_find(text.direct, S("Report the vulnerability"));
    text.direct = str_fmt(a, "%.*s<b> & \"%.*s", SV(str_sub(text.direct, 0, (size_t)at)),
                          SV(str_from(text.direct, (size_t)at + 7)));
    CHECK_ERR(OK, process_load(a, &text, &p, &fault));
    str svg = process_svg(a, &p, FLOW_DIRECT, LANG_EN_AT);
    check_markup(svg);
    CHECK(str_find(svg, S("&lt;b&gt; &amp; &quot;")) > 0);
}

TEST(long_words_are_broken_rather_than_lost)
{
    struct svg_lines lines = svg_wrap(S("Donaudampfschifffahrtsgesellschaft"), 12, 100, true);
    CHECK(lines.n > 1);
    CHECK_STR(S("Donaudampfschifffahrtsgesellschaft"), joined(a, &lines));
    lines = svg_wrap(S("製品における脆弱性対策方法の検討"), 12, 141, false);
    CHECK_I64(2, lines.n);
    CHECK_STR(S("製品における"), lines.v[0]);
    lines = svg_wrap(S("脆弱性対策計画の策定・調整"), 12, 100, false);
    for (int i = 0; i < lines.n; i++) /* no line begins with it */
        CHECK(!str_has_prefix(lines.v[i], S("・")));
}
