/* postgres.c - see postgres.h. */
#include "help/postgres.h"

#include "gen/schema.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
    bool asked, ours;
    char url[256], tool[1024];
    PGconn *h; /* for CREATE and DROP DATABASE */
    pid_t pid; /* not a child that tests forked */
    unsigned made;
} server;

/* tools/ stands beside build/, where this program is. */
static void find_tool(void)
{
    char exe[900];
    ssize_t n = readlink("/proc/self/exe", exe, sizeof exe - 1);
    must(n > 0);
    exe[n] = '\0';
    char *build = strstr(exe, "/build/");
    must(build != NULL);
    *build = '\0';
    (void)snprintf(server.tool, sizeof server.tool, "%s/tools/pg-test.sh", exe);
}

static void stop(void)
{
    char command[1400];
    if (getpid() != server.pid)
        return;
    PQfinish(server.h);
    if (!server.ours)
        return;
    (void)snprintf(command, sizeof command, "%s stop '%s'", server.tool, server.url);
    (void)!system(command);
}

/* Reads the URL that the tool prints; false: not installed. */
static bool start(void)
{
    char command[1400];
    find_tool();
    (void)snprintf(command, sizeof command, "%s start %d", server.tool, (int)getpid());
    FILE *out = popen(command, "r");
    must(out != NULL);
    bool read = fgets(server.url, sizeof server.url, out) != NULL;
    int status = pclose(out);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 77)
        return false;
    must(read && status == 0);
    server.url[strcspn(server.url, "\n")] = '\0';
    server.ours = true;
    return true;
}

static void no_notice(void *arg, const PGresult *res)
{
    (void)arg, (void)res;
}

const char *help_server(void)
{
    if (server.asked)
        return server.h != NULL ? server.url : NULL;
    server.asked = true;
    server.pid = getpid();
    const char *given = getenv("KAKEHASHI_PG");
    if (given != NULL && given[0] != '\0')
        (void)snprintf(server.url, sizeof server.url, "%s", given);
    else if (!start())
        return NULL;
    must(atexit(stop) == 0);
    server.h = PQconnectdb(server.url);
    (void)PQsetNoticeReceiver(server.h, no_notice, NULL);
    if (PQstatus(server.h) != CONNECTION_OK) {
        (void)fprintf(stderr, "%s", PQerrorMessage(server.h));
        abort();
    }
    return server.url;
}

static void admin(const char *sql)
{
    PGresult *res = PQexec(server.h, sql);
    ExecStatusType status = PQresultStatus(res);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        (void)fprintf(stderr, "%s: %s", sql, PQerrorMessage(server.h));
        abort();
    }
    PQclear(res);
}

/* The server's URL with another database's name: postgresql://user@/NAME?host=… */
static str url_of(struct arena *a, str name)
{
    str url = str_z(server.url);
    ptrdiff_t query = str_find_char(url, '?');
    str head = query < 0 ? url : str_sub(url, 0, (size_t)query);
    while (head.n > 0 && head.p[head.n - 1] != '/')
        head.n--;
    str tail = query < 0 ? S("") : str_from(url, (size_t)query);
    return str_fmt(a, "%.*s%.*s%.*s", SV(head), SV(name), SV(tail));
}

static void drop(void *name)
{
    char sql[128];
    (void)snprintf(sql, sizeof sql, "DROP DATABASE %s WITH (FORCE)", (const char *)name);
    if (getpid() == server.pid)
        admin(sql);
}

str help_postgres_database(struct arena *a, const char *from)
{
    char sql[160];
    must(help_server() != NULL);
    const char *name = str_to_z(a, str_fmt(a, "t%d_%u", (int)server.pid, server.made++));
    (void)snprintf(sql, sizeof sql, "CREATE DATABASE %s TEMPLATE %s STRATEGY file_copy", name,
                   from);
    admin(sql);
    arena_defer(a, drop, (void *)(uintptr_t)name);
    return url_of(a, str_z(name));
}

static bool exists(const char *name)
{
    PGresult *res = PQexecParams(server.h, "SELECT 1 FROM pg_database WHERE datname = $1", 1, NULL,
                                 &name, NULL, NULL, 0);
    must(PQresultStatus(res) == PGRES_TUPLES_OK);
    bool is = PQntuples(res) == 1;
    PQclear(res);
    return is;
}

/* One for each text of the schema, so that programs of several builds may share a server. */
static void template_name(char *out, size_t size)
{
    uint64_t h = 0xcbf29ce484222325;
    for (size_t i = 0; i < migration_count; i++)
        for (const char *p = migrations[i].postgres; *p != '\0'; p++)
            h = (h ^ (unsigned char)*p) * 0x100000001b3;
    (void)snprintf(out, size, "template_%016llx", (unsigned long long)h);
}

const char *help_postgres_template(void (*migrate)(str url))
{
    static char name[40];
    char sql[160];
    must(help_server() != NULL);
    if (name[0] != '\0')
        return name;
    template_name(name, sizeof name);
    admin("SELECT pg_advisory_lock(1)"); /* another test program may be making it */
    if (!exists(name)) {
        struct arena *a = arena_new();
        (void)snprintf(sql, sizeof sql, "DROP DATABASE IF EXISTS %s_new", name);
        admin(sql);
        (void)snprintf(sql, sizeof sql, "CREATE DATABASE %s_new TEMPLATE template0", name);
        admin(sql);
        migrate(url_of(a, str_fmt(a, "%s_new", name)));
        (void)snprintf(sql, sizeof sql, "ALTER DATABASE %s_new RENAME TO %s", name, name);
        admin(sql);
        arena_free(a);
    }
    admin("SELECT pg_advisory_unlock(1)");
    return name;
}
