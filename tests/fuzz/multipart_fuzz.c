/* multipart_fuzz.c - any body, in one piece and in many: what is told must not differ. */
#include "help/multipart_events.h"

#include <stdio.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The first byte says how long the pieces are: its low and high half in turn, plus one. */
static str in_pieces(struct arena *a, str body, unsigned how)
{
    size_t *cuts = NEWS(a, size_t, body.n + 1), n = 0;
    size_t at = 0;
    for (bool low = true; at < body.n; low = !low) {
        at += 1 + (low ? how & 15 : how >> 4);
        cuts[n++] = at < body.n ? at : body.n;
    }
    return events_of(a, S("xYz"), body, cuts, n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct arena *a = arena_new();
    str body = {(const char *)data + 1, size - 1}, boundary;
    str whole = events_of(a, S("xYz"), body, NULL, 0), pieces = in_pieces(a, body, data[0]);
    if (!str_eq(whole, pieces)) {
        (void)fprintf(stderr, "%.*s\n--- in pieces:\n%.*s\n", SV(whole), SV(pieces));
        must(!"the same in pieces");
    }
    if (multipart_boundary(body, &boundary))
        must(boundary.n > 0 && boundary.n <= 70);
    arena_free(a);
    return 0;
}
