// Writing and reading of serialized samples.
#include <atomic>
#include <cstdlib>
#include <memory>

#include "internal.hpp"

namespace afd {

namespace {

constexpr uint32_t header_size = 4;
constexpr uint32_t alignment = 16;
constexpr uint32_t first_capacity = 512;
constexpr uint32_t most_capacity_kept = 8u << 20;
constexpr size_t most_kept = 64;

std::atomic<uint64_t> malformed{0};
std::mutex pool_lock;
std::vector<Payload*> pool;

Payload* take_payload(uint32_t size)
{
  Payload* payload = nullptr;
  {
    const std::lock_guard<std::mutex> guard(pool_lock);
    if (!pool.empty()) {
      payload = pool.back();
      pool.pop_back();
    }
  }
  if (payload == nullptr)
    payload = new Payload;
  if (payload->resize(size))
    return payload;
  delete payload;
  return nullptr;
}

void give_payload(Payload* payload)
{
  if (payload->capacity <= most_capacity_kept) {
    const std::lock_guard<std::mutex> guard(pool_lock);
    if (pool.size() < most_kept) {
      pool.push_back(payload);
      return;
    }
  }
  std::free(payload->block);
  delete payload;
}

// Samples of any type stay as they came: data of this type is a Payload.
class RawType : public fdds::TopicDataType {
public:
  explicit RawType(const std::string& name)
  {
    setName(name.c_str());
    m_typeSize = first_capacity; // grows with what is written
    m_isGetKeyDefined = false;
    auto_fill_type_object(false);
    auto_fill_type_information(false);
  }

  bool serialize(void* data, rtps::SerializedPayload_t* to) override
  {
    const auto* payload = static_cast<const Payload*>(data);
    if (payload->size > to->max_size)
      return false;
    std::memcpy(to->data, payload->data, payload->size);
    to->length = payload->size;
    to->encapsulation = CDR_LE;
    return true;
  }

  bool deserialize(rtps::SerializedPayload_t* from, void* data) override
  {
    auto* payload = static_cast<Payload*>(data);
    if (!payload->resize(from->length))
      return false;
    std::memcpy(payload->data, from->data, from->length);
    return true;
  }

  std::function<uint32_t()> getSerializedSizeProvider(void* data) override
  {
    return [data] { return static_cast<const Payload*>(data)->size; };
  }

  void* createData() override { return take_payload(first_capacity); }
  void deleteData(void* data) override { give_payload(static_cast<Payload*>(data)); }
  bool getKey(void*, rtps::InstanceHandle_t*, bool) override { return false; }
};

// XCDR1, little-endian: what ROS 2 writes.
bool is_acceptable(const Payload& payload)
{
  return payload.size >= header_size && payload.data[0] == 0 && payload.data[1] == 1;
}

bool is_own(const acd_endpoint* reader, const rtps::SampleIdentity& identity)
{
  return identity.writer_guid().guidPrefix == reader->reader->guid().guidPrefix;
}

} // namespace

bool Payload::resize(uint32_t wanted)
{
  if (wanted > capacity) {
    uint32_t next = capacity == 0 ? first_capacity : capacity;
    while (next < wanted)
      next = next > UINT32_MAX / 2 - 2 * alignment ? wanted : 2 * next;
    const size_t bytes = (size_t{next} + 2 * alignment - 1) / alignment * alignment;
    auto* grown = static_cast<uint8_t*>(std::aligned_alloc(alignment, bytes));
    if (grown == nullptr)
      return false;
    std::free(block);
    block = grown;
    data = grown + alignment - header_size;
    capacity = next;
  }
  size = wanted;
  return true;
}

fdds::TypeSupport make_type(const std::string& name)
{
  return fdds::TypeSupport(new RawType(name));
}

} // namespace afd

using namespace afd;

uint8_t* acd_loan(const acd_endpoint*, uint32_t size, void** loan)
{
  Payload* payload = take_payload(size);
  *loan = payload;
  return payload == nullptr ? nullptr : payload->data;
}

void acd_loan_cancel(void* loan)
{
  give_payload(static_cast<Payload*>(loan));
}

static int32_t write(const acd_endpoint* writer, void* loan, rtps::WriteParams& params)
{
  const bool sent = writer->writer->write(loan, params);
  acd_loan_cancel(loan);
  return sent ? ok : afd::timeout;
}

int32_t acd_write(const acd_endpoint* writer, void* loan, int64_t source_timestamp)
{
  if (source_timestamp == 0) {
    rtps::WriteParams params;
    return write(writer, loan, params);
  }
  const eprosima::fastrtps::Time_t stamp = duration(source_timestamp);
  const ReturnCode code = writer->writer->write_w_timestamp(loan, fdds::HANDLE_NIL, stamp);
  acd_loan_cancel(loan);
  return code == ReturnCode::RETCODE_OK ? ok : code == ReturnCode::RETCODE_TIMEOUT ? afd::timeout : error;
}

int32_t afd_write_request(const acd_endpoint* writer, void* loan, const uint8_t response_reader[16], int64_t* sequence)
{
  rtps::WriteParams params;
  params.related_sample_identity().writer_guid(read_guid(response_reader));
  const int32_t result = write(writer, loan, params);
  *sequence = result == ok ? static_cast<int64_t>(params.sample_identity().sequence_number().to64long()) : -1;
  return result;
}

int32_t afd_write_response(const acd_endpoint* writer, void* loan, const uint8_t client[16], int64_t sequence)
{
  rtps::WriteParams params;
  params.related_sample_identity().writer_guid(read_guid(client));
  params.related_sample_identity().sequence_number(rtps::SequenceNumber_t(static_cast<uint64_t>(sequence)));
  return write(writer, loan, params);
}

int32_t acd_take(const acd_endpoint* reader, acd_sample* samples, int32_t capacity)
{
  int32_t filled = 0;
  while (filled < capacity) {
    Payload* payload = take_payload(first_capacity);
    fdds::SampleInfo info;
    if (payload == nullptr || reader->reader->take_next_sample(payload, &info) != ReturnCode::RETCODE_OK) {
      if (payload != nullptr)
        give_payload(payload);
      break;
    }
    const bool wanted = info.valid_data && !(reader->ignore_local && is_own(reader, info.sample_identity));
    if (!wanted || !is_acceptable(*payload)) {
      malformed += wanted ? 1 : 0;
      give_payload(payload);
      continue;
    }
    payload->identity = info.sample_identity;
    payload->related = info.related_sample_identity;
    uint64_t handle;
    {
      const std::lock_guard<std::mutex> lock(reader->peers_lock);
      handle = reader->number(info.sample_identity.writer_guid());
    }
    samples[filled++] = {payload->data, payload->size, info.source_timestamp.to_ns(), handle, payload};
  }
  return filled;
}

void acd_return(acd_sample* samples, int32_t count)
{
  for (int32_t i = 0; i < count; i++) {
    give_payload(static_cast<Payload*>(samples[i].loan));
    samples[i].loan = nullptr;
  }
}

void afd_sample_identity(const acd_sample* sample, uint8_t writer[16], int64_t* sequence, uint8_t related[16],
                         int64_t* related_sequence)
{
  const auto* payload = static_cast<const Payload*>(sample->loan);
  copy_guid(payload->identity.writer_guid(), writer);
  *sequence = static_cast<int64_t>(payload->identity.sequence_number().to64long());
  copy_guid(payload->related.writer_guid(), related);
  *related_sequence = static_cast<int64_t>(payload->related.sequence_number().to64long());
}

uint64_t acd_malformed(void)
{
  return malformed;
}
