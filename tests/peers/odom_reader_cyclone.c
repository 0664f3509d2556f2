/* Reads /rover_1/odom and /tf of a running mission as any DDS program could: it knows DDS, the IDL of the two types, and
 * nothing of AIOS. Exit code 0 when both were received within the time limit (first argument, seconds; default 30). */
#include "cyclone_peer.h"
#include "ros_types.h"

#define SHOWN 3

static int read_odometry(dds_entity_t reader, int count)
{
  void *sample = NULL;
  dds_sample_info_t info;
  while (dds_take(reader, &sample, &info, 1, 1) == 1) {
    const nav_msgs_msg_dds__Odometry_ *m = sample;
    if (info.valid_data && count++ < SHOWN)
      printf("odom %s -> %s stamp %d.%09u at (%.3f, %.3f) moving %.3f m/s\n", m->header.frame_id, m->child_frame_id,
             m->header.stamp.sec, m->header.stamp.nanosec, m->pose.pose.position.x, m->pose.pose.position.y,
             m->twist.twist.linear.x);
    dds_return_loan(reader, &sample, 1);
    sample = NULL;
  }
  return count;
}

static int read_transforms(dds_entity_t reader, int count)
{
  void *sample = NULL;
  dds_sample_info_t info;
  while (dds_take(reader, &sample, &info, 1, 1) == 1) {
    const tf2_msgs_msg_dds__TFMessage_ *m = sample;
    for (uint32_t i = 0; info.valid_data && i < m->transforms._length; i++) {
      const geometry_msgs_msg_dds__TransformStamped_ *t = &m->transforms._buffer[i];
      if (count++ < SHOWN)
        printf("tf %s -> %s (%.3f, %.3f, %.3f)\n", t->header.frame_id, t->child_frame_id, t->transform.translation.x,
               t->transform.translation.y, t->transform.translation.z);
    }
    dds_return_loan(reader, &sample, 1);
    sample = NULL;
  }
  return count;
}

int main(int argc, char **argv)
{
  const int64_t limit = argc > 1 ? DDS_SECS(atoi(argv[1])) : DDS_SECS(30);
  const dds_entity_t participant = peer_participant();
  dds_qos_t *qos = peer_qos(true, 10);
  const dds_entity_t odometry =
    peer_reader(participant, &nav_msgs_msg_dds__Odometry__desc, "rt/rover_1/odom", qos);
  const dds_entity_t transforms = peer_reader(participant, &tf2_msgs_msg_dds__TFMessage__desc, "rt/tf", qos);
  dds_delete_qos(qos);

  int odometries = 0, tfs = 0;
  for (const dds_time_t end = dds_time() + limit; dds_time() < end && (odometries < SHOWN || tfs < SHOWN);) {
    odometries = read_odometry(odometry, odometries);
    tfs = read_transforms(transforms, tfs);
    dds_sleepfor(DDS_MSECS(10));
  }
  printf("received %d odometries and %d transforms\n", odometries, tfs);
  dds_delete(DDS_CYCLONEDDS_HANDLE);
  return odometries >= SHOWN && tfs >= SHOWN ? 0 : 1;
}
