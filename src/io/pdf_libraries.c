/* pdf_libraries.c - see pdf_libraries.h. */
#include "io/pdf_libraries.h"

#include <dlfcn.h>
#include <string.h>

enum { CAIRO, PANGO, PANGOCAIRO, GOBJECT, LIBRARIES };

static const struct {
    int library;
    const char *name;
    size_t at;
} functions[] = {
#define FN(library, name, member)                                                                  \
    {                                                                                              \
        library, name, offsetof(struct pdf_libraries, member)                                      \
    }
    FN(CAIRO, "cairo_pdf_surface_create_for_stream", surface),
    FN(CAIRO, "cairo_pdf_surface_set_metadata", metadata),
    FN(CAIRO, "cairo_surface_status", surface_status),
    FN(CAIRO, "cairo_surface_finish", surface_finish),
    FN(CAIRO, "cairo_surface_destroy", surface_destroy),
    FN(CAIRO, "cairo_create", context),
    FN(CAIRO, "cairo_destroy", context_destroy),
    FN(CAIRO, "cairo_move_to", move_to),
    FN(CAIRO, "cairo_line_to", line_to),
    FN(CAIRO, "cairo_set_line_width", line_width),
    FN(CAIRO, "cairo_stroke", stroke),
    FN(CAIRO, "cairo_show_page", show_page),
    FN(PANGOCAIRO, "pango_cairo_create_layout", layout),
    FN(PANGOCAIRO, "pango_cairo_show_layout_line", show_line),
    FN(PANGO, "pango_layout_set_text", set_text),
    FN(PANGO, "pango_layout_set_width", set_width),
    FN(PANGO, "pango_layout_set_wrap", set_wrap),
    FN(PANGO, "pango_layout_set_spacing", set_spacing),
    FN(PANGO, "pango_layout_set_font_description", set_font),
    FN(PANGO, "pango_layout_get_unknown_glyphs_count", unknown),
    FN(PANGO, "pango_layout_get_context", layout_context),
    FN(PANGO, "pango_layout_get_iter", iter),
    FN(PANGO, "pango_layout_iter_get_line_readonly", iter_line),
    FN(PANGO, "pango_layout_iter_get_baseline", iter_baseline),
    FN(PANGO, "pango_layout_iter_get_line_extents", iter_extents),
    FN(PANGO, "pango_layout_iter_next_line", iter_next),
    FN(PANGO, "pango_layout_iter_free", iter_free),
    FN(PANGO, "pango_font_description_from_string", font),
    FN(PANGO, "pango_font_description_free", font_free),
    FN(PANGO, "pango_language_from_string", language),
    FN(PANGO, "pango_context_set_language", set_language),
    FN(GOBJECT, "g_object_unref", unref),
#undef FN
};

enum err pdf_libraries_open(const char *cairo, struct pdf_libraries *out, struct fault *f)
{
    const char *names[LIBRARIES] = {"libcairo.so.2", "libpango-1.0.so.0", "libpangocairo-1.0.so.0",
                                    "libgobject-2.0.so.0"};
    void *handles[LIBRARIES];
    if (cairo != NULL)
        names[CAIRO] = cairo;
    for (size_t i = 0; i < LIBRARIES; i++) {
        handles[i] = dlopen(names[i], RTLD_NOW | RTLD_LOCAL); /* for as long as we run */
        if (handles[i] == NULL)
            return fault_set(f, E_NOT_FOUND,
                             "PDF needs %s, which is not installed: apt install "
                             "libpangocairo-1.0-0 fonts-noto-cjk",
                             names[i]);
    }
    for (size_t i = 0; i < COUNT(functions); i++) {
        void *fn = dlsym(handles[functions[i].library], functions[i].name);
        if (fn == NULL)
            return fault_set(f, E_NOT_FOUND, "PDF needs %s of %s, which that version lacks",
                             functions[i].name, names[functions[i].library]);
        memcpy((char *)out + functions[i].at, &fn, sizeof fn);
    }
    return OK;
}
