/* choices.h - fields that name an organisation or a person offer those that are known here. */
#ifndef WEB_PAGES_CHOICES_H
#define WEB_PAGES_CHOICES_H

#include "app/form.h"

/* Vendors; overseas coordinators and bodies that are given cases first; analysts. */
enum err vendor_choices(struct ctx *cx, struct field_rule *r);
enum err sharer_choices(struct ctx *cx, struct field_rule *r);
enum err analyst_choices(struct ctx *cx, struct field_rule *r);

#endif
