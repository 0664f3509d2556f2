// Reception of user traffic by the thread in acd_wait, so that no other thread is woken for a message.
//
// One thread at a time leads: it alone receives, and hands what has come to Fast DDS, whose listeners raise sources. A
// thread in acd_wait leads where it can. When there is none for a while, because a callback or a garbage collection lasts,
// a thread of this class, the deputy, takes over until somebody waits again.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <netinet/in.h>
#include <poll.h>

#include <fastdds/rtps/transport/TransportReceiverInterface.h>
#include <fastdds/rtps/transport/UDPv4TransportDescriptor.h>

struct acd_context;

namespace afd {

namespace transport = eprosima::fastdds::rtps;

class Receiver {
public:
  explicit Receiver(acd_context* context);
  ~Receiver();
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  // Sockets of one port on each of the addresses that this machine has. False when the port is in use.
  bool open(const transport::Locator& local, const transport::UDPv4TransportDescriptor& udp, uint32_t max_size,
            transport::TransportReceiverInterface* to);
  bool is_open(uint16_t port) const;
  // Returns when nothing more comes from this port.
  bool close(uint16_t port);

  // For acd_wait, with the context's lock held, which rest gives up meanwhile.
  bool lead(bool asks);                                                             // true: this thread leads now
  bool rest(std::unique_lock<std::mutex>& guard, bool leads, int64_t deadline); // returns whether it leads now
  void release();                                                                   // by who leads

  // For who leads, without the lock: hands over what has come.
  void receive();
  // Ends the rest of a leader in acd_wait; false when there is none, or it is not resting.
  bool interrupt();

private:
  enum class Leader { none, waiter, deputy, changer };

  struct Channel {
    int socket;
    uint16_t port;
    uint32_t max_size;
    transport::Locator local;
    transport::TransportReceiverInterface* to;
  };

  // A datagram, in buffer_.
  struct Arrival {
    Receiver* receiver;
    const Channel* channel;
    sockaddr_in from;
    ssize_t length; // less than 0: there is none
  };

  bool next(Arrival* arrival);
  void note_part(int64_t now);
  static bool has_come(const void* arrival);
  void hand_over(const Arrival& arrival);
  void poll(int64_t deadline);
  void kick() const;
  bool is_flooded() const;
  void begin_change(std::unique_lock<std::mutex>& guard);
  void end_change();
  void run();
  void lead_until_asked(std::unique_lock<std::mutex>& guard);

  const int kick_; // an eventfd that ends a poll
  acd_context* const context_; // its lock guards what follows, unless it says otherwise
  Leader leader_ = Leader::none;
  uint64_t releases_ = 0;
  int changers_ = 0;      // threads that want to open or close
  bool asked_ = false;    // the deputy, to make room
  bool standing_ = false; // the deputy waits for a release
  bool scarce_ = false;   // the kernel gave the sockets little memory
  bool closing_ = false;
  std::condition_variable standby_;
  std::condition_variable changer_;
  std::thread deputy_;

  std::atomic<bool> rests_{false};         // a leader in acd_wait is about to poll; needs no lock
  std::atomic<int64_t> flooded_until_{0};  // needs no lock
  std::vector<Channel> channels_;  // changed by a changer, read by who leads
  std::vector<pollfd> polled_;     // likewise: kick_, then the channels' sockets
  std::vector<uint8_t> buffer_;    // likewise
  int64_t last_part_ = 0;          // likewise: when the last part of a large sample came,
  int quick_parts_ = 0;            // and how many came quickly
};

// Of user traffic: first, first + step, ...; those between are discovery's.
struct UserPorts {
  uint32_t first;
  uint32_t step;
  bool contains(uint32_t port) const { return port >= first && step > 0 && (port - first) % step == 0; }
};

// A UDP transport whose user traffic comes by the context's receiver.
std::shared_ptr<transport::TransportDescriptorInterface> waited_transport(
    acd_context* context, UserPorts ports, std::shared_ptr<transport::UDPv4TransportDescriptor> udp);

} // namespace afd
