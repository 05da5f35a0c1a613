/* vers_gem.c - the orders of versions of RubyGems and of Composer; see vers.h. */
#include "formats/instant.h"
#include "formats/vers_own.h"

enum { PARTS = 64 }; /* what stands behind them does not count */

struct parts {
    str v[PARTS];
    size_t n;
};

static bool number(str s)
{
    return s.n > 0 && vers_digit(s.p[0]);
}

static bool zero(str s)
{
    return number(s) && digits_cmp(s, S("0")) == 0;
}

static void push(struct parts *p, str part)
{
    if (p->n < PARTS)
        p->v[p->n++] = part;
}

static void drop_zeros(struct parts *p)
{
    while (p->n > 0 && zero(p->v[p->n - 1]))
        p->n--;
}

/* Runs of digits and of letters; '-' begins a pre-release.  Zeros count neither at the end nor in
 * front of the first word. */
static void gem_split(str s, struct parts *out)
{
    bool words = false;
    out->n = 0;
    while (s.n > 0) {
        if (vers_digit(s.p[0])) {
            push(out, vers_digits(&s));
            continue;
        }
        bool letter = vers_letter(s.p[0]), dash = s.p[0] == '-';
        if (!words && (letter || dash))
            drop_zeros(out);
        words |= letter || dash;
        if (dash)
            push(out, S("pre"));
        if (letter)
            push(out, vers_letters(&s));
        else
            s = str_from(s, 1);
    }
    drop_zeros(out);
}

int vers_cmp_gem(str x, str y)
{
    struct parts s, t;
    gem_split(x, &s);
    gem_split(y, &t);
    for (size_t i = 0; i < s.n || i < t.n; i++) {
        str left = i < s.n ? s.v[i] : S("0"), right = i < t.n ? t.v[i] : S("0");
        if (number(left) != number(right))
            return number(left) ? 1 : -1;
        int order = number(left) ? digits_cmp(left, right) : str_cmp(left, right);
        if (order != 0)
            return vers_sign(order);
    }
    return 0;
}

/* In front of a release, the release itself (4), numbers, patches. */
static int composer_rank(str part)
{
    static const struct {
        str name;
        int rank;
    } words[] = {{S_INIT("dev"), 0},  {S_INIT("alpha"), 1}, {S_INIT("a"), 1},
                 {S_INIT("beta"), 2}, {S_INIT("b"), 2},     {S_INIT("rc"), 3},
                 {S_INIT("pl"), 6},   {S_INIT("p"), 6},     {S_INIT("patch"), 6}};
    if (part.n == 0 || number(part))
        return part.n == 0 || zero(part) ? 4 : 5;
    for (size_t i = 0; i < COUNT(words); i++) {
        if (str_eq_nocase(part, words[i].name))
            return words[i].rank;
    }
    return -1;
}

static str composer_part(str *s)
{
    while (s->n > 0 && !vers_digit(s->p[0]) && !vers_letter(s->p[0]))
        *s = str_from(*s, 1);
    return number(*s) ? vers_digits(s) : vers_letters(s);
}

static str composer_clean(str s)
{
    ptrdiff_t plus = str_find_char(s, '+'), flag = str_find_char(s, '@');
    if (plus >= 0)
        s = str_sub(s, 0, (size_t)plus);
    if (flag >= 0)
        s = str_sub(s, 0, (size_t)flag);
    return s.n > 1 && (s.p[0] == 'v' || s.p[0] == 'V') ? str_from(s, 1) : s;
}

int vers_cmp_composer(str x, str y)
{
    x = composer_clean(x);
    y = composer_clean(y);
    while (x.n > 0 || y.n > 0) {
        str s = composer_part(&x), t = composer_part(&y);
        int order = composer_rank(s) - composer_rank(t);
        if (order == 0 && number(s) && number(t))
            order = digits_cmp(s, t);
        if (order == 0 && composer_rank(s) < 0)
            order = str_cmp(s, t);
        if (order != 0)
            return vers_sign(order);
    }
    return 0;
}
