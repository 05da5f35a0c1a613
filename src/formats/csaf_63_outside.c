/* csaf_63_outside.c - informative tests that ask the world outside: whether URLs answer, and
 * whether words are spelt as a dictionary has them. */
#include "formats/csaf_62.h"

struct asking {
    struct csaf_check *c;
    const struct csaf_outside *outside;
    str (*wrong)(void *arg, str lang, str text); /* the first that is wrong; or absent */
    str word;                                    /* of a finding */
    bool names;                                  /* names are looked at, too */
};

static void ask(struct asking *k, const struct json *url, str word)
{
    str text = json_text(url);
    if (text.p != NULL && !k->outside->resolves(k->outside->arg, text))
        csaf_found(k->c, url, word, text, NO_STR, NO_STR);
}

static bool is_self(const struct json *reference)
{
    return str_eq(json_get_text(reference, S("category")), S("self"));
}

static void ask_references(struct asking *k, const struct json *owner, bool self, str word)
{
    EACH (reference, json_get(owner, S("references")))
        if (is_self(reference) == self)
            ask(k, json_get(reference, S("url")), word);
}

static void ask_thanks(struct asking *k, const struct json *owner, str word)
{
    EACH (thanks, json_get(owner, S("acknowledgments")))
        EACH (url, json_get(thanks, S("urls")))
            ask(k, url, word);
}

static void ask_product(struct asking *k, const struct json *name, str word)
{
    const struct json *helper = json_get(name, S("product_identification_helper"));
    EACH (url, json_get(helper, S("sbom_urls")))
        ask(k, url, word);
    EACH (generic, json_get(helper, S("x_generic_uris"))) {
        ask(k, json_get(generic, S("namespace")), word);
        ask(k, json_get(generic, S("uri")), word);
    }
}

static void ask_document(struct asking *k, str word)
{
    const struct json *document = k->c->index->document_part;
    ask_thanks(k, document, word);
    ask_references(k, document, false, word);
    ask(k, csaf_at(document, "aggregate_severity", "namespace", NULL), word);
    ask(k, csaf_at(document, "distribution", "tlp", "url", NULL), word);
    ask(k, csaf_at(document, "publisher", "namespace", NULL), word);
    ask(k, csaf_at(document, "publisher", "contact", "public_openpgp_key_url", NULL), word);
}

static bool can_ask(struct csaf_check *c, struct asking *k)
{
    *k = (struct asking){.c = c, .outside = c->choice->outside};
    return k->outside != NULL && k->outside->resolves != NULL;
}

/* 6.3.6 */
void csaf_url_silent(struct csaf_check *c)
{
    struct asking k;
    str word = S("url_silent");
    if (!can_ask(c, &k))
        return;
    ask_document(&k, word);
    for (size_t i = 0; i < c->index->products.n; i++)
        ask_product(&k, c->index->products.v[i].name, word);
    EACH (v, c->index->vulnerabilities) {
        ask_thanks(&k, v, word);
        ask_references(&k, v, false, word);
        EACH (remediation, json_get(v, S("remediations")))
            ask(&k, json_get(remediation, S("url")), word);
    }
}

/* 6.3.7 */
void csaf_url_self_silent(struct csaf_check *c)
{
    struct asking k;
    if (!can_ask(c, &k))
        return;
    ask_references(&k, c->index->document_part, true, S("url_self_silent"));
    EACH (v, c->index->vulnerabilities)
        ask_references(&k, v, true, S("url_self_silent"));
}

/* ---- 6.3.8 and 6.3.16 ---- */

static void spell(struct asking *k, const struct json *node)
{
    str text = json_text(node);
    if (text.n == 0)
        return;
    str wrong = k->wrong(k->outside->arg, csaf_lang(k->c), text);
    if (wrong.p != NULL)
        csaf_found(k->c, node, k->word, wrong, NO_STR, NO_STR);
}

static void spell_name(struct asking *k, const struct json *node)
{
    if (k->names)
        spell(k, node);
}

/* Members of an object, NULL behind the last. */
static void spell_members(struct asking *k, const struct json *object, const char *const *members)
{
    for (; *members != NULL; members++)
        spell(k, json_get(object, str_z(*members)));
}

static void spell_list(struct asking *k, const struct json *owner, const char *list,
                       const char *const *members)
{
    EACH (item, json_get(owner, str_z(list)))
        spell_members(k, item, members);
}

static const char *const note_members[] = {"audience", "text", "title", NULL};
static const char *const summary_only[] = {"summary", NULL};
static const char *const details_only[] = {"details", NULL};

static void spell_thanks(struct asking *k, const struct json *owner)
{
    EACH (thanks, json_get(owner, S("acknowledgments"))) {
        EACH (name, json_get(thanks, S("names")))
            spell_name(k, name);
        spell_name(k, json_get(thanks, S("organization")));
        spell(k, json_get(thanks, S("summary")));
    }
    spell_list(k, owner, "notes", note_members);
    spell_list(k, owner, "references", summary_only);
}

static void spell_document(struct asking *k)
{
    const struct json *document = k->c->index->document_part, *tracking = k->c->index->tracking;
    spell_thanks(k, document);
    spell(k, csaf_at(document, "aggregate_severity", "text", NULL));
    spell(k, csaf_at(document, "distribution", "text", NULL));
    spell(k, csaf_at(document, "publisher", "issuing_authority", NULL));
    spell_name(k, csaf_at(document, "publisher", "name", NULL));
    spell(k, json_get(document, S("title")));
    EACH (alias, json_get(tracking, S("aliases")))
        spell_name(k, alias);
    spell_name(k, csaf_at(tracking, "generator", "engine", "name", NULL));
    spell_list(k, tracking, "revision_history", summary_only);
}

static void spell_tree(struct asking *k)
{
    const struct csaf_index *x = k->c->index;
    for (size_t i = 0; i < x->branches.n; i++)
        spell_name(k, json_get(x->branches.v[i].branch, S("name")));
    for (size_t i = 0; i < x->products.n; i++)
        spell_name(k, json_get(x->products.v[i].name, S("name")));
    for (size_t i = 0; i < x->groups.n; i++)
        spell(k, json_get(x->groups.v[i].group, S("summary")));
}

static void spell_vulnerability(struct asking *k, const struct json *v)
{
    spell_thanks(k, v);
    spell(k, json_get(v, S("title")));
    spell_list(k, v, "involvements", summary_only);
    spell_list(k, v, "threats", details_only);
    EACH (remediation, json_get(v, S("remediations"))) {
        spell_members(k, remediation, details_only);
        EACH (entitlement, json_get(remediation, S("entitlements")))
            spell(k, entitlement);
        spell(k, csaf_at(remediation, "restart_required", "details", NULL));
    }
}

static void spell_all(struct asking *k)
{
    spell_document(k);
    spell_tree(k);
    EACH (v, k->c->index->vulnerabilities)
        spell_vulnerability(k, v);
}

/* 6.3.8 */
void csaf_misspelt(struct csaf_check *c)
{
    const struct csaf_outside *o = c->choice->outside;
    str lang = csaf_lang(c);
    if (o == NULL || o->misspelt == NULL || lang.p == NULL)
        return;
    struct asking k = {c, o, o->misspelt, S("misspelt"), true};
    if (o->speaks(o->arg, lang))
        spell_all(&k);
    else
        csaf_found(c, json_get(c->index->document_part, S("lang")), S("spelling_unknown"), lang,
                   NO_STR, NO_STR);
}

/* 6.3.16 */
void csaf_ungrammatical(struct csaf_check *c)
{
    const struct csaf_outside *o = c->choice->outside;
    if (o == NULL || o->ungrammatical == NULL || csaf_lang(c).p == NULL)
        return;
    struct asking k = {c, o, o->ungrammatical, S("ungrammatical"), false};
    spell_all(&k);
}
