/* Makes a folder as strange as those of a network or of an old disk can be.
 *
 * Preloaded into the program by test_strange_folders.py, with
 *   FOLDER_UNDER   only paths that have this text are strange
 *   FOLDER_DELAY   microseconds that every call takes longer
 *   FOLDER_TICK    nanoseconds from one time that files can have to the next; they have no time of their own for a change
 *                  of attributes then, as on FAT
 *   FOLDER_BEHIND  seconds that the folder's clock is behind the machine's
 *   CLOCK_AT       nanoseconds since 1970 at which the machine's clock stands
 *   FOLDER_GONE    files with this text in their path are gone when they are opened for the FOLDER_GONE_AT-th time, and later
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static atomic_long opened_gone;

static long long number(const char *name) {
    const char *text = getenv(name);
    return text ? atoll(text) : 0;
}

static int is_strange(const char *path) {
    const char *under = getenv("FOLDER_UNDER");
    return path && under && !strcmp(program_invocation_short_name, "signpost") && (path[0] != '/' || strstr(path, under));
}

static void wait_for_it(const char *path) {
    long long delay = number("FOLDER_DELAY");
    if (delay && is_strange(path)) usleep(delay);
}

static void set(struct timespec *time) {
    long long tick = number("FOLDER_TICK");
    long long value = ((long long)time->tv_sec - number("FOLDER_BEHIND")) * 1000000000 + time->tv_nsec;
    if (tick) value -= value % tick;
    time->tv_sec = value / 1000000000;
    time->tv_nsec = value % 1000000000;
}

static int told(int result, const char *path, struct stat *info) {
    if (result == 0 && is_strange(path) && (number("FOLDER_TICK") || number("FOLDER_BEHIND"))) {
        if (number("FOLDER_TICK")) info->st_ctim = info->st_mtim;
        set(&info->st_mtim);
        set(&info->st_ctim);
    }
    return result;
}

int stat(const char *path, struct stat *info) {
    wait_for_it(path);
    return told(NEXT(stat)(path, info), path, info);
}

int lstat(const char *path, struct stat *info) {
    wait_for_it(path);
    return told(NEXT(lstat)(path, info), path, info);
}

/* Where an open file or folder lies. */
static const char *place(int file, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, size - 1);
    path[length < 0 ? 0 : length] = 0;
    return path;
}

int fstat(int file, struct stat *info) {
    char path[4096];
    return told(NEXT(fstat)(file, info), place(file, path, sizeof path), info);
}

int fstatat(int folder, const char *name, struct stat *info, int flags) {
    char path[4096];
    const char *from = name[0] == '/' || folder == AT_FDCWD ? name : place(folder, path, sizeof path);
    wait_for_it(from);
    return told(NEXT(fstatat)(folder, name, info, flags), from, info);
}

int rename(const char *from, const char *to) {
    wait_for_it(from);
    return NEXT(rename)(from, to);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
    wait_for_it(from);
    return NEXT(renameat2)(a, from, b, to, flags);
}

int unlink(const char *path) {
    wait_for_it(path);
    return NEXT(unlink)(path);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
    int result = NEXT(clock_gettime)(clock, time);
    if (result == 0 && clock == CLOCK_REALTIME && number("CLOCK_AT")
        && !strcmp(program_invocation_short_name, "signpost")) {
        time->tv_sec = number("CLOCK_AT") / 1000000000;
        time->tv_nsec = number("CLOCK_AT") % 1000000000;
    }
    return result;
}

static int is_gone(const char *path) {
    const char *gone = getenv("FOLDER_GONE");
    return gone && is_strange(path) && strstr(path, gone)
        && atomic_fetch_add(&opened_gone, 1) + 1 >= number("FOLDER_GONE_AT");
}

static int opened(const char *name, const char *path, int flags, mode_t mode) {
    wait_for_it(path);
    if (is_gone(path)) {
        errno = ENOENT;
        return -1;
    }
    return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name))(path, flags, mode);
}

#include "opens.h"
