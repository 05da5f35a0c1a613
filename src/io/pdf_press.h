/* pdf_press.h - PDF pages for the server, made by a process that knows nothing.
 *
 * cairo and pango shape texts that people outside wrote: each sheet is made in a child of a helper
 * that was forked before there were secrets, reads fonts, and reaches no database, key or network.
 * What it answers is to be taken as foreign bytes. */
#ifndef IO_PDF_PRESS_H
#define IO_PDF_PRESS_H

#include "io/pdf.h"
#include "io/zygote.h"

struct pdf_press;

/* As zygote_start().  Missing libraries are no error: pdf_press_can() then says no. */
enum err pdf_press_start(struct arena *a, enum sandbox_mode mode, struct fault *f,
                         struct pdf_press **out);
const struct sandbox_state *pdf_press_state(const struct pdf_press *p);

bool pdf_press_alive(const struct pdf_press *p); /* as effects_alive() */

/* Whether the libraries were there at the start. */
bool pdf_press_can(const struct pdf_press *p);

/* As pdf_write(), with E_BUSY: as many are made as may be at once.  Any thread. */
enum err pdf_press_run(struct pdf_press *p, struct arena *a, const struct pdf *pdf, struct fault *f,
                       str *out);

#endif
