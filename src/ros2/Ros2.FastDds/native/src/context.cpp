// A participant, and the queue of its entities that have something to report.
#include <algorithm>
#include <chrono>
#include <memory>

#include <fastdds/dds/log/Log.hpp>
#include <fastrtps/config.h>

#include "internal.hpp"

using namespace afd;

void Source::raise(uint32_t which)
{
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
    owner->signal.notify_one();
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

// Looks for events without the lock.
static bool is_ready(const void* context)
{
  return static_cast<const acd_context*>(context)->pending;
}

// Sleeps until something is queued or time is over; call with the lock held.
static int32_t sleep_until(acd_context* context, std::unique_lock<std::mutex>& guard, int64_t deadline, acd_ready* ready,
                           int32_t capacity)
{
  using Clock = std::chrono::steady_clock;
  const Clock::time_point end{std::chrono::nanoseconds(deadline)};
  int32_t n = pop(context, ready, capacity);
  auto status = std::cv_status::no_timeout;
  while (n == 0 && status == std::cv_status::no_timeout) {
    if (deadline == INT64_MAX)
      context->signal.wait(guard);
    else
      status = context->signal.wait_until(guard, end);
    n = pop(context, ready, capacity);
  }
  return n;
}

int32_t acd_wait(acd_context* context, int64_t timeout, acd_ready* ready, int32_t capacity)
{
  {
    const std::lock_guard<std::mutex> guard(context->lock);
    const int32_t n = pop(context, ready, capacity);
    if (n > 0 || timeout == 0)
      return n;
  }
  const int64_t begun = acd_now();
  const int64_t deadline = timeout < 0 || timeout > INT64_MAX - begun ? INT64_MAX : begun + timeout;
  acd_spin_until(&context->spin, begun, deadline, is_ready, context);
  std::unique_lock<std::mutex> guard(context->lock);
  const int32_t n = sleep_until(context, guard, deadline, ready, capacity);
  guard.unlock();
  if (n > 0)
    acd_spin_learn(&context->spin, acd_now() - begun);
  return n;
}

void acd_wake(acd_context* context)
{
  const std::lock_guard<std::mutex> guard(context->lock);
  context->woken = true;
  context->pending = true;
  context->signal.notify_one();
}

int32_t acd_open(uint32_t domain, const char* config, const char* user_data, const char* const* properties,
                 int32_t, acd_context** out)
{
  *out = nullptr;
  auto* factory = fdds::DomainParticipantFactory::get_instance();
  factory->load_profiles();
  bool valid = true;
  const fdds::DomainParticipantQos qos = participant_qos(config, user_data, properties, &valid);
  if (!valid)
    return bad_parameter;
  auto context = std::make_unique<acd_context>();
  context->secured = rtps::PropertyPolicyHelper::find_property(qos.properties(), "dds.sec.access.plugin") != nullptr;
  log_attach(context.get());
  context->participant = factory->create_participant(domain, qos, &context->graph_listener, fdds::StatusMask::none());
  if (context->participant != nullptr) {
    context->publisher = context->participant->create_publisher(fdds::PUBLISHER_QOS_DEFAULT);
    context->subscriber = context->participant->create_subscriber(fdds::SUBSCRIBER_QOS_DEFAULT);
  }
  if (context->publisher == nullptr || context->subscriber == nullptr) {
    fdds::Log::Flush(); // the reason, for acd_log_take
    acd_close(context.release());
    return error;
  }
  *out = context.release();
  return ok;
}

void acd_close(acd_context* context)
{
  if (context->participant != nullptr) {
    context->participant->set_listener(nullptr);
    context->participant->delete_contained_entities();
    fdds::DomainParticipantFactory::get_instance()->delete_participant(context->participant);
  }
  log_detach(context);
  delete context;
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
