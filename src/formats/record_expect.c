/* record_expect.c - the values of a field; and what each format must say where the page says so. */
#include "formats/record_said_own.h"

#include "base/dict.h"
#include "formats/cvss.h"
#include "formats/version_said.h"

static void add(struct arena *a, struct said_list *to, str value)
{
    if (value.n > 0)
        *PUSH(a, to) = value;
}

/* --- products ----------------------------------------------------------------------------------- */

static const str status_words[] = {[SAID_AFFECTED] = S_INIT("affected"),
                                   [SAID_FIXED] = S_INIT("fixed"),
                                   [SAID_NOT_AFFECTED] = S_INIT("not affected"),
                                   [SAID_INVESTIGATING] = S_INIT("under investigation"),
                                   [SAID_UNKNOWN] = S_INIT("unknown")};

str said_product_line(struct arena *a, const struct said_product *p)
{
    buf b = {.a = a};
    buf_put(&b, p->vendor);
    if (p->name.n > 0)
        buf_putf(&b, " / %.*s", SV(p->name));
    if (p->versions.n > 0)
        buf_putf(&b, " / %.*s", SV(p->versions));
    return buf_str(&b);
}

/* Whether statuses are told, and of which vulnerability each is. */
enum with { NO_STATUS, WITH_STATUS, WITH_VULNERABILITY };

static void add_product(struct arena *a, struct said_list *to, const struct said_product *p,
                        enum with with)
{
    str line = said_product_line(a, p);
    if (with == NO_STATUS)
        add(a, to, line);
    if (with == NO_STATUS || p->untold)
        return;
    line = str_fmt(a, "%.*s = %.*s", SV(line), SV(status_words[p->status]));
    bool each = with == WITH_VULNERABILITY && p->about.n > 0;
    add(a, to, each ? str_fmt(a, "%.*s (%.*s)", SV(line), SV(p->about)) : line);
}

/* How a format tells versions: as ranges, as they were written, or not at all. */
enum telling { TELLS_RANGES, TELLS_CSAF, TELLS_CVE, TELLS_TEXT, TELLS_NOTHING };

/* A CVE range begins with a version that belongs to it. */
static bool can_begin(const struct version_span *spans, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (spans[i].only.n == 0 && spans[i].from.n > 0 && !spans[i].from_in)
            return false;
    return true;
}

/* What is being listed; seen: what was said of one vulnerability alone, which stands in place of
 * what is said of all. */
struct listing {
    struct arena *a;
    struct said_list *to;
    enum telling how;
    enum with with;
    struct dict seen;
};

static void add_leaf(struct listing *l, const struct said_product *p)
{
    size_t at;
    str key = str_fmt(l->a, "%.*s\n%.*s", SV(p->about), SV(said_product_line(l->a, p)));
    if (!p->own && dict_find(&l->seen, key, &at))
        return;
    if (p->own)
        (void)dict_add(l->a, &l->seen, key, NULL);
    add_product(l->a, l->to, p, l->with);
}

static void add_row(struct listing *l, const struct said_product *row)
{
    struct said_product p = *row;
    struct version_span *spans;
    size_t n;
    p.versions = l->how == TELLS_NOTHING ? S("") : row->versions;
    if (l->how >= TELLS_TEXT || row->versions.n == 0) {
        add_leaf(l, &p);
        return;
    }
    bool read = versions_read(l->a, row->versions, &spans, &n);
    if (l->how == TELLS_CSAF && !read) { /* what is no range is a part of the name */
        p.name = str_fmt(l->a, "%.*s %.*s", SV(row->name), SV(row->versions));
        p.versions = S("");
    }
    if (!read || (l->how == TELLS_CVE && !can_begin(spans, n))) {
        add_leaf(l, &p);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const struct version_span *x = &spans[i];
        p.versions =
            x->only.n > 0 ? x->only : said_range(l->a, x->from, x->from_in, x->to, x->to_in);
        add_leaf(l, &p);
    }
}

/* The MyJVN API tells affected, not affected, and the rest. */
static enum said_status in_myjvn(enum said_status s)
{
    if (s == SAID_FIXED)
        return SAID_NOT_AFFECTED;
    return s == SAID_UNKNOWN ? SAID_INVESTIGATING : s;
}

static enum said_status in_cve(enum said_status s)
{
    if (s == SAID_FIXED)
        return SAID_NOT_AFFECTED;
    return s == SAID_INVESTIGATING ? SAID_UNKNOWN : s;
}

/* The status as a format can say it; false: the product does not stand there. */
static bool fit(enum said_format f, struct said_product *p)
{
    bool whole = p->name.n == 0;
    switch ((int)f) {
    case SAID_CSAF_2_0: return !whole || p->status != SAID_UNKNOWN;
    case SAID_JVNRSS_3:
    case SAID_JVNRSS_2:
    case SAID_JVNRSS_OWN: return !whole && p->status == SAID_AFFECTED;
    case SAID_MYJVN: p->status = in_myjvn(p->status); return !whole;
    case SAID_CVE: p->status = in_cve(p->status); return !whole;
    case SAID_VULDEF: /* investigating is told of vendors as a whole */
        p->status = whole ? p->status : in_cve(p->status);
        return true;
    default: return true;
    }
}

static enum telling telling_of(enum said_format f)
{
    switch ((int)f) {
    case SAID_CSAF_2_0:
    case SAID_CSAF_2_1: return TELLS_CSAF;
    case SAID_CVE: return TELLS_CVE;
    case SAID_VULDEF: return TELLS_TEXT;
    case SAID_PAGE: return TELLS_RANGES;
    default: return TELLS_NOTHING;
    }
}

/* Once for each vulnerability that the format tells of: a CVE record of its own alone. */
static void add_each(struct listing *l, const struct said_product *row, enum said_format f)
{
    struct said_product p = *row;
    for (size_t i = 0; i < row->holds.n; i++) {
        p.about = row->holds.v[i];
        if (f != SAID_CVE || str_has_prefix(p.about, S("CVE-")))
            add_row(l, &p);
    }
}

static void expect_products(struct arena *a, const struct record_said *page, enum said_format f,
                            bool with_status, struct said_list *to)
{
    bool each = f == SAID_CSAF_2_0 || f == SAID_CSAF_2_1 || f == SAID_CVE;
    bool apart = page->vulns > 1 && (each || f == SAID_VULDEF || f == SAID_PAGE);
    struct listing l = {.a = a, .to = to, .how = telling_of(f)};
    l.with = !with_status ? NO_STATUS : apart ? WITH_VULNERABILITY : WITH_STATUS;
    for (int own = 1; own >= 0; own--)
        for (size_t i = 0; i < page->products.n; i++) {
            struct said_product p = page->products.v[i];
            if (p.own != own || !fit(f, &p))
                continue;
            if (each && page->vulns > 0)
                add_each(&l, &p, f);
            else
                add_row(&l, &p);
        }
}

/* --- scores ------------------------------------------------------------------------------------- */

/* Known vectors have a version; others are told as they stand. */
static bool version_of(const struct said_score *s, struct cvss *c)
{
    struct cvss_error bad;
    return cvss_parse(s->vector, c, &bad) == OK;
}

static i64 tenths(str score)
{
    str rest = score, whole = str_cut(&rest, '.');
    i64 n = 0, part = 0;
    return str_i64(whole, &n) && n < 100 && (rest.n == 0 || str_i64(str_sub(rest, 0, 1), &part))
               ? n * 10 + part
               : -1;
}

/* A word for the severity stands there only where it does not fit the score. */
static str score_line(struct arena *a, const struct said_score *s)
{
    buf b = {.a = a};
    struct cvss c;
    i64 n = tenths(s->score);
    buf_putf(&b, "%.*s%s%.*s %.*s", SV(s->about), s->about.n > 0 ? " " : "", SV(s->vector),
             SV(s->score));
    if (s->severity.n > 0 && n >= 0 && n <= 100 && version_of(s, &c)) {
        str word = cvss_severity_text(cvss_severity(c.version, (int)n));
        if (!str_eq_nocase(word, s->severity))
            buf_putf(&b, " %.*s", SV(s->severity));
    }
    return str_trim(buf_str(&b));
}

static int major_of(const struct cvss *c)
{
    return c->version == CVSS_2_0 ? 2 : c->version == CVSS_4_0 ? 4 : 3;
}

/* The coordinator's of that version, else the first; NULL: none. */
static const struct said_score *best_of(const struct record_said *page, str about, int major)
{
    const struct said_score *best = NULL;
    bool own = false;
    for (size_t i = 0; i < page->scores.n; i++) {
        const struct said_score *s = &page->scores.v[i];
        struct cvss c;
        bool is_own = str_eq(s->issuer, S("coordinator"));
        if (!str_eq(s->about, about) || !version_of(s, &c) || major_of(&c) != major ||
            cvss_scores(&c).base < 0)
            continue;
        if (best == NULL || (is_own && !own)) {
            best = s;
            own = is_own;
        }
    }
    return best;
}

/* Its base metrics alone, as JVN's formats have them; file: 3.1 is told as 3.0, 4.0 not. */
static bool as_base(struct arena *a, const struct said_score *from, bool file,
                    struct said_score *out)
{
    struct cvss c;
    size_t n;
    buf b = {.a = a};
    if (!version_of(from, &c) || (file && c.version == CVSS_4_0))
        return false;
    const struct cvss_metric *all = cvss_metrics(c.version, &n);
    str version = cvss_version_text(file && c.version == CVSS_3_1 ? CVSS_3_0 : c.version);
    if (c.version != CVSS_2_0)
        buf_putf(&b, "CVSS:%.*s", SV(version));
    for (size_t i = 0; i < n; i++)
        if (all[i].group == CVSS_BASE)
            buf_putf(&b, "%s%.*s:%.*s", b.n > 0 ? "/" : "", SV(all[i].name),
                     SV(cvss_value(&c, all[i].name)));
    *out = *from;
    out->vector = buf_str(&b);
    return true;
}

/* The numbers of the vulnerabilities that are scored, in their order; at most as many as scores. */
static struct strs scored(struct arena *a, const struct record_said *page)
{
    str *v = NEWS(a, str, page->scores.n + 1);
    size_t n = 0;
    for (size_t i = 0; i < page->scores.n; i++)
        if (n == 0 || !str_eq(v[n - 1], page->scores.v[i].about))
            v[n++] = page->scores.v[i].about;
    return (struct strs){v, n};
}

/* Of the whole: the highest of each version. */
static void expect_whole(struct arena *a, const struct record_said *page, bool file,
                         struct said_list *to)
{
    struct strs about = scored(a, page);
    for (int major = 2; major <= 4; major++) {
        const struct said_score *highest = NULL;
        struct said_score base;
        for (size_t i = 0; i < about.n; i++) {
            const struct said_score *s = best_of(page, about.v[i], major);
            if (s != NULL && (highest == NULL || tenths(s->score) > tenths(highest->score)))
                highest = s;
        }
        if (highest == NULL || !as_base(a, highest, file, &base))
            continue;
        base.about = S("");
        add(a, to, score_line(a, &base));
    }
}

/* By something that the vulnerability has; those without a number are told as one. */
static bool any_affected(const struct record_said *page, str about)
{
    for (size_t i = 0; i < page->products.n; i++) {
        const struct said_product *p = &page->products.v[i];
        for (size_t k = 0; k < p->holds.n && p->status == SAID_AFFECTED; k++)
            if (about.n > 0 ? str_eq(p->holds.v[k], about)
                            : !str_has_prefix(p->holds.v[k], S("CVE-")))
                return true;
    }
    return false;
}

static void expect_one(struct arena *a, const struct record_said *page, enum said_format f,
                       str about, int major, struct said_list *to)
{
    const struct said_score *s = best_of(page, about, major);
    struct said_score base;
    bool myjvn = f == SAID_MYJVN;
    if (s == NULL || (!myjvn && !any_affected(page, about)))
        return; /* a score there is of products that are affected */
    if (myjvn && as_base(a, s, false, &base))
        s = &base;
    add(a, to, score_line(a, s));
}

static void expect_each(struct arena *a, const struct record_said *page, enum said_format f,
                        struct said_list *to)
{
    struct strs about = scored(a, page);
    for (size_t i = 0; i < about.n; i++)
        for (int major = 2; major <= (f == SAID_CSAF_2_0 ? 3 : 4); major++)
            expect_one(a, page, f, about.v[i], major, to);
}

static bool any_solved(const struct record_said *page)
{
    for (size_t i = 0; i < page->products.n; i++)
        if (page->products.v[i].status == SAID_AFFECTED && !page->products.v[i].unsolved)
            return true;
    return false;
}

static void expect_scores(struct arena *a, const struct record_said *page, enum said_format f,
                          struct said_list *to)
{
    bool csaf = f == SAID_CSAF_2_0 || f == SAID_CSAF_2_1;
    if (csaf || f == SAID_MYJVN)
        expect_each(a, page, f, to);
    else if (f != SAID_PAGE && f != SAID_CVE)
        expect_whole(a, page, f == SAID_JVNRSS_2 || f == SAID_JVNRSS_OWN, to);
    for (size_t i = 0; (f == SAID_PAGE || f == SAID_CVE) && i < page->scores.n; i++) {
        const struct said_score *s = &page->scores.v[i];
        bool authority = str_eq(s->issuer, S("coordinator")) || str_eq(s->issuer, S("vendor"));
        if (f == SAID_PAGE || (authority && s->about.n > 0))
            add(a, to, score_line(a, s));
    }
}

/* --- the rest ----------------------------------------------------------------------------------- */

struct strs said_values(struct arena *a, const struct record_said *said, enum said_field f)
{
    return said_values_of(a, said, f, false);
}

struct strs said_values_of(struct arena *a, const struct record_said *said, enum said_field f,
                           bool each)
{
    enum with with = f != SAID_STATUS ? NO_STATUS : each ? WITH_VULNERABILITY : WITH_STATUS;
    struct said_list list = {0};
    for (size_t i = 0; i < said->field[f].n; i++)
        add(a, &list, said->field[f].v[i]);
    if (f == SAID_PRODUCTS || f == SAID_STATUS)
        for (size_t i = 0; i < said->products.n; i++)
            add_product(a, &list, &said->products.v[i], with);
    for (size_t i = 0; f == SAID_SCORES && i < said->scores.n; i++)
        add(a, &list, score_line(a, &said->scores.v[i]));
    return said_sorted(&list);
}

/* JVN's files tell times without seconds. */
static str shortened(struct arena *a, str time)
{
    bool whole = time.n == 20 && time.p[19] == 'Z';
    return whole ? str_join(a, str_sub(time, 0, 17), S("00Z")) : time;
}

/* What holds for most fields: the page's own words. */
static void expect_words(struct arena *a, const struct record_said *page, enum said_format format,
                         enum said_field f, struct said_list *to)
{
    bool file = format == SAID_JVNRSS_2 || format == SAID_JVNRSS_OWN;
    bool cut = file && (f == SAID_PUBLISHED || f == SAID_UPDATED);
    const struct said_list *from =
        format == SAID_CVE && f == SAID_CWES ? &page->numbered : &page->field[f];
    for (size_t i = 0; i < from->n; i++)
        add(a, to, cut ? shortened(a, from->v[i]) : from->v[i]);
    for (size_t i = 0; format == SAID_CVE && f == SAID_TITLE && i < page->titles.n; i++)
        add(a, to, page->titles.v[i]);
}

struct strs said_expect(struct arena *a, const struct record_said *page, enum said_format format,
                        enum said_field f, const struct said_hints *hints)
{
    struct said_list list = {0};
    bool csaf = format == SAID_CSAF_2_0 || format == SAID_CSAF_2_1;
    if (format == SAID_PDF && said_expect_paper(a, page, f, hints, &list))
        return said_sorted(&list);
    if (f == SAID_PRODUCTS)
        expect_products(a, page, format, false, &list);
    else if (f == SAID_STATUS && (page->vulns > 0 || !csaf))
        expect_products(a, page, format, true, &list);
    else if (f == SAID_IDENTIFIERS)
        said_expect_identifiers(a, page, format, hints, &list);
    else if (f == SAID_SCORES)
        expect_scores(a, page, format, &list);
    else if (f != SAID_STATUS &&
             (f != SAID_SOLUTION || !csaf || (page->vulns > 0 && any_solved(page))))
        expect_words(a, page, format, f, &list);
    return said_sorted(&list);
}
