/* tplgen_names.c - the elements and attributes that our pages may use. */
#include "tplgen.h"

/* clang-format off */
static const struct { const char *names; unsigned flags; } elements[] = {
    {"area br col hr img input link meta source track wbr", EL_VOID},
    {"address article aside blockquote details dialog div dl fieldset figcaption figure footer form "
     "h1 h2 h3 h4 h5 h6 header hgroup main menu nav ol p pre search section table ul", EL_BLOCK},
    {"pre", EL_VERBATIM}, {"textarea", EL_VERBATIM | EL_PLAIN}, {"title", EL_PLAIN},
    {"a button form label option", EL_NO_SELF},
    {"code kbd samp script var", EL_CODE},
    {"a abbr audio b bdi bdo body button canvas caption cite code colgroup data datalist dd del dfn "
     "dt em head html i ins kbd label legend li mark meter noscript optgroup option output picture "
     "progress q rp rt ruby s samp script select small span strong sub summary sup svg tbody td "
     "template tfoot th thead time tr u var video", 0},
    {"applet base embed frame frameset iframe noembed noframes object param plaintext style xmp",
     EL_FORBIDDEN},
};

/* Elements whose children are these alone. */
static const struct { const char *parents, *children; } families[] = {
    {"ul ol menu", "li template"}, {"dl", "dt dd div template"},
    {"table", "caption colgroup thead tbody tfoot tr template"},
    {"thead tbody tfoot", "tr template"}, {"tr", "td th template"}, {"colgroup", "col"},
    {"select", "option optgroup hr"}, {"optgroup", "option"}, {"datalist", "option"},
};

static const char urls[] = "action background cite data formaction href longdesc manifest poster "
                           "src usemap xlink:href";

static const char texts[] =
    "abbr accept alt autocomplete class cols colspan datetime dir download for form headers height "
    "high hreflang id inputmode label lang list low max maxlength min minlength name optimum pattern "
    "placeholder property role rows rowspan scope size span step tabindex title value width "
    /* SVG */
    "cx cy d dominant-baseline dx dy fill fill-opacity font-size opacity points r rx ry stroke "
    "stroke-dasharray stroke-width text-anchor textLength transform viewBox x x1 x2 y y1 y2";

static const char booleans[] =
    "async autofocus checked controls default defer disabled formnovalidate hidden inert loop "
    "multiple muted novalidate open playsinline readonly required reversed selected";

static const char read_by_people[] =
    "abbr alt aria-description aria-label aria-placeholder aria-roledescription aria-valuetext "
    "label placeholder title";
/* clang-format on */

static bool is_in(str name, const char *list)
{
    for (str rest = str_z(list); rest.n > 0;)
        if (str_eq(str_cut(&rest, ' '), name))
            return true;
    return false;
}

bool element_find(str name, unsigned *flags)
{
    bool found = false;
    *flags = 0;
    for (size_t i = 0; i < COUNT(elements); i++) {
        if (!is_in(name, elements[i].names))
            continue;
        found = true;
        *flags |= elements[i].flags;
    }
    return found;
}

bool element_may_stand_in(str child, str parent)
{
    for (size_t i = 0; i < COUNT(families); i++)
        if (is_in(parent, families[i].parents))
            return is_in(child, families[i].children);
    return true;
}

enum attr_kind attr_kind(str element, str name)
{
    if (str_has_prefix(name, S("on")) || str_eq(name, S("style")) || str_eq(name, S("srcdoc")))
        return ATTR_FORBIDDEN;
    if (is_in(name, urls))
        return ATTR_URL;
    if (str_eq(name, S("content")))
        return ATTR_META;
    if (str_eq(name, S("type")))
        return is_in(element, "input button ol") ? ATTR_TEXT : ATTR_LITERAL;
    if (str_has_prefix(name, S("aria-")) || str_has_prefix(name, S("data-")) || is_in(name, texts))
        return ATTR_TEXT;
    return ATTR_LITERAL;
}

bool attr_is_boolean(str name)
{
    return is_in(name, booleans);
}

bool attr_is_read(str name)
{
    return is_in(name, read_by_people);
}
