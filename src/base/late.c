/* late.c - see late.h. */
#include "base/late.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { EXIT_AS_LOADER = 127 };

void late_open(const char *library, const char *const *names, size_t n, void *to)
{
    void *handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    void *found = handle;
    for (size_t i = 0; i < n && found != NULL; i++) {
        found = dlsym(handle, names[i]);
        /* A pointer to a function, as POSIX lets dlsym() give it. */
        memcpy((char *)to + i * sizeof found, &found, sizeof found);
    }
    if (found != NULL)
        return;
    (void)fprintf(stderr, "kakehashi: %s\n", dlerror());
    _exit(EXIT_AS_LOADER);
}
