/* choices.c - see choices.h. */
#include "web/pages/choices.h"

#include "app/orgs.h"
#include "app/people.h"

static enum err add_orgs(struct ctx *cx, const char *kind, struct field_choice *to, size_t *n,
                         size_t most)
{
    struct org_filter f = {.kind = str_z(kind), .enabled = true};
    struct list_window w = {.limit = most};
    struct org_line *orgs;
    size_t found;
    TRY(org_list(cx, &f, &w, &orgs, &found));
    for (size_t i = 0; i < found; i++)
        to[(*n)++] =
            (struct field_choice){.value = orgs[i].id, .label = {orgs[i].name, orgs[i].name}};
    return OK;
}

static enum err choices_of(struct ctx *cx, const char *const *kinds, struct field_rule *r)
{
    struct field_choice *all = NEWS(cx->a, struct field_choice, (size_t)2 * DB_LIST_MAX);
    size_t n = 0;
    for (; *kinds != NULL; kinds++)
        TRY(add_orgs(cx, *kinds, all, &n, DB_LIST_MAX));
    r->choices = all;
    r->nchoices = n;
    return OK;
}

enum err vendor_choices(struct ctx *cx, struct field_rule *r)
{
    static const char *const kinds[] = {"vendor", NULL};
    return choices_of(cx, kinds, r);
}

enum err sharer_choices(struct ctx *cx, struct field_rule *r)
{
    static const char *const kinds[] = {"overseas", "priority", NULL};
    return choices_of(cx, kinds, r);
}

enum err analyst_choices(struct ctx *cx, struct field_rule *r)
{
    struct member_line *people;
    size_t n;
    TRY(analyst_list(cx, &people, &n));
    struct field_choice *all = NEWS(cx->a, struct field_choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        str label = str_fmt(cx->a, "%.*s (%.*s)", SV(people[i].name), SV(people[i].org));
        all[i] = (struct field_choice){.value = people[i].person_id, .label = {label, label}};
    }
    r->choices = all;
    r->nchoices = n;
    return OK;
}
