// Time of Fast-CDR to write and read messages of the content that "aios bench ros" uses. Prints lines
// "Type serialize NS deserialize NS": the best of some rounds.
#include <chrono>
#include <cstdio>

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

template <class F> static double best_ns(F action)
{
  double best = 1e18;
  for (int round = 0; round < 5; round++) {
    const auto start = Clock::now();
    auto now = start;
    long calls = 0;
    for (; now - start < std::chrono::milliseconds(100); now = Clock::now(), calls += 16)
      for (int i = 0; i < 16; i++)
        action();
    best = std::min(best, std::chrono::duration<double, std::nano>(now - start).count() / static_cast<double>(calls));
  }
  return best;
}

template <class T> static void measure(const char* name, T message)
{
  std::vector<char> bytes(1 << 20);
  eprosima::fastcdr::FastBuffer buffer(bytes.data(), bytes.size());
  const double serialize = best_ns([&] {
    Cdr cdr(buffer, Cdr::LITTLE_ENDIANNESS, Cdr::DDS_CDR);
    cdr.serialize_encapsulation();
    visit(Writer{cdr}, message);
  });
  T target;
  const double deserialize = best_ns([&] {
    Cdr cdr(buffer, Cdr::DEFAULT_ENDIAN, Cdr::DDS_CDR);
    cdr.read_encapsulation();
    visit(Reader{cdr}, target);
  });
  std::printf("%s serialize %.1f deserialize %.1f\n", name, serialize, deserialize);
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
  measure("PointCloud2", cloud());
  Odometry odometry;
  odometry.header.frame_id = "rover_1/odom";
  odometry.child_frame_id = "rover_1/base_link";
  measure("Odometry", odometry);
  measure("TFMessage", transforms());
  OccupancyGrid grid;
  grid.header.frame_id = "map";
  grid.width = grid.height = 300;
  grid.data.resize(300 * 300);
  measure("OccupancyGrid", grid);
}
