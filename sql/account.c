/* Acting as the account of an embedded server: see account.h. */
#include "sql/account.h"

#include "config/fault.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdint.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct AccountCaller {
    uid_t uid;
    gid_t gid;
    gid_t *groups;
    int n_groups;
    bool changed;
};

static Account *account_from(const struct passwd *entry)
{
    Account *account = g_new0(Account, 1);
    *account = (Account){.uid = entry->pw_uid, .gid = entry->pw_gid, .name = g_strdup(entry->pw_name)};
    account->other = account->uid != geteuid();
    int room = 16;
    do {
        account->groups = g_renew(gid_t, account->groups, room);
        account->n_groups = room;
        room *= 2;
    } while (getgrouplist(account->name, account->gid, account->groups, &account->n_groups) == -1 && room < 65536);
    return account;
}

Account *account_of_uid(uid_t uid, GError **error)
{
    const struct passwd *entry = getpwuid(uid);
    if (entry != NULL)
        return account_from(entry);
    g_set_error(error, FAULT, FAULT_DATABASE,
                "unknown user number %u: PostgreSQL needs an account with a name; add it to /etc/passwd, or name a "
                "server in the settings ('connexion' of [base])",
                (unsigned)uid);
    return NULL;
}

Account *account_of_name(const char *name, GError **error)
{
    const struct passwd *entry = getpwnam(name);
    if (entry != NULL)
        return account_from(entry);
    g_set_error(error, FAULT, FAULT_DATABASE,
                "no account '%s': PostgreSQL does not run as root; make it with 'adduser --system --group %s', or run "
                "prisme as an ordinary user",
                name, name);
    return NULL;
}

void account_free(Account *account)
{
    if (account == NULL)
        return;
    g_free(account->name);
    g_free(account->groups);
    g_free(account);
}

AccountCaller *account_take(const Account *account, GError **error)
{
    AccountCaller *caller = g_new0(AccountCaller, 1);
    *caller = (AccountCaller){.uid = geteuid(), .gid = getegid()};
    if (!account->other)
        return caller;
    caller->n_groups = getgroups(0, NULL);
    caller->groups = g_new0(gid_t, (gsize)MAX(caller->n_groups, 1));
    caller->n_groups = getgroups(caller->n_groups, caller->groups);
    caller->changed = true;
    if (setgroups((size_t)account->n_groups, account->groups) == 0 && setegid(account->gid) == 0 &&
        seteuid(account->uid) == 0)
        return caller;
    g_set_error(error, FAULT, FAULT_DATABASE, "could not act as account '%s': %s", account->name, g_strerror(errno));
    account_restore(caller);
    return NULL;
}

void account_restore(AccountCaller *caller)
{
    if (caller->changed) {
        bool restored = seteuid(caller->uid) == 0 && setegid(caller->gid) == 0 &&
                        setgroups((size_t)caller->n_groups, caller->groups) == 0;
        g_assert(restored); /* the real user is root all along */
    }
    g_free(caller->groups);
    g_free(caller);
}

typedef struct {
    const Account *account;
    const char *stdin_path, *log_path;
    int keep_fd;
} Child;

/* Between fork and exec: system calls only. 126 tells account_run() that it failed. */
static void become(gpointer data)
{
    const Child *child = data;
    const Account *account = child->account;
    if (account->other && (seteuid(0) != 0 || setgroups((size_t)account->n_groups, account->groups) != 0 ||
                           setgid(account->gid) != 0 || setuid(account->uid) != 0))
        _exit(126);
    int in = open(child->stdin_path != NULL ? child->stdin_path : "/dev/null", O_RDONLY | O_CLOEXEC);
    int out =
        open(child->log_path != NULL ? child->log_path : "/dev/null", O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (in < 0 || out < 0 || dup2(in, STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 ||
        dup2(out, STDERR_FILENO) < 0 || (child->keep_fd >= 0 && fcntl(child->keep_fd, F_SETFD, 0) != 0))
        _exit(126);
}

bool account_run(const Account *account, const char *const *argv, const char *variable, const char *stdin_path,
                 const char *log_path, int keep_fd, int *status, GError **error)
{
    /* PGPORT, PGOPTIONS and the like of the caller would change the server; LC_* its messages. */
    const char *const environment[] = {"PATH=/usr/local/bin:/usr/bin:/bin", "LC_ALL=C.UTF-8", "HOME=/", variable, NULL};
    Child child = {account, stdin_path, log_path, keep_fd};
    g_auto(GStrv) arguments = g_strdupv((char **)(uintptr_t)argv);
    g_auto(GStrv) variables = g_strdupv((char **)(uintptr_t)environment);
    g_autoptr(GError) cause = NULL;
    int raw = 0;
    if (!g_spawn_sync("/", arguments, variables, G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, become,
                      &child, NULL, NULL, &raw, &cause)) {
        g_set_error(error, FAULT, FAULT_DATABASE, "could not run '%s': %s", argv[0], cause->message);
        return false;
    }
    *status = WIFEXITED(raw) ? WEXITSTATUS(raw) : -1;
    if (*status == 126) {
        g_set_error(error, FAULT, FAULT_DATABASE, "could not run '%s' as account '%s'", argv[0], account->name);
        return false;
    }
    return true;
}
