#include <algorithm>
#include <cerrno>
#include <chrono>

#include <arpa/inet.h>
#include <sched.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fastrtps/utils/IPLocator.h>

#include "internal.hpp"

namespace afd {

using IPLocator = eprosima::fastrtps::rtps::IPLocator;

// Nobody has waited for so long: the deputy takes over. What comes meanwhile, the sockets hold.
static constexpr std::chrono::milliseconds grace{1};
// Of one socket, before what they brought is looked at.
static constexpr int most_datagrams = 32;
// Sockets that hold less than this lose part of a large sample within the grace. Where such samples come, the deputy
// therefore leads all the time, until there have been none for a while.
static constexpr int enough_memory = 2 << 20;
static constexpr ssize_t large_datagram = 32 << 10;
static constexpr int64_t flood_memory = 1000000000; // nanoseconds
// So long the next part of a large sample is looked for, where parts come quicker: so many of late, and still after one that
// did not, which is each sample's first.
static constexpr int64_t part_window = 100000; // nanoseconds
static constexpr int least_quick_parts = 4;
static constexpr int most_quick_parts = 16;

static int bound_socket(const std::string& address, uint16_t port, uint32_t buffer_size)
{
  const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return -1;
  const int size = static_cast<int>(buffer_size);
  if (size > 0)
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, sizeof(size));
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(port);
  name.sin_addr.s_addr = inet_addr(address.c_str());
  if (bind(fd, reinterpret_cast<const sockaddr*>(&name), sizeof(name)) == 0)
    return fd;
  const int why = errno;
  ::close(fd);
  errno = why;
  return -1;
}

static bool has_little_memory(int fd)
{
  int size = 0;
  socklen_t length = sizeof(size);
  return getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &size, &length) != 0 || size < enough_memory;
}

Receiver::Receiver(acd_context* context)
  : kick_(eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC)), context_(context), polled_{{kick_, POLLIN, 0}}
{
}

Receiver::~Receiver()
{
  if (deputy_.joinable()) {
    {
      const std::lock_guard<std::mutex> guard(context_->lock);
      closing_ = true;
    }
    kick();
    standby_.notify_one();
    deputy_.join();
  }
  ::close(kick_);
}

bool Receiver::open(const transport::Locator& local, const transport::UDPv4TransportDescriptor& udp, uint32_t max_size,
                    transport::TransportReceiverInterface* to)
{
  static const std::vector<std::string> any = {"0.0.0.0"};
  const uint16_t port = IPLocator::getPhysicalPort(local);
  std::vector<Channel> opened;
  bool in_use = false;
  for (const std::string& address : udp.interfaceWhiteList.empty() ? any : udp.interfaceWhiteList) {
    const int fd = bound_socket(address, port, udp.receiveBufferSize);
    if (fd >= 0)
      opened.push_back({fd, port, max_size, local, to});
    else
      in_use |= errno != EADDRNOTAVAIL;
  }
  if (in_use || opened.empty() || kick_ < 0) {
    for (const Channel& channel : opened)
      ::close(channel.socket);
    return false;
  }
  std::unique_lock<std::mutex> guard(context_->lock);
  begin_change(guard);
  for (const Channel& channel : opened) {
    channels_.push_back(channel);
    polled_.push_back({channel.socket, POLLIN, 0});
    scarce_ |= has_little_memory(channel.socket);
  }
  if (!deputy_.joinable())
    deputy_ = std::thread(&Receiver::run, this);
  buffer_.resize(std::max<size_t>(buffer_.size(), max_size));
  end_change();
  return true;
}

bool Receiver::is_open(uint16_t port) const
{
  const std::lock_guard<std::mutex> guard(context_->lock);
  return std::any_of(channels_.begin(), channels_.end(), [=](const Channel& c) { return c.port == port; });
}

bool Receiver::close(uint16_t port)
{
  std::unique_lock<std::mutex> guard(context_->lock);
  begin_change(guard);
  const auto end = std::stable_partition(channels_.begin(), channels_.end(), [=](const Channel& c) { return c.port != port; });
  const bool found = end != channels_.end();
  std::for_each(end, channels_.end(), [](const Channel& c) { ::close(c.socket); });
  channels_.erase(end, channels_.end());
  polled_.resize(1);
  for (const Channel& channel : channels_)
    polled_.push_back({channel.socket, POLLIN, 0});
  end_change();
  return found;
}

// Waits until nobody leads, and keeps others from it.
void Receiver::begin_change(std::unique_lock<std::mutex>& guard)
{
  changers_++;
  while (leader_ != Leader::none) {
    kick();
    changer_.wait(guard);
  }
  leader_ = Leader::changer;
  changers_--;
}

void Receiver::end_change()
{
  release();
}

bool Receiver::lead(bool asks)
{
  if (channels_.empty() || is_flooded())
    return false;
  if (leader_ == Leader::none && changers_ == 0) {
    leader_ = Leader::waiter;
    return true;
  }
  if (asks && leader_ == Leader::deputy && !asked_) {
    asked_ = true;
    kick();
  }
  return false;
}

void Receiver::release()
{
  leader_ = Leader::none;
  releases_++;
  if (changers_ > 0)
    changer_.notify_one();
  else
    context_->signal.notify_one(); // another in acd_wait, if there is one
  if (standing_ || is_flooded())
    standby_.notify_one();
}

bool Receiver::is_flooded() const
{
  return scarce_ && acd_now() < flooded_until_;
}

bool Receiver::rest(std::unique_lock<std::mutex>& guard, bool leads, int64_t deadline)
{
  if (leads && changers_ > 0) {
    release();
    leads = false;
  }
  leads = leads || lead(true);
  if (leads) {
    rests_ = true;
    guard.unlock();
    poll(deadline);
    rests_ = false;
    receive();
    guard.lock();
  } else if (deadline == INT64_MAX) {
    context_->signal.wait(guard);
  } else {
    context_->signal.wait_until(guard, std::chrono::steady_clock::time_point{std::chrono::nanoseconds(deadline)});
  }
  return leads;
}

bool Receiver::interrupt()
{
  if (!rests_.exchange(false))
    return false;
  kick();
  return true;
}

void Receiver::kick() const
{
  eventfd_write(kick_, 1);
}

void Receiver::poll(int64_t deadline)
{
  static constexpr int64_t second = 1000000000;
  const int64_t left = deadline == INT64_MAX ? 0 : std::max<int64_t>(0, deadline - acd_now());
  const timespec time = {static_cast<time_t>(left / second), static_cast<long>(left % second)};
  ppoll(polled_.data(), polled_.size(), deadline == INT64_MAX ? nullptr : &time, nullptr);
  eventfd_t kicks;
  if (polled_[0].revents != 0)
    eventfd_read(kick_, &kicks);
}

void Receiver::receive()
{
  for (const Channel& channel : channels_) {
    Arrival arrival{this, &channel, {}, -1};
    for (int i = 0; i < most_datagrams && next(&arrival); i++) {
      if (arrival.length > 0)
        hand_over(arrival);
    }
  }
}

// Of a large sample one part follows the other: to poll for each would have its sender wake this thread for each.
bool Receiver::next(Arrival* arrival)
{
  const bool expects = arrival->length >= large_datagram && quick_parts_ >= least_quick_parts;
  const int64_t end = expects ? acd_now() + part_window : 0;
  while (!has_come(arrival) && acd_now() < end)
    sched_yield();
  if (arrival->length >= large_datagram)
    note_part(acd_now());
  return arrival->length >= 0;
}

void Receiver::note_part(int64_t now)
{
  quick_parts_ = now - last_part_ <= part_window ? std::min(quick_parts_ + 1, most_quick_parts) : quick_parts_ / 2;
  last_part_ = now;
  if (scarce_)
    flooded_until_ = now + flood_memory;
}

// Whether there is something to do: a datagram, which is read, or what the last one completed.
bool Receiver::has_come(const void* argument)
{
  auto* arrival = static_cast<Arrival*>(const_cast<void*>(argument));
  Receiver* self = arrival->receiver;
  socklen_t size = sizeof(arrival->from);
  arrival->length = recvfrom(arrival->channel->socket, self->buffer_.data(), arrival->channel->max_size, MSG_DONTWAIT,
                             reinterpret_cast<sockaddr*>(&arrival->from), &size);
  return arrival->length >= 0 || self->context_->pending;
}

void Receiver::hand_over(const Arrival& arrival)
{
  transport::Locator remote;
  IPLocator::setIPv4(remote, reinterpret_cast<const uint8_t*>(&arrival.from.sin_addr));
  IPLocator::setPhysicalPort(remote, ntohs(arrival.from.sin_port));
  try {
    arrival.channel->to->OnDataReceived(buffer_.data(), static_cast<uint32_t>(arrival.length), arrival.channel->local, remote);
  } catch (...) {
    malformed++; // it announces a sample for which there is no memory
  }
}

// The deputy: stands by while somebody leads, and leads when nobody has for a while.
void Receiver::run()
{
  std::unique_lock<std::mutex> guard(context_->lock);
  while (!closing_) {
    const uint64_t seen = releases_;
    if (!is_flooded())
      standby_.wait_for(guard, grace);
    if (closing_ || (releases_ != seen && !is_flooded()))
      continue;
    if (leader_ == Leader::none && changers_ == 0) {
      lead_until_asked(guard);
    } else {
      standing_ = true;
      standby_.wait(guard);
      standing_ = false;
    }
  }
}

void Receiver::lead_until_asked(std::unique_lock<std::mutex>& guard)
{
  leader_ = Leader::deputy;
  asked_ = false;
  while (!asked_ && !closing_ && changers_ == 0) {
    guard.unlock();
    poll(INT64_MAX);
    receive();
    guard.lock();
  }
  release();
}

} // namespace afd
