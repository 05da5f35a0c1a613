/* csaf_diff_document.c - facts of /document, and lists that vulnerabilities have, too. */
#include "formats/csaf_diff_own.h"

static str text_of(struct arena *a, const struct json *j)
{
    return json_is(j, JSON_IS_STRING) ? json_text(j) : diff_text(a, j, NULL);
}

static void add_member(struct side *s, const struct json *in, const char *member, const char *what)
{
    const struct json *j = json_get(in, str_z(member));
    if (j == NULL)
        return;
    str shown = text_of(s->d->a, j);
    struct fact *f = side_add(s, CSAF_DIFF_DOCUMENT, j, str_fmt(s->d->a, "document\x1f%s", what),
                              str_z(what), shown);
    f->value = diff_instant(s->d->a, shown);
}

static void add_tlp(struct side *s)
{
    const struct json *label =
        csaf_at(s->document, "document", "distribution", "tlp", "label", NULL);
    str text = json_text(label);
    if (text.p != NULL)
        (void)side_add(s, CSAF_DIFF_TLP, label, S("tlp"), S("tlp"),
                       str_eq(text, S("WHITE")) ? S("CLEAR") : text);
}

static void add_revisions(struct side *s)
{
    struct arena *a = s->d->a;
    EACH (r, csaf_at(s->document, "document", "tracking", "revision_history", NULL)) {
        str number = json_get_text(r, S("number")), date = json_get_text(r, S("date"));
        str shown = str_fmt(a, "%.*s %.*s", SV(date), SV(json_get_text(r, S("summary"))));
        struct fact *f = side_add(s, CSAF_DIFF_REVISION, r,
                                  str_fmt(a, "revision\x1f%.*s", SV(number)), number, shown);
        f->value =
            str_fmt(a, "%.*s %.*s", SV(diff_instant(a, date)), SV(json_get_text(r, S("summary"))));
    }
}

void side_notes(struct side *s, const struct json *list, str key, str what, uint32_t parent)
{
    struct arena *a = s->d->a;
    EACH (note, list) {
        str category = json_get_text(note, S("category")), title = json_get_text(note, S("title"));
        str name = title.n > 0 ? title : category;
        struct fact *f =
            side_add(s, CSAF_DIFF_NOTE, note,
                     str_fmt(a, "%.*s\x1fnote\x1f%.*s\x1f%.*s", SV(key), SV(category), SV(title)),
                     what.n > 0 ? str_fmt(a, "%.*s, %.*s", SV(what), SV(name)) : name,
                     json_get_text(note, S("text")));
        f->parents[0] = parent;
        f->value = str_fmt(a, "%.*s\x1f%.*s", SV(json_get_text(note, S("audience"))),
                           SV(json_get_text(note, S("text"))));
        side_set(s, f, note);
    }
}

void side_references(struct side *s, const struct json *list, str key, str what, uint32_t parent)
{
    struct arena *a = s->d->a;
    EACH (r, list) {
        str url = json_get_text(r, S("url")), category = json_get_text(r, S("category"));
        struct fact *f =
            side_add(s, CSAF_DIFF_REFERENCE, r, str_fmt(a, "%.*s\x1fref\x1f%.*s", SV(key), SV(url)),
                     what.n > 0 ? str_fmt(a, "%.*s, %.*s", SV(what), SV(url)) : url,
                     json_get_text(r, S("summary")));
        f->parents[0] = parent;
        f->value =
            str_fmt(a, "%.*s %.*s", SV(category.n > 0 ? category : S("external")), SV(f->shown));
    }
}

void side_acknowledgments(struct side *s, const struct json *list, str key, str what,
                          uint32_t parent)
{
    EACH (one, list) {
        str text = diff_text(s->d->a, one, NULL);
        struct fact *f = side_add(s, CSAF_DIFF_ACKNOWLEDGMENT, one,
                                  str_fmt(s->d->a,
                                          "%.*s\x1f"
                                          "ack\x1f%.*s",
                                          SV(key), SV(text)),
                                  what, text);
        f->parents[0] = parent;
    }
}

void side_document(struct side *s)
{
    const struct json *document = json_get(s->document, S("document"));
    const struct json *tracking = json_get(document, S("tracking"));
    static const struct {
        const char *member, *what;
        bool tracking;
    } members[] = {
        {"csaf_version", "csaf_version", false},
        {"category", "category", false},
        {"title", "title", false},
        {"lang", "lang", false},
        {"source_lang", "source_lang", false},
        {"license_expression", "license_expression", false},
        {"aggregate_severity", "aggregate_severity", false},
        {"publisher", "publisher", false},
        {"id", "tracking id", true},
        {"aliases", "aliases", true},
        {"status", "status", true},
        {"version", "version", true},
        {"initial_release_date", "initial_release_date", true},
        {"current_release_date", "current_release_date", true},
    };
    for (size_t i = 0; i < COUNT(members); i++)
        add_member(s, members[i].tracking ? tracking : document, members[i].member,
                   members[i].what);
    add_member(s, json_get(document, S("distribution")), "text", "distribution");
    add_tlp(s);
    add_revisions(s);
    side_notes(s, json_get(document, S("notes")), S("document"), NO_STR, NO_FACT);
    side_references(s, json_get(document, S("references")), S("document"), NO_STR, NO_FACT);
    side_acknowledgments(s, json_get(document, S("acknowledgments")), S("document"), NO_STR,
                         NO_FACT);
}
