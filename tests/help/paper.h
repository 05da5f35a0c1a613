/* paper.h - for tests: what stands in a PDF. */
#ifndef HELP_PAPER_H
#define HELP_PAPER_H

#include "base/str.h"

/* As pdftotext reads it; aborts where it cannot. */
str paper_text(struct arena *a, str pdf);

#endif
