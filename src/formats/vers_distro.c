/* vers_distro.c - orders of versions of Linux distributions: Debian policy 5.6.12, rpmvercmp,
 * vercmp of pacman, and apk (which has that of Gentoo's PMS 3.3); see vers.h. */
#include "formats/instant.h"
#include "formats/vers_own.h"

/* Epoch in front of ':', where that is a number; 0 where there is none. */
static str cut_epoch(str *s)
{
    str rest = *s, epoch = vers_digits(&rest);
    if (epoch.n == 0 || rest.n == 0 || rest.p[0] != ':')
        return S("0");
    *s = str_from(rest, 1);
    return epoch;
}

/* What stands behind the last '-'; absent: there is none. */
static str cut_release(str *s)
{
    for (size_t i = s->n; i-- > 0;) {
        if (s->p[i] == '-') {
            str release = str_from(*s, i + 1);
            *s = str_sub(*s, 0, i);
            return release;
        }
    }
    return NO_STR;
}

/* '~' before the end, the end before letters, letters before all else. */
static int deb_rank(str s)
{
    if (s.n == 0 || vers_digit(s.p[0]))
        return 0;
    unsigned char c = (unsigned char)s.p[0];
    if (c == '~')
        return -1;
    return vers_letter(s.p[0]) ? c : c + 256;
}

static int deb_part(str x, str y)
{
    while (x.n > 0 || y.n > 0) {
        while ((x.n > 0 && !vers_digit(x.p[0])) || (y.n > 0 && !vers_digit(y.p[0]))) {
            int order = deb_rank(x) - deb_rank(y);
            if (order != 0)
                return order;
            x = str_from(x, 1);
            y = str_from(y, 1);
        }
        int order = digits_cmp(vers_digits(&x), vers_digits(&y));
        if (order != 0)
            return order;
    }
    return 0;
}

int vers_cmp_deb(str x, str y)
{
    int order = digits_cmp(cut_epoch(&x), cut_epoch(&y));
    str release_x = cut_release(&x), release_y = cut_release(&y);
    if (order == 0)
        order = deb_part(x, y);
    if (order == 0)
        order = deb_part(release_x, release_y);
    return vers_sign(order);
}

static bool rpm_word(char c)
{
    return vers_digit(c) || vers_letter(c) || c == '~' || c == '^';
}

static void skip(str *s)
{
    while (s->n > 0 && !rpm_word(s->p[0]))
        *s = str_from(*s, 1);
}

static bool begins(str s, char c)
{
    return s.n > 0 && s.p[0] == c;
}

/* '~' sorts before everything, '^' after the end alone.  False: neither is there. */
static bool rpm_marks(str *x, str *y, int *order)
{
    *order = 0;
    if (begins(*x, '~') || begins(*y, '~')) {
        *order = begins(*y, '~') - begins(*x, '~');
    } else if (begins(*x, '^') || begins(*y, '^')) {
        if (!begins(*x, '^'))
            *order = x->n == 0 ? -1 : 1;
        else if (!begins(*y, '^'))
            *order = y->n == 0 ? 1 : -1;
    } else {
        return false;
    }
    *x = str_from(*x, 1);
    *y = str_from(*y, 1);
    return true;
}

static int rpm_segment(str *x, str *y)
{
    bool number = vers_digit(x->p[0]);
    if (number != vers_digit(y->p[0]))
        return number ? 1 : -1;
    if (number)
        return digits_cmp(vers_digits(x), vers_digits(y));
    return str_cmp(vers_letters(x), vers_letters(y));
}

static int rpm_part(str x, str y)
{
    while (x.n > 0 || y.n > 0) {
        int order;
        skip(&x);
        skip(&y);
        if (!rpm_marks(&x, &y, &order)) {
            if (x.n == 0 || y.n == 0)
                break;
            order = rpm_segment(&x, &y);
        }
        if (order != 0)
            return order;
    }
    return (x.n > 0) - (y.n > 0);
}

int vers_cmp_rpm(str x, str y)
{
    int order = digits_cmp(cut_epoch(&x), cut_epoch(&y));
    str release_x = cut_release(&x), release_y = cut_release(&y);
    if (order == 0)
        order = rpm_part(x, y);
    if (order == 0 && release_x.p != NULL && release_y.p != NULL)
        order = rpm_part(release_x, release_y);
    else if (order == 0)
        order = (release_x.p != NULL) - (release_y.p != NULL);
    return vers_sign(order);
}

/* pacman's rpmvercmp: what is left at the end is newer if it is a number, older if a word. */
static int alpm_rest(str rest)
{
    return rest.n == 0 ? 0 : (vers_letter(rest.p[0]) ? -1 : 1);
}

static size_t separators(str *s)
{
    size_t n = s->n;
    while (s->n > 0 && !vers_digit(s->p[0]) && !vers_letter(s->p[0]))
        *s = str_from(*s, 1);
    return n - s->n;
}

static int alpm_part(str x, str y)
{
    while (x.n > 0 && y.n > 0) {
        size_t between_x = separators(&x), between_y = separators(&y);
        if (x.n == 0 || y.n == 0)
            break;
        if (between_x != between_y)
            return between_x < between_y ? -1 : 1;
        int order = rpm_segment(&x, &y);
        if (order != 0)
            return order;
    }
    return x.n > 0 ? alpm_rest(x) : -alpm_rest(y);
}

int vers_cmp_alpm(str x, str y)
{
    int order = digits_cmp(cut_epoch(&x), cut_epoch(&y));
    str release_x = cut_release(&x), release_y = cut_release(&y);
    if (order == 0)
        order = alpm_part(x, y);
    if (order == 0 && release_x.p != NULL && release_y.p != NULL)
        order = alpm_part(release_x, release_y);
    return vers_sign(order);
}

/* ---- apk: numbers, a letter, suffixes, a revision ---- */

static int apk_suffix(str *s)
{
    static const struct {
        str name;
        int rank;
    } suffixes[] = {{S_INIT("_alpha"), -4}, {S_INIT("_beta"), -3}, {S_INIT("_pre"), -2},
                    {S_INIT("_rc"), -1},    {S_INIT("_cvs"), 1},   {S_INIT("_svn"), 2},
                    {S_INIT("_git"), 3},    {S_INIT("_hg"), 4},    {S_INIT("_p"), 5}};
    for (size_t i = 0; i < COUNT(suffixes); i++) {
        if (str_has_prefix(*s, suffixes[i].name)) {
            *s = str_from(*s, suffixes[i].name.n);
            return suffixes[i].rank;
        }
    }
    return 0;
}

/* Behind the first number, one that begins with 0 is compared as a fraction. */
static int apk_numbers(str *x, str *y)
{
    for (bool first = true;; first = false) {
        bool more_x = first || (begins(*x, '.') && x->n > 1 && vers_digit(x->p[1]));
        bool more_y = first || (begins(*y, '.') && y->n > 1 && vers_digit(y->p[1]));
        if (!more_x || !more_y)
            return more_x - more_y;
        if (!first) {
            *x = str_from(*x, 1);
            *y = str_from(*y, 1);
        }
        bool fraction = !first && (begins(*x, '0') || begins(*y, '0'));
        str s = vers_digits(x), t = vers_digits(y);
        int order = fraction ? str_cmp(s, t) : digits_cmp(s, t);
        if (order != 0)
            return order;
    }
}

static int apk_suffixes(str *x, str *y)
{
    for (;;) {
        int rank_x = apk_suffix(x), rank_y = apk_suffix(y);
        if (rank_x != rank_y)
            return rank_x - rank_y;
        if (rank_x == 0)
            return 0;
        int order = digits_cmp(vers_digits(x), vers_digits(y));
        if (order != 0)
            return order;
    }
}

static str revision(str s)
{
    if (!str_has_prefix(s, S("-r")))
        return S("0");
    s = str_from(s, 2);
    return vers_digits(&s);
}

int vers_cmp_apk(str x, str y)
{
    int order = apk_numbers(&x, &y);
    if (order == 0) {
        str s = vers_letters(&x), t = vers_letters(&y);
        order = str_cmp(s, t);
    }
    if (order == 0)
        order = apk_suffixes(&x, &y);
    if (order == 0)
        order = digits_cmp(revision(x), revision(y));
    return vers_sign(order);
}
