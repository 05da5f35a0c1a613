/* release_report.c - what was rehearsed, for people. */
#include "cli/release_own.h"

#include "app/portal_machine.h"

enum { SHOWN_EACH = 4, LABEL = 22, COLUMN = 8 };

static str say(const struct release_report *r, enum word w)
{
    return word(r->lang, w);
}

static void head(const struct release_report *r, enum word w)
{
    buf_putf(r->b, "\n%.*s\n", SV(say(r, w)));
}

/* Columns on a terminal: what is not ASCII here is Japanese, and two wide. */
static size_t width(str s)
{
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x80)
            n++;
        else if (c >= 0xE0)
            n += 2;
        else if (c >= 0xC0)
            n++;
    }
    return n;
}

static void put_wide(const struct release_report *r, str s, size_t columns)
{
    size_t n = width(s);
    buf_put(r->b, s);
    do
        buf_char(r->b, ' ');
    while (++n < columns);
}

/* Without blanks at its end. */
static void end_line(const struct release_report *r)
{
    while (r->b->n > 0 && r->b->p[r->b->n - 1] == ' ')
        r->b->n--;
    buf_char(r->b, '\n');
}

/* --- head and artefacts ------------------------------------------------------------------------- */

static void put_head(const struct release_report *r)
{
    static const enum word kinds[] = {[RELEASE_FIRST] = W_release_kind_first,
                                      [RELEASE_UPDATE] = W_release_kind_update,
                                      [RELEASE_WITHDRAWAL] = W_release_kind_withdrawal};
    const struct release_dry *d = r->d;
    str number = portal_public_number(r->cx, d->number), kind = say(r, kinds[d->wish.kind]),
        at = time_minute(r->b->a, d->at, r->cx->zone),
        lang = say(r, d->wish.lang == LANG_JA ? W_language_ja : W_language_en),
        when = words_drycli_at(r->b->a, r->lang, .time = at), digest = say(r, W_release_digest);
    buf_putf(r->b, "%.*s  %.*s\n", SV(number), SV(d->page.line.title));
    buf_putf(r->b, "%.*s · %.*s · %.*s\n", SV(lang), SV(kind), SV(when));
    buf_putf(r->b, "%.*s %.*s\n", SV(digest), SV(d->digest));
}

static void put_artefacts(const struct release_report *r)
{
    head(r, W_release_order);
    for (size_t i = 0; i < r->d->artefacts.n; i++) {
        const struct release_artefact *x = &r->d->artefacts.v[i];
        str size = words_drycli_size(r->b->a, r->lang, .n_bytes = (i64)x->bytes.n),
            aside = say(r, W_drycli_aside);
        buf_put(r->b, S("  "));
        put_wide(r, x->name, 16);
        put_wide(r, size, 16);
        buf_put(r->b, x->url);
        if (x->aside)
            buf_putf(r->b, "  (%.*s)", SV(aside));
        buf_char(r->b, '\n');
    }
}

/* --- findings ----------------------------------------------------------------------------------- */

static bool is_same_kind(const struct release_finding *x, const struct release_finding *y)
{
    return x->level == y->level && str_eq(x->artefact, y->artefact) && str_eq(x->test, y->test) &&
           str_eq(x->word, y->word);
}

/* One kind of finding: each place and why, and how to mend it. */
static size_t put_kind(const struct release_report *r, size_t at)
{
    static const enum word levels[] = {[RELEASE_ERROR] = W_csafcli_error,
                                       [RELEASE_WARNING] = W_csafcli_warning,
                                       [RELEASE_INFO] = W_csafcli_info};
    const struct release_finding *all = r->d->findings.v, *f = &all[at];
    struct arena *a = r->b->a;
    str level = say(r, levels[f->level]),
        of = f->artefact.n > 0 ? f->artefact : say(r, W_drycli_record),
        mend = release_finding_mend(a, f, r->lang);
    size_t n = at;
    buf_putf(r->b, "  %.*s  %.*s %.*s\n", SV(level), SV(of), SV(f->test));
    for (; n < r->d->findings.n && is_same_kind(f, &all[n]); n++) {
        str words = release_finding_words(a, &all[n], r->lang);
        if (n - at < SHOWN_EACH && all[n].path.n > 0)
            buf_putf(r->b, "    %.*s\n", SV(all[n].path));
        if (n - at < SHOWN_EACH)
            buf_putf(r->b, "      %.*s\n", SV(words));
    }
    if (n - at > SHOWN_EACH)
        buf_putf(r->b, "    %.*s\n",
                 SV(words_csafcli_more(a, r->lang, .n_count = (i64)(n - at - SHOWN_EACH))));
    if (mend.n > 0)
        buf_putf(r->b, "    → %.*s\n", SV(mend));
    return n;
}

static void put_findings(const struct release_report *r)
{
    head(r, W_drycli_findings);
    if (r->d->findings.n == 0)
        buf_putf(r->b, "  %.*s\n", SV(say(r, W_drycli_none)));
    for (enum release_level l = 0; l < RELEASE_LEVELS; l++)
        for (size_t i = 0; i < r->d->findings.n;)
            if (r->d->findings.v[i].level == l)
                i = put_kind(r, i);
            else
                i++;
}

/* --- the table ---------------------------------------------------------------------------------- */

static bool is_built(const struct release_report *r, enum said_format f)
{
    return r->d->rows[0].cell[f].verdict != SAID_NOT_BUILT;
}

/* Two tables: the forms, and what is made of them. */
static void put_columns(const struct release_report *r, enum said_format from, enum said_format to)
{
    static const str names[SAID_FORMATS] = {S_INIT("page"),    S_INIT("json-ld"), S_INIT("atom"),
                                            S_INIT("csaf2.0"), S_INIT("csaf2.1"), S_INIT("rss3.2"),
                                            S_INIT("rss2.0"),  S_INIT("rss-own"), S_INIT("vuldef"),
                                            S_INIT("myjvn"),   S_INIT("cve"),     S_INIT("rolie20"),
                                            S_INIT("index20"), S_INIT("chang20"), S_INIT("rolie21"),
                                            S_INIT("index21"), S_INIT("chang21"), S_INIT("pdf")};
    buf_put(r->b, S("  "));
    put_wide(r, S(""), LABEL);
    for (enum said_format f = from; f < to; f++)
        put_wide(r, names[f], COLUMN);
    end_line(r);
}

static void put_row(const struct release_report *r, const struct said_row *row,
                    enum said_format from, enum said_format to)
{
    static const str marks[] = {[SAID_AGREES] = S_INIT("="),
                                [SAID_DIFFERS] = S_INIT("x"),
                                [SAID_NOT_CARRIED] = S_INIT("."),
                                [SAID_NOT_BUILT] = S_INIT(" ")};
    buf_put(r->b, S("  "));
    put_wide(r, release_field_words(row->field, r->lang), LABEL);
    for (enum said_format f = from; f < to; f++)
        put_wide(r, marks[row->cell[f].verdict], COLUMN);
    end_line(r);
}

static void put_values(const struct release_report *r, const struct said_row *row,
                       enum said_format from, enum said_format to)
{
    for (enum said_format f = from; f < to; f++) {
        const struct said_cell *c = &row->cell[f];
        if (c->verdict != SAID_DIFFERS && !(f == SAID_PAGE && row->differs))
            continue;
        for (size_t i = 0; i < c->values.n; i++)
            buf_putf(r->b, "      %.*s: %.*s\n", SV(said_format_name(f)), SV(c->values.v[i]));
    }
}

static void put_places(const struct release_report *r)
{
    head(r, W_drycli_places);
    for (enum said_field i = 0; i < SAID_FIELDS; i++) {
        buf_putf(r->b, "  %.*s\n", SV(release_field_words(i, r->lang)));
        for (enum said_format f = 0; f < SAID_FORMATS; f++) {
            struct said_carry c = said_carries(f, i);
            if (!is_built(r, f))
                continue;
            buf_put(r->b, S("    "));
            buf_put(r->b, c.rule == SAID_NOTHING ? S(". ") : S("= "));
            put_wide(r, said_format_name(f), 12);
            buf_putf(r->b, "%s\n", c.where);
        }
    }
}

static void put_block(const struct release_report *r, enum said_format from, enum said_format to)
{
    put_columns(r, from, to);
    for (size_t i = 0; i < SAID_FIELDS; i++) {
        put_row(r, &r->d->rows[i], from, to);
        put_values(r, &r->d->rows[i], from, to);
    }
}

static void put_table(const struct release_report *r)
{
    head(r, W_release_compare);
    put_block(r, SAID_PAGE, SAID_ROLIE_2_0);
    buf_char(r->b, '\n');
    put_block(r, SAID_ROLIE_2_0, SAID_FORMATS);
    buf_putf(r->b, "  %.*s\n", SV(say(r, W_drycli_legend)));
    if (r->places)
        put_places(r);
}

/* --- the whole ---------------------------------------------------------------------------------- */

static void put_reader(const struct release_report *r)
{
    head(r, W_release_reader);
    for (str rest = r->reader; rest.n > 0;) {
        str line = str_cut(&rest, '\n');
        buf_putf(r->b, "  %s%.*s\n", line.n > 0 ? "| " : "|", SV(line));
    }
}

static str verdict(const struct release_report *r)
{
    const size_t *n = r->d->count;
    struct arena *a = r->b->a;
    if (!r->d->ready)
        return words_drycli_not_ready(a, r->lang, .n_errors = (i64)n[RELEASE_ERROR]);
    if (n[RELEASE_WARNING] > 0)
        return words_drycli_ready_with(a, r->lang, .n_warnings = (i64)n[RELEASE_WARNING]);
    return say(r, W_drycli_ready);
}

void release_report_text(const struct release_report *r)
{
    put_head(r);
    put_artefacts(r);
    put_table(r);
    put_reader(r);
    put_findings(r);
    buf_putf(r->b, "\n%.*s\n", SV(verdict(r)));
}
