/* api.h - for tests: the API as a program uses it, in process. */
#ifndef HELP_API_H
#define HELP_API_H

#include "formats/json.h"
#include "help/web.h"

/* A person with a bearer token; a finder of a report with the token that its key gives. */
struct visitor *api_as(struct stage *st, const char *login);
struct visitor *api_finder(struct stage *st, str report_id);

/* Each answer must be as openapi.json describes it; the test ends where it is not.
 * Path and body may have %s and the like.  api_put sends If-Match where tag is given. */
PRINTF(2, 3) struct page api_get(struct visitor *v, const char *path, ...);
struct page api_get_url(struct visitor *v, str path);
struct page api_post(struct visitor *v, str path, str json);
struct page api_put(struct visitor *v, str path, str tag, str json);
struct page api_patch(struct visitor *v, str path, str tag, str json);
struct page api_post_if(struct visitor *v, str path, str tag, str json);

/* The answer as JSON; aborts where it is none. */
const struct json *page_json(struct arena *a, struct page p);
str page_tag(struct page p); /* its ETag */

/* What stands at "items.0.title" of an answer, as text: true, 7, null; absent: nothing. */
str json_path(struct arena *a, struct page p, const char *path);

/* The errors of a problem document: "name required; email email". */
str page_errors(struct arena *a, struct page p);

#endif
