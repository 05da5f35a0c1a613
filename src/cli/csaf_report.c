/* csaf_report.c - what was found in a document, for machines and for people. */
#include "cli/csaf.h"

enum { SHOWN_EACH = 5 }; /* places of the same kind of finding */

static void put_findings(struct json_out *o, const struct csaf_job *job,
                         const struct csaf_report *r, unsigned groups)
{
    json_put_array(o);
    for (size_t i = 0; i < r->findings.n; i++) {
        const struct csaf_finding *f = &r->findings.v[i];
        if (!(groups & 1u << f->group))
            continue;
        json_put_object(o);
        json_put_member(o, S("test"), f->test);
        json_put_member(o, S("path"), f->path.p != NULL ? f->path : S(""));
        json_put_member(o, S("message"), csaf_message(o->b->a, f, job->lang));
        json_put_end(o);
    }
    json_put_end(o);
}

static void put_version(struct json_out *o, str version)
{
    json_put_key(o, S("csaf_version"));
    if (version.p == NULL)
        json_put_null(o);
    else
        json_put_str(o, version);
}

void csaf_report_json(buf *b, const struct csaf_job *job, const char *path,
                      const struct csaf_report *r)
{
    struct json_out o = {.b = b};
    json_put_object(&o);
    json_put_member(&o, S("file"), str_z(path));
    put_version(&o, r->version_text);
    json_put_member_bool(&o, S("valid"), r->valid);
    json_put_key(&o, S("errors"));
    put_findings(&o, job, r, 1u << CSAF_SCHEMA | 1u << CSAF_MANDATORY);
    json_put_key(&o, S("warnings"));
    put_findings(&o, job, r, 1u << CSAF_RECOMMENDED);
    json_put_key(&o, S("infos"));
    put_findings(&o, job, r, 1u << CSAF_INFORMATIVE);
    json_put_end(&o);
    buf_char(b, '\n');
}

static str group_word(enum lang lang, enum csaf_group group)
{
    static const enum word words[CSAF_GROUPS] = {
        [CSAF_SCHEMA] = W_csafcli_error,
        [CSAF_MANDATORY] = W_csafcli_error,
        [CSAF_RECOMMENDED] = W_csafcli_warning,
        [CSAF_INFORMATIVE] = W_csafcli_info,
    };
    return word(lang, words[group]);
}

static bool is_same_kind(const struct csaf_finding *x, const struct csaf_finding *y)
{
    return str_eq(x->test, y->test) && str_eq(x->word, y->word) && x->group == y->group;
}

/* One kind of finding: each place and why, and at the end how to mend it. */
static void put_kind(buf *b, const struct csaf_job *job, const struct csaf_finding *f, size_t n)
{
    buf_putf(b, "  %.*s %.*s\n", SV(group_word(job->lang, f->group)), SV(f->test));
    for (size_t i = 0; i < n && i < SHOWN_EACH; i++) {
        str path = f[i].path.n > 0 ? f[i].path : word(job->lang, W_csafcli_whole);
        buf_putf(b, "    %.*s\n      %.*s\n", SV(path), SV(csaf_message(b->a, &f[i], job->lang)));
    }
    if (n > SHOWN_EACH)
        buf_putf(b, "    %.*s\n",
                 SV(words_csafcli_more(b->a, job->lang, .n_count = (i64)(n - SHOWN_EACH))));
    buf_putf(b, "    → %.*s\n", SV(csaf_mend(b->a, f, job->lang)));
}

static void put_kinds(buf *b, const struct csaf_job *job, const struct csaf_report *r,
                      unsigned groups)
{
    for (size_t i = 0, n; i < r->findings.n; i += n) {
        const struct csaf_finding *f = &r->findings.v[i];
        for (n = 1; i + n < r->findings.n && is_same_kind(f, &f[n]);)
            n++;
        if (groups & 1u << f->group)
            put_kind(b, job, f, n);
    }
}

void csaf_report_people(buf *b, const struct csaf_job *job, const char *path,
                        const struct csaf_report *r)
{
    enum word verdict = r->valid ? W_csafcli_valid : W_csafcli_not_valid;
    if (r->valid && job->brief)
        return;
    buf_putf(b, "%s %s: CSAF %.*s, %.*s\n", r->valid ? "✓" : "✗", path,
             SV(r->version_text.p != NULL ? r->version_text : S("?")),
             SV(word(job->lang, verdict)));
    put_kinds(b, job, r, 1u << CSAF_SCHEMA | 1u << CSAF_MANDATORY);
    if (job->brief)
        return;
    put_kinds(b, job, r, 1u << CSAF_RECOMMENDED);
    put_kinds(b, job, r, 1u << CSAF_INFORMATIVE);
}

void csaf_report_unreadable(buf *b, const struct csaf_job *job, const char *path, str why)
{
    struct csaf_report r = {0};
    if (!job->json) {
        buf_putf(b, "✗ %s: %.*s\n", path, SV(why));
        return;
    }
    *PUSH(b->a, &r.findings) = (struct csaf_finding){
        .test = S("schema"), .path = S(""), .word = S("unreadable"), .arg = {why}};
    csaf_report_json(b, job, path, &r);
}
