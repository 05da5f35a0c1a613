/* smtp.c - the server's side of a mail: the request to the effects process, its answer. */
#include "io/smtp.h"

#include "formats/mail_write.h"
#include "io/effects.h"
#include "io/smtp_wire.h"

static bool is_envelope(const struct smtp_mail *m)
{
    bool good = (m->from.n == 0 || mail_address_is(m->from)) && m->to.n > 0;
    for (size_t i = 0; i < m->to.n; i++)
        good &= mail_address_is(m->to.v[i]);
    return good;
}

str smtp_request(struct arena *a, const struct smtp_mail *m)
{
    buf b = {.a = a};
    buf_putf(&b, "%.*s\n", SV(m->from));
    for (size_t i = 0; i < m->to.n; i++)
        buf_putf(&b, "%.*s\n", SV(m->to.v[i]));
    buf_char(&b, '\n');
    buf_put(&b, m->bytes);
    return buf_str(&b);
}

bool smtp_request_read(struct arena *a, str request, struct smtp_mail *out)
{
    struct {
        VEC(str)
    } to = {0};
    *out = (struct smtp_mail){.from = str_cut(&request, '\n')};
    for (str line = str_cut(&request, '\n'); line.n > 0; line = str_cut(&request, '\n'))
        *PUSH(a, &to) = line;
    out->to = (struct strs){to.v, to.n};
    out->bytes = request;
    return is_envelope(out);
}

str smtp_reply(struct arena *a, const struct smtp_answer *r)
{
    return str_fmt(a, "%u\t%lld\t%.*s\t%.*s", r->outcome, (long long)r->code, SV(r->stage),
                   SV(r->text));
}

/* The child that wrote it talked to a stranger: nothing is taken on trust. */
bool smtp_reply_read(str reply, struct smtp_answer *out)
{
    i64 outcome;
    if (!str_i64(str_cut(&reply, '\t'), &outcome) || outcome > SMTP_REFUSED ||
        !str_i64(str_cut(&reply, '\t'), &out->code) || out->code > 999)
        return false;
    out->outcome = (enum smtp_outcome)outcome;
    out->stage = str_cut(&reply, '\t');
    out->text = reply;
    bool printable = out->stage.n <= 20 && out->text.n <= SMTP_TEXT_MAX;
    for (size_t i = 0; i < out->stage.n; i++)
        printable &= out->stage.p[i] >= 'a' && out->stage.p[i] <= 'z';
    for (size_t i = 0; i < out->text.n; i++)
        printable &= out->text.p[i] >= ' ' && out->text.p[i] <= '~';
    return printable;
}

enum err smtp_send(struct effects *e, struct arena *a, struct fault *f, const struct smtp_mail *m,
                   i64 timeout_ms, struct smtp_answer *out)
{
    if (!is_envelope(m))
        return fault_set(f, E_INVALID, "smtp: an address that cannot be one");
    str reply;
    TRY(effects_run(e, a, f, S("smtp"), smtp_request(a, m), timeout_ms, &reply));
    if (reply.n == 0)
        return fault_set(f, E_INVALID, "smtp: no mail server is configured");
    return smtp_reply_read(reply, out) ? OK : fault_set(f, E_IO, "smtp: an answer out of form");
}
