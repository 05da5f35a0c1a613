/* csaf_diff_vuln.c - facts of vulnerabilities. */
#include "formats/csaf_diff_own.h"

/* The vulnerability that is taken apart. */
struct vuln {
    struct side *s;
    const struct json *v;
    str key, name;
    uint32_t fact;
};

static str name_of(struct arena *a, const struct json *v, size_t place)
{
    str cve = json_get_text(v, S("cve")), title = json_get_text(v, S("title"));
    const struct json *ids = json_get(v, S("ids"));
    if (cve.n > 0)
        return cve;
    if (json_count(ids) == 0)
        return title.n > 0 ? title : str_fmt(a, "#%zu", place + 1);
    buf b = {.a = a};
    EACH (id, ids)
        buf_putf(&b, "%s%.*s", b.n > 0 ? ", " : "", SV(json_get_text(id, S("text"))));
    return buf_str(&b);
}

static struct fact *add(struct vuln *k, enum csaf_diff_kind kind, const struct json *node, str key,
                        str what, str shown)
{
    struct arena *a = k->s->d->a;
    struct fact *f = side_add(
        k->s, kind, node,
        str_fmt(a, "%.*s\x1f%.*s\x1f%.*s", SV(k->key), SV(csaf_diff_kind_name(kind)), SV(key)),
        what.n > 0 ? str_fmt(a, "%.*s, %.*s", SV(k->name), SV(what)) : k->name, shown);
    f->parents[0] = k->fact;
    return f;
}

/* ---- statuses ---- */

static void add_status(struct vuln *k, const struct json *id, str status, uint32_t *at)
{
    struct side *s = k->s;
    uint32_t local = csaf_product_number(s->check.index, id);
    uint32_t number = local == CSAF_NO_NUMBER ? NO_FACT : s->common[local];
    if (number == NO_FACT)
        return;
    if (at[local] > k->fact && at[local] < s->facts.n &&
        s->facts.v[at[local]].kind == CSAF_DIFF_STATUS) {
        struct fact *f = &s->facts.v[at[local]];
        f->shown = f->value = str_fmt(s->d->a, "%.*s, %.*s", SV(f->shown), SV(status));
        return;
    }
    at[local] = (uint32_t)s->facts.n;
    struct fact *f =
        add(k, CSAF_DIFF_STATUS, id, str_fmt(s->d->a, "%u", number), s->d->names.v[number], status);
    f->parents[1] = NO_FACT;
}

static void add_statuses(struct vuln *k, uint32_t *at)
{
    const struct json *status = json_get(k->v, S("product_status"));
    for (size_t i = 0; i < CSAF_STATUSES; i++) {
        str name = csaf_status_name((enum csaf_use)i);
        EACH (id, json_get(status, name))
            add_status(k, id, name, at);
    }
}

/* ---- scores ---- */

/* Told by its vector only where there are several, so that one that changed is one change. */
static void add_score(struct vuln *k, const struct json *metric, const struct json *score, str kind,
                      struct tally *seen, bool count)
{
    struct arena *a = k->s->d->a;
    str version = json_get_text(score, S("version"));
    str name = str_fmt(a, "%.*s %.*s", SV(kind), SV(version));
    str key = str_fmt(a, "%.*s\x1f%.*s", SV(name), SV(json_get_text(metric, S("source"))));
    if (count) {
        (void)tally_add(a, seen, key);
        return;
    }
    str vector = json_get_text(score, S("vectorString"));
    str number = json_number(json_get(score, S("baseScore")));
    str shown =
        vector.n > 0 ? str_fmt(a, "%.*s %.*s", SV(number), SV(vector)) : diff_text(a, score, NULL);
    if (tally_of(seen, key) > 1)
        key = str_fmt(a, "%.*s\x1f%.*s", SV(key), SV(shown));
    struct fact *f = add(k, CSAF_DIFF_SCORE, score, key, name, shown);
    side_set(k->s, f, metric);
}

/* scores of 2.0, metrics of 2.1. */
static void each_score(struct vuln *k, struct tally *seen, bool count)
{
    EACH (score, json_get(k->v, S("scores"))) {
        for (size_t i = 0; json_is(score, JSON_IS_OBJECT) && i < json_count(score); i++)
            if (str_has_prefix(json_key(score, i), S("cvss_")))
                add_score(k, score, json_value(score, i), json_key(score, i), seen, count);
    }
    EACH (metric, json_get(k->v, S("metrics"))) {
        const struct json *content = json_get(metric, S("content"));
        for (size_t i = 0; json_is(content, JSON_IS_OBJECT) && i < json_count(content); i++)
            add_score(k, metric, json_value(content, i), json_key(content, i), seen, count);
    }
}

static void add_scores(struct vuln *k)
{
    struct tally seen = {0};
    each_score(k, &seen, true);
    each_score(k, &seen, false);
}

/* ---- remediations, threats and the like ---- */

static const char *const no_products[] = {"product_ids", "group_ids", NULL};

static str shown_of(struct arena *a, const struct json *one, str text)
{
    str details = json_get_text(one, S("details")), url = json_get_text(one, S("url"));
    if (details.n == 0)
        return text;
    return url.n > 0 ? str_fmt(a, "%.*s %.*s", SV(details), SV(url)) : details;
}

/* The only one of its title is the same whatever it says; of several, what says the same. */
static void add_said(struct vuln *k, enum csaf_diff_kind kind, const char *list, const char *title)
{
    struct arena *a = k->s->d->a;
    struct tally seen = {0};
    EACH (one, json_get(k->v, str_z(list)))
        (void)tally_add(a, &seen, json_get_text(one, str_z(title)));
    EACH (one, json_get(k->v, str_z(list))) {
        str name = json_get_text(one, str_z(title)), text = diff_text(a, one, no_products);
        struct fact *f = add(k, kind, one, tally_of(&seen, name) > 1 ? text : name, name,
                             shown_of(a, one, text));
        f->value = text;
        side_set(k->s, f, one);
    }
}

static void add_weaknesses(struct vuln *k)
{
    const struct json *one = json_get(k->v, S("cwe"));
    if (one != NULL)
        (void)add(k, CSAF_DIFF_WEAKNESS, one, json_get_text(one, S("id")),
                  json_get_text(one, S("id")), json_get_text(one, S("name")));
    EACH (cwe, json_get(k->v, S("cwes")))
        (void)add(k, CSAF_DIFF_WEAKNESS, cwe, json_get_text(cwe, S("id")),
                  json_get_text(cwe, S("id")), json_get_text(cwe, S("name")));
}

static void add_date(struct vuln *k, const char *member, const char *name)
{
    const struct json *date = json_get(k->v, str_z(member));
    if (json_text(date).p == NULL)
        return;
    struct fact *f = add(k, CSAF_DIFF_DATE, date, str_z(name), str_z(name), json_text(date));
    f->value = diff_instant(k->s->d->a, f->shown);
}

static void add_ids(struct vuln *k)
{
    EACH (id, json_get(k->v, S("ids"))) {
        str shown = str_fmt(k->s->d->a, "%.*s %.*s", SV(json_get_text(id, S("system_name"))),
                            SV(json_get_text(id, S("text"))));
        (void)add(k, CSAF_DIFF_ID, id, shown, NO_STR, shown);
    }
}

static void add_vulnerability(struct side *s, const struct json *v, size_t place, uint32_t *at)
{
    struct arena *a = s->d->a;
    struct vuln k = {.s = s, .v = v, .name = name_of(a, v, place), .fact = (uint32_t)s->facts.n};
    str title = json_get_text(v, S("title"));
    struct fact *f =
        side_add(s, CSAF_DIFF_VULNERABILITY, v, str_fmt(a, "vulnerability\x1f%.*s", SV(k.name)),
                 k.name, title.p != NULL ? title : S(""));
    k.key = s->d->keys.keys.v[f->key];
    add_statuses(&k, at);
    add_scores(&k);
    add_said(&k, CSAF_DIFF_REMEDIATION, "remediations", "category");
    add_said(&k, CSAF_DIFF_THREAT, "threats", "category");
    add_said(&k, CSAF_DIFF_FLAG, "flags", "label");
    add_said(&k, CSAF_DIFF_INVOLVEMENT, "involvements", "party");
    add_weaknesses(&k);
    add_date(&k, "discovery_date", "discovery_date");
    add_date(&k, "release_date", "disclosure_date");
    add_date(&k, "disclosure_date", "disclosure_date");
    add_ids(&k);
    side_notes(s, json_get(v, S("notes")), k.key, k.name, k.fact);
    side_references(s, json_get(v, S("references")), k.key, k.name, k.fact);
    side_acknowledgments(s, json_get(v, S("acknowledgments")), k.key, k.name, k.fact);
}

void side_vulnerabilities(struct side *s)
{
    size_t place = 0;
    uint32_t *at = NEWS(s->d->a, uint32_t, s->check.index->product_ids.keys.n + 1);
    EACH (v, s->check.index->vulnerabilities)
        add_vulnerability(s, v, place++, at);
}
