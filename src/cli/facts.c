/* facts.c - kakehashi facts: which tables of facts are inside the program. */
#include "cli/cli.h"
#include "formats/fact.h"
#include "formats/json.h"

#include <stdio.h>

static const struct cli_option options[] = {
    {"--json", NULL, "one JSON array: name, title, version, source, licence, rows"},
};

static void put_table(struct json_out *o, str name)
{
    static const str keys[] = {S_INIT("title"), S_INIT("version"), S_INIT("source"),
                               S_INIT("licence")};
    json_put_object(o);
    json_put_member(o, S("name"), name);
    for (size_t i = 0; i < COUNT(keys); i++)
        json_put_member(o, keys[i], fact_head(name, keys[i]));
    json_put_member_i64(o, S("rows"), (i64)fact_count(name));
    json_put_end(o);
}

static void print_json(struct arena *a)
{
    buf b = {.a = a};
    struct json_out o = {.b = &b, .pretty = true};
    str name;
    json_put_array(&o);
    for (size_t at = 0; fact_next(&at, &name);)
        put_table(&o, name);
    json_put_end(&o);
    (void)printf("%.*s\n", SV(buf_str(&b)));
}

static int run(struct cli_args *args)
{
    str name;
    if (args->nrest > 0)
        return cli_fail(E_INVALID, "facts takes no word");
    if (cli_flag(args, "--json")) {
        print_json(args->a);
        return 0;
    }
    for (size_t at = 0; fact_next(&at, &name);)
        (void)printf("%-14.*s %6zu rows  %.*s\n%22s%.*s\n%22s%.*s\n", SV(name), fact_count(name),
                     SV(fact_head(name, S("title"))), "  version ",
                     SV(fact_head(name, S("version"))), "  from ",
                     SV(fact_head(name, S("source"))));
    return 0;
}

const struct cli_command cli_facts = {
    "facts", "facts [--json]", "Say which tables of facts are inside, and of which version.",
    options, COUNT(options),   run};
