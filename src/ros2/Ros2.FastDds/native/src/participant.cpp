// What a participant is configured with, and Fast DDS' log.
#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <memory>
#include <set>
#include <sstream>

#include <fastdds/dds/log/Log.hpp>
#include <fastdds/rtps/attributes/ServerAttributes.h>
#include <fastdds/rtps/transport/UDPv4TransportDescriptor.h>
#include <fastrtps/utils/IPLocator.h>

#include "internal.hpp"

namespace afd {

// Peers are looked for at the ports of so many participants of one machine. The last are left to those whose port is in use.
static constexpr uint32_t most_participants = 119;
static constexpr uint32_t most_indices = 100;

// Asked for, not demanded: the kernel caps it. What the sockets cannot hold of a large sample is lost and sent again later.
static constexpr uint32_t socket_buffer = 4u << 20;

static rtps::Locator_t locator(const std::string& address, uint32_t port)
{
  rtps::Locator_t result; // without an address: every one of the machine's
  if (!address.empty())
    rtps::IPLocator::setIPv4(result, address);
  result.port = port;
  return result;
}

// The ports of a domain by RTPS 2.2, 9.6.1.1. They are given to Fast DDS one by one, for what it computes itself follows from
// the number that makes a participant's GUID.
struct DomainPorts {
  static constexpr uint32_t last = 65535;

  const uint32_t base;
  const rtps::PortParameters& offsets;

  DomainPorts(uint32_t domain, const rtps::PortParameters& by) : base(by.portBase + by.domainIDGain * domain), offsets(by) {}
  uint32_t multicast() const { return base + offsets.offsetd0; }
  uint32_t discovery(uint32_t index) const { return base + offsets.offsetd1 + offsets.participantIDGain * index; }
  uint32_t user(uint32_t index) const { return base + offsets.offsetd3 + offsets.participantIDGain * index; }
  uint32_t participants() const // whose ports there are, at least one
  {
    uint32_t count = 1;
    while (count < most_participants && std::max(discovery(count), user(count)) <= last)
      count++;
    return count;
  }
};

static void add_peer(const std::string& address, const DomainPorts& ports, rtps::BuiltinAttributes& builtin)
{
  if (rtps::IPLocator::isMulticast(locator(address, 0))) {
    builtin.initialPeersList.push_back(locator(address, ports.multicast()));
    return;
  }
  for (uint32_t i = 0; i < ports.participants(); i++)
    builtin.initialPeersList.push_back(locator(address, ports.discovery(i)));
}

// Where a port is in use, Fast DDS takes the next participant's.
static void listen(fdds::WireProtocolConfigQos& wire, const DomainPorts& ports, bool multicast, std::vector<std::string> addresses)
{
  static std::atomic<uint32_t> opened{0};
  const uint32_t index = opened++ % std::min(ports.participants(), most_indices);
  if (multicast)
    wire.builtin.metatrafficMulticastLocatorList.push_back(locator("239.255.0.1", ports.multicast()));
  if (multicast || addresses.empty())
    addresses = {""};
  for (const std::string& address : addresses) {
    wire.builtin.metatrafficUnicastLocatorList.push_back(locator(address, ports.discovery(index)));
    wire.default_unicast_locator_list.push_back(locator(address, ports.user(index)));
  }
}

static bool apply(acd_context* context, uint32_t domain, const std::string& config, fdds::DomainParticipantQos& qos)
{
  auto udp = std::make_shared<eprosima::fastdds::rtps::UDPv4TransportDescriptor>();
  udp->sendBufferSize = socket_buffer;
  udp->receiveBufferSize = socket_buffer;
  auto& wire = qos.wire_protocol();
  const DomainPorts ports(domain, wire.port);
  bool multicast = true;
  std::istringstream lines(config);
  std::string key, value;
  while (lines >> key >> value) {
    if (key == "interface")
      udp->interfaceWhiteList.push_back(value);
    else if (key == "peer")
      add_peer(value, ports, wire.builtin);
    else if (key == "multicast" && value == "0")
      multicast = false;
    else if (key == "discovery" && value == "0")
      wire.builtin.discovery_config.discoveryProtocol = rtps::DiscoveryProtocol_t::NONE;
    else
      return false;
  }
  listen(wire, ports, multicast, udp->interfaceWhiteList);
  qos.transport().use_builtin_transports = false;
  const UserPorts user_ports = {ports.user(0), wire.port.participantIDGain};
  qos.transport().user_transports.push_back(waited_transport(context, user_ports, udp));
  wire.port.portBase = wire.port.domainIDGain = 0; // Fast DDS ends the process where it computes a port above the last
  return true;
}

// A client of a discovery server that is told of everybody, as the tools of ROS need it. Fast DDS 2.9 does not know the variable.
static void become_super_client(rtps::BuiltinAttributes& builtin)
{
  const char* wanted = std::getenv("ROS_SUPER_CLIENT");
  const std::string value = wanted == nullptr ? "" : wanted;
  const bool is_wanted = value == "1" || value == "true" || value == "True" || value == "TRUE";
  rtps::RemoteServerList_t servers;
  auto& discovery = builtin.discovery_config;
  if (!is_wanted || discovery.discoveryProtocol != rtps::DiscoveryProtocol_t::SIMPLE ||
      !eprosima::fastdds::rtps::load_environment_server_info(servers))
    return;
  discovery.discoveryProtocol = rtps::DiscoveryProtocol_t::SUPER_CLIENT;
  discovery.m_DiscoveryServers = servers;
}

// Of the user data "enclave=/name;".
static std::string enclave_of(const std::string& user_data)
{
  const size_t begin = user_data.find('=') + 1;
  return user_data.substr(begin, user_data.find(';') - begin);
}

// Fast DDS numbers the participants that a process opens one after the other, makes GUIDs of the numbers, and ends the process
// where one is too large for a port. Here they start over before; by then nobody remembers who had them.
static constexpr int32_t most_numbers = 30000;
static std::mutex numbers_lock;
static std::multiset<int32_t> numbers; // in use
static int32_t last_number = 0;

// The next number that no participant has.
static int32_t take_number()
{
  const std::lock_guard<std::mutex> guard(numbers_lock);
  do
    last_number = last_number % most_numbers + 1;
  while (numbers.count(last_number) != 0);
  numbers.insert(last_number);
  return last_number;
}

void note_number(acd_context* context)
{
  if (context->number >= 0)
    return;
  const rtps::octet* prefix = context->participant->guid().guidPrefix.value;
  context->number = prefix[8] | prefix[9] << 8 | prefix[10] << 16 | (prefix[11] & 0x7f) << 24;
  const std::lock_guard<std::mutex> guard(numbers_lock);
  numbers.insert(context->number);
}

void give_number(const acd_context* context)
{
  const std::lock_guard<std::mutex> guard(numbers_lock);
  const auto found = numbers.find(context->number);
  if (found != numbers.end())
    numbers.erase(found);
}

fdds::DomainParticipantQos participant_qos(acd_context* context, uint32_t domain, const char* config,
                                           const char* user_data, const char* const* properties, bool* valid)
{
  fdds::DomainParticipantQos qos = fdds::DomainParticipantFactory::get_instance()->get_default_participant_qos();
  qos.name(enclave_of(user_data));
  qos.user_data().data_vec(std::vector<rtps::octet>(user_data, user_data + std::strlen(user_data)));
  auto& builtin = qos.wire_protocol().builtin;
  builtin.typelookup_config.use_server = false;
  // What others tell of themselves may be longer than Fast DDS expects.
  builtin.readerHistoryMemoryPolicy = rtps::PREALLOCATED_WITH_REALLOC_MEMORY_MODE;
  builtin.writerHistoryMemoryPolicy = rtps::PREALLOCATED_WITH_REALLOC_MEMORY_MODE;
  become_super_client(builtin);
  for (size_t i = 0; properties != nullptr && properties[i] != nullptr && properties[i + 1] != nullptr; i += 2)
    qos.properties().properties().emplace_back(properties[i], properties[i + 1]);
  const bool is_ours = config != nullptr && *config != 0; // else its network is left to Fast DDS and the user's profiles
  *valid = !is_ours || apply(context, domain, config, qos);
  if (is_ours && qos.wire_protocol().participant_id < 0)
    qos.wire_protocol().participant_id = context->number = take_number();
  return qos;
}

// The last warnings and errors of Fast DDS in this process, and who wants to know of them.
namespace {

constexpr size_t most_lines = 64;
std::mutex log_lock;
std::deque<std::string> log_lines;
std::set<acd_context*> log_contexts;
std::atomic<bool> log_has_lines{false};

class Consumer : public fdds::LogConsumer {
public:
  void Consume(const fdds::Log::Entry& entry) override
  try {
    std::string line = entry.message;
    for (char& c : line)
      c = c == '\n' ? ' ' : c;
    const std::lock_guard<std::mutex> guard(log_lock);
    if (log_lines.size() >= most_lines)
      return;
    log_lines.push_back(std::move(line));
    log_has_lines = true;
    for (acd_context* context : log_contexts)
      acd_wake(context);
  } catch (...) { // no memory for the line
  }
};

} // namespace

void log_attach(acd_context* context)
{
  static std::once_flag once;
  std::call_once(once, [] {
    fdds::Log::ClearConsumers();
    fdds::Log::RegisterConsumer(std::make_unique<Consumer>());
    fdds::Log::SetVerbosity(fdds::Log::Kind::Error);
  });
  const std::lock_guard<std::mutex> guard(log_lock);
  log_contexts.insert(context);
}

void log_detach(acd_context* context)
{
  const std::lock_guard<std::mutex> guard(log_lock);
  log_contexts.erase(context);
}

bool log_pending()
{
  return log_has_lines;
}

} // namespace afd

int32_t acd_log_take(char* buffer, int32_t size)
try {
  using namespace afd;
  const std::lock_guard<std::mutex> guard(log_lock);
  size_t used = 0;
  for (const std::string& line : log_lines) {
    if (used + line.size() + 2 > static_cast<size_t>(size))
      break;
    std::memcpy(buffer + used, line.data(), line.size());
    used += line.size();
    buffer[used++] = '\n';
  }
  buffer[used] = 0;
  log_lines.clear();
  log_has_lines = false;
  return static_cast<int32_t>(used);
} catch (...) {
  return afd::failure();
}
