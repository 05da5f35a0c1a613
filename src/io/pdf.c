/* pdf.c - see pdf.h: lines from top to bottom, a new page where one is full. */
#include "io/pdf.h"

#include "io/pdf_libraries.h"

/* A4 in points, margins, and units of pango in a point. */
enum { WIDTH = 595, HEIGHT = 842, LEFT = 56, TOP = 56, BOTTOM = 64, FOOTER = 36, UNITS = 1024 };
enum { WRAP_WORD_CHAR = 2, META_TITLE = 0, META_CREATE_DATE = 5, META_CREATOR = 4 };

/* IPAex first: a subset of it is a twelfth of one of Noto CJK, whose outlines share subroutines. */
#define FAMILY "IPAexGothic,IPAGothic,Noto Sans CJK JP,DejaVu Sans,sans-serif"

static const struct {
    const char *font;
    double before; /* points above it */
} styles[PDF_STYLES] = {
    [PDF_TITLE] = {FAMILY " Bold 17", 0},
    [PDF_HEADING] = {FAMILY " Bold 12", 16},
    [PDF_TEXT] = {FAMILY " 10", 4},
    [PDF_SMALL] = {FAMILY " 8.5", 2},
};

struct press {
    struct arena *a;
    const struct pdf *p;
    struct pdf_libraries lib;
    void *context;
    double y;
    int page;
    bool strange; /* a character that no font has */
};

static int take_bytes(void *closure, const unsigned char *data, unsigned n)
{
    buf_put(closure, (str){(const char *)data, n});
    return 0;
}

static void *layout_of(struct press *k, enum pdf_style style, str text)
{
    void *layout = k->lib.layout(k->context), *font = k->lib.font(styles[style].font);
    k->lib.set_language(k->lib.layout_context(layout), k->lib.language(str_to_z(k->a, k->p->lang)));
    k->lib.set_font(layout, font);
    k->lib.set_width(layout, (WIDTH - 2 * LEFT) * UNITS);
    k->lib.set_wrap(layout, WRAP_WORD_CHAR);
    k->lib.set_spacing(layout, 2 * UNITS);
    k->lib.set_text(layout, str_to_z(k->a, text), -1);
    k->lib.font_free(font);
    k->strange |= k->lib.unknown(layout) > 0;
    return layout;
}

static void put_footer(struct press *k)
{
    str text = str_fmt(k->a, "%.*s   %d", SV(k->p->footer), ++k->page);
    void *layout = layout_of(k, PDF_SMALL, text), *iter = k->lib.iter(layout);
    k->lib.line_width(k->context, 0.5);
    k->lib.move_to(k->context, LEFT, HEIGHT - FOOTER - 14);
    k->lib.line_to(k->context, WIDTH - LEFT, HEIGHT - FOOTER - 14);
    k->lib.stroke(k->context);
    k->lib.move_to(k->context, LEFT, HEIGHT - FOOTER);
    k->lib.show_line(k->context, k->lib.iter_line(iter));
    k->lib.iter_free(iter);
    k->lib.unref(layout);
    k->lib.show_page(k->context);
}

static void put_line(struct press *k, void *iter, double top)
{
    struct pango_rectangle ink, logical;
    k->lib.iter_extents(iter, &ink, &logical);
    double height = (double)logical.height / UNITS;
    double baseline = (double)(k->lib.iter_baseline(iter) - logical.y) / UNITS;
    if (k->y + height > HEIGHT - BOTTOM) {
        put_footer(k);
        k->y = TOP;
    }
    k->lib.move_to(k->context, LEFT, k->y + baseline);
    k->lib.show_line(k->context, k->lib.iter_line(iter));
    k->y += height + top;
}

/* A heading does not stand at the foot of a page alone. */
static void put_block(struct press *k, const struct pdf_block *b)
{
    void *layout = layout_of(k, b->style, b->text), *iter = k->lib.iter(layout);
    k->y += k->y > TOP ? styles[b->style].before : 0;
    if (b->style == PDF_HEADING && k->y > HEIGHT - BOTTOM - 60) {
        put_footer(k);
        k->y = TOP;
    }
    do {
        put_line(k, iter, 2);
    } while (k->lib.iter_next(iter));
    k->lib.iter_free(iter);
    k->lib.unref(layout);
}

static void set_metadata(struct press *k, void *surface)
{
    k->lib.metadata(surface, META_TITLE, str_to_z(k->a, k->p->title));
    k->lib.metadata(surface, META_CREATOR, "Kakehashi");
    k->lib.metadata(surface, META_CREATE_DATE, str_to_z(k->a, k->p->made));
}

enum err pdf_write(struct arena *a, const struct pdf *p, struct fault *f, str *out)
{
    struct press k = {.a = a, .p = p, .y = TOP};
    buf b = {.a = a};
    TRY(pdf_libraries_open(p->cairo, &k.lib, f));
    void *surface = k.lib.surface(take_bytes, &b, WIDTH, HEIGHT);
    set_metadata(&k, surface);
    k.context = k.lib.context(surface);
    for (size_t i = 0; i < p->nblocks; i++)
        if (p->blocks[i].text.n > 0)
            put_block(&k, &p->blocks[i]);
    put_footer(&k);
    k.lib.context_destroy(k.context);
    k.lib.surface_finish(surface);
    int status = k.lib.surface_status(surface);
    k.lib.surface_destroy(surface);
    if (status != 0)
        return fault_set(f, E_IO, "cairo could not make the PDF: status %d", status);
    if (k.strange)
        return fault_set(f, E_INVALID,
                         "no installed font has all characters of this text: apt install "
                         "fonts-noto-cjk (or fonts-ipaexfont-gothic)");
    *out = buf_str(&b);
    return OK;
}
