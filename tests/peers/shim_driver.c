/* Calls everything in acd.h, also with what is wrong, absurd or at once from several threads. Built together with the sources of
 * one vendor's shim under AddressSanitizer and UndefinedBehaviorSanitizer, which end the program at the first fault.
 * Arguments: the configuration of acd_open, and one that it refuses. The allocator is to refuse blocks of more than 64 MB (SanitizedShimTests.cs). */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "acd.h"

#define EXPECT(what)                                                              \
  do {                                                                            \
    if (!(what)) {                                                                \
      fprintf(stderr, "%s:%d: not so: %s\n", __FILE__, __LINE__, #what);          \
      exit(1);                                                                    \
    }                                                                             \
  } while (0)

#define READER 1
#define WRITER 2
#define EVENTS 0x1ffeu
#define REFUSED (100u << 20) /* bytes: the allocator gives no such block */
#define SECOND 1000000000LL

static const acd_qos keep_all = {.reliable = 1, .keep_all = 1, .depth = 1, .deadline = INT64_MAX, .lifespan = INT64_MAX,
                                 .lease = INT64_MAX, .max_blocking = SECOND};

static void fill(uint8_t *data, uint32_t size, uint8_t content)
{
  static const uint8_t header[] = {0, 1, 0, 0};
  memset(data, content, size);
  memcpy(data, header, size < 4 ? size : 4);
}

static int32_t send_one(acd_endpoint *writer, uint32_t size, uint8_t content, int64_t stamp)
{
  void *loan;
  uint8_t *data = acd_loan(writer, size, &loan);
  EXPECT(data != NULL);
  fill(data, size, content);
  return acd_write(writer, loan, stamp);
}

/* Takes until so many samples came; returns the size of the last. */
static size_t receive(acd_context *context, acd_endpoint *reader, int count)
{
  acd_ready ready[4];
  acd_sample samples[40];
  size_t size = 0;
  for (int got = 0, waits = 0; got < count; waits++) {
    EXPECT(waits < 10000);
    EXPECT(acd_wait(context, SECOND / 100, ready, 4) >= 0);
    const int32_t n = acd_take(reader, samples, 40);
    EXPECT(n >= 0);
    for (int32_t i = 0; i < n; i++) {
      EXPECT(samples[i].size >= 4 && samples[i].data[1] == 1);
      size = samples[i].size;
    }
    acd_return(samples, n);
    got += n;
  }
  return size;
}

static void check_library(void)
{
  char text[256];
  EXPECT(acd_abi() == ACD_ABI);
  EXPECT(acd_check(text, sizeof(text)) == 0);
  (void)acd_has_shared_memory();
  (void)acd_security_library("auth", text, sizeof(text));
  (void)acd_security_library("nonsense", text, sizeof(text));
  EXPECT(acd_log_take(text, sizeof(text)) >= 0);
}

static void check_refusals(acd_context *context)
{
  acd_endpoint *none;
  EXPECT(acd_reader_open(context, "rt/a b*", "t", &keep_all, "", EVENTS, READER, &none) < 0 && none == NULL);
  EXPECT(acd_writer_open(context, "", "t", &keep_all, NULL, EVENTS, WRITER, &none) < 0 && none == NULL);
}

static void drain_graph(acd_context *context)
{
  acd_discovered change;
  while (acd_graph_take(context, &change) == 1) {
    EXPECT(change.alive == 0 || change.kind == 0 || change.topic[0] != 0);
    acd_graph_return(context, &change);
  }
}

static void check_sizes(acd_context *context, acd_endpoint *reader, acd_endpoint *writer)
{
  static const uint32_t sizes[] = {4, 5, 8, 64, 511, 513, 16000, 32767, 32768, 65000, 70000, 1 << 20, 5 << 20, 9 << 20};
  for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
    EXPECT(send_one(writer, sizes[i], (uint8_t)i, i % 2 == 0 ? 0 : 1234567890123456789) == 0);
    const size_t size = receive(context, reader, 1);
    EXPECT(size >= sizes[i] && size < sizes[i] + 4);
  }
}

/* Without memory there is no loan, and no exception. */
static void check_absurd_sizes(acd_context *context, acd_endpoint *reader, acd_endpoint *writer)
{
  static const uint32_t sizes[] = {REFUSED, 1u << 30, UINT32_MAX - 40, UINT32_MAX - 3, UINT32_MAX};
  void *loan;
  for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++)
    EXPECT(acd_loan(writer, sizes[i], &loan) == NULL);
  EXPECT(send_one(writer, 40000, 1, 0) == 0); /* and the writer goes on */
  receive(context, reader, 1);
}

static void check_loans(acd_context *context, acd_endpoint *reader, acd_endpoint *writer)
{
  void *loans[80];
  for (int i = 0; i < 80; i++)
    fill(acd_loan(writer, i % 2 == 0 ? 100 : 50000, &loans[i]), 100, 3);
  for (int i = 0; i < 80; i++) {
    if (i % 4 < 2)
      acd_loan_cancel(loans[i]);
    else
      EXPECT(acd_write(writer, loans[i], 0) == 0);
  }
  receive(context, reader, 40);
}

struct flood {
  acd_endpoint *writer;
  int count;
  atomic_int *running;
};

static void *flood(void *argument)
{
  const struct flood *f = argument;
  for (int i = 0; i < f->count; i++)
    EXPECT(send_one(f->writer, 16 + (uint32_t)i % 300, (uint8_t)i, 0) == 0);
  atomic_fetch_sub(f->running, 1);
  return NULL;
}

/* Two threads write while this one takes and another is woken. */
static void check_threads(acd_context *context, acd_endpoint *reader, acd_endpoint *writer)
{
  atomic_int running = 2;
  struct flood f = {writer, 3000, &running};
  pthread_t threads[2];
  for (int i = 0; i < 2; i++)
    EXPECT(pthread_create(&threads[i], NULL, flood, &f) == 0);
  while (atomic_load(&running) > 0) {
    acd_wake(context);
    receive(context, reader, 0);
    acd_sample samples[8];
    acd_return(samples, acd_take(reader, samples, 0));
  }
  receive(context, reader, 6000);
  for (int i = 0; i < 2; i++)
    pthread_join(threads[i], NULL);
  EXPECT(acd_writer_wait_acknowledged(writer, 10 * SECOND) == 0);
}

static void check_status(acd_endpoint *reader, acd_endpoint *writer)
{
  uint64_t handles[2];
  uint8_t guid[16], data[8];
  acd_status status;
  EXPECT(acd_endpoint_matches(reader, handles, 2) == 1);
  EXPECT(acd_endpoint_match(reader, handles[0], guid, data, sizeof(data)) >= 0);
  EXPECT(acd_endpoint_match(reader, 12345, guid, NULL, 0) < 0);
  EXPECT(acd_endpoint_matches(writer, NULL, 0) == 1);
  EXPECT(acd_endpoint_guid(writer, guid) == 0 && acd_endpoint_handle(writer) != 0);
  EXPECT(acd_endpoint_status(reader, ACD_EVENT_SUBSCRIPTION_MATCHED, &status) == 0 && status.current == 1);
  EXPECT(acd_endpoint_status(writer, ACD_EVENT_PUBLICATION_MATCHED, &status) == 0 && status.current == 1);
  EXPECT(acd_endpoint_status(writer, ACD_EVENT_LIVELINESS_LOST, &status) == 0);
  (void)acd_writer_assert_liveliness(writer);
  (void)acd_malformed();
}

static void wait_for_match(acd_endpoint *endpoint)
{
  static const struct timespec moment = {0, 1000000};
  for (int i = 0; acd_endpoint_matches(endpoint, NULL, 0) == 0; i++) {
    EXPECT(i < 30000);
    nanosleep(&moment, NULL);
  }
}

/* Both ends; qos is the reader's, and what it leaves unread goes with it. */
static void run(acd_context *near, acd_context *far, const char *topic, const acd_qos *qos, bool all)
{
  acd_endpoint *reader, *writer;
  EXPECT(acd_reader_open(near, topic, "test::dds_::Bytes_", qos, "typehash=1;", EVENTS, READER, &reader) == 0);
  EXPECT(acd_writer_open(far, topic, "test::dds_::Bytes_", &keep_all, NULL, EVENTS, WRITER, &writer) == 0);
  wait_for_match(reader);
  wait_for_match(writer);
  if (all) {
    check_sizes(near, reader, writer);
    check_absurd_sizes(near, reader, writer);
    check_loans(near, reader, writer);
    check_threads(near, reader, writer);
  }
  check_status(reader, writer);
  for (int i = 0; i < 100; i++)
    EXPECT(send_one(writer, 100, (uint8_t)i, 0) == 0);
  receive(near, reader, 1);
  drain_graph(near);
  acd_endpoint_close(reader);
  EXPECT(send_one(writer, 100, 0, 0) == 0);
  acd_endpoint_close(writer);
}

int main(int argc, char **argv)
{
  static const char *const properties[] = {"aios.test", "1", NULL};
  EXPECT(argc == 3);
  const char *config = argv[1];
  const uint32_t domain = (uint32_t)atoi(getenv("ROS_DOMAIN_ID"));
  acd_context *near, *far;
  acd_ready ready;
  uint8_t guid[16];
  check_library();
  EXPECT(acd_open(domain, argv[2], "", NULL, 1, &near) < 0 && near == NULL);
  EXPECT(acd_open(domain, config, "enclave=/;", properties, 1, &near) == 0);
  EXPECT(acd_open(domain, config, "enclave=/;", NULL, 1, &far) == 0);
  EXPECT(acd_context_guid(near, guid) == 0);
  EXPECT(acd_wait(near, 0, &ready, 1) >= 0);
  acd_wake(near);
  EXPECT(acd_wait(near, -1, &ready, 1) == 1);
  check_refusals(near);
  run(near, far, "rt/all", &keep_all, true);
  acd_qos last = keep_all;
  last.keep_all = 0;
  last.depth = 5;
  run(near, far, "rt/last", &last, false);
  last.reliable = 0;
  last.ignore_local = 1;
  run(near, far, "rt/best_effort", &last, false);
  acd_close(far);
  acd_close(near);
  check_library();
  puts("no fault found");
  return 0;
}
