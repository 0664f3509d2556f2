// Time of Fast-CDR to write and read messages of the content that "aios bench ros" uses. Reads lines
// "Type serialize|deserialize PLACE" and answers each with the nanoseconds of one call.
#include <chrono>
#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <memory>

#include "fastdds_peer.hpp"

using namespace peer;
using Clock = std::chrono::steady_clock;

namespace peer {

struct PointField {
  std::string name;
  uint32_t offset{};
  uint8_t datatype{};
  uint32_t count{};
};

struct PointCloud2 {
  Header header;
  uint32_t height{}, width{};
  std::vector<PointField> fields;
  bool is_bigendian{};
  uint32_t point_step{}, row_step{};
  std::vector<uint8_t> data;
  bool is_dense{};
};

struct OccupancyGrid {
  Header header;
  int32_t load_sec{};
  uint32_t load_nanosec{};
  float resolution{};
  uint32_t width{}, height{};
  Pose origin;
  std::vector<int8_t> data;
};

template <class A> void visit(A a, PointField& m) { a & m.name & m.offset & m.datatype & m.count; }
template <class A> void visit(A a, PointCloud2& m)
{
  visit(a, m.header);
  a & m.height & m.width;
  auto count = static_cast<uint32_t>(m.fields.size());
  a & count;
  m.fields.resize(count);
  for (auto& f : m.fields)
    visit(a, f);
  a & m.is_bigendian & m.point_step & m.row_step & m.data & m.is_dense;
}
template <class A> void visit(A a, OccupancyGrid& m)
{
  visit(a, m.header);
  a & m.load_sec & m.load_nanosec & m.resolution & m.width & m.height;
  visit(a, m.origin);
  a & m.data;
}

} // namespace peer

// Time of one call in a round of one millisecond.
template <class F> static double round_ns(F action)
{
  const auto start = Clock::now();
  auto now = start;
  long calls = 0;
  for (; now - start < std::chrono::milliseconds(1); now = Clock::now(), calls += 16)
    for (int i = 0; i < 16; i++)
      action();
  return std::chrono::duration<double, std::nano>(now - start).count() / static_cast<double>(calls);
}

using Round = std::function<double(size_t place)>;

// The bytes lie at some place in a page, for that changes the time of copying.
template <class T> static void add(std::map<std::string, Round>& rounds, const std::string& name, const T& content)
{
  auto message = std::make_shared<T>(content);
  auto target = std::make_shared<T>();
  auto bytes = std::make_shared<std::vector<char>>(1 << 20);
  const auto buffer_at = [bytes](size_t place) {
    return eprosima::fastcdr::FastBuffer(bytes->data() + place, bytes->size() - place);
  };
  const auto serialize = [message, buffer_at](size_t place) {
    auto buffer = buffer_at(place);
    Cdr cdr(buffer, Cdr::LITTLE_ENDIANNESS, Cdr::DDS_CDR);
    cdr.serialize_encapsulation();
    visit(Writer{cdr}, *message);
  };
  rounds[name + " serialize"] = [serialize](size_t place) { return round_ns([&] { serialize(place); }); };
  rounds[name + " deserialize"] = [target, serialize, buffer_at](size_t place) {
    serialize(place);
    return round_ns([&] {
      auto buffer = buffer_at(place);
      Cdr cdr(buffer, Cdr::DEFAULT_ENDIAN, Cdr::DDS_CDR);
      cdr.read_encapsulation();
      visit(Reader{cdr}, *target);
    });
  };
}

static PointCloud2 cloud()
{
  PointCloud2 m;
  m.header.frame_id = "rover_1/lidar";
  m.height = 32;
  m.width = 180;
  for (const char* name : {"x", "y", "z", "intensity"})
    m.fields.push_back({name, static_cast<uint32_t>(4 * m.fields.size()), 7, 1});
  m.point_step = 16;
  m.row_step = 16 * 180;
  m.data.resize(32 * 180 * 16);
  return m;
}

static TFMessage transforms()
{
  TFMessage m;
  for (int i = 0; i < 20; i++) {
    TransformStamped t;
    t.header.frame_id = "rover_1/base_link";
    char name[32];
    std::snprintf(name, sizeof(name), "rover_1/link_%02d", i);
    t.child_frame_id = name;
    m.transforms.push_back(t);
  }
  return m;
}

int main()
{
  std::map<std::string, Round> rounds;
  add(rounds, "PointCloud2", cloud());
  Odometry odometry;
  odometry.header.frame_id = "rover_1/odom";
  odometry.child_frame_id = "rover_1/base_link";
  add(rounds, "Odometry", odometry);
  add(rounds, "TFMessage", transforms());
  OccupancyGrid grid;
  grid.header.frame_id = "map";
  grid.width = grid.height = 300;
  grid.data.resize(300 * 300);
  add(rounds, "OccupancyGrid", grid);
  std::string type, operation;
  size_t place;
  while (std::cin >> type >> operation >> place) {
    const auto found = rounds.find(type + " " + operation);
    if (found == rounds.end() || place >= 4096)
      std::cout << "unknown" << std::endl;
    else
      std::cout << found->second(place) << std::endl;
  }
}
