/* provider_check_apart.c - see provider_check_apart.h. */
#include "app/provider_check_apart.h"

#include "app/provider_check_wire.h"
#include "base/fields.h"
#include "base/time.h"
#include "base/vec.h"
#include "formats/csaf_listing.h"

static const str ask_url = S_INIT("get"), ask_file = S_INIT("file"), ask_key = S_INIT("verify"),
                 ask_look = S_INIT("progress");

/* --- in the jail ------------------------------------------------------------------------------ */

struct apart {
    const struct jail_caller *caller;
    struct provider_folder folder;
};

/* Nobody to ask: the end, which nobody hears of. */
static str ask(const struct apart *p, struct arena *a, const buf *question)
{
    str answer;
    must(jail_ask(p->caller, a, buf_str(question), &answer));
    return answer;
}

static void get_from_caller(void *arg, struct arena *a, str url, enum provider_guise as,
                            size_t most, struct provider_got *out)
{
    buf q = {.a = a};
    fields_put(&q, ask_url);
    fields_put(&q, url);
    fields_put_i64(&q, as);
    fields_put_i64(&q, (i64)most);
    str answer = ask(arg, a, &q);
    must(wire_take_got(&answer, out));
}

static void file_from_caller(void *arg, struct arena *a, str path, size_t most,
                             struct provider_got *out)
{
    buf q = {.a = a};
    fields_put(&q, ask_file);
    fields_put(&q, path);
    fields_put_i64(&q, (i64)most);
    str answer = ask(arg, a, &q);
    must(wire_take_got(&answer, out));
}

static enum err verify_by_caller(void *arg, struct arena *a, str keys, str signature, str bytes,
                                 str *fingerprint, str *why)
{
    buf q = {.a = a};
    i64 e;
    fields_put(&q, ask_key);
    fields_put(&q, keys);
    fields_put(&q, signature);
    fields_put(&q, bytes);
    str answer = ask(arg, a, &q);
    must(fields_take_i64(&answer, OK, ERR_COUNT - 1, &e) && fields_take(&answer, fingerprint) &&
         fields_take(&answer, why));
    return (enum err)e;
}

static void tell_caller(void *arg, size_t done, size_t of)
{
    struct arena *a = arena_new();
    buf q = {.a = a};
    fields_put(&q, ask_look);
    fields_put_i64(&q, (i64)done);
    fields_put_i64(&q, (i64)of);
    (void)ask(arg, a, &q);
    arena_free(a);
}

enum err provider_check_job(struct arena *a, str in, const struct jail_caller *caller, buf *out)
{
    struct apart p = {.caller = caller, .folder = {.root = S(""), .file = file_from_caller}};
    struct provider_reach reach, files;
    struct provider_reports all;
    str where;
    p.folder.arg = &p;
    if (!fields_take(&in, &where) || !wire_take_reach(&in, &reach))
        return E_IO;
    reach.get = get_from_caller;
    reach.arg = &p;
    if (reach.folder && !provider_reach_folder(a, &p.folder, &files, &where))
        return E_INVALID;
    if (reach.folder) {
        reach.get = files.get;
        reach.arg = files.arg;
    }
    reach.verify = verify_by_caller;
    reach.progress = tell_caller;
    reach.verify_arg = &p;
    (void)provider_check(a, &reach, where, &all);
    wire_put_reports(out, &all);
    return OK;
}

/* --- whoever asks for it ---------------------------------------------------------------------- */

struct answering {
    struct arena *a;
    const struct provider_apart *p;
    str entitled_at;
    struct {
        VEC(str)
    } left_out;
    str last; /* what it was given last */
};

static bool is_left_out(const struct answering *w, str url)
{
    for (size_t i = 0; i < w->left_out.n; i++)
        if (str_eq(w->left_out.v[i], url))
            return true;
    return false;
}

static void remember(struct answering *w, str what, const struct provider_got *got)
{
    if (got->body.n > 0)
        w->last = str_copy(w->a, what);
}

static bool answer_url(struct answering *w, struct arena *a, str rest, struct provider_got *got)
{
    str url;
    i64 as, most;
    if (!fields_take(&rest, &url) || !fields_take_i64(&rest, GUISE_STRANGER, GUISE_ENTITLED, &as) ||
        !fields_take_i64(&rest, 0, FETCH_MOST, &most) || w->p->folder != NULL || !listed_url(url))
        return false;
    if (as == GUISE_ENTITLED && !str_eq(listed_origin(url), w->entitled_at))
        as = GUISE_STRANGER;
    if (is_left_out(w, url))
        return true;
    w->p->reach.get(w->p->reach.arg, a, url, (enum provider_guise)as, (size_t)most, got);
    remember(w, url, got);
    return true;
}

static bool answer_file(struct answering *w, struct arena *a, str rest, struct provider_got *got)
{
    str path;
    i64 most;
    if (!fields_take(&rest, &path) || !fields_take_i64(&rest, 0, FETCH_MOST, &most) ||
        w->p->folder == NULL)
        return false;
    if (is_left_out(w, path))
        return true;
    provider_folder_file(w->p->folder, a, path, (size_t)most, got);
    remember(w, path, got);
    return true;
}

static void answer_verify(struct answering *w, struct arena *a, str rest, buf *answer)
{
    str keys = S(""), signature = S(""), bytes = S(""), fingerprint = NO_STR, why = NO_STR;
    enum err e = E_IO;
    if (fields_take(&rest, &keys) && fields_take(&rest, &signature) && fields_take(&rest, &bytes))
        e = w->p->reach.verify(w->p->reach.verify_arg, a, keys, signature, bytes, &fingerprint,
                               &why);
    fields_put_i64(answer, e);
    fields_put(answer, fingerprint);
    fields_put(answer, why);
}

static void look(const struct answering *w, str rest)
{
    i64 done, of;
    if (w->p->reach.progress != NULL && fields_take_i64(&rest, 0, INT64_MAX, &done) &&
        fields_take_i64(&rest, 0, INT64_MAX, &of))
        w->p->reach.progress(w->p->reach.verify_arg, (size_t)done, (size_t)of);
}

static void answer(void *arg, struct arena *a, str question, buf *out)
{
    struct answering *w = arg;
    struct provider_got got = {.why = S("unread")};
    str what;
    if (!fields_take(&question, &what))
        return;
    if (str_eq(what, ask_key))
        answer_verify(w, a, question, out);
    else if (str_eq(what, ask_look))
        look(w, question);
    else if (str_eq(what, ask_url) && !answer_url(w, a, question, &got))
        got = (struct provider_got){.why = S("scheme")};
    else if (str_eq(what, ask_file) && !answer_file(w, a, question, &got))
        got = (struct provider_got){.why = S("folder")};
    if (str_eq(what, ask_url) || str_eq(what, ask_file))
        wire_put_got(out, &got);
}

static enum err attempt(struct answering *w, struct fault *f, struct jail *jail, str where,
                        str *said)
{
    const struct jail_limits limits = {.cpu_seconds = 6 * HOUR / SECOND,
                                       .memory = (i64)4 << 30,
                                       .output = 160 << 20,
                                       .wall_ms = DAY};
    const struct jail_talk talk = {
        .answer = answer, .arg = w, .step_ms = w->p->step_ms > 0 ? w->p->step_ms : 2 * MINUTE};
    buf in = {.a = w->a};
    fields_put(&in, where);
    wire_put_reach(&in, &w->p->reach);
    w->last = S("");
    return jail_run_talk(jail, w->a, f, S("provider"), buf_str(&in), &limits, &talk, said);
}

enum err provider_apart_start(struct arena *a, struct provider_apart *p, struct fault *f)
{
    static const struct jail_job jobs[] = {
        {.name = S_INIT("provider"), .talk = provider_check_job}};
    const struct jail_options o = {.jobs = jobs, .njobs = COUNT(jobs), .mode = SANDBOX_AUTO};
    for (size_t i = 0; i < PROVIDER_JAILS; i++)
        TRY(jail_start(a, &o, f, &p->jails[i]));
    return OK;
}

enum err provider_check_apart(struct arena *a, struct fault *f, const struct provider_apart *p,
                              str where, struct provider_reports *out)
{
    struct answering w = {.a = a, .p = p, .entitled_at = provider_check_origin(a, where)};
    enum err e = E_IO;
    str said = S("");
    *out = (struct provider_reports){0};
    for (size_t i = 0; e == E_IO && i < PROVIDER_JAILS; i++) {
        e = attempt(&w, f, p->jails[i], where, &said);
        if (e == E_IO && p->unread != NULL)
            p->unread(p->arg, w.last, str_z(f->text));
        if (e == E_IO)
            *PUSH(a, &w.left_out) = w.last;
    }
    TRY(e);
    if (!wire_take_reports(a, &said, out))
        return fault_set(f, E_IO, "the jail's report cannot be read");
    return out->n > 0 && out->v[0].why.p == NULL ? OK : E_NOT_FOUND;
}
