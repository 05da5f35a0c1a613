/* db_test.c - values, outcomes and limits of db.h, on both engines. */
#include "store/things.h"

#include <stdint.h>

static struct thing round_trip(struct store *s, struct arena *a, struct thing t)
{
    struct thing back;
    t.rev = t.rev ? t.rev : 1;
    if (t.state.p == NULL)
        t.state = S("new");
    CHECK_ERR(OK, write_stmt(s, a, &thing_add, &t));
    CHECK_ERR(OK, get_thing(s, a, t.id, &back));
    return back;
}

ENGINE_TEST(absent_and_empty_text_are_different)
{
    struct store *s = things_open(a, engine);
    CHECK_STR(NO_STR, round_trip(s, a, (struct thing){.id = S("1")}).note);
    CHECK_STR(S(""), round_trip(s, a, (struct thing){.id = S("2"), .note = S("")}).note);
    CHECK_STR(S("架け橋"),
              round_trip(s, a, (struct thing){.id = S("3"), .note = S("架け橋")}).note);
    CHECK_STR(S("'; --\\\n\x01"),
              round_trip(s, a, (struct thing){.id = S("4"), .note = S("'; --\\\n\x01")}).note);
}

ENGINE_TEST(absent_and_empty_bytes_are_different)
{
    struct store *s = things_open(a, engine);
    str all = {NEWS(a, char, 256), 256};
    for (int i = 0; i < 256; i++)
        ((char *)(uintptr_t)all.p)[i] = (char)i;
    CHECK_STR(NO_STR, round_trip(s, a, (struct thing){.id = S("1")}).box);
    CHECK_STR(S(""), round_trip(s, a, (struct thing){.id = S("2"), .box = S("")}).box);
    CHECK_STR(all, round_trip(s, a, (struct thing){.id = S("3"), .box = all}).box);
    CHECK_STR(S("\0"), round_trip(s, a, (struct thing){.id = S("4"), .box = S("\0")}).box);
}

ENGINE_TEST(numbers_keep_all_their_bits)
{
    static const i64 values[] = {0, 1, -1, INT32_MAX, INT32_MIN, INT64_MAX, INT64_MIN};
    struct store *s = things_open(a, engine);
    for (size_t i = 0; i < COUNT(values); i++) {
        struct thing t = {.id = str_fmt(a, "%zu", i), .n = values[i], .due = SOME(values[i])};
        struct thing back = round_trip(s, a, t);
        CHECK_I64(values[i], back.n);
        CHECK(back.due.is);
        CHECK_I64(values[i], back.due.v);
    }
    CHECK(!round_trip(s, a, (struct thing){.id = S("none")}).due.is);
}

ENGINE_TEST(a_bool_is_one_or_the_other)
{
    struct store *s = things_open(a, engine);
    CHECK(round_trip(s, a, (struct thing){.id = S("1"), .flag = true}).flag);
    CHECK(!round_trip(s, a, (struct thing){.id = S("2"), .flag = false}).flag);
}

struct boxed {
    struct sealed must, may;
};
/* clang-format off */
static const struct col boxed_cols[] = {COL(SEALED, boxed, must), COL(OPT_SEALED, boxed, may)};
/* clang-format on */
STMT box_both = {.name = "box_both",
                 .sqlite = "SELECT ?1, ?2",
                 .postgres = "SELECT $1::bytea, $2::bytea",
                 IN(boxed_cols),
                 OUT(boxed_cols, boxed)};

ENGINE_TEST(sealed_bytes_come_back_as_they_went)
{
    struct fault f = {0};
    struct boxed in = {.must = {S("\0\xff")}, .may = {NO_STR}}, out;
    struct db *db;
    CHECK_ERR(OK, store_read(things_open(a, engine), a, &f, &db));
    CHECK_ERR(OK, db_one(db, &box_both, &in, &out));
    CHECK_STR(S("\0\xff"), out.must.box);
    CHECK_STR(NO_STR, out.may.box);
}

ENGINE_TEST(an_absent_value_of_a_column_that_is_never_absent_is_a_fault)
{
    struct fault f = {0};
    struct boxed in = {0}, out;
    struct db *db;
    CHECK_ERR(OK, store_read(things_open(a, engine), a, &f, &db));
    CHECK_ERR(E_IO, db_one(db, &box_both, &in, &out));
    CHECK(strstr(f.text, "box_both: column 1") != NULL);
}

STMT text_as_number = {.name = "text_as_number",
                       BOTH("SELECT state FROM thing"),
                       .out = n_cols,
                       .nout = 1,
                       .row = sizeof(i64)};
STMT two_as_one = {.name = "two_as_one",
                   BOTH("SELECT n, n FROM thing"),
                   .out = n_cols,
                   .nout = 1,
                   .row = sizeof(i64)};

ENGINE_TEST(a_column_of_another_type_is_a_fault)
{
    struct store *s = things_open(a, engine);
    struct fault f = {0};
    struct db *db;
    i64 n;
    CHECK_ERR(OK, ADD(s, a, .id = S("1")));
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(E_IO, db_one(db, &text_as_number, NULL, &n));
    CHECK(strstr(f.text, "text_as_number") != NULL);
    store_read_end(db);
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(E_IO, db_one(db, &two_as_one, NULL, &n));
}

/* IN lists */
struct lists {
    struct strs ids;
    struct i64s ns;
};
/* clang-format off */
static const struct col lists_cols[] = {COL(STRS, lists, ids), COL(I64S, lists, ns)};
/* clang-format on */
STMT in_lists = {.name = "in_lists",
                 .sqlite = "SELECT id FROM thing WHERE id IN (SELECT value FROM json_each(?1))"
                           " OR n IN (SELECT value FROM json_each(?2)) ORDER BY id",
                 .postgres = "SELECT id FROM thing WHERE id = ANY($1::text[])"
                             " OR n = ANY($2::bigint[]) ORDER BY id",
                 IN(lists_cols),
                 OUT(key_cols, key)};

static str ids_in(struct store *s, struct arena *a, struct lists in)
{
    struct fault f = {0};
    struct key *keys;
    struct db *db;
    size_t n;
    buf b = {.a = a};
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(OK, db_many(db, &in_lists, &in, (void **)&keys, &n));
    for (size_t i = 0; i < n; i++)
        buf_putf(&b, "%.*s;", SV(keys[i].id));
    store_read_end(db);
    return buf_str(&b);
}

ENGINE_TEST(lists_find_exactly_their_items)
{
    static const str odd[] = {S_INIT("\"\\\x01,"), S_INIT("架'橋"), S_INIT("none")};
    static const i64 ns[] = {INT64_MIN, INT64_MAX, 7};
    struct store *s = things_open(a, engine);
    CHECK_ERR(OK, ADD(s, a, .id = odd[0]));
    CHECK_ERR(OK, ADD(s, a, .id = odd[1]));
    CHECK_ERR(OK, ADD(s, a, .id = S("low"), .n = INT64_MIN));
    CHECK_ERR(OK, ADD(s, a, .id = S("high"), .n = INT64_MAX));
    CHECK_STR(S(""), ids_in(s, a, (struct lists){0}));
    CHECK_STR(S(""), ids_in(s, a, (struct lists){{odd, 0}, {ns, 0}}));
    CHECK_STR(S("\"\\\x01,;架'橋;"), ids_in(s, a, (struct lists){{odd, 3}, {0}}));
    CHECK_STR(S("high;low;"), ids_in(s, a, (struct lists){{0}, {ns, 3}}));
}

struct batch {
    size_t n;
};
static enum err add_many(struct db *db, void *arg)
{
    const struct batch *b = arg;
    for (size_t i = 0; i < b->n; i++) {
        struct thing t = {.id = str_fmt(db_arena(db), "%05zu", i), .n = (i64)i, .rev = 1};
        t.state = S("new");
        TRY(db_exec(db, &thing_add, &t));
    }
    return OK;
}

static void fill(struct store *s, struct arena *a, size_t n)
{
    struct fault f = {0};
    CHECK_ERR(OK, store_write(s, a, &f, add_many, &(struct batch){n}));
}

ENGINE_TEST(a_list_may_have_five_thousand_items)
{
    struct store *s = things_open(a, engine);
    str *ids = NEWS(a, str, 5000);
    i64 *ns = NEWS(a, i64, 5000);
    fill(s, a, 10);
    for (size_t i = 0; i < 5000; i++) {
        ids[i] = str_fmt(a, "%05zu", i + 8);
        ns[i] = (i64)i - 4999;
    }
    CHECK_STR(S("00000;00008;00009;"), ids_in(s, a, (struct lists){{ids, 5000}, {ns, 5000}}));
}

ENGINE_TEST(many_stops_at_its_limit_with_an_error)
{
    struct store *s = things_open(a, engine);
    struct fault f = {0};
    struct thing *rows;
    struct db *db;
    size_t n;
    fill(s, a, DB_MANY_MAX);
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(OK, db_many(db, &thing_all, NULL, (void **)&rows, &n));
    CHECK_I64(DB_MANY_MAX, (i64)n);
    CHECK_STR(S("09999"), rows[9999].id);
    store_read_end(db);
    CHECK_ERR(OK, ADD(s, a, .id = S("one more")));
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(E_IO, db_many(db, &thing_all, NULL, (void **)&rows, &n));
    CHECK_STR(S("thing_all: more than 10000 rows"), str_z(f.text));
    store_read_end(db);
    CHECK_I64(DB_MANY_MAX + 1, count_things(s));
}

ENGINE_TEST(one_finds_nothing_without_a_fault)
{
    struct store *s = things_open(a, engine);
    struct fault f = {0};
    struct thing t;
    struct db *db;
    i64 n;
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(E_NOT_FOUND, db_one(db, &thing_get, &(struct key){S("x")}, &t));
    CHECK(f.text[0] == '\0');
    CHECK_ERR(OK, db_one(db, &thing_count, NULL, &n));
}

STMT any_thing = {.name = "any_thing", BOTH(THING_SELECT), OUT(thing_cols, thing)};

ENGINE_TEST(one_of_two_rows_is_an_error)
{
    struct store *s = things_open(a, engine);
    struct fault f = {0};
    struct thing t;
    struct db *db;
    fill(s, a, 2);
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(E_IO, db_one(db, &any_thing, NULL, &t));
}

/* Constraints */
ENGINE_TEST(who_comes_second_gets_a_conflict)
{
    struct store *s = things_open(a, engine);
    struct fault f;
    CHECK_ERR(OK, ADD(s, a, .id = S("1"), .note = S("topsecret")));
    struct thing same_key = {.id = S("1"), .state = S("new")};
    struct thing same_note = {.id = S("2"), .note = S("topsecret"), .state = S("new")};
    CHECK_ERR(E_CONFLICT, write_fault(s, a, &f, &thing_add, &same_key));
    CHECK(strstr(f.text, "thing_add") != NULL);
    CHECK_ERR(E_CONFLICT, write_fault(s, a, &f, &thing_add, &same_note));
    CHECK(strstr(f.text, "note") != NULL && strstr(f.text, "topsecret") == NULL);
    CHECK_I64(1, count_things(s));
}

ENGINE_TEST(other_constraints_are_bad_input_and_named)
{
    struct store *s = things_open(a, engine);
    struct fault f;
    struct thing unnamed = {.id = S(""), .state = S("topsecret")};
    struct thing stateless = {.id = S("1")};
    struct part orphan = {.id = S("1"), .thing_id = S("topsecret")};
    CHECK_ERR(E_INVALID, write_fault(s, a, &f, &thing_add, &unnamed));
    CHECK(strstr(f.text, "thing_named") != NULL && strstr(f.text, "topsecret") == NULL);
    CHECK_ERR(E_INVALID, write_fault(s, a, &f, &thing_add, &stateless));
    CHECK(strstr(f.text, "state") != NULL);
    CHECK_ERR(E_INVALID, write_fault(s, a, &f, &part_add, &orphan));
    CHECK(strstr(f.text, "part_add") != NULL && strstr(f.text, "topsecret") == NULL);
}

ENGINE_TEST(a_deferred_foreign_key_fails_its_own_write)
{
    struct store *s = things_open(a, engine);
    struct part lonely = {.id = S("1"), .thing_id = S("1"), .twin = S("nobody")};
    struct part self = {.id = S("2"), .thing_id = S("1"), .twin = S("2")};
    CHECK_ERR(OK, ADD(s, a, .id = S("1")));
    CHECK_ERR(E_INVALID, write_stmt(s, a, &part_add, &lonely));
    CHECK_ERR(OK, write_stmt(s, a, &part_add, &self));
}

ENGINE_TEST(text_that_the_database_cannot_hold_is_refused)
{
    static const str bad[] = {S_INIT("a\0b"), S_INIT("\xff"), S_INIT("\xed\xa0\x80")};
    struct store *s = things_open(a, engine);
    for (size_t i = 0; i < COUNT(bad); i++) {
        struct thing t = {.id = S("1"), .state = bad[i]};
        struct fault f;
        CHECK_ERR(E_INVALID, write_fault(s, a, &f, &thing_add, &t));
        CHECK_STR(S("thing_add: parameter 3 is not text"), str_z(f.text));
    }
    CHECK_I64(0, count_things(s));
}

STMT thing_double = {.name = "thing_double", BOTH("UPDATE thing SET n = n * 2 + n")};

ENGINE_TEST(a_number_that_overflows_is_bad_input)
{
    struct store *s = things_open(a, engine);
    CHECK_ERR(OK, ADD(s, a, .id = S("1"), .n = INT64_MAX));
    CHECK_ERR(E_INVALID, write_stmt(s, a, &thing_double, NULL));
}

STMT no_table = {.name = "no_table", BOTH("DELETE FROM nowhere")};

ENGINE_TEST(a_statement_that_does_not_compile_says_why)
{
    struct store *s = things_open(a, engine);
    struct fault f;
    CHECK_ERR(E_IO, write_fault(s, a, &f, &no_table, NULL));
    CHECK(strstr(f.text, "no_table") != NULL && strstr(f.text, "nowhere") != NULL);
}

/* :exec1 */
STMT touch_all = {.name = "touch_all", BOTH("UPDATE thing SET rev = rev + 1")};

static enum err touch_and_forgive(struct db *db, void *arg)
{
    (void)arg;
    (void)!db_exec1(db, &touch_all, NULL);
    return OK;
}

ENGINE_TEST(exec1_changes_one_row_or_it_is_a_conflict)
{
    struct store *s = things_open(a, engine);
    struct fault f = {0};
    struct thing t;
    fill(s, a, 2);
    struct move old = {S("00000"), S("old"), 7}, right = {S("00000"), S("right"), 1};
    CHECK_ERR(E_CONFLICT, store_write(s, a, &f, run_one1, &(struct one_stmt){&thing_move, &old}));
    CHECK_ERR(OK, store_write(s, a, &f, run_one1, &(struct one_stmt){&thing_move, &right}));
    CHECK_ERR(E_CONFLICT, store_write(s, a, &f, run_one1, &(struct one_stmt){&thing_move, &right}));
    CHECK_ERR(E_CONFLICT, store_write(s, a, &f, touch_and_forgive, NULL));
    CHECK_ERR(OK, get_thing(s, a, S("00000"), &t));
    CHECK_STR(S("right"), t.state);
    CHECK_I64(2, t.rev);
}

static enum err move_or_add(struct db *db, void *arg)
{
    struct move m = {S("1"), S("moved"), 1};
    (void)arg;
    if (db_exec1(db, &thing_move, &m) == OK)
        return OK;
    return db_exec(db, &thing_add, &(struct thing){.id = S("1"), .state = S("added"), .rev = 1});
}

ENGINE_TEST(an_exec1_that_changed_nothing_leaves_the_write_usable)
{
    struct store *s = things_open(a, engine);
    struct fault f = {0};
    struct thing t;
    CHECK_ERR(OK, store_write(s, a, &f, move_or_add, NULL));
    CHECK_ERR(OK, get_thing(s, a, S("1"), &t));
    CHECK_STR(S("added"), t.state);
}

/* A unit of work that failed */
static enum err add_and_forgive(struct db *db, void *arg)
{
    struct thing t = {.id = S("1"), .state = S("new")};
    i64 n;
    (void)arg;
    TRY(db_exec(db, &thing_add, &t));
    enum err first = db_exec(db, &thing_add, &t);
    if (first != E_CONFLICT || db_one(db, &thing_count, NULL, &n) != E_CONFLICT)
        return E_DENIED; /* not what the test expects */
    return OK;
}

ENGINE_TEST(a_failed_statement_ends_the_write_whatever_its_function_says)
{
    struct store *s = things_open(a, engine);
    struct fault f = {0};
    CHECK_ERR(E_CONFLICT, store_write(s, a, &f, add_and_forgive, NULL));
    CHECK_I64(0, count_things(s));
}

static enum err add_then_fail(struct db *db, void *arg)
{
    TRY(db_exec(db, &thing_add, &(struct thing){.id = S("1"), .state = S("new")}));
    TRY(db_exec(db, &thing_add, &(struct thing){.id = S("2"), .state = S("new")}));
    return *(const enum err *)arg;
}

ENGINE_TEST(a_write_that_fails_half_way_leaves_nothing)
{
    struct store *s = things_open(a, engine);
    for (enum err e = E_INVALID; e < ERR_COUNT; e++) {
        struct fault f = {0};
        CHECK_ERR(e, store_write(s, a, &f, add_then_fail, &e));
        CHECK_I64(0, count_things(s));
    }
    CHECK_ERR(OK, ADD(s, a, .id = S("1")));
    CHECK_I64(1, count_things(s));
}

ENGINE_TEST(a_reader_cannot_write)
{
    struct store *s = things_open(a, engine);
    struct fault f = {0};
    struct thing t = {.id = S("1"), .state = S("new")};
    struct db *db;
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(E_IO, db_exec(db, &thing_add, &t));
    store_read_end(db);
    CHECK_I64(0, count_things(s));
}

STMT endless = {.name = "endless",
                BOTH("WITH RECURSIVE x (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM x)"
                     " SELECT count(*) FROM x"),
                .out = n_cols,
                .nout = 1,
                .row = sizeof(i64)};

ENGINE_TEST(a_statement_that_takes_too_long_is_stopped)
{
    str url = help_database(a, engine);
    struct store *s = help_open_with(a, (struct store_options){.url = url, .statement_ms = 50});
    struct fault f = {0};
    struct db *db;
    i64 n;
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    CHECK_ERR(E_IO, db_one(db, &endless, NULL, &n));
    CHECK(strstr(f.text, "endless") != NULL);
}

/* More statements than a connection keeps */
static struct stmt numbered[200];
static const struct col numbered_cols[] = {{COL_I64, 0}, {COL_I64, sizeof(i64)}};

ENGINE_TEST(more_statements_than_are_kept_still_run)
{
    struct store *s =
        things_open_with(a, (struct store_options){.url = help_database(a, engine), .readers = 1});
    struct fault f = {0};
    struct db *db;
    for (size_t i = 0; i < COUNT(numbered); i++) {
        const char *name = str_to_z(a, str_fmt(a, "number_%zu", i));
        numbered[i] = (struct stmt){
            .name = name,
            .sqlite = str_to_z(a, str_fmt(a, "SELECT ?1 + %zu, ?1", i)),
            .postgres = str_to_z(a, str_fmt(a, "SELECT $1 + %zu, $1", i)),
            .in = n_cols,
            .nin = 1,
            .out = numbered_cols,
            .nout = 2,
            .row = 2 * sizeof(i64),
        };
    }
    CHECK_ERR(OK, store_read(s, a, &f, &db));
    for (i64 turn = 0; turn < 3; turn++)
        for (size_t i = 0; i < COUNT(numbered); i++) {
            i64 row[2];
            CHECK_ERR(OK, db_one(db, &numbered[i], &turn, row));
            CHECK_I64(turn + (i64)i, row[0]);
        }
    uint64_t before = store_stats(s).prepares;
    i64 row[2];
    for (size_t i = 0; i < 3 * COUNT(numbered); i++)
        CHECK_ERR(OK, db_one(db, &numbered[i % 60], &(i64){1}, row));
    CHECK_I64(60, (i64)(store_stats(s).prepares - before));
}
