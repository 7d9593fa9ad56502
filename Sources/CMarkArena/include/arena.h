// Memory for one Markdown tree at a time, given back as a whole.
//
// cmark makes several small allocations for each word or two, and frees them one by one. Here they come one after
// another from a few large pieces that a thread keeps, which takes a tenth of the time.

#ifndef CMARK_ARENA_H
#define CMARK_ARENA_H

#include <stddef.h>

/// Zeroed memory that lives until the thread's next `cmark_arena_clear`.
void *cmark_arena_calloc(size_t count, size_t size);
/// The same memory grown, or a copy of it in a larger place.
void *cmark_arena_realloc(void *memory, size_t size);
/// Does nothing: memory comes back with `cmark_arena_clear`.
void cmark_arena_free(void *memory);
/// Ends the life of everything this thread has allocated here.
void cmark_arena_clear(void);

#endif
