/* What the Cyclone DDS peers share: a participant on the loopback interface, quality of service as ROS 2 sets it. */
#ifndef CYCLONE_PEER_H
#define CYCLONE_PEER_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dds/dds.h"

#define CHECK(what, call)                                                     \
  do {                                                                        \
    const dds_return_t rc_ = (call);                                          \
    if (rc_ < 0) {                                                            \
      fprintf(stderr, "%s: %s\n", what, dds_strretcode(rc_));                 \
      exit(2);                                                                \
    }                                                                         \
  } while (0)

static inline uint32_t peer_domain(void)
{
  const char *text = getenv("ROS_DOMAIN_ID");
  return text == NULL ? 0 : (uint32_t)strtoul(text, NULL, 10);
}

/* Secures the participant with the files of the folder PEER_ENCLAVE, where that is set. */
static inline void peer_secure(dds_qos_t *qos)
{
  static const char *const files[][2] = {
    {"dds.sec.auth.identity_ca", "identity_ca.cert.pem"}, {"dds.sec.auth.identity_certificate", "cert.pem"},
    {"dds.sec.auth.private_key", "key.pem"}, {"dds.sec.access.permissions_ca", "permissions_ca.cert.pem"},
    {"dds.sec.access.governance", "governance.p7s"}, {"dds.sec.access.permissions", "permissions.p7s"}};
  static const char *const plugins[][3] = {
    {"auth", "auth", "authentication"}, {"access", "ac", "access_control"}, {"crypto", "crypto", "crypto"}};
  const char *folder = getenv("PEER_ENCLAVE");
  char name[64], value[4096];
  for (size_t i = 0; folder != NULL && i < sizeof(files) / sizeof(files[0]); i++) {
    snprintf(value, sizeof(value), "file:%s/%s", folder, files[i][1]);
    dds_qset_prop(qos, files[i][0], value);
  }
  for (size_t i = 0; folder != NULL && i < sizeof(plugins) / sizeof(plugins[0]); i++) {
    snprintf(name, sizeof(name), "dds.sec.%s.library.path", plugins[i][0]);
    snprintf(value, sizeof(value), SECURITY_FOLDER "/libdds_security_%s.so", plugins[i][1]);
    dds_qset_prop(qos, name, value);
    snprintf(name, sizeof(name), "dds.sec.%s.library.init", plugins[i][0]);
    snprintf(value, sizeof(value), "init_%s", plugins[i][2]);
    dds_qset_prop(qos, name, value);
    snprintf(name, sizeof(name), "dds.sec.%s.library.finalize", plugins[i][0]);
    snprintf(value, sizeof(value), "finalize_%s", plugins[i][2]);
    dds_qset_prop(qos, name, value);
  }
}

/* CYCLONEDDS_URI, where set, comes last and so wins: a test in a network namespace names another interface. */
static inline dds_entity_t peer_participant(void)
{
  static const char loopback[] =
    "<CycloneDDS><Domain Id=\"any\"><General><Interfaces><NetworkInterface address=\"127.0.0.1\"/></Interfaces>"
    "<AllowMulticast>false</AllowMulticast><MaxMessageSize>65500B</MaxMessageSize></General>"
    "<Discovery><ParticipantIndex>auto</ParticipantIndex><MaxAutoParticipantIndex>119</MaxAutoParticipantIndex>"
    "<Peers><Peer address=\"127.0.0.1\"/></Peers></Discovery>"
    "<Internal><SocketReceiveBufferSize max=\"4MB\"/></Internal></Domain></CycloneDDS>";
  const char *uri = getenv("PEER_CYCLONEDDS_URI");
  CHECK("domain", dds_create_domain(peer_domain(), uri == NULL ? loopback : uri));
  dds_qos_t *qos = dds_create_qos();
  peer_secure(qos);
  const dds_entity_t participant = dds_create_participant(peer_domain(), qos, NULL);
  dds_delete_qos(qos);
  CHECK("participant", participant);
  return participant;
}

static inline dds_qos_t *peer_qos(bool reliable, int32_t depth)
{
  dds_qos_t *qos = dds_create_qos();
  dds_qset_reliability(qos, reliable ? DDS_RELIABILITY_RELIABLE : DDS_RELIABILITY_BEST_EFFORT, DDS_SECS(1));
  dds_qset_history(qos, DDS_HISTORY_KEEP_LAST, depth);
  return qos;
}

static inline dds_entity_t peer_reader(dds_entity_t participant, const dds_topic_descriptor_t *type, const char *topic,
                                       const dds_qos_t *qos)
{
  const dds_entity_t t = dds_create_topic(participant, type, topic, NULL, NULL);
  CHECK(topic, t);
  const dds_entity_t reader = dds_create_reader(participant, t, qos, NULL);
  CHECK(topic, reader);
  return reader;
}

static inline dds_entity_t peer_writer(dds_entity_t participant, const dds_topic_descriptor_t *type, const char *topic,
                                       const dds_qos_t *qos)
{
  const dds_entity_t t = dds_create_topic(participant, type, topic, NULL, NULL);
  CHECK(topic, t);
  const dds_entity_t writer = dds_create_writer(participant, t, qos, NULL);
  CHECK(topic, writer);
  return writer;
}

#endif
