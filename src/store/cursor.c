/* cursor.c - see cursor.h. */
#include "store/cursor.h"

#include "base/encode.h"
#include "base/utf8.h"

enum { VERSION = 1, BYTES_MAX = CURSOR_MAX / 4 * 3 };

static void put_be(buf *b, uint64_t v, unsigned bytes)
{
    while (bytes-- > 0)
        buf_char(b, (char)(v >> bytes * 8));
}

static uint64_t get_be(str s)
{
    uint64_t v = 0;
    for (size_t i = 0; i < s.n; i++)
        v = v << 8 | (unsigned char)s.p[i];
    return v;
}

/* The first n bytes, removed from *rest; false: there are fewer. */
static bool cut(str *rest, size_t n, str *out)
{
    if (rest->n < n)
        return false;
    *out = str_sub(*rest, 0, n);
    *rest = str_from(*rest, n);
    return true;
}

static const struct col *key_col(const struct stmt *q, const struct list_sort *by, size_t i)
{
    const struct col *c = &q->out[by->out[i]];
    must(c->type == COL_STR || c->type == COL_I64);
    return c;
}

/* FNV-1a: tells statements apart; it keeps no secret. */
static uint64_t fnv(uint64_t h, str s)
{
    for (size_t i = 0; i < s.n; i++)
        h = (h ^ (unsigned char)s.p[i]) * 0x100000001b3;
    return (h ^ 0xff) * 0x100000001b3;
}

static uint64_t mark(const struct stmt *q, const struct list_sort *by)
{
    uint64_t h = fnv(fnv(0xcbf29ce484222325, str_z(q->name)), str_z(by->name));
    for (size_t i = 0; i < by->nkeys; i++)
        h = fnv(h, key_col(q, by, i)->type == COL_I64 ? S("i") : S("s"));
    return fnv(h, by->descending ? S("d") : S("a"));
}

str cursor_write(struct arena *a, const struct stmt *q, size_t sort, const void *row)
{
    const struct list_sort *by = &q->sorts[sort];
    buf b = {.a = a};
    buf_char(&b, VERSION);
    put_be(&b, mark(q, by), 8);
    for (size_t i = 0; i < by->nkeys; i++) {
        const struct col *c = key_col(q, by, i);
        const void *field = (const char *)row + c->at;
        if (c->type == COL_I64) {
            put_be(&b, (uint64_t) * (const i64 *)field, 8);
            continue;
        }
        str s = *(const str *)field;
        if (s.n > BYTES_MAX)
            return NO_STR;
        put_be(&b, s.n, 2);
        buf_put(&b, s);
    }
    return b.n > BYTES_MAX ? NO_STR : base64url_encode(a, buf_str(&b));
}

static bool read_key(str *rest, const struct col *c, union cursor_key *key)
{
    str part;
    if (c->type == COL_I64) {
        if (!cut(rest, 8, &part))
            return false;
        key->n = (i64)get_be(part);
        return true;
    }
    return cut(rest, 2, &part) && cut(rest, get_be(part), &key->s) && utf8_valid(key->s) &&
           str_find_char(key->s, '\0') < 0;
}

bool cursor_read(struct arena *a, str text, const struct stmt *q, size_t sort,
                 union cursor_key key[4])
{
    const struct list_sort *by = &q->sorts[sort];
    str rest, part;
    if (text.n > CURSOR_MAX || !base64url_decode(a, text, &rest))
        return false;
    if (!cut(&rest, 1, &part) || get_be(part) != VERSION)
        return false;
    if (!cut(&rest, 8, &part) || get_be(part) != mark(q, by))
        return false;
    for (size_t i = 0; i < by->nkeys; i++)
        if (!read_key(&rest, key_col(q, by, i), &key[i]))
            return false;
    return rest.n == 0;
}
