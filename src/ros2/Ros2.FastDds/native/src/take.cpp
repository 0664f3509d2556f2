// Reading of serialized samples. Fast DDS lends them: they stay where it put them together until they are given back.
#include <algorithm>
#include <array>
#include <atomic>
#include <memory>

#include "internal.hpp"

namespace afd {

std::atomic<uint64_t> malformed{0};

namespace {

constexpr int32_t most_at_once = 32; // what Fast DDS lends in one go, unless a profile says less
constexpr size_t most_kept = 64;

struct Loan;

// What acd_sample.loan points to.
struct Taken {
  Loan* loan;
  const fdds::SampleInfo* info;
};

// What one call of Fast DDS has lent.
struct Loan {
  fdds::DataReader* reader = nullptr;
  fdds::LoanableSequence<View> views;
  fdds::SampleInfoSeq infos;
  std::array<Taken, most_at_once> taken;
  std::atomic<int32_t> held{0}; // samples that were not given back, and one while they are handed out
};

std::mutex pool_lock;
std::vector<std::unique_ptr<Loan>> pool = [] {
  std::vector<std::unique_ptr<Loan>> empty;
  empty.reserve(most_kept); // to give back needs no memory
  return empty;
}();

std::unique_ptr<Loan> unused_loan()
{
  const std::lock_guard<std::mutex> guard(pool_lock);
  if (pool.empty())
    return std::make_unique<Loan>();
  std::unique_ptr<Loan> loan = std::move(pool.back());
  pool.pop_back();
  return loan;
}

void keep(std::unique_ptr<Loan> loan)
{
  const std::lock_guard<std::mutex> guard(pool_lock);
  if (pool.size() < most_kept)
    pool.push_back(std::move(loan));
}

void give_back(Loan* loan)
{
  if (--loan->held > 0)
    return;
  loan->reader->return_loan(loan->views, loan->infos);
  keep(std::unique_ptr<Loan>(loan));
}

struct GiveBack {
  void operator()(Loan* loan) const { give_back(loan); }
};

// Null when there is nothing.
std::unique_ptr<Loan, GiveBack> borrow(fdds::DataReader* reader, int32_t most)
{
  std::unique_ptr<Loan> loan = unused_loan();
  loan->reader = reader;
  if (reader->take(loan->views, loan->infos, most) == ReturnCode::RETCODE_OK) {
    loan->held = 1;
    return std::unique_ptr<Loan, GiveBack>(loan.release());
  }
  keep(std::move(loan));
  return nullptr;
}

// XCDR1, little-endian: what ROS 2 writes.
bool is_acceptable(const View& view)
{
  return view.size >= 4 && view.data[0] == 0 && view.data[1] == 1;
}

bool is_wanted(const acd_endpoint* reader, const fdds::SampleInfo& info)
{
  return info.valid_data && !(reader->ignore_local &&
    info.sample_identity.writer_guid().guidPrefix == reader->reader->guid().guidPrefix);
}

// Moves what is a message to samples.
int32_t hand_out(const acd_endpoint* reader, Loan* loan, acd_sample* samples)
{
  int32_t filled = 0;
  const std::lock_guard<std::mutex> lock(reader->peers_lock);
  for (int32_t i = 0; i < loan->infos.length(); i++) {
    const fdds::SampleInfo& info = loan->infos[i];
    if (!is_wanted(reader, info))
      continue;
    const View& view = loan->views[i];
    if (!is_acceptable(view)) {
      malformed++;
      continue;
    }
    Taken& taken = loan->taken[static_cast<size_t>(filled)] = {loan, &info};
    const uint64_t handle = reader->number(info.sample_identity.writer_guid());
    const auto sequence = static_cast<int64_t>(info.sample_identity.sequence_number().to64long());
    samples[filled++] = {view.data, view.size, info.source_timestamp.to_ns(), handle, sequence, &taken};
  }
  loan->held += filled;
  return filled;
}

} // namespace

} // namespace afd

using namespace afd;

int32_t acd_take(const acd_endpoint* reader, acd_sample* samples, int32_t capacity)
{
  int32_t filled = 0;
  try {
    while (filled < capacity) {
      const auto loan = borrow(reader->reader, std::min(capacity - filled, most_at_once));
      if (loan == nullptr)
        break;
      filled += hand_out(reader, loan.get(), samples + filled);
    }
    return filled;
  } catch (...) {
    return filled > 0 ? filled : failure();
  }
}

void acd_return(acd_sample* samples, int32_t count)
try {
  for (int32_t i = 0; i < count; i++) {
    give_back(static_cast<Taken*>(samples[i].loan)->loan);
    samples[i].loan = nullptr;
  }
} catch (...) {
}

void afd_sample_identity(const acd_sample* sample, uint8_t writer[16], int64_t* sequence, uint8_t related[16],
                         int64_t* related_sequence)
{
  const fdds::SampleInfo& info = *static_cast<const Taken*>(sample->loan)->info;
  copy_guid(info.sample_identity.writer_guid(), writer);
  *sequence = static_cast<int64_t>(info.sample_identity.sequence_number().to64long());
  copy_guid(info.related_sample_identity.writer_guid(), related);
  *related_sequence = static_cast<int64_t>(info.related_sample_identity.sequence_number().to64long());
}

uint64_t acd_malformed(void)
{
  return malformed;
}
