/* myjvn_query.c - see myjvn_query.h. */
#include "formats/myjvn_query.h"

#include "base/vec.h"
#include "formats/cvss.h"
#include "formats/cwe.h"
#include "formats/myjvn_dates.h"

struct reader {
    struct arena *a;
    const struct fields *in;
    struct myjvn_query *q;
    str db;
    i64 now;
};

/* --- refusing --------------------------------------------------------------------------------- */

static const struct {
    str name, prefix; /* prefix: of the codes of its errors */
    i64 most[2];      /* maxCountItem of hnd, oka; 0: the method has none */
} methods[] = {[MYJVN_NONE] = {S_INIT(""), S_INIT("XX"), {0, 0}},
               [MYJVN_OVERVIEW] = {S_INIT("getVulnOverviewList"), S_INIT("VL"), {50, 50}},
               [MYJVN_DETAIL] = {S_INIT("getVulnDetailInfo"), S_INIT("VD"), {10, 1}},
               [MYJVN_VENDORS] = {S_INIT("getVendorList"), S_INIT("VN"), {10000, 10000}},
               [MYJVN_PRODUCTS] = {S_INIT("getProductList"), S_INIT("PR"), {10000, 10000}},
               [MYJVN_ALERTS] = {S_INIT("getAlertList"), S_INIT("AL"), {50, 50}},
               [MYJVN_STATISTICS] = {S_INIT("getStatistics"), S_INIT("VS"), {0, 0}}};

/* Seen at JVN, github.com/CASL0/jvncli's captures; the others are our own. */
static const struct {
    enum myjvn_wrong wrong;
    str parameter, digits; /* parameter empty: any */
} codes[] = {{MYJVN_NO_FEED, S_INIT(""), S_INIT("00000001")},
             {MYJVN_NUMBER, S_INIT("startItem"), S_INIT("01020003")},
             {MYJVN_ID, S_INIT(""), S_INIT("01030602")},
             {MYJVN_DATE, S_INIT(""), S_INIT("06030970")},
             {MYJVN_YEAR, S_INIT("datePublished"), S_INIT("0703019")},
             {MYJVN_SERVER, S_INIT(""), S_INIT("02990356")}};

void myjvn_refuse(struct arena *a, struct myjvn_query *q, enum myjvn_wrong wrong, str parameter,
                  i64 limit)
{
    if (q->wrong != MYJVN_RIGHT)
        return;
    str prefix = wrong == MYJVN_NO_FEED ? S("XX") : methods[q->method].prefix;
    q->wrong = wrong;
    q->parameter = parameter;
    q->limit = limit;
    q->status.failed = true;
    q->status.code = str_fmt(a, "%.*s9000%04u", SV(prefix), wrong);
    for (size_t i = 0; i < COUNT(codes); i++)
        if (codes[i].wrong == wrong &&
            (codes[i].parameter.n == 0 || str_eq(codes[i].parameter, parameter)))
            q->status.code = str_join(a, prefix, codes[i].digits);
}

static void refuse(struct reader *r, enum myjvn_wrong wrong, str parameter)
{
    myjvn_refuse(r->a, r->q, wrong, parameter, 0);
}

/* --- values ------------------------------------------------------------------------------------- */

/* Absent where it is empty; what was given is echoed in the status. */
static str get(const struct reader *r, str name)
{
    str v = fields_get(r->in, name);
    return v.n > 0 ? v : NO_STR;
}

/* One of some words, by its place; -1: not given, or refused. */
static int word(struct reader *r, str name, const char *words)
{
    str is = get(r, name), rest = str_z(words);
    if (is.p == NULL)
        return -1;
    for (int i = 0; rest.n > 0; i++)
        if (str_eq(str_cut(&rest, ' '), is))
            return i;
    refuse(r, MYJVN_WORD, name);
    return -1;
}

static opt_i64 number(struct reader *r, str name, i64 least, i64 most, enum myjvn_wrong wrong)
{
    str is = get(r, name);
    opt_i64 n = {0};
    if (is.p == NULL)
        return n;
    n.is = str_i64(is, &n.v) && n.v >= least;
    if (!n.is)
        refuse(r, wrong, name);
    else if (n.v > most)
        myjvn_refuse(r->a, r->q, MYJVN_RANGE, name, most);
    return n;
}

/* Joined by +, which a decoded query may have as a space. */
static struct strs several(struct reader *r, str name)
{
    struct {
        VEC(str)
    } v = {0};
    str rest = get(r, name);
    while (rest.n > 0) {
        size_t n = 0;
        while (n < rest.n && rest.p[n] != '+' && rest.p[n] != ' ')
            n++;
        if (n > 0)
            *PUSH(r->a, &v) = str_sub(rest, 0, n);
        rest = str_from(rest, n + 1);
        if (v.n > MYJVN_NAMES) {
            myjvn_refuse(r->a, r->q, MYJVN_TOO_MANY, name, MYJVN_NAMES);
            return (struct strs){0};
        }
    }
    return (struct strs){v.v, v.n};
}

static void read_window(struct reader *r)
{
    i64 most = methods[r->q->method].most[r->q->is_oka];
    r->q->start = 1;
    r->q->count = most;
    if (most == 0)
        return;
    opt_i64 start = number(r, S("startItem"), 1, INT64_MAX, MYJVN_NUMBER),
            count = number(r, S("maxCountItem"), 1, most, MYJVN_NUMBER);
    if (start.is)
        r->q->start = start.v;
    if (count.is)
        r->q->count = count.v;
    r->q->status.max = SOME(most);
}

/* --- products and vendors -------------------------------------------------------------------------- */

static void take_names(struct reader *r, str name, enum myjvn_kind kind)
{
    struct strs names = several(r, name);
    if (names.n == 0)
        return;
    if (r->q->kind != MYJVN_BY_NOTHING)
        refuse(r, MYJVN_ONE_OF, name);
    for (size_t i = 0; i < names.n; i++) {
        i64 n;
        bool is_cpe = str_eq_nocase(str_sub(names.v[i], 0, 5), S("cpe:/"));
        if (kind == MYJVN_BY_CPE ? !is_cpe : !str_i64(names.v[i], &n))
            refuse(r, kind == MYJVN_BY_CPE ? MYJVN_WORD : MYJVN_NUMBER, name);
    }
    r->q->kind = kind;
    r->q->names = names;
}

/* cpe:2.3:a:v:p and jvnpid:1.0::v:p as patterns of CPE 2.2. */
static str as_22(struct reader *r, str name, bool is_cpe)
{
    str prefix = is_cpe ? S("cpe:2.3:") : S("jvnpid:1.0:");
    if (!str_eq_nocase(str_sub(name, 0, prefix.n), prefix)) {
        refuse(r, MYJVN_WORD, S("productName"));
        return S("cpe:/");
    }
    str rest = str_from(name, prefix.n), part = str_cut(&rest, ':'), vendor = str_cut(&rest, ':');
    str product = str_cut(&rest, ':');
    return str_fmt(r->a, "cpe:/%.*s:%.*s:%.*s", SV(part), SV(vendor), SV(product));
}

/* How many a version filter is given of: all of them need a name of a product. */
static void read_versions(struct reader *r, bool may)
{
    struct myjvn_query *q = r->q;
    int type = word(r, S("versionType"), "no all equal"),
        from = word(r, S("versionStartType"), "including excluding"),
        until = word(r, S("versionEndType"), "including excluding");
    q->version = get(r, S("version"));
    q->version_from = get(r, S("versionStart"));
    q->version_until = get(r, S("versionEnd"));
    q->version_none = type == 0;
    q->version_any = type == 1;
    q->from_open = from == 1;
    q->until_open = until == 1;
    bool any = type >= 0 || q->version.p || q->version_from.p || q->version_until.p;
    if (any && !may)
        refuse(r, MYJVN_ONE_OF, S("version"));
}

static void read_names_oka(struct reader *r)
{
    struct myjvn_query *q = r->q;
    int type = word(r, S("nameType"), "cpe jvnpid vid pid");
    struct strs names = several(r, S("productName"));
    if ((type < 0) != (names.n == 0))
        refuse(r, MYJVN_MISSING, type < 0 ? S("nameType") : S("productName"));
    read_versions(r, type == 0 || type == 1);
    if (type < 0 || names.n == 0)
        return;
    if (type >= 2) {
        take_names(r, S("productName"), type == 2 ? MYJVN_BY_VENDOR : MYJVN_BY_PRODUCT);
        return;
    }
    str *v = NEWS(r->a, str, names.n);
    for (size_t i = 0; i < names.n; i++)
        v[i] = as_22(r, names.v[i], type == 0);
    q->names = (struct strs){v, names.n};
    q->kind = MYJVN_BY_CPE;
}

static void read_names(struct reader *r)
{
    r->q->keyword = get(r, S("keyword"));
    r->q->keyword_names = r->q->is_oka || r->q->method != MYJVN_OVERVIEW;
    if (r->q->is_oka) {
        read_names_oka(r);
        return;
    }
    take_names(r, S("cpeName"), MYJVN_BY_CPE);
    if (r->q->method == MYJVN_VENDORS)
        return;
    take_names(r, S("vendorId"), MYJVN_BY_VENDOR);
    take_names(r, S("productId"), MYJVN_BY_PRODUCT);
}

/* --- severity and vector ---------------------------------------------------------------------------- */

/* Whether every part is a base metric of the version with one of its values. */
static bool are_metrics(enum cvss_version version, str vector)
{
    size_t n;
    const struct cvss_metric *all = cvss_metrics(version, &n);
    while (vector.n > 0) {
        str value = str_cut(&vector, '/'), name = str_cut(&value, ':');
        size_t i = 0;
        while (i < n && !(all[i].group == CVSS_BASE && str_eq(all[i].name, name)))
            i++;
        if (i == n || value.n != 1 || str_find_char(all[i].values, value.p[0]) < 0)
            return false;
    }
    return true;
}

static void take_vector(struct reader *r, str name, int cvss)
{
    static const enum cvss_version versions[] = {[2] = CVSS_2_0, [3] = CVSS_3_1, [4] = CVSS_4_0};
    str v = get(r, name);
    if (v.p == NULL)
        return;
    if (str_has_prefix(v, S("CVSS:")) && str_find_char(v, '/') > 0)
        (void)str_cut(&v, '/');
    if (!are_metrics(versions[cvss], v))
        refuse(r, MYJVN_VECTOR, name);
    if (r->q->cvss != 0 && r->q->is_oka)
        refuse(r, MYJVN_ONE_OF, name);
    r->q->cvss = cvss;
    r->q->vector = v;
}

static void take_rating(struct reader *r, str name, int cvss, const char *words)
{
    int rating = word(r, name, words);
    if (rating < 0)
        return;
    if (r->q->cvss != 0 && r->q->is_oka)
        refuse(r, MYJVN_ONE_OF, name);
    r->q->cvss = cvss;
    r->q->rating = cvss == 2 && r->q->is_oka ? rating + 1 : rating;
}

static void read_cvss(struct reader *r)
{
    r->q->rating = -1;
    if (!r->q->is_oka) {
        take_vector(r, S("vector"), 3);
        take_rating(r, S("severity"), 3, "n l m h c");
        return;
    }
    take_vector(r, S("cvssV2Metrics"), 2);
    take_vector(r, S("cvssV3Metrics"), 3);
    take_vector(r, S("cvssV4Metrics"), 4);
    take_rating(r, S("cvssV2Severity"), 2, "LOW MEDIUM HIGH");
    take_rating(r, S("cvssV3Severity"), 3, "NONE LOW MEDIUM HIGH CRITICAL");
    take_rating(r, S("cvssV4Severity"), 4, "NONE LOW MEDIUM HIGH CRITICAL");
}

/* --- one method after the other ----------------------------------------------------------------------- */

static void read_detail(struct reader *r)
{
    str prefix = str_join(r->a, r->db, S("-"));
    r->q->ids = several(r, S("vulnId"));
    if (r->q->ids.n == 0)
        refuse(r, MYJVN_MISSING, S("vulnId"));
    for (size_t i = 0; i < r->q->ids.n; i++)
        if (!str_has_prefix(r->q->ids.v[i], prefix))
            refuse(r, MYJVN_ID, S("vulnId"));
    if (r->q->is_oka && word(r, S("ft"), "jvncsaf jvnstix") == 1)
        r->q->ft = MYJVN_FT_STIX;
}

static void read_theme(struct reader *r)
{
    int theme = word(r, S("theme"), "sumAll sumJvnDb sumCvss sumCwe"),
        step = word(r, S("type"), "y q m");
    str cwe = get(r, S("cweId"));
    r->q->theme = theme < 0 ? MYJVN_SUM_ALL : (enum myjvn_theme)theme;
    r->q->step = step == 1 ? 'q' : step == 2 || r->q->is_oka ? 'm' : 'y';
    if (theme < 0 && !r->q->is_oka)
        refuse(r, MYJVN_MISSING, S("theme"));
    if (cwe.p != NULL && !cwe_parse(cwe, &r->q->cwe))
        refuse(r, MYJVN_WORD, S("cweId"));
    if (theme == MYJVN_SUM_CWE && cwe.p == NULL)
        refuse(r, MYJVN_MISSING, S("cweId"));
    int metric = word(r, S("metricType"), "cvssV2 cvssV3 cvssV4");
    r->q->cvss = metric < 0 || !r->q->is_oka ? 3 : metric + 2;
    if (r->q->is_oka) {
        read_names_oka(r);
        return;
    }
    take_names(r, S("cpeName"), MYJVN_BY_CPE);
    take_names(r, S("pid"), MYJVN_BY_PRODUCT);
}

static void read_rest(struct reader *r)
{
    switch (r->q->method) {
    case MYJVN_OVERVIEW:
        read_names(r);
        read_cvss(r);
        break;
    case MYJVN_DETAIL: read_detail(r); break;
    case MYJVN_VENDORS:
    case MYJVN_PRODUCTS: read_names(r); break;
    case MYJVN_ALERTS:
        if (r->q->is_oka)
            read_names_oka(r);
        else
            take_names(r, S("cpeName"), MYJVN_BY_CPE);
        if (word(r, S("ft"), "xml json") == 1)
            r->q->ft = MYJVN_FT_JSON;
        break;
    case MYJVN_STATISTICS: read_theme(r); break;
    case MYJVN_NONE: break;
    }
    myjvn_read_dates(r->a, r->in, r->now, r->q);
}

/* Anybody may send any name; as an attribute of XML it has to be one. */
static bool is_word(str s)
{
    bool good = s.n > 0;
    for (size_t i = 0; i < s.n && good; i++) {
        char c = s.p[i];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        good = letter || (i > 0 && c >= '0' && c <= '9');
    }
    return good;
}

/* What was given, in the order in which it came, but for the members that stand there anyway. */
static void echo(struct reader *r)
{
    static const str known[] = {S_INIT("startItem"),
                                S_INIT("maxCountItem"),
                                S_INIT("cpeName"),
                                S_INIT("vendorId"),
                                S_INIT("productId"),
                                S_INIT("keyword"),
                                S_INIT("severity"),
                                S_INIT("vector"),
                                S_INIT("vulnId"),
                                S_INIT("theme"),
                                S_INIT("type"),
                                S_INIT("cweId"),
                                S_INIT("pid"),
                                S_INIT("datePublished"),
                                S_INIT("dateFirstPublished"),
                                S_INIT("ft"),
                                S_INIT("nameType"),
                                S_INIT("productName"),
                                S_INIT("version"),
                                S_INIT("versionType"),
                                S_INIT("versionStart"),
                                S_INIT("versionEnd"),
                                S_INIT("versionStartType"),
                                S_INIT("versionEndType"),
                                S_INIT("cvssV2Metrics"),
                                S_INIT("cvssV3Metrics"),
                                S_INIT("cvssV4Metrics"),
                                S_INIT("cvssV2Severity"),
                                S_INIT("cvssV3Severity"),
                                S_INIT("cvssV4Severity"),
                                S_INIT("metricType")};
    struct {
        VEC(struct jvn_parameter)
    } v = {0};
    for (size_t i = 0; i < r->in->n && v.n < MYJVN_NAMES; i++) {
        const struct field *f = &r->in->v[i];
        bool is = str_has_prefix(f->name, S("rangeDate")) || str_has_suffix(f->name, S("Date")) ||
                  (str_has_prefix(f->name, S("date")) &&
                   (str_find(f->name, S("Start")) > 0 || str_find(f->name, S("End")) > 0));
        for (size_t k = 0; k < COUNT(known) && !is; k++)
            is = str_eq(known[k], f->name);
        is = is && is_word(f->name) && f->value.n > 0 && fields_get(r->in, f->name).p == f->value.p;
        if (is)
            *PUSH(r->a, &v) = (struct jvn_parameter){f->name, f->value};
    }
    r->q->status.parameters = v.v;
    r->q->status.nparameters = v.n;
}

void myjvn_query_read(struct arena *a, const struct fields *in, str db, i64 now,
                      struct myjvn_query *out)
{
    struct reader r = {a, in, out, db, now};
    str method = fields_get(in, S("method")), feed = fields_get(in, S("feed"));
    *out = (struct myjvn_query){.rating = -1, .step = 'y'};
    for (size_t i = MYJVN_OVERVIEW; i < COUNT(methods); i++)
        if (str_eq(methods[i].name, method))
            out->method = (enum myjvn_method)i;
    out->is_oka = str_eq(feed, S("oka"));
    out->is_en = str_eq(get(&r, S("lang")), S("en"));
    out->status = (struct jvn_status){.method = methods[out->method].name,
                                      .lang = out->is_en ? S("en") : S("ja"),
                                      .feed = out->is_oka ? S("oka") : S("hnd")};
    if (!out->is_oka && !str_eq(feed, S("hnd")))
        refuse(&r, MYJVN_NO_FEED, S("feed"));
    if (out->method == MYJVN_NONE)
        refuse(&r, MYJVN_NO_METHOD, S("method"));
    (void)word(&r, S("lang"), "ja en");
    read_window(&r);
    read_rest(&r);
    echo(&r);
    if (out->wrong != MYJVN_RIGHT)
        out->status.max = (opt_i64){0};
}
