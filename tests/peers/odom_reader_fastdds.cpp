// Reads /rover_1/odom and /tf of a running mission as any Fast DDS program could: it knows DDS, CDR, the layout of the two
// types, and nothing of AIOS. Exit code 0 when both were received within the time limit (first argument, seconds;
// default 30).
#include <chrono>
#include <cstdio>
#include <thread>

#include "fastdds_peer.hpp"

using namespace peer;
using Clock = std::chrono::steady_clock;

static constexpr int shown = 3;

static int read_odometry(fdds::DataReader* reader, int count)
{
  Odometry m;
  fdds::SampleInfo info;
  while (reader->take_next_sample(&m, &info) == ReturnCode_t::RETCODE_OK)
    if (info.valid_data && count++ < shown)
      std::printf("odom %s -> %s stamp %d.%09u at (%.3f, %.3f) moving %.3f m/s\n", m.header.frame_id.c_str(),
                  m.child_frame_id.c_str(), m.header.sec, m.header.nanosec, m.pose.position[0], m.pose.position[1],
                  m.twist[0]);
  return count;
}

static int read_transforms(fdds::DataReader* reader, int count)
{
  TFMessage m;
  fdds::SampleInfo info;
  while (reader->take_next_sample(&m, &info) == ReturnCode_t::RETCODE_OK)
    for (const auto& t : m.transforms)
      if (info.valid_data && count++ < shown)
        std::printf("tf %s -> %s (%.3f, %.3f, %.3f)\n", t.header.frame_id.c_str(), t.child_frame_id.c_str(),
                    t.translation[0], t.translation[1], t.translation[2]);
  return count;
}

int main(int argc, char** argv)
{
  const auto end = Clock::now() + std::chrono::seconds(argc > 1 ? std::atoi(argv[1]) : 30);
  fdds::DomainParticipant* self = participant();
  if (self == nullptr) {
    std::fprintf(stderr, "no participant in domain %u\n", domain());
    return 2;
  }
  fdds::DataReader* odometry = reader<Odometry>(self, "rt/rover_1/odom");
  fdds::DataReader* transforms = reader<TFMessage>(self, "rt/tf");

  int odometries = 0, tfs = 0;
  while (Clock::now() < end && (odometries < shown || tfs < shown)) {
    odometries = read_odometry(odometry, odometries);
    tfs = read_transforms(transforms, tfs);
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  std::printf("received %d odometries and %d transforms\n", odometries, tfs);
  self->delete_contained_entities();
  fdds::DomainParticipantFactory::get_instance()->delete_participant(self);
  return odometries >= shown && tfs >= shown ? 0 : 1;
}
