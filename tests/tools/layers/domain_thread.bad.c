/* expect src/domain/x.c: calls pthread_mutex_lock */
#include <pthread.h>
int f(pthread_mutex_t *m);
int f(pthread_mutex_t *m)
{
    return pthread_mutex_lock(m);
}
