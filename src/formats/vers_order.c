/* vers_order.c - orders of versions that need no file of their own; see vers.h. */
#include "formats/fact.h"
#include "formats/instant.h"
#include "formats/vers_own.h"

#include <string.h>

vers_cmp *vers_order(str type)
{
    static const struct {
        str name;
        vers_cmp *cmp;
    } orders[] = {
        {S_INIT("semver"), vers_cmp_semver},     {S_INIT("intdot"), vers_cmp_intdot},
        {S_INIT("datetime"), vers_cmp_datetime}, {S_INIT("lexicographic"), vers_cmp_lexicographic},
        {S_INIT("generic"), vers_cmp_generic},   {S_INIT("nuget"), vers_cmp_nuget},
        {S_INIT("openssl"), vers_cmp_openssl},   {S_INIT("conan"), vers_cmp_conan},
        {S_INIT("cpan"), vers_cmp_cpan},         {S_INIT("deb"), vers_cmp_deb},
        {S_INIT("rpm"), vers_cmp_rpm},           {S_INIT("alpm"), vers_cmp_alpm},
        {S_INIT("apk"), vers_cmp_apk},           {S_INIT("maven"), vers_cmp_maven},
        {S_INIT("pypi"), vers_cmp_pypi},         {S_INIT("gem"), vers_cmp_gem},
        {S_INIT("composer"), vers_cmp_composer},
    };
    str cells;
    if (!fact_find(S("vers-types"), type, &cells))
        return NULL;
    (void)str_cut(&cells, '\t');
    for (size_t i = 0; i < COUNT(orders); i++) {
        if (str_eq(orders[i].name, cells))
            return orders[i].cmp;
    }
    return NULL;
}

int vers_cmp_lexicographic(str x, str y)
{
    return vers_sign(str_cmp(x, y));
}

int vers_cmp_datetime(str x, str y)
{
    struct instant s, t;
    bool left = instant_read(x, &s), right = instant_read(y, &t);
    if (!left || !right)
        return left != right ? (left ? 1 : -1) : vers_sign(str_cmp(x, y));
    return vers_sign(instant_cmp(&s, &t));
}

/* Numbers between dots; whatever stands behind the first other character does not count. */
int vers_cmp_intdot(str x, str y)
{
    for (bool first = true;; first = false) {
        if (!first) {
            bool more_x = x.n > 0 && x.p[0] == '.', more_y = y.n > 0 && y.p[0] == '.';
            if (!more_x || !more_y)
                return more_x - more_y;
            x = str_from(x, 1);
            y = str_from(y, 1);
        }
        int order = digits_cmp(vers_digits(&x), vers_digits(&y));
        if (order != 0)
            return vers_sign(order);
    }
}

/* Cut off what was built, then the pre-release; absent: there is none. */
static str cut_pre(str *s)
{
    ptrdiff_t plus = str_find_char(*s, '+');
    if (plus >= 0)
        *s = str_sub(*s, 0, (size_t)plus);
    ptrdiff_t dash = str_find_char(*s, '-');
    if (dash < 0)
        return NO_STR;
    str pre = str_from(*s, (size_t)dash + 1);
    *s = str_sub(*s, 0, (size_t)dash);
    return pre;
}

static str without_v(str s)
{
    if (s.n > 1 && (s.p[0] == 'v' || s.p[0] == 'V' || s.p[0] == '=') && vers_digit(s.p[1]))
        return str_from(s, 1);
    return s;
}

/* Numbers between dots of which missing ones are 0. */
static int numbers_cmp(str x, str y)
{
    while (x.n > 0 || y.n > 0) {
        str s = str_cut(&x, '.'), t = str_cut(&y, '.');
        str left = vers_digits(&s), right = vers_digits(&t);
        int order = digits_cmp(left, right);
        if (order == 0)
            order = str_cmp(s, t);
        if (order != 0)
            return vers_sign(order);
    }
    return 0;
}

int vers_cmp_semver(str x, str y)
{
    x = without_v(x);
    y = without_v(y);
    str pre_x = cut_pre(&x), pre_y = cut_pre(&y);
    int order = numbers_cmp(x, y);
    return order == 0 ? vers_sign(semver_pre_cmp(pre_x, pre_y)) : order;
}

static char small(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static int nocase_cmp(str x, str y)
{
    for (size_t i = 0; i < x.n && i < y.n; i++) {
        if (small(x.p[i]) != small(y.p[i]))
            return (unsigned char)small(x.p[i]) < (unsigned char)small(y.p[i]) ? -1 : 1;
    }
    return (x.n > y.n) - (x.n < y.n);
}

static bool all_digits(str s)
{
    (void)vers_digits(&s);
    return s.n == 0;
}

/* As semver, in four numbers, and without regard to case. */
int vers_cmp_nuget(str x, str y)
{
    str pre_x = cut_pre(&x), pre_y = cut_pre(&y);
    int order = numbers_cmp(x, y);
    if (order != 0 || pre_x.p == NULL || pre_y.p == NULL)
        return order != 0 ? order : (pre_x.p == NULL) - (pre_y.p == NULL);
    while (pre_x.n > 0 && pre_y.n > 0) {
        str s = str_cut(&pre_x, '.'), t = str_cut(&pre_y, '.');
        bool number = all_digits(s), other = all_digits(t);
        if (number != other)
            return number ? -1 : 1;
        order = number ? digits_cmp(s, t) : nocase_cmp(s, t);
        if (order != 0)
            return vers_sign(order);
    }
    return (pre_x.n > 0) - (pre_y.n > 0);
}

/* 1.0.2 < 1.0.2a < 1.0.2z < 1.0.2za; from 3.0 on as semver. */
int vers_cmp_openssl(str x, str y)
{
    str pre_x = cut_pre(&x), pre_y = cut_pre(&y);
    for (int i = 0; i < 3; i++) {
        int order = digits_cmp(vers_digits(&x), vers_digits(&y));
        if (order != 0)
            return vers_sign(order);
        (void)str_cut(i < 2 ? &x : &(str){0}, '.');
        (void)str_cut(i < 2 ? &y : &(str){0}, '.');
    }
    int order = str_cmp(x, y);
    return order == 0 ? vers_sign(semver_pre_cmp(pre_x, pre_y)) : vers_sign(order);
}

/* Parts between dots, of which missing ones are 0; numbers are smaller than words. */
int vers_cmp_conan(str x, str y)
{
    str pre_x = cut_pre(&x), pre_y = cut_pre(&y);
    while (x.n > 0 || y.n > 0) {
        str s = str_cut(&x, '.'), t = str_cut(&y, '.');
        if (all_digits(s) != all_digits(t))
            return all_digits(s) ? -1 : 1;
        int order = all_digits(s) ? digits_cmp(s, t) : str_cmp(s, t);
        if (order != 0)
            return vers_sign(order);
    }
    return vers_sign(semver_pre_cmp(pre_x, pre_y));
}

/* Fractions of digits: the longer is the greater where one begins with the other and what
 * follows is not 0. */
static int fraction_cmp(str x, str y)
{
    for (size_t i = 0; i < x.n || i < y.n; i++) {
        char c = i < x.n ? x.p[i] : '0', d = i < y.n ? y.p[i] : '0';
        if (c != d)
            return c < d ? -1 : 1;
    }
    return 0;
}

static bool dotted(str s)
{
    ptrdiff_t dot = str_find_char(s, '.');
    return (s.n > 0 && s.p[0] == 'v') ||
           (dot >= 0 && str_find_char(str_from(s, (size_t)dot + 1), '.') >= 0);
}

/* The next number of a decimal version as a dotted one: 1.2345 is v1.234.500. */
static str decimal_part(str *fraction, char room[3])
{
    memset(room, '0', 3);
    memcpy(room, fraction->p, fraction->n < 3 ? fraction->n : 3);
    *fraction = str_from(*fraction, 3);
    return (str){room, 3};
}

int vers_cmp_cpan(str x, str y)
{
    bool many_x = dotted(x), many_y = dotted(y);
    x = without_v(x);
    y = without_v(y);
    int order = digits_cmp(str_cut(&x, '.'), str_cut(&y, '.'));
    if (order != 0 || (!many_x && !many_y))
        return order != 0 ? vers_sign(order) : fraction_cmp(x, y);
    while (order == 0 && (x.n > 0 || y.n > 0)) {
        char rooms[2][3];
        str s = many_x || x.n == 0 ? str_cut(&x, '.') : decimal_part(&x, rooms[0]);
        str t = many_y || y.n == 0 ? str_cut(&y, '.') : decimal_part(&y, rooms[1]);
        order = digits_cmp(s, t);
    }
    return vers_sign(order);
}

/* ---- generic: runs of digits and runs of letters, in the manner of libversion ---- */

enum rank { PRE, END, WORD, NUMBER };

static enum rank rank_of_word(str word)
{
    static const str before[] = {S_INIT("alpha"),  S_INIT("beta"), S_INIT("rc"),
                                 S_INIT("pre"),    S_INIT("dev"),  S_INIT("snapshot"),
                                 S_INIT("preview")};
    for (size_t i = 0; i < COUNT(before); i++) {
        if (str_eq_nocase(word, before[i]))
            return PRE;
    }
    return WORD;
}

struct part {
    enum rank rank;
    str text;
};

static struct part next_part(str *s)
{
    while (s->n > 0 && !vers_digit(s->p[0]) && !vers_letter(s->p[0]) &&
           (unsigned char)s->p[0] < 0x80)
        *s = str_from(*s, 1);
    if (s->n == 0)
        return (struct part){.rank = END};
    if (vers_digit(s->p[0]))
        return (struct part){NUMBER, vers_digits(s)};
    str word = vers_letters(s);
    if (word.n == 0) {
        word = str_sub(*s, 0, 1);
        *s = str_from(*s, 1);
    }
    return (struct part){rank_of_word(word), word};
}

static bool zero(str digits)
{
    return digits_cmp(digits, S("0")) == 0;
}

/* A missing number is 0. */
static int part_cmp(struct part p, struct part q)
{
    if (p.rank == NUMBER && q.rank == END)
        return !zero(p.text);
    if (p.rank == END && q.rank == NUMBER)
        return -!zero(q.text);
    if (p.rank != q.rank)
        return p.rank < q.rank ? -1 : 1;
    return p.rank == NUMBER ? digits_cmp(p.text, q.text) : nocase_cmp(p.text, q.text);
}

int vers_cmp_generic(str x, str y)
{
    x = without_v(x);
    y = without_v(y);
    for (;;) {
        struct part p = next_part(&x), q = next_part(&y);
        int order = part_cmp(p, q);
        if (order != 0 || (p.rank == END && q.rank == END))
            return vers_sign(order);
    }
}
