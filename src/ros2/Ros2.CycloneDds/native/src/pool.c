/* Memory of samples. That of large ones is kept for the next: a fresh block costs a page fault every 4 KiB, which takes
 * longer than to copy a sample into it. */
#include <stdlib.h>

#include "internal.h"

#define SMALLEST_SHIFT 15 /* 32 KiB: below, malloc keeps memory itself */
#define CLASSES 9         /* up to 8 MiB; larger blocks are rare, and too much to hold on to */
#define MOST_KEPT (32u << 20)

struct block {
  struct block *next;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct block *kept[CLASSES];
static size_t kept_bytes;

/* The class of blocks a size is of: each twice as large as the one before; CLASSES for none. */
static unsigned class_of(size_t size)
{
  unsigned c = 0;
  while (c < CLASSES && size > (size_t)1 << (SMALLEST_SHIFT + c))
    c++;
  return c;
}

static bool is_pooled(size_t size)
{
  return size > (size_t)1 << (SMALLEST_SHIFT - 1) && size <= (size_t)1 << (SMALLEST_SHIFT + CLASSES - 1);
}

void *acd_pool_take(size_t size)
{
  if (!is_pooled(size))
    return malloc(size);
  const unsigned c = class_of(size);
  pthread_mutex_lock(&lock);
  struct block *block = kept[c];
  if (block != NULL) {
    kept[c] = block->next;
    kept_bytes -= (size_t)1 << (SMALLEST_SHIFT + c);
  }
  pthread_mutex_unlock(&lock);
  return block != NULL ? block : malloc((size_t)1 << (SMALLEST_SHIFT + c));
}

void acd_pool_give(void *memory, size_t size)
{
  if (!is_pooled(size)) {
    free(memory);
    return;
  }
  const unsigned c = class_of(size);
  const size_t bytes = (size_t)1 << (SMALLEST_SHIFT + c);
  struct block *block = memory;
  pthread_mutex_lock(&lock);
  const bool keep = kept_bytes + bytes <= MOST_KEPT;
  if (keep) {
    block->next = kept[c];
    kept[c] = block;
    kept_bytes += bytes;
  }
  pthread_mutex_unlock(&lock);
  if (!keep)
    free(memory);
}
