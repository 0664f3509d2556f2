/* Samples of a flood share packets.
 *
 * Cyclone aggregates what a writer with WriteBatch writes until a packet is full or it is told to flush. Here it is told
 * so after each write, so that nothing waits, unless a writer has written small samples so fast that the system calls must
 * be what it spends its time on: then a thread flushes it, at most LINGER after the last one. Order is kept. */
#include <stdlib.h>

#include "internal.h"

#define QUICK 5000      /* nanoseconds: a write that begins so soon after the last one belongs to a flood */
#define STREAK 8        /* so many quick writes make a flood: a burst of a few transforms is sent at once */
#define PAUSE 5000000   /* nanoseconds: after so long, another flood begins */
#define LARGEST 32768   /* bytes: larger samples fill packets by themselves */
#define LINGER 200000   /* nanoseconds: the longest delay, unless the writer keeps writing */
#define MANY 64         /* writes within that, */
#define MOST_LEFT 4     /* so many times in a row, which lengthens it */

/* Of a writer that writes so much, packets fill by themselves: they are not sent half full, but for MOST_LEFT looks. */
static bool fills_packets(struct acd_batch *batch)
{
  const uint32_t writes = __atomic_load_n(&batch->writes, __ATOMIC_RELAXED);
  const bool many = writes - batch->seen >= MANY;
  batch->seen = writes;
  return many && ++batch->left <= MOST_LEFT;
}

/* Where the next writer is queued that is due in this round; call with the lock held. */
static struct acd_batch **next_due(struct acd_flusher *f)
{
  for (struct acd_batch **at = &f->head; *at != NULL; at = &(*at)->next) {
    const bool was_looked_at = (*at)->round == f->round;
    (*at)->round = f->round;
    if (!was_looked_at && !fills_packets(*at))
      return at;
  }
  return NULL;
}

/* Flushes the writers that are queued and due; call with the lock held, which it lets go meanwhile. */
static void flush_due(struct acd_flusher *f)
{
  f->round++;
  struct acd_batch **at;
  while ((at = next_due(f)) != NULL) {
    struct acd_batch *batch = *at;
    const dds_entity_t writer = batch->writer;
    *at = batch->next;
    /* Before the flush: what is written from here on queues the writer again. */
    __atomic_store_n(&batch->queued, false, __ATOMIC_SEQ_CST);
    pthread_mutex_unlock(&f->lock);
    dds_write_flush(writer); /* of a writer closed meanwhile: nothing */
    pthread_mutex_lock(&f->lock);
  }
}

static void *run(void *argument)
{
  static const struct timespec linger = {0, LINGER};
  struct acd_flusher *f = argument;
  pthread_mutex_lock(&f->lock);
  while (!f->stop) {
    if (f->head == NULL) {
      pthread_cond_wait(&f->signal, &f->lock);
      continue;
    }
    pthread_mutex_unlock(&f->lock);
    nanosleep(&linger, NULL);
    pthread_mutex_lock(&f->lock);
    flush_due(f);
  }
  pthread_mutex_unlock(&f->lock);
  return NULL;
}

/* Starts the thread with the first flood. Call with the lock held. */
static bool ensure_running(struct acd_flusher *f)
{
  if (!f->running)
    f->running = pthread_create(&f->thread, NULL, run, f) == 0;
  return f->running;
}

/* Leaves flushing to the thread; false if that cannot be. */
static bool defer(struct acd_batch *batch)
{
  struct acd_flusher *f = batch->flusher;
  if (__atomic_load_n(&batch->queued, __ATOMIC_SEQ_CST))
    return true;
  pthread_mutex_lock(&f->lock);
  const bool running = ensure_running(f);
  if (running && !batch->queued) {
    __atomic_store_n(&batch->queued, true, __ATOMIC_SEQ_CST);
    if (f->head == NULL)
      pthread_cond_signal(&f->signal);
    batch->next = f->head;
    batch->round = f->round;
    batch->seen = __atomic_load_n(&batch->writes, __ATOMIC_RELAXED);
    batch->left = 0;
    f->head = batch;
  }
  pthread_mutex_unlock(&f->lock);
  return running;
}

/* Whether a write belongs to a flood and may wait. In a flood that is told from when writes begin, for to read the clock takes
 * a twentieth of a write. A slow one between quick ones does not end it: it sent a packet, or another program had the core. */
static bool may_wait(struct acd_batch *batch, int64_t begun, size_t size)
{
  const int64_t since = begun - __atomic_load_n(&batch->last, __ATOMIC_RELAXED);
  const uint32_t before = __atomic_load_n(&batch->streak, __ATOMIC_RELAXED);
  const bool interrupted = since >= QUICK && since < PAUSE && before == STREAK;
  const uint32_t streak = size > LARGEST ? 0 : since < QUICK ? before + (before < STREAK) : interrupted ? STREAK - 1 : 0;
  __atomic_store_n(&batch->last, begun, __ATOMIC_RELAXED);
  __atomic_store_n(&batch->streak, streak, __ATOMIC_RELAXED);
  __atomic_store_n(&batch->writes, __atomic_load_n(&batch->writes, __ATOMIC_RELAXED) + 1, __ATOMIC_RELAXED);
  return streak == STREAK || (interrupted && streak > 0 && since < LINGER);
}

void acd_batch_end(struct acd_batch *batch, int64_t begun, size_t size)
{
  if (may_wait(batch, begun, size) && defer(batch))
    return;
  dds_write_flush(batch->writer);
  /* The system call is not the writer's own time. */
  __atomic_store_n(&batch->last, dds_time(), __ATOMIC_RELAXED);
}

void acd_batch_flush(const struct acd_batch *batch)
{
  dds_write_flush(batch->writer);
}

struct acd_batch *acd_batch_new(struct acd_flusher *flusher, dds_entity_t writer)
{
  struct acd_batch *batch = calloc(1, sizeof(*batch));
  if (batch != NULL)
    *batch = (struct acd_batch){.flusher = flusher, .writer = writer};
  return batch;
}

void acd_batch_free(struct acd_batch *batch)
{
  if (batch == NULL)
    return;
  pthread_mutex_lock(&batch->flusher->lock);
  for (struct acd_batch **at = &batch->flusher->head; *at != NULL; at = &(*at)->next) {
    if (*at == batch) {
      *at = batch->next;
      break;
    }
  }
  pthread_mutex_unlock(&batch->flusher->lock);
  free(batch);
}

void acd_flusher_open(struct acd_flusher *f)
{
  pthread_mutex_init(&f->lock, NULL);
  pthread_cond_init(&f->signal, NULL);
}

void acd_flusher_close(struct acd_flusher *f)
{
  pthread_mutex_lock(&f->lock);
  f->stop = true;
  pthread_cond_signal(&f->signal);
  pthread_mutex_unlock(&f->lock);
  if (f->running)
    pthread_join(f->thread, NULL);
  pthread_cond_destroy(&f->signal);
  pthread_mutex_destroy(&f->lock);
}
