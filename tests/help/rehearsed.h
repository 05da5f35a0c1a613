/* rehearsed.h - for tests: releases that are rehearsed by the coordinator. */
#ifndef HELP_REHEARSED_H
#define HELP_REHEARSED_H

#include "app/release_dry.h"
#include "help/released.h"

/* The lists that name a document, in their order. */
enum { REHEARSED_LISTS = 6 };
extern const char *const rehearsed_lists[REHEARSED_LISTS];

/* Public, with products in three statuses; the CVE number is of our own reservation. */
struct walk *dry_products(struct stage *st);
void dry_own_number(struct walk *w);
void dry_say(struct walk *w, const char *status); /* of the third of them */

/* What comes next in that language, with lines for an update. */
struct release_wish dry_wish(struct walk *w, enum lang lang);
struct release_dry dry_tried(struct walk *w, struct release_wish wish);
struct release_dry dry_of(struct walk *w, enum lang lang);

void dry_print(struct arena *a, const struct release_dry *d); /* its errors */
bool dry_found(const struct release_dry *d, enum release_level level, const char *path,
               const char *word);

/* "a | b", and so what a form says in a field. */
str dry_joined(struct arena *a, struct strs v);
str dry_said(struct arena *a, const struct release_dry *d, enum said_field field,
             enum said_format f);

str dry_replaced(struct arena *a, str text, str from, str to);

#endif
