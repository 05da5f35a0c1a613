/* vers_maven.c - the order of versions of Maven, as its "Version Order Specification" says;
 * see vers.h. */
#include "formats/instant.h"
#include "formats/vers_own.h"

enum { TOKENS = 64 }; /* what stands behind them does not count */

struct token {
    char sep; /* '.' or '-' in front */
    bool number;
    str text;
};

struct tokens {
    struct token v[TOKENS];
    size_t n;
};

static str alias(str word, bool number_behind)
{
    static const str pairs[][2] = {{S_INIT("ga"), S_INIT("")},
                                   {S_INIT("final"), S_INIT("")},
                                   {S_INIT("release"), S_INIT("")},
                                   {S_INIT("cr"), S_INIT("rc")}};
    static const str letters[][2] = {{S_INIT("a"), S_INIT("alpha")},
                                     {S_INIT("b"), S_INIT("beta")},
                                     {S_INIT("m"), S_INIT("milestone")}};
    for (size_t i = 0; i < COUNT(pairs); i++) {
        if (str_eq_nocase(word, pairs[i][0]))
            return pairs[i][1];
    }
    for (size_t i = 0; i < COUNT(letters) && number_behind; i++) {
        if (str_eq_nocase(word, letters[i][0]))
            return letters[i][1];
    }
    return word;
}

static bool null_token(const struct token *t)
{
    return t->number ? digits_cmp(t->text, S("0")) == 0 : t->text.n == 0;
}

static bool separator(char c)
{
    return c == '.' || c == '-' || c == '_';
}

static str word(str *s)
{
    size_t n = 0;
    while (n < s->n && !vers_digit(s->p[n]) && !separator(s->p[n]))
        n++;
    str head = str_sub(*s, 0, n);
    *s = str_from(*s, n);
    return head;
}

/* Nulls at the end, and in front of each hyphen, do not count. */
static void trim(struct tokens *t)
{
    for (size_t i = t->n; i-- > 1;) {
        if (!null_token(&t->v[i]) || (i + 1 < t->n && t->v[i + 1].sep != '-'))
            continue;
        for (size_t j = i; j + 1 < t->n; j++)
            t->v[j] = t->v[j + 1];
        t->n--;
    }
}

static void split(str s, struct tokens *out)
{
    char sep = '.';
    out->n = 0;
    while (out->n < TOKENS) {
        struct token t = {.sep = sep, .number = true};
        bool empty = s.n == 0 || separator(s.p[0]);
        if (empty)
            t.text = S("0");
        else if ((t.number = vers_digit(s.p[0])))
            t.text = vers_digits(&s);
        else
            t.text = word(&s);
        if (!t.number)
            t.text = alias(t.text, s.n > 0 && vers_digit(s.p[0]));
        out->v[out->n++] = t;
        if (s.n == 0)
            break;
        bool between = separator(s.p[0]);
        sep = between && s.p[0] == '.' ? '.' : '-'; /* a change of kind is a hyphen */
        if (between)
            s = str_from(s, 1);
    }
    trim(out);
}

/* Of words: those before a release, the release itself, sp, all others. */
static int rank(str text)
{
    static const str known[] = {S_INIT("alpha"), S_INIT("beta"),     S_INIT("milestone"),
                                S_INIT("rc"),    S_INIT("snapshot"), S_INIT(""),
                                S_INIT("sp")};
    int i = 0;
    while (i < (int)COUNT(known) && !str_eq_nocase(text, known[i]))
        i++;
    return i;
}

static char small(char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

static int word_cmp(str x, str y)
{
    int left = rank(x), right = rank(y);
    if (left != right)
        return left - right;
    for (size_t i = 0; i < x.n && i < y.n; i++) {
        if (small(x.p[i]) != small(y.p[i]))
            return (unsigned char)small(x.p[i]) - (unsigned char)small(y.p[i]);
    }
    return (x.n > y.n) - (x.n < y.n);
}

/* ".word" = "-word" < "-number" < ".number" */
static int place(const struct token *t)
{
    return !t->number ? 0 : (t->sep == '-' ? 1 : 2);
}

static int token_cmp(const struct token *x, const struct token *y)
{
    if (place(x) != place(y))
        return place(x) - place(y);
    return x->number ? digits_cmp(x->text, y->text) : word_cmp(x->text, y->text);
}

int vers_cmp_maven(str x, str y)
{
    struct tokens s, t;
    split(x, &s);
    split(y, &t);
    for (size_t i = 0; i < s.n || i < t.n; i++) {
        struct token null = i < s.n ? s.v[i] : t.v[i];
        null.text = null.number ? S("0") : S("");
        int order = token_cmp(i < s.n ? &s.v[i] : &null, i < t.n ? &t.v[i] : &null);
        if (order != 0)
            return vers_sign(order);
    }
    return 0;
}
