// What the Fast DDS peers share: the ROS 2 messages with their CDR form written out by hand on Fast-CDR, a type support
// made from it, and a participant on the loopback interface.
#ifndef FASTDDS_PEER_HPP
#define FASTDDS_PEER_HPP

#include <array>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include <fastcdr/Cdr.h>
#include <fastdds/dds/domain/DomainParticipant.hpp>
#include <fastdds/dds/domain/DomainParticipantFactory.hpp>
#include <fastdds/dds/publisher/DataWriter.hpp>
#include <fastdds/dds/publisher/Publisher.hpp>
#include <fastdds/dds/subscriber/DataReader.hpp>
#include <fastdds/dds/subscriber/SampleInfo.hpp>
#include <fastdds/dds/subscriber/Subscriber.hpp>
#include <fastdds/dds/topic/Topic.hpp>
#include <fastdds/dds/topic/TopicDataType.hpp>
#include <fastdds/rtps/transport/UDPv4TransportDescriptor.h>
#include <fastrtps/utils/IPLocator.h>

namespace peer {

namespace fdds = eprosima::fastdds::dds;
namespace rtps = eprosima::fastrtps::rtps;
using Cdr = eprosima::fastcdr::Cdr;

struct Header {
  int32_t sec{};
  uint32_t nanosec{};
  std::string frame_id;
};

struct Pose {
  std::array<double, 3> position{};
  std::array<double, 4> orientation{};
};

struct String {
  static constexpr const char* type_name = "std_msgs::msg::dds_::String_";
  std::string data;
};

struct PoseStamped {
  static constexpr const char* type_name = "geometry_msgs::msg::dds_::PoseStamped_";
  Header header;
  Pose pose;
};

struct Odometry {
  static constexpr const char* type_name = "nav_msgs::msg::dds_::Odometry_";
  Header header;
  std::string child_frame_id;
  Pose pose;
  std::array<double, 36> pose_covariance{};
  std::array<double, 6> twist{};
  std::array<double, 36> twist_covariance{};
};

struct TransformStamped {
  Header header;
  std::string child_frame_id;
  std::array<double, 3> translation{};
  std::array<double, 4> rotation{};
};

struct TFMessage {
  static constexpr const char* type_name = "tf2_msgs::msg::dds_::TFMessage_";
  std::vector<TransformStamped> transforms;
};

// One description of each layout serves reading and writing: Archive is a Cdr with >> or << behind "&".
struct Reader {
  Cdr& cdr;
  template <class T> Reader& operator&(T& value) { cdr >> value; return *this; }
};

struct Writer {
  Cdr& cdr;
  template <class T> Writer& operator&(T& value) { cdr << value; return *this; }
};

template <class A> void visit(A a, Header& m) { a & m.sec & m.nanosec & m.frame_id; }
template <class A> void visit(A a, Pose& m) { a & m.position & m.orientation; }
template <class A> void visit(A a, String& m) { a & m.data; }
template <class A> void visit(A a, PoseStamped& m) { visit(a, m.header); visit(a, m.pose); }
template <class A> void visit(A a, Odometry& m)
{
  visit(a, m.header);
  a & m.child_frame_id;
  visit(a, m.pose);
  a & m.pose_covariance & m.twist & m.twist_covariance;
}
template <class A> void visit(A a, TransformStamped& m)
{
  visit(a, m.header);
  a & m.child_frame_id & m.translation & m.rotation;
}
template <class A> void visit(A a, TFMessage& m)
{
  auto count = static_cast<uint32_t>(m.transforms.size());
  a & count;
  m.transforms.resize(count);
  for (auto& t : m.transforms)
    visit(a, t);
}

template <class T> class TypeSupport : public fdds::TopicDataType {
public:
  TypeSupport()
  {
    setName(T::type_name);
    m_typeSize = 16384; // of one sample at most; reallocated where history memory may grow
    m_isGetKeyDefined = false;
    auto_fill_type_object(false);
    auto_fill_type_information(false);
  }

  bool serialize(void* data, rtps::SerializedPayload_t* payload) override
  {
    eprosima::fastcdr::FastBuffer buffer(reinterpret_cast<char*>(payload->data), payload->max_size);
    Cdr cdr(buffer, Cdr::LITTLE_ENDIANNESS, Cdr::DDS_CDR);
    payload->encapsulation = CDR_LE;
    cdr.serialize_encapsulation();
    visit(Writer{cdr}, *static_cast<T*>(data));
    payload->length = static_cast<uint32_t>(cdr.getSerializedDataLength());
    return true;
  }

  bool deserialize(rtps::SerializedPayload_t* payload, void* data) override
  {
    eprosima::fastcdr::FastBuffer buffer(reinterpret_cast<char*>(payload->data), payload->length);
    Cdr cdr(buffer, Cdr::DEFAULT_ENDIAN, Cdr::DDS_CDR);
    try {
      cdr.read_encapsulation();
      visit(Reader{cdr}, *static_cast<T*>(data));
    } catch (const eprosima::fastcdr::exception::Exception&) {
      return false;
    }
    return true;
  }

  std::function<uint32_t()> getSerializedSizeProvider(void*) override
  {
    return [this] { return m_typeSize; };
  }

  void* createData() override { return new T; }
  void deleteData(void* data) override { delete static_cast<T*>(data); }
  bool getKey(void*, rtps::InstanceHandle_t*, bool) override { return false; }
};

inline uint32_t domain()
{
  const char* text = std::getenv("ROS_DOMAIN_ID");
  return text == nullptr ? 0 : static_cast<uint32_t>(std::strtoul(text, nullptr, 10));
}

// Secures the participant with the files of the folder PEER_ENCLAVE, where that is set.
inline void secure(fdds::DomainParticipantQos& qos)
{
  const char* folder = std::getenv("PEER_ENCLAVE");
  if (folder == nullptr)
    return;
  const std::string files = std::string("file://") + folder + "/";
  auto& properties = qos.properties().properties();
  properties.emplace_back("dds.sec.auth.plugin", "builtin.PKI-DH");
  properties.emplace_back("dds.sec.auth.builtin.PKI-DH.identity_ca", files + "identity_ca.cert.pem");
  properties.emplace_back("dds.sec.auth.builtin.PKI-DH.identity_certificate", files + "cert.pem");
  properties.emplace_back("dds.sec.auth.builtin.PKI-DH.private_key", files + "key.pem");
  properties.emplace_back("dds.sec.crypto.plugin", "builtin.AES-GCM-GMAC");
  properties.emplace_back("dds.sec.access.plugin", "builtin.Access-Permissions");
  properties.emplace_back("dds.sec.access.builtin.Access-Permissions.permissions_ca", files + "permissions_ca.cert.pem");
  properties.emplace_back("dds.sec.access.builtin.Access-Permissions.governance", files + "governance.p7s");
  properties.emplace_back("dds.sec.access.builtin.Access-Permissions.permissions", files + "permissions.p7s");
}

inline fdds::DomainParticipant* participant()
{
  fdds::DomainParticipantQos qos = fdds::PARTICIPANT_QOS_DEFAULT;
  if (std::getenv("PEER_USUAL_TRANSPORTS") != nullptr) // as rmw_fastrtps has them: shared memory, and UDP on all interfaces
    return fdds::DomainParticipantFactory::get_instance()->create_participant(domain(), qos);
  auto udp = std::make_shared<eprosima::fastdds::rtps::UDPv4TransportDescriptor>();
  udp->interfaceWhiteList.emplace_back("127.0.0.1");
  udp->maxInitialPeersRange = 119;
  udp->sendBufferSize = udp->receiveBufferSize = 4u << 20; // as src/ros2/Ros2.FastDds asks for
  qos.transport().use_builtin_transports = false;
  qos.transport().user_transports.push_back(udp);
  rtps::Locator_t loopback;
  rtps::IPLocator::setIPv4(loopback, "127.0.0.1");
  qos.wire_protocol().builtin.initialPeersList.push_back(loopback);
  qos.wire_protocol().builtin.metatrafficUnicastLocatorList.push_back(loopback); // none but these: no multicast
  qos.wire_protocol().builtin.typelookup_config.use_server = false;
  secure(qos);
  return fdds::DomainParticipantFactory::get_instance()->create_participant(domain(), qos);
}

template <class T> fdds::Topic* topic(fdds::DomainParticipant* participant, const char* name)
{
  fdds::TypeSupport type(new TypeSupport<T>());
  type.register_type(participant);
  return participant->create_topic(name, T::type_name, fdds::TOPIC_QOS_DEFAULT);
}

template <class T> fdds::DataReader* reader(fdds::DomainParticipant* participant, const char* name)
{
  static fdds::Subscriber* subscriber = participant->create_subscriber(fdds::SUBSCRIBER_QOS_DEFAULT);
  fdds::DataReaderQos qos = fdds::DATAREADER_QOS_DEFAULT;
  qos.reliability().kind = fdds::RELIABLE_RELIABILITY_QOS;
  qos.history().depth = 1000;
  qos.endpoint().history_memory_policy = rtps::PREALLOCATED_WITH_REALLOC_MEMORY_MODE;
  return subscriber->create_datareader(topic<T>(participant, name), qos);
}

template <class T> fdds::DataWriter* writer(fdds::DomainParticipant* participant, const char* name)
{
  static fdds::Publisher* publisher = participant->create_publisher(fdds::PUBLISHER_QOS_DEFAULT);
  fdds::DataWriterQos qos = fdds::DATAWRITER_QOS_DEFAULT;
  qos.reliability().kind = fdds::RELIABLE_RELIABILITY_QOS;
  qos.history().depth = 1000;
  qos.endpoint().history_memory_policy = rtps::PREALLOCATED_WITH_REALLOC_MEMORY_MODE;
  return publisher->create_datawriter(topic<T>(participant, name), qos);
}

} // namespace peer

#endif
