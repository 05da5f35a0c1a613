/* migrate_test.c - forward only, one transaction each, and nothing done to another's database. */
#include "store/things.h"

static const struct migration steps[] = {
    {1, "first", "CREATE TABLE first (id TEXT PRIMARY KEY) STRICT; INSERT INTO first VALUES ('x');",
     "CREATE TABLE first (id TEXT PRIMARY KEY); INSERT INTO first VALUES ('x');"},
    {2, "second", "CREATE TABLE second (id TEXT PRIMARY KEY REFERENCES first (id)) STRICT;",
     "CREATE TABLE second (id TEXT PRIMARY KEY REFERENCES first (id));"},
    {3, "third", "ALTER TABLE first ADD COLUMN name TEXT;",
     "ALTER TABLE first ADD COLUMN name TEXT;"},
};

static struct migration_state state_of(struct store *s, struct arena *a,
                                       const struct migration *list, size_t n)
{
    struct migration_state state;
    struct fault f = {0};
    CHECK_ERR(OK, migrate_state(s, a, &f, list, n, &state));
    return state;
}

static enum err apply(struct store *s, struct arena *a, const struct migration *list, size_t n,
                      int *applied)
{
    struct fault f = {0};
    return migrate_apply(s, a, &f, list, n, applied);
}

ENGINE_TEST(a_fresh_database_has_none)
{
    struct migration_state st = state_of(help_open(a, help_database(a, engine)), a, steps, 3);
    CHECK_I64(0, st.have);
    CHECK_I64(3, st.want);
    CHECK(!st.foreign);
}

ENGINE_TEST(all_are_applied_once)
{
    str url = help_database(a, engine);
    struct store *s = help_open(a, url);
    int applied;
    CHECK_ERR(OK, apply(s, a, steps, 3, &applied));
    CHECK_I64(3, applied);
    CHECK_ERR(OK, apply(s, a, steps, 3, &applied));
    CHECK_I64(0, applied);
    CHECK_STR(S("1"), help_sql_value(a, url, "SELECT count(*) FROM first"));
    CHECK_STR(S("second"), help_sql_value(a, url, "SELECT name FROM migration WHERE number = 2"));
    CHECK_STR(S("1"), help_sql_value(a, url,
                                     "SELECT count(*) FROM migration WHERE"
                                     " at > 1700000000000 AND length(hash) = 64"
                                     " AND number = 1"));
}

ENGINE_TEST(they_are_applied_one_by_one_as_they_come)
{
    struct store *s = help_open(a, help_database(a, engine));
    for (size_t n = 1; n <= 3; n++) {
        int applied;
        CHECK_ERR(OK, apply(s, a, steps, n, &applied));
        CHECK_I64(1, applied);
        CHECK_I64((i64)n, state_of(s, a, steps, 3).have);
    }
}

ENGINE_TEST(another_text_under_a_known_number_is_foreign)
{
    struct store *s = help_open(a, help_database(a, engine));
    struct migration other[3] = {steps[0], steps[1], steps[2]};
    int applied;
    CHECK_ERR(OK, apply(s, a, steps, 2, &applied));
    other[1].sqlite = other[1].postgres = "CREATE TABLE other (id TEXT PRIMARY KEY)";
    CHECK(state_of(s, a, other, 3).foreign);
    CHECK_ERR(E_CONFLICT, apply(s, a, other, 3, &applied));
    CHECK_I64(0, applied);
    CHECK_I64(2, state_of(s, a, steps, 3).have);
    CHECK(!state_of(s, a, steps, 3).foreign);
}

ENGINE_TEST(a_newer_program_s_database_is_foreign)
{
    struct store *s = help_open(a, help_database(a, engine));
    int applied;
    CHECK_ERR(OK, apply(s, a, steps, 3, &applied));
    CHECK(state_of(s, a, steps, 2).foreign);
    CHECK_I64(3, state_of(s, a, steps, 2).have);
    CHECK_ERR(E_CONFLICT, apply(s, a, steps, 2, &applied));
}

ENGINE_TEST(one_that_fails_in_the_middle_leaves_what_was_before)
{
    str url = help_database(a, engine);
    struct store *s = help_open(a, url);
    struct migration broken[3] = {steps[0], steps[1], steps[2]};
    struct fault f = {0};
    int applied;
    broken[1].sqlite = broken[1].postgres =
        "CREATE TABLE half (id TEXT PRIMARY KEY); INSERT INTO nowhere VALUES (1);";
    CHECK_ERR(E_IO, migrate_apply(s, a, &f, broken, 3, &applied));
    CHECK_I64(1, applied);
    CHECK(strstr(f.text, "0002_second") != NULL && strstr(f.text, "nowhere") != NULL);
    CHECK_I64(1, state_of(s, a, steps, 3).have);
    CHECK_ERR(OK, apply(s, a, steps, 3, &applied));
    CHECK_I64(2, applied);
    help_sql(url, "CREATE TABLE half (id TEXT PRIMARY KEY)"); /* it is not there */
}

ENGINE_TEST(one_that_breaks_a_reference_is_undone)
{
    str url = help_database(a, engine);
    struct store *s = help_open(a, url);
    const struct migration two[] = {
        steps[0],
        {2, "orphan",
         "CREATE TABLE second (id TEXT PRIMARY KEY REFERENCES first (id)) STRICT;"
         "INSERT INTO second VALUES ('nobody');",
         "CREATE TABLE second (id TEXT PRIMARY KEY REFERENCES first (id));"
         "INSERT INTO second VALUES ('nobody');"}};
    int applied;
    CHECK_ERR(E_INVALID, apply(s, a, two, 2, &applied));
    CHECK_I64(1, applied);
    CHECK_ERR(OK, apply(s, a, steps, 3, &applied));
}

ENGINE_TEST(one_that_ends_its_transaction_is_an_error)
{
    struct store *s = help_open(a, help_database(a, engine));
    const struct migration bad[] = {{1, "bad", "COMMIT;", "COMMIT;"}};
    int applied;
    CHECK_ERR(E_IO, apply(s, a, bad, 1, &applied));
    CHECK_I64(0, state_of(s, a, steps, 3).have);
    CHECK_ERR(OK, apply(s, a, steps, 3, &applied));
    CHECK_I64(3, applied);
}

/* SQLite cannot change a constraint but by making the table anew. */
TEST(a_table_that_others_refer_to_can_be_rebuilt)
{
    str url = help_database(a, HELP_SQLITE);
    struct store *s = help_open(a, url);
    struct migration list[4] = {steps[0], steps[1], steps[2]};
    static const struct stmt orphan = {.name = "orphan",
                                       .sqlite = "INSERT INTO second VALUES ('nobody')"};
    int applied;
    list[3] = (struct migration){
        4, "rebuild",
        "INSERT INTO second VALUES ('x');"
        "CREATE TABLE new (id TEXT PRIMARY KEY CHECK (id <> ''), name TEXT) STRICT;"
        "INSERT INTO new SELECT id, name FROM first;"
        "DROP TABLE first; ALTER TABLE new RENAME TO first;",
        ""};
    CHECK_ERR(OK, apply(s, a, list, 4, &applied));
    CHECK_I64(4, applied);
    CHECK_ERR(E_INVALID, write_stmt(s, a, &orphan, NULL)); /* references are checked again */
}

ENGINE_TEST(the_program_s_own_schema_is_whole)
{
    struct store *s = help_store(a, engine);
    struct migration_state st;
    struct fault f = {0};
    int applied;
    CHECK_ERR(OK, store_migration_state(s, a, &f, &st));
    CHECK_I64(st.want, st.have);
    CHECK(!st.foreign);
    CHECK_ERR(OK, store_migrate(s, a, &f, &applied));
    CHECK_I64(0, applied);
}

/* Up to 0006 a released text had a word for its language; since 0007 each of its words names it. */
ENGINE_TEST(the_words_of_released_texts_are_written_anew_with_their_language)
{
    enum { BEFORE = 6 };
    str url = help_database(a, engine);
    struct store *s = help_open(a, url);
    bool postgres = store_is_postgres(s);
    static const char put[] =
        "INSERT INTO public_found (doc, number, lang, normal)"
        " VALUES (1, '1', 'ja', ''), (2, '1', 'en', ''), (1030, '2', 'ja', '');"
        "INSERT INTO public_words (%s, words) VALUES"
        " (1, %s'aaaaaaaaaaaaa ujaaaaaaaaaaa o0o0 o1o0 o2o0 o3o0 uja'%s),"
        " (2, %s'aaaaaaaaaaaaa o0o0 o1o0 o2o0 o3o0 uen'%s),"
        " (1030, %s'o0o1 o1o0 o2o0 o3o0 uja'%s)";
    const char *x = postgres ? "array_to_tsvector(string_to_array(" : "",
               *y = postgres ? ", ' '))" : "", *doc = postgres ? "doc" : "rowid";
    int applied;
    CHECK_ERR(OK, apply(s, a, migrations, BEFORE, &applied));
    help_sql(url, str_to_z(a, str_fmt(a, put, doc, x, y, x, y, x, y)));
    CHECK_ERR(OK, apply(s, a, migrations, BEFORE + 1, &applied));
    static const char *const want[][3] = {
        /* who has it on SQLite, and on PostgreSQL, where words of the blocks stay */
        {"jaaaaaaaaaaaaa", "1", "1"},
        {"jujaaaaaaaaaaa", "1", "1"},
        {"eaaaaaaaaaaaaa", "2", "2"},
        {"aaaaaaaaaaaaa", "", ""},
        {"uja", "", ""},
        {"uen", "", ""},
        {"o0o0", "", "1 2"},
        {"jo0o0", "", ""},
        {"o0o1", "", "1030"},
    };
    for (size_t i = 0; i < COUNT(want); i++) {
        str sql = postgres ? str_fmt(a,
                                     "SELECT coalesce(string_agg(doc::text, ' ' ORDER BY doc), '')"
                                     " FROM public_words WHERE words @@ CAST('%s' AS tsquery)",
                                     want[i][0])
                           : str_fmt(a,
                                     "SELECT coalesce(group_concat(rowid, ' '), '')"
                                     " FROM public_words WHERE public_words MATCH '%s'",
                                     want[i][0]);
        CHECK_STR(str_z(want[i][postgres ? 2 : 1]), help_sql_value(a, url, str_to_z(a, sql)));
    }
}
