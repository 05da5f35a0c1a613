/* admin.h - for tests of administration: the stage's cast with an operator and two leads. */
#ifndef HELP_ADMIN_H
#define HELP_ADMIN_H

#include "app/admin_own.h"
#include "help/app.h"

#include <stdio.h>

[[maybe_unused]] static void admin_sql(struct stage *st, const char *text)
{
    help_sql(str_has_prefix(st->url, S("sqlite:")) ? str_from(st->url, 7) : st->url, text);
}

/* "sysop" runs the system; "mihon.poc" and "coordinator" lead where they sit. */
[[maybe_unused]] static void admin_cast(struct stage *st)
{
    stage_cast(st);
    (void)stage_person(st, "sysop", NO_STR);
    admin_sql(st, "UPDATE person SET is_operator = 1 WHERE login = 'sysop';"
                  "UPDATE membership SET role = 'lead' WHERE person_id IN "
                  "(SELECT id FROM person WHERE login IN ('mihon.poc', 'coordinator'));");
}

/* Of help/web.h: nobody is signed in, or not any more. */
#define CHECK_SIGN_IN(p)                                                                           \
    do {                                                                                           \
        struct page p_ = (p);                                                                      \
        CHECK_STATUS(303, p_);                                                                     \
        CHECK(str_find(p_.location, S("/sign-in")) == 3);                                          \
    } while (0)

[[maybe_unused]] static bool has_problem(const struct ctx *cx, const char *field, const char *code)
{
    for (size_t i = 0; i < cx->problems.n; i++)
        if (str_eq(cx->problems.v[i].field, str_z(field)) &&
            str_eq(cx->problems.v[i].code, str_z(code)))
            return true;
    (void)printf("no %s at %s: %.*s\n", code, field, SV(stage_why((struct ctx *)(uintptr_t)cx)));
    return false;
}

#endif
