/* schema_string.c - what a schema says about texts. */
#include "formats/schema_own.h"

#include "base/utf8.h"

/* Code points, where that can matter: one has at most four bytes. */
static bool length_fits(struct schema_walk *w, const struct schema_string *s, str text,
                        const struct json_place *place)
{
    bool long_enough = s->min <= 1 ? text.n >= s->min : text.n / 4 >= s->min;
    if (long_enough && text.n <= s->max)
        return true;
    size_t n = utf8_count(text);
    if (n < s->min)
        return schema_say(w, place, S("minLength"), NO_STR, s->min);
    if (n > s->max)
        return schema_say(w, place, S("maxLength"), NO_STR, s->max);
    return true;
}

bool schema_walk_string(struct schema_walk *w, const struct schema_string *s, const struct json *j,
                        const struct json_place *place)
{
    str text = {j->u.text, j->n};
    bool fits = length_fits(w, s, text, place);
    if (s->pattern != SCHEMA_NONE) {
        const struct schema_pattern *p = &w->t->patterns[s->pattern];
        if (!regex_finds(p->regex, text))
            fits = schema_say(w, place, S("pattern"), p->text, 0);
    }
    if (s->format != SCHEMA_FORMAT_NONE && !schema_has_format((enum schema_format)s->format, text))
        fits =
            schema_say(w, place, S("format"), schema_format_name((enum schema_format)s->format), 0);
    return fits;
}
