/* board.c - who does what in which phase, as chips. */
#include "app/view_own.h"

#include "app/tables.h"
#include "base/vec.h"

str step_short(struct ctx *cx, const struct step *s)
{
    enum word w;
    char key[64];
    size_t n = 0;
    str flow = flow_name(s->flow), parts[] = {S("short_"), flow, S("_"), s->id};
    for (size_t i = 0; i < COUNT(parts); i++)
        for (size_t k = 0; k < parts[i].n && n < sizeof key; k++)
            key[n++] = parts[i].p[k] == '.' ? '_' : parts[i].p[k];
    if (n < sizeof key && word_find((str){key, n}, &w))
        return word(cx->lang, w);
    return s->title[cx->lang == LANG_JA ? LANG_JA_AT : LANG_EN_AT];
}

/* --- one chip --------------------------------------------------------------------------------- */

enum chip_is chip_of(const struct reader *r, int lane, int step)
{
    const struct step_state *st = progress_at(&r->cf->g, lane, step);
    bool closed = r->cf->in.lanes[lane].closed;
    switch (reader_status(r, lane, step)) {
    case STEP_DONE: return CHIP_DONE;
    case STEP_SKIPPED: return CHIP_SKIPPED;
    case STEP_NOT_APPLICABLE: return CHIP_NOT_APPLICABLE;
    case STEP_WAITING:
        return closed ? CHIP_NOT_APPLICABLE : st->optional ? CHIP_OPTIONAL : CHIP_WAITING;
    case STEP_OPEN: break;
    }
    if (closed)
        return CHIP_NOT_APPLICABLE;
    if (st->optional && !st->begun)
        return CHIP_OPTIONAL;
    return st->due != 0 && st->due < r->cx->now ? CHIP_LATE : CHIP_OPEN;
}

str chip_word(struct ctx *cx, enum chip_is is, const struct step_state *st)
{
    static const enum word words[CHIP_COUNT] = {
        [CHIP_DONE] = W_chip_done,         [CHIP_OPEN] = W_chip_open,
        [CHIP_LATE] = W_chip_late,         [CHIP_WAITING] = W_chip_waiting,
        [CHIP_OPTIONAL] = W_chip_optional, [CHIP_SKIPPED] = W_chip_skipped,
        [CHIP_TOLD] = W_chip_told,         [CHIP_NOT_APPLICABLE] = W_chip_not_applicable};
    if (is == CHIP_LATE && st != NULL) {
        i64 minutes = (cx->now - st->due) / MINUTE;
        return minutes >= 60 ? words_late_hours(cx->a, cx->lang, .n = minutes / 60)
                             : words_late_minutes(cx->a, cx->lang, .n = minutes);
    }
    return word(cx->lang, words[is]);
}

/* The first characters of a text, for where there is little room. */
static str excerpt(struct ctx *cx, str s, size_t characters)
{
    size_t at = 0, n = 0;
    while (at < s.n && n < characters && s.p[at] != '\n') {
        at++;
        while (at < s.n && ((unsigned char)s.p[at] & 0xC0) == 0x80)
            at++;
        n++;
    }
    return at < s.n ? str_fmt(cx->a, "%.*s…", (int)at, s.p) : s;
}

static str note_of(const struct reader *r, const struct case_texts *t, const struct chip *c,
                   int lane, int step)
{
    struct phrases p = {0};
    struct ctx *cx = r->cx;
    const struct text_line *reason;
    switch (c->is) {
    case CHIP_WAITING:
        why_waits(r, lane, step, true, &p);
        return p.n ? words_chip_waits_for(cx->a, cx->lang,
                                          .what = phrases_join(cx->a, cx->lang, &p))
                   : NO_STR;
    case CHIP_OPEN:
    case CHIP_LATE: why_open(r, lane, step, &p); break;
    case CHIP_SKIPPED:
        reason = text_newest(t, S("skip_reason"), c->lane, c->step);
        return reason ? excerpt(cx, reason->body, 24) : NO_STR;
    case CHIP_NOT_APPLICABLE:
        if (r->cf->in.lanes[lane].closed)
            return word(cx->lang, W_chip_lane_closed);
        why_not(r, lane, step, &p);
        break;
    case CHIP_DONE:
    case CHIP_OPTIONAL:
    case CHIP_TOLD:
    case CHIP_COUNT: break;
    }
    return phrases_join(cx->a, cx->lang, &p);
}

static void put_lead(const struct reader *r, const struct case_texts *t, struct board_row *row,
                     int lane, int step, bool here)
{
    const struct step *s = case_step(r->cf, step);
    const struct step_state *st = progress_at(&r->cf->g, lane, step);
    struct chip *c = PUSH(r->cx->a, &row->cell[s->phase]);
    *c = (struct chip){.is = chip_of(r, lane, step),
                       .here = here,
                       .lane = r->cf->lanes[lane].id,
                       .step = s->id,
                       .title = step_short(r->cx, s)};
    c->word = chip_word(r->cx, c->is, st);
    c->note = note_of(r, t, c, lane, step);
    row->open_here |= here;
}

/* --- a vendor's own board ------------------------------------------------------------------- */

/* What a step is to a department that does not lead it; false: nothing. */
static bool part_of(const struct reader *r, int lane, int step, unsigned kinds, struct chip *c)
{
    const struct step *s = case_step(r->cf, step);
    const struct step_state *st = progress_at(&r->cf->g, lane, step);
    unsigned acts = 0;
    for (size_t i = 0; i < s->nhops; i++)
        acts |= ACTOR_BIT(s->hops[i].actor);
    c->is = chip_of(r, lane, step);
    c->word = chip_word(r->cx, c->is, st);
    bool open = c->is == CHIP_OPEN || c->is == CHIP_LATE;
    if (kinds & st->signers) {
        if (open && st->begun && !(kinds & st->unsigned_)) {
            c->is = CHIP_DONE;
            c->word = word(r->cx->lang, W_chip_signed);
        } else if (open && st->begun) {
            c->word = word(r->cx->lang, W_chip_to_sign);
        }
        return true;
    }
    if (kinds & acts & ~ACTOR_BIT(s->lead))
        return true;
    c->is = CHIP_TOLD;
    c->word = word(r->cx->lang, W_chip_told);
    return kinds & st->told;
}

static void put_part(const struct reader *r, struct board_row *row, int lane, int step,
                     unsigned kinds)
{
    const struct step *s = case_step(r->cf, step);
    struct chip c = {.part = true, .lane = r->cf->lanes[lane].id, .step = s->id};
    if (part_of(r, lane, step, kinds, &c))
        *PUSH(r->cx->a, &row->cell[s->phase]) = c;
}

/* The kinds that one department answers for: all that are not the contact's own are its. */
static unsigned kinds_of(const struct lane *l, str dept)
{
    unsigned bits = 0;
    for (int k = ACTOR_POC; k < ACTOR_COUNT; k++)
        if (str_eq(l->dept[k], dept))
            bits |= ACTOR_BIT(k);
    return bits;
}

static void name_row(const struct reader *r, const struct lane *l, enum actor kind, unsigned kinds,
                     struct board_row *row)
{
    struct phrases p = {0};
    for (int k = ACTOR_POC; k < ACTOR_COUNT && p.n < 3; k++)
        if (kinds >> k & 1)
            *PUSH(r->cx->a, &p) = department_word((enum actor)k, r->cx->lang);
    row->small = l->dept_name[kind][r->cx->lang];
    row->name = kind == ACTOR_POC ? department_word(kind, r->cx->lang)
                                  : phrases_join(r->cx->a, r->cx->lang, &p);
}

static void outside_row(const struct reader *r, const struct case_texts *t, int open_lane,
                        int open_step, struct board_row *row)
{
    row->name = word(r->cx->lang, W_board_outside);
    row->small = word(r->cx->lang,
                      r->cf->flow == FLOW_DIRECT ? W_board_outside_direct : W_board_outside_who);
    for (int step = 0; step < (int)r->cf->g.nsteps; step++)
        for (int lane = 0; lane <= r->own_lane; lane += r->own_lane)
            if (reader_sight(r, lane, step) != SIGHT_NONE &&
                (lane == 0 || case_step(r->cf, step)->lead < ACTOR_POC))
                put_lead(r, t, row, lane, step, lane == open_lane && step == open_step);
}

static bool is_empty(const struct board_row *row)
{
    for (int i = 0; i < PHASES; i++)
        if (row->cell[i].n > 0)
            return false;
    return true;
}

static void dept_row(const struct reader *r, const struct case_texts *t, unsigned kinds,
                     int open_step, struct board_row *row)
{
    int lane = r->own_lane;
    row->own = (r->kinds[lane] & kinds) != 0;
    for (int step = 0; step < (int)r->cf->g.nsteps; step++) {
        if (reader_sight(r, lane, step) == SIGHT_NONE)
            continue;
        if (kinds >> case_step(r->cf, step)->lead & 1)
            put_lead(r, t, row, lane, step, step == open_step);
        else
            put_part(r, row, lane, step, kinds);
    }
}

static size_t vendor_rows(const struct reader *r, const struct case_texts *t, int open_lane,
                          int open_step, struct board_row *rows)
{
    const struct lane *l = &r->cf->lanes[r->own_lane];
    unsigned done = 0;
    size_t n = 1;
    outside_row(r, t, open_lane, open_step, &rows[0]);
    for (int k = ACTOR_POC; k < ACTOR_COUNT; k++) {
        if (done >> k & 1)
            continue;
        unsigned kinds = kinds_of(l, l->dept[k]);
        struct board_row *row = &rows[n];
        dept_row(r, t, kinds, open_lane == r->own_lane ? open_step : -1, row);
        name_row(r, l, (enum actor)k, kinds, row);
        done |= kinds;
        if (row->own || !is_empty(row))
            n++;
        else
            *row = (struct board_row){0};
    }
    return n;
}

/* --- a board of vendors ------------------------------------------------------------------------ */

static void lane_row(const struct reader *r, const struct case_texts *t, int lane, int open_lane,
                     int open_step, struct board_row *row)
{
    row->name = reader_lane_name(r, lane);
    row->small = S("");
    if (r->cf->in.lanes[lane].closed)
        row->small = word(r->cx->lang, W_board_closed);
    for (int step = 0; step < (int)r->cf->g.nsteps; step++)
        if (reader_sight(r, lane, step) != SIGHT_NONE)
            put_lead(r, t, row, lane, step, lane == open_lane && step == open_step);
}

static size_t lane_rows(const struct reader *r, const struct case_texts *t, int open_lane,
                        int open_step, struct board *b, struct board_row *rows)
{
    size_t n = 0, seen = 0;
    for (int lane = 0; lane < (int)r->cf->nlanes; lane++) {
        if (!reader_sees_lane(r, lane))
            continue;
        seen += lane > 0;
        bool here = lane == 0 || lane == open_lane || seen > b->first;
        if (here && n < BOARD_LANES + 1)
            lane_row(r, t, lane, open_lane, open_step, &rows[n++]);
        else if (seen > b->first)
            b->more++;
    }
    return n;
}

/* --- the whole ----------------------------------------------------------------------------------- */

struct tally {
    i64 settled, begun, all;
};

static void count_step(const struct reader *r, int lane, int step, struct board *b,
                       struct tally *phase)
{
    enum chip_is is = chip_of(r, lane, step);
    struct tally *p = &phase[case_step(r->cf, step)->phase];
    b->count[is]++;
    b->steps++;
    p->all++;
    p->settled += is == CHIP_DONE || is == CHIP_SKIPPED || is == CHIP_NOT_APPLICABLE;
    p->begun += is == CHIP_DONE || is == CHIP_OPEN || is == CHIP_LATE;
}

static void count_all(const struct reader *r, struct board *b)
{
    struct tally phase[PHASES] = {0};
    for (int lane = 0; lane < (int)r->cf->nlanes; lane++)
        for (int step = 0; step < (int)r->cf->g.nsteps; step++)
            if (reader_sight(r, lane, step) != SIGHT_NONE)
                count_step(r, lane, step, b, phase);
    for (int i = 0; i < PHASES; i++)
        b->phase[i] = phase[i].settled == phase[i].all ? PHASE_DONE
                      : phase[i].begun > 0             ? PHASE_NOW
                                                       : PHASE_TO_COME;
}

void board_make(const struct reader *r, const struct case_texts *t, int open_lane, int open_step,
                size_t first, struct board *b)
{
    *b = (struct board){.first = first};
    struct board_row *rows = NEWS(r->cx->a, struct board_row, BOARD_LANES + ACTOR_COUNT);
    b->nrows = r->own_lane > 0 ? vendor_rows(r, t, open_lane, open_step, rows)
                               : lane_rows(r, t, open_lane, open_step, b, rows);
    b->rows = rows;
    count_all(r, b);
}
