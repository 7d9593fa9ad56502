/* Stops the program, or makes a call fail, at the nth call that changes the tree of files.
 *
 * Preloaded into the program by test_interrupted.py, with
 *   INTERRUPT_AT     which call, from 1; 0 only counts
 *   INTERRUPT_ERROR  the error to give instead of stopping, as a number; 0 stops the program
 *   INTERRUPT_REST   set: every call after it fails too, as on a disk that is full
 *   INTERRUPT_UNDER  only calls with a path that has this text count
 *   INTERRUPT_COUNT  a file that is told how many calls there were, in the end
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long calls;

/* The program itself, and not what it starts. */
static int is_program(void) {
    return !strcmp(program_invocation_short_name, "signpost");
}

static int counts(const char *path) {
    const char *under = getenv("INTERRUPT_UNDER");
    return path && is_program() && (!under || strstr(path, under));
}

/* Whether this call is to fail; does not return where the program is to be stopped. */
static int interrupted(void) {
    const char *at = getenv("INTERRUPT_AT"), *error = getenv("INTERRUPT_ERROR");
    long n = atomic_fetch_add(&calls, 1) + 1;
    if (!at || n < atol(at) || (n > atol(at) && !getenv("INTERRUPT_REST"))) return 0;
    if (!error || !atoi(error)) {
        kill(getpid(), SIGKILL);
        for (;;) pause();
    }
    errno = atoi(error);
    return 1;
}

__attribute__((destructor)) static void tell(void) {
    const char *path = getenv("INTERRUPT_COUNT");
    FILE *file = path && is_program() ? fopen(path, "w") : NULL;
    if (!file) return;
    fprintf(file, "%ld\n", atomic_load(&calls));
    fclose(file);
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))
int unlink(const char *path) {
    if (counts(path) && interrupted()) return -1;
    return NEXT(unlink)(path);
}

int rmdir(const char *path) {
    if (counts(path) && interrupted()) return -1;
    return NEXT(rmdir)(path);
}

int mkdir(const char *path, mode_t mode) {
    if (counts(path) && interrupted()) return -1;
    return NEXT(mkdir)(path, mode);
}

int rename(const char *from, const char *to) {
    if ((counts(from) || counts(to)) && interrupted()) return -1;
    return NEXT(rename)(from, to);
}

int renameat2(int a, const char *from, int b, const char *to, unsigned flags) {
    if ((counts(from) || counts(to)) && interrupted()) return -1;
    return NEXT(renameat2)(a, from, b, to, flags);
}

int symlink(const char *target, const char *path) {
    if (counts(path) && interrupted()) return -1;
    return NEXT(symlink)(target, path);
}

static int opened(const char *name, const char *path, int flags, mode_t mode) {
    if ((flags & O_CREAT) && counts(path) && interrupted()) return -1;
    return ((int (*)(const char *, int, ...))dlsym(RTLD_NEXT, name))(path, flags, mode);
}

#include "opens.h"

/* What is written to an open file: to a site's file or another, as its descriptor's name says. */
ssize_t write(int file, const void *bytes, size_t size) {
    const char *under = getenv("INTERRUPT_UNDER");
    if (file > 2 && under) {
        char link[64], path[4096];
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        ssize_t length = readlink(link, path, sizeof path - 1);
        if (length > 0) {
            path[length] = 0;
            if (counts(path) && interrupted()) return -1;
        }
    }
    return NEXT(write)(file, bytes, size);
}
