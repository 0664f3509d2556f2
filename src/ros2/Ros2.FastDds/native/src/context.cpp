// A participant, and the queue of its entities that have something to report.
#include <algorithm>
#include <memory>

#include <fastdds/dds/log/Log.hpp>
#include <fastrtps/config.h>

#include "internal.hpp"

using namespace afd;

int32_t afd::failure() noexcept
{
  try {
    throw;
  } catch (const std::bad_alloc&) {
    return out_of_resources;
  } catch (...) {
    return error;
  }
}

// Without memory for its place in the queue a source is not reported, but with the next event.
void Source::raise(uint32_t which) noexcept
try {
  acd_context* const owner = context; // outlives this source, which may go once the lock is free
  bool wake;
  {
    const std::lock_guard<std::mutex> guard(owner->lock);
    wake = events == 0;
    if (wake) {
      owner->ready.push_back(this);
      owner->pending = true;
    }
    events |= which;
  }
  if (wake) // without the lock, which who wakes on another core needs at once
    owner->wake();
} catch (...) {
}

void Source::forget()
{
  const std::lock_guard<std::mutex> guard(context->lock);
  auto& ready = context->ready;
  ready.erase(std::remove(ready.begin(), ready.end(), this), ready.end());
  events = 0;
}

// Takes what is queued; call with the lock held.
static int32_t pop(acd_context* context, acd_ready* ready, int32_t capacity)
{
  int32_t n = 0;
  while (n < capacity && !context->ready.empty()) {
    Source* source = context->ready.front();
    context->ready.pop_front();
    ready[n++] = {source->token, source->events};
    source->events = 0;
  }
  if (n < capacity && log_pending())
    ready[n++] = {ACD_TOKEN_LOG, 0};
  if (n < capacity && context->woken) {
    context->woken = false;
    ready[n++] = {ACD_TOKEN_WAKE, 0};
  }
  context->pending = !context->ready.empty() || context->woken;
  return n;
}

void acd_context::wake()
{
  if (!receiver.interrupt())
    signal.notify_one();
}

namespace {

// A thread in acd_wait, and whether it is the one that receives.
struct Waiter {
  acd_context* context;
  bool leads;
};

} // namespace

// Looks for events without the lock.
static bool is_ready(const void* waiter)
{
  const auto* self = static_cast<const Waiter*>(waiter);
  if (self->leads && !self->context->pending)
    self->context->receiver.receive();
  return self->context->pending;
}

// What is there now; call with the lock held.
static int32_t look(Waiter self, std::unique_lock<std::mutex>& guard, acd_ready* ready, int32_t capacity)
{
  if (!self.leads)
    return 0;
  guard.unlock();
  is_ready(&self);
  guard.lock();
  self.context->receiver.release();
  return pop(self.context, ready, capacity);
}

int32_t acd_wait(acd_context* context, int64_t timeout, acd_ready* ready, int32_t capacity)
try {
  std::unique_lock<std::mutex> guard(context->lock);
  int32_t n = pop(context, ready, capacity);
  if (n > 0)
    return n;
  Waiter self{context, context->receiver.lead(timeout != 0)};
  if (timeout == 0)
    return look(self, guard, ready, capacity);
  guard.unlock();
  const int64_t begun = acd_now();
  const int64_t deadline = timeout < 0 || timeout > INT64_MAX - begun ? INT64_MAX : begun + timeout;
  acd_spin_until(&context->spin, begun, deadline, is_ready, &self);
  guard.lock();
  n = pop(context, ready, capacity);
  for (bool over = false; n == 0 && !over; n = pop(context, ready, capacity)) {
    self.leads = context->receiver.rest(guard, self.leads, deadline);
    over = acd_now() >= deadline;
  }
  if (self.leads)
    context->receiver.release();
  guard.unlock();
  if (n > 0)
    acd_spin_learn(&context->spin, acd_now() - begun);
  return n;
} catch (...) {
  return failure();
}

void acd_wake(acd_context* context)
try {
  {
    const std::lock_guard<std::mutex> guard(context->lock);
    context->woken = true;
    context->pending = true;
  }
  context->wake();
} catch (...) {
}

// The user's file, under the name of either generation: Fast DDS 2 knows the first alone, and without a word does not heed a
// file that it cannot read.
static bool load_profiles(fdds::DomainParticipantFactory* factory)
{
  for (const char* variable : {"FASTRTPS_DEFAULT_PROFILES_FILE", "FASTDDS_DEFAULT_PROFILES_FILE"}) {
    const char* file = std::getenv(variable);
    if (file == nullptr || *file == 0)
      continue;
    if (factory->load_XML_profiles_file(file) != ReturnCode::RETCODE_OK)
      return false;
    break;
  }
  return factory->load_profiles() == ReturnCode::RETCODE_OK;
}

// Opens what acd_close closes, as far as it goes.
static int32_t open_participant(acd_context* context, uint32_t domain, const char* config, const char* user_data,
                                const char* const* properties)
{
  auto* factory = fdds::DomainParticipantFactory::get_instance();
  if (!load_profiles(factory))
    return bad_parameter;
  static std::mutex opening; // a number that Fast DDS chooses is known once the participant is there
  const std::lock_guard<std::mutex> guard(opening);
  bool valid = true;
  const fdds::DomainParticipantQos qos = participant_qos(context, domain, config, user_data, properties, &valid);
  if (!valid)
    return bad_parameter;
  context->secured = rtps::PropertyPolicyHelper::find_property(qos.properties(), "dds.sec.access.plugin") != nullptr;
  context->participant = factory->create_participant(domain, qos, &context->graph_listener, fdds::StatusMask::none());
  if (context->participant == nullptr) {
    context->number = -1; // Fast DDS does not give back the number of one that it could not create, so it stays in use
    return error;
  }
  note_number(context);
  context->publisher = context->participant->create_publisher(fdds::PUBLISHER_QOS_DEFAULT);
  context->subscriber = context->participant->create_subscriber(fdds::SUBSCRIBER_QOS_DEFAULT);
  return context->publisher != nullptr && context->subscriber != nullptr ? ok : error;
}

int32_t acd_open(uint32_t domain, const char* config, const char* user_data, const char* const* properties,
                 int32_t, acd_context** out)
try {
  *out = nullptr;
  std::unique_ptr<acd_context, decltype(&acd_close)> context(new acd_context, acd_close);
  log_attach(context.get());
  const int32_t result = open_participant(context.get(), domain, config, user_data, properties);
  if (result == ok)
    *out = context.release();
  else
    fdds::Log::Flush(); // the reason, for acd_log_take
  return result;
} catch (...) {
  return failure();
}

void acd_close(acd_context* context)
try {
  if (context->participant != nullptr) {
    context->participant->set_listener(nullptr);
    context->participant->delete_contained_entities();
    fdds::DomainParticipantFactory::get_instance()->delete_participant(context->participant);
  }
  give_number(context);
  log_detach(context);
  delete context;
} catch (...) {
}

int32_t acd_context_guid(const acd_context* context, uint8_t guid[16])
{
  copy_guid(context->participant->guid(), guid);
  return ok;
}

int32_t acd_abi(void)
{
  return ACD_ABI;
}

// The loader has found the library of the version this was compiled against: its name carries it.
int32_t acd_check(char* message, int32_t size)
{
  if (size > 0)
    message[0] = 0;
  return ok;
}

int32_t acd_has_shared_memory(void)
{
  return 0;
}

int32_t acd_security_library(const char*, char* path, int32_t size)
{
  if (size > 0)
    path[0] = 0;
#if HAVE_SECURITY
  return ok;
#else
  return unsupported;
#endif
}
