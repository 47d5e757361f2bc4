/* Folders that a test writes into and removes. */
#ifndef TESTS_LIB_SCRATCH_H
#define TESTS_LIB_SCRATCH_H

/* A new one. Removed and freed by scratch_remove(). */
char *scratch_new(void);

/* Removes the folder with all that is in it, and frees its name. NULL: nothing. */
void scratch_remove(char *folder);

#endif
