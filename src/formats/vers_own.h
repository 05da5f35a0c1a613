/* vers_own.h - between the files of version ranges: the orders of versions. */
#ifndef FORMATS_VERS_OWN_H
#define FORMATS_VERS_OWN_H

#include "formats/vers.h"

/* Rules: vers_order.c. */
vers_cmp vers_cmp_semver, vers_cmp_intdot, vers_cmp_datetime, vers_cmp_lexicographic,
    vers_cmp_generic, vers_cmp_nuget, vers_cmp_openssl, vers_cmp_conan, vers_cmp_cpan;
/* vers_distro.c */
vers_cmp vers_cmp_deb, vers_cmp_rpm, vers_cmp_alpm, vers_cmp_apk;
/* vers_maven.c, vers_pypi.c, vers_gem.c */
vers_cmp vers_cmp_maven, vers_cmp_pypi, vers_cmp_gem, vers_cmp_composer;

static inline bool vers_digit(char c)
{
    return c >= '0' && c <= '9';
}

static inline bool vers_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline int vers_sign(int x)
{
    return (x > 0) - (x < 0);
}

/* Digits from the front of *s, which moves behind them. */
static inline str vers_digits(str *s)
{
    size_t n = 0;
    while (n < s->n && vers_digit(s->p[n]))
        n++;
    str head = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return head;
}

static inline str vers_letters(str *s)
{
    size_t n = 0;
    while (n < s->n && vers_letter(s->p[n]))
        n++;
    str head = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return head;
}

#endif
