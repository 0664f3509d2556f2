// A service peer in rmw_fastrtps' mapping: "server" answers /add_two_ints until the time limit or after COUNT answers,
// "client" calls it COUNT times with i and 2 i. Arguments: role, count, time limit in seconds.
#include <chrono>
#include <cstdio>
#include <cstring>
#include <thread>

#include "fastdds_peer.hpp"

using namespace peer;
using Clock = std::chrono::steady_clock;

namespace peer {

struct Request {
  static constexpr const char* type_name = "example_interfaces::srv::dds_::AddTwoInts_Request_";
  int64_t a{};
  int64_t b{};
};

struct Response {
  static constexpr const char* type_name = "example_interfaces::srv::dds_::AddTwoInts_Response_";
  int64_t sum{};
};

template <class A> void visit(A a, Request& m) { a & m.a & m.b; }
template <class A> void visit(A a, Response& m) { a & m.sum; }

} // namespace peer

static const char* const request_topic = "rq/add_two_intsRequest";
static const char* const response_topic = "rr/add_two_intsReply";

static void pause()
{
  std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

static int serve(fdds::DomainParticipant* self, int count, Clock::time_point end)
{
  fdds::DataWriter* to = writer<Response>(self, response_topic);
  fdds::DataReader* from = reader<Request>(self, request_topic);
  int answered = 0;
  while (answered < count && Clock::now() < end) {
    Request request;
    fdds::SampleInfo info;
    if (from->take_next_sample(&request, &info) != ReturnCode_t::RETCODE_OK || !info.valid_data) {
      pause();
      continue;
    }
    // The client tells the reader of its response; that and the request's number are the response's identity.
    rtps::WriteParams params;
    params.related_sample_identity(info.sample_identity);
    if (info.related_sample_identity.writer_guid() != rtps::GUID_t::unknown())
      params.related_sample_identity().writer_guid(info.related_sample_identity.writer_guid());
    Response response{request.a + request.b};
    answered += to->write(&response, params);
  }
  to->wait_for_acknowledgments({1, 0});
  return answered;
}

static bool matched(fdds::DataWriter* to, fdds::DataReader* from)
{
  fdds::PublicationMatchedStatus publications;
  fdds::SubscriptionMatchedStatus subscriptions;
  to->get_publication_matched_status(publications);
  from->get_subscription_matched_status(subscriptions);
  return publications.current_count > 0 && subscriptions.current_count > 0;
}

static bool await(fdds::DataReader* from, const rtps::SampleIdentity& request, int64_t sum, Clock::time_point end)
{
  while (Clock::now() < end) {
    Response response;
    fdds::SampleInfo info;
    if (from->take_next_sample(&response, &info) != ReturnCode_t::RETCODE_OK || !info.valid_data) {
      pause();
      continue;
    }
    return info.related_sample_identity.writer_guid() == from->guid()
      && info.related_sample_identity.sequence_number() == request.sequence_number() && response.sum == sum;
  }
  return false;
}

static int call(fdds::DomainParticipant* self, int count, Clock::time_point end)
{
  fdds::DataReader* from = reader<Response>(self, response_topic);
  fdds::DataWriter* to = writer<Request>(self, request_topic);
  while (!matched(to, from) && Clock::now() < end)
    pause();
  int right = 0;
  for (int i = 0; i < count; i++) {
    Request request{i, 2 * i};
    rtps::WriteParams params;
    params.related_sample_identity().writer_guid(from->guid());
    if (!to->write(&request, params) || !await(from, params.sample_identity(), 3 * i, end))
      break;
    right++;
  }
  return right;
}

int main(int argc, char** argv)
{
  if (argc < 4)
    return 2;
  const int count = std::atoi(argv[2]);
  const auto end = Clock::now() + std::chrono::seconds(std::atoi(argv[3]));
  fdds::DomainParticipant* self = participant();
  if (self == nullptr)
    return 2;
  const int done = std::strcmp(argv[1], "server") == 0 ? serve(self, count, end) : call(self, count, end);
  std::printf("%d of %d\n", done, count);
  self->delete_contained_entities();
  fdds::DomainParticipantFactory::get_instance()->delete_participant(self);
  return done == count ? 0 : 1;
}
