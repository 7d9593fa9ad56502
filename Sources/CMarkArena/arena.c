#include "arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

// Enough for a usual page; larger ones take several.
static const size_t piece_size = 256 * 1024;
// What is kept between two trees; more is given back to the system.
static const size_t kept_size = 1024 * 1024;
// Of every allocation; before it stands its size.
static const size_t alignment = 16;

struct piece {
    struct piece *previous;
    size_t size;
    size_t used;
    // Keeps what follows aligned.
    size_t padding;
};

static _Thread_local struct piece *current = NULL;

static void *bytes(struct piece *piece) { return (char *)piece + sizeof(struct piece); }

static void *take(size_t size) {
    if (size > SIZE_MAX - piece_size) abort();
    size_t whole = (size + 2 * alignment - 1) / alignment * alignment;
    if (current == NULL || current->size - current->used < whole) {
        size_t room = whole > piece_size ? whole : piece_size;
        struct piece *next = malloc(sizeof(struct piece) + room);
        // cmark's own allocator does the same: there is no way to go on.
        if (next == NULL) abort();
        next->previous = current;
        next->size = room;
        next->used = 0;
        current = next;
    }
    char *start = (char *)bytes(current) + current->used;
    current->used += whole;
    *(size_t *)start = size;
    return start + alignment;
}

void *cmark_arena_calloc(size_t count, size_t size) {
    if (size != 0 && count > SIZE_MAX / size) abort();
    void *memory = take(count * size);
    memset(memory, 0, count * size);
    return memory;
}

void *cmark_arena_realloc(void *memory, size_t size) {
    if (memory == NULL) return take(size);
    size_t old = *(size_t *)((char *)memory - alignment);
    if (size <= old) return memory;
    // The newest allocation grows where it is.
    size_t whole = (old + 2 * alignment - 1) / alignment * alignment;
    size_t wanted = (size + 2 * alignment - 1) / alignment * alignment;
    char *start = (char *)memory - alignment;
    if (start + whole == (char *)bytes(current) + current->used && size < SIZE_MAX - piece_size
        && current->size - current->used >= wanted - whole) {
        current->used += wanted - whole;
        *(size_t *)start = size;
        return memory;
    }
    void *copy = take(size);
    memcpy(copy, memory, old);
    return copy;
}

void cmark_arena_free(void *memory) { (void)memory; }

void cmark_arena_clear(void) {
    struct piece *piece = current;
    current = NULL;
    while (piece != NULL) {
        struct piece *previous = piece->previous;
        if (current == NULL && piece->size <= kept_size) {
            piece->used = 0;
            piece->previous = NULL;
            current = piece;
        } else {
            free(piece);
        }
        piece = previous;
    }
}
