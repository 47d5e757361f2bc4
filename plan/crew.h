/* A fixed crew of threads that each do their part of a job, again and again. GLPK's memory belongs to the thread that
 * made it, so a program must be made, solved and freed by one thread: worker i is the same thread in every job. */
#ifndef PLAN_CREW_H
#define PLAN_CREW_H

#include <stdint.h>

typedef struct Crew Crew;

/* n workers (>= 1), or fewer where no more threads can be had. Worker 0 is the calling thread. */
Crew *crew_new(int32_t n);
void crew_free(Crew *crew);

int32_t crew_size(const Crew *crew);

/* Runs part(user, i) on every worker i at once and waits for all. */
void crew_run(Crew *crew, void (*part)(void *user, int32_t worker), void *user);

#endif
