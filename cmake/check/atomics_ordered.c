/* Hands a plain variable from one thread to another by release and acquire: ThreadSanitizer must accept it. */
#include <atomic_ops.h>
#include <pthread.h>
#include <stddef.h>

static int payload;
static AO_t ready;

static void *produce(void *unused)
{
    payload = 42;
    AO_store_release(&ready, 1);
    return unused;
}

int main(void)
{
    pthread_t producer;
    if (pthread_create(&producer, NULL, produce, NULL) != 0)
        return 2;
    while (!AO_load_acquire(&ready))
        ;
    int seen = payload;
    pthread_join(producer, NULL);
    return seen == 42 ? 0 : 1;
}
