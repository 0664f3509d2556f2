/* The samples of a reader that wait to be taken, in the order they came.
 *
 * Cyclone's own reader history cache keeps instances, view states, conditions and a tree of registrations, of which a topic
 * without keys has no use: storing and taking a small sample takes longer there than receiving it. This one is a ring. It
 * knows history and lifespan; a reader with a deadline keeps Cyclone's, which watches it. */
#include <stdlib.h>
#include <string.h>

#include "dds/dds.h"
#include "dds/ddsc/dds_rhc.h"
#include "dds/ddsi/ddsi_tkmap.h"
#include "internal.h"

#define SMALLEST 16u         /* entries, a power of 2 */
#define LARGEST_KEPT 65536u  /* entries: a ring that grew beyond is given back once it is empty */

struct entry {
  struct ddsi_serdata *sample;
  dds_instance_handle_t publication;
#ifdef DDS_HAS_LIFESPAN
  ddsrt_mtime_t expiry;
#endif
};

struct acd_cache {
  struct dds_rhc rhc; /* first: Cyclone's view of this */
  struct acd_source *source;
  struct ddsi_tkmap *instances;
  uint32_t depth; /* 0: keeps all */

  pthread_mutex_t lock; /* guards all below */
  struct ddsi_tkmap_instance *instance; /* the only one; held, or it would be made anew for each sample */
  struct entry *entries;
  uint32_t capacity; /* a power of 2, or 0 */
  uint32_t first, count;
};

static struct entry *at(const struct acd_cache *c, uint32_t i)
{
  return &c->entries[(c->first + i) & (c->capacity - 1)];
}

static bool resize(struct acd_cache *c, uint32_t capacity)
{
  struct entry *entries = malloc(capacity * sizeof(*entries));
  if (entries == NULL)
    return false;
  for (uint32_t i = 0; i < c->count; i++)
    entries[i] = *at(c, i);
  free(c->entries);
  c->entries = entries;
  c->capacity = capacity;
  c->first = 0;
  return true;
}

/* The oldest entry, removed. */
static struct entry pop(struct acd_cache *c)
{
  const struct entry oldest = *at(c, 0);
  c->first = (c->first + 1) & (c->capacity - 1);
  c->count--;
  return oldest;
}

static bool is_expired(const struct entry *e)
{
#ifdef DDS_HAS_LIFESPAN
  return e->expiry.v != DDSRT_MTIME_NEVER.v && e->expiry.v <= ddsrt_time_monotonic().v;
#else
  (void)e;
  return false;
#endif
}

/* Adds a sample; *dropped is the one that had to go for it. False where there is no memory: Cyclone offers it again. */
static bool push(struct acd_cache *c, const struct entry *e, struct ddsi_tkmap_instance *instance,
                 struct ddsi_serdata **dropped)
{
  if (c->instance == NULL) {
    ddsi_tkmap_instance_ref(instance);
    c->instance = instance;
  }
  if (c->depth > 0 && c->count == c->depth)
    *dropped = pop(c).sample;
  if (c->count == c->capacity && (c->count > UINT32_MAX / 2 || !resize(c, c->count > 0 ? 2 * c->count : SMALLEST)))
    return false;
  *at(c, c->count) = *e;
  c->count++;
  return true;
}

static bool store(struct ddsi_rhc *restrict rhc, const struct ddsi_writer_info *restrict writer,
                  struct ddsi_serdata *restrict sample, struct ddsi_tkmap_instance *restrict instance)
{
  struct acd_cache *c = (struct acd_cache *)rhc;
  if (sample->kind != SDK_DATA)
    return true; /* a writer left or disposed, which means nothing to ROS 2 */
  const struct entry e = {
    .sample = ddsi_serdata_ref(sample),
    .publication = writer->iid,
#ifdef DDS_HAS_LIFESPAN
    .expiry = writer->lifespan_exp,
#endif
  };
  struct ddsi_serdata *dropped = NULL;
  pthread_mutex_lock(&c->lock);
  const bool stored = push(c, &e, instance, &dropped);
  pthread_mutex_unlock(&c->lock);
  if (dropped != NULL)
    ddsi_serdata_unref(dropped);
  if (stored)
    acd_source_raise(c->source, ACD_EVENT_DATA);
  else
    ddsi_serdata_unref(sample);
  return stored;
}

static uint32_t pop_some(struct acd_cache *c, struct entry *taken, uint32_t most)
{
  pthread_mutex_lock(&c->lock);
  const uint32_t n = c->count < most ? c->count : most;
  for (uint32_t i = 0; i < n; i++)
    taken[i] = pop(c);
  if (c->count == 0 && c->capacity > LARGEST_KEPT) {
    free(c->entries);
    c->entries = NULL;
    c->capacity = c->first = 0;
  }
  pthread_mutex_unlock(&c->lock);
  return n;
}

int32_t acd_cache_take(struct acd_cache *c, acd_sample *samples, int32_t capacity)
{
  struct entry taken[ACD_BATCH];
  const uint32_t most = capacity < ACD_BATCH ? (uint32_t)capacity : ACD_BATCH;
  int32_t kept = 0;
  uint32_t n;
  do {
    n = pop_some(c, taken, most);
    for (uint32_t i = 0; i < n; i++) {
      if (is_expired(&taken[i]))
        ddsi_serdata_unref(taken[i].sample);
      else
        samples[kept++] = acd_sample_of(taken[i].sample, taken[i].publication);
    }
  } while (kept == 0 && n == most);
  return kept;
}

/* What Cyclone asks of a cache besides. Nobody reads through Cyclone's interface. */

static dds_return_t associate(struct dds_rhc *rhc, struct dds_reader *reader, const struct ddsi_sertype *type,
                              struct ddsi_tkmap *instances)
{
  (void)reader, (void)type;
  ((struct acd_cache *)rhc)->instances = instances;
  return DDS_RETCODE_OK;
}

static void unregister_writer(struct ddsi_rhc *restrict rhc, const struct ddsi_writer_info *restrict writer)
{
  (void)rhc, (void)writer;
}

static void relinquish_ownership(struct ddsi_rhc *restrict rhc, const uint64_t writer)
{
  (void)rhc, (void)writer;
}

static void set_qos(struct ddsi_rhc *rhc, const struct dds_qos *qos)
{
  (void)rhc, (void)qos; /* those that may change do not concern it */
}

static int32_t read_none(struct dds_rhc *rhc, bool lock, void **values, dds_sample_info_t *info, uint32_t count,
                         uint32_t mask, dds_instance_handle_t handle, struct dds_readcond *condition)
{
  (void)rhc, (void)lock, (void)values, (void)info, (void)count, (void)mask, (void)handle, (void)condition;
  return DDS_RETCODE_UNSUPPORTED;
}

static int32_t read_no_cdr(struct dds_rhc *rhc, bool lock, struct ddsi_serdata **values, dds_sample_info_t *info,
                           uint32_t count, uint32_t samples, uint32_t views, uint32_t states,
                           dds_instance_handle_t handle)
{
  (void)rhc, (void)lock, (void)values, (void)info, (void)count, (void)samples, (void)views, (void)states, (void)handle;
  return DDS_RETCODE_UNSUPPORTED;
}

static bool add_condition(struct dds_rhc *rhc, struct dds_readcond *condition)
{
  (void)rhc, (void)condition;
  return false;
}

static void remove_condition(struct dds_rhc *rhc, struct dds_readcond *condition)
{
  (void)rhc, (void)condition;
}

static uint32_t lock_samples(struct dds_rhc *rhc)
{
  (void)rhc;
  return 0;
}

static void cache_free(struct ddsi_rhc *rhc)
{
  struct acd_cache *c = (struct acd_cache *)rhc;
  while (c->count > 0)
    ddsi_serdata_unref(pop(c).sample);
  if (c->instance != NULL)
    ddsi_tkmap_instance_unref(c->instances, c->instance);
  free(c->entries);
  pthread_mutex_destroy(&c->lock);
  free(c);
}

static const struct dds_rhc_ops ops = {
  .rhc_ops = {
    .store = store,
    .unregister_wr = unregister_writer,
    .relinquish_ownership = relinquish_ownership,
    .set_qos = set_qos,
    .free = cache_free,
  },
  .read = read_none,
  .take = read_none,
  .readcdr = read_no_cdr,
  .takecdr = read_no_cdr,
  .add_readcondition = add_condition,
  .remove_readcondition = remove_condition,
  .lock_samples = lock_samples,
  .associate = associate,
};

struct acd_cache *acd_cache_new(struct acd_source *source, const acd_qos *qos)
{
  struct acd_cache *c = calloc(1, sizeof(*c));
  if (c == NULL)
    return NULL;
  c->rhc.common.ops = &ops;
  c->source = source;
  c->depth = qos->keep_all ? 0 : qos->depth > 0 ? (uint32_t)qos->depth : 1;
  /* It is held for a moment at a time, by one thread on each side. */
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ADAPTIVE_NP);
  pthread_mutex_init(&c->lock, &attributes);
  pthread_mutexattr_destroy(&attributes);
  return c;
}

void acd_cache_free(struct acd_cache *cache)
{
  cache_free(&cache->rhc.common.rhc);
}

dds_entity_t acd_cache_create_reader(struct acd_cache *cache, dds_entity_t subscriber, dds_entity_t topic,
                                     const dds_qos_t *qos, const dds_listener_t *listener)
{
  return dds_create_reader_rhc(subscriber, topic, qos, listener, &cache->rhc);
}
