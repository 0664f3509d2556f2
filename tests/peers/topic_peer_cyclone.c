/* Echoes topics through Cyclone DDS' own types: what arrives on /in/X is decoded, encoded again and written to /out/X,
 * so that who sent it can compare the bytes. Ends when a String "end" arrives or after the time limit (seconds). */
#include "cyclone_peer.h"
#include "ros_types.h"

struct echo {
  const dds_topic_descriptor_t *type;
  const char *in;
  const char *out;
  dds_entity_t reader;
  dds_entity_t writer;
};

static struct echo echoes[] = {
  {&std_msgs_msg_dds__String__desc, "rt/in/string", "rt/out/string", 0, 0},
  {&geometry_msgs_msg_dds__PoseStamped__desc, "rt/in/pose", "rt/out/pose", 0, 0},
  {&nav_msgs_msg_dds__Odometry__desc, "rt/in/odom", "rt/out/odom", 0, 0},
  {&tf2_msgs_msg_dds__TFMessage__desc, "rt/in/tf", "rt/out/tf", 0, 0},
};
static const size_t count = sizeof(echoes) / sizeof(echoes[0]);

/* Returns false when the end is asked for. */
static bool forward(struct echo *e)
{
  void *sample = NULL;
  dds_sample_info_t info;
  bool go_on = true;
  while (go_on && dds_take(e->reader, &sample, &info, 1, 1) == 1) {
    if (info.valid_data) {
      go_on = e != &echoes[0] || strcmp(((std_msgs_msg_dds__String_ *)sample)->data, "end") != 0;
      CHECK("write", dds_write(e->writer, sample));
    }
    dds_return_loan(e->reader, &sample, 1);
    sample = NULL;
  }
  return go_on;
}

int main(int argc, char **argv)
{
  const int64_t limit = argc > 1 ? DDS_SECS(atoi(argv[1])) : DDS_SECS(30);
  const dds_entity_t participant = peer_participant();
  dds_qos_t *qos = peer_qos(true, 1000);
  const dds_entity_t waitset = dds_create_waitset(participant);
  for (size_t i = 0; i < count; i++) {
    echoes[i].writer = peer_writer(participant, echoes[i].type, echoes[i].out, qos);
    echoes[i].reader = peer_reader(participant, echoes[i].type, echoes[i].in, qos);
    dds_set_status_mask(echoes[i].reader, DDS_DATA_AVAILABLE_STATUS);
    dds_waitset_attach(waitset, echoes[i].reader, (dds_attach_t)i);
  }
  dds_delete_qos(qos);

  bool go_on = true;
  for (const dds_time_t end = dds_time() + limit; go_on && dds_time() < end;) {
    dds_waitset_wait(waitset, NULL, 0, DDS_MSECS(100));
    for (size_t i = 0; i < count; i++)
      go_on = forward(&echoes[i]) && go_on;
  }
  dds_wait_for_acks(echoes[0].writer, DDS_SECS(1));
  dds_delete(DDS_CYCLONEDDS_HANDLE);
  return go_on ? 1 : 0;
}
