/* late.h - libraries that are opened when one of their functions is first called. */
#ifndef BASE_LATE_H
#define BASE_LATE_H

#include "base/base.h"

#include <pthread.h>

/* Opens the library for as long as the program runs, and puts its functions with the n names into
 * the n pointers behind `to`.  Where there is no such library or function it ends the program with
 * 127 and says why, as the loader does of a library that a program is linked with. */
void late_open(const char *library, const char *const *names, size_t n, void *to);

/* Defines the functions of a library that F lists, as its header declares them, and late(), which
 * opens it at once.  F(ANSWER, PLAIN, OWN) is made of
 *   ANSWER(type, name, (parameters), (arguments))  a function that returns something
 *   PLAIN(name, (parameters), (arguments))         one that does not
 *   OWN(name)                                      one that is written below by late()->name
 * Before it includes the header, the file says #pragma GCC visibility push(hidden), as these
 * functions are not for other libraries. */
#define LATE_LIBRARY(soname, F)                                                                    \
    static struct late_calls {                                                                     \
        F(LATE_ANSWER_POINTER, LATE_PLAIN_POINTER, LATE_POINTER)                                   \
    } late_calls;                                                                                  \
    static const char *const late_names[] = {F(LATE_ANSWER_NAME, LATE_PLAIN_NAME, LATE_NAME)};     \
    _Static_assert(sizeof late_calls == sizeof late_names, "a pointer for each name");             \
    static void late_fill(void)                                                                    \
    {                                                                                              \
        late_open(soname, late_names, COUNT(late_names), &late_calls);                             \
    }                                                                                              \
    static const struct late_calls *late(void)                                                     \
    {                                                                                              \
        static pthread_once_t once = PTHREAD_ONCE_INIT;                                            \
        (void)pthread_once(&once, late_fill);                                                      \
        return &late_calls;                                                                        \
    }                                                                                              \
    F(LATE_ANSWER_CALL, LATE_PLAIN_CALL, LATE_NOTHING)

/* Parts of LATE_LIBRARY. */
#define LATE_POINTER(name) __typeof__(name) *name;
#define LATE_ANSWER_POINTER(type, name, takes, gives) LATE_POINTER(name)
#define LATE_PLAIN_POINTER(name, takes, gives) LATE_POINTER(name)
#define LATE_NAME(name) #name,
#define LATE_ANSWER_NAME(type, name, takes, gives) #name,
#define LATE_PLAIN_NAME(name, takes, gives) #name,
#define LATE_NOTHING(name)
#define LATE_ANSWER_CALL(type, name, takes, gives)                                                 \
    type name takes                                                                                \
    {                                                                                              \
        return late()->name gives;                                                                 \
    }
#define LATE_PLAIN_CALL(name, takes, gives)                                                        \
    void name takes                                                                                \
    {                                                                                              \
        late()->name gives;                                                                        \
    }

#endif
