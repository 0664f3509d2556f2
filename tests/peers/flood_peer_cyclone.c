/* Writes the numbers 0, 1, 2, ... as UInt64 to /flood, best effort, at a fixed rate, after a reader is there.
 * Arguments: samples per second, how many, time limit for the reader to appear in seconds. */
#include <time.h>

#include "cyclone_peer.h"
#include "ros_types.h"

int main(int argc, char **argv)
{
  if (argc < 4) {
    fprintf(stderr, "usage: flood_peer_cyclone RATE COUNT SECONDS\n");
    return 2;
  }
  const int64_t period = DDS_NSECS_IN_SEC / atoi(argv[1]);
  const uint64_t count = strtoull(argv[2], NULL, 10);
  const dds_entity_t participant = peer_participant();
  dds_qos_t *qos = peer_qos(false, 1);
  const dds_entity_t writer = peer_writer(participant, &std_msgs_msg_dds__UInt64__desc, "rt/flood", qos);
  dds_delete_qos(qos);

  const dds_time_t end = dds_time() + DDS_SECS(atoi(argv[3]));
  while (dds_get_matched_subscriptions(writer, NULL, 0) < 1) {
    if (dds_time() > end) {
      fprintf(stderr, "no reader came\n");
      return 1;
    }
    dds_sleepfor(DDS_MSECS(1));
  }
  dds_sleepfor(DDS_MSECS(500)); /* until the reader knows this writer as well */

  struct timespec next;
  clock_gettime(CLOCK_MONOTONIC, &next);
  for (std_msgs_msg_dds__UInt64_ sample = {0}; sample.data < count; sample.data++) {
    CHECK("write", dds_write(writer, &sample));
    next.tv_nsec += period;
    if (next.tv_nsec >= DDS_NSECS_IN_SEC) {
      next.tv_nsec -= DDS_NSECS_IN_SEC;
      next.tv_sec++;
    }
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
  }
  dds_sleepfor(DDS_MSECS(200));
  dds_delete(DDS_CYCLONEDDS_HANDLE);
  return 0;
}
