/* csaf_61_dates.c - mandatory tests: dates are instants, and stand in an order that can be. */
#include "formats/csaf_check.h"

/* 2.1, section 2.2: RFC 3339 with capital letters, without leap seconds. */
static void check_date(struct csaf_check *c, const struct json *node)
{
    struct instant t;
    str date = json_text(node);
    if (date.p == NULL)
        return;
    if (!instant_read(date, &t))
        csaf_found(c, node, S("date_wrong"), date, NO_STR, NO_STR);
    else if (t.lower)
        csaf_found(c, node, S("date_lower"), date, NO_STR, NO_STR);
    else if (t.leap)
        csaf_found(c, node, S("date_leap"), date, NO_STR, NO_STR);
}

static void check_dates_in(struct csaf_check *c, const struct json *list, str member)
{
    EACH (item, list)
        check_date(c, json_get(item, member));
}

static void check_dates_of(struct csaf_check *c, const struct json *v)
{
    static const str lists[] = {S_INIT("first_known_exploitation_dates"), S_INIT("flags"),
                                S_INIT("involvements"), S_INIT("remediations"), S_INIT("threats")};
    check_date(c, json_get(v, S("disclosure_date")));
    check_date(c, json_get(v, S("discovery_date")));
    for (size_t i = 0; i < COUNT(lists); i++)
        check_dates_in(c, json_get(v, lists[i]), S("date"));
    check_dates_in(c, json_get(v, lists[0]), S("exploitation_date"));
    EACH (metric, json_get(v, S("metrics"))) {
        check_date(c, csaf_at(metric, "content", "epss", "timestamp", NULL));
        check_date(c, csaf_at(metric, "content", "ssvc_v2", "timestamp", NULL));
    }
}

/* 6.1.37 */
void csaf_date_wrong(struct csaf_check *c)
{
    const struct json *tracking = c->index->tracking;
    check_date(c, json_get(tracking, S("current_release_date")));
    check_date(c, csaf_at(tracking, "generator", "date", NULL));
    check_date(c, json_get(tracking, S("initial_release_date")));
    check_dates_in(c, json_get(tracking, S("revision_history")), S("date"));
    EACH (v, c->index->vulnerabilities)
        check_dates_of(c, v);
}

/* The newest item of the history of a document that was released; NULL: it is a draft, or has
 * no dates. */
static const struct csaf_revision *newest(const struct csaf_check *c)
{
    const struct csaf_revision *found = NULL;
    if (!csaf_is_released(c->index))
        return NULL;
    for (size_t i = 0; i < c->index->revisions.n; i++) {
        const struct csaf_revision *r = &c->index->revisions.v[i];
        if (r->dated && (found == NULL || instant_cmp(&r->when, &found->when) > 0))
            found = r;
    }
    return found;
}

/* The date is behind the newest item of the history. */
static void not_after(struct csaf_check *c, const struct csaf_revision *last,
                      const struct json *node, str word)
{
    struct instant t;
    if (last != NULL && instant_read(json_text(node), &t) && instant_cmp(&t, &last->when) > 0)
        csaf_found(c, node, word, json_text(node), json_get_text(last->item, S("date")), NO_STR);
}

/* 6.1.45 */
void csaf_disclosed_later(struct csaf_check *c)
{
    const struct csaf_revision *last = newest(c);
    const struct json *label =
        csaf_at(c->index->document_part, "distribution", "tlp", "label", NULL);
    if (!str_eq(json_text(label), S("CLEAR")))
        return;
    EACH (v, c->index->vulnerabilities)
        not_after(c, last, json_get(v, S("disclosure_date")), S("disclosed_later"));
}

static void metric_dates(struct csaf_check *c, const char *member, str word)
{
    const struct csaf_revision *last = newest(c);
    EACH (v, c->index->vulnerabilities)
        EACH (metric, json_get(v, S("metrics")))
            not_after(c, last, csaf_at(metric, "content", member, "timestamp", NULL), word);
}

/* 6.1.49 */
void csaf_ssvc_later(struct csaf_check *c)
{
    metric_dates(c, "ssvc_v2", S("ssvc_later"));
}

/* 6.1.51 */
void csaf_epss_later(struct csaf_check *c)
{
    metric_dates(c, "epss", S("epss_later"));
}

/* 6.1.52 */
void csaf_exploited_later(struct csaf_check *c)
{
    const struct csaf_revision *last = newest(c);
    EACH (v, c->index->vulnerabilities)
        EACH (item, json_get(v, S("first_known_exploitation_dates"))) {
            not_after(c, last, json_get(item, S("date")), S("exploited_later"));
            not_after(c, last, json_get(item, S("exploitation_date")), S("exploited_later"));
        }
}

/* 6.1.53 */
void csaf_exploited_before_known(struct csaf_check *c)
{
    EACH (v, c->index->vulnerabilities)
        EACH (item, json_get(v, S("first_known_exploitation_dates"))) {
            const struct json *node = json_get(item, S("exploitation_date"));
            str date = json_get_text(item, S("date"));
            struct instant exploited, known;
            if (instant_read(json_text(node), &exploited) && instant_read(date, &known) &&
                instant_cmp(&exploited, &known) > 0)
                csaf_found(c, node, S("exploited_before_known"), json_text(node), date, NO_STR);
        }
}
