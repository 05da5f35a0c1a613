/* same_xml.c - see same_xml.h. */
#include "help/same_xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static bool differ(const char *what, const struct xml_node *want, str is)
{
    (void)printf("%s of <%.*s> (%.*s): got %.*s\n", what, SV(want->name), SV(str_trim(want->text)),
                 SV(is));
    return false;
}

static bool counts(const struct xml_attribute *at)
{
    return !str_eq(at->name, S("schemaLocation"));
}

static bool same_attributes(const struct xml_node *want, const struct xml_node *got)
{
    size_t n = 0, m = 0;
    for (size_t i = 0; i < got->nattributes; i++)
        m += counts(&got->attributes[i]);
    for (size_t i = 0; i < want->nattributes; i++) {
        const struct xml_attribute *at = &want->attributes[i];
        str is = xml_attribute_of(got, at->space, at->name);
        n += counts(at);
        if (counts(at) && (is.p == NULL || !str_eq(str_trim(at->value), str_trim(is))))
            return differ(at->name.p, want, is);
    }
    return n == m || differ("number of attributes", want, S("more"));
}

static bool same_node(const struct xml_node *want, const struct xml_node *got)
{
    const struct xml_node *w = want->first, *g = got->first;
    if (!str_eq(want->name, got->name) || !str_eq(want->space, got->space))
        return differ("name", want, got->name);
    if (!str_eq(str_trim(want->text), str_trim(got->text)))
        return differ("text", want, got->text);
    if (!same_attributes(want, got))
        return false;
    for (; w != NULL && g != NULL; w = w->next, g = g->next)
        if (!same_node(w, g))
            return false;
    if (w != NULL)
        return differ("missing", w, S("nothing"));
    return g == NULL || differ("too many within", want, g->name);
}

bool same_xml(struct arena *a, str want, str got)
{
    const struct xml_node *w, *g;
    struct xml_error e;
    if (xml_read(a, want, &w, &e) != OK || xml_read(a, got, &g, &e) != OK) {
        (void)printf("line %lld: %.*s\n", (long long)e.line, SV(e.code));
        return false;
    }
    return same_node(w, g);
}

/* A file with that text; path ends in XXXXXX. */
static void put_file(char *path, str text)
{
    int fd = mkstemp(path);
    must(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n && close(fd) == 0);
}

/* One schema that knows the names of all that an alert holds. */
static str all_with(struct arena *a, const char *dir, const char *xsd)
{
    static const char *const others[][2] = {
        {"http://jvn.jp/rss/mod_sec/3.0/", "mod_sec_3.0.xsd"},
        {"http://data-marking.mitre.org/Marking-1", "data_marking.xsd"},
        {"http://data-marking.mitre.org/extensions/MarkingStructure#TLP-1", "tlp_marking.xsd"},
        {"http://jvndb.jvn.jp/myjvn/Status", "status_3.3.xsd"}};
    buf b = {.a = a};
    buf_putf(&b,
             "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema'>"
             "<xs:import namespace='http://www.w3.org/2005/Atom' schemaLocation='%s/%s'/>",
             dir, xsd);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        buf_putf(&b, "<xs:import namespace='%s' schemaLocation='%s/%s'/>", others[i][0], dir,
                 others[i][1]);
    buf_put(&b, S("</xs:schema>"));
    return buf_str(&b);
}

bool valid_by(struct arena *a, const char *xsd, str text)
{
    char path[] = "/tmp/kakehashi-xml-XXXXXX", wrapper[] = "/tmp/kakehashi-xsd-XXXXXX";
    str dir = str_fmt(a, "%s/myjvn/xsd", getenv("KAKEHASHI_TESTDATA")),
        schema = str_fmt(a, "%.*s/%s", SV(dir), xsd);
    put_file(path, text);
    put_file(wrapper, all_with(a, str_to_z(a, dir), xsd));
    if (str_eq(str_z(xsd), S("atom.xsd")))
        schema = str_z(wrapper);
    str command =
        str_fmt(a, "xmllint --nonet --noout --schema '%.*s' %s 2>%s.err || { cat %s.err; false; }",
                SV(schema), path, path, path);
    int status = system(str_to_z(a, command));
    (void)unlink(path);
    (void)unlink(wrapper);
    (void)unlink(str_to_z(a, str_fmt(a, "%s.err", path)));
    return status == 0;
}

str read_whole(struct arena *a, str path)
{
    FILE *f = fopen(str_to_z(a, path), "rb");
    buf b = {.a = a};
    size_t n;
    if (f == NULL)
        return NO_STR;
    do {
        n = fread(buf_room(&b, 65536), 1, 65536, f);
        b.n += n;
    } while (n > 0);
    (void)fclose(f);
    return buf_str(&b);
}
