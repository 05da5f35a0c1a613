/* json_fuzz.c - any bytes: the same verdict and values as jansson, read and written back. */
#include "help/json_oracle.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *differs = oracle_differs((str){(const char *)data, size});
    if (differs != NULL) {
        (void)fprintf(stderr, "%s\n", differs);
        abort();
    }
    return 0;
}
