/* ECDSA on P-256: operation 60. */
#include "harness.h"

#include "aios_p256.h"

uint32_t signature_bytes(void)
{
    return 0u; /* everything is on the stack */
}

__attribute__((noinline)) static void verify_signature(reader_t *r)
{
    uint32_t length;
    uint32_t key_length;
    uint32_t signature_length;
    const uint8_t *key = blob(r, &key_length);
    const uint8_t *message = blob(r, &length);
    const uint8_t *signature = blob(r, &signature_length);
    r->failed = r->failed || (key_length != AIOS_P256_KEY_BYTES) || (signature_length != AIOS_P256_SIGNATURE_BYTES);
    if (!r->failed) {
        begin();
        const bool holds = aios_p256_verify(key, message, length, signature);
        end();
        expect(holds == (u32(r) != 0u));
    }
}

void signature_operation(reader_t *r, uint32_t code)
{
    (void)code;
    verify_signature(r);
}
