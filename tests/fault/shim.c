/* Stands between prisme and the C library (LD_PRELOAD) and makes the n-th of some calls fail, or kills the process at
 * it.
 *
 * FAULT_CALLS: the calls that count, separated by spaces. FAULT_AT: n, 1... FAULT_HOW: an errno, or "kill".
 * FAULT_MARK: a file made when the n-th call came. FAULT_COUNT: a file told at the end how many calls came. Only in
 * programs called prisme: the server's tools pass untouched.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static long at, calls;

static int counts(const char *name)
{
    const char *list = getenv("FAULT_CALLS");
    size_t length = strlen(name);
    for (const char *p = list; p != NULL && (p = strstr(p, name)) != NULL; p += length)
        if ((p == list || p[-1] == ' ') && (p[length] == ' ' || p[length] == '\0'))
            return 1;
    return 0;
}

/* True when this call is the one that fails; errno is set. */
static int fails(const char *name)
{
    if (at == 0) {
        const char *text = getenv("FAULT_AT");
        at = text == NULL || strcmp(program_invocation_short_name, "prisme") != 0 ? -1 : atol(text);
    }
    if (at < 0 || !counts(name) || ++calls != at)
        return 0;
    const char *mark = getenv("FAULT_MARK"), *how = getenv("FAULT_HOW");
    if (mark != NULL)
        syscall(SYS_close, syscall(SYS_openat, AT_FDCWD, mark, O_CREAT | O_WRONLY, 0644));
    if (how == NULL || strcmp(how, "kill") == 0)
        raise(SIGKILL);
    errno = atoi(how == NULL ? "0" : how);
    return 1;
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("FAULT_COUNT");
    char text[32];
    int n = snprintf(text, sizeof text, "%ld\n", calls);
    if (path == NULL || at <= 0)
        return;
    long fd = syscall(SYS_openat, AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, 0644);
    syscall(SYS_write, fd, text, (size_t)n);
    syscall(SYS_close, fd);
}

/* The C library's own function of that name; through a union, since ISO C keeps data and code pointers apart. */
#define REAL(name)                                                                                                     \
    static union {                                                                                                     \
        void *data;                                                                                                    \
        __typeof__(&name) call;                                                                                        \
    } real;                                                                                                            \
    if (real.data == NULL)                                                                                             \
    real.data = dlsym(RTLD_NEXT, #name)

#define STAND_IN(type, name, failure, parameters, arguments)                                                           \
    type name parameters                                                                                               \
    {                                                                                                                  \
        REAL(name);                                                                                                    \
        return fails(#name) ? (failure) : real.call arguments;                                                         \
    }

STAND_IN(int, mkdir, -1, (const char *path, mode_t mode), (path, mode))
STAND_IN(int, rename, -1, (const char *from, const char *to), (from, to))
STAND_IN(int, renameat2, -1, (int a, const char *from, int b, const char *to, unsigned flags), (a, from, b, to, flags))
STAND_IN(int, link, -1, (const char *from, const char *to), (from, to))
STAND_IN(int, unlink, -1, (const char *path), (path))
STAND_IN(int, fsync, -1, (int fd), (fd))
STAND_IN(int, fflush, EOF, (FILE * file), (file))
STAND_IN(ssize_t, write, -1, (int fd, const void *bytes, size_t n), (fd, bytes, n))
STAND_IN(size_t, fwrite, 0, (const void *bytes, size_t size, size_t n, FILE *file), (bytes, size, n, file))
STAND_IN(FILE *, fopen, NULL, (const char *path, const char *mode), (path, mode))
STAND_IN(FILE *, fopen64, NULL, (const char *path, const char *mode), (path, mode))
STAND_IN(FILE *, tmpfile, NULL, (void), ())

/* A connection that is lost stays lost: libpq reads on after a send that failed, for the server's last words. */
static int cuts(const char *name, int fd)
{
    int cut = fails(name), cause = errno;
    if (cut)
        shutdown(fd, SHUT_RDWR);
    errno = cause;
    return cut;
}

ssize_t send(int fd, const void *bytes, size_t n, int flags)
{
    REAL(send);
    return cuts("send", fd) ? -1 : real.call(fd, bytes, n, flags);
}

ssize_t recv(int fd, void *bytes, size_t n, int flags)
{
    REAL(recv);
    return cuts("recv", fd) ? -1 : real.call(fd, bytes, n, flags);
}

/* A file is closed even when closing says that its last bytes were lost. */
int fclose(FILE *file)
{
    REAL(fclose);
    int lost = fails("fclose"), cause = errno, result = real.call(file);
    if (lost)
        errno = cause;
    return lost ? EOF : result;
}

/* Libraries built for large files call the second name of the same function. */
#define STAND_IN_OPEN(name)                                                                                            \
    int name(const char *path, int flags, ...)                                                                         \
    {                                                                                                                  \
        REAL(name);                                                                                                    \
        va_list arguments;                                                                                             \
        va_start(arguments, flags);                                                                                    \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, mode_t) : 0;                                   \
        va_end(arguments);                                                                                             \
        return fails("open") ? -1 : real.call(path, flags, mode);                                                      \
    }
STAND_IN_OPEN(open)
STAND_IN_OPEN(open64)
