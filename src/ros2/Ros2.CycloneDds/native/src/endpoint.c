/* Readers and writers. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static void set_liveliness(dds_qos_t *qos, const acd_qos *from)
{
  static const dds_liveliness_kind_t kinds[] = {
    DDS_LIVELINESS_AUTOMATIC, DDS_LIVELINESS_MANUAL_BY_PARTICIPANT, DDS_LIVELINESS_MANUAL_BY_TOPIC};
  const int32_t kind = from->liveliness >= 0 && from->liveliness <= 2 ? from->liveliness : 0;
  dds_qset_liveliness(qos, kinds[kind], from->lease);
}

dds_qos_t *acd_qos_create(const acd_qos *from, const char *user_data)
{
  dds_qos_t *qos = dds_create_qos();
  if (qos == NULL)
    return NULL;
  const dds_history_kind_t history = from->keep_all ? DDS_HISTORY_KEEP_ALL : DDS_HISTORY_KEEP_LAST;
  const int32_t depth = from->keep_all ? DDS_LENGTH_UNLIMITED : from->depth > 0 ? from->depth : 1;
  dds_qset_writer_data_lifecycle(qos, false);
  dds_qset_history(qos, history, depth);
  dds_qset_reliability(qos, from->reliable ? DDS_RELIABILITY_RELIABLE : DDS_RELIABILITY_BEST_EFFORT,
                       from->max_blocking);
  dds_qset_durability(qos, from->transient_local ? DDS_DURABILITY_TRANSIENT_LOCAL : DDS_DURABILITY_VOLATILE);
  if (from->transient_local) /* Cyclone keeps for late joiners what the durability service says */
    dds_qset_durability_service(qos, 0, history, depth, DDS_LENGTH_UNLIMITED, DDS_LENGTH_UNLIMITED,
                                DDS_LENGTH_UNLIMITED);
  dds_qset_deadline(qos, from->deadline);
  dds_qset_lifespan(qos, from->lifespan);
  set_liveliness(qos, from);
  if (from->ignore_local)
    dds_qset_ignorelocal(qos, DDS_IGNORELOCAL_PARTICIPANT);
  if (user_data != NULL)
    dds_qset_userdata(qos, user_data, strlen(user_data));
  return qos;
}

_Static_assert(ACD_EVENT_OFFERED_DEADLINE_MISSED == DDS_OFFERED_DEADLINE_MISSED_STATUS, "renumbered");
_Static_assert(ACD_EVENT_REQUESTED_DEADLINE_MISSED == DDS_REQUESTED_DEADLINE_MISSED_STATUS, "renumbered");
_Static_assert(ACD_EVENT_OFFERED_INCOMPATIBLE_QOS == DDS_OFFERED_INCOMPATIBLE_QOS_STATUS, "renumbered");
_Static_assert(ACD_EVENT_REQUESTED_INCOMPATIBLE_QOS == DDS_REQUESTED_INCOMPATIBLE_QOS_STATUS, "renumbered");
_Static_assert(ACD_EVENT_SAMPLE_LOST == DDS_SAMPLE_LOST_STATUS, "renumbered");
_Static_assert(ACD_EVENT_DATA == DDS_DATA_AVAILABLE_STATUS, "renumbered");
_Static_assert(ACD_EVENT_LIVELINESS_LOST == DDS_LIVELINESS_LOST_STATUS, "renumbered");
_Static_assert(ACD_EVENT_LIVELINESS_CHANGED == DDS_LIVELINESS_CHANGED_STATUS, "renumbered");
_Static_assert(ACD_EVENT_PUBLICATION_MATCHED == DDS_PUBLICATION_MATCHED_STATUS, "renumbered");
_Static_assert(ACD_EVENT_SUBSCRIPTION_MATCHED == DDS_SUBSCRIPTION_MATCHED_STATUS, "renumbered");

/* Called on Cyclone's threads; the statuses themselves are read later. */
static void on_data_available(dds_entity_t entity, void *argument)
{
  (void)entity;
  acd_source_raise(argument, ACD_EVENT_DATA);
}

#define ON_STATUS(name, STATUS)                                                     \
  static void on_##name(dds_entity_t entity, const dds_##name##_status_t status, void *argument) \
  {                                                                                 \
    (void)entity, (void)status;                                                     \
    acd_source_raise(argument, STATUS);                                             \
  }
ON_STATUS(requested_deadline_missed, DDS_REQUESTED_DEADLINE_MISSED_STATUS)
ON_STATUS(requested_incompatible_qos, DDS_REQUESTED_INCOMPATIBLE_QOS_STATUS)
ON_STATUS(liveliness_changed, DDS_LIVELINESS_CHANGED_STATUS)
ON_STATUS(subscription_matched, DDS_SUBSCRIPTION_MATCHED_STATUS)
ON_STATUS(sample_lost, DDS_SAMPLE_LOST_STATUS)
ON_STATUS(offered_deadline_missed, DDS_OFFERED_DEADLINE_MISSED_STATUS)
ON_STATUS(offered_incompatible_qos, DDS_OFFERED_INCOMPATIBLE_QOS_STATUS)
ON_STATUS(liveliness_lost, DDS_LIVELINESS_LOST_STATUS)
ON_STATUS(publication_matched, DDS_PUBLICATION_MATCHED_STATUS)

static dds_listener_t *create_listener(struct acd_source *source, uint32_t events)
{
  dds_listener_t *l = dds_create_listener(source);
  if (l == NULL)
    return NULL;
  /* reset_on_invoke false: the counts stay for acd_endpoint_status to read and reset. */
#define LISTEN(name, STATUS) \
  if (events & (STATUS))     \
    dds_lset_##name##_arg(l, on_##name, source, false)
  if (events & ACD_EVENT_DATA)
    dds_lset_data_available_arg(l, on_data_available, source, true);
  LISTEN(requested_deadline_missed, DDS_REQUESTED_DEADLINE_MISSED_STATUS);
  LISTEN(requested_incompatible_qos, DDS_REQUESTED_INCOMPATIBLE_QOS_STATUS);
  LISTEN(liveliness_changed, DDS_LIVELINESS_CHANGED_STATUS);
  LISTEN(subscription_matched, DDS_SUBSCRIPTION_MATCHED_STATUS);
  LISTEN(sample_lost, DDS_SAMPLE_LOST_STATUS);
  LISTEN(offered_deadline_missed, DDS_OFFERED_DEADLINE_MISSED_STATUS);
  LISTEN(offered_incompatible_qos, DDS_OFFERED_INCOMPATIBLE_QOS_STATUS);
  LISTEN(liveliness_lost, DDS_LIVELINESS_LOST_STATUS);
  LISTEN(publication_matched, DDS_PUBLICATION_MATCHED_STATUS);
#undef LISTEN
  return l;
}

#define DEEP 1000 /* samples a history holds at least where waiting for more at a time loses none */

/* A reader with a cache of ours, or where it has a deadline, with Cyclone's. */
static dds_entity_t create_reader(struct acd_endpoint *e, const acd_qos *from, const dds_qos_t *qos,
                                  const dds_listener_t *listener)
{
  const dds_entity_t subscriber = e->source.context->subscriber;
  e->may_queue = from->keep_all || from->depth >= DEEP;
  if (from->deadline != INT64_MAX)
    return dds_create_reader(subscriber, e->topic, qos, listener);
  struct acd_cache *cache = acd_cache_new(&e->source, from);
  if (cache == NULL)
    return DDS_RETCODE_OUT_OF_RESOURCES;
  const dds_entity_t reader = acd_cache_create_reader(cache, subscriber, e->topic, qos, listener);
  if (reader < 0)
    acd_cache_free(cache);
  else
    e->cache = cache;
  return reader;
}

/* Creates topic and DDS entity; on failure what exists already is the caller's to delete. */
static int32_t create(struct acd_endpoint *e, const char *topic, const char *type, const acd_qos *from,
                      const char *user_data, uint32_t events)
{
  struct acd_context *context = e->source.context;
  struct ddsi_sertype *sertype = acd_sertype_new(type);
  if (sertype == NULL)
    return DDS_RETCODE_OUT_OF_RESOURCES;
  e->topic = dds_create_topic_sertype(context->participant, topic, &sertype, NULL, NULL, NULL);
  if (e->topic < 0) {
    ddsi_sertype_unref(sertype);
    return e->topic;
  }
  e->type = sertype; /* the one in use for this type, perhaps an older one */
  dds_qos_t *qos = acd_qos_create(from, user_data);
  dds_listener_t *listener = create_listener(&e->source, events);
  if (qos == NULL || listener == NULL)
    e->handle = DDS_RETCODE_OUT_OF_RESOURCES;
  else
    e->handle = e->is_reader ? create_reader(e, from, qos, listener)
                             : dds_create_writer(context->publisher, e->topic, qos, listener);
  dds_delete_listener(listener);
  dds_delete_qos(qos);
  if (e->handle < 0)
    return e->handle;
  if (!e->is_reader && (e->batch = acd_batch_new(&context->flusher, e->handle)) == NULL)
    return DDS_RETCODE_OUT_OF_RESOURCES;
  return dds_get_instance_handle(e->handle, &e->iid);
}

static int32_t open_endpoint(bool is_reader, acd_context *context, const char *topic, const char *type,
                             const acd_qos *qos, const char *user_data, uint32_t events, int32_t token,
                             acd_endpoint **out)
{
  *out = NULL;
  struct acd_endpoint *e = calloc(1, sizeof(*e));
  if (e == NULL)
    return DDS_RETCODE_OUT_OF_RESOURCES;
  e->source = (struct acd_source){.context = context, .token = token};
  e->is_reader = is_reader;
  const int32_t result = create(e, topic, type, qos, user_data, events);
  if (result < 0) {
    acd_endpoint_close(e);
    return result;
  }
  *out = e;
  return DDS_RETCODE_OK;
}

int32_t acd_reader_open(acd_context *context, const char *topic, const char *type, const acd_qos *qos,
                        const char *user_data, uint32_t events, int32_t token, acd_endpoint **reader)
{
  return open_endpoint(true, context, topic, type, qos, user_data, events, token, reader);
}

int32_t acd_writer_open(acd_context *context, const char *topic, const char *type, const acd_qos *qos,
                        const char *user_data, uint32_t events, int32_t token, acd_endpoint **writer)
{
  return open_endpoint(false, context, topic, type, qos, user_data, events, token, writer);
}

void acd_endpoint_close(acd_endpoint *e)
{
  if (e->batch != NULL)
    acd_batch_flush(e->batch);
  acd_batch_free(e->batch);
  if (e->handle > 0)
    (void)dds_delete(e->handle); /* returns after the last listener call */
  if (e->topic > 0)
    (void)dds_delete(e->topic);
  acd_source_forget(&e->source);
  free(e);
}

int32_t acd_endpoint_guid(const acd_endpoint *e, uint8_t guid[16])
{
  dds_guid_t id;
  const dds_return_t result = dds_get_guid(e->handle, &id);
  if (result == DDS_RETCODE_OK)
    memcpy(guid, id.v, sizeof(id.v));
  return result;
}

uint64_t acd_endpoint_handle(const acd_endpoint *e)
{
  return e->iid;
}

int32_t acd_writer_assert_liveliness(const acd_endpoint *writer)
{
  return dds_assert_liveliness(writer->handle);
}

int32_t acd_writer_wait_acknowledged(const acd_endpoint *writer, int64_t timeout)
{
  acd_batch_flush(writer->batch);
  return dds_wait_for_acks(writer->handle, timeout < 0 ? DDS_INFINITY : timeout);
}
