/* ssvc.c - see ssvc.h. */
#include "formats/ssvc.h"

#include "formats/fact.h"
#include "formats/instant.h"

str ssvc_base(str ns)
{
    return str_cut(&ns, '/');
}

bool ssvc_extended(str ns)
{
    return str_find_char(ns, '/') >= 0;
}

enum ssvc_namespace ssvc_namespace(str ns)
{
    static const struct {
        str name;
        enum ssvc_namespace is;
    } names[] = {
        {S_INIT("basic"), SSVC_REGISTERED}, {S_INIT("cisa"), SSVC_REGISTERED},
        {S_INIT("cvss"), SSVC_REGISTERED},  {S_INIT("ssvc"), SSVC_REGISTERED},
        {S_INIT("example"), SSVC_RESERVED}, {S_INIT("test"), SSVC_RESERVED},
        {S_INIT("invalid"), SSVC_INVALID},
    };
    str base = ssvc_base(ns), fragment = base, name = str_cut(&fragment, '#');
    for (size_t i = 0; i < COUNT(names); i++) {
        bool whole = names[i].is == SSVC_REGISTERED;
        if (str_eq(names[i].name, whole ? base : name))
            return names[i].is;
    }
    return SSVC_UNREGISTERED;
}

/* "ssvc/SI/2.0.0"; empty: it does not fit, so there is none. */
static str key_of(str base, str key, str version, char *room, size_t cap)
{
    buf b = {.p = room, .cap = cap};
    if (base.n + key.n + version.n + 2 > cap)
        return S("");
    buf_put(&b, base);
    buf_char(&b, '/');
    buf_put(&b, key);
    buf_char(&b, '/');
    buf_put(&b, version);
    return buf_str(&b);
}

bool ssvc_find(str base, str key, str version, struct ssvc_point *out)
{
    char room[96];
    str cells;
    if (!fact_find(S("ssvc"), key_of(base, key, version, room, sizeof room), &cells))
        return false;
    out->name = str_cut(&cells, '\t');
    out->values = str_cut(&cells, '\t');
    return true;
}

str ssvc_latest(str base, str key)
{
    char room[96];
    str prefix = key_of(base, key, S(""), room, sizeof room), latest = NO_STR;
    str rest = prefix.n == 0 ? S("") : fact_from(S("ssvc"), prefix);
    struct doc_version best, v;
    while (str_has_prefix(rest, prefix) && rest.n > 0) {
        str line = str_cut(&rest, '\n');
        str version = str_from(str_cut(&line, '\t'), prefix.n);
        if (str_has_suffix(line, S("\tcsaf")) || !doc_version_read(version, &v))
            continue;
        if (latest.p == NULL || doc_version_cmp(&best, &v) < 0) {
            latest = version;
            best = v;
        }
    }
    return latest;
}

bool ssvc_value_next(str *rest, str *key, str *name)
{
    if (rest->n == 0)
        return false;
    str one = str_cut(rest, '|');
    *key = str_cut(&one, '=');
    *name = one;
    return true;
}
