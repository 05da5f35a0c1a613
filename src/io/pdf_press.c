/* pdf_press.c - see pdf_press.h.  A sheet travels as JSON. */
#include "io/pdf_press.h"

#include "formats/json.h"
#include "io/pdf_libraries.h"

#include <sys/resource.h>

enum { AT_ONCE = 2, FILES = 64, CPU_SECONDS = 10, WALL_MS = 20000 };
enum { ASK, MAKE }; /* kinds of jobs */
enum { EXIT_NO_SANDBOX = 64, EXIT_NOT_WRITTEN };

/* Address space beside the program: fonts are mapped whole, and pango has a thread. */
static const i64 MEMORY = (i64)1 << 30, OUTPUT = (i64)16 << 20;

struct pdf_press {
    struct zygote *zygote;
    enum sandbox_mode mode;
    bool can; /* in the helper, and, once it was asked, in the server */
};

/* What fontconfig and pango read. */
static const struct landlock_path paths[] = {
    {"/etc/fonts", REACH_READ},
    {"/usr/share/fonts", REACH_READ},
    {"/usr/local/share/fonts", REACH_READ},
    {"/usr/share/fontconfig", REACH_READ},
    {"/usr/share/texmf/fonts", REACH_READ},
    {"/var/lib/fontconfig", REACH_READ},
    {"/var/cache/fontconfig", REACH_READ},
};

/* --- in the helper ------------------------------------------------------------------------------ */

static enum err prepare(void *self, struct sandbox_state *state, struct fault *f)
{
    struct pdf_press *p = self;
    struct pdf_libraries libraries;
    struct fault absent = {0};
    p->can = pdf_libraries_open(NULL, &libraries, &absent) == OK;
    struct landlock_rules rules = {.paths = paths, .npaths = COUNT(paths)};
    struct sandbox_plan plan = {.rules = &rules, .profile = SYSCALLS_ZYGOTE};
    return sandbox_enter(p->mode, &plan, state, f);
}

static bool lock_up(enum sandbox_mode mode)
{
    struct fault f = {0};
    (void)setrlimit(RLIMIT_NOFILE, &(struct rlimit){FILES, FILES});
    (void)setrlimit(RLIMIT_FSIZE, &(struct rlimit){0, 0});
    if (mode == SANDBOX_OFF)
        return true;
    enum err e = syscalls_apply(SYSCALLS_EFFECTS, (struct syscall_needs){0}, &f);
    return e == OK || mode == SANDBOX_AUTO;
}

static enum err read_sheet(struct arena *a, str text, struct pdf *out)
{
    const struct json *sheet;
    struct json_error bad;
    TRY(json_read(a, text, &sheet, &bad));
    const struct json *list = json_get(sheet, S("blocks"));
    struct pdf_block *blocks = NEWS(a, struct pdf_block, json_count(list) + 1);
    for (size_t i = 0; i < json_count(list); i++) {
        i64 style = PDF_TEXT;
        (void)json_i64(json_get(json_at(list, i), S("style")), &style);
        must(style >= 0 && style < PDF_STYLES);
        blocks[i].style = (enum pdf_style)style;
        blocks[i].text = json_get_text(json_at(list, i), S("text"));
    }
    *out = (struct pdf){.title = json_get_text(sheet, S("title")),
                        .lang = json_get_text(sheet, S("lang")),
                        .made = json_get_text(sheet, S("made")),
                        .footer = json_get_text(sheet, S("footer")),
                        .blocks = blocks,
                        .nblocks = json_count(list)};
    return OK;
}

static int run(void *self, const struct zygote_job *job)
{
    const struct pdf_press *p = self;
    struct arena *a = arena_new();
    struct pdf pdf;
    struct fault f = {0};
    str made;
    if (job->kind == ASK)
        return p->can ? OK : E_NOT_FOUND;
    if (!lock_up(p->mode))
        return EXIT_NO_SANDBOX;
    enum err e = read_sheet(a, job->input, &pdf);
    if (e == OK)
        e = pdf_write(a, &pdf, &f, &made);
    if (e != OK)
        return (int)e;
    return zygote_write(job->out, made) ? OK : EXIT_NOT_WRITTEN;
}

/* --- in the server ------------------------------------------------------------------------------ */

static enum err order(struct pdf_press *p, struct arena *a, unsigned kind, str input,
                      struct fault *f, str *out)
{
    struct zygote_call call = {
        .kind = kind,
        .label = S("pdf"),
        .input = input,
        .limits = {
            .cpu_seconds = CPU_SECONDS, .memory = MEMORY, .output = OUTPUT, .wall_ms = WALL_MS}};
    int code;
    TRY(zygote_run(p->zygote, a, f, &call, &code, out));
    if (code == E_NOT_FOUND)
        return fault_set(f, E_NOT_FOUND, "PDF needs libpangocairo-1.0-0");
    if (code == E_INVALID)
        return fault_set(f, E_INVALID, "no installed font has all characters of this text");
    return code == OK ? OK : fault_set(f, E_IO, "pdf: ended with %d", code);
}

enum err pdf_press_start(struct arena *a, enum sandbox_mode mode, struct fault *f,
                         struct pdf_press **out)
{
    struct pdf_press *p = NEW(a, struct pdf_press);
    struct fault absent = {0};
    str nothing;
    p->mode = mode;
    struct zygote_spec spec = {
        .name = "pdf", .at_once = AT_ONCE, .self = p, .prepare = prepare, .run = run};
    TRY(zygote_start(a, &spec, f, &p->zygote));
    p->can = order(p, a, ASK, S(""), &absent, &nothing) == OK;
    *out = p;
    return OK;
}

const struct sandbox_state *pdf_press_state(const struct pdf_press *p)
{
    return zygote_state(p->zygote);
}

bool pdf_press_alive(const struct pdf_press *p)
{
    return zygote_alive(p->zygote);
}

bool pdf_press_can(const struct pdf_press *p)
{
    return p->can;
}

static str sheet_json(struct arena *a, const struct pdf *pdf)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b};
    json_put_object(&o);
    json_put_member(&o, S("title"), pdf->title);
    json_put_member(&o, S("lang"), pdf->lang);
    json_put_member(&o, S("made"), pdf->made);
    json_put_member(&o, S("footer"), pdf->footer);
    json_put_key(&o, S("blocks"));
    json_put_array(&o);
    for (size_t i = 0; i < pdf->nblocks; i++) {
        json_put_object(&o);
        json_put_member_i64(&o, S("style"), pdf->blocks[i].style);
        json_put_member(&o, S("text"), pdf->blocks[i].text);
        json_put_end(&o);
    }
    json_put_end(&o);
    json_put_end(&o);
    return buf_str(&b);
}

enum err pdf_press_run(struct pdf_press *p, struct arena *a, const struct pdf *pdf, struct fault *f,
                       str *out)
{
    TRY(order(p, a, MAKE, sheet_json(a, pdf), f, out));
    return str_has_prefix(*out, S("%PDF-")) ? OK : fault_set(f, E_IO, "pdf: no PDF came");
}
