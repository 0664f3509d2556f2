// Communication statuses and matches of readers and writers.
#include "internal.hpp"

using namespace afd;

void acd_endpoint::change_match(const rtps::InstanceHandle_t& handle, int32_t change) noexcept
try {
  const rtps::GUID_t guid = rtps::iHandle2GUID(handle);
  const std::lock_guard<std::mutex> lock(peers_lock);
  if (change > 0)
    matched[guid] = number(guid);
  else if (change < 0)
    matched.erase(guid);
} catch (...) {
}

void acd_endpoint::note(uint32_t event, const acd_status& change) noexcept
try {
  {
    const std::lock_guard<std::mutex> lock(status_lock);
    acd_status& kept = statuses[event];
    const acd_status before = kept;
    kept = change;
    kept.total_change += before.total_change;
    kept.current_change += before.current_change;
    kept.not_alive_change += before.not_alive_change;
  }
  source.raise(event);
} catch (...) {
}

template <class Status> static acd_status counts(const Status& from)
{
  acd_status to{};
  to.total = static_cast<uint32_t>(from.total_count);
  to.total_change = from.total_count_change;
  return to;
}

template <class Status> static acd_status matches(const Status& from)
{
  acd_status to = counts(from);
  to.current = static_cast<uint32_t>(from.current_count);
  to.current_change = from.current_count_change;
  return to;
}

template <class Status> static acd_status policies(const Status& from)
{
  acd_status to = counts(from);
  to.policy = from.last_policy_id;
  return to;
}

// Called on Fast DDS' threads.
void acd_endpoint::on_data_available(fdds::DataReader*)
{
  source.raise(ACD_EVENT_DATA);
}

void acd_endpoint::on_subscription_matched(fdds::DataReader*, const fdds::SubscriptionMatchedStatus& status)
{
  change_match(status.last_publication_handle, status.current_count_change);
  note(ACD_EVENT_SUBSCRIPTION_MATCHED, matches(status));
}

void acd_endpoint::on_publication_matched(fdds::DataWriter*, const fdds::PublicationMatchedStatus& status)
{
  change_match(status.last_subscription_handle, status.current_count_change);
  note(ACD_EVENT_PUBLICATION_MATCHED, matches(status));
}

void acd_endpoint::on_liveliness_changed(fdds::DataReader*, const eprosima::fastrtps::LivelinessChangedStatus& status)
{
  acd_status change{};
  change.current = static_cast<uint32_t>(status.alive_count);
  change.current_change = status.alive_count_change;
  change.not_alive = static_cast<uint32_t>(status.not_alive_count);
  change.not_alive_change = status.not_alive_count_change;
  note(ACD_EVENT_LIVELINESS_CHANGED, change);
}

void acd_endpoint::on_requested_deadline_missed(fdds::DataReader*,
    const eprosima::fastrtps::RequestedDeadlineMissedStatus& status)
{
  note(ACD_EVENT_REQUESTED_DEADLINE_MISSED, counts(status));
}

void acd_endpoint::on_requested_incompatible_qos(fdds::DataReader*,
    const fdds::RequestedIncompatibleQosStatus& status)
{
  note(ACD_EVENT_REQUESTED_INCOMPATIBLE_QOS, policies(status));
}

void acd_endpoint::on_sample_lost(fdds::DataReader*, const fdds::SampleLostStatus& status)
{
  note(ACD_EVENT_SAMPLE_LOST, counts(status));
}

void acd_endpoint::on_offered_deadline_missed(fdds::DataWriter*, const fdds::OfferedDeadlineMissedStatus& status)
{
  note(ACD_EVENT_OFFERED_DEADLINE_MISSED, counts(status));
}

void acd_endpoint::on_offered_incompatible_qos(fdds::DataWriter*, const fdds::OfferedIncompatibleQosStatus& status)
{
  note(ACD_EVENT_OFFERED_INCOMPATIBLE_QOS, policies(status));
}

void acd_endpoint::on_liveliness_lost(fdds::DataWriter*, const fdds::LivelinessLostStatus& status)
{
  note(ACD_EVENT_LIVELINESS_LOST, counts(status));
}

int32_t acd_endpoint_status(const acd_endpoint* e, uint32_t event, acd_status* status)
try {
  const std::lock_guard<std::mutex> lock(e->status_lock);
  acd_status& kept = e->statuses[event];
  *status = kept;
  kept.total_change = kept.current_change = kept.not_alive_change = 0;
  return ok;
} catch (...) {
  return failure();
}

int32_t acd_endpoint_matches(const acd_endpoint* e, uint64_t* handles, int32_t capacity)
try {
  const std::lock_guard<std::mutex> lock(e->peers_lock);
  int32_t n = 0;
  for (const auto& match : e->matched) {
    if (n < capacity)
      handles[n] = match.second;
    n++;
  }
  return n;
} catch (...) {
  return failure();
}

// Fast DDS does not tell the USER_DATA of a match; the graph has it.
int32_t acd_endpoint_match(const acd_endpoint* e, uint64_t handle, uint8_t guid[16], uint8_t*, int32_t)
try {
  const std::lock_guard<std::mutex> lock(e->peers_lock);
  for (const auto& peer : e->peers) {
    if (peer.second == handle) {
      copy_guid(peer.first, guid);
      return 0;
    }
  }
  return bad_parameter;
} catch (...) {
  return failure();
}

int32_t acd_writer_assert_liveliness(const acd_endpoint* writer)
try {
  return writer->writer->assert_liveliness() == ReturnCode::RETCODE_OK ? ok : error;
} catch (...) {
  return failure();
}

int32_t acd_writer_wait_acknowledged(const acd_endpoint* writer, int64_t timeout)
try {
  return writer->writer->wait_for_acknowledgments(duration(timeout)) == ReturnCode::RETCODE_OK ? ok : afd::timeout;
} catch (...) {
  return failure();
}
