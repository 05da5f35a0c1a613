/* smtp_curl.c - one mail by libcurl, in a child of the effects process. */
#include "io/clock.h"
#include "io/effects.h"
#include "io/files.h"
#include "io/smtp_wire.h"

#include <curl/curl.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

/* Both well within what effects_run() adds to the time. */
enum { LATE_MS = 500, GOODBYE_MS = 1000 };

/* Of the effects process alone; set once by prepare(), read by its children. */
static struct {
    const char *url, *user, *password, *ca_file;
    bool tls;
} server;

/* preparing */

/* "127.example.org" is not: four numbers, the first of them 127. */
static bool is_127(str host)
{
    i64 n;
    if (!str_eq(str_cut(&host, '.'), S("127")))
        return false;
    for (int i = 0; i < 3; i++)
        if (!str_i64(str_cut(&host, '.'), &n) || n > 255)
            return false;
    return host.n == 0;
}

bool smtp_is_loopback(str host)
{
    return str_eq_nocase(host, S("localhost")) || is_127(host) || str_eq(host, S("[::1]"));
}

static enum err read_credentials(struct arena *a, const char *path, struct fault *f)
{
    struct stat st;
    str text;
    if (stat(path, &st) != 0)
        return fault_set(f, E_IO, "smtp: the credentials cannot be read: error %d", errno);
    if ((st.st_mode & (S_IRWXG | S_IRWXO)) != 0)
        return fault_set(f, E_IO, "smtp: others may read the credentials: chmod 600 them");
    TRY(file_read(a, path, 4096, f, &text));
    str user = str_trim(str_cut(&text, '\n')), password = str_cut(&text, '\n');
    if (str_has_suffix(password, S("\r")))
        password.n--;
    if (user.n == 0 || password.n == 0)
        return fault_set(f, E_INVALID, "smtp: the credentials are two lines, name and password");
    server.user = str_to_z(a, user);
    server.password = str_to_z(a, password);
    return OK;
}

static str url_part(struct arena *a, CURLU *u, CURLUPart what, unsigned flags)
{
    char *text = NULL;
    if (curl_url_get(u, what, &text, flags) != CURLUE_OK)
        return NO_STR;
    str s = str_copy(a, str_z(text));
    curl_free(text);
    return s;
}

static void close_url(void *u)
{
    curl_url_cleanup(u);
}

static enum err read_url(struct arena *a, const struct smtp_options *o, int *port, struct fault *f)
{
    CURLU *u = curl_url();
    must(u != NULL);
    arena_defer(a, close_url, u);
    server.url = str_to_z(a, o->url);
    if (curl_url_set(u, CURLUPART_URL, server.url, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
        return fault_set(f, E_INVALID, "smtp: the URL cannot be read");
    if (url_part(a, u, CURLUPART_USER, 0).p != NULL)
        return fault_set(f, E_INVALID, "smtp: name and password belong in the credentials file");
    str scheme = url_part(a, u, CURLUPART_SCHEME, 0);
    bool smtps = str_eq(scheme, S("smtps"));
    if (!smtps && !str_eq(scheme, S("smtp")))
        return fault_set(f, E_INVALID, "smtp: the URL has to begin with smtp:// or smtps://");
    i64 number = 0;
    if (!str_i64(url_part(a, u, CURLUPART_PORT, CURLU_DEFAULT_PORT), &number))
        return fault_set(f, E_INVALID, "smtp: the URL has no port");
    *port = (int)number;
    server.tls = smtps || o->tls || !smtp_is_loopback(url_part(a, u, CURLUPART_HOST, 0));
    return OK;
}

static enum err prepare(struct arena *a, const struct effects_options *o,
                        struct effects_reach *reach, struct fault *f)
{
    if (o->smtp.url.p == NULL)
        return OK;
    TRY(read_url(a, &o->smtp, &reach->ports[reach->nports], f));
    reach->nports++;
    server.ca_file = o->smtp.ca_file;
    if (server.ca_file != NULL)
        reach->paths[reach->npaths++] = (struct landlock_path){server.ca_file, REACH_READ};
    return o->smtp.credentials != NULL ? read_credentials(a, o->smtp.credentials, f) : OK;
}

/* sending */

struct talk {
    str rest; /* of the mail, to be read by libcurl */
    const char *stage;
    char reply[SMTP_TEXT_MAX + 1]; /* the server's last line */
    bool over;                     /* QUIT went out: what follows is politeness */
    i64 end;                       /* when waiting for anything stops; clock_us() */
};

static size_t on_read(char *to, size_t size, size_t n, void *talk)
{
    struct talk *t = talk;
    size_t room = size * n;
    str part = str_sub(t->rest, 0, room);
    memcpy(to, part.p, part.n);
    t->rest = str_from(t->rest, part.n);
    return part.n;
}

/* How far it came, by the command that went out last.  Credentials pass by here, too: only
 * the verb is looked at. */
static void note_command(struct talk *t, str line)
{
    static const struct {
        str verb;
        const char *stage;
    } stages[] = {
        {S_INIT("EHLO"), "greeting"}, {S_INIT("HELO"), "greeting"}, {S_INIT("STARTTLS"), "tls"},
        {S_INIT("AUTH"), "auth"},     {S_INIT("MAIL"), "sender"},   {S_INIT("RCPT"), "recipient"},
        {S_INIT("DATA"), "data"},
    };
    for (size_t i = 0; i < COUNT(stages); i++)
        if (str_has_prefix(line, stages[i].verb))
            t->stage = stages[i].stage;
    if (!str_has_prefix(line, S("QUIT")))
        return;
    i64 goodbye = clock_us() + GOODBYE_MS * 1000;
    t->over = true;
    t->end = goodbye < t->end ? goodbye : t->end;
}

static void note_reply(struct talk *t, str line)
{
    if (t->over)
        return;
    line = str_trim(str_sub(line, 0, SMTP_TEXT_MAX));
    for (size_t i = 0; i < line.n; i++)
        t->reply[i] = (char)(line.p[i] < ' ' || line.p[i] > '~' ? '?' : line.p[i]);
    t->reply[line.n] = '\0';
}

static int on_debug(CURL *c, curl_infotype what, char *data, size_t n, void *talk)
{
    (void)c;
    if (what == CURLINFO_HEADER_OUT)
        note_command(talk, (str){data, n});
    if (what == CURLINFO_HEADER_IN)
        note_reply(talk, (str){data, n});
    return 0;
}

/* libcurl's own time limit leaves out the wait for the answer to QUIT, which is two minutes. */
static int on_progress(void *talk, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct talk *t = talk;
    (void)a, (void)b, (void)c, (void)d;
    return clock_us() > t->end;
}

static void close_curl(void *c)
{
    curl_easy_cleanup(c);
}

static void close_list(void *list)
{
    curl_slist_free_all(list);
}

static void set_tls(CURL *c)
{
    (void)curl_easy_setopt(c, CURLOPT_USE_SSL,
                           (long)(server.tls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
    (void)curl_easy_setopt(c, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    (void)curl_easy_setopt(c, CURLOPT_SSL_VERIFYPEER, 1L);
    (void)curl_easy_setopt(c, CURLOPT_SSL_VERIFYHOST, 2L);
    if (server.ca_file != NULL) {
        (void)curl_easy_setopt(c, CURLOPT_CAINFO, server.ca_file);
        (void)curl_easy_setopt(c, CURLOPT_CAPATH, NULL);
    }
}

static CURL *curl_for(struct arena *a, const struct smtp_mail *m, i64 timeout_ms, struct talk *t)
{
    CURL *c = curl_easy_init();
    must(c != NULL);
    arena_defer(a, close_curl, c);
    struct curl_slist *to = NULL;
    for (size_t i = 0; i < m->to.n; i++)
        must((to = curl_slist_append(to, str_to_z(a, m->to.v[i]))) != NULL);
    arena_defer(a, close_list, to);
    (void)curl_easy_setopt(c, CURLOPT_URL, server.url);
    (void)curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    (void)curl_easy_setopt(c, CURLOPT_PROXY, "");
    (void)curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    (void)curl_easy_setopt(c, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    (void)curl_easy_setopt(c, CURLOPT_FORBID_REUSE, 1L); /* QUIT comes within perform() */
    (void)curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    (void)curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, on_progress);
    (void)curl_easy_setopt(c, CURLOPT_XFERINFODATA, t);
    (void)curl_easy_setopt(c, CURLOPT_MAIL_FROM, str_to_z(a, m->from));
    (void)curl_easy_setopt(c, CURLOPT_MAIL_RCPT, to);
    (void)curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    (void)curl_easy_setopt(c, CURLOPT_INFILESIZE_LARGE, (curl_off_t)m->bytes.n);
    (void)curl_easy_setopt(c, CURLOPT_READFUNCTION, on_read);
    (void)curl_easy_setopt(c, CURLOPT_READDATA, t);
    (void)curl_easy_setopt(c, CURLOPT_VERBOSE, 1L);
    (void)curl_easy_setopt(c, CURLOPT_DEBUGFUNCTION, on_debug);
    (void)curl_easy_setopt(c, CURLOPT_DEBUGDATA, t);
    if (server.user != NULL) {
        (void)curl_easy_setopt(c, CURLOPT_USERNAME, server.user);
        (void)curl_easy_setopt(c, CURLOPT_PASSWORD, server.password);
        (void)curl_easy_setopt(c, CURLOPT_SASL_IR, 1L); /* without waiting to be asked */
    }
    set_tls(c);
    return c;
}

static const char *stage_of(CURLcode rc, const char *reached)
{
    switch ((int)rc) {
    case CURLE_COULDNT_RESOLVE_HOST: return "resolve";
    case CURLE_COULDNT_CONNECT: return "connect";
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE: return "tls";
    case CURLE_LOGIN_DENIED: return "auth";
    default: return reached;
    }
}

/* A 5xx is about this mail only where sender, recipient or text were its subject: otherwise
 * the operator has something to mend, and no mail is given up for that. */
static struct smtp_answer judge(CURLcode rc, long code, const struct talk *t)
{
    struct smtp_answer r = {.outcome = SMTP_SENT, .code = code, .stage = str_z(t->stage)};
    if (rc == CURLE_OK) {
        r.text = str_z(t->reply);
        return r;
    }
    r.stage = str_z(stage_of(rc, t->stage));
    bool about_mail = str_eq(r.stage, S("sender")) || str_eq(r.stage, S("recipient")) ||
                      str_eq(r.stage, S("data"));
    bool timed_out = rc == CURLE_OPERATION_TIMEDOUT;
    r.code = code >= 400 && !timed_out ? code : 0;
    r.outcome = about_mail && r.code >= 500 ? SMTP_REFUSED : SMTP_LATER;
    r.text = r.code != 0 ? str_z(t->reply) : str_z(curl_easy_strerror(rc));
    return r;
}

static enum err run(struct arena *a, str request, i64 timeout_ms, buf *answer)
{
    struct smtp_mail m;
    if (server.url == NULL)
        return OK;
    if (!smtp_request_read(a, request, &m))
        return E_INVALID;
    struct talk t = {
        .rest = m.bytes,
        .stage = "connect",
        .end = clock_us() + (timeout_ms + LATE_MS) * 1000,
    };
    CURL *c = curl_for(a, &m, timeout_ms, &t);
    CURLcode rc = curl_easy_perform(c);
    long code = 0;
    (void)curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &code);
    struct smtp_answer r = judge(rc, code, &t);
    buf_put(answer, smtp_reply(a, &r));
    return OK;
}

const struct effects_kind effects_smtp = {S_INIT("smtp"), prepare, run};
