/* shelf_test.c - generations of public files: whole, in one step, also when the maker is killed. */
#include "t.h"

#include "io/files.h"
#include "io/shelf.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *new_root(struct arena *a)
{
    char *name = NEWS(a, char, 64);
    (void)snprintf(name, 64, "/tmp/kakehashi-shelf-XXXXXX");
    must(mkdtemp(name) != NULL);
    return name;
}

static void drop_root(struct arena *a, const char *root)
{
    must(system(str_to_z(a, str_fmt(a, "rm -rf %s", root))) == 0);
}

static str content(struct arena *a, const char *root, const char *path)
{
    struct fault f = {0};
    str out = NO_STR;
    (void)file_read(a, str_to_z(a, str_fmt(a, "%s/current/%s", root, path)), 1000, &f, &out);
    return out;
}

static ino_t inode(struct arena *a, const char *root, const char *path)
{
    struct stat st;
    must(stat(str_to_z(a, str_fmt(a, "%s/current/%s", root, path)), &st) == 0);
    return st.st_ino;
}

/* A list, and two years of which only the second changes. */
static enum err put(struct arena *a, const char *root, const char *name, str list, str one)
{
    struct fault f = {0};
    struct shelf *s;
    TRY(shelf_begin(a, root, str_z(name), &f, &s));
    TRY(shelf_folder(s, S("csaf/white")));
    TRY(shelf_put(s, S("csaf/white"), S("index.txt"), list));
    TRY(shelf_keep(s, S("csaf/white/2025"), SHELF_AS_IS));
    TRY(shelf_keep(s, S("csaf/white/2026"), SHELF_CHANGED));
    TRY(shelf_put(s, S("csaf/white/2026"), S("one.json"), one));
    return shelf_show(s);
}

static void first(struct arena *a, const char *root)
{
    static const str year = S_INIT("csaf/white/2025");
    struct fault f = {0};
    struct shelf *s;
    CHECK(shelf_current(a, root).p == NULL);
    CHECK_ERR(OK, shelf_begin(a, root, S("g1"), &f, &s));
    CHECK_ERR(OK, shelf_keep(s, year, SHELF_CHANGED));
    CHECK_ERR(OK, shelf_put(s, year, S("old.json"), S("old")));
    CHECK_ERR(OK, shelf_put(s, year, S("gone.json"), S("gone")));
    CHECK_ERR(OK, shelf_show(s));
    CHECK_STR(S("g1"), shelf_current(a, root));
}

TEST(the_next_generation_keeps_what_did_not_change)
{
    const char *root = new_root(a);
    first(a, root);
    ino_t old = inode(a, root, "csaf/white/2025/old.json");
    CHECK_ERR(OK, put(a, root, "g2", S("list 2"), S("one 2")));
    CHECK_STR(S("list 2"), content(a, root, "csaf/white/index.txt"));
    CHECK_STR(S("one 2"), content(a, root, "csaf/white/2026/one.json"));
    CHECK(old == inode(a, root, "csaf/white/2025/old.json"));

    static const str year = S_INIT("csaf/white/2025");
    struct fault f = {0};
    struct shelf *s;
    CHECK_ERR(OK, shelf_begin(a, root, S("g3"), &f, &s));
    CHECK_ERR(OK, shelf_keep(s, year, SHELF_CHANGED));
    CHECK_ERR(OK, shelf_put(s, year, S("gone.json"), NO_STR));
    CHECK_ERR(OK, shelf_put(s, year, S("new.json"), S("new")));
    CHECK_STR(S("gone"), content(a, root, "csaf/white/2025/gone.json")); /* not shown yet */
    CHECK_ERR(OK, shelf_show(s));
    CHECK(old == inode(a, root, "csaf/white/2025/old.json")); /* a link to the same file */
    CHECK_STR(S("new"), content(a, root, "csaf/white/2025/new.json"));
    CHECK(content(a, root, "csaf/white/2025/gone.json").p == NULL);
    CHECK(content(a, root, "csaf/white/index.txt").p == NULL);
    CHECK_ERR(OK, shelf_begin(a, root, S("g4"), &f, &s));
    CHECK_ERR(OK, shelf_keep(s, year, SHELF_ANEW));
    CHECK_ERR(OK, shelf_show(s));
    CHECK(content(a, root, "csaf/white/2025/old.json").p == NULL);
    drop_root(a, root);
}

TEST(a_sweep_leaves_two_generations_and_what_they_need)
{
    const char *root = new_root(a);
    struct fault f = {0};
    first(a, root);
    CHECK_ERR(OK, put(a, root, "g2", S("list 2"), S("one 2")));
    CHECK_ERR(OK, put(a, root, "g3", S("list 3"), S("one 3")));
    CHECK_ERR(OK, shelf_sweep(a, root, S("g2"), &f));
    CHECK_STR(S("old"), content(a, root, "csaf/white/2025/old.json"));
    CHECK_STR(S("one 3"), content(a, root, "csaf/white/2026/one.json"));
    str gone = str_fmt(a,
                       "test ! -e %s/generations/g1 && test -e %s/generations/g2 && "
                       "test $(ls %s/folders | wc -l) = 3",
                       root, root, root);
    CHECK(system(str_to_z(a, gone)) == 0);
    drop_root(a, root);
}

/* A generation with one file, and the second as it was where that is absent. */
static void put_year(struct arena *a, const char *root, const char *name, str one, str two)
{
    struct shelf *s;
    struct fault f = {0};
    CHECK_ERR(OK, shelf_begin(a, root, str_z(name), &f, &s));
    CHECK_ERR(OK, shelf_keep(s, S("csaf/white/2026"), SHELF_CHANGED));
    CHECK_ERR(OK, shelf_put(s, S("csaf/white/2026"), S("one.json"), one));
    if (two.p != NULL)
        CHECK_ERR(OK, shelf_put(s, S("csaf/white/2026"), S("two.json"), two));
    CHECK_ERR(OK, shelf_show(s));
    CHECK_STR(one, content(a, root, "csaf/white/2026/one.json"));
}

static ino_t folder_of(struct arena *a, const char *root, const char *name)
{
    struct stat st;
    must(stat(str_to_z(a, str_fmt(a, "%s/generations/%s/csaf/white/2026", root, name)), &st) == 0);
    return st.st_ino;
}

TEST(a_changed_folder_is_the_one_that_no_generation_needs_any_more)
{
    const char *root = new_root(a);
    struct fault f = {0};
    put_year(a, root, "g1", S("1"), S("one two"));
    ino_t oldest = folder_of(a, root, "g1");
    put_year(a, root, "g2", S("2"), S("two two"));
    CHECK(oldest != folder_of(a, root, "g2")); /* somebody may still read g1 */
    CHECK_ERR(OK, shelf_sweep(a, root, S("g1"), &f));
    put_year(a, root, "g3", S("3"), S("three two"));
    CHECK(oldest != folder_of(a, root, "g3"));
    CHECK_ERR(OK, shelf_sweep(a, root, S("g2"), &f));
    put_year(a, root, "g4", S("4"), NO_STR);
    CHECK_STR(S("three two"), content(a, root, "csaf/white/2026/two.json")); /* not that of g1 */
    CHECK(oldest == folder_of(a, root, "g4"));
    str before = str_fmt(a, "test \"$(cat %s/generations/g3/csaf/white/2026/*)\" = '3three two'",
                         root); /* as it was */
    CHECK(system(str_to_z(a, before)) == 0);
    CHECK_ERR(OK, shelf_sweep(a, root, S("g3"), &f));
    CHECK(system(str_to_z(a, str_fmt(a, "test $(ls %s/folders | wc -l) = 3", root))) == 0);
    drop_root(a, root);
}

/* A generation with a file in each of two folders, of which one path ends in the other. */
static void put_two(struct arena *a, const char *root, const char *name)
{
    static const str paths[] = {S_INIT("csaf/white"), S_INIT("white")};
    struct shelf *s;
    struct fault f = {0};
    CHECK_ERR(OK, shelf_begin(a, root, str_z(name), &f, &s));
    for (size_t i = 0; i < COUNT(paths); i++) {
        CHECK_ERR(OK, shelf_keep(s, paths[i], SHELF_CHANGED));
        CHECK_ERR(OK, shelf_put(s, paths[i], S("one.json"), paths[i]));
    }
    CHECK_ERR(OK, shelf_show(s));
}

TEST(a_folder_that_is_needed_by_another_path_is_not_taken)
{
    const char *root = new_root(a);
    put_two(a, root, "g1");
    put_two(a, root, "g2");
    CHECK_STR(S("csaf/white"), content(a, root, "csaf/white/one.json"));
    CHECK_STR(S("white"), content(a, root, "white/one.json"));
    drop_root(a, root);
}

TEST(what_is_made_anew_with_the_same_bytes_is_the_same_file)
{
    static const str year = S_INIT("csaf/white/2025");
    const char *root = new_root(a);
    struct fault f = {0};
    struct shelf *s;
    first(a, root);
    ino_t old = inode(a, root, "csaf/white/2025/old.json");
    ino_t other = inode(a, root, "csaf/white/2025/gone.json");
    CHECK_ERR(OK, shelf_begin(a, root, S("g2"), &f, &s));
    CHECK_STR(S("old"), shelf_before(s, a, year, S("old.json")));
    CHECK(shelf_before(s, a, year, S("new.json")).p == NULL);
    CHECK_ERR(OK, shelf_keep(s, year, SHELF_ANEW));
    CHECK_ERR(OK, shelf_put(s, year, S("old.json"), S("old")));
    CHECK_ERR(OK, shelf_put(s, year, S("gone.json"), S("came")));
    CHECK_ERR(OK, shelf_show(s));
    CHECK(old == inode(a, root, "csaf/white/2025/old.json"));
    CHECK(other != inode(a, root, "csaf/white/2025/gone.json"));
    CHECK_STR(S("came"), content(a, root, "csaf/white/2025/gone.json"));
    drop_root(a, root);
}

TEST(a_generation_that_cannot_be_made_changes_nothing)
{
    const char *root = new_root(a);
    first(a, root);
    CHECK_ERR(OK, put(a, root, "g2", S("list 2"), S("one 2")));
    CHECK_ERR(E_IO, put(a, root, "g2", S("list 3"), S("one 3"))); /* the name is taken */
    CHECK_STR(S("g2"), shelf_current(a, root));
    CHECK_STR(S("one 2"), content(a, root, "csaf/white/2026/one.json"));
    drop_root(a, root);
}

/* Switches for ever, and says each time that one is done. */
static void make_many(struct arena *a, const char *root, int round, int say)
{
    for (int i = 0;; i++) {
        struct fault f = {0};
        str name = str_fmt(a, "k%d-%d", round, i), text = name;
        if (put(a, root, str_to_z(a, name), text, text) != OK)
            _exit(1);
        if (i % 3 == 2 && shelf_sweep(a, root, NO_STR, &f) != OK)
            _exit(1);
        if (write(say, "x", 1) != 1)
            _exit(1);
    }
}

TEST(whoever_kills_the_maker_finds_one_generation_whole)
{
    const char *root = new_root(a);
    first(a, root);
    for (int round = 0; round < 12; round++) {
        int ends[2], status;
        char x;
        must(pipe(ends) == 0);
        pid_t child = fork();
        must(child >= 0);
        if (child == 0)
            make_many(a, root, round, ends[1]);
        for (int i = 0; i <= round % 4; i++)
            must(read(ends[0], &x, 1) == 1);
        must(kill(child, SIGKILL) == 0 && waitpid(child, &status, 0) == child);
        CHECK(WIFSIGNALED(status));
        (void)close(ends[0]);
        (void)close(ends[1]);
        str now = shelf_current(a, root);
        CHECK_STR(now, content(a, root, "csaf/white/index.txt"));
        CHECK_STR(now, content(a, root, "csaf/white/2026/one.json"));
        CHECK_STR(S("old"), content(a, root, "csaf/white/2025/old.json"));
    }
    drop_root(a, root);
}
