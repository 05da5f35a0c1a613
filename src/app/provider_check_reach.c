/* provider_check_reach.c - where a provider is looked at: a folder, or the internet. */
#include "app/provider_check_reach.h"

#include "base/time.h"
#include "formats/csaf_listing.h"
#include "formats/json.h"
#include "io/files.h"
#include "io/gpgv.h"

#include <dirent.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { METADATA_MOST = 1 << 20, FETCH_MS = 20000, VERIFY_MS = 20000 };

/* --- a folder --------------------------------------------------------------------------------- */

static bool is_below(str path)
{
    for (str rest = path; rest.n > 0;)
        if (str_eq(str_cut(&rest, '/'), S("..")))
            return false;
    return true;
}

static int by_name(const void *x, const void *y)
{
    return str_cmp(*(const str *)x, *(const str *)y);
}

static void put_links(struct arena *a, const char *path, DIR *dir, buf *page)
{
    struct {
        VEC(str)
    } names = {0};
    struct stat st;
    for (struct dirent *x; (x = readdir(dir)) != NULL;) {
        str whole = str_fmt(a, "%s/%s", path, x->d_name);
        bool folder = stat(str_to_z(a, whole), &st) == 0 && S_ISDIR(st.st_mode);
        if (x->d_name[0] != '.')
            *PUSH(a, &names) = str_fmt(a, "%s%s", x->d_name, folder ? "/" : "");
    }
    if (names.n > 0)
        qsort(names.v, names.n, sizeof *names.v, by_name);
    for (size_t i = 0; i < names.n; i++)
        buf_putf(page, "<a href=\"%.*s\">%.*s</a>\n", SV(names.v[i]), SV(names.v[i]));
}

/* As servers list them. */
static void list(struct arena *a, const char *path, struct provider_got *out)
{
    buf page = {.a = a};
    DIR *dir = opendir(path);
    if (dir == NULL)
        return;
    buf_put(&page, S("<!DOCTYPE html>\n"));
    put_links(a, path, dir, &page);
    (void)closedir(dir);
    *out = (struct provider_got){.status = 200, .body = buf_str(&page)};
}

void provider_folder_file(const struct provider_folder *f, struct arena *a, str path, size_t most,
                          struct provider_got *out)
{
    struct fault fault = {0};
    struct stat st;
    *out = (struct provider_got){.status = 404};
    if (!is_below(path))
        return;
    const char *file = str_to_z(a, str_join(a, f->root, path));
    if (stat(file, &st) != 0)
        return;
    if (S_ISDIR(st.st_mode))
        list(a, file, out);
    else if (st.st_size > (off_t)most)
        *out = (struct provider_got){.why = S("large")};
    else if (file_read(a, file, most, &fault, &out->body) == OK)
        out->status = 200;
}

static void read_file(const struct provider_folder *f, struct arena *a, str path, size_t most,
                      struct provider_got *out)
{
    if (f->file != NULL)
        f->file(f->arg, a, path, most, out);
    else
        provider_folder_file(f, a, path, most, out);
}

static void get_file(void *arg, struct arena *a, str url, enum provider_guise as, size_t most,
                     struct provider_got *out)
{
    const struct provider_folder *f = arg;
    (void)as;
    *out = (struct provider_got){.why = S("folder")};
    if (str_has_prefix(url, f->origin) && url.n > f->origin.n && url.p[f->origin.n] == '/')
        read_file(f, a, str_from(url, f->origin.n), most, out);
}

static bool find_origin(struct arena *a, struct provider_folder *f, const char *path, bool root)
{
    struct provider_got got = {0};
    struct json_error bad;
    const struct json *j;
    read_file(f, a, str_z(path), METADATA_MOST, &got);
    if (got.status != 200 || json_read(a, got.body, &j, &bad) != OK)
        return false;
    f->metadata = json_get_text(j, S("canonical_url"));
    f->origin = root ? listed_origin(f->metadata) : f->metadata;
    if (!root && str_has_suffix(f->origin, S("/provider-metadata.json")))
        f->origin = str_sub(f->origin, 0, f->origin.n - S("/provider-metadata.json").n);
    return f->origin.n > 0;
}

static enum err verify(void *arg, struct arena *a, str keys, str signature, str bytes,
                       str *fingerprint, str *why)
{
    struct fault f = {0};
    (void)arg;
    const struct gpgv_check c = {keys, signature, bytes, VERIFY_MS};
    return gpgv(a, &f, &c, fingerprint, why);
}

bool provider_reach_folder(struct arena *a, struct provider_folder *f, struct provider_reach *out,
                           str *where)
{
    *out = (struct provider_reach){.get = get_file, .verify = verify, .folder = true, .arg = f};
    bool root = find_origin(a, f, "/.well-known/csaf/provider-metadata.json", true) ||
                find_origin(a, f, "/.well-known/csaf/v2.0/provider-metadata.json", true) ||
                find_origin(a, f, "/.well-known/csaf/v2.1/provider-metadata.json", true);
    bool found = root || find_origin(a, f, "/provider-metadata.json", false);
    *where = root ? f->origin : f->metadata;
    return found;
}

struct provider_reach provider_reach_files(void)
{
    return (struct provider_reach){.verify = verify, .folder = true};
}

/* --- the internet ----------------------------------------------------------------------------- */

static void get_url(void *arg, struct arena *a, str url, enum provider_guise as, size_t most,
                    struct provider_got *out)
{
    const struct provider_net *net = arg;
    struct fault f = {0};
    struct fetch_answer an = {0};
    struct fetch_header h = {0};
    struct fetch_request rq = {.method = S("GET"), .url = url, .most = most};
    if (as == GUISE_OTHER_AGENT)
        h = (struct fetch_header){.name = S("User-Agent"), .value = S("curl/8.0")};
    if (as == GUISE_ENTITLED)
        h = (struct fetch_header){.name = S("Authorization"),
                                  .value = str_join(a, S("Bearer "), net->token)};
    rq.headers = &h;
    rq.nheaders = h.name.n > 0;
    i64 timeout_ms = net->timeout_ms > 0 ? net->timeout_ms : FETCH_MS;
    if (fetch(net->effects, a, &f, &rq, timeout_ms, &an) != OK)
        an = (struct fetch_answer){.outcome = FETCH_LOST, .why = S("broken")};
    *out = (struct provider_got){
        .type = an.type_whole, .allows = an.allows, .location = an.location, .body = an.body};
    if (an.outcome == FETCH_ANSWERED)
        out->status = an.status;
    else
        out->why = an.why;
}

struct provider_reach provider_reach_net(struct provider_net *net)
{
    return (struct provider_reach){
        .get = get_url, .verify = verify, .entitled = net->token.n > 0, .arg = net};
}
