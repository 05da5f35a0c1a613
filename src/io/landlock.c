/* landlock.c - see landlock.h. */
#include "io/landlock.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What Debian 12's header, which is of ABI 2, does not name yet. */
enum {
    FS_TRUNCATE = 1 << 14,  /* ABI 3 */
    FS_IOCTL_DEV = 1 << 15, /* ABI 5 */
    NET_BIND = 1 << 0,      /* ABI 4 */
    NET_CONNECT = 1 << 1,
    SCOPE_ABSTRACT_SOCKET = 1 << 0, /* ABI 6 */
    SCOPE_SIGNAL = 1 << 1,
    RULE_NET_PORT = 2,
};

struct ruleset {
    uint64_t fs, net, scoped;
};

struct port_rule {
    uint64_t allowed, port;
};

enum {
    ON_FILES =
        LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_READ_FILE,
    ON_FOLDERS = LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                 LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_CHAR |
                 LANDLOCK_ACCESS_FS_MAKE_DIR | LANDLOCK_ACCESS_FS_MAKE_REG |
                 LANDLOCK_ACCESS_FS_MAKE_SOCK | LANDLOCK_ACCESS_FS_MAKE_FIFO |
                 LANDLOCK_ACCESS_FS_MAKE_BLOCK | LANDLOCK_ACCESS_FS_MAKE_SYM,
    READING = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
    WRITING = READING | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
              LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
              LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_MAKE_SYM | LANDLOCK_ACCESS_FS_REFER |
              FS_TRUNCATE,
};

int landlock_abi(void)
{
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return abi > 0 ? (int)abi : 0;
}

static struct ruleset ruleset_of(int abi, const struct landlock_rules *r)
{
    struct ruleset set = {.fs = ON_FILES | ON_FOLDERS};
    if (abi >= 2)
        set.fs |= LANDLOCK_ACCESS_FS_REFER;
    if (abi >= 3)
        set.fs |= FS_TRUNCATE;
    if (abi >= 4 && !r->tcp)
        set.net = NET_BIND | NET_CONNECT;
    if (abi >= 5)
        set.fs |= FS_IOCTL_DEV;
    if (abi >= 6)
        set.scoped = SCOPE_ABSTRACT_SOCKET | SCOPE_SIGNAL;
    return set;
}

static enum err add_path(int set, uint64_t handled, const struct landlock_path *p, struct fault *f)
{
    int fd = open(p->path, O_PATH | O_CLOEXEC);
    if (fd < 0)
        return OK;
    struct stat st;
    static const uint64_t reaches[] = {[REACH_READ] = READING,
                                       [REACH_WRITE] = WRITING,
                                       [REACH_RUN] = READING | LANDLOCK_ACCESS_FS_EXECUTE};
    uint64_t allowed = handled & reaches[p->reach];
    if (fstat(fd, &st) == 0 && !S_ISDIR(st.st_mode))
        allowed &= ON_FILES | FS_TRUNCATE;
    struct landlock_path_beneath_attr rule = {.allowed_access = allowed, .parent_fd = fd};
    long rc = syscall(SYS_landlock_add_rule, set, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    int why = errno;
    (void)close(fd);
    return rc == 0 ? OK : fault_set(f, E_IO, "landlock: %s: error %d", p->path, why);
}

static enum err add_ports(int set, uint64_t right, const int *ports, size_t n, struct fault *f)
{
    for (size_t i = 0; i < n; i++) {
        struct port_rule rule = {.allowed = right, .port = (uint64_t)ports[i]};
        if (syscall(SYS_landlock_add_rule, set, RULE_NET_PORT, &rule, 0) != 0)
            return fault_set(f, E_IO, "landlock: port %d: error %d", ports[i], errno);
    }
    return OK;
}

static enum err fill(int set, struct ruleset handled, const struct landlock_rules *r,
                     struct fault *f)
{
    for (size_t i = 0; i < r->npaths; i++)
        TRY(add_path(set, handled.fs, &r->paths[i], f));
    if (handled.net != 0) {
        TRY(add_ports(set, NET_BIND, r->bind, r->nbind, f));
        TRY(add_ports(set, NET_CONNECT, r->connect, r->nconnect, f));
    }
    return OK;
}

enum err landlock_prepare(const struct landlock_rules *r, struct fault *f, int *set)
{
    int abi = landlock_abi();
    if (abi == 0)
        return fault_set(f, E_IO, "the kernel has no landlock");
    struct ruleset handled = ruleset_of(abi, r);
    /* An older kernel takes the longer struct as long as what it does not know is zero. */
    long fd = syscall(SYS_landlock_create_ruleset, &handled, sizeof handled, 0);
    if (fd < 0)
        return fault_set(f, E_IO, "landlock_create_ruleset: error %d", errno);
    enum err e = fill((int)fd, handled, r, f);
    if (e != OK)
        (void)close((int)fd);
    *set = e == OK ? (int)fd : -1;
    return e;
}

static enum err enter(int set, struct fault *f)
{
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return fault_set(f, E_IO, "no_new_privs: error %d", errno);
    if (syscall(SYS_landlock_restrict_self, set, 0) != 0)
        return fault_set(f, E_IO, "landlock_restrict_self: error %d", errno);
    return OK;
}

enum err landlock_apply(const struct landlock_rules *r, struct fault *f)
{
    int set = -1;
    TRY(landlock_prepare(r, f, &set));
    enum err e = enter(set, f);
    (void)close(set);
    return e;
}
