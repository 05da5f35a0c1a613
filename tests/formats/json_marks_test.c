/* json_marks_test.c - every way to find the marks of a text against one byte at a time. */
#include "formats/json_marks.h"
#include "help/edge.h"
#include "t.h"

struct plain_mark {
    size_t at;
    char byte;
};

static bool is_in(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

/* As json_marks.h describes them: bytes from left to right. */
static size_t slow_marks(str s, struct plain_mark *out)
{
    bool inside = false, escaped = false, other = false, high = false;
    size_t n = 0;
    for (size_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        bool quote = c == '"' && !escaped, was_other = other, was_high = high, mark = quote;
        high = (unsigned char)c >= 0x80;
        other = !inside && !quote && !is_in(c, "{}[]:, \t\r\n");
        if (inside)
            mark |= (c == '\\' && !escaped) || (unsigned char)c < 0x20 || (high && !was_high);
        else
            mark |= is_in(c, "{}[]:,") || (other && !was_other);
        escaped = c == '\\' && !escaped;
        inside ^= quote;
        if (mark)
            out[n++] = (struct plain_mark){i, c};
    }
    return n;
}

static void same_as_slow(struct arena *a, str s, enum json_way way)
{
    struct plain_mark *slow = NEWS(a, struct plain_mark, s.n + 1);
    struct json_marks *m = NEW(a, struct json_marks);
    size_t n = slow_marks(s, slow), i = 0;
    json_marks_begin(m, s, way);
    json_marks_more(m, 0);
    for (size_t k = 0; i < n; i++, k++) {
        if (k + JSON_AHEAD > m->n) {
            json_marks_more(m, k);
            k = 0;
        }
        CHECK_I64((i64)slow[i].at, m->at[k]);
        CHECK_I64(slow[i].byte, m->byte[k]);
    }
    json_marks_more(m, m->n);
    for (size_t k = 0; k < JSON_AHEAD; k++)
        CHECK(m->at[k] == s.n && m->byte[k] == '\0');
}

/* Of a text that ends where its memory does. */
static void all_ways(struct arena *a, str text)
{
    str s = {help_edge(a, text.n) - text.n, text.n};
    memcpy((char *)(uintptr_t)s.p, text.p, text.n);
    for (unsigned way = JSON_BYTEWISE; way <= json_way(); way++)
        same_as_slow(a, s, (enum json_way)way);
}

TEST(each_byte_at_each_place_is_marked_as_it_should)
{
    static const size_t places[] = {0, 1, 15, 16, 31, 32, 62, 63, 64, 65, 127, 128, 129};
    static const char *const fills[] = {" ", "a", "\"", "\\", "\xE3", ",", "\"\\", "\" ", "\\\\\""};
    struct arena *spare = arena_new();
    for (size_t f = 0; f < COUNT(fills); f++)
        for (int c = 0; c < 256; c++) {
            char text[130];
            for (size_t i = 0; i < sizeof text; i++)
                text[i] = fills[f][i % strlen(fills[f])];
            for (size_t i = 0; i < COUNT(places); i++)
                text[places[i]] = (char)(i % 3 == 0 ? c : text[places[i]]);
            all_ways(spare, (str){text, sizeof text});
            arena_reset(spare);
        }
    arena_free(spare);
}

TEST(marks_go_on_from_stretch_to_stretch)
{
    static const char parts[] = "{}[]:,\"\"\"\"\"\\\\   \n\x01 a1\xE3\x81\x82";
    size_t n = 3 * JSON_STRETCH + 77;
    char *p = NEWS(a, char, n);
    uint32_t seed = 1;
    for (size_t i = 0; i < n; i++) {
        seed = seed * 1103515245 + 12345;
        p[i] = parts[(seed >> 16) % (sizeof parts - 1)];
    }
    all_ways(a, (str){p, n});
    memset(p + 100, 'x', 2 * JSON_STRETCH); /* one without any mark, or one without an end */
    all_ways(a, (str){p, n});
    memset(p, '[', n);
    all_ways(a, (str){p, n});
    all_ways(a, S(""));
}
