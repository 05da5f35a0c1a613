/* base.h - the vocabulary every other file speaks: numbers, errors, attributes. */
#ifndef BASE_BASE_H
#define BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int64_t i64;

/* A number that may be absent: SQL NULL, an empty field. */
typedef struct opt_i64 {
    bool is;
    i64 v;
} opt_i64;
#define SOME(x) ((opt_i64){true, (x)})

/* Every outcome the program distinguishes.  One table in err.c maps each to an HTTP
 * status, an exit code and a word.  Ignoring one does not compile. */
/* clang-format off */
enum [[nodiscard]] err {
    OK,
    E_INVALID,   /* the input breaks a rule; what and where is in struct problems */
    E_DENIED,    /* the actor is known, may know of the thing, and may not do this */
    E_NOT_FOUND, /* no such thing, or none that the actor may know of */
    E_CONFLICT,  /* someone else changed it first */
    E_BUSY,      /* too many at once, or too often: try again later */
    E_IO,        /* disk, database, network or a tool failed; safe to retry */
    ERR_COUNT
};
/* clang-format on */

/* Pass a failure up, unchanged.  The only macro that hides a return. */
#define TRY(expr)                                                                                  \
    do {                                                                                           \
        enum err try_ = (expr);                                                                    \
        if (try_ != OK)                                                                            \
            return try_;                                                                           \
    } while (0)

/* For what can only be a bug.  Never for input, never for the outside world. */
#define must(cond) ((cond) ? (void)0 : must_failed(#cond, __FILE__, __LINE__))
[[gnu::noreturn]] void must_failed(const char *cond, const char *file, int line);

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define NONNULL [[gnu::nonnull, gnu::returns_nonnull]]
#define PRINTF(fmt, args) [[gnu::format(printf, fmt, args)]]

/* Behind a struct of named arguments: `{.id = id}` compiles, `{id}` does not. */
#ifdef __clang__
#define BY_NAME
#else
#define BY_NAME __attribute__((designated_init))
#endif

#endif
