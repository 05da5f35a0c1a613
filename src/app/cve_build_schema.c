/* cve_build_schema.c - a record and its container against the compiled schemas of CVE. */
#include "app/cve_build_own.h"

#include "formats/schema.h"

/* The place of a fault; of a missing member, that of the member. */
static str place_of(struct building *b, const struct schema_fault *f, bool container)
{
    str path = f->path, box = S("/cnaContainer");
    if (container && str_has_prefix(path, box))
        path = str_join(b->a, S("/containers/cna"), str_from(path, box.n));
    if (str_eq(f->keyword, S("required")) && f->expected.n > 0)
        return str_fmt(b->a, "%.*s/%.*s", SV(path), SV(f->expected));
    return path;
}

/* A rule that stands there already says it in words that are nearer to the matter. */
static bool is_told(const struct cve_findings *all, str path)
{
    for (size_t i = 0; i < all->n; i++)
        if (all->v[i].must && str_eq(all->v[i].path, path))
            return true;
    return false;
}

static void check(struct building *b, enum schema_id id, str text, struct cve_draft *out)
{
    const struct json *j;
    struct json_error bad;
    struct schema_faults faults = {0};
    must(json_read(b->a, text, &j, &bad) == OK); /* we wrote it */
    if (schema_check(b->a, schema_kept(id), j, false, &faults))
        return;
    for (size_t i = 0; i < faults.n; i++) {
        const struct schema_fault *f = &faults.v[i];
        str path = place_of(b, f, id == SCHEMA_CVE_5_1_PUBLISHED);
        bool choice = str_eq(f->keyword, S("oneOf")) || str_eq(f->keyword, S("anyOf"));
        if ((choice && faults.n > 1) || is_told(&out->findings, path))
            continue; /* the faults of the nearest branch follow its own */
        *PUSH(b->a, &out->findings) =
            (struct cve_finding){S("schema"), S("schema"), path,
                                 str_fmt(b->a, "%.*s%s%.*s", SV(f->keyword),
                                         f->expected.n > 0 ? ": " : "", SV(f->expected)),
                                 true};
    }
}

void building_check_schema(struct building *b, struct cve_draft *out)
{
    check(b, SCHEMA_CVE_5_1, out->json, out);
    check(b, SCHEMA_CVE_5_1_PUBLISHED, out->request, out);
}
