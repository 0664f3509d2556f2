/* Memory of samples, which is kept for the next. A fresh large block costs a page fault every 4 KiB, which takes longer than
 * to copy a sample into it. Small ones are taken by one thread and given back by another, where the locks of malloc, and its
 * giving memory back to the system and asking for it again, cost more than all else: so they change hands many at a time, as
 * in Bonwick's magazines (Magazines and Vmem, USENIX 2001). */
#include <stdlib.h>

#include "internal.h"

#define SMALLEST_SHIFT 9 /* 512 bytes */
#define LARGEST_SHIFT 23 /* 8 MiB; larger blocks are rare, and too much to hold on to */
#define CLASSES (2 * (LARGEST_SHIFT - SMALLEST_SHIFT) + 1)
#define THREAD_CLASSES 11 /* up to 16 KiB: of these each thread has some for itself */
#define MAGAZINE 32       /* blocks that change hands at a time */
#define MOST_KEPT (32u << 20)
#define LARGEST_MAPPED (16u << 20)

/* An unused block. */
struct block {
  struct block *next;          /* in its magazine */
  struct block *next_magazine; /* of the first in a magazine */
  size_t count;                /* of that magazine's blocks */
};

/* What one thread keeps of a class: two magazines, so that it does not go for another with each block at the brink. */
struct hold {
  struct block *filling, *full;
  size_t count; /* of those in filling */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct block *kept[CLASSES];
static size_t kept_bytes;

static _Thread_local struct hold held[THREAD_CLASSES];
static _Thread_local bool is_thread_known;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static pthread_key_t thread_end;

/* Classes have 512, 768, 1024, 1536, 2048, ... bytes. */
static size_t bytes_of(unsigned c)
{
  return (c % 2 == 0 ? (size_t)1 << SMALLEST_SHIFT : (size_t)3 << (SMALLEST_SHIFT - 1)) << c / 2;
}

/* The class of blocks that hold so much; CLASSES or more for none. */
static unsigned class_of(size_t size)
{
  if (size <= (size_t)1 << SMALLEST_SHIFT)
    return 0;
  const unsigned shift = (unsigned)(8 * sizeof(long) - (size_t)__builtin_clzl(size - 1)); /* 2^shift is enough */
  const unsigned c = 2 * (shift - SMALLEST_SHIFT);
  return size <= (size_t)3 << (shift - 2) ? c - 1 : c;
}

static void free_all(struct block *block)
{
  while (block != NULL) {
    struct block *next = block->next;
    free(block);
    block = next;
  }
}

/* Keeps a magazine for whoever needs one, unless there are enough. */
static void deposit(unsigned c, struct block *magazine, size_t count)
{
  const size_t bytes = count * bytes_of(c);
  pthread_mutex_lock(&lock);
  const bool keep = kept_bytes + bytes <= MOST_KEPT;
  if (keep) {
    magazine->count = count;
    magazine->next_magazine = kept[c];
    kept[c] = magazine;
    kept_bytes += bytes;
  }
  pthread_mutex_unlock(&lock);
  if (!keep)
    free_all(magazine);
}

static struct block *withdraw(unsigned c, size_t *count)
{
  pthread_mutex_lock(&lock);
  struct block *magazine = kept[c];
  *count = magazine != NULL ? magazine->count : 0;
  if (magazine != NULL) {
    kept[c] = magazine->next_magazine;
    kept_bytes -= *count * bytes_of(c);
  }
  pthread_mutex_unlock(&lock);
  return magazine;
}

/* What a thread kept is the others' when it ends. */
static void give_up_all(void *holds)
{
  struct hold *hold = holds;
  for (unsigned c = 0; c < THREAD_CLASSES; c++, hold++) {
    if (hold->full != NULL)
      deposit(c, hold->full, MAGAZINE);
    if (hold->filling != NULL)
      deposit(c, hold->filling, hold->count);
    *hold = (struct hold){0};
  }
  is_thread_known = false; /* what it gives back after this makes itself known again */
}

static void create_thread_end(void)
{
  (void)pthread_key_create(&thread_end, give_up_all);
}

static void learn_of_thread(void)
{
  is_thread_known = true;
  (void)pthread_once(&once, create_thread_end);
  (void)pthread_setspecific(thread_end, held);
}

static struct block *take_held(unsigned c)
{
  struct hold *hold = &held[c];
  if (hold->filling == NULL) {
    hold->filling = hold->full;
    hold->count = MAGAZINE;
    hold->full = NULL;
  }
  if (hold->filling == NULL)
    hold->filling = withdraw(c, &hold->count);
  struct block *block = hold->filling;
  if (block != NULL) {
    hold->filling = block->next;
    hold->count--;
  }
  return block;
}

static void give_held(unsigned c, struct block *block)
{
  struct hold *hold = &held[c];
  if (!is_thread_known)
    learn_of_thread();
  if (hold->filling == NULL)
    hold->count = 0;
  if (hold->count == MAGAZINE) {
    if (hold->full != NULL)
      deposit(c, hold->full, MAGAZINE);
    hold->full = hold->filling;
    hold->filling = NULL;
    hold->count = 0;
  }
  block->next = hold->filling;
  hold->filling = block;
  hold->count++;
}

void *acd_pool_take(size_t size)
{
  const unsigned c = class_of(size);
  size_t count;
  if (c >= CLASSES)
    return malloc(size);
  struct block *block = c < THREAD_CLASSES ? take_held(c) : withdraw(c, &count);
  return block != NULL ? block : malloc(bytes_of(c));
}

void acd_pool_give(void *memory, size_t size)
{
  const unsigned c = class_of(size);
  struct block *block = memory;
  if (c >= CLASSES) {
    free(memory);
  } else if (c < THREAD_CLASSES) {
    give_held(c, block);
  } else {
    block->next = NULL;
    deposit(c, block, 1);
  }
}

void acd_pool_calm_malloc(void)
{
  void *volatile block = malloc(LARGEST_MAPPED);
  free(block);
}
