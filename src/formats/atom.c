/* atom.c - see atom.h. */
#include "formats/atom.h"

#include "base/time.h"
#include "formats/xml.h"

static void put_link(struct xml_out *x, str rel, str href, str lang, str type)
{
    if (href.p == NULL)
        return;
    xml_begin(x, S("link"));
    xml_attr(x, S("rel"), rel);
    xml_attr(x, S("type"), type);
    xml_attr(x, S("hreflang"), lang);
    xml_attr(x, S("href"), href);
    xml_end(x);
}

static void put_entry(struct arena *a, struct xml_out *x, const struct atom_entry *e)
{
    xml_begin(x, S("entry"));
    xml_element(x, S("id"), e->id);
    xml_element(x, S("title"), e->title);
    put_link(x, S("alternate"), e->link, NO_STR, S("text/html"));
    xml_element(x, S("published"), time_rfc3339(a, e->published, zone_utc));
    xml_element(x, S("updated"), time_rfc3339(a, e->updated, zone_utc));
    for (size_t i = 0; i < e->categories.n; i++) {
        xml_begin(x, S("category"));
        xml_attr(x, S("term"), e->categories.v[i]);
        xml_end(x);
    }
    xml_element(x, S("summary"), e->summary);
    if (e->html.p != NULL) {
        xml_begin(x, S("content"));
        xml_attr(x, S("type"), S("html"));
        xml_text(x, e->html);
        xml_end(x);
    }
    xml_end(x);
}

str atom_write(struct arena *a, const struct atom_feed *feed)
{
    buf b = {.a = a};
    struct xml_out x = {.b = &b};
    xml_declaration(&x);
    xml_begin(&x, S("feed"));
    xml_attr(&x, S("xmlns"), S("http://www.w3.org/2005/Atom"));
    xml_attr(&x, S("xml:lang"), feed->lang);
    xml_element(&x, S("id"), feed->id);
    xml_element(&x, S("title"), feed->title);
    xml_element(&x, S("subtitle"), feed->subtitle);
    xml_element(&x, S("updated"), time_rfc3339(a, feed->updated, zone_utc));
    xml_begin(&x, S("author"));
    xml_element(&x, S("name"), feed->author);
    xml_end(&x);
    put_link(&x, S("self"), feed->self, NO_STR, S("application/atom+xml"));
    put_link(&x, S("alternate"), feed->page, feed->lang, S("text/html"));
    put_link(&x, S("alternate"), feed->other, feed->other_lang, S("application/atom+xml"));
    for (size_t i = 0; i < feed->n; i++)
        put_entry(a, &x, &feed->entries[i]);
    xml_end(&x);
    return buf_str(&b);
}
