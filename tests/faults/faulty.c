/* A disk that fails when it is told to: loaded before the C library (LD_PRELOAD), it counts the calls that change files
 * below one folder, and at the n-th of them gives an error, writes half, or kills the process. A cut of power is more: what
 * was written since the last fsync of a file is gone, or some of it, and a rename whose folder was not synced is undone.
 * Python's own writes and SQLite's pass here alike. Linux with the GNU C library. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WRITE = 1, SYNC = 2, NAME = 4, MAKE = 8, REMOVE = 16, LENGTH = 32, SEND = 64 };
enum { COUNT = 0, FAIL = 1, SHORT = 2, KILL = 3, TORN = 4, CUT = 5, CUT_SOME = 6 };

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

#define REAL(name) __typeof__(&name) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

/* What is not on the disk yet, the newest last: bytes as they were before a write, or a name as it was before a rename. */
struct unsynced {
    dev_t device;
    ino_t inode; /* of the file, or of the folder in which the new name stands */
    int handle;  /* -1: a rename. Never closed: that would let go of SQLite's locks on the file. */
    int synced;
    off_t at, size;
    size_t length;
    char *bytes, *old, *new, *replaced;
    struct unsynced *before;
};
static struct unsynced *newest;
static pthread_mutex_t guard = PTHREAD_MUTEX_INITIALIZER;
static int cuts(void) { return classes && (action == CUT || action == CUT_SOME); }

static struct unsynced *note(struct stat *file) {
    struct unsynced *one = calloc(1, sizeof *one);
    one->device = file->st_dev, one->inode = file->st_ino, one->handle = -1;
    pthread_mutex_lock(&guard);
    one->before = newest, newest = one;
    pthread_mutex_unlock(&guard);
    return one;
}

/* Before `length` bytes at `at` are written over; -1: where a write would go now. */
static void remember(int fd, off_t at, size_t length) {
    struct stat file;
    char link[64];
    if (!cuts() || !fd_counts(fd) || fstat(fd, &file) || !S_ISREG(file.st_mode)) return;
    int (*open_it)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    int handle = -1;
    for (struct unsynced *one = newest; one && handle < 0; one = one->before)
        if (one->handle >= 0 && one->device == file.st_dev && one->inode == file.st_ino) handle = one->handle;
    if (handle < 0 && (handle = open_it(link, O_RDWR | O_CLOEXEC)) < 0) return;
    if (at < 0) at = fcntl(fd, F_GETFL) & O_APPEND ? file.st_size : lseek(fd, 0, SEEK_CUR);
    struct unsynced *one = note(&file);
    one->handle = handle, one->at = at, one->size = file.st_size;
    if (at < file.st_size) {
        one->length = at + (off_t)length < file.st_size ? length : (size_t)(file.st_size - at);
        one->bytes = malloc(one->length);
        if (pread(handle, one->bytes, one->length, at) != (ssize_t)one->length) one->length = 0;
    }
}

/* Before `old` gets the name `new`. What had that name is kept outside the folder, to come back under it. */
static void remember_name(const char *old, const char *new) {
    static atomic_int kept;
    struct stat folder, there;
    char parent[PATH_MAX], aside[PATH_MAX + 32];
    if (!cuts() || new[0] != '/' || !path_counts(AT_FDCWD, new)) return;
    snprintf(parent, sizeof parent, "%s", new);
    if (stat(dirname(parent), &folder)) return;
    struct unsynced *one = note(&folder);
    one->old = strdup(old), one->new = strdup(new);
    if (!lstat(new, &there) && S_ISREG(there.st_mode)) {
        snprintf(aside, sizeof aside, "%s.aside-%d", below, atomic_fetch_add(&kept, 1));
        if (!link(new, aside)) one->replaced = strdup(aside);
    }
}

static void synced(int fd) {
    struct stat file;
    if (!cuts() || fstat(fd, &file)) return;
    pthread_mutex_lock(&guard);
    for (struct unsynced *one = newest; one; one = one->before) /* they stay in the list, for their handles */
        if (one->device == file.st_dev && one->inode == file.st_ino) one->synced = 1;
    pthread_mutex_unlock(&guard);
}

static void forget_what_is_not_synced(void) {
    __typeof__(&rename) rename_it = (__typeof__(&rename))dlsym(RTLD_NEXT, "rename");
    __typeof__(&pwrite) pwrite_it = (__typeof__(&pwrite))dlsym(RTLD_NEXT, "pwrite");
    __typeof__(&ftruncate) cut_it = (__typeof__(&ftruncate))dlsym(RTLD_NEXT, "ftruncate");
    unsigned number = 0;
    for (struct unsynced *one = newest; one; one = one->before) {
        if (one->synced || (action == CUT_SOME && (++number * 2654435761u >> 16) & 1)) continue;
        if (one->handle < 0) {
            rename_it(one->new, one->old);
            if (one->replaced) rename_it(one->replaced, one->new);
            continue;
        }
        if (one->length) pwrite_it(one->handle, one->bytes, one->length, one->at);
        cut_it(one->handle, one->size);
    }
}

/* What is to happen to this call: COUNT means that nothing is. Dies here where it is to die before the call. */
static int fate(int kind) {
    long now = atomic_fetch_add(&seen, 1) + 1;
    if (now < from || now >= to) return COUNT;
    if (cuts()) forget_what_is_not_synced();
    if (cuts() || action == KILL || (action == TORN && kind != WRITE)) kill(getpid(), SIGKILL);
    if (action == FAIL) errno = error;
    return action;
}

static int counted(int kind, int fd) { return (classes & kind) && fd_counts(fd) ? fate(kind) : COUNT; }
static int counted_at(int kind, int folder, const char *path) {
    return (classes & kind) && path_counts(folder, path) ? fate(kind) : COUNT;
}

#define OR_FAIL(happens) if ((happens) == FAIL) return -1

/* Half of a write, and then: dead, or the rest is the caller's. */
#define WRITES(name, parameters, at, whole, half) \
    ssize_t name parameters { \
        REAL(name); \
        int happens = counted(WRITE, fd); \
        if (happens == FAIL) return -1; \
        remember(fd, at, length); \
        if (happens != TORN && (happens != SHORT || length < 2)) return real whole; \
        ssize_t done = real half; \
        if (happens == TORN) kill(getpid(), SIGKILL); \
        return done; \
    }

WRITES(write, (int fd, const void *data, size_t length), -1, (fd, data, length), (fd, data, length / 2))
WRITES(pwrite, (int fd, const void *data, size_t length, off_t at), at, (fd, data, length, at),
       (fd, data, length / 2, at))
WRITES(pwrite64, (int fd, const void *data, size_t length, off64_t at), at, (fd, data, length, at),
       (fd, data, length / 2, at))

ssize_t sendfile(int to, int from_, off_t *at, size_t length) {
    REAL(sendfile);
    OR_FAIL(counted(WRITE, to));
    remember(to, -1, length);
    return real(to, from_, at, length);
}

ssize_t sendfile64(int to, int from_, off64_t *at, size_t length) {
    REAL(sendfile64);
    OR_FAIL(counted(WRITE, to));
    remember(to, -1, length);
    return real(to, from_, at, length);
}

#define SYNCS(name) \
    int name(int fd) { \
        REAL(name); \
        OR_FAIL(counted(SYNC, fd)); \
        int done = real(fd); \
        if (!done) synced(fd); \
        return done; \
    }

SYNCS(fsync)
SYNCS(fdatasync)

#define CUTS(name, type) \
    int name(int fd, type length) { \
        REAL(name); \
        OR_FAIL(counted(LENGTH, fd)); \
        remember(fd, length, 1u << 30); \
        return real(fd, length); \
    }

CUTS(ftruncate, off_t)
CUTS(ftruncate64, off64_t)

int rename(const char *old, const char *new) {
    REAL(rename);
    OR_FAIL(counted_at(NAME, AT_FDCWD, new));
    remember_name(old, new);
    return real(old, new);
}

int renameat(int from_folder, const char *old, int folder, const char *new) {
    REAL(renameat);
    OR_FAIL(counted_at(NAME, folder, new));
    if (from_folder == AT_FDCWD && folder == AT_FDCWD) remember_name(old, new);
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

/* Only an open that makes the file changes the folder; one that empties it is a write. */
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
        if ((flags & O_TRUNC) && cuts() && path_counts(folder, path)) { \
            __typeof__(&openat) open_it = (__typeof__(&openat))dlsym(RTLD_NEXT, "openat"); \
            int there = open_it(folder, path, O_RDWR | O_CLOEXEC); \
            if (there >= 0) remember(there, 0, 1u << 30); /* left open, as its handle is */ \
        } \
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
