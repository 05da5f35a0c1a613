/* xml_read.c - see xml_read.h. */
#include "formats/xml_scan.h"

#include <string.h>

/* --- namespaces ----------------------------------------------------------------------------- */

#define XML_SPACE S("http://www.w3.org/XML/1998/namespace")
#define XMLNS_SPACE S("http://www.w3.org/2000/xmlns/")

struct binding {
    str prefix, space; /* prefix empty: the default */
};

struct attribute {
    struct xml_name name;
    str value;
};

/* An element whose end has not come. */
struct open {
    struct xml_node *node, *last; /* last: of those within */
    str name;                     /* as written */
    size_t nspaces;               /* what is declared outside of it */
    buf text;
    str piece; /* the text, as long as it is one slice */
};

struct reader {
    struct xml_scan s;
    struct xml_node *root;
    size_t nspaces, depth, nattributes;
    struct binding spaces[XML_READ_SPACES];
    struct attribute attributes[XML_READ_ATTRIBUTES];
    struct open open[XML_READ_DEPTH];
};

static enum err bind(struct reader *r, str prefix, str space)
{
    bool is_xml = str_eq(prefix, S("xml"));
    if (str_eq(prefix, S("xmlns")) || str_eq(space, XMLNS_SPACE) ||
        is_xml != str_eq(space, XML_SPACE) || (prefix.n > 0 && space.n == 0))
        return xml_wrong(&r->s, S("xml_namespace"));
    if (r->nspaces == COUNT(r->spaces))
        return xml_wrong(&r->s, S("xml_size"));
    r->spaces[r->nspaces++] = (struct binding){prefix, space};
    return OK;
}

static enum err space_of(struct reader *r, str prefix, str *out)
{
    *out = S("");
    if (str_eq(prefix, S("xml"))) {
        *out = XML_SPACE;
        return OK;
    }
    for (size_t i = r->nspaces; i-- > 0;)
        if (str_eq(r->spaces[i].prefix, prefix)) {
            *out = r->spaces[i].space;
            return OK;
        }
    return prefix.n == 0 ? OK : xml_wrong(&r->s, S("xml_namespace"));
}

static bool declares(const struct xml_name *n, str *prefix)
{
    *prefix = n->prefix.n > 0 ? n->local : S("");
    return n->prefix.n > 0 ? str_eq(n->prefix, S("xmlns")) : str_eq(n->local, S("xmlns"));
}

/* --- tags ----------------------------------------------------------------------------------- */

static enum err read_attribute(struct reader *r)
{
    struct attribute *at = &r->attributes[r->nattributes];
    if (r->nattributes == COUNT(r->attributes))
        return xml_wrong(&r->s, S("xml_size"));
    TRY(xml_scan_name(&r->s, &at->name));
    (void)xml_scan_space(&r->s);
    if (!xml_scan_is(&r->s, S("=")))
        return xml_wrong(&r->s, S("xml_syntax"));
    (void)xml_scan_space(&r->s);
    TRY(xml_scan_value(&r->s, &at->value));
    r->nattributes++;
    return OK;
}

/* What stands between an element's name and the end of its tag. */
static enum err read_attributes(struct reader *r, bool *empty)
{
    r->nattributes = 0;
    for (;;) {
        bool apart = xml_scan_space(&r->s);
        *empty = xml_scan_is(&r->s, S("/>"));
        if (*empty || xml_scan_is(&r->s, S(">")))
            return OK;
        if (!apart)
            return xml_wrong(&r->s, r->s.at == r->s.text.n ? S("xml_end") : S("xml_syntax"));
        TRY(read_attribute(r));
    }
}

static enum err bind_all(struct reader *r, size_t *declared)
{
    size_t outside = r->nspaces;
    *declared = 0;
    for (size_t i = 0; i < r->nattributes; i++) {
        str prefix;
        if (!declares(&r->attributes[i].name, &prefix))
            continue;
        for (size_t k = outside; k < r->nspaces; k++)
            if (str_eq(r->spaces[k].prefix, prefix))
                return xml_wrong(&r->s, S("xml_duplicate"));
        TRY(bind(r, prefix, r->attributes[i].value));
        ++*declared;
    }
    return OK;
}

static enum err keep_attributes(struct reader *r, struct xml_node *n, size_t declared)
{
    size_t left = r->nattributes - declared;
    if (left == 0)
        return OK;
    struct xml_attribute *v = NEWS(r->s.a, struct xml_attribute, left);
    n->attributes = v;
    for (size_t i = 0; i < r->nattributes; i++) {
        const struct attribute *from = &r->attributes[i];
        str space = S(""), prefix;
        if (declares(&from->name, &prefix))
            continue;
        if (from->name.prefix.n > 0)
            TRY(space_of(r, from->name.prefix, &space));
        for (size_t k = 0; k < n->nattributes; k++)
            if (str_eq(v[k].space, space) && str_eq(v[k].name, from->name.local))
                return xml_wrong(&r->s, S("xml_duplicate"));
        v[n->nattributes++] = (struct xml_attribute){space, from->name.local, from->value};
    }
    return OK;
}

static void hang(struct reader *r, struct xml_node *n)
{
    if (r->depth == 0) {
        r->root = n;
        return;
    }
    struct open *up = &r->open[r->depth - 1];
    if (up->last == NULL)
        up->node->first = n;
    else
        up->last->next = n;
    up->last = n;
}

static enum err begin_element(struct reader *r)
{
    struct xml_name name;
    struct xml_node *n = NEW(r->s.a, struct xml_node);
    size_t outside = r->nspaces, declared;
    bool empty;
    if (r->depth == XML_READ_DEPTH)
        return xml_wrong(&r->s, S("xml_depth"));
    TRY(xml_scan_name(&r->s, &name));
    TRY(read_attributes(r, &empty));
    TRY(bind_all(r, &declared));
    *n = (struct xml_node){.name = name.local, .text = S("")};
    TRY(space_of(r, name.prefix, &n->space));
    TRY(keep_attributes(r, n, declared));
    hang(r, n);
    if (empty)
        r->nspaces = outside;
    else
        r->open[r->depth++] =
            (struct open){.node = n, .name = name.whole, .nspaces = outside, .text = {.a = r->s.a}};
    return OK;
}

static enum err end_element(struct reader *r)
{
    struct xml_name name;
    struct open *o = &r->open[r->depth - 1];
    TRY(xml_scan_name(&r->s, &name));
    (void)xml_scan_space(&r->s);
    if (!xml_scan_is(&r->s, S(">")))
        return xml_wrong(&r->s, S("xml_syntax"));
    if (!str_eq(name.whole, o->name))
        return xml_wrong(&r->s, S("xml_mismatch"));
    if (o->text.n > 0)
        o->node->text = buf_str(&o->text);
    else if (o->piece.n > 0)
        o->node->text = o->piece;
    r->nspaces = o->nspaces;
    r->depth--;
    return OK;
}

/* --- the whole ------------------------------------------------------------------------------ */

static void add_text(struct open *o, str s)
{
    if (o->text.n == 0 && o->piece.n == 0) {
        o->piece = s;
        return;
    }
    if (o->text.n == 0)
        buf_put(&o->text, o->piece);
    buf_put(&o->text, s);
}

static enum err read_text(struct reader *r)
{
    str s;
    TRY(xml_scan_text(&r->s, &s));
    add_text(&r->open[r->depth - 1], s);
    return OK;
}

static enum err read_cdata(struct reader *r)
{
    str s;
    TRY(xml_scan_cdata(&r->s, &s));
    add_text(&r->open[r->depth - 1], s);
    return OK;
}

static enum err read_content(struct reader *r)
{
    while (r->depth > 0) {
        if (r->s.at == r->s.text.n)
            return xml_wrong(&r->s, S("xml_end"));
        if (xml_scan_is(&r->s, S("</")))
            TRY(end_element(r));
        else if (xml_scan_is(&r->s, S("<![CDATA[")))
            TRY(read_cdata(r));
        else if (xml_scan_is(&r->s, S("<!--")))
            TRY(xml_scan_comment(&r->s));
        else if (xml_scan_is(&r->s, S("<?")))
            TRY(xml_scan_instruction(&r->s));
        else if (xml_scan_is(&r->s, S("<")))
            TRY(begin_element(r));
        else
            TRY(read_text(r));
    }
    return OK;
}

/* Comments, instructions and white space around the root. */
static enum err read_around(struct reader *r)
{
    for (;;) {
        (void)xml_scan_space(&r->s);
        if (xml_scan_is(&r->s, S("<!--")))
            TRY(xml_scan_comment(&r->s));
        else if (xml_scan_is(&r->s, S("<?")))
            TRY(xml_scan_instruction(&r->s));
        else
            return OK;
    }
}

static enum err read_all(struct reader *r)
{
    TRY(xml_scan_begin(&r->s));
    TRY(read_around(r));
    if (xml_scan_is(&r->s, S("<!DOCTYPE")))
        return xml_wrong(&r->s, S("xml_doctype"));
    if (!xml_scan_is(&r->s, S("<")))
        return xml_wrong(&r->s, r->s.at == r->s.text.n ? S("xml_end") : S("xml_syntax"));
    TRY(begin_element(r));
    TRY(read_content(r));
    TRY(read_around(r));
    return r->s.at == r->s.text.n ? OK : xml_wrong(&r->s, S("xml_trailing"));
}

enum err xml_read(struct arena *a, str text, const struct xml_node **root, struct xml_error *error)
{
    struct reader *r = NEW(a, struct reader);
    r->s = (struct xml_scan){.a = a, .text = text, .error = error};
    *root = NULL;
    TRY(read_all(r));
    *root = r->root;
    return OK;
}

/* --- looking around ------------------------------------------------------------------------- */

bool xml_is(const struct xml_node *n, str space, str name)
{
    return n != NULL && str_eq(n->name, name) && str_eq(n->space, space);
}

const struct xml_node *xml_find(const struct xml_node *parent, str space, str name)
{
    const struct xml_node *n = parent ? parent->first : NULL;
    while (n != NULL && !xml_is(n, space, name))
        n = n->next;
    return n;
}

const struct xml_node *xml_after(const struct xml_node *n)
{
    const struct xml_node *next = n ? n->next : NULL;
    while (next != NULL && !xml_is(next, n->space, n->name))
        next = next->next;
    return next;
}

str xml_text_of(const struct xml_node *n)
{
    return n == NULL ? NO_STR : str_trim(n->text);
}

str xml_child_text(const struct xml_node *parent, str space, str name)
{
    return xml_text_of(xml_find(parent, space, name));
}

str xml_attribute_of(const struct xml_node *n, str space, str name)
{
    for (size_t i = 0; n != NULL && i < n->nattributes; i++)
        if (str_eq(n->attributes[i].name, name) && str_eq(n->attributes[i].space, space))
            return n->attributes[i].value;
    return NO_STR;
}
