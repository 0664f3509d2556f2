/* What Fast DDS offers beyond the common interface (acd.h, in Ros2.CycloneDds/native/src): the sample identities that
 * rmw_fastrtps relates requests and responses by. Conventions are those of acd.h.
 *
 * Differences from acd.h: config of acd_open is text of its own, one "key value" per line (interface ADDRESS,
 * peer ADDRESS, multicast 0, discovery 0), empty for what Fast DDS and its XML profiles say; loopback_only is not used,
 * because sockets are bound to the interfaces named; publication_handle counts the writers a reader has heard. */
#ifndef AFD_H
#define AFD_H

#include "acd.h"

/* A request carries the reader its response is to be sent to as related identity. sequence gets the request's number. */
ACD_API int32_t afd_write_request(const acd_endpoint *writer, void *loan, const uint8_t response_reader[16],
                                  int64_t *sequence);
/* A response carries the request's identity. */
ACD_API int32_t afd_write_response(const acd_endpoint *writer, void *loan, const uint8_t client[16], int64_t sequence);
/* Identity of a sample that was taken and not yet returned, and the one it relates to; GUIDs are 0 where unknown. */
ACD_API void afd_sample_identity(const acd_sample *sample, uint8_t writer[16], int64_t *sequence, uint8_t related[16],
                                 int64_t *related_sequence);

#endif
