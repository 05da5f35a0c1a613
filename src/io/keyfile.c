/* keyfile.c - see keyfile.h. */
#include "io/keyfile.h"

#include "io/files.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum err check_mode(const char *path, struct fault *f)
{
    struct stat st;
    if (stat(path, &st) != 0)
        return fault_set(f, E_IO, "the key file cannot be looked at: error %d", errno);
    if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fault_set(f, E_DENIED, "others may read the key file %s: chmod 600 it", path);
    return OK;
}

static enum err read_key(struct arena *a, const char *path, struct fault *f, struct keyfile *out)
{
    str bytes;
    TRY(file_read(a, path, sizeof out->key + 1, f, &bytes));
    TRY(check_mode(path, f));
    if (bytes.n != sizeof out->key)
        return fault_set(f, E_INVALID, "%s is no key of %zu bytes", path, sizeof out->key);
    memcpy(out->key, bytes.p, sizeof out->key);
    return OK;
}

/* Whole under another name first, then under its own only if nobody was faster. */
static enum err make_key(struct arena *a, const char *path, struct fault *f)
{
    unsigned char key[sizeof(struct keyfile)];
    unsigned char random[8];
    randombytes_buf(key, sizeof key);
    randombytes_buf(random, sizeof random);
    uint64_t tail;
    memcpy(&tail, random, sizeof tail);
    const char *part = str_to_z(a, str_fmt(a, "%s.%llx", path, (unsigned long long)tail));
    TRY(file_write(a, part, (str){(const char *)key, sizeof key}, 0600, f));
    sodium_memzero(key, sizeof key);
    int rc = link(part, path);
    int why = errno;
    (void)unlink(part);
    if (rc != 0 && why != EEXIST)
        return fault_set(f, E_IO, "the key file %s cannot be made: error %d", path, why);
    return OK;
}

enum err keyfile_open(struct arena *a, const char *path, struct fault *f, struct keyfile *out)
{
    must(sodium_init() >= 0);
    enum err e = read_key(a, path, f, out);
    if (e != E_NOT_FOUND)
        return e;
    *f = (struct fault){0};
    TRY(make_key(a, path, f));
    return read_key(a, path, f, out);
}

str keyfile_close(struct arena *a, const struct keyfile *k, str plain)
{
    size_t n = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES + plain.n;
    unsigned char *box = NEWS(a, unsigned char, n);
    randombytes_buf(box, crypto_secretbox_NONCEBYTES);
    must(crypto_secretbox_easy(box + crypto_secretbox_NONCEBYTES, (const unsigned char *)plain.p,
                               plain.n, box, k->key) == 0);
    return (str){(const char *)box, n};
}

bool keyfile_read(struct arena *a, const struct keyfile *k, str box, str *plain)
{
    size_t around = crypto_secretbox_NONCEBYTES + crypto_secretbox_MACBYTES;
    if (box.n < around)
        return false;
    unsigned char *out = NEWS(a, unsigned char, box.n - around + 1);
    const unsigned char *bytes = (const unsigned char *)box.p;
    if (crypto_secretbox_open_easy(out, bytes + crypto_secretbox_NONCEBYTES,
                                   box.n - crypto_secretbox_NONCEBYTES, bytes, k->key) != 0)
        return false;
    *plain = (str){(const char *)out, box.n - around};
    return true;
}
