/* csaf_convert_document.c - from CSAF 2.0 to 2.1: /document. */
#include "formats/csaf_convert_own.h"

#include "formats/spdx.h"

#define CSAF_2_1_SCHEMA S("https://docs.oasis-open.org/csaf/csaf/v2.1/schema/csaf.json")

/* ---- TLP ---- */

/* The label that the text names as of TLP 2.0; absent: none. */
static str label_of_text(str text)
{
    static const str mark = S_INIT("TLP v2.0: TLP:");
    static const str labels[] = {S_INIT("AMBER+STRICT"), S_INIT("AMBER"), S_INIT("CLEAR"),
                                 S_INIT("GREEN"), S_INIT("RED")};
    ptrdiff_t at = str_find(text, mark);
    if (at < 0)
        return NO_STR;
    str rest = str_from(text, (size_t)at + mark.n);
    for (size_t i = 0; i < COUNT(labels); i++)
        if (str_has_prefix(rest, labels[i]))
            return labels[i];
    return NO_STR;
}

static void label_by_text(struct convert *c, const struct edit *distribution, struct edit *label)
{
    struct edit *text = edit_get(distribution, S("text"));
    str said = label_of_text(edit_text(text));
    if (said.p == NULL || str_eq(said, label->text))
        return;
    bool taken = c->options->tlp_by_text;
    (void)carry_text(c, text, taken ? S("tlp_taken") : S("tlp_differs"), said, label->text);
    if (taken)
        label->text = said;
}

static struct edit *member(struct convert *c, struct edit *in, str key)
{
    struct edit *e = edit_get(in, key);
    if (e == NULL)
        edit_set(c->a, in, key, e = edit_object(c->a));
    return e;
}

static void convert_tlp(struct convert *c, struct edit *document)
{
    struct edit *distribution = member(c, document, S("distribution"));
    if (distribution->kind != JSON_IS_OBJECT)
        return;
    struct edit *tlp = member(c, distribution, S("tlp")), *label = edit_get(tlp, S("label"));
    if (tlp->kind != JSON_IS_OBJECT)
        return;
    if (label == NULL) {
        edit_set(c->a, tlp, S("label"), label = edit_str(c->a, S("CLEAR")));
        (void)carry_text(c, document, S("tlp_default"), NO_STR, NO_STR);
    } else if (str_eq(edit_text(label), S("WHITE"))) {
        label->text = S("CLEAR");
    }
    if (label->kind == JSON_IS_STRING)
        label_by_text(c, distribution, label);
}

/* ---- title ---- */

static size_t separator(str s)
{
    static const str signs[] = {S_INIT(" "),  S_INIT("\t"), S_INIT(":"),  S_INIT("-"),
                                S_INIT("("),  S_INIT(")"),  S_INIT("["),  S_INIT("]"),
                                S_INIT("–"),  S_INIT("—"),  S_INIT("|"),  S_INIT("/"),
                                S_INIT(","),  S_INIT(";"),  S_INIT("　"), S_INIT("："),
                                S_INIT("（"), S_INIT("）"), S_INIT("【"), S_INIT("】")};
    for (size_t i = 0; i < COUNT(signs); i++)
        if (str_has_prefix(s, signs[i]))
            return signs[i].n;
    return 0;
}

static size_t separator_at_end(str s)
{
    size_t step;
    for (size_t n = 1; n <= 3 && n <= s.n; n++) {
        step = separator(str_from(s, s.n - n));
        if (step == n)
            return n;
    }
    return 0;
}

static str without_separators(str s)
{
    for (size_t n; (n = separator(s)) > 0;)
        s = str_from(s, n);
    for (size_t n; (n = separator_at_end(s)) > 0;)
        s = str_sub(s, 0, s.n - n);
    return s;
}

static void convert_title(struct convert *c, const struct edit *document)
{
    struct edit *title = edit_get(document, S("title"));
    str id = edit_get_text(edit_get(document, S("tracking")), S("id"));
    ptrdiff_t at = id.n > 0 ? str_find(edit_text(title), id) : -1;
    if (at < 0)
        return;
    str before = str_sub(title->text, 0, (size_t)at),
        after = str_from(title->text, (size_t)at + id.n);
    while (separator_at_end(before) > 0)
        before = str_sub(before, 0, before.n - separator_at_end(before));
    while (separator(after) > 0)
        after = str_from(after, separator(after));
    str left = before.n > 0 && after.n > 0 ? str_fmt(c->a, "%.*s %.*s", SV(before), SV(after))
                                           : str_join(c->a, before, after);
    left = without_separators(left);
    if (left.n == 0) {
        (void)carry(c, title, S("title_only_id"));
        return;
    }
    (void)carry_text(c, title, S("title_id"), title->text, left);
    title->text = left;
}

static void convert_publisher(struct convert *c, const struct edit *document)
{
    struct edit *category = edit_in(edit_get(document, S("publisher")), "category", NULL);
    if (!str_eq(edit_text(category), S("other")))
        return;
    if (c->options->multiplier)
        category->text = S("multiplier");
    else if (!c->options->other_known)
        (void)carry(c, category, S("publisher_other"));
}

void convert_document(struct convert *c)
{
    struct edit *document = edit_get(c->root, S("document"));
    edit_set_first(c->a, c->root, S("$schema"), edit_str(c->a, CSAF_2_1_SCHEMA));
    edit_set(c->a, document, S("csaf_version"), edit_str(c->a, S("2.1")));
    convert_tlp(c, document);
    convert_title(c, document);
    convert_publisher(c, document);
}

/* ---- licence ---- */

struct licences {
    struct dict texts;
    VEC(const struct edit *)
};

/* An expression all of whose identifiers are known: not every word is a licence. */
static bool is_licence(struct convert *c, str text)
{
    struct spdx e;
    size_t at;
    if (text.n == 0 || !spdx_read(c->a, text, &e, &at))
        return false;
    for (size_t i = 0; i < e.n; i++) {
        enum spdx_known k = spdx_known(&e.ids[i]);
        if (k == SPDX_UNKNOWN || k == SPDX_MISSING)
            return false;
    }
    return true;
}

static void try_licence(struct convert *c, struct licences *l, const struct edit *node, str text)
{
    bool fresh;
    text = str_trim(text);
    if (!is_licence(c, text))
        return;
    (void)dict_add(c->a, &l->texts, text, &fresh);
    if (fresh)
        *PUSH(c->a, l) = node;
}

/* The whole text, one of its lines, or what stands behind the colon of a line. */
static void licences_of(struct convert *c, struct licences *l, const struct edit *node)
{
    str rest = edit_text(node);
    try_licence(c, l, node, rest);
    while (rest.n > 0) {
        str line = str_cut(&rest, '\n');
        try_licence(c, l, node, line);
        while (str_find_char(line, ':') >= 0) {
            (void)str_cut(&line, ':');
            try_licence(c, l, node, line);
        }
    }
}

void convert_licence(struct convert *c)
{
    struct edit *document = edit_get(c->root, S("document"));
    struct licences l = {0};
    EDIT_EACH(note, edit_get(document, S("notes")))
    {
        if (str_eq(edit_get_text(note, S("category")), S("legal_disclaimer")))
            licences_of(c, &l, edit_get(note, S("text")));
    }
    if (l.n == 1) {
        edit_set(c->a, document, S("license_expression"), edit_str(c->a, l.texts.keys.v[0]));
        (void)carry_text(c, l.v[0], S("licence"), l.texts.keys.v[0], NO_STR);
    }
    if (l.n < 2)
        return;
    buf b = {.a = c->a};
    for (size_t i = 0; i < l.n; i++)
        buf_putf(&b, "%s%.*s", i > 0 ? ", " : "", SV(l.texts.keys.v[i]));
    (void)carry_text(c, l.v[0], S("licences"), buf_str(&b), carry_places(c->a, l.v, l.n));
}
