/* err.c - what each outcome means outside the program. */
#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>

/* clang-format off */
const struct err_info err_info[ERR_COUNT] = {      /* http, exit, code */
    [OK]          = {200, 0, S_INIT("ok")},
    [E_INVALID]   = {422, 2, S_INIT("invalid")},
    [E_DENIED]    = {403, 3, S_INIT("denied")},
    [E_NOT_FOUND] = {404, 4, S_INIT("not_found")},
    [E_CONFLICT]  = {409, 5, S_INIT("conflict")},
    [E_BUSY]      = {503, 6, S_INIT("busy")},
    [E_IO]        = {503, 7, S_INIT("io")},
};
/* clang-format on */
_Static_assert(COUNT(err_info) == ERR_COUNT, "every outcome has its line");

enum err fault_set(struct fault *f, enum err e, const char *fmt, ...)
{
    must(e != OK);
    if (f->text[0] != '\0')
        return e;
    va_list ap;
    va_start(ap, fmt);
    (void)vsnprintf(f->text, sizeof f->text, fmt, ap);
    va_end(ap);
    return e;
}
