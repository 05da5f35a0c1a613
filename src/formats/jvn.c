/* jvn.c - see jvn.h. */
#include "formats/jvn.h"

#include "base/vec.h"

/* --- the Status of an answer ------------------------------------------------------------------ */

static void put_number(struct xml_out *x, str name, opt_i64 n)
{
    buf b = {.a = x->b->a};
    if (n.is)
        buf_i64(&b, n.v);
    xml_attr(x, name, n.is ? buf_str(&b) : S(""));
}

static str or_empty(str s)
{
    return s.p != NULL ? s : S("");
}

/* An attribute of every status: a parameter of that name ("version") cannot be another one. */
static bool is_own(str name)
{
    static const str own[] = {S_INIT("version"),  S_INIT("method"),      S_INIT("lang"),
                              S_INIT("feed"),     S_INIT("retCd"),       S_INIT("retMax"),
                              S_INIT("errCd"),    S_INIT("errMsg"),      S_INIT("retMaxCnt"),
                              S_INIT("totalRes"), S_INIT("totalResRet"), S_INIT("firstRes")};
    for (size_t i = 0; i < COUNT(own); i++)
        if (str_eq(own[i], name))
            return true;
    return false;
}

void jvn_put_status(struct xml_out *x, const struct jvn_status *s)
{
    xml_begin(x, S("status:Status"));
    xml_attr(x, S("version"), S("3.3"));
    xml_attr(x, S("method"), s->method);
    xml_attr(x, S("lang"), s->lang);
    xml_attr(x, S("retCd"), s->failed ? S("1") : S("0"));
    put_number(x, S("retMax"), s->max);
    if (s->max_count.is)
        put_number(x, S("retMaxCnt"), s->max_count);
    xml_attr(x, S("errCd"), or_empty(s->code));
    xml_attr(x, S("errMsg"), or_empty(s->message));
    put_number(x, S("totalRes"), s->total);
    put_number(x, S("totalResRet"), s->returned);
    put_number(x, S("firstRes"), s->first);
    xml_attr(x, S("feed"), s->feed);
    for (size_t i = 0; i < s->nparameters; i++)
        if (!is_own(s->parameters[i].name))
            xml_attr(x, s->parameters[i].name, s->parameters[i].value);
    xml_end(x);
}

static opt_i64 number(const struct xml_node *n, str name)
{
    opt_i64 out = {0};
    str s = xml_attribute_of(n, S(""), name);
    out.is = s.n > 0 && str_i64(s, &out.v);
    return out;
}

bool jvn_read_status(struct arena *a, const struct xml_node *root, struct jvn_status *out)
{
    const struct xml_node *n = xml_find(root, S(JVN_STATUS), S("Status"));
    const str none = S("");
    *out = (struct jvn_status){0};
    if (n == NULL)
        return false;
    struct jvn_parameter *v = NEWS(a, struct jvn_parameter, n->nattributes + 1);
    *out = (struct jvn_status){
        .method = xml_attribute_of(n, none, S("method")),
        .lang = xml_attribute_of(n, none, S("lang")),
        .feed = xml_attribute_of(n, none, S("feed")),
        .failed = !str_eq(str_trim(xml_attribute_of(n, none, S("retCd"))), S("0")),
        .code = xml_attribute_of(n, none, S("errCd")),
        .message = xml_attribute_of(n, none, S("errMsg")),
        .max = number(n, S("retMax")),
        .total = number(n, S("totalRes")),
        .returned = number(n, S("totalResRet")),
        .first = number(n, S("firstRes")),
        .max_count = number(n, S("retMaxCnt")),
        .parameters = v,
    };
    for (size_t i = 0; i < n->nattributes; i++)
        if (n->attributes[i].space.n == 0 && !is_own(n->attributes[i].name) &&
            xml_is_name(n->attributes[i].name)) /* which all of JVN's are */
            v[out->nparameters++] =
                (struct jvn_parameter){n->attributes[i].name, n->attributes[i].value};
    return true;
}

buf jvn_room(struct arena *a, const struct jvn_entries *entries)
{
    enum { AN_ENTRY = 256, MORE = 4096 }; /* what lists say of it in front */
    buf b = {.a = a};
    size_t n = 0;
    for (size_t i = 0; i < entries->n; i++)
        n += entries->v[i].made.p != NULL ? entries->v[i].made.n + AN_ENTRY : 0;
    if (n > 0)
        (void)buf_room(&b, n + MORE);
    return b;
}

void jvn_note_place(struct xml_out *x, const struct jvn_entries *entries, size_t i)
{
    if (entries->written != NULL)
        entries->written[i] = xml_at(x);
}

bool jvn_put_made(struct xml_out *x, const struct jvn_entry *e)
{
    if (e->made.p != NULL)
        xml_again(x, e->made);
    return e->made.p != NULL;
}

void jvn_put_handling(struct xml_out *x)
{
    xml_begin(x, S("sec:handling"));
    xml_begin(x, S("marking:Marking"));
    xml_begin(x, S("marking:Marking_Structure"));
    xml_attr(x, S("xsi:type"), S("tlpMarking:TLPMarkingStructureType"));
    xml_attr(x, S("marking_model_name"), S("TLP"));
    xml_attr(x, S("marking_model_ref"), S("http://www.us-cert.gov/tlp/"));
    xml_attr(x, S("color"), S("WHITE"));
    xml_end(x);
    xml_end(x);
    xml_end(x);
}

bool jvn_is_affected(const struct jvn_product *p)
{
    return p->status.p == NULL || str_has_prefix(p->status, S("vulnerable"));
}

/* --- small things ------------------------------------------------------------------------------ */

str jvn_time(struct arena *a, opt_i64 at, bool is_short)
{
    enum { MINUTES = 16, SECONDS = 19 }; /* of 2025-04-07T07:36:21 */
    if (!at.is)
        return NO_STR;
    str s = time_rfc3339(a, at.v, zone_tokyo);
    return is_short ? str_join(a, str_sub(s, 0, MINUTES), str_from(s, SECONDS)) : s;
}

opt_i64 jvn_time_read(str s)
{
    enum { MINUTES = 16, SHORT = 22, LONG = 25 };
    opt_i64 at = {0};
    char text[LONG];
    s = str_trim(s);
    if (s.n == SHORT && (s.p[MINUTES] == '+' || s.p[MINUTES] == '-')) {
        for (size_t i = 0; i < MINUTES; i++)
            text[i] = s.p[i];
        text[16] = ':';
        text[17] = text[18] = '0';
        for (size_t i = MINUTES; i < SHORT; i++)
            text[i + 3] = s.p[i];
        s = (str){text, LONG};
    }
    at.is = time_parse(s, zone_tokyo, &at.v);
    return at;
}

str jvn_score(struct arena *a, i64 tenths)
{
    buf b = {.a = a};
    if (tenths < 0)
        return NO_STR;
    buf_i64(&b, tenths / 10);
    buf_char(&b, '.');
    buf_i64(&b, tenths % 10);
    return buf_str(&b);
}

str jvn_severity(str version, i64 tenths)
{
    if (str_eq(version, S("2.0")))
        return tenths < 40 ? S("Low") : tenths < 70 ? S("Medium") : S("High");
    if (tenths < 1)
        return S("None");
    return tenths < 40   ? S("Low")
           : tenths < 70 ? S("Medium")
           : tenths < 90 ? S("High")
                         : S("Critical");
}

struct strs jvn_texts(struct arena *a, const struct xml_node *parent, str space, str name)
{
    struct {
        VEC(str)
    } v = {0};
    for (const struct xml_node *n = xml_find(parent, space, name); n != NULL; n = xml_after(n))
        *PUSH(a, &v) = str_trim(n->text);
    return (struct strs){v.v, v.n};
}
