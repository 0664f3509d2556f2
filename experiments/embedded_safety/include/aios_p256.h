/*
 * Verification of ECDSA signatures on P-256 with SHA-256 (FIPS 186-5, section 6.4.2; curve of SP 800-186, section 3.2.1.3)
 * in freestanding C99: for a microcontroller without a secure element. Everything it reads is public, so its time may
 * depend on it; there is no signing here, which would need constant time. About 1.5 kB of stack, no heap, no state.
 */
#ifndef AIOS_P256_H
#define AIOS_P256_H

#include <stdbool.h>
#include <stdint.h>

#define AIOS_P256_KEY_BYTES 64u       /* X, Y: 32 bytes each, big-endian */
#define AIOS_P256_SIGNATURE_BYTES 64u /* r, s: 32 bytes each, big-endian */

/* False for a key that is no point of the curve, r or s outside [1, n-1], and a signature that is not the message's. */
bool aios_p256_verify(
    const uint8_t key[AIOS_P256_KEY_BYTES], const uint8_t *message, uint32_t length,
    const uint8_t signature[AIOS_P256_SIGNATURE_BYTES]);

#endif
