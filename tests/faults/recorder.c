/* Loaded before a program (LD_PRELOAD): writes down every change it makes to files below RECORD_ROOT, in order,
   into RECORD_LOG, so that the log can be cut anywhere and what would be on the disk be put together again.

   One record: op (1 byte), three lengths and an offset, then path, second path, data. What a memory map changes
   is not seen: the only map is SQLite's -shm, which no power cut leaves behind. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

struct head {
    uint32_t op, path, second, data;
    int64_t offset;
};

static pthread_mutex_t turn = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;
static int out = -1;
static const char *root;
static size_t root_length;

__attribute__((constructor)) static void begin(void) {
    const char *log = getenv("RECORD_LOG");
    root = getenv("RECORD_ROOT");
    if (log == NULL || root == NULL)
        return;
    root_length = strlen(root);
    out = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int ours(const char *path) {
    return out >= 0 && path != NULL && strncmp(path, root, root_length) == 0 && path[root_length] == '/';
}

static int path_of(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t got = readlink(link, path, PATH_MAX - 1);
    if (got < 0)
        return 0;
    path[got] = 0;
    return ours(path) || (out >= 0 && strcmp(path, root) == 0);
}

static void note(char op, const char *path, const char *second, int64_t offset, const void *data, size_t size) {
    struct head head = {(uint32_t)op, (uint32_t)strlen(path), second ? (uint32_t)strlen(second) : 0,
                        (uint32_t)size, offset};
    size_t whole = sizeof head + head.path + head.second + size;
    char *record = malloc(whole), *at = record;
    memcpy(at, &head, sizeof head);
    memcpy(at += sizeof head, path, head.path);
    memcpy(at += head.path, second ? second : "", head.second);
    if (size)
        memcpy(at + head.second, data, size);
    if (syscall(SYS_write, out, record, whole) != (ssize_t)whole)
        abort();
    free(record);
}

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

#define NOTED(type, call, good, body)                                                                              \
    pthread_mutex_lock(&turn);                                                                                     \
    type result = call;                                                                                            \
    int kept = errno;                                                                                              \
    if (good) {                                                                                                    \
        body;                                                                                                      \
    }                                                                                                              \
    pthread_mutex_unlock(&turn);                                                                                   \
    errno = kept;                                                                                                  \
    return result;

ssize_t write(int fd, const void *data, size_t size) {
    static ssize_t (*next)(int, const void *, size_t);
    char path[PATH_MAX];
    if (next == NULL)
        next = real("write");
    NOTED(ssize_t, next(fd, data, size), result > 0 && path_of(fd, path),
          note('w', path, NULL, lseek(fd, 0, SEEK_CUR) - result, data, (size_t)result))
}

static ssize_t placed(ssize_t (*next)(int, const void *, size_t, off64_t), int fd, const void *data, size_t size,
                      off64_t at) {
    char path[PATH_MAX];
    NOTED(ssize_t, next(fd, data, size, at), result > 0 && path_of(fd, path),
          note('w', path, NULL, at, data, (size_t)result))
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { return placed(real("pwrite64"), fd, data, size, at); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { return placed(real("pwrite64"), fd, data, size, at); }

static int cut(int fd, off64_t size) {
    static int (*next)(int, off64_t);
    char path[PATH_MAX];
    if (next == NULL)
        next = real("ftruncate64");
    NOTED(int, next(fd, size), result == 0 && path_of(fd, path), note('t', path, NULL, size, NULL, 0))
}

int ftruncate64(int fd, off64_t size) { return cut(fd, size); }
int ftruncate(int fd, off_t size) { return cut(fd, size); }

static int synced(const char *name, int fd) {
    int (*next)(int) = real(name);
    char path[PATH_MAX];
    NOTED(int, next(fd), result == 0 && path_of(fd, path), note('s', path, NULL, 0, NULL, 0))
}

int fsync(int fd) { return synced("fsync", fd); }
int fdatasync(int fd) { return synced("fdatasync", fd); }

int unlink(const char *path) {
    int (*next)(const char *) = real("unlink");
    NOTED(int, next(path), result == 0 && ours(path), note('u', path, NULL, 0, NULL, 0))
}

int rename(const char *from, const char *to) {
    int (*next)(const char *, const char *) = real("rename");
    NOTED(int, next(from, to), result == 0 && ours(to), note('r', from, to, 0, NULL, 0))
}

int mkdir(const char *path, mode_t mode) {
    int (*next)(const char *, mode_t) = real("mkdir");
    NOTED(int, next(path, mode), result == 0 && ours(path), note('d', path, NULL, 0, NULL, 0))
}

static int opened(const char *path, int flags, mode_t mode) {
    static int (*next)(const char *, int, ...);
    struct stat there;
    if (next == NULL)
        next = real("open64");
    int is_new = (flags & O_CREAT) && ours(path) && stat(path, &there) != 0;
    int is_emptied = !is_new && (flags & O_TRUNC) && ours(path);
    NOTED(int, next(path, flags, mode), result >= 0 && (is_new || is_emptied),
          note(is_new ? 'c' : 't', path, NULL, 0, NULL, 0))
}

#define MODE                                                                                                       \
    mode_t mode = 0;                                                                                               \
    if (flags & O_CREAT) {                                                                                         \
        va_list more;                                                                                              \
        va_start(more, flags);                                                                                     \
        mode = va_arg(more, mode_t);                                                                               \
        va_end(more);                                                                                              \
    }

int open(const char *path, int flags, ...) { MODE return opened(path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened(path, flags, mode); }
