/* search_test.c - search finds exactly what a scan of everything that one may read finds. */
#include "app/auth.h"
#include "app/case_file.h"
#include "app/reports.h"
#include "app/search.h"
#include "app/search_index.h"
#include "app/texts.h"
#include "formats/tokens.h"
#include "help/walk.h"
#include "t.h"

/* --- a heap of cases, without their process ------------------------------------------------------ */

enum { LANES = 2 };

struct pile {
    size_t cases, texts; /* how many; texts a case */
    uint64_t seed;
    struct {
        VEC(struct kept)
    } kept;
};
struct kept {
    size_t n; /* of its case */
    str case_id, body;
    int kind; /* 0 overview, 1 coordination of lane 1, 2 internal of lane 1, 3 internal of lane 2 */
};

static unsigned next_random(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005u + 1442695040888963407u;
    return (unsigned)(*seed >> 33);
}

/* Few letters, so that short queries are found often, and pairs stand apart as often as not. */
static str random_text(struct arena *a, uint64_t *seed, size_t points)
{
    static const char *const letters[] = {"脆", "弱", "性", "ア", "ー",
                                          "ab", "12", " ",  "。", "漏"};
    buf b = {.a = a};
    for (size_t i = 0; i < points; i++)
        buf_put(&b, str_z(letters[next_random(seed) % COUNT(letters)]));
    return buf_str(&b);
}

static enum err grant(struct ctx *cx, str principal, str case_id, const char *lane,
                      const char *step, unsigned audiences)
{
    return q_grant_put(cx->db, .principal = principal, .case_id = case_id, .lane = str_z(lane),
                       .step = str_z(step), .audiences = audiences, .since = cx->now);
}

struct heap {
    struct pile *pile;
    str owner, coordinator, poc, design, other;
};

static enum err put_text(struct ctx *cx, struct pile *p, str case_id, size_t n, int kind)
{
    static const struct place places[] = {
        {.audience = AUD_OVERVIEW},
        {.audience = AUD_COORDINATION, .lane = S_INIT("L1"), .step = S_INIT("2.6.1")},
        {.audience = AUD_INTERNAL, .lane = S_INIT("L1"), .step = S_INIT("2.1.1")},
        {.audience = AUD_INTERNAL, .lane = S_INIT("L2"), .step = S_INIT("2.1.1")}};
    str body = str_trim(random_text(cx->a, &p->seed, 3 + next_random(&p->seed) % 9));
    struct text_new t = {
        .case_id = case_id, .place = places[kind], .kind = S("message"), .body = body};
    *PUSH(cx->a, &p->kept) = (struct kept){n, case_id, body, kind};
    return text_put(cx, &t, NULL);
}

static enum err put_case(struct ctx *cx, struct heap *h, size_t n)
{
    str id = new_id(cx);
    TRY(q_case_add(cx->db, .id = id, .number = str_fmt(cx->a, "%08zu", n), .flow = S("coordinated"),
                   .entry = S("finder"), .owner_id = h->owner, .opened = cx->now,
                   .tlp = S("AMBER")));
    TRY(grant(cx, h->coordinator, id, "", "", AUD_BIT(AUD_CASE) | AUD_BIT(AUD_OVERVIEW)));
    TRY(grant(cx, h->coordinator, id, "*", "", AUD_BIT(AUD_COORDINATION)));
    if (n % 10 == 0) {
        TRY(grant(cx, h->poc, id, "", "", AUD_BIT(AUD_CASE) | AUD_BIT(AUD_OVERVIEW)));
        TRY(grant(cx, h->poc, id, "L1", "", AUD_BIT(AUD_COORDINATION) | AUD_BIT(AUD_INTERNAL)));
    }
    if (n % 20 == 0) {
        TRY(grant(cx, h->design, id, "", "", AUD_BIT(AUD_CASE)));
        TRY(grant(cx, h->design, id, "L1", "2.1.1", AUD_BIT(AUD_INTERNAL)));
    }
    if (n % 30 == 0) {
        TRY(grant(cx, h->other, id, "", "", AUD_BIT(AUD_CASE) | AUD_BIT(AUD_OVERVIEW)));
        TRY(grant(cx, h->other, id, "L2", "", AUD_BIT(AUD_INTERNAL)));
    }
    for (size_t i = 0; i < h->pile->texts; i++)
        TRY(put_text(cx, h->pile, id, n, (int)(i % 4)));
    return OK;
}

static enum err put_heap(struct ctx *cx, void *arg)
{
    struct heap *h = arg;
    uint64_t seed = h->pile->seed;
    h->pile->kept.n = 0; /* it may run twice */
    for (size_t n = 0; n < h->pile->cases; n++)
        TRY(put_case(cx, h, n));
    h->pile->seed = seed;
    return OK;
}

static void make_heap(struct stage *st, struct pile *p)
{
    stage_cast(st);
    struct heap h = {.pile = p,
                     .owner = stage_org_id(st, "reception"),
                     .coordinator = stage_dept_id(st, "coordinator", "coordinator"),
                     .poc = stage_dept_id(st, "mihon", "poc"),
                     .design = stage_dept_id(st, "mihon", "design"),
                     .other = stage_dept_id(st, "reiji", "poc")};
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, db_write(cx, put_heap, &h));
}

/* Who may read which kinds of texts of the n-th case: what the grants above say, in words. */
static bool may_read(const char *who, const struct kept *k)
{
    if (strcmp(who, "coordinator") == 0)
        return k->kind <= 1;
    if (strcmp(who, "mihon.poc") == 0)
        return k->n % 10 == 0 && k->kind <= 2;
    if (strcmp(who, "mihon.design") == 0)
        return k->n % 20 == 0 && k->kind == 2;
    return strcmp(who, "reiji.poc") == 0 && k->n % 30 == 0 && (k->kind == 0 || k->kind == 3);
}

/* By looking at everything: one letter a case, newest first. */
static str scan(struct stage *st, const struct pile *p, const char *who, str typed)
{
    struct tokens_query q;
    buf b = {.a = st->a};
    if (!tokens_query(st->a, typed, st->app->search_key, &q))
        return S("nothing");
    for (size_t n = p->cases; n-- > 0;) {
        bool found = false;
        for (size_t i = 0; i < p->kept.n; i++)
            found |= p->kept.v[i].n == n && may_read(who, &p->kept.v[i]) &&
                     tokens_match(tokens_normal(st->a, p->kept.v[i].body), &q);
        if (found)
            buf_putf(&b, "%zu ", n);
    }
    return b.n ? buf_str(&b) : S("");
}

/* By search, page by page. */
static str search(struct stage *st, const char *who, str typed, size_t limit)
{
    struct list_window w = {.limit = limit};
    buf b = {.a = st->a};
    str last = NO_STR;
    do {
        struct ctx *cx = stage_as(st, who);
        struct found found;
        enum err e = search_cases(cx, typed, &w, &found);
        if (e == E_INVALID)
            return S("nothing");
        CHECK_OK(cx, e);
        for (size_t i = 0; i < found.n; i++) {
            i64 n;
            CHECK(str_i64(found.v[i].number, &n));
            CHECK(found.v[i].ntexts > 0 && found.v[i].texts[0].excerpt.n > 0);
            if (!str_eq(found.v[i].case_id, last)) /* a case may go on on the next page */
                buf_putf(&b, "%d ", (int)n);
            last = found.v[i].case_id;
        }
        w.after = w.next;
    } while (w.next.n > 0);
    return b.n ? buf_str(&b) : S("");
}

static void compare(struct stage *st, const struct pile *p, str typed)
{
    static const char *const people[] = {"coordinator", "mihon.poc", "mihon.design", "reiji.poc",
                                         "kamei.poc"};
    for (size_t i = 0; i < COUNT(people); i++)
        CHECK_STR(scan(st, p, people[i], typed), search(st, people[i], typed, i % 2 ? 2 : 20));
}

/* 230 cases: the coordinator sees more than the few that get a plan of their own. */
APP_TEST(search_finds_exactly_what_a_scan_of_all_one_may_read_finds)
{
    static const char *const typed[] = {"脆",    "弱性", "脆弱性", "アー",   "ａｂ",  "AB12",
                                        "漏 脆", "。",   "12",     "性。脆", "ab ab", "弱ー性脆"};
    struct pile p = {.cases = 230, .texts = 4, .seed = 7};
    make_heap(st, &p);
    for (size_t i = 0; i < COUNT(typed); i++)
        compare(st, &p, str_z(typed[i]));
    for (uint64_t seed = 1; seed <= 12; seed++) {
        uint64_t s = seed;
        compare(st, &p, random_text(a, &s, 1 + seed % 4));
    }
}

/* --- real texts --------------------------------------------------------------------------------- */

static size_t hits(struct stage *st, const char *who, str typed, struct found *out)
{
    struct ctx *cx = stage_as(st, who);
    struct list_window w = {.limit = 20};
    CHECK_OK(cx, search_cases(cx, typed, &w, out));
    return out->n;
}

APP_TEST(a_report_is_found_by_who_received_it_and_by_receipt)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    struct found f;
    walk_report(w, NULL, NULL);
    CHECK_I64(1, (i64)hits(st, "reception", S("environment"), &f));
    CHECK_STR(w->report_id, f.v[0].report_id);
    CHECK(f.v[0].case_id.p == NULL && f.v[0].receipt.n == 8);
    str receipt = f.v[0].receipt;
    CHECK_I64(1, (i64)hits(st, "reception", S("taro"), &f)); /* the finder's name */
    CHECK_I64(0, (i64)hits(st, "coordinator", S("environment"), &f));
    (void)hits(st, "coordinator", receipt, &f);
    CHECK(f.direct_report.p == NULL);
    (void)hits(st, "reception", receipt, &f);
    CHECK_STR(w->report_id, f.direct_report);
    walk_accept(w);
    CHECK_I64(1, (i64)hits(st, "coordinator", S("environment"), &f));
    CHECK_STR(w->case_id, f.v[0].case_id);
    CHECK_STR(S("Gateway X"), f.v[0].title);
    CHECK_I64(0, (i64)hits(st, "coordinator", S("taro"), &f)); /* as the finder wishes */
    (void)hits(st, "coordinator", f.n ? f.v[0].number : S("x"), &f);
    struct ctx *cx = stage_finder(st, w->report_id);
    struct list_window win = {.limit = 20};
    CHECK_ERR(E_DENIED, search_cases(cx, S("environment"), &win, &f));
}

APP_TEST(a_text_is_found_from_the_moment_when_it_may_be_read)
{
    stage_cast(st);
    struct walk *w = walk_new(st);
    struct found f;
    walk_begin(w, true);
    CHECK_I64(0, (i64)hits(st, "mihon.design", S("overview"), &f));
    CHECK_I64(1, (i64)hits(st, "mihon.poc", S("overview"), &f));
    CHECK_I64(0, (i64)hits(st, "mihon.poc", S("environment"), &f)); /* the details are not told */
    walk_act(w, "mihon.poc", "mihon", "1.3.1", 1, "note", "please look", NULL);
    CHECK_I64(1, (i64)hits(st, "mihon.design", S("overview"), &f));
    CHECK_I64(1, (i64)hits(st, "mihon.design", S("please look"), &f));
    CHECK_STR(S("note"), f.v[0].texts[0].kind);
    CHECK_I64(0, (i64)hits(st, "reiji.poc", S("please look"), &f));
    CHECK_I64(0, (i64)hits(st, "coordinator", S("please look"), &f));
    (void)hits(st, "mihon.design", S("please look"), &f);
    struct found direct;
    (void)hits(st, "reiji.poc", f.v[0].number, &direct);
    CHECK_STR(w->case_id, direct.direct_case);
    (void)hits(st, "kamei.poc", f.v[0].number, &direct);
    CHECK(direct.direct_case.p == NULL);
}

/* --- public -------------------------------------------------------------------------------------- */

struct words {
    size_t n;
    uint64_t seed;
    str *text;    /* Japanese */
    str *english; /* every seventh has that, too; absent: none */
};

/* What is released in one language, saved twice. */
static enum err put_language(struct ctx *cx, str number, str case_id, str lang, str text)
{
    TRY(q_publication_put(cx->db, .number = number, .lang = lang, .case_id = case_id, .revision = 1,
                          .published = cx->now, .updated = cx->now, .origin = S("finder"),
                          .severity = -1, .title = S("t"), .title_sort = S("t"), .vendors = S(""),
                          .cves = S(""), .cwes = S(""), .content = S("{}")));
    TRY(search_index_public(cx, number, lang, S("an older text, 鍵")));
    return search_index_public(cx, number, lang, text);
}

static enum err put_public(struct ctx *cx, void *arg)
{
    struct words *t = arg;
    uint64_t seed = t->seed;
    struct q_org_first org;
    TRY(q_org_first(cx->db, &org, .kind = S("reception")));
    for (size_t i = 0; i < t->n; i++) {
        str id = new_id(cx), number = str_fmt(cx->a, "%08zu", i);
        t->text[i] = random_text(cx->a, &seed, 3 + next_random(&seed) % 9);
        TRY(q_case_add(cx->db, .id = id, .number = number, .flow = S("coordinated"),
                       .entry = S("finder"), .owner_id = org.id, .opened = cx->now,
                       .tlp = S("CLEAR")));
        TRY(put_language(cx, number, id, S("ja"), t->text[i]));
        t->english[i] = NO_STR;
        if (i % 7 > 0)
            continue;
        t->english[i] = str_join(cx->a, random_text(cx->a, &seed, 8), S(" english"));
        TRY(put_language(cx, number, id, S("en"), t->english[i]));
    }
    return OK;
}

static str scan_public(struct stage *st, const struct words *t, enum lang lang, str typed,
                       i64 *total)
{
    const str *text = lang == LANG_JA ? t->text : t->english;
    struct tokens_query q;
    buf b = {.a = st->a};
    *total = 0;
    if (!tokens_query(st->a, typed, NULL, &q))
        return S("nothing");
    for (size_t i = t->n; i-- > 0;)
        if (text[i].p != NULL && tokens_match(tokens_normal(st->a, text[i]), &q)) {
            buf_putf(&b, "%zu ", i);
            (*total)++;
        }
    return b.n ? buf_str(&b) : S("");
}

static str find_public(struct stage *st, enum lang lang, str typed, size_t limit, i64 *total)
{
    struct list_window w = {.limit = limit};
    buf b = {.a = st->a};
    do {
        struct ctx *cx = stage_nobody(st);
        struct public_hits found;
        enum err e = search_public(cx, lang, typed, &w, &found);
        if (e == E_INVALID)
            return S("nothing");
        CHECK_OK(cx, e);
        *total = w.total;
        for (size_t i = 0; i < found.n; i++)
            buf_putf(&b, "%d ", atoi(str_to_z(st->a, found.v[i].number)));
        w.after = w.next;
    } while (w.next.n > 0);
    return b.n ? buf_str(&b) : S("");
}

APP_TEST(public_search_finds_exactly_what_a_scan_finds_and_counts_it)
{
    static const char *const typed[] = {"脆",    "弱性", "脆弱性", "ａｂ",
                                        "漏 脆", "。",   "鍵",     "english"};
    struct words t = {
        .n = 1300, .seed = 3, .text = NEWS(a, str, 1300), .english = NEWS(a, str, 1300)};
    stage_cast(st);
    struct ctx *cx = stage_nobody(st);
    CHECK_OK(cx, db_write(cx, put_public, &t));
    for (size_t i = 0; i < 2 * COUNT(typed); i++) {
        enum lang lang = i % 2 ? LANG_EN : LANG_JA;
        str q = str_z(typed[i / 2]);
        i64 want, got = 0;
        CHECK_STR(scan_public(st, &t, lang, q, &want), find_public(st, lang, q, 100, &got));
        CHECK_I64(want > DB_COUNT_MAX ? DB_COUNT_MAX + 1 : want, got);
    }
}
