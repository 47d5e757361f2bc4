/* Output folders replaced as a whole: see output.h. */
#include "export/output.h"

#include "config/aside.h"
#include "config/fault.h"
#include "config/log.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define STAGE_INSIDE ".prisme-stage" /* the set while it is written, inside the output folder */
#define COMMITTED ".prisme-commit"   /* the set once committed: its files only have to be moved up */

struct Output {
    char *folder, *parent; /* absolute, without symbolic links */
    char *prefix;          /* of the names of staging folders in parent */
    char *stage;
    bool beside;      /* stage lies in parent, not in folder */
    bool made;        /* folder was made by output_open() */
    bool committed;   /* nothing is left to undo */
    int lock;         /* folder, held with flock() */
    int stage_lock;   /* stage, which becomes the folder */
    GPtrArray *names; /* of the set, owned */
    GPtrArray *paths; /* of the same, in stage, owned */
};

static bool fail(GError **error, const char *what, const char *path)
{
    int cause = errno;
    g_set_error(error, FAULT, FAULT_OUTPUT, "could not %s '%s': %s", what, path, g_strerror(cause));
    return false;
}

/* Calls f on every entry of folder but . and .., in any order, until one returns false. */
typedef bool EntryFunc(const char *folder, const char *name, void *data);

static bool each_entry(const char *folder, EntryFunc *f, void *data)
{
    DIR *dir = opendir(folder);
    if (dir == NULL)
        return errno == ENOENT;
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    errno = 0;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            g_ptr_array_add(names, g_strdup(entry->d_name));
    bool fine = errno == 0;
    closedir(dir);
    for (guint i = 0; fine && i < names->len; i++)
        fine = f(folder, names->pdata[i], data);
    return fine;
}

static bool remove_entry(const char *folder, const char *name, void *data)
{
    (void)data;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return unlink(path) == 0 || errno == ENOENT;
}

/* A staging folder is flat: anything else in it was not put there by prisme and stays. */
static void remove_stage(const char *stage)
{
    if (access(stage, F_OK) != 0 && errno == ENOENT)
        return; /* a read-only file system would find another fault than that */
    if (!each_entry(stage, remove_entry, NULL) || (rmdir(stage) != 0 && errno != ENOENT))
        log_warning("could not remove '%s': %s", stage, g_strerror(errno));
}

static bool move_up(const char *stage, const char *name, void *data)
{
    const char *folder = data;
    g_autofree char *from = g_build_filename(stage, name, NULL), *to = g_build_filename(folder, name, NULL);
    return rename(from, to) == 0;
}

/* Moves the files of a committed set to their places; may be repeated after any interruption. */
static bool finish_commit(const char *folder, GError **error)
{
    g_autofree char *stage = g_build_filename(folder, COMMITTED, NULL);
    if (access(stage, F_OK) != 0)
        return true;
    g_autofree char *owned = g_strdup(folder);
    if (!each_entry(stage, move_up, owned) || !aside_sync(folder))
        return fail(error, "move the committed files of", stage);
    if (rmdir(stage) != 0 || !aside_sync(folder))
        return fail(error, "remove", stage);
    return true;
}

/* Another process may have written into the old folder while the new one was completed: what is missing in the new one,
 * or is no file of the set and was replaced meanwhile, is carried over. names == NULL: the set is no longer known. */
typedef struct {
    const char *folder;
    const GPtrArray *names;
} Rescue;

static bool rescue_entry(const char *old, const char *name, void *data)
{
    const Rescue *rescue = data;
    g_autofree char *from = g_build_filename(old, name, NULL), *to = g_build_filename(rescue->folder, name, NULL);
    bool ours = rescue->names == NULL;
    for (guint i = 0; !ours && i < rescue->names->len; i++)
        ours = strcmp(rescue->names->pdata[i], name) == 0;
    struct stat before, after;
    if (lstat(from, &before) != 0)
        return errno == ENOENT;
    bool missing = lstat(to, &after) != 0;
    if (missing || (!ours && before.st_ino != after.st_ino))
        return rename(from, to) == 0;
    return unlink(from) == 0;
}

static void remove_old(const char *old, const char *folder, const GPtrArray *names)
{
    Rescue rescue = {folder, names};
    if (!each_entry(old, rescue_entry, &rescue) || rmdir(old) != 0)
        log_warning("could not remove '%s': %s", old, g_strerror(errno));
}

/* The name of a staging folder holds its own inode number; after the exchange it is the old folder that lies there. */
static bool clear_beside(const char *parent, const char *name, void *data)
{
    const Output *output = data;
    struct stat status;
    if (!g_str_has_prefix(name, output->prefix))
        return true;
    g_autofree char *path = g_build_filename(parent, name, NULL);
    if (lstat(path, &status) != 0 || !S_ISDIR(status.st_mode))
        return true;
    char *end = NULL;
    guint64 inode = g_ascii_strtoull(name + strlen(output->prefix), &end, 10);
    if (*end != '\0' || end == name + strlen(output->prefix) || inode == (guint64)status.st_ino)
        remove_stage(path);
    else
        remove_old(path, output->folder, NULL);
    return true;
}

static bool lock_folder(Output *output, GError **error)
{
    for (int attempt = 0; attempt < 10; attempt++) {
        output->lock = open(output->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (output->lock < 0)
            return fail(error, "open folder", output->folder);
        if (flock(output->lock, LOCK_EX | LOCK_NB) != 0) {
            g_set_error(error, FAULT, FAULT_LOCKED, "another run writes into '%s'", output->folder);
            return false;
        }
        /* a run that ended in between has put another folder in this place */
        struct stat held, named;
        if (fstat(output->lock, &held) == 0 && stat(output->folder, &named) == 0 && held.st_ino == named.st_ino)
            return true;
        close(output->lock);
        output->lock = -1;
    }
    g_set_error(error, FAULT, FAULT_LOCKED, "other runs keep writing into '%s'", output->folder);
    return false;
}

static bool is_plain(const char *folder, const char *name, void *data)
{
    (void)data;
    struct stat status;
    g_autofree char *path = g_build_filename(folder, name, NULL);
    return lstat(path, &status) == 0 && !S_ISDIR(status.st_mode);
}

/* Whether the folder can change places with a complete copy: what can be told before the exchange is tried. */
static bool may_exchange(const Output *output)
{
    struct stat folder, parent, here;
    return stat(output->folder, &folder) == 0 && stat(output->parent, &parent) == 0 && folder.st_dev == parent.st_dev &&
           folder.st_ino != parent.st_ino &&
           (stat(".", &here) != 0 || here.st_ino != folder.st_ino || here.st_dev != folder.st_dev) &&
           each_entry(output->folder, is_plain, NULL);
}

static bool stage_beside(Output *output)
{
    struct stat status;
    g_autofree char *first_name = g_strconcat(output->prefix, "new", NULL);
    g_autofree char *first = g_build_filename(output->parent, first_name, NULL);
    if (!may_exchange(output) || mkdir(first, 0777) != 0)
        return false;
    if (stat(first, &status) == 0) {
        g_autofree char *name = g_strdup_printf("%s%" G_GUINT64_FORMAT, output->prefix, (guint64)status.st_ino);
        g_autofree char *stage = g_build_filename(output->parent, name, NULL);
        if (rename(first, stage) == 0) {
            output->stage = g_steal_pointer(&stage);
            output->beside = true;
            return true;
        }
    }
    rmdir(first);
    return false;
}

static bool make_stage(Output *output, GError **error)
{
    if (!stage_beside(output)) {
        output->stage = g_build_filename(output->folder, STAGE_INSIDE, NULL);
        remove_stage(output->stage);
        if (mkdir(output->stage, 0777) != 0)
            return fail(error, "make folder", output->stage);
    }
    output->stage_lock = open(output->stage, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (output->stage_lock < 0 || flock(output->stage_lock, LOCK_EX | LOCK_NB) != 0)
        return fail(error, "lock folder", output->stage);
    return true;
}

Output *output_open(const char *folder, GError **error)
{
    g_autoptr(Output) output = g_new0(Output, 1);
    output->lock = output->stage_lock = -1;
    output->names = g_ptr_array_new_with_free_func(g_free);
    output->paths = g_ptr_array_new_with_free_func(g_free);
    output->made = access(folder, F_OK) != 0;
    if (g_mkdir_with_parents(folder, 0777) != 0) {
        fail(error, "make folder", folder);
        return NULL;
    }
    char *real = realpath(folder, NULL);
    if (real == NULL) {
        fail(error, "find folder", folder);
        return NULL;
    }
    output->folder = g_strdup(real);
    free(real);
    output->parent = g_path_get_dirname(output->folder);
    g_autofree char *name = g_path_get_basename(output->folder);
    output->prefix = g_strdup_printf(".%s.prisme-", name);
    if (!lock_folder(output, error) || !finish_commit(output->folder, error))
        return NULL;
    g_autofree char *inside = g_build_filename(output->folder, STAGE_INSIDE, NULL);
    remove_stage(inside);
    if (!each_entry(output->parent, clear_beside, output))
        log_warning("could not look for what killed runs left in '%s': %s", output->parent, g_strerror(errno));
    if (!make_stage(output, error))
        return NULL;
    return g_steal_pointer(&output);
}

const char *output_add(Output *output, const char *name)
{
    g_assert(name[0] != '.' && name[0] != '\0' && strchr(name, '/') == NULL);
    for (guint i = 0; i < output->names->len; i++)
        g_assert(strcmp(output->names->pdata[i], name) != 0);
    char *path = g_build_filename(output->stage, name, NULL);
    g_ptr_array_add(output->names, g_strdup(name));
    g_ptr_array_add(output->paths, path);
    return path;
}

const char *output_stage(const Output *output)
{
    return output->stage;
}

/* Owner, mode and extended attributes (access lists) of the folder for the one that takes its place. */
static bool copy_attributes(const Output *output)
{
    struct stat folder, stage;
    if (fstat(output->lock, &folder) != 0 || fstat(output->stage_lock, &stage) != 0)
        return false;
    if ((folder.st_uid != stage.st_uid || folder.st_gid != stage.st_gid) &&
        fchown(output->stage_lock, folder.st_uid, folder.st_gid) != 0)
        return false;
    if (fchmod(output->stage_lock, folder.st_mode & 07777) != 0)
        return false;
    char names[4096], value[65536];
    ssize_t length = flistxattr(output->lock, names, sizeof names);
    if (length < 0)
        return errno == ENOTSUP;
    for (const char *name = names; name < names + length; name += strlen(name) + 1) {
        ssize_t size = fgetxattr(output->lock, name, value, sizeof value);
        if (size < 0 || fsetxattr(output->stage_lock, name, value, (size_t)size, 0) != 0)
            return false;
    }
    return true;
}

static bool link_entry(const char *folder, const char *name, void *data)
{
    const Output *output = data;
    for (guint i = 0; i < output->names->len; i++)
        if (strcmp(output->names->pdata[i], name) == 0)
            return true;
    g_autofree char *from = g_build_filename(folder, name, NULL), *to = g_build_filename(output->stage, name, NULL);
    return is_plain(folder, name, NULL) && link(from, to) == 0;
}

static bool unlink_foreign(const char *stage, const char *name, void *data)
{
    const Output *output = data;
    for (guint i = 0; i < output->names->len; i++)
        if (strcmp(output->names->pdata[i], name) == 0)
            return true;
    return remove_entry(stage, name, NULL);
}

/* False when the exchange cannot be done here; nothing has changed then. */
static bool exchange(Output *output)
{
    return output->beside && copy_attributes(output) && each_entry(output->folder, link_entry, output) &&
           aside_sync(output->stage) &&
           renameat2(AT_FDCWD, output->stage, AT_FDCWD, output->folder, RENAME_EXCHANGE) == 0;
}

/* A folder of the name of a file would stop the moves of a committed set for good. */
static bool may_move_up(const Output *output, GError **error)
{
    for (guint i = 0; i < output->names->len; i++) {
        struct stat status;
        g_autofree char *path = g_build_filename(output->folder, output->names->pdata[i], NULL);
        if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
            errno = EISDIR;
            return fail(error, "replace", path);
        }
    }
    return true;
}

bool output_commit(Output *output, GError **error)
{
    g_assert(!output->committed);
    for (guint i = 0; i < output->paths->len; i++)
        if (!aside_sync(output->paths->pdata[i]))
            return fail(error, "write", output->paths->pdata[i]);
    if (exchange(output)) {
        if (!aside_sync(output->parent)) {
            fail(error, "write folder", output->parent);
            output->committed = renameat2(AT_FDCWD, output->stage, AT_FDCWD, output->folder, RENAME_EXCHANGE) != 0;
            return false;
        }
        output->committed = true;
        remove_old(output->stage, output->folder, output->names);
        return true;
    }
    g_autofree char *committed = g_build_filename(output->folder, COMMITTED, NULL);
    if (!may_move_up(output, error))
        return false;
    if (!each_entry(output->stage, unlink_foreign, output) || !aside_sync(output->stage))
        return fail(error, "write folder", output->stage);
    if (rename(output->stage, committed) != 0)
        return fail(error, "commit", output->stage);
    if (!aside_sync(output->folder)) {
        fail(error, "write folder", output->folder);
        output->committed = rename(committed, output->stage) != 0;
        return false;
    }
    output->committed = true;
    return finish_commit(output->folder, error);
}

void output_free(Output *output)
{
    if (output == NULL)
        return;
    if (!output->committed && output->stage != NULL)
        remove_stage(output->stage);
    if (!output->committed && output->made && output->folder != NULL)
        rmdir(output->folder);
    if (output->lock >= 0)
        close(output->lock);
    if (output->stage_lock >= 0)
        close(output->stage_lock);
    g_ptr_array_unref(output->names);
    g_ptr_array_unref(output->paths);
    g_free(output->folder);
    g_free(output->parent);
    g_free(output->prefix);
    g_free(output->stage);
    g_free(output);
}
