/* provider_page_test.c - the CSAF provider's files over HTTP. */
#include "app/provider.h"
#include "help/released.h"
#include "help/web.h"
#include "t.h"

#include <stdlib.h>
#include <unistd.h>

static char root[40];

static struct walk *published(struct stage *st)
{
    struct walk *w = released(st);
    struct fault f = {0};
    struct provider_done done;
    (void)snprintf(root, sizeof root, "/tmp/kakehashi-public-XXXXXX");
    must(mkdtemp(root) != NULL);
    CHECK_ERR(OK, provider_publish(st->app, root, NULL, &f, &done));
    st->app->public_dir = root;
    return w;
}

static void end(struct arena *a)
{
    must(system(str_to_z(a, str_fmt(a, "rm -rf %s", root))) == 0);
}

/* A file's answer is a descriptor, not a body. */
static str bytes(struct arena *a, const struct page *p)
{
    char *text = NEWS(a, char, 1 << 16);
    CHECK(p->rs.fd >= 0);
    ssize_t n = pread(p->rs.fd, text, 1 << 16, 0);
    CHECK(n == p->rs.fd_size);
    return (str){text, (size_t)n};
}
