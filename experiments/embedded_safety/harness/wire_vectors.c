/* Wire format: operations 46 to 49. */
#include "harness.h"

#include "aios_wire.h"

#include <stddef.h>

static aios_wire_t wire;

uint32_t wire_bytes(void)
{
    return (uint32_t)sizeof wire;
}

/* Keyed hashes in the place of ECDSA, as the C# side makes them for these vectors. */
static void keyed_hash(uint32_t signer, const uint8_t *message, uint32_t length, uint8_t *signature)
{
    uint8_t input[4u + AIOS_HASH_BYTES];
    const uint32_t key = signer * 7919u;
    for (uint32_t i = 0; i < 4u; i++) {
        input[i] = (uint8_t)(key >> (8u * i));
    }
    aios_sha256(message, length, &input[4]);
    aios_sha256(input, sizeof input, signature);
    for (uint32_t i = 0; i < AIOS_HASH_BYTES; i++) {
        signature[AIOS_HASH_BYTES + i] = signature[i];
    }
}

static void sign(void *context, const uint8_t *message, uint32_t length, uint8_t *signature)
{
    (void)context;
    keyed_hash(member.self, message, length, signature);
}

static bool verify(void *context, uint32_t signer, const uint8_t *message, uint32_t length, const uint8_t *signature)
{
    uint8_t expected[AIOS_SIGNATURE_BYTES];
    bool equal = true;
    (void)context;
    keyed_hash(signer, message, length, expected);
    for (uint32_t i = 0; i < AIOS_SIGNATURE_BYTES; i++) {
        equal = equal && (expected[i] == signature[i]);
    }
    return equal;
}

static void decided(void *context, uint32_t epoch, const aios_decision_t *decision)
{
    (void)context;
    aios_wire_decided(&wire, epoch, decision);
}

static void new_wire(reader_t *r)
{
    wire.keys.context = NULL;
    wire.keys.verify = verify;
    wire.keys.sign = sign;
    wire.fleet = (uint64_t)i64(r);
    wire.most_bytes = u32(r);
    member.host.decided = decided;
    aios_wire_init(&wire);
}

__attribute__((noinline)) static void hear_message(reader_t *r)
{
    uint32_t length;
    const int64_t now_ns = i64(r);
    const uint8_t *message = blob(r, &length);
    begin();
    const bool whole = aios_wire_receive(&wire, &member, message, length, now_ns);
    end();
    expect(whole == (u32(r) != 0u));
    expect(wire.malformed == u32(r));
    expect(wire.foreign == u32(r));
    expect(wire.forged == u32(r));
    expect(wire.out_of_epoch == u32(r));
    expect(wire.invalid == u32(r));
}

__attribute__((noinline)) static void write_message(reader_t *r)
{
    static uint8_t written[8192];
    uint32_t length;
    const uint8_t *expected = blob(r, &length);
    begin();
    const uint32_t size = aios_wire_write(&wire, &member, written, sizeof written);
    end();
    expect(size == length);
    for (uint32_t i = 0; (i < size) && (i < length); i++) {
        expect(written[i] == expected[i]);
    }
}

void wire_operation(reader_t *r, uint32_t code)
{
    switch (code) {
    case 46: new_wire(r); break;
    case 47: hear_message(r); break;
    case 48: write_message(r); break;
    default: expect_state(r); break;
    }
}
