/* A crew of threads: see crew.h. */
#include "plan/crew.h"

#include "plan/lp.h"

#include <glib.h>

typedef struct {
    Crew *crew;
    int32_t id;
    GThread *thread;
    GAsyncQueue *orders; /* &start or &end */
} Worker;

struct Crew {
    int32_t n;
    Worker *workers; /* [0] is the caller: no thread */
    GAsyncQueue *done;
    void (*part)(void *user, int32_t worker);
    void *user;
};

static char start, end;

static gpointer work(gpointer data)
{
    Worker *worker = data;
    while (g_async_queue_pop(worker->orders) == &start) {
        worker->crew->part(worker->crew->user, worker->id);
        g_async_queue_push(worker->crew->done, worker);
    }
    lp_end_thread();
    return NULL;
}

Crew *crew_new(int32_t n)
{
    Crew *crew = g_new0(Crew, 1);
    crew->n = n;
    crew->workers = g_new0(Worker, n);
    crew->done = g_async_queue_new();
    for (int32_t i = 1; i < crew->n; i++) {
        crew->workers[i] = (Worker){crew, i, NULL, g_async_queue_new()};
        crew->workers[i].thread = g_thread_try_new("crew", work, &crew->workers[i], NULL);
        if (crew->workers[i].thread == NULL) {
            g_async_queue_unref(crew->workers[i].orders);
            crew->n = i;
        }
    }
    return crew;
}

void crew_free(Crew *crew)
{
    for (int32_t i = 1; i < crew->n; i++) {
        g_async_queue_push(crew->workers[i].orders, &end);
        g_thread_join(crew->workers[i].thread);
        g_async_queue_unref(crew->workers[i].orders);
    }
    g_async_queue_unref(crew->done);
    g_free(crew->workers);
    g_free(crew);
}

int32_t crew_size(const Crew *crew)
{
    return crew->n;
}

void crew_run(Crew *crew, void (*part)(void *user, int32_t worker), void *user)
{
    crew->part = part;
    crew->user = user;
    for (int32_t i = 1; i < crew->n; i++)
        g_async_queue_push(crew->workers[i].orders, &start);
    part(user, 0);
    for (int32_t i = 1; i < crew->n; i++)
        g_async_queue_pop(crew->done);
}
