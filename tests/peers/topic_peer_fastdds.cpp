// Echoes topics through hand-written CDR on Fast DDS: what arrives on /in/X is decoded, encoded again and written to
// /out/X, so that who sent it can compare the bytes. Ends when a String "end" arrives or after the time limit (seconds).
#include <chrono>
#include <functional>
#include <thread>

#include "fastdds_peer.hpp"

using namespace peer;
using Clock = std::chrono::steady_clock;

template <class T> std::function<bool()> echo(fdds::DomainParticipant* self, const std::string& name)
{
  fdds::DataWriter* to = writer<T>(self, ("rt/out/" + name).c_str());
  fdds::DataReader* from = reader<T>(self, ("rt/in/" + name).c_str());
  return [from, to] {
    T message;
    fdds::SampleInfo info;
    bool go_on = true;
    while (go_on && from->take_next_sample(&message, &info) == ReturnCode_t::RETCODE_OK) {
      if (!info.valid_data)
        continue;
      if constexpr (std::is_same_v<T, String>)
        go_on = message.data != "end";
      to->write(&message);
    }
    if (!go_on)
      to->wait_for_acknowledgments({1, 0});
    return go_on;
  };
}

int main(int argc, char** argv)
{
  const auto end = Clock::now() + std::chrono::seconds(argc > 1 ? std::atoi(argv[1]) : 30);
  fdds::DomainParticipant* self = participant();
  if (self == nullptr)
    return 2;
  const std::vector<std::function<bool()>> echoes = {
    echo<PoseStamped>(self, "pose"), echo<Odometry>(self, "odom"), echo<TFMessage>(self, "tf"),
    echo<String>(self, "string")};

  bool go_on = true;
  while (go_on && Clock::now() < end) {
    for (const auto& step : echoes)
      go_on = step() && go_on;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  self->delete_contained_entities();
  fdds::DomainParticipantFactory::get_instance()->delete_participant(self);
  return go_on ? 1 : 0;
}
