/* SHA-256 (FIPS 180-4, section 6.2) of one message in memory. */
#ifndef AIOS_SHA256_H
#define AIOS_SHA256_H

#include <stdint.h>

#define AIOS_HASH_BYTES 32u

/* The digest may lie in the message's memory. At most 2^29 bytes. */
void aios_sha256(const uint8_t *message, uint32_t length, uint8_t digest[AIOS_HASH_BYTES]);

#endif
