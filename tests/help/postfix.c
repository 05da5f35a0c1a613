/* postfix.c - see postfix.h. */
#include "help/postfix.h"

#include "help/wire.h"
#include "io/files.h"

#include <dirent.h>
#include <fcntl.h>
#include <ftw.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char master[] = "/usr/lib/postfix/sbin/master";
enum { NOBODY = 65534, PATIENCE_MS = 60000 };

bool postfix_may_run(void)
{
    return geteuid() == 0 && access(master, X_OK) == 0;
}

static const char main_cf[] =
    "compatibility_level = 3.6\n"
    "queue_directory = %s/queue\n"
    "data_directory = %s/data\n"
    "maillog_file = %s/log\n"
    "maillog_file_prefixes = %s\n"
    "virtual_mailbox_base = %s/mail\n"
    "command_directory = /usr/sbin\n"
    "daemon_directory = /usr/lib/postfix/sbin\n"
    "myhostname = mx.mail.example\n"
    "inet_interfaces = 127.0.0.1\n"
    "inet_protocols = ipv4\n"
    "mydestination =\n"
    "alias_maps =\n"
    "local_recipient_maps =\n"
    "mynetworks = 127.0.0.0/8\n"
    "virtual_mailbox_domains = mail.example\n"
    "virtual_mailbox_maps = static:all/\n"
    "virtual_uid_maps = static:65534\n"
    "virtual_gid_maps = static:65534\n"
    "smtpd_recipient_restrictions = check_recipient_access\n"
    "  inline:{{gone@mail.example = 550 no such user}, {full@mail.example = 450 full}},\n"
    "  permit_mynetworks, reject\n";

static const char master_cf[] = "127.0.0.1:%d inet n - n - - smtpd\n"
                                "cleanup unix n - n - 0 cleanup\n"
                                "qmgr unix n - n 300 1 qmgr\n"
                                "rewrite unix - - n - - trivial-rewrite\n"
                                "bounce unix - - n - 0 bounce\n"
                                "defer unix - - n - 0 bounce\n"
                                "trace unix - - n - 0 bounce\n"
                                "virtual unix - n n - - virtual\n"
                                "anvil unix - - n - 1 anvil\n"
                                "proxymap unix - - n - - proxymap\n"
                                "error unix - - n - - error\n"
                                "retry unix - - n - - error\n"
                                "postlog unix-dgram n - n - 1 postlogd\n";

static const char *path_of(const struct postfix *p, struct arena *a, const char *name)
{
    return str_to_z(a, str_fmt(a, "%s/%s", p->dir, name));
}

static void write_config(const struct postfix *p, struct arena *a)
{
    struct fault f = {0};
    const char *d = p->dir;
    must(mkdir(path_of(p, a, "conf"), 0755) == 0);
    must(file_write(a, path_of(p, a, "conf/main.cf"), str_fmt(a, main_cf, d, d, d, d, d), 0644,
                    &f) == OK);
    must(file_write(a, path_of(p, a, "conf/master.cf"), str_fmt(a, master_cf, p->port), 0644, &f) ==
         OK);
}

static void make_folders(const struct postfix *p, struct arena *a)
{
    const struct passwd *owner = getpwnam("postfix");
    must(owner != NULL);
    must(mkdir(path_of(p, a, "queue"), 0755) == 0 && mkdir(path_of(p, a, "data"), 0700) == 0 &&
         mkdir(path_of(p, a, "mail"), 0700) == 0);
    must(chown(path_of(p, a, "data"), owner->pw_uid, owner->pw_gid) == 0);
    must(chown(path_of(p, a, "mail"), NOBODY, NOBODY) == 0);
}

static pid_t spawn(const char *const *argv)
{
    pid_t pid = fork();
    must(pid >= 0);
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR | O_CLOEXEC);
        for (int fd = 0; fd <= 2; fd++)
            (void)dup2(null, fd);
        (void)prctl(PR_SET_PDEATHSIG, SIGTERM); /* also where the test fails half-way */
        (void)execv(argv[0], (char *const *)(uintptr_t)argv);
        _exit(127);
    }
    return pid;
}

static void nap(void)
{
    struct timespec t = {.tv_nsec = 10000000};
    (void)nanosleep(&t, NULL);
}

static bool is_up(const struct postfix *p)
{
    for (int ms = 0; ms < PATIENCE_MS; ms += 10) {
        int fd = wire_open("127.0.0.1", p->port);
        wire_close(fd);
        if (fd >= 0)
            return true;
        nap();
    }
    return false;
}

bool postfix_start(struct postfix *p, struct arena *a)
{
    memcpy(p->dir, "/tmp/postfix-XXXXXX", 20);
    must(mkdtemp(p->dir) != NULL && chmod(p->dir, 0755) == 0);
    p->port = wire_free_port();
    write_config(p, a);
    make_folders(p, a);
    const char *conf = path_of(p, a, "conf");
    pid_t check = spawn((const char *[]){"/usr/sbin/postfix", "-c", conf, "check", NULL});
    (void)waitpid(check, NULL, 0); /* makes the folders of its queue */
    p->pid = spawn((const char *[]){master, "-c", conf, "-d", "-e", "300", NULL});
    if (is_up(p))
        return true;
    struct fault f = {0};
    str log = {0};
    (void)file_read(a, path_of(p, a, "log"), 100000, &f, &log);
    (void)printf("%.*s\n", SV(log));
    return false;
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

void postfix_stop(struct postfix *p)
{
    (void)kill(p->pid, SIGTERM);
    (void)waitpid(p->pid, NULL, 0);
    (void)nftw(p->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* --- what was delivered ------------------------------------------------------------------- */

static str delivered_to(str mail)
{
    ptrdiff_t at = str_find(mail, S("Delivered-To:"));
    must(at >= 0);
    str rest = str_from(mail, (size_t)at);
    return str_cut(&rest, '\n');
}

static size_t read_mails(struct arena *a, const char *folder, str *out, size_t n)
{
    struct fault f = {0};
    size_t found = 0;
    DIR *d = opendir(folder);
    if (d == NULL)
        return 0; /* the first mail makes it */
    for (const struct dirent *e = readdir(d); e != NULL && found < n; e = readdir(d)) {
        if (e->d_name[0] == '.')
            continue;
        str mail;
        must(file_read(a, str_to_z(a, str_fmt(a, "%s/%s", folder, e->d_name)), 1000000, &f,
                       &mail) == OK);
        size_t at = found++;
        for (; at > 0 && str_cmp(delivered_to(mail), delivered_to(out[at - 1])) < 0; at--)
            out[at] = out[at - 1];
        out[at] = mail;
    }
    (void)closedir(d);
    return found;
}

struct strs postfix_mails(const struct postfix *p, struct arena *a, size_t n)
{
    const char *folder = path_of(p, a, "mail/all/new");
    str *mails = NEWS(a, str, n + 1);
    size_t found = 0;
    for (int ms = 0; found < n && ms < PATIENCE_MS; ms += 10) {
        found = read_mails(a, folder, mails, n + 1);
        if (found < n)
            nap();
    }
    return (struct strs){mails, found};
}
