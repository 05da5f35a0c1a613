/* record_compare.c - see record_compare.h. */
#include "formats/record_compare.h"

/* --- which format tells which field, and where -------------------------------------------------- */

#define LD "schema.org "
#define AT "RFC 4287 "
#define C0 "CSAF 2.0 "
#define C1 "CSAF 2.1 "
#define R3 "JVNRSS 3.2 "
#define R2 "JVNRSS 2.0 "
#define VD "VULDEF 3.2 "
#define MJ "MyJVN oka "
#define CV "CVE 5.1 "
#define RO "ROLIE "
#define IX "index.txt "
#define CH "changes.csv "
#define PD "PDF "
#define NO(why)                                                                                    \
    {                                                                                              \
        SAID_NOTHING, why                                                                          \
    }
#define EQ(where)                                                                                  \
    {                                                                                              \
        SAID_EQUAL, where                                                                          \
    }
#define PART(where)                                                                                \
    {                                                                                              \
        SAID_IN_PART, where                                                                        \
    }
#define NO_RSS(why)                                                                                \
    [SAID_JVNRSS_3] = NO(R3 why), [SAID_JVNRSS_2] = NO(R2 why), [SAID_JVNRSS_OWN] = NO(R2 why)
#define EQ_RSS(where)                                                                              \
    [SAID_JVNRSS_3] = EQ(R3 where), [SAID_JVNRSS_2] = EQ(R2 where), [SAID_JVNRSS_OWN] = EQ(R2 where)
#define ROLIE(how) [SAID_ROLIE_2_0] = how, [SAID_ROLIE_2_1] = how
#define INDEX(how) [SAID_INDEX_2_0] = how, [SAID_INDEX_2_1] = how
#define CHANGES(how) [SAID_CHANGES_2_0] = how, [SAID_CHANGES_2_1] = how
#define NO_INDEX INDEX(NO(IX "a path alone"))
#define NO_CHANGES CHANGES(NO(CH "a path and an instant alone"))
#define NO_LISTS ROLIE(NO(RO "RFC 8322: not told")), NO_INDEX, NO_CHANGES
#define PAPER(where) [SAID_PDF] = {SAID_STANDS, PD where}
#define EQ_CSAF(where) [SAID_CSAF_2_0] = EQ(C0 where), [SAID_CSAF_2_1] = EQ(C1 where)

/* clang-format off */
static const struct said_carry carries[SAID_FIELDS][SAID_FORMATS] = {
    [SAID_TITLE] = {
        [SAID_PAGE] = EQ("title"), [SAID_JSON_LD] = EQ(LD "headline"),
        [SAID_ATOM] = EQ(AT "4.2.14 atom:title"), EQ_CSAF("/document/title"),
        EQ_RSS("item/title"), [SAID_VULDEF] = EQ(VD "Title"), [SAID_MYJVN] = EQ(MJ "/document/title"),
        [SAID_CVE] = {SAID_ONE_OF, CV "cna.title: of one vulnerability"},
        ROLIE(EQ(RO "entry/title")), NO_INDEX,
        NO_CHANGES, PAPER("title")},
    [SAID_NUMBER] = {
        [SAID_PAGE] = EQ("number"), [SAID_JSON_LD] = EQ(LD "identifier"),
        [SAID_ATOM] = EQ(AT "4.2.14 atom:title"), EQ_CSAF("/document/tracking/id"),
        [SAID_JVNRSS_3] = EQ(R3 "dc:identifier"),
        [SAID_JVNRSS_2] = NO(R2 "jvndb.rdf: named by sec:identifier alone"),
        [SAID_JVNRSS_OWN] = EQ(R2 "dc:identifier"), [SAID_VULDEF] = EQ(VD "RelatedItem/VulinfoID"),
        [SAID_MYJVN] = EQ(MJ "/document/references"),
        [SAID_CVE] = NO(CV "names the CVE number alone"),
        ROLIE(EQ(RO "entry/id")), INDEX(EQ(IX "file name")),
        CHANGES(EQ(CH "file name")), PAPER("first lines")},
    [SAID_OTHER_ID] = {
        [SAID_PAGE] = NO("the database's number stands in JVN's formats"),
        [SAID_JSON_LD] = NO(LD "one identifier: the advisory's"),
        [SAID_ATOM] = NO(AT "4.1.2: atom:id is the page"),
        [SAID_CSAF_2_0] = NO(C0 "/document/tracking/aliases: none is given"),
        [SAID_CSAF_2_1] = NO(C1 "/document/tracking/aliases: none is given"),
        [SAID_JVNRSS_3] = EQ(R3 "sec:identifier"), [SAID_JVNRSS_2] = EQ(R2 "sec:identifier"),
        [SAID_JVNRSS_OWN] = NO(R2 "jvn.rdf: named by dc:identifier alone"),
        [SAID_VULDEF] = EQ(VD "VulinfoID"), [SAID_MYJVN] = EQ(MJ "/document/tracking/id"),
        [SAID_CVE] = NO(CV "names the CVE number alone"),
        NO_LISTS,
        [SAID_PDF] = NO(PD "named by the advisory's number")},
    [SAID_CVES] = {
        [SAID_PAGE] = EQ("vulnerabilities"), [SAID_JSON_LD] = EQ(LD "keywords"),
        [SAID_ATOM] = EQ(AT "4.2.2 atom:category"), EQ_CSAF("/vulnerabilities[]/cve"),
        EQ_RSS("sec:references"), [SAID_VULDEF] = EQ(VD "RelatedItem"),
        [SAID_MYJVN] = EQ(MJ "/vulnerabilities[]/cve"), [SAID_CVE] = EQ(CV "cveMetadata.cveId"),
        NO_LISTS,
        PAPER("first lines")},
    [SAID_CWES] = {
        [SAID_PAGE] = EQ("vulnerabilities"), [SAID_JSON_LD] = EQ(LD "about"),
        [SAID_ATOM] = NO(AT "4.2.2: categories are CVE numbers and the severity"),
        [SAID_CSAF_2_0] = EQ(C0 "/vulnerabilities[]/cwe"),
        [SAID_CSAF_2_1] = EQ(C1 "/vulnerabilities[]/cwes"),
        EQ_RSS("sec:references"), [SAID_VULDEF] = EQ(VD "RelatedItem type=cwe"),
        [SAID_MYJVN] = EQ(MJ "/vulnerabilities[]/cwes"),
        [SAID_CVE] = PART(CV "cna.problemTypes: of the vulnerabilities with a number"),
        NO_LISTS,
        PAPER("description")},
    [SAID_PRODUCTS] = {
        [SAID_PAGE] = EQ("vendors"), [SAID_JSON_LD] = NO(LD "TechArticle: no products"),
        [SAID_ATOM] = NO(AT "no products"),
        [SAID_CSAF_2_0] = PART(C0 "/product_tree: no vendor that is unknown as a whole"),
        [SAID_CSAF_2_1] = EQ(C1 "/product_tree"),
        [SAID_JVNRSS_3] = PART(R3 "sec:cpe: affected products, without versions"),
        [SAID_JVNRSS_2] = PART(R2 "sec:cpe: affected products, without versions"),
        [SAID_JVNRSS_OWN] = PART(R2 "sec:cpe: affected products, without versions"),
        [SAID_VULDEF] = EQ(VD "AffectedItem"),
        [SAID_MYJVN] = PART(MJ "/product_tree: products, without versions"),
        [SAID_CVE] = PART(CV "cna.affected: named products"),
        NO_LISTS,
        PAPER("vendors")},
    [SAID_STATUS] = {
        [SAID_PAGE] = EQ("vendors"), [SAID_JSON_LD] = NO(LD "TechArticle: no products"),
        [SAID_ATOM] = NO(AT "no products"),
        [SAID_CSAF_2_0] = PART(C0 "product_status: unknown cannot be said"),
        [SAID_CSAF_2_1] = PART(C1 "product_status: of vulnerabilities"),
        NO_RSS("sec:cpe: that it stands there says that it is affected"),
        [SAID_VULDEF] = PART(VD "affectedstatus: fixed is notvulnerable"),
        [SAID_MYJVN] = PART(MJ "product_status: fixed is known_not_affected"),
        [SAID_CVE] = PART(CV "versions[].status: fixed is unaffected"),
        NO_LISTS,
        PAPER("vendors")},
    [SAID_IDENTIFIERS] = {
        [SAID_PAGE] = EQ("vendors"), [SAID_JSON_LD] = NO(LD "TechArticle: no products"),
        [SAID_ATOM] = NO(AT "no products"),
        EQ_CSAF("product_identification_helper"),
        [SAID_JVNRSS_3] = {SAID_AT_LEAST, R3 "sec:cpe: of affected products"},
        [SAID_JVNRSS_2] = {SAID_AT_LEAST, R2 "sec:cpe: of affected products"},
        [SAID_JVNRSS_OWN] = {SAID_AT_LEAST, R2 "sec:cpe: of affected products"},
        [SAID_VULDEF] = {SAID_AT_LEAST, VD "Cpe: without versions"},
        [SAID_MYJVN] = {SAID_AT_LEAST, MJ "product_identification_helper/cpe: without versions"},
        [SAID_CVE] = PART(CV "cpes; in 5.2 packageURL, without a version"),
        NO_LISTS,
        PAPER("vendors")},
    [SAID_SCORES] = {
        [SAID_PAGE] = EQ("vulnerabilities"), [SAID_JSON_LD] = NO(LD "TechArticle: no scores"),
        [SAID_ATOM] = NO(AT "no scores"),
        [SAID_CSAF_2_0] = PART(C0 "scores: one a version, of affected products, no 4.0"),
        [SAID_CSAF_2_1] = PART(C1 "metrics: one a version, of affected products"),
        [SAID_JVNRSS_3] = PART(R3 "sec:cvss: the highest of each version, base metrics"),
        [SAID_JVNRSS_2] = PART(R2 "sec:cvss: the highest of 2.0 and 3.0, base metrics"),
        [SAID_JVNRSS_OWN] = PART(R2 "sec:cvss: the highest of 2.0 and 3.0, base metrics"),
        [SAID_VULDEF] = PART(VD "Cvss: the highest of each version, base metrics"),
        [SAID_MYJVN] = PART(MJ "metrics: one a version, base metrics"),
        [SAID_CVE] = PART(CV "cna.metrics: the coordinator's and the vendors'"),
        NO_LISTS,
        PAPER("analysis")},
    [SAID_PUBLISHED] = {
        [SAID_PAGE] = EQ("published"), [SAID_JSON_LD] = EQ(LD "datePublished"),
        [SAID_ATOM] = EQ(AT "4.2.9 atom:published"),
        EQ_CSAF("/document/tracking/initial_release_date"),
        [SAID_JVNRSS_3] = EQ(R3 "dcterms:issued"),
        [SAID_JVNRSS_2] = PART(R2 "dcterms:issued, without seconds"),
        [SAID_JVNRSS_OWN] = PART(R2 "dcterms:issued, without seconds"),
        [SAID_VULDEF] = EQ(VD "DateFirstPublished"),
        [SAID_MYJVN] = EQ(MJ "/document/tracking/initial_release_date"),
        [SAID_CVE] = NO(CV "cveMetadata.datePublished is set by CVE Services"),
        ROLIE(EQ(RO "entry/published")), NO_INDEX,
        CHANGES(NO(CH "the newest alone")), PAPER("first lines: the day")},
    [SAID_UPDATED] = {
        [SAID_PAGE] = EQ("updated"), [SAID_JSON_LD] = EQ(LD "dateModified"),
        [SAID_ATOM] = EQ(AT "4.2.15 atom:updated"),
        EQ_CSAF("/document/tracking/current_release_date"),
        [SAID_JVNRSS_3] = EQ(R3 "dcterms:modified"),
        [SAID_JVNRSS_2] = PART(R2 "dcterms:modified, without seconds"),
        [SAID_JVNRSS_OWN] = PART(R2 "dcterms:modified, without seconds"),
        [SAID_VULDEF] = EQ(VD "DateLastUpdated"),
        [SAID_MYJVN] = EQ(MJ "/document/tracking/current_release_date"),
        [SAID_CVE] = NO(CV "cveMetadata.dateUpdated is set by CVE Services"),
        ROLIE(EQ(RO "entry/updated")), NO_INDEX,
        CHANGES(EQ(CH "second column")), PAPER("first lines: the day")},
    [SAID_HISTORY] = {
        [SAID_PAGE] = EQ("history"), [SAID_JSON_LD] = NO(LD "TechArticle: no history"),
        [SAID_ATOM] = NO(AT "no history"), EQ_CSAF("/document/tracking/revision_history"),
        NO_RSS("no history"), [SAID_VULDEF] = EQ(VD "HistoryItem"),
        [SAID_MYJVN] = EQ(MJ "/document/tracking/revision_history"),
        [SAID_CVE] = EQ(CV "cna.timeline"),
        NO_LISTS,
        PAPER("update history: days")},
    [SAID_CREDITS] = {
        [SAID_PAGE] = EQ("sections/credit"), [SAID_JSON_LD] = NO(LD "author is the coordinator"),
        [SAID_ATOM] = NO(AT "4.2.1: atom:author is the coordinator"),
        EQ_CSAF("/document/acknowledgments"), NO_RSS("no credits"),
        [SAID_VULDEF] = EQ(VD "CreditItem"), [SAID_MYJVN] = NO(MJ "no credits"),
        [SAID_CVE] = {SAID_WITHIN, CV "cna.credits: the names alone"},
        NO_LISTS,
        PAPER("credit")},
    [SAID_ADDRESS] = {
        [SAID_PAGE] = EQ("url"), [SAID_JSON_LD] = EQ(LD "url"),
        [SAID_ATOM] = EQ(AT "4.2.7 atom:link"), EQ_CSAF("/document/references"),
        EQ_RSS("item/link"), [SAID_VULDEF] = EQ(VD "RelatedItem/URL"),
        [SAID_MYJVN] = EQ(MJ "/document/references"), [SAID_CVE] = EQ(CV "cna.references"),
        ROLIE(NO(RO "links the document, not the page")), NO_INDEX,
        NO_CHANGES, PAPER("at the foot of each page")},
    [SAID_LINKS] = {
        [SAID_PAGE] = EQ("vendors, sections/references"), [SAID_JSON_LD] = NO(LD "no links"),
        [SAID_ATOM] = NO(AT "4.2.7: the link is the page"), EQ_CSAF("/document/references"),
        EQ_RSS("sec:references"), [SAID_VULDEF] = EQ(VD "RelatedItem/URL"),
        [SAID_MYJVN] = EQ(MJ "/document/references"),
        [SAID_CVE] = {SAID_AT_LEAST, CV "cna.references: of both languages"},
        NO_LISTS,
        PAPER("vendors, references")},
    [SAID_SUMMARY] = {
        [SAID_PAGE] = EQ("sections/overview, reason"),
        [SAID_JSON_LD] = {SAID_BEGINS, LD "description: the first words"},
        [SAID_ATOM] = EQ(AT "4.2.13 atom:summary"), EQ_CSAF("/document/notes"),
        EQ_RSS("item/description"), [SAID_VULDEF] = EQ(VD "Overview"),
        [SAID_MYJVN] = EQ(MJ "/document/notes"),
        [SAID_CVE] = {SAID_CONTAINS, CV "cna.descriptions: each of one vulnerability"},
        NO_LISTS,
        PAPER("overview, reason")},
    [SAID_SOLUTION] = {
        [SAID_PAGE] = EQ("sections/solution"), [SAID_JSON_LD] = NO(LD "no solution"),
        [SAID_ATOM] = NO(AT "the summary alone"),
        [SAID_CSAF_2_0] = PART(C0 "remediations: of affected products"),
        [SAID_CSAF_2_1] = PART(C1 "remediations: of affected products"),
        NO_RSS("no solution"), [SAID_VULDEF] = EQ(VD "SolutionItem"),
        [SAID_MYJVN] = PART(MJ "remediations: of vulnerabilities"),
        [SAID_CVE] = EQ(CV "cna.solutions, workarounds"),
        NO_LISTS,
        PAPER("solution")},
};
/* clang-format on */

struct said_carry said_carries(enum said_format f, enum said_field field)
{
    return carries[field][f];
}

str said_verdict_name(enum said_verdict v)
{
    static const str names[] = {[SAID_AGREES] = S_INIT("agrees"),
                                [SAID_DIFFERS] = S_INIT("differs"),
                                [SAID_NOT_CARRIED] = S_INIT("not carried"),
                                [SAID_NOT_BUILT] = S_INIT("not built")};
    return names[v];
}

/* Of a withdrawn one the reason is told in place of the overview, or that it was withdrawn. */
static struct said_carry carry_of(const struct record_said *page, enum said_format f,
                                  enum said_field field)
{
    struct said_carry c = said_carries(f, field);
    bool jvn = f == SAID_JVNRSS_3 || f == SAID_JVNRSS_2 || f == SAID_JVNRSS_OWN ||
               f == SAID_VULDEF || f == SAID_MYJVN;
    if (field != SAID_SUMMARY || !page->withdrawn)
        return c;
    if (jvn)
        c.rule = SAID_CONTAINS;
    if (f == SAID_ATOM || f == SAID_JSON_LD)
        c = (struct said_carry){SAID_NOTHING, "that it was withdrawn, without the reason"};
    return c;
}

/* --- rules -------------------------------------------------------------------------------------- */

/* Both are sorted. */
static bool all_in(struct strs some, struct strs all)
{
    size_t k = 0;
    for (size_t i = 0; i < some.n; i++) {
        while (k < all.n && str_cmp(all.v[k], some.v[i]) < 0)
            k++;
        if (k == all.n || !str_eq(all.v[k], some.v[i]))
            return false;
    }
    return true;
}

static bool same(struct strs x, struct strs y)
{
    return x.n == y.n && all_in(x, y);
}

/* Whether each inner text stands in some outer one. */
static bool each_within(struct strs inner, struct strs outer)
{
    for (size_t i = 0; i < inner.n; i++) {
        bool found = false;
        for (size_t k = 0; k < outer.n && !found; k++)
            found = str_find(outer.v[k], inner.v[i]) >= 0;
        if (!found)
            return false;
    }
    return true;
}

static bool begins(struct strs values, struct strs expected)
{
    return values.n == 1 && expected.n == 1 && str_has_prefix(expected.v[0], values.v[0]);
}

static bool holds(enum said_rule rule, struct strs values, struct strs expected)
{
    switch (rule) {
    case SAID_ONE_OF: return values.n > 0 && all_in(values, expected);
    case SAID_BEGINS: return begins(values, expected);
    case SAID_CONTAINS: return values.n > 0 && each_within(expected, values);
    case SAID_WITHIN: return each_within(values, expected);
    case SAID_AT_LEAST: return all_in(expected, values);
    case SAID_NOTHING:
    case SAID_EQUAL:
    case SAID_STANDS:
    case SAID_IN_PART: break;
    }
    return same(values, expected);
}

/* --- rows --------------------------------------------------------------------------------------- */

/* How many forms say in that field what this one says. */
static size_t backed(struct arena *a, const struct record_said *const said[SAID_FORMATS],
                     enum said_format by, enum said_field field)
{
    struct strs values = said_values(a, said[by], field);
    size_t n = 0;
    for (enum said_format f = 0; f < SAID_FORMATS; f++)
        if (said[f] != NULL && said_carries(f, field).rule != SAID_NOTHING)
            n += same(values, said_values(a, said[f], field));
    return n;
}

/* Of a field which the page has no place for: the form that most others agree with. */
static const struct record_said *other_source(struct arena *a,
                                              const struct record_said *const said[SAID_FORMATS],
                                              enum said_field field)
{
    const struct record_said *best = said[SAID_PAGE];
    size_t most = 0;
    for (enum said_format f = 0; f < SAID_FORMATS; f++) {
        if (said[f] == NULL || said_carries(f, field).rule == SAID_NOTHING)
            continue;
        size_t n = backed(a, said, f, field);
        if (n > most) {
            most = n;
            best = said[f];
        }
    }
    return best;
}

static struct strs values_of(struct arena *a, const struct record_said *said,
                             const struct said_cell *c, enum said_field field, bool each)
{
    return c->carry.rule == SAID_STANDS ? said_standing(a, said, c->expected)
                                        : said_values_of(a, said, field, each);
}

struct comparing {
    struct arena *a;
    const struct said_hints *hints;
    const struct record_said *page, *source; /* source: of the field */
};

static void fill_cell(const struct comparing *x, const struct record_said *said, enum said_format f,
                      struct said_row *row)
{
    struct said_cell *c = &row->cell[f];
    c->carry = carry_of(x->page, f, row->field);
    c->verdict = said == NULL ? SAID_NOT_BUILT : SAID_NOT_CARRIED;
    if (said == NULL || c->carry.rule == SAID_NOTHING)
        return;
    c->expected = said_expect(x->a, x->source, f, row->field, x->hints);
    c->values =
        f == SAID_PAGE ? c->expected : values_of(x->a, said, c, row->field, x->page->vulns > 1);
    c->verdict = holds(c->carry.rule, c->values, c->expected) ? SAID_AGREES : SAID_DIFFERS;
}

/* How many forms of that rule agree, or differ, where there is something to tell. */
static size_t count(const struct said_row *row, enum said_rule rule, enum said_verdict verdict)
{
    size_t n = 0;
    for (enum said_format f = SAID_PAGE + 1; f < SAID_FORMATS; f++) {
        const struct said_cell *c = &row->cell[f];
        n += c->carry.rule == rule && c->verdict == verdict && c->values.n > 0;
    }
    return n;
}

/* Those that tell the whole field bear witness; where there are none, those that tell a part. */
static bool page_is_alone(const struct said_row *row)
{
    bool whole = count(row, SAID_EQUAL, SAID_AGREES) + count(row, SAID_EQUAL, SAID_DIFFERS) > 0;
    enum said_rule rule = whole ? SAID_EQUAL : SAID_IN_PART;
    return count(row, rule, SAID_AGREES) == 0 && count(row, rule, SAID_DIFFERS) >= 2;
}

static bool several_differ(const struct said_row *row)
{
    return count(row, SAID_EQUAL, SAID_DIFFERS) + count(row, SAID_IN_PART, SAID_DIFFERS) >= 2;
}

static void blame_page(struct said_row *row)
{
    struct said_cell *page = &row->cell[SAID_PAGE];
    if (page->verdict != SAID_AGREES)
        return;
    page->verdict = SAID_DIFFERS;
    for (enum said_format f = SAID_FORMATS; --f > SAID_PAGE;) {
        struct said_cell *c = &row->cell[f];
        if (c->verdict != SAID_DIFFERS)
            continue;
        if (c->carry.rule == SAID_EQUAL || c->carry.rule == SAID_IN_PART)
            page->expected = c->values;
        c->verdict = SAID_AGREES;
        c->expected = c->values;
    }
}

/* Where none of several agrees with the page, the page is what differs; and then also in other
 * fields, where only those differ that tell more of it than the rest. */
static void find_culprit(struct said_row rows[SAID_FIELDS])
{
    bool page = false;
    for (enum said_field field = 0; field < SAID_FIELDS; field++)
        page |= page_is_alone(&rows[field]);
    for (enum said_field field = 0; field < SAID_FIELDS && page; field++)
        if (several_differ(&rows[field]))
            blame_page(&rows[field]);
}

void said_compare(struct arena *a, const struct record_said *const said[SAID_FORMATS],
                  const struct said_hints *hints, struct said_row rows[SAID_FIELDS])
{
    const struct record_said *page = said[SAID_PAGE];
    for (enum said_field field = 0; field < SAID_FIELDS; field++) {
        struct said_row *row = &rows[field];
        bool told = said_carries(SAID_PAGE, field).rule != SAID_NOTHING;
        const struct comparing x = {a, hints, page, told ? page : other_source(a, said, field)};
        *row = (struct said_row){.field = field};
        for (enum said_format f = 0; f < SAID_FORMATS; f++)
            fill_cell(&x, said[f], f, row);
    }
    find_culprit(rows);
    for (enum said_field field = 0; field < SAID_FIELDS; field++)
        for (enum said_format f = 0; f < SAID_FORMATS; f++)
            rows[field].differs |= rows[field].cell[f].verdict == SAID_DIFFERS;
}
