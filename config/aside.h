/* Files written aside, under another name, and put in their place once they are whole. */
#ifndef CONFIG_ASIDE_H
#define CONFIG_ASIDE_H

#include <stdbool.h>

/* The hidden name beside path under which its new content is written. Nothing lies there any more: what a killed run
 * left, or another put there to be written through, is removed. Owned by the caller. */
char *aside_name(const char *path);

/* Makes the content of a file, or the names in a folder, durable. False with errno. */
bool aside_sync(const char *path);

/* Gives the file `aside`, already durable, the name path, durably. False with errno. */
bool aside_place(const char *aside, const char *path);

#endif
