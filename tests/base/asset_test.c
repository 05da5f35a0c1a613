/* asset_test.c - the files inside the program are those of the repository. */
#include "base/asset.h"

#include "t.h"

static str file_bytes(struct arena *a, str path)
{
    buf b = {.a = a};
    FILE *f = fopen(str_to_z(a, path), "r");
    if (f == NULL)
        return NO_STR;
    for (int c; (c = getc(f)) != EOF;)
        buf_char(&b, (char)c);
    (void)fclose(f);
    return buf_str(&b);
}

TEST(each_is_found_by_its_path_and_has_the_bytes_of_its_file)
{
    if (asset_count == 0)
        SKIP("no files are embedded");
    for (size_t i = 0; i < asset_count; i++) {
        const struct asset *found = asset_find(assets[i].path);
        CHECK(found == &assets[i]);
        str want = file_bytes(a, assets[i].path);
        if (want.p == NULL)
            SKIP("not started at the root of the repository");
        CHECK_STR(want, found->bytes);
    }
}

TEST(they_are_sorted_by_path)
{
    for (size_t i = 1; i < asset_count; i++)
        CHECK(str_cmp(assets[i - 1].path, assets[i].path) < 0);
}

TEST(no_other_path_is_found)
{
    CHECK(asset_find(S("")) == NULL);
    CHECK(asset_find(S("static")) == NULL);
    CHECK(asset_find(S("~")) == NULL);
    for (size_t i = 0; i < asset_count; i++) {
        CHECK(asset_find(str_join(a, assets[i].path, S("x"))) == NULL);
        CHECK(asset_find(str_sub(assets[i].path, 0, assets[i].path.n - 1)) == NULL);
    }
}
