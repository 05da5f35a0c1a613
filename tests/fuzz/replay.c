/* replay.c - gives a fuzz target every file of its corpus, in a program without libFuzzer.
 *
 * NAME_replay FOLDER...  ends with 1 where a folder cannot be read or has no file. */
#include "base/err.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
[[gnu::weak]] int LLVMFuzzerInitialize(int *argc, char ***argv); /* some targets have one */

/* In memory of exactly its size, so that the sanitizer sees one byte too far. */
static bool replay(const char *folder, const char *name)
{
    char path[4096];
    (void)snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (file == NULL || fseek(file, 0, SEEK_END) != 0)
        return false;
    size_t n = (size_t)ftell(file);
    rewind(file);
    uint8_t *bytes = malloc(n);
    bool whole = (bytes != NULL || n == 0) && fread(bytes, 1, n, file) == n;
    (void)fclose(file);
    (void)printf("%s\n", path);
    (void)fflush(stdout);
    if (whole)
        (void)LLVMFuzzerTestOneInput(bytes, n);
    free(bytes);
    return whole;
}

static bool replay_all(const char *folder)
{
    int good = 0, bad = 0;
    DIR *d = opendir(folder);
    if (d == NULL)
        return false;
    for (const struct dirent *e = readdir(d); e != NULL; e = readdir(d))
        if (e->d_name[0] != '.')
            *(replay(folder, e->d_name) ? &good : &bad) += 1;
    (void)closedir(d);
    return good > 0 && bad == 0;
}

int main(int argc, char **argv)
{
    bool good = argc > 1;
    if (LLVMFuzzerInitialize != NULL)
        (void)LLVMFuzzerInitialize(&argc, &argv);
    (void)LLVMFuzzerTestOneInput((const uint8_t *)"", 0);
    for (int i = 1; i < argc; i++)
        good = replay_all(argv[i]) && good;
    return good ? 0 : 1;
}
