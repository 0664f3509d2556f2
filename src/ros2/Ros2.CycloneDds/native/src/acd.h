/* The C interface between Ros2.CycloneDds and Eclipse Cyclone DDS 0.10.
 *
 * Everything here moves samples as serialized CDR, encapsulation header included, and never calls managed code:
 * Cyclone's threads only mark an entity as ready and wake whoever is in acd_wait. A managed callback on a Cyclone
 * thread would stop the reception of best-effort samples during each garbage collection.
 *
 * Functions return 0 or a count on success and a negative dds_return_t on failure, unless stated otherwise.
 * All are safe to call from any thread. Closing an object while another thread uses it, or a context before its
 * endpoints, is the caller's error. */
#ifndef ACD_H
#define ACD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ACD_API __attribute__((visibility("default")))

/* Raised with every change of this interface; the managed side refuses any other number. */
#define ACD_ABI 3

/* Tokens that acd_wait reports besides those given to readers and writers. */
#define ACD_TOKEN_GRAPH (-1) /* acd_graph_take has something new */
#define ACD_TOKEN_LOG (-2)   /* acd_log_take has something new */
#define ACD_TOKEN_WAKE (-3)  /* acd_wake was called */

/* Bits of acd_ready.events: DDS' communication statuses, under the numbers Cyclone gives them. */
#define ACD_EVENT_OFFERED_DEADLINE_MISSED (1u << 1)
#define ACD_EVENT_REQUESTED_DEADLINE_MISSED (1u << 2)
#define ACD_EVENT_OFFERED_INCOMPATIBLE_QOS (1u << 3)
#define ACD_EVENT_REQUESTED_INCOMPATIBLE_QOS (1u << 4)
#define ACD_EVENT_SAMPLE_LOST (1u << 5)
#define ACD_EVENT_DATA (1u << 8)
#define ACD_EVENT_LIVELINESS_LOST (1u << 9)
#define ACD_EVENT_LIVELINESS_CHANGED (1u << 10)
#define ACD_EVENT_PUBLICATION_MATCHED (1u << 11)
#define ACD_EVENT_SUBSCRIPTION_MATCHED (1u << 12)

typedef struct acd_context acd_context;
typedef struct acd_endpoint acd_endpoint;

typedef struct acd_ready {
  int32_t token;
  uint32_t events;
} acd_ready;

/* Durations in nanoseconds; INT64_MAX is infinite. The first three and liveliness may be -1 over Fast DDS: left to it. */
typedef struct acd_qos {
  int32_t reliable;         /* 0 best effort, 1 reliable */
  int32_t transient_local;  /* 0 volatile, 1 transient-local, 2 transient, 3 persistent (the last two only read) */
  int32_t keep_all;         /* 0 keep last, 1 keep all */
  int32_t depth;            /* of keep last, at least 1 */
  int32_t liveliness;       /* 0 automatic, 1 manual by participant, 2 manual by topic */
  int32_t ignore_local;     /* readers: 1 to drop what this participant writes */
  int64_t deadline;
  int64_t lifespan;
  int64_t lease;        /* of liveliness */
  int64_t max_blocking; /* how long a reliable writer may wait for readers that do not keep up */
} acd_qos;

/* One received sample. data stays valid and must not be written to until acd_return: readers in one process share it. */
typedef struct acd_sample {
  const uint8_t *data; /* from the encapsulation header on */
  size_t size;         /* may include up to 3 bytes of padding */
  int64_t source_timestamp;
  uint64_t publication_handle; /* instance handle of the writer */
  int64_t publication_sequence; /* the writer's number of it; 0 where the vendor does not tell */
  void *loan;
} acd_sample;

/* A change in the graph. Pointers stay valid until acd_graph_return. */
typedef struct acd_discovered {
  int32_t kind;  /* 0 participant, 1 publication, 2 subscription */
  int32_t alive; /* 0: it is gone, and only kind, guid and handle are set */
  uint8_t guid[16];
  uint8_t participant[16];
  uint64_t handle;
  const char *topic;
  const char *type;
  const uint8_t *user_data;
  size_t user_data_size;
  acd_qos qos;
  void *loan;
} acd_discovered;

/* The counts of one communication status; what is not part of it is 0. */
typedef struct acd_status {
  uint32_t total;
  int32_t total_change;
  uint32_t current;     /* matched, or alive */
  int32_t current_change;
  uint32_t not_alive;
  int32_t not_alive_change;
  uint32_t policy;      /* last incompatible policy, a dds_qos_policy_id_t */
} acd_status;

/* check.c: 0 if the library loaded is the one compiled against; else negative, with one line in message. */
ACD_API int32_t acd_abi(void);
ACD_API int32_t acd_check(char *message, int32_t size);
/* 1 if the Cyclone build knows shared memory (and its configuration element). */
ACD_API int32_t acd_has_shared_memory(void);

/* domain.c: last warnings and errors of Cyclone, one per line; on the thread whose domain did not open, those of the
 * opening. Returns the bytes written without the final 0. */
ACD_API int32_t acd_log_take(char *buffer, int32_t size);

/* security.c: the library that implements one plugin of DDS Security, "auth", "ac" or "crypto"; empty where it is part of
 * the vendor's own library. DDS_RETCODE_UNSUPPORTED where this build of the vendor has none. */
ACD_API int32_t acd_security_library(const char *plugin, char *path, int32_t size);

/* context.c: one participant. properties: name, value, name, value, ..., NULL; or NULL. With loopback_only what
 * comes from outside this machine is dropped, which Cyclone itself receives on every interface. */
ACD_API int32_t acd_open(uint32_t domain, const char *config, const char *user_data, const char *const *properties,
                         int32_t loopback_only, acd_context **context);
ACD_API void acd_close(acd_context *context);
ACD_API int32_t acd_context_guid(const acd_context *context, uint8_t guid[16]);
/* Blocks until something is ready or the time is over (returns 0). timeout in nanoseconds: negative is forever, 0 only
 * looks. Each entity appears once, with all its events since it was last reported. */
ACD_API int32_t acd_wait(acd_context *context, int64_t timeout, acd_ready *ready, int32_t capacity);
ACD_API void acd_wake(acd_context *context);

/* endpoint.c */
ACD_API int32_t acd_reader_open(acd_context *context, const char *topic, const char *type, const acd_qos *qos,
                                const char *user_data, uint32_t events, int32_t token, acd_endpoint **reader);
ACD_API int32_t acd_writer_open(acd_context *context, const char *topic, const char *type, const acd_qos *qos,
                                const char *user_data, uint32_t events, int32_t token, acd_endpoint **writer);
ACD_API void acd_endpoint_close(acd_endpoint *endpoint);
ACD_API int32_t acd_endpoint_guid(const acd_endpoint *endpoint, uint8_t guid[16]);
ACD_API uint64_t acd_endpoint_handle(const acd_endpoint *endpoint);
ACD_API int32_t acd_endpoint_status(const acd_endpoint *endpoint, uint32_t event, acd_status *status);
/* Returns the number of matches, of which at most capacity are written to handles. */
ACD_API int32_t acd_endpoint_matches(const acd_endpoint *endpoint, uint64_t *handles, int32_t capacity);
/* GUID and USER_DATA of one match; returns the size of the USER_DATA, of which at most capacity bytes are copied. */
ACD_API int32_t acd_endpoint_match(const acd_endpoint *endpoint, uint64_t handle, uint8_t guid[16], uint8_t *user_data,
                                   int32_t capacity);
ACD_API int32_t acd_writer_assert_liveliness(const acd_endpoint *writer);
ACD_API int32_t acd_writer_wait_acknowledged(const acd_endpoint *writer, int64_t timeout);

/* sample.c: writing. acd_loan gives room for size bytes (16-byte aligned after the encapsulation header), to be
 * handed to acd_write, which consumes the loan even when it fails, or to acd_loan_cancel; before the writer is closed. */
ACD_API uint8_t *acd_loan(const acd_endpoint *writer, uint32_t size, void **loan);
ACD_API void acd_loan_cancel(void *loan);
/* source_timestamp: nanoseconds since 1970, 0 for now. A vendor may let the small samples of a flood wait for each other,
 * 0.2 ms at most. */
ACD_API int32_t acd_write(const acd_endpoint *writer, void *loan, int64_t source_timestamp);
/* Reading: up to capacity samples, fewer only if there are no more; each is to be given back. */
ACD_API int32_t acd_take(const acd_endpoint *reader, acd_sample *samples, int32_t capacity);
ACD_API void acd_return(acd_sample *samples, int32_t count);
/* Received samples of this process that were dropped because their encapsulation or fragments were not acceptable. */
ACD_API uint64_t acd_malformed(void);

/* graph.c: returns 1 and one change, or 0 when there is none. */
ACD_API int32_t acd_graph_take(acd_context *context, acd_discovered *change);
ACD_API void acd_graph_return(acd_context *context, acd_discovered *change);

#endif
