/* schema_string.c - what a schema says about texts, and texts found fast. */
#include "formats/schema_own.h"

#include "base/utf8.h"

#include <string.h>

static uint64_t load(const char *p, size_t n)
{
    uint64_t v = 0;
    uint32_t lo, hi;
    if (n >= 8) {
        memcpy(&v, p, 8);
        return v;
    }
    if (n >= 4) {
        memcpy(&lo, p, 4);
        memcpy(&hi, p + n - 4, 4);
        return (uint64_t)hi << 32 | lo;
    }
    if (n > 0)
        v = (uint64_t)(unsigned char)p[0] | (uint64_t)(unsigned char)p[n / 2] << 8 |
            (uint64_t)(unsigned char)p[n - 1] << 16;
    return v;
}

static uint64_t mix(uint64_t h, uint64_t v)
{
    h = (h ^ v) * 0x9E3779B97F4A7C15u;
    return h ^ h >> 29;
}

uint64_t schema_hash(str key, uint64_t seed)
{
    uint64_t h = seed + key.n;
    for (; key.n > 8; key = str_from(key, 8))
        h = mix(h, load(key.p, 8));
    return mix(h, load(key.p, key.n));
}

const struct schema_key *schema_find(const struct schema_tables *t, const struct schema_keys *k,
                                     str text)
{
    if (k->n == 0)
        return NULL;
    const uint16_t *slots = &t->slots[k->slots];
    for (uint64_t at = schema_hash(text, k->seed) >> 20;; at++) {
        uint16_t slot = slots[at & k->mask];
        if (slot == 0)
            return NULL;
        const struct schema_key *key = &t->keys[k->at + slot - 1u];
        if (key->text.n == text.n && memcmp(key->text.p, text.p, text.n) == 0)
            return key;
    }
}

/* Code points, where that can matter: one has at most four bytes. */
static bool length_fits(struct schema_walk *w, const struct schema_string *s, str text,
                        const struct json_place *place)
{
    if (text.n / 4 >= s->min && text.n <= s->max)
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
