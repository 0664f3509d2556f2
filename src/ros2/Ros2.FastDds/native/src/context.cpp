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
  const std::lock_guard<std::mutex> guard(context->lock);
  if (events == 0) {
    context->ready.push_back(this);
    context->signal.notify_one();
  }
  events |= which;
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
  return n;
}

int32_t acd_wait(acd_context* context, int64_t timeout, acd_ready* ready, int32_t capacity)
{
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::nanoseconds(std::max<int64_t>(timeout, 0));
  std::unique_lock<std::mutex> guard(context->lock);
  int32_t n = pop(context, ready, capacity);
  auto status = std::cv_status::no_timeout;
  while (n == 0 && timeout != 0 && status == std::cv_status::no_timeout) {
    if (timeout < 0)
      context->signal.wait(guard);
    else
      status = context->signal.wait_until(guard, deadline);
    n = pop(context, ready, capacity);
  }
  return n;
}

void acd_wake(acd_context* context)
{
  const std::lock_guard<std::mutex> guard(context->lock);
  context->woken = true;
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
