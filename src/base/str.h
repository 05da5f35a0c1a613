/* str.h - text as a pointer and a length; a buffer to build it in.
 *
 * A str is a value: pass it, return it, compare it, never write through it.  It is valid
 * UTF-8 (the borders check) and need not end in a zero byte.
 * {NULL, 0} means "absent"; S("") means "empty". */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

typedef struct str {
    const char *p;
    size_t n;
} str;

#define S(literal) ((str)S_INIT(literal))
/* clang-format off */
#define S_INIT(literal) {"" literal, sizeof(literal) - 1} /* in static tables */
/* clang-format on */
#define SV(s) (int)(s).n, (s).p /* for "%.*s" */
#define NO_STR ((str){NULL, 0})

/* Many of them; for IN lists and arguments. */
struct strs {
    const str *v;
    size_t n;
};

bool str_same_bytes(const char *a, const char *b, size_t n);
/* Most texts that are compared differ in length: without a call for those. */
static inline bool str_eq(str a, str b)
{
    return a.n == b.n && str_same_bytes(a.p, b.p, a.n);
}
bool str_eq_nocase(str a, str b); /* ASCII letters only */
bool str_has_prefix(str s, str prefix);
bool str_has_suffix(str s, str suffix);
int str_cmp(str a, str b); /* by bytes */

/* Where needle first stands in s, or -1.  An empty needle stands at 0. */
ptrdiff_t str_find(str s, str needle);
ptrdiff_t str_find_char(str s, char c);

/* From byte `at`, at most n bytes; what lies outside s is left out. */
str str_sub(str s, size_t at, size_t n);
str str_from(str s, size_t at);

/* Without ASCII white space at both ends. */
str str_trim(str s);

/* The text up to `sep`, which is removed from *rest together with it. */
str str_cut(str *rest, char sep);

/* Decimal digits only, no sign, at most 18 of them. */
bool str_i64(str s, i64 *out);

str str_z(const char *z); /* of a C string; NULL gives an absent str */

/* Zero-terminated copy: only for calls into C libraries. */
NONNULL const char *str_to_z(struct arena *a, str s);
str str_copy(struct arena *a, str s);
str str_join(struct arena *a, str x, str y);
str str_lower(struct arena *a, str s); /* ASCII letters only */
PRINTF(2, 3) str str_fmt(struct arena *a, const char *fmt, ...);

/* Whether two secrets are equal, in a time that depends on their lengths alone. */
bool str_eq_secret(str a, str b);

typedef struct buf {
    struct arena *a;
    char *p;
    size_t n, cap;
} buf;

void buf_put(buf *b, str s);
void buf_char(buf *b, char c);
void buf_i64(buf *b, i64 n);
PRINTF(2, 3) void buf_putf(buf *b, const char *fmt, ...);

/* Room for n more bytes at the returned place; then say b->n += what was written. */
char *buf_room(buf *b, size_t n);
str buf_str(const buf *b);

#endif
