// Round trips over Fast DDS as a C++ program does them, without ROS: "pong" sends back what comes, "ping" prints the median
// of its round trips in microseconds. Arguments: role, bytes, seconds, and "listener" (the default: it answers on Fast DDS'
// own threads) or "waitset" (a thread waits and takes, as rclcpp does).
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstring>
#include <mutex>
#include <thread>

#include <fastdds/dds/core/condition/WaitSet.hpp>

#include "fastdds_peer.hpp"

using namespace peer;
using Clock = std::chrono::steady_clock;

namespace peer {

struct Bytes {
  static constexpr const char* type_name = "benchmark::msg::dds_::Bytes_";
  std::vector<uint8_t> data;
};

template <class A> void visit(A a, Bytes& m) { a & m.data; }

} // namespace peer

// The size of a sample is its own.
class BytesType : public TypeSupport<Bytes> {
public:
  std::function<uint32_t()> getSerializedSizeProvider(void* data) override
  {
    return [data] { return static_cast<uint32_t>(static_cast<Bytes*>(data)->data.size()) + 16; };
  }
};

class Player : public fdds::DataReaderListener {
public:
  Player(fdds::DomainParticipant* self, bool starts, size_t bytes, double seconds, bool waits)
    : starts_(starts), seconds_(seconds)
  {
    message_.data.resize(bytes);
    fdds::TypeSupport(new BytesType).register_type(self);
    fdds::DataWriterQos out = fdds::DATAWRITER_QOS_DEFAULT;
    out.reliability().kind = fdds::RELIABLE_RELIABILITY_QOS;
    out.endpoint().history_memory_policy = rtps::PREALLOCATED_WITH_REALLOC_MEMORY_MODE;
    fdds::DataReaderQos in = fdds::DATAREADER_QOS_DEFAULT;
    in.reliability().kind = fdds::RELIABLE_RELIABILITY_QOS;
    in.endpoint().history_memory_policy = rtps::PREALLOCATED_WITH_REALLOC_MEMORY_MODE;
    fdds::Topic* to = self->create_topic(starts ? "ping" : "pong", Bytes::type_name, fdds::TOPIC_QOS_DEFAULT);
    fdds::Topic* from = self->create_topic(starts ? "pong" : "ping", Bytes::type_name, fdds::TOPIC_QOS_DEFAULT);
    writer_ = self->create_publisher(fdds::PUBLISHER_QOS_DEFAULT)->create_datawriter(to, out);
    reader_ = self->create_subscriber(fdds::SUBSCRIBER_QOS_DEFAULT)->create_datareader(from, in, waits ? nullptr : this);
    if (waits)
      waiter_ = std::thread(&Player::wait, this);
  }

  // Before its entities are deleted.
  void stop()
  {
    ended_ = true;
    if (waiter_.joinable())
      waiter_.join();
  }

  void wait()
  {
    fdds::StatusCondition& data = reader_->get_statuscondition();
    data.set_enabled_statuses(fdds::StatusMask::data_available());
    fdds::WaitSet set;
    set.attach_condition(data);
    fdds::ConditionSeq active;
    while (!ended_)
      if (set.wait(active, {0, 100000000}) == ReturnCode_t::RETCODE_OK)
        on_data_available(reader_);
    set.detach_condition(data);
  }

  void on_data_available(fdds::DataReader* reader) override
  {
    fdds::SampleInfo info;
    while (reader->take_next_sample(&message_, &info) == ReturnCode_t::RETCODE_OK) {
      if (!info.valid_data)
        continue;
      const auto now = Clock::now();
      const std::lock_guard<std::mutex> guard(lock_);
      if (starts_)
        times_.push_back(std::chrono::duration<double, std::micro>(now - sent_).count());
      sent_ = Clock::now();
      writer_->write(&message_);
    }
  }

  bool is_matched() const
  {
    fdds::PublicationMatchedStatus out;
    fdds::SubscriptionMatchedStatus in;
    writer_->get_publication_matched_status(out);
    reader_->get_subscription_matched_status(in);
    return out.current_count > 0 && in.current_count > 0;
  }

  double play()
  {
    std::this_thread::sleep_for(std::chrono::milliseconds(300)); // until the other has matched as well
    {
      const std::lock_guard<std::mutex> guard(lock_);
      sent_ = Clock::now();
      writer_->write(&message_);
    }
    std::this_thread::sleep_for(std::chrono::duration<double>(seconds_));
    const std::lock_guard<std::mutex> guard(lock_);
    const size_t warm = times_.size() / 5;
    if (times_.size() - warm < 1)
      return 0;
    std::vector<double> measured(times_.begin() + static_cast<std::ptrdiff_t>(warm), times_.end());
    std::nth_element(measured.begin(), measured.begin() + static_cast<std::ptrdiff_t>(measured.size() / 2), measured.end());
    return measured[measured.size() / 2];
  }

private:
  const bool starts_;
  const double seconds_;
  std::mutex lock_;
  Bytes message_;
  fdds::DataWriter* writer_;
  fdds::DataReader* reader_;
  Clock::time_point sent_;
  std::vector<double> times_;
  std::atomic<bool> ended_{false};
  std::thread waiter_;
};

int main(int argc, char** argv)
{
  if (argc < 4)
    return 2;
  const bool starts = std::strcmp(argv[1], "ping") == 0;
  const double seconds = std::atof(argv[3]);
  const auto end = Clock::now() + std::chrono::duration<double>(seconds + 15);
  fdds::DomainParticipant* self = participant();
  if (self == nullptr)
    return 2;
  const bool waits = argc > 4 && std::strcmp(argv[4], "waitset") == 0;
  double median = 0;
  {
    Player player(self, starts, static_cast<size_t>(std::atol(argv[2])), seconds, waits);
    while (!player.is_matched() && Clock::now() < end)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    if (starts)
      median = player.play();
    else
      while (player.is_matched() && Clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    player.stop();
    self->delete_contained_entities();
  }
  fdds::DomainParticipantFactory::get_instance()->delete_participant(self);
  if (starts)
    std::printf("p50 %.1f us\n", median);
  return starts && median <= 0 ? 1 : 0;
}
