// What the C++ files share; nothing of this leaves the library.
#pragma once

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdlib>
#include <cstring>
#include <deque>
#include <map>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include <fastdds/dds/domain/DomainParticipant.hpp>
#include <fastdds/dds/domain/DomainParticipantFactory.hpp>
#include <fastdds/dds/domain/DomainParticipantListener.hpp>
#include <fastdds/dds/publisher/DataWriter.hpp>
#include <fastdds/dds/publisher/DataWriterListener.hpp>
#include <fastdds/dds/publisher/Publisher.hpp>
#include <fastdds/dds/subscriber/DataReader.hpp>
#include <fastdds/dds/subscriber/DataReaderListener.hpp>
#include <fastdds/dds/subscriber/SampleInfo.hpp>
#include <fastdds/dds/subscriber/Subscriber.hpp>
#include <fastdds/dds/topic/Topic.hpp>
#include <fastdds/dds/topic/TopicDataType.hpp>

extern "C" {
#include "afd.h"
#include "spin.h"
}
#include "receive.hpp"

namespace afd {

namespace fdds = eprosima::fastdds::dds;
namespace rtps = eprosima::fastrtps::rtps;
using ReturnCode = eprosima::fastrtps::types::ReturnCode_t;

// The numbers acd.h promises: Cyclone's dds_return_t.
enum : int32_t {
  ok = 0,
  error = -1,
  unsupported = -2,
  bad_parameter = -3,
  precondition_not_met = -4,
  out_of_resources = -5,
  timeout = -10,
  not_allowed_by_security = -13,
};

// No exception leaves the library, neither from a function of acd.h nor from what Fast DDS calls: C, managed code and Fast DDS'
// own threads cannot be unwound. In a catch block: what to return instead.
int32_t failure() noexcept;

// Received samples that were dropped.
extern std::atomic<uint64_t> malformed;

// Something acd_wait can report.
struct Source {
  acd_context* context;
  int32_t token;
  uint32_t events = 0; // 0 while not queued
  void raise(uint32_t which) noexcept;
  void forget();
};

// A sample to be written: a block, kept for reuse, or a sample that the lender's history has room for; see sample.cpp.
struct Payload {
  uint8_t* block = nullptr;
  uint8_t* data = nullptr; // 16-byte aligned after the encapsulation header
  uint32_t size = 0;
  uint32_t capacity = 0;
  const acd_endpoint* lender = nullptr;
  void* sample = nullptr;
  bool resize(uint32_t wanted);
  Payload() = default;
  Payload(const Payload&) = delete;
  Payload& operator=(const Payload&) = delete;
  ~Payload() { std::free(block); }
};

// A sample that was read, where Fast DDS keeps it; see take.cpp.
struct View {
  uint8_t* data = nullptr;
  uint32_t size = 0;
};

// Samples of any type stay serialized. What is written is a Payload, what is read a View.
//
// Fast DDS lends room for samples to be written only of plain types, whose size is fixed. So this type is plain and of the size
// wanted while something is lent.
class RawType : public fdds::TopicDataType {
public:
  explicit RawType(const std::string& name);

  // Room for the body of a sample of so many bytes, to be written or taken back; null where there is none.
  void* lend(fdds::DataWriter* writer, uint32_t size);
  void take_back(fdds::DataWriter* writer, void* sample);
  // Endpoints are opened in such a call, which keeps the size as it is: writers while lending, so that they can.
  template <class Action> void exclusively(bool lending, Action action)
  {
    const std::lock_guard<std::mutex> guard(lock_);
    const Lending scope(lending);
    action();
  }

  bool serialize(void* data, rtps::SerializedPayload_t* to) override;
  bool deserialize(rtps::SerializedPayload_t* from, void* data) override;
  std::function<uint32_t()> getSerializedSizeProvider(void* data) override;
  void* createData() override { return new View; }
  void deleteData(void* data) override { delete static_cast<View*>(data); }
  bool getKey(void*, rtps::InstanceHandle_t*, bool) override { return false; }
  bool is_plain() const override { return lends_; }

private:
  struct Lending {
    explicit Lending(bool lends) { lends_ = lends; }
    ~Lending() { lends_ = false; }
  };

  static thread_local bool lends_;
  std::mutex lock_; // guards m_typeSize
};

// A change in the graph, kept until the managed side has read it.
struct Change {
  int32_t kind;
  bool alive;
  rtps::GUID_t guid;
  rtps::GUID_t participant;
  std::string topic;
  std::string type;
  std::vector<uint8_t> user_data;
  acd_qos qos{};
};

class GraphListener : public fdds::DomainParticipantListener {
public:
  explicit GraphListener(acd_context* context) : context_(context) {}
  void on_participant_discovery(fdds::DomainParticipant*, rtps::ParticipantDiscoveryInfo&& info) override;
  void on_subscriber_discovery(fdds::DomainParticipant*, rtps::ReaderDiscoveryInfo&& info) override;
  void on_publisher_discovery(fdds::DomainParticipant*, rtps::WriterDiscoveryInfo&& info) override;

private:
  acd_context* context_;
};

// A topic is created once per participant and shared by its endpoints.
struct SharedTopic {
  fdds::Topic* topic;
  int references;
};

fdds::DomainParticipantQos participant_qos(acd_context* context, uint32_t domain, const char* config,
                                           const char* user_data, const char* const* properties, bool* valid);
// Remembers the number of a participant that Fast DDS numbered; call before another one is opened.
void note_number(acd_context* context);
void give_number(const acd_context* context);
int64_t nanoseconds(const eprosima::fastrtps::Duration_t& duration);
eprosima::fastrtps::Duration_t duration(int64_t nanoseconds);
void copy_guid(const rtps::GUID_t& from, uint8_t to[16]);
rtps::GUID_t read_guid(const uint8_t from[16]);
void log_attach(acd_context* context);
void log_detach(acd_context* context);
bool log_pending();

} // namespace afd

struct acd_context {
  acd_context() : graph_listener(this), graph{this, ACD_TOKEN_GRAPH}, receiver(this) {}
  void wake(); // who waits for something to be queued; without the lock

  eprosima::fastdds::dds::DomainParticipant* participant = nullptr;
  eprosima::fastdds::dds::Publisher* publisher = nullptr;
  eprosima::fastdds::dds::Subscriber* subscriber = nullptr;
  afd::GraphListener graph_listener;
  bool secured = false; // has properties of DDS Security
  int32_t number = -1;  // of the participant in this process; -1: none

  std::mutex topics_lock;
  std::map<std::string, afd::SharedTopic> topics;

  std::mutex lock; // guards all below, and the sources
  std::condition_variable signal;
  std::deque<afd::Source*> ready;
  std::deque<afd::Change> changes;
  afd::Source graph;
  bool woken = false;

  std::atomic<bool> pending{false}; // something is queued or woken
  acd_spin spin{};                  // of the thread in acd_wait
  afd::Receiver receiver;           // the last member: it uses the others
};

struct acd_endpoint : eprosima::fastdds::dds::DataReaderListener, eprosima::fastdds::dds::DataWriterListener {
  afd::Source source;
  std::string topic_name;
  eprosima::fastdds::dds::DataReader* reader = nullptr;
  eprosima::fastdds::dds::DataWriter* writer = nullptr;
  afd::RawType* type = nullptr; // kept alive by the topic
  bool ignore_local = false;
  mutable std::atomic<int32_t> lent{0}; // samples

  // Numbers of remote endpoints: those matched now, and for readers all that were heard.
  mutable std::mutex peers_lock;
  mutable uint64_t last_handle = 0;
  mutable std::map<eprosima::fastrtps::rtps::GUID_t, uint64_t> peers;
  std::map<eprosima::fastrtps::rtps::GUID_t, uint64_t> matched;

  // By event. Fast DDS counts changes since its last call of the listener only.
  mutable std::mutex status_lock;
  mutable std::map<uint32_t, acd_status> statuses;

  explicit acd_endpoint(afd::Source from) : source(from) {}
  uint64_t number(const eprosima::fastrtps::rtps::GUID_t& guid) const; // with peers_lock held
  eprosima::fastrtps::rtps::GUID_t guid() const;
  void note(uint32_t event, const acd_status& change) noexcept;
  void change_match(const eprosima::fastrtps::rtps::InstanceHandle_t& handle, int32_t change) noexcept;

  void on_data_available(eprosima::fastdds::dds::DataReader*) override;
  void on_subscription_matched(eprosima::fastdds::dds::DataReader*,
      const eprosima::fastdds::dds::SubscriptionMatchedStatus& status) override;
  void on_requested_deadline_missed(eprosima::fastdds::dds::DataReader*,
      const eprosima::fastrtps::RequestedDeadlineMissedStatus& status) override;
  void on_liveliness_changed(eprosima::fastdds::dds::DataReader*,
      const eprosima::fastrtps::LivelinessChangedStatus& status) override;
  void on_requested_incompatible_qos(eprosima::fastdds::dds::DataReader*,
      const eprosima::fastdds::dds::RequestedIncompatibleQosStatus& status) override;
  void on_sample_lost(eprosima::fastdds::dds::DataReader*,
      const eprosima::fastdds::dds::SampleLostStatus& status) override;
  void on_publication_matched(eprosima::fastdds::dds::DataWriter*,
      const eprosima::fastdds::dds::PublicationMatchedStatus& status) override;
  void on_offered_deadline_missed(eprosima::fastdds::dds::DataWriter*,
      const eprosima::fastdds::dds::OfferedDeadlineMissedStatus& status) override;
  void on_offered_incompatible_qos(eprosima::fastdds::dds::DataWriter*,
      const eprosima::fastdds::dds::OfferedIncompatibleQosStatus& status) override;
  void on_liveliness_lost(eprosima::fastdds::dds::DataWriter*,
      const eprosima::fastdds::dds::LivelinessLostStatus& status) override;
};
