/* vers_pypi.c - the order of versions of Python packages: PEP 440; see vers.h. */
#include "formats/instant.h"
#include "formats/vers_own.h"

struct pypi {
    bool valid;
    str epoch, release;
    int pre; /* 0 none, 1 a, 2 b, 3 rc */
    bool has_post, has_dev;
    str pre_number, post, dev, local; /* local: absent: none */
};

static void skip_separator(str *s)
{
    if (s->n > 0 && (s->p[0] == '.' || s->p[0] == '-' || s->p[0] == '_'))
        *s = str_from(*s, 1);
}

/* The word, in any case, perhaps behind a separator, and the number behind it; nothing moves
 * where it is not there. */
static bool take(str *s, str name, str *number)
{
    str rest = *s;
    skip_separator(&rest);
    if (!str_eq_nocase(vers_letters(&rest), name))
        return false;
    str behind = rest;
    skip_separator(&behind);
    *number = vers_digits(&behind);
    *s = number->n > 0 ? behind : rest;
    return true;
}

static void take_pre(str *s, struct pypi *out)
{
    static const struct {
        str name;
        int rank;
    } names[] = {{S_INIT("a"), 1},    {S_INIT("alpha"), 1},  {S_INIT("b"), 2},
                 {S_INIT("beta"), 2}, {S_INIT("c"), 3},      {S_INIT("rc"), 3},
                 {S_INIT("pre"), 3},  {S_INIT("preview"), 3}};
    for (size_t i = 0; i < COUNT(names) && out->pre == 0; i++) {
        if (take(s, names[i].name, &out->pre_number))
            out->pre = names[i].rank;
    }
}

static void take_post(str *s, struct pypi *out)
{
    str rest = str_from(*s, 1);
    if (s->n > 1 && s->p[0] == '-' && vers_digit(s->p[1])) {
        out->post = vers_digits(&rest);
        *s = rest;
        out->has_post = true;
        return;
    }
    out->has_post = take(s, S("post"), &out->post) || take(s, S("rev"), &out->post) ||
                    take(s, S("r"), &out->post);
}

static str take_release(str *s)
{
    str from = *s;
    (void)vers_digits(s);
    while (s->n > 1 && s->p[0] == '.' && vers_digit(s->p[1])) {
        *s = str_from(*s, 1);
        (void)vers_digits(s);
    }
    return str_sub(from, 0, from.n - s->n);
}

static struct pypi read(str s)
{
    struct pypi out = {.epoch = S("0")};
    s = str_trim(s);
    ptrdiff_t plus = str_find_char(s, '+');
    if (plus >= 0) {
        out.local = str_from(s, (size_t)plus + 1);
        s = str_sub(s, 0, (size_t)plus);
    }
    if (s.n > 0 && (s.p[0] == 'v' || s.p[0] == 'V'))
        s = str_from(s, 1);
    str rest = s, epoch = vers_digits(&rest);
    if (epoch.n > 0 && rest.n > 0 && rest.p[0] == '!') {
        out.epoch = epoch;
        s = str_from(rest, 1);
    }
    out.release = take_release(&s);
    take_pre(&s, &out);
    take_post(&s, &out);
    out.has_dev = take(&s, S("dev"), &out.dev);
    out.valid = out.release.n > 0 && s.n == 0;
    return out;
}

/* A development release of nothing comes before its pre-releases, the release after them. */
static int pre_rank(const struct pypi *v)
{
    if (v->pre != 0)
        return v->pre;
    return !v->has_post && v->has_dev ? 0 : 4;
}

static int release_cmp(str x, str y)
{
    while (x.n > 0 || y.n > 0) {
        int order = digits_cmp(str_cut(&x, '.'), str_cut(&y, '.'));
        if (order != 0)
            return order;
    }
    return 0;
}

static bool number(str s)
{
    (void)vers_digits(&s);
    return s.n == 0;
}

/* Parts between '.', '-' and '_'; numbers are greater than words. */
static str cut_local(str *s)
{
    size_t n = 0;
    while (n < s->n && s->p[n] != '.' && s->p[n] != '-' && s->p[n] != '_')
        n++;
    str head = str_sub(*s, 0, n);
    *s = str_from(*s, n + (n < s->n));
    return head;
}

static int local_part(str s, str t)
{
    if (number(s) != number(t))
        return number(s) ? 1 : -1;
    if (number(s))
        return digits_cmp(s, t);
    return str_eq_nocase(s, t) ? 0 : str_cmp(s, t);
}

static int local_cmp(str x, str y)
{
    if (x.p == NULL || y.p == NULL)
        return (x.p != NULL) - (y.p != NULL);
    while (x.n > 0 && y.n > 0) {
        int order = local_part(cut_local(&x), cut_local(&y));
        if (order != 0)
            return order;
    }
    return (x.n > 0) - (y.n > 0);
}

static int suffix_cmp(const struct pypi *x, const struct pypi *y)
{
    int order = pre_rank(x) - pre_rank(y);
    if (order == 0)
        order = digits_cmp(x->pre_number, y->pre_number);
    if (order == 0)
        order = x->has_post - y->has_post;
    if (order == 0)
        order = digits_cmp(x->post, y->post);
    if (order == 0)
        order = y->has_dev - x->has_dev;
    return order == 0 ? digits_cmp(x->dev, y->dev) : order;
}

int vers_cmp_pypi(str x, str y)
{
    struct pypi s = read(x), t = read(y);
    if (!s.valid || !t.valid)
        return s.valid != t.valid ? (s.valid ? 1 : -1) : vers_sign(str_cmp(x, y));
    int order = digits_cmp(s.epoch, t.epoch);
    if (order == 0)
        order = release_cmp(s.release, t.release);
    if (order == 0)
        order = suffix_cmp(&s, &t);
    return vers_sign(order == 0 ? local_cmp(s.local, t.local) : order);
}
