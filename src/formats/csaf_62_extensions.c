/* csaf_62_extensions.c - recommended and informative tests of extensions.
 *
 * No extension is official or registered with the OASIS CSAF TC yet: each is experimental. */
#include "formats/csaf_62.h"

typedef void list_test(struct csaf_check *c, const struct json *list);

/* A place where extensions may stand. */
enum { AT_ROOT = 1, AT_DOCUMENT = 2, AT_PRODUCT = 4, AT_METRIC = 8, AT_VULNERABILITY = 16 };

static void of(struct csaf_check *c, const struct json *object, list_test *test)
{
    const struct json *list = json_get(object, S("x_extensions"));
    if (list != NULL)
        test(c, list);
}

static void each_list(struct csaf_check *c, unsigned places, list_test *test)
{
    if (places & AT_ROOT)
        of(c, c->document, test);
    if (places & AT_DOCUMENT)
        of(c, c->index->document_part, test);
    for (size_t i = 0; i < c->index->products.n && (places & AT_PRODUCT); i++)
        of(c, c->index->products.v[i].name, test);
    EACH (v, places & (AT_METRIC | AT_VULNERABILITY) ? c->index->vulnerabilities : NULL) {
        EACH (metric, places & AT_METRIC ? json_get(v, S("metrics")) : NULL)
            of(c, json_get(metric, S("content")), test);
        if (places & AT_VULNERABILITY)
            of(c, v, test);
    }
}

enum { EVERYWHERE = AT_ROOT | AT_DOCUMENT | AT_PRODUCT | AT_METRIC | AT_VULNERABILITY };

static void each_item(struct csaf_check *c, const struct json *list, str word)
{
    EACH (item, list)
        csaf_found(c, item, word, json_get_text(item, S("$schema")), NO_STR, NO_STR);
}

static void unregistered(struct csaf_check *c, const struct json *list)
{
    each_item(c, list, S("extension_unregistered"));
}

/* 6.2.54.1 */
void csaf_extension_unregistered(struct csaf_check *c)
{
    each_list(c, EVERYWHERE, unregistered);
}

static void unofficial(struct csaf_check *c, const struct json *list)
{
    each_item(c, list, S("extension_unofficial"));
}

/* 6.2.54.2 */
void csaf_extension_unofficial(struct csaf_check *c)
{
    each_list(c, EVERYWHERE, unofficial);
}

static void critical(struct csaf_check *c, const struct json *list)
{
    EACH (item, list) {
        const struct json *node = json_get(item, S("critical"));
        if (node != NULL && !json_is(node, JSON_IS_FALSE))
            csaf_found(c, node, S("extension_critical"), json_get_text(item, S("$schema")), NO_STR,
                       NO_STR);
    }
}

/* 6.2.54.3 */
void csaf_extension_critical(struct csaf_check *c)
{
    each_list(c, EVERYWHERE, critical);
}

static void experimental(struct csaf_check *c, const struct json *list)
{
    each_item(c, list, S("extension_experimental"));
}

/* 6.2.54.4 */
void csaf_extension_experimental_clear(struct csaf_check *c)
{
    if (csaf_is_clear(c))
        each_list(c, EVERYWHERE, experimental);
}

/* 6.3.21.2 */
void csaf_extension_experimental(struct csaf_check *c)
{
    if (!csaf_is_clear(c))
        each_list(c, EVERYWHERE, experimental);
}

static void essential(struct csaf_check *c, const struct json *list)
{
    EACH (item, list) {
        const struct json *node = json_get(item, S("category"));
        if (str_eq(json_text(node), S("essential")))
            csaf_found(c, node, S("extension_essential"), json_get_text(item, S("$schema")), NO_STR,
                       NO_STR);
    }
}

/* 6.3.21.1; the schema calls "essential" what the text of some drafts calls "critical". */
void csaf_extension_essential(struct csaf_check *c)
{
    each_list(c, EVERYWHERE, essential);
}

static void present(struct csaf_check *c, const struct json *list)
{
    csaf_found(c, list, S("extension_here"), NO_STR, NO_STR, NO_STR);
}

/* 6.3.21.3 */
void csaf_extension_at_document(struct csaf_check *c)
{
    each_list(c, AT_DOCUMENT, present);
}

static void at_products(struct csaf_check *c, unsigned by)
{
    for (size_t i = 0; i < c->index->products.n; i++)
        if (c->index->products.v[i].by == by)
            of(c, c->index->products.v[i].name, present);
}

/* 6.3.21.4 */
void csaf_extension_at_branch(struct csaf_check *c)
{
    at_products(c, CSAF_BY_BRANCH);
}

/* 6.3.21.5 */
void csaf_extension_at_name(struct csaf_check *c)
{
    at_products(c, CSAF_BY_NAME);
}

/* 6.3.21.6 */
void csaf_extension_at_path(struct csaf_check *c)
{
    at_products(c, CSAF_BY_PATH);
}

/* 6.3.21.7 */
void csaf_extension_at_metric(struct csaf_check *c)
{
    each_list(c, AT_METRIC, present);
}

/* 6.3.21.8 */
void csaf_extension_at_vulnerability(struct csaf_check *c)
{
    each_list(c, AT_VULNERABILITY, present);
}

/* 6.3.21.9 */
void csaf_extension_at_root(struct csaf_check *c)
{
    each_list(c, AT_ROOT, present);
}
