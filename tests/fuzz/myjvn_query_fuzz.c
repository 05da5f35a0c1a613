/* myjvn_query_fuzz.c - any query: an error with a code of its form, or a window and dates within
 * their limits; the status is told as XML that can be read. */
#include "formats/myjvn_query.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct myjvn_query *q)
{
    must(q->status.failed == (q->wrong != MYJVN_RIGHT));
    if (q->status.failed) {
        must(q->status.code.n >= 9 && q->status.code.n <= 10);
        return;
    }
    must(q->method != MYJVN_NONE && q->start >= 1);
    must(q->count <= 10000 && q->names.n <= MYJVN_NAMES && q->ids.n <= MYJVN_NAMES);
    must(q->cvss == 0 || (q->cvss >= 2 && q->cvss <= 4));
    must(q->rating >= -1 && q->rating <= 4);
    for (enum myjvn_date d = 0; d < MYJVN_DATES; d++)
        must(!q->from[d].is || !q->until[d].is || q->from[d].v < q->until[d].v);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct urlform_limits max = {100, 100, 2000};
    struct arena *a = arena_new();
    struct fields in = {0};
    struct problems ps = {0};
    struct myjvn_query q;
    struct jvn_status back;
    const struct xml_node *root;
    struct xml_error e;
    (void)urlform_read(a, (str){(const char *)data, size}, max, &in, &ps);
    myjvn_query_read(a, &in, S("JVNDB"), 1795335600000, &q);
    check(&q);
    must(xml_read(a, myjvn_nothing_xml(a, &q.status), &root, &e) == OK);
    must(jvn_read_status(a, root, &back) && back.failed == q.status.failed);
    for (size_t i = 0; i < q.names.n; i++)
        (void)myjvn_cpe_fits(q.names.v[i], S("cpe:/a:vendor:product"));
    arena_free(a);
    return 0;
}
