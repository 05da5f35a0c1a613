/* syscalls.c - see syscalls.h. */
#include "io/syscalls.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct list {
    const int *v;
    size_t n;
};
#define LIST(array) ((struct list){(array), COUNT(array)})

/* clang-format off */

/* What any C program does with the memory and the descriptors that it has. */
static const int calm[] = {
    SCMP_SYS(read), SCMP_SYS(write), SCMP_SYS(close), SCMP_SYS(exit), SCMP_SYS(exit_group),
    SCMP_SYS(brk), SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(futex),
    SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(rt_sigaction), SCMP_SYS(rt_sigtimedwait),
    SCMP_SYS(sigaltstack), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(getrandom),
    SCMP_SYS(clock_gettime), SCMP_SYS(sched_yield), SCMP_SYS(fstat), SCMP_SYS(restart_syscall),
};

static const int threads[] = {
    SCMP_SYS(set_robust_list), SCMP_SYS(get_robust_list), SCMP_SYS(rseq), SCMP_SYS(membarrier),
    SCMP_SYS(sched_getaffinity), SCMP_SYS(sched_getparam), SCMP_SYS(sched_getscheduler),
    SCMP_SYS(set_tid_address), SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep),
    SCMP_SYS(clock_getres), SCMP_SYS(gettimeofday), SCMP_SYS(time), SCMP_SYS(getcpu),
};

static const int waiting[] = {
    SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(select), SCMP_SYS(pselect6),
    SCMP_SYS(epoll_create1), SCMP_SYS(epoll_ctl), SCMP_SYS(epoll_wait), SCMP_SYS(epoll_pwait),
    SCMP_SYS(epoll_pwait2), SCMP_SYS(eventfd2), SCMP_SYS(pipe), SCMP_SYS(pipe2),
    SCMP_SYS(timerfd_create), SCMP_SYS(timerfd_settime), SCMP_SYS(timerfd_gettime),
    SCMP_SYS(signalfd4), SCMP_SYS(wait4), SCMP_SYS(waitid), SCMP_SYS(pause),
};

static const int files[] = {
    SCMP_SYS(open), SCMP_SYS(openat), SCMP_SYS(openat2), SCMP_SYS(creat), SCMP_SYS(pread64),
    SCMP_SYS(pwrite64), SCMP_SYS(readv), SCMP_SYS(writev), SCMP_SYS(preadv), SCMP_SYS(pwritev),
    SCMP_SYS(lseek), SCMP_SYS(dup), SCMP_SYS(dup2), SCMP_SYS(dup3), SCMP_SYS(fcntl),
    SCMP_SYS(flock), SCMP_SYS(fsync), SCMP_SYS(fdatasync), SCMP_SYS(syncfs), SCMP_SYS(sync_file_range),
    SCMP_SYS(ftruncate), SCMP_SYS(truncate), SCMP_SYS(fallocate), SCMP_SYS(fadvise64),
    SCMP_SYS(msync), SCMP_SYS(stat), SCMP_SYS(lstat), SCMP_SYS(newfstatat), SCMP_SYS(statx),
    SCMP_SYS(statfs), SCMP_SYS(fstatfs), SCMP_SYS(access), SCMP_SYS(faccessat),
    SCMP_SYS(faccessat2), SCMP_SYS(readlink), SCMP_SYS(readlinkat), SCMP_SYS(getdents64),
    SCMP_SYS(mkdir), SCMP_SYS(mkdirat), SCMP_SYS(rmdir), SCMP_SYS(unlink), SCMP_SYS(unlinkat),
    SCMP_SYS(rename), SCMP_SYS(renameat), SCMP_SYS(renameat2), SCMP_SYS(link),
    SCMP_SYS(linkat), SCMP_SYS(symlink), SCMP_SYS(symlinkat), SCMP_SYS(chmod),
    SCMP_SYS(fchmod), SCMP_SYS(fchmodat), SCMP_SYS(fchown), SCMP_SYS(utime), SCMP_SYS(utimes),
    SCMP_SYS(utimensat), SCMP_SYS(umask), SCMP_SYS(getcwd), SCMP_SYS(chdir), SCMP_SYS(fchdir),
    SCMP_SYS(memfd_create), SCMP_SYS(sendfile), SCMP_SYS(splice), SCMP_SYS(copy_file_range),
    SCMP_SYS(close_range),
};

static const int sockets[] = {
    SCMP_SYS(accept), SCMP_SYS(accept4), SCMP_SYS(recvfrom), SCMP_SYS(recvmsg),
    SCMP_SYS(recvmmsg), SCMP_SYS(sendto), SCMP_SYS(sendmsg), SCMP_SYS(sendmmsg),
    SCMP_SYS(shutdown), SCMP_SYS(getsockname), SCMP_SYS(getpeername), SCMP_SYS(getsockopt),
    SCMP_SYS(setsockopt), SCMP_SYS(connect),
};

static const int asking[] = { /* who am I, how much is there */
    SCMP_SYS(getppid), SCMP_SYS(getuid), SCMP_SYS(geteuid), SCMP_SYS(getgid),
    SCMP_SYS(getegid), SCMP_SYS(getresuid), SCMP_SYS(getresgid), SCMP_SYS(uname),
    SCMP_SYS(sysinfo), SCMP_SYS(getrusage), SCMP_SYS(times), SCMP_SYS(getrlimit),
    SCMP_SYS(mlock), SCMP_SYS(mlock2), SCMP_SYS(munlock), /* libsodium's guarded memory */
    SCMP_SYS(mincore),
};

/* Only an attacker calls these here. */
static const int hostile[] = {
    SCMP_SYS(execve), SCMP_SYS(execveat), SCMP_SYS(ptrace), SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev), SCMP_SYS(process_madvise), SCMP_SYS(pidfd_getfd),
    SCMP_SYS(kcmp), SCMP_SYS(mount), SCMP_SYS(umount2), SCMP_SYS(pivot_root),
    SCMP_SYS(chroot), SCMP_SYS(fsopen), SCMP_SYS(fsmount), SCMP_SYS(fspick),
    SCMP_SYS(fsconfig), SCMP_SYS(move_mount), SCMP_SYS(open_tree), SCMP_SYS(mount_setattr),
    SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(bpf), SCMP_SYS(perf_event_open),
    SCMP_SYS(keyctl), SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(userfaultfd),
    SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter), SCMP_SYS(io_uring_register),
    SCMP_SYS(io_setup), SCMP_SYS(io_submit), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(delete_module), SCMP_SYS(kexec_load), SCMP_SYS(kexec_file_load),
    SCMP_SYS(reboot), SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(acct), SCMP_SYS(syslog),
    SCMP_SYS(personality), SCMP_SYS(modify_ldt), SCMP_SYS(iopl), SCMP_SYS(ioperm),
    SCMP_SYS(quotactl), SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(adjtimex),
    SCMP_SYS(clock_adjtime), SCMP_SYS(sethostname), SCMP_SYS(setdomainname),
    SCMP_SYS(mknod), SCMP_SYS(mknodat), SCMP_SYS(setuid), SCMP_SYS(setgid),
    SCMP_SYS(setreuid), SCMP_SYS(setregid), SCMP_SYS(setresuid), SCMP_SYS(setresgid),
    SCMP_SYS(setgroups), SCMP_SYS(setfsuid), SCMP_SYS(setfsgid), SCMP_SYS(capset),
    SCMP_SYS(open_by_handle_at), SCMP_SYS(name_to_handle_at), SCMP_SYS(fanotify_init),
    SCMP_SYS(lookup_dcookie), SCMP_SYS(migrate_pages), SCMP_SYS(move_pages),
    SCMP_SYS(vmsplice), SCMP_SYS(remap_file_pages), SCMP_SYS(process_mrelease),
};

/* What a program that reads, computes and prints does without; libc tries some of them, and
 * takes no for an answer. */
static const int apart[] = {
    SCMP_SYS(socket), SCMP_SYS(socketpair), SCMP_SYS(connect), SCMP_SYS(bind), SCMP_SYS(fork),
    SCMP_SYS(vfork), SCMP_SYS(clone), SCMP_SYS(clone3), SCMP_SYS(ptrace), SCMP_SYS(kill),
    SCMP_SYS(mount), SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(bpf), SCMP_SYS(keyctl),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(io_uring_setup),
    SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
};

/* clang-format on */

static int add(scmp_filter_ctx c, uint32_t act, struct list l)
{
    int rc = 0;
    for (size_t i = 0; i < l.n && rc == 0; i++)
        rc = seccomp_rule_add(c, act, l.v[i], 0);
    return rc;
}

/* Allow nr where argument number `at`, masked, equals want. */
static int when(scmp_filter_ctx c, int nr, unsigned at, uint64_t mask, uint64_t want)
{
    struct scmp_arg_cmp cmp = {at, SCMP_CMP_MASKED_EQ, mask, want};
    return seccomp_rule_add_array(c, SCMP_ACT_ALLOW, nr, 1, &cmp);
}

static const uint64_t ARG_WORD = 0xffffffff; /* an int argument: its upper half is noise */

/* Memory that is data; signals to this process alone, so that abort() says what it is. */
static int add_self(scmp_filter_ctx c)
{
    int rc = when(c, SCMP_SYS(mmap), 2, PROT_EXEC, 0);
    rc = rc ? rc : when(c, SCMP_SYS(mprotect), 2, PROT_EXEC, 0);
    return rc ? rc : when(c, SCMP_SYS(tgkill), 0, ARG_WORD, (uint64_t)getpid());
}

/* Threads, never processes.  clone3 hides its flags from the filter; without it libc uses clone. */
static int add_threads(scmp_filter_ctx c)
{
    int rc = add(c, SCMP_ACT_ALLOW, LIST(threads));
    rc = rc ? rc : when(c, SCMP_SYS(clone), 0, CLONE_THREAD, CLONE_THREAD);
    rc = rc ? rc : when(c, SCMP_SYS(prctl), 0, ARG_WORD, PR_SET_NAME);
    /* Reading limits, not setting them: the third argument is the new one. */
    return rc ? rc : when(c, SCMP_SYS(prlimit64), 2, UINT64_MAX, 0);
}

static int add_io(scmp_filter_ctx c)
{
    static const unsigned long harmless[] = {FIONREAD, FIONBIO, TCGETS};
    int rc = add(c, SCMP_ACT_ALLOW, LIST(files));
    rc = rc ? rc : add(c, SCMP_ACT_ALLOW, LIST(waiting));
    rc = rc ? rc : add(c, SCMP_ACT_ALLOW, LIST(sockets));
    rc = rc ? rc : add(c, SCMP_ACT_ALLOW, LIST(asking));
    rc = rc ? rc : when(c, SCMP_SYS(socket), 0, ARG_WORD, AF_UNIX);
    rc = rc ? rc : when(c, SCMP_SYS(socketpair), 0, ARG_WORD, AF_UNIX);
    for (size_t i = 0; i < COUNT(harmless); i++)
        rc = rc ? rc : when(c, SCMP_SYS(ioctl), 1, ARG_WORD, harmless[i]);
    return rc;
}

static int add_inet(scmp_filter_ctx c)
{
    int rc = when(c, SCMP_SYS(socket), 0, ARG_WORD, AF_INET);
    return rc ? rc : when(c, SCMP_SYS(socket), 0, ARG_WORD, AF_INET6);
}

static int add_listen(scmp_filter_ctx c)
{
    static const int calls[] = {SCMP_SYS(bind), SCMP_SYS(listen)};
    return add(c, SCMP_ACT_ALLOW, LIST(calls));
}

static int fill(scmp_filter_ctx c, enum syscall_profile profile, struct syscall_needs needs)
{
    int rc = 0;
    if (profile == SYSCALLS_TOOL)
        return add(c, SCMP_ACT_ERRNO(EACCES), LIST(apart));
    if (profile != SYSCALLS_JAIL) /* whose every other call kills */
        rc = add(c, SCMP_ACT_KILL_PROCESS, LIST(hostile));
    if (rc != 0 || profile == SYSCALLS_ZYGOTE)
        return rc;
    rc = add(c, SCMP_ACT_ALLOW, LIST(calm));
    rc = rc ? rc : add_self(c);
    if (rc != 0 || profile == SYSCALLS_JAIL)
        return rc;
    rc = add_threads(c);
    rc = rc ? rc : add_io(c);
    if (rc == 0 && (profile == SYSCALLS_EFFECTS || needs.listen || needs.connect))
        rc = add_inet(c);
    if (rc == 0 && needs.listen)
        rc = add_listen(c);
    return rc;
}

static int make(enum syscall_profile profile, struct syscall_needs needs, scmp_filter_ctx *out)
{
    static const uint32_t otherwise[SYSCALLS_COUNT] = {
        [SYSCALLS_SERVER] = SCMP_ACT_ERRNO(ENOSYS),
        [SYSCALLS_JAIL] = SCMP_ACT_KILL_PROCESS,
        [SYSCALLS_EFFECTS] = SCMP_ACT_ERRNO(ENOSYS),
        [SYSCALLS_ZYGOTE] = SCMP_ACT_ALLOW,
        [SYSCALLS_TOOL] = SCMP_ACT_ALLOW,
    };
    scmp_filter_ctx c = *out = seccomp_init(otherwise[profile]);
    if (c == NULL)
        return -ENOMEM;
    (void)seccomp_attr_set(c, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    (void)seccomp_attr_set(c, SCMP_FLTATR_CTL_TSYNC, 1);
    (void)seccomp_attr_set(c, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    return fill(c, profile, needs);
}

enum err syscalls_apply(enum syscall_profile profile, struct syscall_needs needs, struct fault *f)
{
    scmp_filter_ctx c;
    int rc = make(profile, needs, &c);
    rc = rc ? rc : seccomp_load(c);
    seccomp_release(c);
    return rc == 0 ? OK : fault_set(f, E_IO, "seccomp: error %d", -rc);
}

enum err syscalls_program(struct arena *a, enum syscall_profile profile, struct fault *f, str *out)
{
    scmp_filter_ctx c;
    struct stat st = {0};
    must(profile == SYSCALLS_TOOL);
    int fd = memfd_create("kakehashi", MFD_CLOEXEC);
    int rc = make(profile, (struct syscall_needs){0}, &c);
    rc = rc ? rc : seccomp_export_bpf(c, fd);
    rc = rc ? rc : fstat(fd, &st);
    seccomp_release(c);
    buf b = {.a = a};
    ssize_t n = rc == 0 ? pread(fd, buf_room(&b, (size_t)st.st_size), (size_t)st.st_size, 0) : -1;
    (void)close(fd);
    if (n <= 0 || n != st.st_size)
        return fault_set(f, E_IO, "seccomp: error %d", -rc);
    b.n = (size_t)n;
    *out = buf_str(&b);
    return OK;
}
