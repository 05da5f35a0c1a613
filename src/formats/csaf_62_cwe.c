/* csaf_62_cwe.c - recommended tests: the weaknesses named are of today, and meant for this; and
 * informative ones: identifiers are there. */
#include "base/time.h"
#include "formats/csaf_62.h"
#include "formats/cwe.h"
#include "formats/fact.h"
#include "formats/regex.h"

typedef void weakness_test(struct csaf_check *c, const struct json *weakness,
                           const struct cwe_fact *fact);

/* Those of the weaknesses that the version they name has. */
static void each_weakness(struct csaf_check *c, weakness_test *test)
{
    EACH (v, c->index->vulnerabilities)
        EACH (weakness, json_get(v, S("cwes"))) {
            i64 id;
            struct cwe_fact fact;
            if (cwe_parse(json_get_text(weakness, S("id")), &id) &&
                cwe_in(id, json_get_text(weakness, S("version")), &fact))
                test(c, weakness, &fact);
        }
}

static void say(struct csaf_check *c, const struct json *weakness, str word)
{
    csaf_found(c, weakness, word, json_get_text(weakness, S("id")),
               json_get_text(weakness, S("version")), NO_STR);
}

static void deprecated(struct csaf_check *c, const struct json *weakness,
                       const struct cwe_fact *fact)
{
    if (str_eq(fact->status, S("deprecated")))
        say(c, weakness, S("cwe_deprecated"));
}

/* 6.2.23 */
void csaf_cwe_deprecated(struct csaf_check *c)
{
    each_weakness(c, deprecated);
}

static void forbidden(struct csaf_check *c, const struct json *weakness,
                      const struct cwe_fact *fact)
{
    if (str_eq(fact->usage, S("discouraged")) || str_eq(fact->usage, S("prohibited")))
        say(c, weakness, S("cwe_not_for_mapping"));
}

/* 6.2.25 */
void csaf_cwe_not_for_mapping(struct csaf_check *c)
{
    each_weakness(c, forbidden);
}

static void with_review(struct csaf_check *c, const struct json *weakness,
                        const struct cwe_fact *fact)
{
    if (str_eq(fact->usage, S("allowed-with-review")))
        say(c, weakness, S("cwe_with_review"));
}

/* 6.2.26 */
void csaf_cwe_with_review(struct csaf_check *c)
{
    each_weakness(c, with_review);
}

/* The newest version of the list on that day; absent: there was none. */
static str newest_on(str day)
{
    str rest = fact_rows(S("cwe-versions")), newest = NO_STR;
    i64 best = -1;
    while (rest.n > 0) {
        i64 order = 0;
        str line = str_cut(&rest, '\n'), version = str_cut(&line, '\t');
        must(str_i64(str_cut(&line, '\t'), &order));
        if (order > best && str_cmp(line, day) <= 0) {
            best = order;
            newest = version;
        }
    }
    return newest;
}

/* 6.2.24 */
void csaf_cwe_not_latest(struct csaf_check *c)
{
    struct instant t;
    str date = json_get_text(c->index->tracking, S("current_release_date"));
    if (!instant_read(date, &t))
        return;
    str newest = newest_on(time_date(c->a, instant_ms(&t), zone_utc));
    EACH (v, c->index->vulnerabilities)
        EACH (weakness, json_get(v, S("cwes"))) {
            str version = json_get_text(weakness, S("version"));
            if (version.p != NULL && !str_eq(version, newest))
                csaf_found(c, weakness, S("cwe_not_latest"), json_get_text(weakness, S("id")),
                           version, newest);
        }
}

/* ---- identifiers ---- */

static bool is_cve(str s)
{
    if (!str_has_prefix(s, S("CVE-")) || s.n < 13 || s.p[8] != '-')
        return false;
    for (size_t i = 4; i < s.n; i++)
        if (i != 8 && (s.p[i] < '0' || s.p[i] > '9'))
            return false;
    return true;
}

/* 6.2.17 */
void csaf_id_is_cve(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities)
        EACH (id, json_get(v, S("ids")))
            if (is_cve(json_get_text(id, S("text"))))
                csaf_found(c, id, S("id_is_cve"), json_get_text(id, S("text")), NO_STR, NO_STR);
}

/* 6.2.53 */
void csaf_id_pattern(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities)
        EACH (id, json_get(v, S("ids"))) {
            str cells, system = json_get_text(id, S("system_name"));
            const struct json *text = json_get(id, S("text"));
            if (json_text(text).p == NULL || !fact_find(S("id-systems"), system, &cells))
                continue;
            str pattern = str_cut(&cells, '\t');
            if (!csaf_fits(c, pattern, json_text(text)))
                csaf_found(c, text, S("id_pattern"), json_text(text), cells, pattern);
        }
}

/* 6.3.20 */
void csaf_id_unregistered(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities)
        EACH (id, json_get(v, S("ids"))) {
            str cells;
            const struct json *system = json_get(id, S("system_name"));
            if (json_text(system).p != NULL &&
                !fact_find(S("id-systems"), json_text(system), &cells))
                csaf_found(c, system, S("id_unregistered"), json_text(system), NO_STR, NO_STR);
        }
}

/* 6.3.3 */
void csaf_cve_missing(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities)
        if (json_get(v, S("cve")) == NULL)
            csaf_lacks(c, v, S("cve"), S("cve_missing"));
}

/* 6.3.4 */
void csaf_cwe_missing(struct csaf_check *c)
{
    str member = c->version == CSAF_2_0 ? S("cwe") : S("cwes");
    EACH (v, c->index->vulnerabilities)
        if (json_get(v, member) == NULL)
            csaf_lacks(c, v, member, S("cwe_missing"));
}
