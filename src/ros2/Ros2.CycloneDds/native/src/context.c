/* A participant, and the queue of its entities that have something to report. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

#define NANOSECONDS 1000000000LL

#define FLOOD 100          /* samples taken in each */
#define FLOOD_TIME 1000000 /* nanoseconds are a flood */
#define NAP 200            /* nanoseconds for each of them, to which the system adds some 50000 */
#define LONGEST_NAP 200000 /* nanoseconds */
#define NAPS 4             /* so many while nothing comes: a flood comes in gushes, and who waits for one is woken by its first drop */

void acd_source_raise(struct acd_source *source, uint32_t events)
{
  struct acd_context *context = source->context;
  /* Reported already and not yet looked at: whoever takes the report finds what this one is about. */
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  if ((__atomic_load_n(&source->events, __ATOMIC_SEQ_CST) & events) == events)
    return;
  bool wake = false;
  pthread_mutex_lock(&context->lock);
  if (source->events == 0) {
    source->next = NULL;
    if (context->tail == NULL)
      __atomic_store_n(&context->head, source, __ATOMIC_RELAXED);
    else
      context->tail->next = source;
    context->tail = source;
    wake = context->waiting > 0;
  }
  __atomic_store_n(&source->events, source->events | events, __ATOMIC_SEQ_CST);
  pthread_mutex_unlock(&context->lock);
  if (wake) /* without the lock, which who wakes on another core needs at once */
    pthread_cond_signal(&context->signal);
}

void acd_source_forget(struct acd_source *source)
{
  struct acd_context *context = source->context;
  pthread_mutex_lock(&context->lock);
  struct acd_source *previous = NULL;
  for (struct acd_source *s = context->head; s != NULL; previous = s, s = s->next) {
    if (s != source)
      continue;
    if (previous == NULL)
      context->head = s->next;
    else
      previous->next = s->next;
    if (context->tail == s)
      context->tail = previous;
    break;
  }
  source->events = 0;
  pthread_mutex_unlock(&context->lock);
}

/* Takes what is queued; call with the lock held. */
static int32_t pop(struct acd_context *context, acd_ready *ready, int32_t capacity)
{
  int32_t n = 0;
  while (n < capacity && context->head != NULL) {
    struct acd_source *source = context->head;
    context->head = source->next;
    if (context->head == NULL)
      context->tail = NULL;
    ready[n++] = (acd_ready){.token = source->token, .events = source->events};
    __atomic_store_n(&source->events, 0, __ATOMIC_SEQ_CST);
  }
  __atomic_thread_fence(__ATOMIC_SEQ_CST);
  if (n < capacity && acd_log_pending())
    ready[n++] = (acd_ready){.token = ACD_TOKEN_LOG};
  if (n < capacity && context->woken) {
    context->woken = false;
    ready[n++] = (acd_ready){.token = ACD_TOKEN_WAKE};
  }
  return n;
}

/* Looks for events without the lock. */
static bool is_ready(const void *argument)
{
  const struct acd_context *context = argument;
  return __atomic_load_n(&context->head, __ATOMIC_RELAXED) != NULL || __atomic_load_n(&context->woken, __ATOMIC_RELAXED);
}

/* Sleeps until something is queued or time is over; call with the lock held. */
static int32_t sleep_until(struct acd_context *context, int64_t deadline, acd_ready *ready, int32_t capacity)
{
  const struct timespec end = {.tv_sec = deadline / NANOSECONDS, .tv_nsec = deadline % NANOSECONDS};
  int32_t n = pop(context, ready, capacity);
  int rc = 0;
  while (n == 0 && rc != ETIMEDOUT) {
    context->waiting++;
    rc = deadline == INT64_MAX ? pthread_cond_wait(&context->signal, &context->lock)
                               : pthread_cond_timedwait(&context->signal, &context->lock, &end);
    context->waiting--;
    n = pop(context, ready, capacity);
  }
  return n;
}

/* Of a flood many samples are taken at a time: to wait for each wakes and switches threads more than it works, and to look for
 * each takes the core from those who bring them. */
static int64_t nap_time(struct acd_rate *rate, int64_t now)
{
  const int64_t time = now - rate->since;
  if (time >= FLOOD_TIME) {
    const uint32_t taken = __atomic_load_n(&rate->taken, __ATOMIC_RELAXED);
    const int64_t samples = (int64_t)(taken - rate->seen) * FLOOD_TIME / time;
    rate->nap = samples < FLOOD ? 0 : samples < LONGEST_NAP / NAP ? samples * NAP : LONGEST_NAP;
    rate->seen = taken;
    rate->since = now;
  }
  return rate->nap;
}

/* What goes before sleeping until something is queued. */
static void rest(struct acd_context *context, int64_t now, int64_t deadline)
{
  const struct timespec nap = {0, nap_time(&context->rate, now)};
  if (nap.tv_nsec == 0 || deadline - now < 10 * NAPS * nap.tv_nsec) {
    acd_spin_until(&context->spin, now, deadline, is_ready, context);
    return;
  }
  for (int i = 0; i < NAPS && (i == 0 || !is_ready(context)); i++)
    nanosleep(&nap, NULL);
}

int32_t acd_wait(acd_context *context, int64_t timeout, acd_ready *ready, int32_t capacity)
{
  pthread_mutex_lock(&context->lock);
  int32_t n = pop(context, ready, capacity);
  if (n > 0 || timeout == 0) {
    pthread_mutex_unlock(&context->lock);
    return n;
  }
  pthread_mutex_unlock(&context->lock);
  const int64_t begun = acd_now();
  const int64_t deadline = timeout < 0 || timeout > INT64_MAX - begun ? INT64_MAX : begun + timeout;
  rest(context, begun, deadline);
  pthread_mutex_lock(&context->lock);
  n = sleep_until(context, deadline, ready, capacity);
  pthread_mutex_unlock(&context->lock);
  if (n > 0)
    acd_spin_learn(&context->spin, acd_now() - begun);
  return n;
}

void acd_wake(acd_context *context)
{
  pthread_mutex_lock(&context->lock);
  __atomic_store_n(&context->woken, true, __ATOMIC_RELAXED);
  if (context->waiting > 0)
    pthread_cond_signal(&context->signal);
  pthread_mutex_unlock(&context->lock);
}

static void release(struct acd_context *context)
{
  acd_flusher_close(&context->flusher);
  pthread_cond_destroy(&context->signal);
  pthread_mutex_destroy(&context->lock);
  free(context);
}

static struct acd_context *allocate(uint32_t domain)
{
  struct acd_context *context = calloc(1, sizeof(*context));
  if (context == NULL)
    return NULL;
  pthread_condattr_t attributes;
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&context->signal, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_mutex_init(&context->lock, NULL);
  acd_flusher_open(&context->flusher);
  context->domain = domain;
  context->graph = (struct acd_source){.context = context, .token = ACD_TOKEN_GRAPH};
  return context;
}

static int32_t create_participant(struct acd_context *context, const char *user_data, const char *const *properties)
{
  dds_qos_t *qos = dds_create_qos();
  if (qos == NULL)
    return DDS_RETCODE_OUT_OF_RESOURCES;
  dds_qset_userdata(qos, user_data, strlen(user_data));
  for (size_t i = 0; properties != NULL && properties[i] != NULL && properties[i + 1] != NULL; i += 2)
    dds_qset_prop(qos, properties[i], properties[i + 1]);
  context->participant = dds_create_participant(context->domain, qos, NULL);
  dds_delete_qos(qos);
  if (context->participant < 0)
    return context->participant;
  context->publisher = dds_create_publisher(context->participant, NULL, NULL);
  if (context->publisher < 0)
    return context->publisher;
  context->subscriber = dds_create_subscriber(context->participant, NULL, NULL);
  if (context->subscriber < 0)
    return context->subscriber;
  return acd_graph_open(context);
}

int32_t acd_open(uint32_t domain, const char *config, const char *user_data, const char *const *properties,
                 int32_t loopback_only, acd_context **out)
{
  *out = NULL;
  struct acd_context *context = allocate(domain);
  if (context == NULL)
    return DDS_RETCODE_OUT_OF_RESOURCES;
  int32_t result = acd_domain_acquire(domain, config, loopback_only != 0);
  if (result < 0) {
    release(context);
    return result;
  }
  result = create_participant(context, user_data, properties);
  if (result < 0) {
    acd_close(context);
    return result;
  }
  *out = context;
  return DDS_RETCODE_OK;
}

void acd_close(acd_context *context)
{
  if (context->participant > 0)
    (void)dds_delete(context->participant); /* and its children; returns after the last listener call */
  acd_domain_release(context->domain);
  release(context);
}

int32_t acd_context_guid(const acd_context *context, uint8_t guid[16])
{
  dds_guid_t id;
  const dds_return_t result = dds_get_guid(context->participant, &id);
  if (result == DDS_RETCODE_OK)
    memcpy(guid, id.v, sizeof(id.v));
  return result;
}
