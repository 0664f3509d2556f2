/* Who is there: Cyclone's built-in topics, the matches of one endpoint, and communication statuses. */
#include <string.h>

#include "internal.h"

static const int kinds = 3;

static void on_graph_change(dds_entity_t reader, void *argument)
{
  (void)reader;
  acd_source_raise(argument, ACD_EVENT_DATA);
}

int32_t acd_graph_open(struct acd_context *context)
{
  const dds_entity_t topics[] = {DDS_BUILTIN_TOPIC_DCPSPARTICIPANT, DDS_BUILTIN_TOPIC_DCPSPUBLICATION,
                                 DDS_BUILTIN_TOPIC_DCPSSUBSCRIPTION};
  dds_listener_t *listener = dds_create_listener(&context->graph);
  if (listener == NULL)
    return DDS_RETCODE_OUT_OF_RESOURCES;
  dds_lset_data_available_arg(listener, on_graph_change, &context->graph, true);
  int32_t result = DDS_RETCODE_OK;
  for (int i = 0; i < kinds && result >= 0; i++)
    result = context->builtin[i] = dds_create_reader(context->participant, topics[i], NULL, listener);
  dds_delete_listener(listener);
  return result < 0 ? result : DDS_RETCODE_OK;
}

static void read_history(const dds_qos_t *from, acd_qos *to)
{
  dds_history_kind_t history;
  int32_t depth;
  if (!dds_qget_history(from, &history, &depth))
    return;
  to->keep_all = history == DDS_HISTORY_KEEP_ALL;
  to->depth = depth;
}

void acd_qos_read(const dds_qos_t *from, acd_qos *to)
{
  dds_reliability_kind_t reliability;
  dds_durability_kind_t durability;
  dds_liveliness_kind_t liveliness;
  dds_duration_t duration;
  *to = (acd_qos){.depth = 1, .deadline = DDS_INFINITY, .lifespan = DDS_INFINITY, .lease = DDS_INFINITY};
  if (from == NULL)
    return;
  read_history(from, to);
  if (dds_qget_reliability(from, &reliability, &duration))
    to->reliable = reliability == DDS_RELIABILITY_RELIABLE;
  if (dds_qget_durability(from, &durability))
    to->transient_local = (int32_t)durability;
  if (dds_qget_liveliness(from, &liveliness, &duration)) {
    to->liveliness = (int32_t)liveliness;
    to->lease = duration;
  }
  if (dds_qget_deadline(from, &duration))
    to->deadline = duration;
  if (dds_qget_lifespan(from, &duration))
    to->lifespan = duration;
}

static void read_user_data(const dds_qos_t *qos, acd_discovered *change)
{
  void *bytes = NULL;
  size_t size = 0;
  if (qos == NULL || !dds_qget_userdata(qos, &bytes, &size))
    return;
  change->user_data = bytes; /* a copy, freed by acd_graph_return */
  change->user_data_size = size;
}

static void read_participant(const dds_builtintopic_participant_t *from, acd_discovered *change)
{
  memcpy(change->guid, from->key.v, sizeof(change->guid));
  memcpy(change->participant, from->key.v, sizeof(change->participant));
  if (change->alive)
    read_user_data(from->qos, change);
}

static void read_endpoint(const dds_builtintopic_endpoint_t *from, acd_discovered *change)
{
  memcpy(change->guid, from->key.v, sizeof(change->guid));
  if (!change->alive)
    return;
  memcpy(change->participant, from->participant_key.v, sizeof(change->participant));
  change->topic = from->topic_name;
  change->type = from->type_name;
  acd_qos_read(from->qos, &change->qos);
  read_user_data(from->qos, change);
}

int32_t acd_graph_take(acd_context *context, acd_discovered *change)
{
  for (int kind = 0; kind < kinds; kind++) {
    void *sample = NULL;
    dds_sample_info_t info;
    const dds_return_t n = dds_take(context->builtin[kind], &sample, &info, 1, 1);
    if (n <= 0)
      continue;
    *change = (acd_discovered){.kind = kind, .handle = info.instance_handle, .loan = sample};
    change->alive = info.instance_state == DDS_ALIVE_INSTANCE_STATE && info.valid_data;
    if (kind == 0)
      read_participant(sample, change);
    else
      read_endpoint(sample, change);
    return 1;
  }
  return 0;
}

void acd_graph_return(acd_context *context, acd_discovered *change)
{
  dds_free((void *)change->user_data);
  (void)dds_return_loan(context->builtin[change->kind], &change->loan, 1);
  *change = (acd_discovered){.kind = change->kind};
}

int32_t acd_endpoint_matches(const acd_endpoint *e, uint64_t *handles, int32_t capacity)
{
  return e->is_reader ? dds_get_matched_publications(e->handle, handles, (size_t)capacity)
                      : dds_get_matched_subscriptions(e->handle, handles, (size_t)capacity);
}

int32_t acd_endpoint_match(const acd_endpoint *e, uint64_t handle, uint8_t guid[16], uint8_t *user_data,
                           int32_t capacity)
{
  dds_builtintopic_endpoint_t *match = e->is_reader ? dds_get_matched_publication_data(e->handle, handle)
                                                    : dds_get_matched_subscription_data(e->handle, handle);
  if (match == NULL)
    return DDS_RETCODE_NOT_FOUND;
  memcpy(guid, match->key.v, sizeof(match->key.v));
  void *bytes = NULL;
  size_t size = 0;
  if (dds_qget_userdata(match->qos, &bytes, &size) && size > 0)
    memcpy(user_data, bytes, size < (size_t)capacity ? size : (size_t)capacity);
  dds_free(bytes);
  dds_builtintopic_free_endpoint(match);
  return (int32_t)size;
}

#define COUNTS(s) .total = (s).total_count, .total_change = (s).total_count_change

static int32_t matched_status(const acd_endpoint *e, acd_status *to)
{
  dds_return_t result;
  if (e->is_reader) {
    dds_subscription_matched_status_t s;
    if ((result = dds_get_subscription_matched_status(e->handle, &s)) == 0)
      *to = (acd_status){COUNTS(s), .current = s.current_count, .current_change = s.current_count_change};
  } else {
    dds_publication_matched_status_t s;
    if ((result = dds_get_publication_matched_status(e->handle, &s)) == 0)
      *to = (acd_status){COUNTS(s), .current = s.current_count, .current_change = s.current_count_change};
  }
  return result;
}

#define READ_STATUS(name, ...)                                             \
  do {                                                                     \
    dds_##name##_status_t s;                                               \
    const dds_return_t result = dds_get_##name##_status(e->handle, &s);    \
    if (result == DDS_RETCODE_OK)                                          \
      *to = (acd_status){__VA_ARGS__};                                     \
    return result;                                                         \
  } while (0)

int32_t acd_endpoint_status(const acd_endpoint *e, uint32_t event, acd_status *to)
{
  switch (event) {
  case DDS_SUBSCRIPTION_MATCHED_STATUS:
  case DDS_PUBLICATION_MATCHED_STATUS:
    return matched_status(e, to);
  case DDS_REQUESTED_DEADLINE_MISSED_STATUS:
    READ_STATUS(requested_deadline_missed, COUNTS(s));
  case DDS_OFFERED_DEADLINE_MISSED_STATUS:
    READ_STATUS(offered_deadline_missed, COUNTS(s));
  case DDS_REQUESTED_INCOMPATIBLE_QOS_STATUS:
    READ_STATUS(requested_incompatible_qos, COUNTS(s), .policy = s.last_policy_id);
  case DDS_OFFERED_INCOMPATIBLE_QOS_STATUS:
    READ_STATUS(offered_incompatible_qos, COUNTS(s), .policy = s.last_policy_id);
  case DDS_LIVELINESS_LOST_STATUS:
    READ_STATUS(liveliness_lost, COUNTS(s));
  case DDS_LIVELINESS_CHANGED_STATUS:
    READ_STATUS(liveliness_changed, .current = s.alive_count, .current_change = s.alive_count_change,
                .not_alive = s.not_alive_count, .not_alive_change = s.not_alive_count_change);
  case DDS_SAMPLE_LOST_STATUS:
    READ_STATUS(sample_lost, COUNTS(s));
  default:
    return DDS_RETCODE_BAD_PARAMETER;
  }
}
