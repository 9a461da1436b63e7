/* A disk that fails when it is told to: loaded before the C library (LD_PRELOAD), it counts the calls that change files
 * below one folder, and at the n-th of them gives an error, writes half, or kills the process, as a cut of power does.
 * Python's own writes and SQLite's pass here alike. Linux with the GNU C library. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, NAME = 4, MAKE = 8, REMOVE = 16, LENGTH = 32, SEND = 64 };
enum { COUNT = 0, FAIL = 1, SHORT = 2, KILL = 3, TORN = 4 };

static char below[PATH_MAX];
static int classes, action, error;
static long from, to;
static atomic_long seen;

void faulty_arm(const char *folder, int some, int what, int number, long first, long times) {
    snprintf(below, sizeof below, "%s", folder);
    action = what, error = number, from = first, to = first + times;
    atomic_store(&seen, 0);
    classes = some;
}

long faulty_disarm(void) {
    classes = 0;
    return atomic_load(&seen);
}

static int path_counts(int folder, const char *path) {
    char full[PATH_MAX], link[64];
    if (path[0] == '/') return strncmp(path, below, strlen(below)) == 0;
    if (folder == AT_FDCWD) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, full, sizeof full - 1);
    if (length < 0) return 0;
    full[length] = 0;
    return strncmp(full, below, strlen(below)) == 0;
}

static int fd_counts(int fd) { return path_counts(fd, "."); }

/* What is to happen to this call: COUNT means that nothing is. Dies here where it is to die before the call. */
static int fate(int kind) {
    long now = atomic_fetch_add(&seen, 1) + 1;
    if (now < from || now >= to) return COUNT;
    if (action == KILL || (action == TORN && kind != WRITE)) kill(getpid(), SIGKILL);
    if (action == FAIL) errno = error;
    return action;
}

static int counted(int kind, int fd) { return (classes & kind) && fd_counts(fd) ? fate(kind) : COUNT; }
static int counted_at(int kind, int folder, const char *path) {
    return (classes & kind) && path_counts(folder, path) ? fate(kind) : COUNT;
}

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)
#define OR_FAIL(happens) if ((happens) == FAIL) return -1

/* Half of a write, and then: dead, or the rest is the caller's. */
#define WRITES(name, parameters, whole, half) \
    ssize_t name parameters { \
        REAL(name); \
        int happens = counted(WRITE, fd); \
        if (happens == FAIL) return -1; \
        if (happens != TORN && (happens != SHORT || length < 2)) return real whole; \
        ssize_t done = real half; \
        if (happens == TORN) kill(getpid(), SIGKILL); \
        return done; \
    }

WRITES(write, (int fd, const void *data, size_t length), (fd, data, length), (fd, data, length / 2))
WRITES(pwrite, (int fd, const void *data, size_t length, off_t at), (fd, data, length, at), (fd, data, length / 2, at))
WRITES(pwrite64, (int fd, const void *data, size_t length, off64_t at), (fd, data, length, at),
       (fd, data, length / 2, at))

int fsync(int fd) { REAL(fsync); OR_FAIL(counted(SYNC, fd)); return real(fd); }
int fdatasync(int fd) { REAL(fdatasync); OR_FAIL(counted(SYNC, fd)); return real(fd); }
int ftruncate(int fd, off_t length) { REAL(ftruncate); OR_FAIL(counted(LENGTH, fd)); return real(fd, length); }
int ftruncate64(int fd, off64_t length) { REAL(ftruncate64); OR_FAIL(counted(LENGTH, fd)); return real(fd, length); }

int rename(const char *old, const char *new) {
    REAL(rename);
    OR_FAIL(counted_at(NAME, AT_FDCWD, new));
    return real(old, new);
}

int renameat(int from_folder, const char *old, int folder, const char *new) {
    REAL(renameat);
    OR_FAIL(counted_at(NAME, folder, new));
    return real(from_folder, old, folder, new);
}

int mkdir(const char *path, mode_t mode) {
    REAL(mkdir);
    OR_FAIL(counted_at(MAKE, AT_FDCWD, path));
    return real(path, mode);
}

int unlink(const char *path) { REAL(unlink); OR_FAIL(counted_at(REMOVE, AT_FDCWD, path)); return real(path); }
int rmdir(const char *path) { REAL(rmdir); OR_FAIL(counted_at(REMOVE, AT_FDCWD, path)); return real(path); }

int unlinkat(int folder, const char *path, int flags) {
    REAL(unlinkat);
    OR_FAIL(counted_at(REMOVE, folder, path));
    return real(folder, path, flags);
}

/* Only an open that makes the file changes the folder. */
#define OPENS(name, parameters, folder, passed) \
    int name parameters { \
        REAL(name); \
        mode_t mode = 0; \
        if (flags & (O_CREAT | O_TMPFILE)) { \
            va_list rest; \
            va_start(rest, flags); \
            mode = va_arg(rest, mode_t); \
            va_end(rest); \
        } \
        if ((flags & O_CREAT) && (classes & MAKE) && path_counts(folder, path) && faccessat(folder, path, F_OK, 0)) \
            OR_FAIL(fate(MAKE)); \
        return real passed; \
    }

OPENS(open, (const char *path, int flags, ...), AT_FDCWD, (path, flags, mode))
OPENS(open64, (const char *path, int flags, ...), AT_FDCWD, (path, flags, mode))
OPENS(openat, (int at, const char *path, int flags, ...), at, (at, path, flags, mode))
OPENS(openat64, (int at, const char *path, int flags, ...), at, (at, path, flags, mode))

/* What a database server is told; any socket. */
ssize_t send(int fd, const void *data, size_t length, int flags) {
    REAL(send);
    if (classes & SEND) OR_FAIL(fate(SEND));
    return real(fd, data, length, flags);
}

ssize_t sendto(int fd, const void *data, size_t length, int flags, const struct sockaddr *address, socklen_t size) {
    REAL(sendto);
    if (classes & SEND) OR_FAIL(fate(SEND));
    return real(fd, data, length, flags, address, size);
}
