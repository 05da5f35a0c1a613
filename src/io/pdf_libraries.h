/* pdf_libraries.h - the functions of cairo, pango and glib that io/pdf.c calls. */
#ifndef IO_PDF_LIBRARIES_H
#define IO_PDF_LIBRARIES_H

#include "base/err.h"

/* In thousandths of a point (pango) or points (cairo), as their own headers have it. */
struct pango_rectangle {
    int x, y, width, height;
};

struct pdf_libraries {
    void *(*surface)(int (*write)(void *, const unsigned char *, unsigned), void *closure,
                     double width, double height);
    void (*metadata)(void *surface, int which, const char *text);
    int (*surface_status)(void *surface);
    void (*surface_finish)(void *surface);
    void (*surface_destroy)(void *surface);
    void *(*context)(void *surface);
    void (*context_destroy)(void *context);
    void (*move_to)(void *context, double x, double y);
    void (*line_to)(void *context, double x, double y);
    void (*line_width)(void *context, double width);
    void (*stroke)(void *context);
    void (*show_page)(void *context);
    void *(*layout)(void *context);
    void (*show_line)(void *context, void *line);
    void (*set_text)(void *layout, const char *text, int n);
    void (*set_width)(void *layout, int width);
    void (*set_wrap)(void *layout, int mode);
    void (*set_spacing)(void *layout, int spacing);
    void (*set_font)(void *layout, const void *font);
    int (*unknown)(void *layout);
    void *(*layout_context)(void *layout);
    void *(*iter)(void *layout);
    void *(*iter_line)(void *iter);
    int (*iter_baseline)(void *iter);
    void (*iter_extents)(void *iter, struct pango_rectangle *ink, struct pango_rectangle *logical);
    int (*iter_next)(void *iter);
    void (*iter_free)(void *iter);
    void *(*font)(const char *description);
    void (*font_free)(void *font);
    void *(*language)(const char *tag);
    void (*set_language)(void *context, void *language);
    void (*unref)(void *object);
};

/* Opened once and kept.  E_NOT_FOUND: one is not there. */
enum err pdf_libraries_open(const char *cairo, struct pdf_libraries *out, struct fault *f);

#endif
