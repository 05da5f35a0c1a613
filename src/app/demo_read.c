/* demo_read.c - the demo's files: languages, times that move with today, references. */
#include "app/demo_own.h"

#include "base/asset.h"

enum err demo_file(struct arena *a, str path, struct fault *f, const struct json **out)
{
    const struct asset *asset = asset_find(path);
    struct json_error bad;
    if (asset == NULL || json_read(a, asset->bytes, out, &bad) != OK)
        return fault_set(f, E_IO, "%.*s is not there, or not JSON", SV(path));
    return OK;
}

str demo_words(const struct json *pair, enum lang lang)
{
    str ja = json_get_text(pair, S("ja")), en = json_get_text(pair, S("en"));
    if (lang == LANG_JA)
        return ja.n > 0 ? ja : en;
    return en.n > 0 ? en : ja;
}

/* 2023-11-30 or 2023-11-30T12:00:00+09:00, and nothing else. */
static bool is_time(str s)
{
    i64 at;
    return (s.n == 10 || s.n == 20 || s.n == 25) && s.p[4] == '-' && s.p[7] == '-' &&
           time_parse(s, zone_tokyo, &at);
}

i64 demo_at(const struct demo_case *c, str text)
{
    i64 at = 0;
    must(time_parse(text, zone_tokyo, &at));
    return at + c->shift + (text.n == 10 ? 11 * HOUR : 0);
}

i64 demo_shift(const struct json *file, i64 now)
{
    i64 as_of;
    if (!time_parse(json_get_text(file, S("as_of")), zone_tokyo, &as_of))
        return 0;
    i64 days = (now - as_of) / DAY;
    if (now < as_of && (now - as_of) % DAY != 0)
        days--;
    return days * DAY;
}

str demo_value(struct arena *a, const struct demo_case *c, str value)
{
    i64 at;
    if (value.n > 1 && value.p[0] == '@') {
        str rest = str_from(value, 1), field = str_cut(&rest, '.');
        str text = json_get_text(json_get(c->j, field), rest);
        return text.p != NULL ? text : value;
    }
    if (!is_time(value) || !time_parse(value, zone_tokyo, &at))
        return value;
    return value.n == 10 ? time_date(a, at + c->shift, zone_tokyo)
                         : time_rfc3339(a, at + c->shift, zone_tokyo);
}

str demo_number(struct arena *a, const struct json *file, enum demo_number use)
{
    str number = json_get_text(file, S("number"));
    bool public = json_get(file, S("advisory")) != NULL;
    i64 n = 0;
    /* What the public sees has the number of the file. */
    if (use == (public ? DEMO_ADVISORY : DEMO_CASE))
        return number;
    must(str_i64(number, &n));
    i64 step = use == DEMO_RECEIPT ? 31415927 : 27182819;
    return str_fmt(a, "%lld", (long long)(10000000 + (n - 10000000 + step) % 90000000));
}

str demo_key(struct arena *a, const struct json *file)
{
    str hash = hash_of(a, str_join(a, S("demo finder "), json_get_text(file, S("number"))));
    return str_sub(hash, 0, 20);
}
