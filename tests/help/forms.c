/* forms.c - see forms.h. */
#include "help/forms.h"

#include "app/auth.h"

#define BOUNDARY "----kakehashi-test-7d3f"

static void put_part(buf *b, const char *name, str value)
{
    buf_putf(b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n", name);
    buf_put(b, value);
    buf_put(b, S("\r\n"));
}

struct page visit_form(struct visitor *v, str path, const struct input *in,
                       const struct form_file *files, size_t nfiles)
{
    struct arena *a = v->st->a;
    buf b = {.a = a};
    if (v->session.n > 0 && input_get(in, S("_csrf")).p == NULL)
        put_part(&b, "_csrf", csrf_of(a, v->session));
    for (size_t i = 0; i < in->n; i++)
        put_part(&b, str_to_z(a, in->v[i].name), in->v[i].value);
    for (size_t i = 0; i < nfiles; i++) {
        buf_putf(&b,
                 "--" BOUNDARY
                 "\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n",
                 files[i].field, files[i].filename);
        if (files[i].type[0] != '\0')
            buf_putf(&b, "Content-Type: %s\r\n", files[i].type);
        buf_put(&b, S("\r\n"));
        buf_put(&b, files[i].bytes);
        buf_put(&b, S("\r\n"));
    }
    buf_put(&b, S("--" BOUNDARY "--\r\n"));
    return visit_raw(v, POST, path, S("multipart/form-data; boundary=" BOUNDARY), buf_str(&b),
                     "sec-fetch-site", "same-origin", NULL);
}

/* Entities resolved: those that our pages write. */
static str page_text(struct arena *a, str s)
{
    static const struct {
        str name;
        char c;
    } known[] = {{S_INIT("&amp;"), '&'},
                 {S_INIT("&lt;"), '<'},
                 {S_INIT("&gt;"), '>'},
                 {S_INIT("&quot;"), '"'},
                 {S_INIT("&#39;"), '\''}};
    buf b = {.a = a};
    while (s.n > 0) {
        size_t i = 0;
        while (i < COUNT(known) && !str_has_prefix(s, known[i].name))
            i++;
        buf_char(&b, i < COUNT(known) ? known[i].c : s.p[0]);
        s = str_from(s, i < COUNT(known) ? known[i].name.n : 1);
    }
    return b.n ? buf_str(&b) : S("");
}

/* The value of an attribute within one tag, entities resolved; absent: not there. */
static str attr_of(struct arena *a, str tag, const char *name)
{
    str needle = str_fmt(a, " %s=\"", name);
    ptrdiff_t at = str_find(tag, needle);
    if (at < 0)
        return NO_STR;
    str rest = str_from(tag, (size_t)at + needle.n);
    return page_text(a, str_cut(&rest, '"'));
}

static bool has(str tag, const char *word)
{
    return str_find(tag, str_z(word)) >= 0;
}

static void take_input(struct arena *a, str tag, struct input *out)
{
    str name = attr_of(a, tag, "name"), type = attr_of(a, tag, "type");
    bool box = str_eq(type, S("checkbox")) || str_eq(type, S("radio"));
    if (name.n > 0 && !str_eq(type, S("file")) && (!box || has(tag, " checked")))
        input_put(a, out, name, attr_of(a, tag, "value"));
}

/* The option that is selected, or the first. */
static str selected(struct arena *a, str inside)
{
    str first = NO_STR;
    while (inside.n > 0) {
        ptrdiff_t at = str_find(inside, S("<option"));
        if (at < 0)
            return first;
        inside = str_from(inside, (size_t)at);
        str tag = str_cut(&inside, '>');
        str value = attr_of(a, tag, "value");
        if (has(tag, " selected"))
            return value;
        if (first.p == NULL)
            first = value;
    }
    return first;
}

static str until(str *rest, const char *end)
{
    ptrdiff_t at = str_find(*rest, str_z(end));
    must(at >= 0);
    str inside = str_sub(*rest, 0, (size_t)at);
    *rest = str_from(*rest, (size_t)at);
    return inside.n > 0 && inside.p[0] == '\n' ? str_from(inside, 1) : inside; /* as HTML says */
}

struct input page_inputs(struct arena *a, struct page p)
{
    struct input out = {0};
    for (str rest = p.body; rest.n > 0;) {
        (void)str_cut(&rest, '<');
        if (!str_has_prefix(rest, S("input ")) && !str_has_prefix(rest, S("textarea ")) &&
            !str_has_prefix(rest, S("select ")))
            continue;
        str tag = str_cut(&rest, '>');
        if (str_has_prefix(tag, S("input ")))
            take_input(a, tag, &out);
        else if (str_has_prefix(tag, S("textarea ")))
            input_put(a, &out, attr_of(a, tag, "name"), page_text(a, until(&rest, "</textarea>")));
        else
            input_put(a, &out, attr_of(a, tag, "name"), selected(a, until(&rest, "</select>")));
    }
    return out;
}
