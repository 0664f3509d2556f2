/* What the C files share; nothing of this leaves the library. */
#ifndef ACD_INTERNAL_H
#define ACD_INTERNAL_H

#include <limits.h>
#include <pthread.h>

#include "acd.h"
#include "dds/dds.h"
#include "dds/ddsi/ddsi_serdata.h"
#include "dds/ddsi/ddsi_sertype.h"
#include "spin.h"

/* Space left for what the loaded library may append to its structures beyond the headers' idea of them. */
#define ACD_RESERVE 128

/* A sertype for any keyless type whose samples stay serialized. */
struct acd_sertype {
  struct ddsi_sertype base;
  uint8_t reserve[ACD_RESERVE];
};

/* One serialized sample, in one block of memory. */
struct acd_serdata {
  struct ddsi_serdata base;
  uint8_t reserve[ACD_RESERVE];
  size_t capacity; /* of the block */
  size_t size;     /* multiple of 4 */
  uint8_t *data;
};

/* Something acd_wait can report. Embedded in endpoints and, for the graph, in the context. */
struct acd_source {
  struct acd_context *context;
  struct acd_source *next; /* in the context's queue */
  int32_t token;
  uint32_t events; /* 0 while not queued */
};

/* How a writer's samples are sent; see batch.c. */
struct acd_batch {
  struct acd_flusher *flusher;
  struct acd_batch *next; /* in the flusher's queue */
  dds_entity_t writer;
  bool queued;
  uint32_t streak; /* quick writes in a row */
  uint32_t writes; /* in all */
  int64_t last;    /* when the last write began, or ended where it was sent at once */
  uint32_t round;  /* of the flusher, when it last looked; as is what follows, */
  uint32_t seen;   /* the writes then, */
  uint32_t left;   /* and how often they were so many that it left the packet to fill */
};

/* The thread that flushes what floods leave behind, started with the first one. */
struct acd_flusher {
  pthread_mutex_t lock; /* guards all below */
  pthread_cond_t signal;
  pthread_t thread;
  struct acd_batch *head;
  uint32_t round; /* of looking */
  bool running;
  bool stop;
};

/* How many samples are taken at a time; bounds the stack. */
#define ACD_BATCH 64

/* Where a reader's samples wait; see cache.c. */
struct acd_cache;

struct acd_endpoint {
  struct acd_source source;
  struct acd_batch *batch; /* of a writer */
  struct acd_cache *cache; /* of a reader; NULL: Cyclone's own */
  dds_entity_t handle;
  dds_entity_t topic;
  dds_instance_handle_t iid;
  const struct ddsi_sertype *type; /* kept alive by the topic */
  bool is_reader;
  bool may_queue; /* a reader whose history holds what comes during a nap */
};

/* How fast samples are taken from readers that may queue. */
struct acd_rate {
  uint32_t taken; /* in all */
  uint32_t seen;  /* of these when last looked at, */
  int64_t since;  /* which was then */
  int64_t nap;    /* nanoseconds to sleep, for so many come */
};

struct acd_context {
  uint32_t domain;
  dds_entity_t participant;
  dds_entity_t publisher;
  dds_entity_t subscriber;
  dds_entity_t builtin[3]; /* readers of DCPSParticipant, DCPSPublication, DCPSSubscription */
  struct acd_source graph;
  struct acd_flusher flusher;
  struct acd_spin spin; /* of the thread in acd_wait */
  struct acd_rate rate; /* likewise, but for taken */

  pthread_mutex_t lock; /* guards all below, and the sources */
  pthread_cond_t signal;
  struct acd_source *head, *tail;
  int waiting;
  bool woken;
};

/* check.c: the file the library was loaded from, and the version its name ends in ("" when it has none) */
void acd_loaded_library(char path[PATH_MAX], const char **version);

/* pool.c: memory aligned to 16 bytes; given back with the size it was taken with */
void *acd_pool_take(size_t size);
void acd_pool_give(void *memory, size_t size);
/* Cyclone receives into blocks of 1 MiB from malloc, some for each large sample. As it comes, glibc gives such memory back to
 * the system, or not, depending on what lies beside it: then each sample costs its page faults, and is received at half the
 * rate. Freeing one large block once has glibc keep more (mallopt(3), M_MMAP_THRESHOLD), unless the user told it what to do. */
void acd_pool_calm_malloc(void);

/* serdata.c */
struct ddsi_sertype *acd_sertype_new(const char *type_name);
struct acd_serdata *acd_serdata_new(const struct ddsi_sertype *type, enum ddsi_serdata_kind kind, size_t size);
extern const struct ddsi_serdata_ops acd_serdata_ops;

/* sample.c */
acd_sample acd_sample_of(struct ddsi_serdata *serdata, dds_instance_handle_t publication);

/* cache.c: acd_cache_free only where no reader was created with it, else the reader frees it. Of the samples at most ACD_BATCH
 * are taken at a time, and none only if there are none. */
struct acd_cache *acd_cache_new(struct acd_source *source, const acd_qos *qos);
void acd_cache_free(struct acd_cache *cache);
dds_entity_t acd_cache_create_reader(struct acd_cache *cache, dds_entity_t subscriber, dds_entity_t topic,
                                     const dds_qos_t *qos, const dds_listener_t *listener);
int32_t acd_cache_take(struct acd_cache *cache, acd_sample *samples, int32_t capacity);

/* batch.c: acd_batch_end after a write, with the time at which it began */
void acd_batch_end(struct acd_batch *batch, int64_t begun, size_t size);
void acd_batch_flush(const struct acd_batch *batch);
struct acd_batch *acd_batch_new(struct acd_flusher *flusher, dds_entity_t writer);
void acd_batch_free(struct acd_batch *batch);
void acd_flusher_open(struct acd_flusher *flusher);
void acd_flusher_close(struct acd_flusher *flusher);

/* domain.c */
int32_t acd_domain_acquire(uint32_t domain, const char *config, bool loopback_only);
void acd_domain_release(uint32_t domain);
bool acd_log_pending(void);

/* context.c */
void acd_source_raise(struct acd_source *source, uint32_t events);
void acd_source_forget(struct acd_source *source);

/* graph.c */
int32_t acd_graph_open(struct acd_context *context);
void acd_qos_read(const dds_qos_t *from, acd_qos *to);

/* endpoint.c */
dds_qos_t *acd_qos_create(const acd_qos *from, const char *user_data);

#endif
