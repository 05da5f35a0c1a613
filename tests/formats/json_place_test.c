/* json_place_test.c - JSON Pointers made and followed, trees compared. */
#include "formats/json.h"
#include "t.h"

static const struct json *read_ok(struct arena *a, str text)
{
    const struct json *j = NULL;
    struct json_error e;
    CHECK_ERR(OK, json_read(a, text, &j, &e));
    return j;
}

TEST(a_chain_of_places_is_written_as_a_json_pointer)
{
    struct json_place root = {0};
    struct json_place list = {.up = &root, .key = S("a/b")};
    struct json_place item = {.up = &list, .index = 12};
    struct json_place leaf = {.up = &item, .key = S("m~n")};
    struct json_place empty = {.up = &leaf, .key = S("")};
    CHECK_STR(S(""), json_pointer(a, &root));
    CHECK_STR(S("/a~1b"), json_pointer(a, &list));
    CHECK_STR(S("/a~1b/12/m~0n"), json_pointer(a, &leaf));
    CHECK_STR(S("/a~1b/12/m~0n/"), json_pointer(a, &empty));
}

/* The document and the pointers of RFC 6901 section 5. */
TEST(the_examples_of_rfc_6901_are_found)
{
    static const struct {
        str pointer;
        i64 value;
    } examples[] = {
        {S_INIT("/"), 0},     {S_INIT("/a~1b"), 1}, {S_INIT("/c%d"), 2},
        {S_INIT("/e^f"), 3},  {S_INIT("/g|h"), 4},  {S_INIT("/i\\j"), 5},
        {S_INIT("/k\"l"), 6}, {S_INIT("/ "), 7},    {S_INIT("/m~0n"), 8},
    };
    const struct json *j =
        read_ok(a, S("{\"foo\":[\"bar\",\"baz\"],\"\":0,\"a/b\":1,\"c%d\":2,\"e^f\":3,\"g|h\":4,"
                     "\"i\\\\j\":5,\"k\\\"l\":6,\" \":7,\"m~n\":8}"));
    for (size_t i = 0; i < COUNT(examples); i++) {
        i64 v = -1;
        CHECK(json_i64(json_find(j, examples[i].pointer), &v));
        CHECK_I64(examples[i].value, v);
    }
    CHECK(json_find(j, S("")) == j);
    CHECK(json_find(j, S("/foo")) == json_get(j, S("foo")));
    CHECK_STR(S("bar"), json_text(json_find(j, S("/foo/0"))));
}

TEST(pointers_to_nothing_find_nothing)
{
    const struct json *j = read_ok(a, S("{\"foo\":[1,2],\"x\":\"y\"}"));
    CHECK(json_find(j, S("/bar")) == NULL && json_find(j, S("/foo/2")) == NULL);
    CHECK(json_find(j, S("/foo/01")) == NULL && json_find(j, S("/foo/-")) == NULL);
    CHECK(json_find(j, S("/foo/")) == NULL && json_find(j, S("/x/0")) == NULL);
    CHECK(json_find(j, S("foo")) == NULL && json_find(j, S("/foo/1/2/3")) == NULL);
}

static bool same(struct arena *a, str x, str y)
{
    bool there = json_same(read_ok(a, x), read_ok(a, y));
    CHECK(there == json_same(read_ok(a, y), read_ok(a, x)));
    return there;
}

TEST(trees_are_the_same_by_content_not_by_order_or_writing)
{
    CHECK(same(a, S("{\"a\":1,\"b\":[2,\"\\u0041\"]}"), S(" {\"b\":[2,\"A\"],\"a\" : 1}")));
    CHECK(same(a, S("[1.50,1e2]"), S("[1.5,100.0]")));
    CHECK(same(a, S("[-0,null,true]"), S("[0,null,true]")));
    CHECK(!same(a, S("[1]"), S("[1.0]")));
    CHECK(!same(a, S("[1,2]"), S("[2,1]")));
    CHECK(!same(a, S("{\"a\":1}"), S("{\"b\":1}")));
    CHECK(!same(a, S("{\"a\":1}"), S("{\"a\":1,\"b\":2}")));
    CHECK(!same(a, S("[]"), S("{}")));
    CHECK(!same(a, S("true"), S("false")));
    CHECK(!same(a, S("[1.5]"), S("[1.25]")));
    CHECK(json_same(NULL, NULL) && !json_same(read_ok(a, S("1")), NULL));
}
