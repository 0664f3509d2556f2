// Changes of the graph, queued by Fast DDS' threads for acd_graph_take.
#include <memory>

#include "internal.hpp"

namespace afd {

int64_t nanoseconds(const eprosima::fastrtps::Duration_t& duration)
{
  return duration.is_infinite() ? INT64_MAX : duration.to_ns();
}

eprosima::fastrtps::Duration_t duration(int64_t nanoseconds)
{
  if (nanoseconds < 0 || nanoseconds / 1000000000 >= INT32_MAX)
    return eprosima::fastrtps::c_TimeInfinite;
  return {static_cast<int32_t>(nanoseconds / 1000000000), static_cast<uint32_t>(nanoseconds % 1000000000)};
}

void copy_guid(const rtps::GUID_t& from, uint8_t to[16])
{
  std::memcpy(to, from.guidPrefix.value, 12);
  std::memcpy(to + 12, from.entityId.value, 4);
}

rtps::GUID_t read_guid(const uint8_t from[16])
{
  rtps::GUID_t guid;
  std::memcpy(guid.guidPrefix.value, from, 12);
  std::memcpy(guid.entityId.value, from + 12, 4);
  return guid;
}

static void queue(acd_context* context, Change&& change)
{
  {
    const std::lock_guard<std::mutex> guard(context->lock);
    context->changes.push_back(std::move(change));
  }
  context->graph.raise(1);
}

template <class Qos> static acd_qos read_qos(const Qos& from)
{
  acd_qos to{};
  to.reliable = from.m_reliability.kind == fdds::RELIABLE_RELIABILITY_QOS;
  to.transient_local = static_cast<int32_t>(from.m_durability.kind);
  to.depth = 0; // not told
  to.liveliness = static_cast<int32_t>(from.m_liveliness.kind);
  to.deadline = nanoseconds(from.m_deadline.period);
  to.lifespan = nanoseconds(from.m_lifespan.duration);
  to.lease = nanoseconds(from.m_liveliness.lease_duration);
  to.max_blocking = nanoseconds(from.m_reliability.max_blocking_time);
  return to;
}

template <class Proxy> static void queue_endpoint(acd_context* context, int32_t kind, bool alive, const Proxy& proxy)
{
  Change change{};
  change.kind = kind;
  change.alive = alive;
  change.guid = proxy.guid();
  change.participant = {proxy.guid().guidPrefix, rtps::c_EntityId_RTPSParticipant};
  if (alive) {
    change.topic = proxy.topicName().to_string();
    change.type = proxy.typeName().to_string();
    change.user_data = proxy.m_qos.m_userData.data_vec();
    change.qos = read_qos(proxy.m_qos);
  }
  queue(context, std::move(change));
}

void GraphListener::on_participant_discovery(fdds::DomainParticipant*, rtps::ParticipantDiscoveryInfo&& info)
try {
  using Info = rtps::ParticipantDiscoveryInfo;
  Change change{};
  change.guid = change.participant = info.info.m_guid;
  change.alive = info.status == Info::DISCOVERED_PARTICIPANT || info.status == Info::CHANGED_QOS_PARTICIPANT;
  if (change.alive)
    change.user_data = info.info.m_userData.data_vec();
  queue(context_, std::move(change));
} catch (...) { // no memory for the change
}

void GraphListener::on_subscriber_discovery(fdds::DomainParticipant*, rtps::ReaderDiscoveryInfo&& info)
try {
  queue_endpoint(context_, 2, info.status != rtps::ReaderDiscoveryInfo::REMOVED_READER, info.info);
} catch (...) { // no memory for the change
}

void GraphListener::on_publisher_discovery(fdds::DomainParticipant*, rtps::WriterDiscoveryInfo&& info)
try {
  queue_endpoint(context_, 1, info.status != rtps::WriterDiscoveryInfo::REMOVED_WRITER, info.info);
} catch (...) { // no memory for the change
}

} // namespace afd

int32_t acd_graph_take(acd_context* context, acd_discovered* out)
try {
  std::unique_ptr<afd::Change> change;
  {
    const std::lock_guard<std::mutex> guard(context->lock);
    if (context->changes.empty())
      return 0;
    change = std::make_unique<afd::Change>(std::move(context->changes.front()));
    context->changes.pop_front();
  }
  *out = acd_discovered{};
  out->kind = change->kind;
  out->alive = change->alive;
  afd::copy_guid(change->guid, out->guid);
  afd::copy_guid(change->participant, out->participant);
  out->topic = change->topic.c_str();
  out->type = change->type.c_str();
  out->user_data = change->user_data.data();
  out->user_data_size = change->user_data.size();
  out->qos = change->qos;
  out->loan = change.release();
  return 1;
} catch (...) {
  return afd::failure();
}

void acd_graph_return(acd_context*, acd_discovered* change)
{
  delete static_cast<afd::Change*>(change->loan);
  change->loan = nullptr;
}
