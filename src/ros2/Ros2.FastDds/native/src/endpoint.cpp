// Readers and writers.
#include <algorithm>
#include <cstdlib>
#include <memory>

#include "internal.hpp"

using namespace afd;

// Until readers have acknowledged all, a writer tells them so often what there is, as Cyclone DDS does. At Fast DDS' own 3 s
// the last sample of a burst, a request or a response that is lost comes that much later, and over a bad link many times so.
static constexpr int64_t heartbeat_period = 100000000; // nanoseconds

// So long after it was sent nobody can have missed a sample yet: heartbeats take 5 ms to be answered. At Fast DDS' own 0 ms each
// sample starts a timer, which wakes a thread that then competes with the writer for its locks.
static constexpr int64_t nack_suppression = 2000000; // nanoseconds

// A writer's history has room for so many samples that are being written.
static constexpr int32_t extra_samples = 64;

// Writers come and go over weeks; then their numbers start over.
static constexpr size_t most_peers = 4096;

uint64_t acd_endpoint::number(const rtps::GUID_t& guid) const
{
  const auto found = peers.find(guid);
  if (found != peers.end())
    return found->second;
  if (peers.size() >= most_peers)
    peers.clear();
  return peers[guid] = ++last_handle;
}

rtps::GUID_t acd_endpoint::guid() const
{
  return reader != nullptr ? reader->guid() : writer->guid();
}

// Where they are not as Fast DDS has them, a user's profile says so.
static void set_limits(fdds::ResourceLimitsQosPolicy& limits)
{
  if (limits == fdds::ResourceLimitsQosPolicy()) {
    limits.max_samples = 0; // no limit; the history has its own
    limits.max_instances = 0;
    limits.max_samples_per_instance = 0;
    limits.allocated_samples = 0;
  }
  limits.extra_samples = std::max(extra_samples, limits.extra_samples);
}

// A user's profiles for one endpoint, under the names that rmw_fastrtps gives them: that of the ROS topic, or for the halves of
// a service "client" or "service", and over it the name of the DDS topic.
template <class Get> static void apply_profiles(const std::string& topic, bool writes, Get get)
{
  const std::string prefix = topic.substr(0, 3);
  if (prefix == "rq/" || prefix == "rr/")
    get(writes == (prefix == "rq/") ? "client" : "service");
  get(prefix == "rt/" ? topic.substr(2) : topic);
}

// As rmw_fastrtps decides: synchronous, unless the user says otherwise by a variable or leaves it to the profile.
static void set_publish_mode(fdds::PublishModeQosPolicy& mode)
{
  const char* from_profile = std::getenv("RMW_FASTRTPS_USE_QOS_FROM_XML");
  const char* wanted = std::getenv("RMW_FASTRTPS_PUBLICATION_MODE");
  const std::string name = wanted == nullptr ? "" : wanted;
  if (name == "AUTO" || (from_profile != nullptr && std::strcmp(from_profile, "1") == 0))
    return;
  mode.kind = name == "ASYNCHRONOUS" ? fdds::ASYNCHRONOUS_PUBLISH_MODE : fdds::SYNCHRONOUS_PUBLISH_MODE;
}

// The policies that readers and writers share. A negative one is left to the profile, or to Fast DDS where there is none.
template <class Qos> static void set_policies(Qos& qos, const acd_qos& from, const char* user_data)
{
  static constexpr fdds::LivelinessQosPolicyKind kinds[] = {
    fdds::AUTOMATIC_LIVELINESS_QOS, fdds::MANUAL_BY_PARTICIPANT_LIVELINESS_QOS, fdds::MANUAL_BY_TOPIC_LIVELINESS_QOS};
  if (from.reliable >= 0)
    qos.reliability().kind = from.reliable ? fdds::RELIABLE_RELIABILITY_QOS : fdds::BEST_EFFORT_RELIABILITY_QOS;
  if (from.transient_local >= 0)
    qos.durability().kind = from.transient_local ? fdds::TRANSIENT_LOCAL_DURABILITY_QOS : fdds::VOLATILE_DURABILITY_QOS;
  if (from.keep_all >= 0)
    qos.history().kind = from.keep_all ? fdds::KEEP_ALL_HISTORY_QOS : fdds::KEEP_LAST_HISTORY_QOS;
  qos.history().depth = std::max({1, qos.history().depth, from.depth});
  set_limits(qos.resource_limits());
  if (from.deadline != INT64_MAX)
    qos.deadline().period = duration(from.deadline);
  if (from.lifespan != INT64_MAX)
    qos.lifespan().duration = duration(from.lifespan);
  if (from.liveliness >= 0 && from.liveliness <= 2)
    qos.liveliness().kind = kinds[from.liveliness];
  if (from.lease != INT64_MAX) {
    qos.liveliness().lease_duration = duration(from.lease);
    qos.liveliness().announcement_period = duration(from.lease / 3 * 2); // as rmw_fastrtps does
  }
  qos.endpoint().history_memory_policy = rtps::DYNAMIC_REUSABLE_MEMORY_MODE; // kept for the next sample, whatever its size
  qos.data_sharing().off();
  qos.user_data().data_vec(std::vector<rtps::octet>(user_data, user_data + std::strlen(user_data)));
}

// As Cyclone DDS decides; Fast DDS takes any.
static bool is_valid_name(const std::string& name)
{
  return !name.empty() && std::all_of(name.begin(), name.end(), [](unsigned char c) {
    return c > ' ' && c < 0x7f && c != '*' && c != '?' && c != '"';
  });
}

static fdds::Topic* acquire_topic(acd_context* context, const std::string& name, const std::string& type)
{
  const std::lock_guard<std::mutex> guard(context->topics_lock);
  const auto found = context->topics.find(name);
  if (found != context->topics.end()) {
    if (found->second.topic->get_type_name() != type)
      return nullptr;
    found->second.references++;
    return found->second.topic;
  }
  if (context->participant->find_type(type).empty())
    fdds::TypeSupport(new RawType(type)).register_type(context->participant);
  fdds::Topic* topic = context->participant->create_topic(name, type, fdds::TOPIC_QOS_DEFAULT);
  if (topic != nullptr)
    context->topics[name] = {topic, 1};
  return topic;
}

static void release_topic(acd_context* context, const std::string& name)
{
  const std::lock_guard<std::mutex> guard(context->topics_lock);
  const auto found = context->topics.find(name);
  if (found != context->topics.end() && --found->second.references == 0) {
    context->participant->delete_topic(found->second.topic);
    context->topics.erase(found);
  }
}

static void create_reader(acd_endpoint* e, fdds::Topic* topic, const acd_qos& from, const char* user_data)
{
  fdds::Subscriber* subscriber = e->source.context->subscriber;
  fdds::DataReaderQos qos = subscriber->get_default_datareader_qos();
  apply_profiles(e->topic_name, false, [&](const std::string& name) { subscriber->get_datareader_qos_from_profile(name, qos); });
  set_policies(qos, from, user_data);
  e->ignore_local = from.ignore_local != 0;
  e->type->exclusively(false, [&] { e->reader = subscriber->create_datareader(topic, qos, e); });
}

static void create_writer(acd_endpoint* e, fdds::Topic* topic, const acd_qos& from, const char* user_data)
{
  fdds::Publisher* publisher = e->source.context->publisher;
  fdds::DataWriterQos qos = publisher->get_default_datawriter_qos();
  apply_profiles(e->topic_name, true, [&](const std::string& name) { publisher->get_datawriter_qos_from_profile(name, qos); });
  set_publish_mode(qos.publish_mode());
  set_policies(qos, from, user_data);
  // Where it is not as Fast DDS has it, a user's profile says so.
  rtps::WriterTimes& times = qos.reliable_writer_qos().times;
  const rtps::WriterTimes usual;
  if (times.heartbeatPeriod == usual.heartbeatPeriod)
    times.heartbeatPeriod = duration(heartbeat_period);
  if (times.nackSupressionDuration == usual.nackSupressionDuration)
    times.nackSupressionDuration = duration(nack_suppression);
  e->type->exclusively(true, [&] { e->writer = publisher->create_datawriter(topic, qos, e); });
}

template <class Create> static int32_t open_endpoint(Create create, acd_context* context, const char* topic_name,
                                                     const char* type, const acd_qos* qos, const char* user_data,
                                                     int32_t token, acd_endpoint** out)
{
  *out = nullptr;
  if (!is_valid_name(topic_name))
    return bad_parameter;
  using Endpoint = std::unique_ptr<acd_endpoint, decltype(&acd_endpoint_close)>;
  Endpoint endpoint(new acd_endpoint(Source{context, token}), acd_endpoint_close);
  std::string name = topic_name;
  fdds::Topic* topic = acquire_topic(context, name, type);
  if (topic == nullptr)
    return precondition_not_met;
  endpoint->topic_name = std::move(name); // from here on closing releases it
  endpoint->type = static_cast<RawType*>(context->participant->find_type(type).get());
  create(endpoint.get(), topic, *qos, user_data == nullptr ? "" : user_data);
  if (endpoint->reader == nullptr && endpoint->writer == nullptr)
    return context->secured ? not_allowed_by_security : error;
  *out = endpoint.release();
  return ok;
}

int32_t acd_reader_open(acd_context* context, const char* topic, const char* type, const acd_qos* qos,
                        const char* user_data, uint32_t, int32_t token, acd_endpoint** reader)
try {
  return open_endpoint(create_reader, context, topic, type, qos, user_data, token, reader);
} catch (...) {
  return failure();
}

int32_t acd_writer_open(acd_context* context, const char* topic, const char* type, const acd_qos* qos,
                        const char* user_data, uint32_t, int32_t token, acd_endpoint** writer)
try {
  return open_endpoint(create_writer, context, topic, type, qos, user_data, token, writer);
} catch (...) {
  return failure();
}

void acd_endpoint_close(acd_endpoint* e)
try {
  acd_context* context = e->source.context;
  if (e->reader != nullptr) {
    e->reader->set_listener(nullptr);
    context->subscriber->delete_datareader(e->reader);
  }
  if (e->writer != nullptr) {
    e->writer->set_listener(nullptr);
    context->publisher->delete_datawriter(e->writer);
  }
  release_topic(context, e->topic_name);
  e->source.forget();
  delete e;
} catch (...) {
}

int32_t acd_endpoint_guid(const acd_endpoint* e, uint8_t guid[16])
{
  copy_guid(e->guid(), guid);
  return ok;
}

uint64_t acd_endpoint_handle(const acd_endpoint* e)
{
  uint8_t guid[16];
  copy_guid(e->guid(), guid);
  uint64_t handle;
  std::memcpy(&handle, guid + 8, sizeof(handle)); // participant and entity: one of its kind in this process
  return handle;
}
