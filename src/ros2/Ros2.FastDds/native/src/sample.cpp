// Writing of serialized samples: large ones in the memory that the writer's history keeps them in, others through a copy.
#include <memory>

#include "internal.hpp"

namespace afd {

namespace {

constexpr uint32_t header_size = 4;
constexpr uint32_t alignment = 16;
constexpr uint32_t first_capacity = 512;
constexpr uint32_t least_lent = 32u << 10;
constexpr int32_t most_lent = 32; // of one writer at a time; less than extra_samples in endpoint.cpp
constexpr uint32_t most_capacity_kept = 8u << 20;
constexpr size_t most_kept = 64;

std::mutex pool_lock;
std::vector<std::unique_ptr<Payload>> pool = [] {
  std::vector<std::unique_ptr<Payload>> empty;
  empty.reserve(most_kept); // to give back needs no memory
  return empty;
}();

Payload* take_payload(uint32_t size)
{
  Payload* payload = nullptr;
  {
    const std::lock_guard<std::mutex> guard(pool_lock);
    if (!pool.empty()) {
      payload = pool.back().release();
      pool.pop_back();
    }
  }
  if (payload == nullptr)
    payload = new (std::nothrow) Payload;
  if (payload == nullptr || payload->resize(size))
    return payload;
  delete payload;
  return nullptr;
}

void give_payload(Payload* given)
{
  std::unique_ptr<Payload> payload(given);
  if (payload->capacity > most_capacity_kept)
    return;
  const std::lock_guard<std::mutex> guard(pool_lock);
  if (pool.size() < most_kept)
    pool.push_back(std::move(payload));
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

RawType::RawType(const std::string& name)
{
  setName(name.c_str());
  m_typeSize = first_capacity; // grows with what is written
  m_isGetKeyDefined = false;
  auto_fill_type_object(false);
  auto_fill_type_information(false);
}

bool RawType::serialize(void* data, rtps::SerializedPayload_t* to)
{
  const auto* payload = static_cast<const Payload*>(data);
  if (payload->size > to->max_size)
    return false;
  std::memcpy(to->data, payload->data, payload->size);
  to->length = payload->size;
  to->encapsulation = CDR_LE;
  return true;
}

bool RawType::deserialize(rtps::SerializedPayload_t* from, void* data)
{
  *static_cast<View*>(data) = {from->data, from->length};
  return true;
}

std::function<uint32_t()> RawType::getSerializedSizeProvider(void* data)
{
  return [data] { return static_cast<const Payload*>(data)->size; };
}

thread_local bool RawType::lends_ = false;

void* RawType::lend(fdds::DataWriter* writer, uint32_t size)
{
  void* sample = nullptr;
  exclusively(true, [&] {
    m_typeSize = size;
    if (writer->loan_sample(sample) != ReturnCode::RETCODE_OK)
      sample = nullptr;
    m_typeSize = first_capacity;
  });
  return sample;
}

void RawType::take_back(fdds::DataWriter* writer, void* sample)
{
  exclusively(true, [&] { writer->discard_loan(sample); });
}

} // namespace afd

using namespace afd;

// Null where the history is full or there is no memory.
static void* lend_sample(const acd_endpoint* writer, uint32_t size) noexcept
try {
  return writer->type->lend(writer->writer, size);
} catch (...) {
  return nullptr;
}

// Null then, too, and where the writer has lent enough.
static Payload* lend(const acd_endpoint* writer, uint32_t size)
{
  Payload* payload = ++writer->lent <= most_lent ? take_payload(0) : nullptr;
  void* sample = payload != nullptr ? lend_sample(writer, size) : nullptr;
  if (sample != nullptr) {
    payload->lender = writer;
    payload->sample = sample;
    return payload;
  }
  writer->lent--;
  if (payload != nullptr)
    give_payload(payload);
  return nullptr;
}

uint8_t* acd_loan(const acd_endpoint* writer, uint32_t size, void** loan)
try {
  *loan = nullptr;
  Payload* payload = size >= least_lent ? lend(writer, size) : nullptr;
  if (payload != nullptr) {
    *loan = payload;
    return static_cast<uint8_t*>(payload->sample) - header_size;
  }
  *loan = payload = take_payload(size);
  return payload == nullptr ? nullptr : payload->data;
} catch (...) {
  return nullptr;
}

// What was lent is Fast DDS' again if it was written.
static void close_loan(void* loan, bool written)
{
  auto* payload = static_cast<Payload*>(loan);
  if (const acd_endpoint* lender = payload->lender) {
    if (!written)
      lender->type->take_back(lender->writer, payload->sample);
    lender->lent--;
    payload->lender = nullptr;
  }
  give_payload(payload);
}

void acd_loan_cancel(void* loan)
try {
  close_loan(loan, false);
} catch (...) {
}

// What Fast DDS takes for the sample.
static void* sample_of(void* loan)
{
  auto* payload = static_cast<Payload*>(loan);
  return payload->lender != nullptr ? payload->sample : payload;
}

// Closes a loan in any case.
struct Closing {
  void* loan;
  bool written = false;
  ~Closing() { close_loan(loan, written); }
};

static int32_t write(const acd_endpoint* writer, void* loan, rtps::WriteParams& params)
{
  Closing closing{loan};
  closing.written = writer->writer->write(sample_of(loan), params);
  return closing.written ? ok : afd::timeout;
}

int32_t acd_write(const acd_endpoint* writer, void* loan, int64_t source_timestamp)
try {
  if (source_timestamp == 0) {
    rtps::WriteParams params;
    return write(writer, loan, params);
  }
  Closing closing{loan};
  const eprosima::fastrtps::Time_t stamp = duration(source_timestamp);
  const ReturnCode code = writer->writer->write_w_timestamp(sample_of(loan), fdds::HANDLE_NIL, stamp);
  closing.written = code == ReturnCode::RETCODE_OK;
  return closing.written ? ok : code == ReturnCode::RETCODE_TIMEOUT ? afd::timeout : error;
} catch (...) {
  return failure();
}

int32_t afd_write_request(const acd_endpoint* writer, void* loan, const uint8_t response_reader[16], int64_t* sequence)
try {
  rtps::WriteParams params;
  params.related_sample_identity().writer_guid(read_guid(response_reader));
  const int32_t result = write(writer, loan, params);
  *sequence = result == ok ? static_cast<int64_t>(params.sample_identity().sequence_number().to64long()) : -1;
  return result;
} catch (...) {
  return failure();
}

int32_t afd_write_response(const acd_endpoint* writer, void* loan, const uint8_t client[16], int64_t sequence)
try {
  rtps::WriteParams params;
  params.related_sample_identity().writer_guid(read_guid(client));
  params.related_sample_identity().sequence_number(rtps::SequenceNumber_t(static_cast<uint64_t>(sequence)));
  return write(writer, loan, params);
} catch (...) {
  return failure();
}
