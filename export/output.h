/* A set of files written together: the output folder holds all of them or none.
 *
 * The set is staged in a hidden folder beside the output folder, fsynced, completed by hard links to what else lies in
 * the output folder, and the two change places in one system call (renameat2, RENAME_EXCHANGE): killed at any moment, a
 * run leaves the folder wholly before or wholly after, for readers too. Where that cannot be done (parent not writable,
 * a mount point, the working folder of this process, a subfolder in it, a file system without exchange or links) the
 * set is staged inside, committed by one rename (`.prisme-commit`) and moved file by file: killed among these moves,
 * the folder is a mix until the next output_open(), which finishes them. Files of other names are never touched. */
#ifndef EXPORT_OUTPUT_H
#define EXPORT_OUTPUT_H

#include <glib.h>
#include <stdbool.h>

typedef struct Output Output;

/* Locks folder (made when missing) against other writers, finishes or clears what a killed one left, opens a set.
 * FAULT_LOCKED when another process writes there; FAULT_OUTPUT. Free with output_free(). */
Output *output_open(const char *folder, GError **error);

/* Adds file `name` (no folder part, not hidden, not yet in the set) and returns the path to write it to. Owned by the
 * set. */
const char *output_add(Output *output, const char *name);

/* The folder the set is staged in: for temporary files that must lie on the same file system. Owned by the set. */
const char *output_stage(const Output *output);

/* Makes every added file durable and puts the set into the folder. FAULT_OUTPUT: the folder is as before (a fault of
 * the file system among the moves of a committed set, where folders cannot be exchanged, is healed by the next
 * output_open()). */
bool output_commit(Output *output, GError **error);

/* Frees; what was not committed is removed. */
void output_free(Output *output);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Output, output_free)

#endif
