/* stands src/app/text.c */
#include "domain/thing.h"
#include "gen/sql.h"
#include "io/thing.h"
struct sealed {
    int box;
};
int f(struct sealed *s);
int f(struct sealed *s)
{
    return s->box;
}
