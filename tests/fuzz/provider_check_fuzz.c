/* provider_check_fuzz.c - a provider that answers with any bytes: a report in bounded requests,
 * and never the credentials to another. */
#include "app/provider_check_wire.h"
#include "formats/csaf_listing.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ASKED_MOST = 2000, DOCUMENTS_MOST = 20 };

struct world {
    str pieces; /* parted by form feeds: each answer is the next, from the start again */
    str rest;
    size_t asked;
};

/* A piece that begins with "@" leads elsewhere, one with "!" is no answer. */
static void get(void *arg, struct arena *a, str url, enum provider_guise as, size_t most,
                struct provider_got *out)
{
    struct world *w = arg;
    (void)most;
    must(++w->asked < ASKED_MOST);
    must(as != GUISE_ENTITLED || str_eq(listed_origin(url), S("https://x.example")));
    if (w->rest.n == 0)
        w->rest = w->pieces;
    str piece = str_cut(&w->rest, '\f');
    *out = (struct provider_got){.status = 200, .type = S("application/json"), .allows = S("*")};
    if (str_has_prefix(piece, S("@")))
        *out = (struct provider_got){.status = 302, .location = str_trim(str_from(piece, 1))};
    else if (str_has_prefix(piece, S("!")))
        *out = (struct provider_got){.why = S("timeout")};
    else
        out->body = str_copy(a, piece.p != NULL ? piece : S(""));
}

static enum err verify(void *arg, struct arena *a, str keys, str signature, str bytes,
                       str *fingerprint, str *why)
{
    (void)arg, (void)a, (void)keys, (void)bytes, (void)fingerprint;
    *why = S("BADSIG");
    return signature.n % 2 == 0 ? OK : E_INVALID;
}

/* What the child says is taken; any other bytes may be refused. */
static void check_wire(struct arena *a, const struct provider_reports *all, str bytes)
{
    struct provider_reports again;
    buf b = {.a = a};
    wire_put_reports(&b, all);
    str said = buf_str(&b);
    must(wire_take_reports(a, &said, &again) && again.n == all->n);
    must(again.v[0].messages.n == all->v[0].messages.n);
    (void)wire_take_reports(a, &bytes, &again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new();
    struct world w = {.pieces = {(const char *)data, size}};
    const struct provider_reach reach = {.get = get,
                                         .verify = verify,
                                         .entitled = true,
                                         .most = DOCUMENTS_MOST,
                                         .now = 1793581200000,
                                         .arg = &w};
    struct provider_reports all;
    must(provider_check(a, &reach, S("https://x.example/provider-metadata.json"), &all) != E_IO);
    must(all.n == 1);
    for (size_t i = 0; i < all.v[0].messages.n; i++) {
        must(check_text(a, &all.v[0].messages.v[i], LANG_EN).n > 0);
        must(check_text(a, &all.v[0].messages.v[i], LANG_JA).n > 0);
    }
    check_wire(a, &all, w.pieces);
    arena_free(a);
    return 0;
}
