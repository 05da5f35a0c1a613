/* log.c - see log.h. */
#include "base/log.h"

#include "base/time.h"
#include "base/utf8.h"

/* Names, ids and times: written as they are. */
static bool is_plain(str s)
{
    for (size_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\')
            return false;
    }
    return true;
}

static void put_json(buf *b, str s)
{
    buf_char(b, '"');
    if (is_plain(s)) {
        buf_put(b, s);
        buf_char(b, '"');
        return;
    }
    size_t good = utf8_valid_prefix(s);
    for (size_t i = 0; i < good; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == '"' || c == '\\')
            buf_char(b, '\\');
        if (c < 0x20)
            buf_putf(b, "\\u%04x", c);
        else
            buf_char(b, (char)c);
    }
    buf_char(b, '"');
}

/* A key is a word of ours: nothing in it wants escaping. */
static void put_key(buf *b, str key)
{
    buf_put(b, S(",\""));
    buf_put(b, key);
    buf_put(b, S("\":"));
}

void log_str(struct log_line *l, str key, str value)
{
    if (value.p == NULL)
        return;
    put_key(&l->b, key);
    put_json(&l->b, value);
}

void log_i64(struct log_line *l, str key, i64 value)
{
    put_key(&l->b, key);
    buf_i64(&l->b, value);
}

struct log_line log_begin(struct arena *a, i64 now, enum log_level level, str event)
{
    static const str names[] = {S_INIT("info"), S_INIT("warn"), S_INIT("error")};
    struct log_line l = {.b = {.a = a}};
    buf_put(&l.b, S("{\"at\":"));
    put_json(&l.b, time_utc_ms(a, now));
    log_str(&l, S("level"), names[level]);
    log_str(&l, S("event"), event);
    return l;
}

str log_end(struct log_line *l)
{
    buf_put(&l->b, S("}\n"));
    return buf_str(&l->b);
}
