/* A service peer in rmw_cyclonedds' mapping: "server" answers /add_two_ints until the time limit or after COUNT answers,
 * "client" calls it COUNT times with i and 2 i. Arguments: role, count, time limit in seconds. */
#include "cyclone_peer.h"
#include "ros_types.h"

typedef example_interfaces_srv_dds__AddTwoInts_Request_ Request;
typedef example_interfaces_srv_dds__AddTwoInts_Response_ Response;

static const char *const request_topic = "rq/add_two_intsRequest";
static const char *const response_topic = "rr/add_two_intsReply";

static dds_qos_t *pair_qos(const char *pair)
{
  dds_qos_t *qos = peer_qos(true, 10);
  dds_qset_userdata(qos, pair, strlen(pair));
  return qos;
}

static int serve(dds_entity_t participant, int count, dds_time_t end)
{
  dds_qos_t *qos = pair_qos("serviceid=0.1.2.3;");
  const dds_entity_t writer =
    peer_writer(participant, &example_interfaces_srv_dds__AddTwoInts_Response__desc, response_topic, qos);
  const dds_entity_t reader =
    peer_reader(participant, &example_interfaces_srv_dds__AddTwoInts_Request__desc, request_topic, qos);
  dds_delete_qos(qos);
  int answered = 0;
  while (answered < count && dds_time() < end) {
    void *sample = NULL;
    dds_sample_info_t info;
    if (dds_take(reader, &sample, &info, 1, 1) != 1) {
      dds_sleepfor(DDS_MSECS(1));
      continue;
    }
    const Request *request = sample;
    if (info.valid_data) {
      Response response = {request->client, request->number, request->a + request->b};
      CHECK("write", dds_write(writer, &response));
      answered++;
    }
    dds_return_loan(reader, &sample, 1);
  }
  dds_wait_for_acks(writer, DDS_SECS(1));
  return answered;
}

static bool matched(dds_entity_t reader, dds_entity_t writer)
{
  return dds_get_matched_publications(reader, NULL, 0) > 0 && dds_get_matched_subscriptions(writer, NULL, 0) > 0;
}

/* Returns whether the answer to this request arrived and is right. */
static bool await(dds_entity_t reader, const Request *request, dds_time_t end)
{
  while (dds_time() < end) {
    void *sample = NULL;
    dds_sample_info_t info;
    if (dds_take(reader, &sample, &info, 1, 1) != 1) {
      dds_sleepfor(DDS_MSECS(1));
      continue;
    }
    const Response *response = sample;
    const bool mine = info.valid_data && response->client == request->client && response->number == request->number;
    const bool right = mine && response->sum == request->a + request->b;
    dds_return_loan(reader, &sample, 1);
    if (mine)
      return right;
  }
  return false;
}

static int call(dds_entity_t participant, int count, dds_time_t end)
{
  dds_qos_t *qos = pair_qos("clientid=3.2.1.0;");
  const dds_entity_t reader =
    peer_reader(participant, &example_interfaces_srv_dds__AddTwoInts_Response__desc, response_topic, qos);
  const dds_entity_t writer =
    peer_writer(participant, &example_interfaces_srv_dds__AddTwoInts_Request__desc, request_topic, qos);
  dds_delete_qos(qos);
  dds_instance_handle_t id;
  CHECK("handle", dds_get_instance_handle(writer, &id));
  while (!matched(reader, writer) && dds_time() < end)
    dds_sleepfor(DDS_MSECS(1));
  int right = 0;
  for (int i = 0; i < count && dds_time() < end; i++) {
    const Request request = {id, i + 1, i, 2 * i};
    CHECK("write", dds_write(writer, &request));
    if (!await(reader, &request, end))
      break;
    right++;
  }
  return right;
}

int main(int argc, char **argv)
{
  if (argc < 4) {
    fprintf(stderr, "usage: service_peer_cyclone server|client COUNT SECONDS\n");
    return 2;
  }
  const int count = atoi(argv[2]);
  const dds_entity_t participant = peer_participant();
  const dds_time_t end = dds_time() + DDS_SECS(atoi(argv[3]));
  const int done = strcmp(argv[1], "server") == 0 ? serve(participant, count, end) : call(participant, count, end);
  printf("%d\n", done);
  dds_delete(DDS_CYCLONEDDS_HANDLE);
  return done == count ? 0 : 1;
}
