/* The account an embedded server runs as, and doing things as that account: PostgreSQL refuses to run as root. */
#ifndef SQL_ACCOUNT_H
#define SQL_ACCOUNT_H

#include <glib.h>
#include <stdbool.h>
#include <sys/types.h>

typedef struct {
    uid_t uid;
    gid_t gid;
    char *name;
    gid_t *groups; /* n_groups of them */
    int n_groups;
    bool other; /* not the caller: root acts for it */
} Account;

/* NULL with FAULT_DATABASE when the system does not know the account. */
Account *account_of_uid(uid_t uid, GError **error);
Account *account_of_name(const char *name, GError **error);
void account_free(Account *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(Account, account_free)

/* From account_take() to account_restore() the whole process (every thread) has the account's rights on files. Nothing
 * happens when the caller is the account. */
typedef struct AccountCaller AccountCaller;
AccountCaller *account_take(const Account *account, GError **error);
void account_restore(AccountCaller *caller);

/* Runs a program as the account, with an environment of its own and the account's rights only, and waits for it.
 * variable: "NAME=value" more in that environment, or NULL. stdin_path NULL: empty; log_path: where stdout and stderr
 * are appended, NULL: nowhere. keep_fd: a descriptor the program inherits, -1 = none. *status: its exit status, -1 when
 * a signal ended it. FAULT_DATABASE when it cannot run. */
bool account_run(const Account *account, const char *const *argv, const char *variable, const char *stdin_path,
                 const char *log_path, int keep_fd, int *status, GError **error);

#endif
