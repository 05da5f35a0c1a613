/* list_test.c - filters, orders, pages and counts of a :list, against a plain scan in C. */
#include "store/things.h"

struct want {
    str state;
    opt_i64 at_least;
    struct strs among;
    bool flagged;
    i64 below;
};
/* clang-format off */
static const struct col want_cols[] = {
    COL(OPT_STR, want, state), COL(OPT_I64, want, at_least), COL(STRS, want, among),
    COL(BOOL, want, flagged), COL(I64, want, below)};
static const struct list_filter filters[] = {
    {"state = ?1", "state = $1", 0},
    {"n >= ?2 OR n < 0", "n >= $2 OR n < 0", 1},
    {"state IN (SELECT value FROM json_each(?3))", "state = ANY($3)", 2},
    {"flag = 1", "flag = 1", 3},
};
static const struct list_sort sorts[] = {
    {"up", false, 2, {"n", "id"}, {1, 0}},
    {"down", true, 2, {"n", "id"}, {1, 0}},
    {"id", false, 1, {"id"}, {0}},
    {"state", true, 3, {"state", "n", "id"}, {2, 1, 0}},
};
/* clang-format on */
enum { SORT_UP, SORT_DOWN, SORT_ID, SORT_STATE };

STMT thing_list = {
    .name = "thing_list",
    .sqlite = THING_SELECT " WHERE n < ?5",
    .postgres = THING_SELECT " WHERE n < $5",
    .sqlite_count = "SELECT 1 FROM thing WHERE n < ?5",
    .postgres_count = "SELECT 1 FROM thing WHERE n < $5",
    .sqlite_tail = "",
    .postgres_tail = "",
    IN(want_cols),
    OUT(thing_cols, thing),
    .filters = filters,
    .nfilters = COUNT(filters),
    .sorts = sorts,
    .nsorts = COUNT(sorts),
};

enum { THINGS_N = 60 };
static struct thing all[THINGS_N];
static const str states[] = {S_INIT("new"), S_INIT("open"), S_INIT("閉")};

static enum err add_all(struct db *db, void *arg)
{
    (void)arg;
    for (size_t i = 0; i < THINGS_N; i++)
        TRY(db_exec(db, &thing_add, &all[i]));
    return OK;
}

/* Many share n and state, and ids do not follow the order of insertion. */
static struct store *open_filled(struct arena *a, const char *engine)
{
    struct store *s = things_open(a, engine);
    struct fault f = {0};
    for (size_t i = 0; i < THINGS_N; i++)
        all[i] = (struct thing){.id = str_fmt(a, "t%02zu", i * 37 % THINGS_N),
                                .n = (i64)(i % 7) - 2,
                                .state = states[i % 3],
                                .flag = i % 5 == 0,
                                .rev = 1};
    CHECK_ERR(OK, store_write(s, a, &f, add_all, NULL));
    return s;
}

static bool wanted(const struct thing *t, const struct want *w)
{
    bool among = w->among.v == NULL;
    for (size_t i = 0; i < w->among.n; i++)
        among |= str_eq(t->state, w->among.v[i]);
    return t->n < w->below && (w->state.p == NULL || str_eq(t->state, w->state)) &&
           (!w->at_least.is || t->n >= w->at_least.v || t->n < 0) && among &&
           (!w->flagged || t->flag);
}

static size_t sort_now;

static int i64_cmp(i64 x, i64 y)
{
    return (x > y) - (x < y);
}

static int compare(const void *x, const void *y)
{
    const struct thing *t = x, *u = y;
    int by_id = str_cmp(t->id, u->id), by_n = i64_cmp(t->n, u->n);
    int by_state = str_cmp(t->state, u->state);
    int up = by_n ? by_n : by_id;
    switch (sort_now) {
    case SORT_UP: return up;
    case SORT_DOWN: return -up;
    case SORT_ID: return by_id;
    default: return by_state ? -by_state : -up;
    }
}

/* The ids that a plain scan finds, in order. */
static str scan(struct arena *a, const struct want *w, size_t sort)
{
    struct thing *hits = NEWS(a, struct thing, THINGS_N);
    size_t n = 0;
    buf b = {.a = a};
    for (size_t i = 0; i < THINGS_N; i++)
        if (wanted(&all[i], w))
            hits[n++] = all[i];
    sort_now = sort;
    qsort(hits, n, sizeof *hits, compare);
    for (size_t i = 0; i < n; i++)
        buf_putf(&b, "%.*s ", SV(hits[i].id));
    return buf_str(&b);
}

static str page_through(struct db *db, const struct want *w, size_t sort, size_t limit)
{
    struct list_page page = {.sort = sort, .limit = limit};
    struct arena *a = db_arena(db);
    buf b = {.a = a};
    do {
        struct thing *rows;
        size_t n;
        CHECK_ERR(OK, db_list(db, &thing_list, w, &page, (void **)&rows, &n));
        CHECK(page.next.p == NULL ? n <= limit : n == limit);
        for (size_t i = 0; i < n; i++)
            buf_putf(&b, "%.*s ", SV(rows[i].id));
        page.after = page.next;
    } while (page.after.p != NULL);
    return buf_str(&b);
}

/* Bit k of `which` gives filter k its parameter. */
static struct want some_of(unsigned which)
{
    struct want w = {.below = 4};
    if (which & 1)
        w.state = states[1];
    if (which & 2)
        w.at_least = SOME(2);
    if (which & 4)
        w.among = (struct strs){states + 1, 2};
    w.flagged = which & 8;
    return w;
}

ENGINE_TEST(every_choice_of_filters_in_every_order_is_what_a_scan_finds)
{
    struct store *s = open_filled(a, engine);
    struct fault f = {0};
    struct db *db;
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    for (unsigned which = 0; which < 16; which++)
        for (size_t sort = 0; sort < COUNT(sorts); sort++) {
            struct want w = some_of(which);
            CHECK_STR(scan(a, &w, sort), page_through(db, &w, sort, 1));
            CHECK_STR(scan(a, &w, sort), page_through(db, &w, sort, 7));
            CHECK_STR(scan(a, &w, sort), page_through(db, &w, sort, DB_LIST_MAX));
        }
}

ENGINE_TEST(a_count_is_what_a_scan_counts)
{
    struct store *s = open_filled(a, engine);
    struct fault f = {0};
    struct db *db;
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    for (unsigned which = 0; which < 16; which++) {
        struct want w = some_of(which);
        i64 want = (i64)scan(a, &w, SORT_ID).n / 4, n;
        CHECK_ERR(OK, db_list_count(db, &thing_list, &w, &n));
        CHECK_I64(want, n);
    }
}

ENGINE_TEST(an_empty_list_among_the_filters_finds_nothing)
{
    struct store *s = open_filled(a, engine);
    struct fault f = {0};
    struct want w = {.among = {states, 0}, .below = 9};
    struct db *db;
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_STR(S(""), page_through(db, &w, SORT_ID, 5));
}

ENGINE_TEST(a_page_goes_on_where_it_was_when_rows_come_and_go)
{
    struct store *s = open_filled(a, engine);
    struct fault f = {0};
    struct list_page page = {.sort = SORT_ID, .limit = 2};
    struct want w = {.below = 9};
    struct thing *rows;
    struct db *db;
    size_t n;
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(OK, db_list(db, &thing_list, &w, &page, (void **)&rows, &n));
    CHECK_STR(S("t01"), rows[1].id);
    store_read_end(db);
    CHECK_ERR(OK, ADD(s, a, .id = S("t000")));
    CHECK_ERR(OK, ADD(s, a, .id = S("t010")));
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    page.after = page.next;
    CHECK_ERR(OK, db_list(db, &thing_list, &w, &page, (void **)&rows, &n));
    CHECK_STR(S("t010"), rows[0].id);
    CHECK_STR(S("t02"), rows[1].id);
}

static enum err add_more(struct db *db, void *arg)
{
    for (size_t i = 0; i < *(const size_t *)arg; i++)
        TRY(db_exec(db, &thing_add,
                    &(struct thing){.id = str_fmt(db_arena(db), "%zu", i), .state = S("new")}));
    return OK;
}

ENGINE_TEST(a_count_stops_behind_its_limit)
{
    struct store *s = things_open(a, engine);
    struct fault f = {0};
    struct want w = {.below = 9};
    struct db *db;
    i64 n;
    CHECK_ERR(OK, store_write(s, a, &f, add_more, &(size_t){DB_COUNT_MAX}));
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(OK, db_list_count(db, &thing_list, &w, &n));
    CHECK_I64(DB_COUNT_MAX, n);
    store_read_end(db);
    for (i64 i = 0; i < 3; i++)
        CHECK_ERR(OK, ADD(s, a, .id = str_fmt(a, "more %d", (int)i)));
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(OK, db_list_count(db, &thing_list, &w, &n));
    CHECK_I64(DB_COUNT_MAX + 1, n);
}

ENGINE_TEST(another_list_s_cursor_is_refused_and_harms_nothing)
{
    struct store *s = open_filled(a, engine);
    struct fault f = {0};
    struct list_page page = {.sort = SORT_UP, .limit = 2};
    struct want w = {.below = 9};
    struct thing *rows;
    struct db *db;
    size_t n;
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(OK, db_list(db, &thing_list, &w, &page, (void **)&rows, &n));
    page.after = page.next;
    page.sort = SORT_DOWN;
    CHECK_ERR(E_INVALID, db_list(db, &thing_list, &w, &page, (void **)&rows, &n));
    page.sort = SORT_UP;
    CHECK_ERR(OK, db_list(db, &thing_list, &w, &page, (void **)&rows, &n));
}

/* A list with a GROUP BY behind its filters */
struct group {
    str state;
    i64 n;
};
/* clang-format off */
static const struct col group_cols[] = {COL(STR, group, state), COL(I64, group, n)};
static const struct list_sort group_sorts[] = {{"state", false, 1, {"state"}, {0}}};
/* clang-format on */
STMT group_list = {
    .name = "group_list",
    .sqlite = "SELECT state, count(*) FROM thing WHERE n < ?5",
    .postgres = "SELECT state, count(*) FROM thing WHERE n < $5",
    .sqlite_count = "SELECT 1 FROM thing WHERE n < ?5",
    .postgres_count = "SELECT 1 FROM thing WHERE n < $5",
    .sqlite_tail = "GROUP BY state",
    .postgres_tail = "GROUP BY state",
    IN(want_cols),
    OUT(group_cols, group),
    .filters = filters,
    .nfilters = COUNT(filters),
    .sorts = group_sorts,
    .nsorts = 1,
};

ENGINE_TEST(a_list_of_groups_is_paged_and_counted_by_group)
{
    struct store *s = open_filled(a, engine);
    struct fault f = {0};
    struct list_page page = {.limit = 2};
    struct want w = {.below = 100};
    struct group *rows;
    struct db *db;
    size_t n;
    i64 count;
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(OK, db_list(db, &group_list, &w, &page, (void **)&rows, &n));
    CHECK_STR(S("open"), rows[1].state);
    CHECK_I64(20, rows[1].n);
    page.after = page.next;
    CHECK_ERR(OK, db_list(db, &group_list, &w, &page, (void **)&rows, &n));
    CHECK_I64(1, (i64)n);
    CHECK_STR(S("閉"), rows[0].state);
    CHECK(page.next.p == NULL);
    CHECK_ERR(OK, db_list_count(db, &group_list, &w, &count));
    CHECK_I64(3, count);
}

/* Byte order: U+FFFD sorts before U+1F309, which UTF-16 would turn round. */
ENGINE_TEST(text_sorts_by_its_bytes)
{
    struct store *s = things_open(a, engine);
    static const str ids[] = {S_INIT("B"),  S_INIT("a"),      S_INIT("é"),
                              S_INIT("橋"), S_INIT("\uFFFD"), S_INIT("\U0001F309")};
    struct fault f = {0};
    struct want w = {.below = 9};
    struct db *db;
    for (size_t i = 0; i < COUNT(ids); i++)
        CHECK_ERR(OK, ADD(s, a, .id = ids[COUNT(ids) - 1 - i]));
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_STR(S("B a é 橋 \uFFFD \U0001F309 "), page_through(db, &w, SORT_ID, 2));
}
