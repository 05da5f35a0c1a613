/* postgres.h - for tests: the PostgreSQL server that all databases of this run live on. */
#ifndef HELP_POSTGRES_H
#define HELP_POSTGRES_H

#include "base/str.h"

/* Its URL; starts one unless KAKEHASHI_PG names it.  NULL: PostgreSQL 15 is not installed. */
const char *help_server(void);

/* A new database, made from a template, dropped with the arena. */
str help_postgres_database(struct arena *a, const char *from);

/* The name of a database that holds the program's schema, made by migrate(url) the first time. */
const char *help_postgres_template(void (*migrate)(str url));

#endif
