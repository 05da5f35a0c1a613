/* crash.c - see crash.h.  The handler calls nothing that is not async-signal-safe. */
#include "io/crash.h"

#include "base/time.h"
#include "io/sanitized.h"

#include <execinfo.h>
#include <link.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { FRAMES_MAX = 48, OBJECTS_MAX = 64, NAME_MAX_SHOWN = 32, STACK = 64 * 1024 };

static const struct {
    int nr;
    const char *name;
} signals[] = {
    {SIGABRT, "SIGABRT"}, {SIGSYS, "SIGSYS"}, {SIGSEGV, "SIGSEGV"},
    {SIGBUS, "SIGBUS"},   {SIGILL, "SIGILL"}, {SIGFPE, "SIGFPE"},
};
enum { OURS_UNDER_ASAN = 2 };

struct object { /* code that was loaded from one file */
    char name[NAME_MAX_SHOWN];
    uintptr_t base, start, end;
};

static struct {
    const char *process;
    int fd;
    struct object objects[OBJECTS_MAX];
    size_t nobjects;
    void (*before)(void *arg);
    void *arg;
    atomic_flag begun;
    _Alignas(16) char stack[STACK];
} crash = {.begun = ATOMIC_FLAG_INIT};

struct line {
    char p[4096];
    size_t n;
};

static void put(struct line *l, const char *text)
{
    size_t n = strlen(text);
    if (n > sizeof l->p - l->n)
        n = sizeof l->p - l->n;
    memcpy(l->p + l->n, text, n);
    l->n += n;
}

static void put_number(struct line *l, uintptr_t v, unsigned base, int width)
{
    char digits[24];
    size_t at = sizeof digits - 1;
    digits[at] = '\0';
    do {
        digits[--at] = "0123456789abcdef"[v % base];
        v /= base;
    } while (v > 0 || (int)(sizeof digits - 1 - at) < width);
    put(l, digits + at);
}

static void put_time(struct line *l)
{
    struct timespec t = {0};
    (void)clock_gettime(CLOCK_REALTIME, &t);
    struct civil c = civil_at((i64)t.tv_sec * SECOND + t.tv_nsec / 1000000, zone_utc);
    const int parts[] = {c.year, c.month, c.day, c.hour, c.minute, c.second, c.ms};
    const int widths[] = {4, 2, 2, 2, 2, 2, 3};
    const char *const behind[] = {"-", "-", "T", ":", ":", ".", "Z"};
    for (size_t i = 0; i < COUNT(parts); i++) {
        put_number(l, (uintptr_t)parts[i], 10, widths[i]);
        put(l, behind[i]);
    }
}

static void put_place(struct line *l, uintptr_t at)
{
    put(l, "\"");
    const struct object *found = NULL;
    for (size_t i = 0; i < crash.nobjects; i++)
        if (at >= crash.objects[i].start && at < crash.objects[i].end)
            found = &crash.objects[i];
    if (found == NULL) {
        put(l, "?\"");
        return;
    }
    put(l, found->name);
    put(l, "+0x");
    put_number(l, at - found->base, 16, 1);
    put(l, "\"");
}

static const char *signal_name(int nr)
{
    for (size_t i = 0; i < COUNT(signals); i++)
        if (signals[i].nr == nr)
            return signals[i].name;
    return "?";
}

static void report(int nr)
{
    static struct line l;
    static void *frames[FRAMES_MAX];
    put(&l, "{\"at\":\"");
    put_time(&l);
    put(&l, "\",\"level\":\"error\",\"event\":\"crash\",\"process\":\"");
    put(&l, crash.process);
    put(&l, "\",\"version\":\"" KAKEHASHI_VERSION "\",\"signal\":\"");
    put(&l, signal_name(nr));
    put(&l, "\",\"trace\":[");
    int n = backtrace(frames, FRAMES_MAX);
    for (int i = 0; i < n; i++) {
        put(&l, i > 0 ? "," : "");
        put_place(&l, (uintptr_t)frames[i]);
    }
    put(&l, "]}\n");
    ssize_t wrote = write(crash.fd, l.p, l.n);
    (void)wrote;
}

static void on_signal(int nr)
{
    /* A second thread that crashes waits for the end that the first one brings. */
    while (atomic_flag_test_and_set(&crash.begun))
        (void)pause();
    if (crash.before != NULL)
        crash.before(crash.arg);
    report(nr);
    (void)signal(nr, SIG_DFL);
    (void)raise(nr); /* blocked until this function returns */
}

static int remember(struct dl_phdr_info *info, size_t size, void *name)
{
    (void)size;
    const char *path = info->dlpi_name[0] != '\0' ? info->dlpi_name : name;
    const char *slash = strrchr(path, '/');
    for (size_t i = 0; i < info->dlpi_phnum && crash.nobjects < OBJECTS_MAX; i++) {
        const ElfW(Phdr) *h = &info->dlpi_phdr[i];
        if (h->p_type != PT_LOAD || (h->p_flags & PF_X) == 0)
            continue;
        struct object *o = &crash.objects[crash.nobjects++];
        (void)strncpy(o->name, slash != NULL ? slash + 1 : path, sizeof o->name - 1);
        o->base = info->dlpi_addr;
        o->start = info->dlpi_addr + h->p_vaddr;
        o->end = o->start + h->p_memsz;
    }
    return 0;
}

void crash_before(void (*fn)(void *arg), void *arg)
{
    crash.before = fn;
    crash.arg = arg;
}

void crash_install(const char *process, int fd)
{
    static char self[] = "kakehashi";
    void *frame[1];
    crash.process = process;
    crash.fd = fd;
    crash.nobjects = 0;
    (void)backtrace(frame, 1); /* loads libgcc now */
    (void)dl_iterate_phdr(remember, self);
    (void)sigaltstack(&(stack_t){.ss_sp = crash.stack, .ss_size = sizeof crash.stack}, NULL);
    struct sigaction act = {.sa_handler = on_signal, .sa_flags = SA_ONSTACK};
    (void)sigemptyset(&act.sa_mask);
    for (size_t i = 0; i < (SANITIZED ? OURS_UNDER_ASAN : COUNT(signals)); i++)
        (void)sigaction(signals[i].nr, &act, NULL);
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
}
