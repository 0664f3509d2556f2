// The transport that Fast DDS is given: UDP as its own, but user traffic is received in receive.cpp.
#include <fastdds/rtps/transport/ChainingTransport.h>
#include <fastrtps/utils/IPLocator.h>

#include "internal.hpp"

namespace afd {

namespace {

using IPLocator = eprosima::fastrtps::rtps::IPLocator;

class WaitedTransport : public transport::ChainingTransport {
public:
  WaitedTransport(const transport::ChainingTransportDescriptor& descriptor, Receiver* receiver, UserPorts ports)
    : ChainingTransport(descriptor), receiver_(receiver), ports_(ports)
  {
  }

  transport::TransportDescriptorInterface* get_configuration() override { return low_level_transport_->get_configuration(); }
  void shutdown() override { low_level_transport_->shutdown(); }

  bool IsInputChannelOpen(const transport::Locator& local) const override
  {
    return is_received_here(local) ? receiver_->is_open(IPLocator::getPhysicalPort(local))
                                   : low_level_transport_->IsInputChannelOpen(local);
  }

  bool OpenInputChannel(const transport::Locator& local, transport::TransportReceiverInterface* to, uint32_t size) override
  {
    if (!is_received_here(local))
      return low_level_transport_->OpenInputChannel(local, to, size);
    const auto* udp = static_cast<const transport::UDPv4TransportDescriptor*>(low_level_transport_->get_configuration());
    return low_level_transport_->is_locator_allowed(local) && receiver_->open(local, *udp, size, to);
  }

  bool CloseInputChannel(const transport::Locator& local) override
  {
    return is_received_here(local) ? receiver_->close(IPLocator::getPhysicalPort(local))
                                   : low_level_transport_->CloseInputChannel(local);
  }

  // Past ChainingTransport, behind whose channels UDP does not recognise its own and opens them again for each peer.
  bool OpenOutputChannel(transport::SendResourceList& senders, const transport::Locator& remote) override
  {
    return low_level_transport_->OpenOutputChannel(senders, remote);
  }

  // A participant on every interface of this machine, as a program of rmw_fastrtps, gives addresses of its network; from a
  // transport that keeps to the loopback interface it is reached there. UDP alone would give it up.
  bool transform_remote_locator(const transport::Locator& remote, transport::Locator& result) const override
  {
    if (!IsLocatorSupported(remote) || IPLocator::isMulticast(remote) || !low_level_transport_->is_local_locator(remote))
      return low_level_transport_->transform_remote_locator(remote, result);
    transport::Locator loopback = remote;
    IPLocator::setIPv4(loopback, "127.0.0.1");
    if (!low_level_transport_->is_locator_allowed(loopback))
      return low_level_transport_->transform_remote_locator(remote, result);
    result = loopback;
    return true;
  }

  // What would come from ChainingTransport's channels.
  bool send(rtps::SenderResource* sender, const rtps::octet* data, uint32_t size, rtps::LocatorsIterator* begin,
            rtps::LocatorsIterator* end, const std::chrono::steady_clock::time_point& timeout) override
  {
    return sender->send(data, size, begin, end, timeout);
  }

  void receive(transport::TransportReceiverInterface* to, const rtps::octet* data, uint32_t size,
               const transport::Locator& local, const transport::Locator& remote) override
  {
    to->OnDataReceived(data, size, local, remote);
  }

private:
  bool is_received_here(const transport::Locator& local) const
  {
    return IsLocatorSupported(local) && !IPLocator::isMulticast(local) && ports_.contains(IPLocator::getPhysicalPort(local));
  }

  Receiver* const receiver_;
  const UserPorts ports_;
};

struct WaitedDescriptor : transport::ChainingTransportDescriptor {
  WaitedDescriptor(std::shared_ptr<transport::UDPv4TransportDescriptor> udp, Receiver* to, UserPorts of)
    : ChainingTransportDescriptor(udp), receiver(to), ports(of)
  {
  }

  transport::TransportInterface* create_transport() const override { return new WaitedTransport(*this, receiver, ports); }

  Receiver* receiver;
  UserPorts ports;
};

} // namespace

std::shared_ptr<transport::TransportDescriptorInterface> waited_transport(
    acd_context* context, UserPorts ports, std::shared_ptr<transport::UDPv4TransportDescriptor> udp)
{
  return std::make_shared<WaitedDescriptor>(std::move(udp), &context->receiver, ports);
}

} // namespace afd
