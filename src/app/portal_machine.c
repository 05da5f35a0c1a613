/* portal_machine.c - see portal_machine.h. */
#include "app/portal_machine.h"

#include "app/settings.h"
#include "formats/atom.h"
#include "formats/json.h"
#include "formats/markdown.h"

static enum lang other_of(enum lang g)
{
    return g == LANG_JA ? LANG_EN : LANG_JA;
}

static str code(enum lang g)
{
    return g == LANG_JA ? S("ja") : S("en");
}

str portal_page_url(struct ctx *cx, enum lang lang, str number)
{
    return str_fmt(cx->a, "%.*s/%.*s/advisories/%.*s", SV(cx->app->public_url), SV(code(lang)),
                   SV(number));
}

str portal_feed_url(struct ctx *cx, enum lang lang)
{
    return str_fmt(cx->a, "%.*s/%.*s/feed.atom", SV(cx->app->public_url), SV(code(lang)));
}

str portal_public_number(const struct ctx *cx, str number)
{
    return str_fmt(cx->a, "%.*s#%.*s", SV(cx->app->number_prefix), SV(number));
}

str portal_summary(struct ctx *cx, const struct portal_advisory *p)
{
    enum { MOST = 300 };
    str text = markdown_plain(cx->a, p->section[SECTION_OVERVIEW]);
    buf b = {.a = cx->a};
    size_t n = text.n < MOST ? text.n : MOST;
    while (n < text.n && ((unsigned char)text.p[n] & 0xC0) == 0x80)
        n++;
    for (size_t i = 0; i < n; i++)
        buf_char(&b, text.p[i] == '\n' ? ' ' : text.p[i]);
    return b.n > 0 ? str_trim(buf_str(&b)) : p->line.title;
}

/* --- Atom ------------------------------------------------------------------------------------- */

static struct strs categories(struct ctx *cx, const struct portal_line *l)
{
    enum { MOST = 20 };
    str *v = NEWS(cx->a, str, MOST);
    size_t n = 0;
    for (str rest = l->cves; rest.n > 0 && n < MOST - 1;)
        v[n++] = str_cut(&rest, ' ');
    if (l->score >= 0)
        v[n++] = severity_name(severity_of(l->score));
    return (struct strs){v, n};
}

static struct atom_entry entry(struct ctx *cx, enum lang lang, const struct portal_entry *from)
{
    const struct portal_line *l = &from->line;
    str page = portal_page_url(cx, lang, l->number);
    return (struct atom_entry){
        .id = page,
        .title = str_fmt(cx->a, "%.*s %.*s", SV(portal_public_number(cx, l->number)), SV(l->title)),
        .link = page,
        .published = l->published,
        .updated = l->updated,
        .summary = l->withdrawn.is ? word(lang, W_advisory_withdrawn_on)
                                   : str_trim(markdown_plain(cx->a, from->overview)),
        .categories = categories(cx, l),
    };
}

enum err portal_atom(struct ctx *cx, enum lang lang, const struct portal_entry *entries, size_t n,
                     str *out)
{
    const struct settings *s;
    struct atom_entry *all = NEWS(cx->a, struct atom_entry, n + 1);
    str self = portal_feed_url(cx, lang);
    TRY(settings_open(cx, &s));
    str site = s->v[lang == LANG_JA ? SET_SITE_NAME_JA : SET_SITE_NAME_EN];
    str author = s->v[lang == LANG_JA ? SET_COORDINATOR_JA : SET_COORDINATOR_EN];
    for (size_t i = 0; i < n; i++)
        all[i] = entry(cx, lang, &entries[i]);
    struct atom_feed feed = {
        .id = self,
        .title = words_feed_title(cx->a, lang, .site = site),
        .subtitle = word(lang, W_feed_subtitle),
        .lang = code(lang),
        .self = self,
        .page = str_fmt(cx->a, "%.*s/%.*s/", SV(cx->app->public_url), SV(code(lang))),
        .other = portal_feed_url(cx, other_of(lang)),
        .other_lang = code(other_of(lang)),
        .author = author.n > 0 ? author : site,
        .updated = n > 0 ? entries[0].line.updated : 0, /* the same content, the same feed */
        .entries = all,
        .n = n,
    };
    *out = atom_write(cx->a, &feed);
    return OK;
}

/* --- JSON-LD ---------------------------------------------------------------------------------- */

static void put_list(struct json_out *o, str key, str words, const char *type)
{
    json_put_key(o, key);
    json_put_array(o);
    while (words.n > 0) {
        str one = str_cut(&words, ' ');
        if (type == NULL) {
            json_put_str(o, one);
            continue;
        }
        json_put_object(o);
        json_put_member(o, S("@type"), str_z(type));
        json_put_member(o, S("name"), one);
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_named(struct json_out *o, str key, str type, str name)
{
    json_put_key(o, key);
    json_put_object(o);
    json_put_member(o, S("@type"), type);
    json_put_member(o, S("name"), name);
    json_put_end(o);
}

static void put_other(struct ctx *cx, struct json_out *o, enum lang lang, str number)
{
    enum lang other = other_of(lang);
    json_put_key(o, lang == LANG_JA ? S("workTranslation") : S("translationOfWork"));
    json_put_object(o);
    json_put_member(o, S("@id"), portal_page_url(cx, other, number));
    json_put_member(o, S("inLanguage"), code(other));
    json_put_end(o);
}

enum err portal_json_ld(struct ctx *cx, enum lang lang, const struct portal_advisory *p, str *out)
{
    const struct settings *s;
    buf b = {.a = cx->a};
    struct json_out w = {.b = &b, .html = true}, *o = &w; /* also stands inside the page */
    str page = portal_page_url(cx, lang, p->line.number);
    TRY(settings_open(cx, &s));
    str coordinator = s->v[lang == LANG_JA ? SET_COORDINATOR_JA : SET_COORDINATOR_EN];
    json_put_object(o);
    json_put_member(o, S("@context"), S("https://schema.org"));
    json_put_member(o, S("@type"), S("TechArticle"));
    json_put_member(o, S("@id"), page);
    json_put_member(o, S("url"), page);
    json_put_member(o, S("identifier"), portal_public_number(cx, p->line.number));
    json_put_member(o, S("headline"), p->line.title);
    json_put_member(o, S("inLanguage"), code(lang));
    json_put_member(o, S("datePublished"), time_rfc3339(cx->a, p->line.published, zone_tokyo));
    json_put_member(o, S("dateModified"), time_rfc3339(cx->a, p->line.updated, zone_tokyo));
    json_put_member(o, S("description"), portal_summary(cx, p));
    json_put_member(o, S("creativeWorkStatus"),
                    p->line.withdrawn.is ? S("Withdrawn") : S("Published"));
    put_list(o, S("keywords"), p->line.cves, NULL);
    put_list(o, S("about"), p->line.cwes, "Thing");
    put_named(o, S("publisher"), S("Organization"),
              s->v[lang == LANG_JA ? SET_SITE_NAME_JA : SET_SITE_NAME_EN]);
    if (coordinator.n > 0)
        put_named(o, S("author"), S("Organization"), coordinator);
    if (p->other)
        put_other(cx, o, lang, p->line.number);
    json_put_end(o);
    *out = buf_str(&b);
    return OK;
}
