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
  int64_t last;    /* when the last write ended */
};

/* The thread that flushes what floods leave behind, started with the first one. */
struct acd_flusher {
  pthread_mutex_t lock; /* guards all below */
  pthread_cond_t signal;
  pthread_t thread;
  struct acd_batch *head;
  bool running;
  bool stop;
};

struct acd_endpoint {
  struct acd_source source;
  struct acd_batch *batch; /* of a writer */
  dds_entity_t handle;
  dds_entity_t topic;
  dds_instance_handle_t iid;
  const struct ddsi_sertype *type; /* kept alive by the topic */
  bool is_reader;
};

/* How fast samples are taken. */
struct acd_rate {
  uint32_t taken; /* in all */
  uint32_t seen;  /* of these when last looked at, */
  int64_t since;  /* which was then */
  bool is_flood;
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

/* serdata.c */
struct ddsi_sertype *acd_sertype_new(const char *type_name);
struct acd_serdata *acd_serdata_new(const struct ddsi_sertype *type, enum ddsi_serdata_kind kind, size_t size);
extern const struct ddsi_serdata_ops acd_serdata_ops;

/* batch.c: acd_batch_begin before a write, acd_batch_end after it */
int64_t acd_batch_begin(void);
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
