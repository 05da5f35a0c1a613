/* purl_own.h - between the files of purl: what a type asks. */
#ifndef FORMATS_PURL_OWN_H
#define FORMATS_PURL_OWN_H

#include "formats/purl.h"

/* Folds what the type folds, and refuses what it forbids. */
enum err purl_by_type(struct arena *a, struct purl *p, str *why);

#endif
