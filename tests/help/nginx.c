/* nginx.c - see nginx.h. */
#include "help/nginx.h"

#include "help/wire.h"
#include "io/files.h"

#include <fcntl.h>
#include <ftw.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *const programs[] = {"/usr/sbin/nginx", "/usr/bin/nginx"};

static const char *program(void)
{
    for (size_t i = 0; i < COUNT(programs); i++)
        if (access(programs[i], X_OK) == 0)
            return programs[i];
    return NULL;
}

bool nginx_is_installed(void)
{
    return program() != NULL;
}

static void put_head(const struct nginx *n, buf *b)
{
    buf_putf(b, "daemon off; pid %s/pid; error_log %s/error;\nevents {}\nhttp { access_log off;\n",
             n->dir, n->dir);
    for (const char *const *kind =
             (const char *const[]){"client_body", "proxy", "fastcgi", "uwsgi", "scgi", NULL};
         *kind != NULL; kind++)
        buf_putf(b, "%s_temp_path %s/%s;\n", *kind, n->dir, *kind);
}

static str proxy_config(struct arena *a, const struct nginx *n, int to)
{
    buf b = {.a = a};
    put_head(n, &b);
    buf_putf(&b,
             "client_header_timeout 1s; client_body_timeout 1s; keepalive_timeout 1s;\n"
             "upstream us { server 127.0.0.1:%d; keepalive 4; }\n"
             "server { listen 127.0.0.1:%d; location / { proxy_pass http://us;\n"
             "proxy_http_version 1.1; proxy_set_header Connection \"\";\n"
             "proxy_set_header Host $host; proxy_set_header X-Via nginx;\n"
             "proxy_request_buffering off; } } }\n",
             to, n->port);
    return buf_str(&b);
}

static str files_config(struct arena *a, const struct nginx *n, str folder, str more)
{
    buf b = {.a = a};
    put_head(n, &b);
    buf_putf(&b,
             "types { application/json json; text/plain txt asc csv sha256 sha512; }\n"
             "server { listen 127.0.0.1:%d ssl; root %.*s; autoindex on;\n"
             "ssl_certificate %s/certificate; ssl_certificate_key %s/private;\n"
             "add_header Access-Control-Allow-Origin *; %.*s } }\n",
             n->port, SV(folder), n->dir, n->dir, SV(more));
    return buf_str(&b);
}

static bool is_up(const struct nginx *n)
{
    struct timespec nap = {.tv_nsec = 10000000};
    for (int i = 0; i < 500; i++) {
        int fd = wire_open("127.0.0.1", n->port);
        wire_close(fd);
        if (fd >= 0)
            return true;
        (void)nanosleep(&nap, NULL);
    }
    return false;
}

static void open_folder(struct nginx *n, int port)
{
    memcpy(n->dir, "/tmp/nginx-XXXXXX", 18);
    must(mkdtemp(n->dir) != NULL && chmod(n->dir, 0755) == 0);
    n->port = port;
}

static bool start(struct nginx *n, struct arena *a, str config)
{
    struct fault f = {0};
    const char *path = str_to_z(a, str_fmt(a, "%s/conf", n->dir));
    const char *errors = str_to_z(a, str_fmt(a, "%s/error", n->dir));
    must(file_write(a, path, config, 0644, &f) == OK);
    n->pid = fork();
    must(n->pid >= 0);
    if (n->pid == 0) {
        int null = open("/dev/null", O_WRONLY | O_CLOEXEC);
        (void)dup2(null, STDOUT_FILENO);
        (void)dup2(null, STDERR_FILENO);
        (void)prctl(PR_SET_PDEATHSIG, SIGTERM); /* also where the test fails half-way */
        (void)execl(program(), "nginx", "-c", path, "-e", errors, (char *)NULL);
        _exit(127);
    }
    return is_up(n);
}

bool nginx_start(struct nginx *n, struct arena *a, int to)
{
    open_folder(n, wire_free_port());
    return start(n, a, proxy_config(a, n, to));
}

bool nginx_serve(struct nginx *n, struct arena *a, int port, str folder, str more)
{
    open_folder(n, port);
    str made = str_fmt(a,
                       "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days "
                       "2 -subj /CN=test -addext subjectAltName=IP:127.0.0.1 -keyout %s/private "
                       "-out %s/certificate 2>/dev/null",
                       n->dir, n->dir);
    must(system(str_to_z(a, made)) == 0);
    return start(n, a, files_config(a, n, folder, more));
}

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st;
    (void)type;
    (void)at;
    return remove(path);
}

void nginx_stop(struct nginx *n)
{
    (void)kill(n->pid, SIGTERM);
    (void)waitpid(n->pid, NULL, 0);
    (void)nftw(n->dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}
