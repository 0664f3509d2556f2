// A Fast DDS discovery server with the identity that ROS_DISCOVERY_SERVER gives the first one, on the loopback interface.
// Arguments: port, seconds.
#include <chrono>
#include <cstdio>
#include <sstream>
#include <thread>

#include "fastdds_peer.hpp"

int main(int argc, char** argv)
{
  using namespace peer;
  if (argc < 3)
    return 2;
  fdds::DomainParticipantQos qos = fdds::PARTICIPANT_QOS_DEFAULT;
  std::istringstream("44.53.00.5f.45.50.52.4f.53.49.4d.41") >> qos.wire_protocol().prefix;
  qos.wire_protocol().builtin.discovery_config.discoveryProtocol = rtps::DiscoveryProtocol_t::SERVER;
  rtps::Locator_t here;
  rtps::IPLocator::setIPv4(here, "127.0.0.1");
  here.port = static_cast<uint32_t>(std::atoi(argv[1]));
  qos.wire_protocol().builtin.metatrafficUnicastLocatorList.push_back(here);
  auto* factory = fdds::DomainParticipantFactory::get_instance();
  fdds::DomainParticipant* server = factory->create_participant(domain(), qos);
  if (server == nullptr)
    return 2;
  std::puts("ready");
  std::fflush(stdout);
  std::this_thread::sleep_for(std::chrono::seconds(std::atoi(argv[2])));
  factory->delete_participant(server);
  return 0;
}
