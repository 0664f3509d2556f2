#include "aios_sha256.h"

#define BLOCK 64u

static const uint32_t round_constants[64] = {
    0x428a2f98u, 0x71374491u, 0xb5c0fbcfu, 0xe9b5dba5u, 0x3956c25bu, 0x59f111f1u, 0x923f82a4u, 0xab1c5ed5u,
    0xd807aa98u, 0x12835b01u, 0x243185beu, 0x550c7dc3u, 0x72be5d74u, 0x80deb1feu, 0x9bdc06a7u, 0xc19bf174u,
    0xe49b69c1u, 0xefbe4786u, 0x0fc19dc6u, 0x240ca1ccu, 0x2de92c6fu, 0x4a7484aau, 0x5cb0a9dcu, 0x76f988dau,
    0x983e5152u, 0xa831c66du, 0xb00327c8u, 0xbf597fc7u, 0xc6e00bf3u, 0xd5a79147u, 0x06ca6351u, 0x14292967u,
    0x27b70a85u, 0x2e1b2138u, 0x4d2c6dfcu, 0x53380d13u, 0x650a7354u, 0x766a0abbu, 0x81c2c92eu, 0x92722c85u,
    0xa2bfe8a1u, 0xa81a664bu, 0xc24b8b70u, 0xc76c51a3u, 0xd192e819u, 0xd6990624u, 0xf40e3585u, 0x106aa070u,
    0x19a4c116u, 0x1e376c08u, 0x2748774cu, 0x34b0bcb5u, 0x391c0cb3u, 0x4ed8aa4au, 0x5b9cca4fu, 0x682e6ff3u,
    0x748f82eeu, 0x78a5636fu, 0x84c87814u, 0x8cc70208u, 0x90befffau, 0xa4506cebu, 0xbef9a3f7u, 0xc67178f2u
};

static uint32_t rotate(uint32_t x, uint32_t n)
{
    return (x >> n) | (x << (32u - n));
}

static void extend(const uint8_t *block, uint32_t w[64])
{
    for (uint32_t t = 0; t < 16u; t++) {
        const uint8_t *b = &block[4u * t];
        w[t] = ((uint32_t)b[0] << 24) | ((uint32_t)b[1] << 16) | ((uint32_t)b[2] << 8) | (uint32_t)b[3];
    }
    for (uint32_t t = 16; t < 64u; t++) {
        const uint32_t s0 = rotate(w[t - 15u], 7) ^ rotate(w[t - 15u], 18) ^ (w[t - 15u] >> 3);
        const uint32_t s1 = rotate(w[t - 2u], 17) ^ rotate(w[t - 2u], 19) ^ (w[t - 2u] >> 10);
        w[t] = w[t - 16u] + s0 + w[t - 7u] + s1;
    }
}

static void compress(uint32_t h[8], const uint8_t *block)
{
    uint32_t w[64];
    uint32_t v[8];
    extend(block, w);
    for (uint32_t i = 0; i < 8u; i++) {
        v[i] = h[i];
    }
    for (uint32_t t = 0; t < 64u; t++) {
        const uint32_t s1 = rotate(v[4], 6) ^ rotate(v[4], 11) ^ rotate(v[4], 25);
        const uint32_t choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
        const uint32_t s0 = rotate(v[0], 2) ^ rotate(v[0], 13) ^ rotate(v[0], 22);
        const uint32_t majority = (v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]);
        const uint32_t t1 = v[7] + s1 + choice + round_constants[t] + w[t];
        for (uint32_t i = 7; i > 0u; i--) {
            v[i] = v[i - 1u];
        }
        v[4] += t1;
        v[0] = t1 + s0 + majority;
    }
    for (uint32_t i = 0; i < 8u; i++) {
        h[i] += v[i];
    }
}

/* The message's end, a bit 1, zeros, and its length in bits: one block or two. */
static void finish(uint32_t h[8], const uint8_t *rest, uint32_t left, uint32_t length)
{
    uint8_t block[BLOCK];
    for (uint32_t i = 0; i < BLOCK; i++) {
        block[i] = 0;
    }
    for (uint32_t i = 0; i < left; i++) {
        block[i] = rest[i];
    }
    block[left] = 0x80u;
    if (left >= (BLOCK - 8u)) {
        compress(h, block);
        for (uint32_t i = 0; i < BLOCK; i++) {
            block[i] = 0;
        }
    }
    for (uint32_t i = 0; i < 4u; i++) {
        block[BLOCK - 1u - i] = (uint8_t)((length << 3) >> (8u * i));
    }
    compress(h, block);
}

void aios_sha256(const uint8_t *message, uint32_t length, uint8_t digest[AIOS_HASH_BYTES])
{
    uint32_t h[8] = { 0x6a09e667u, 0xbb67ae85u, 0x3c6ef372u, 0xa54ff53au, 0x510e527fu, 0x9b05688cu, 0x1f83d9abu, 0x5be0cd19u };
    uint32_t done = 0;
    while ((length - done) >= BLOCK) {
        compress(h, &message[done]);
        done += BLOCK;
    }
    finish(h, &message[done], length - done, length);
    for (uint32_t i = 0; i < AIOS_HASH_BYTES; i++) {
        digest[i] = (uint8_t)(h[i / 4u] >> (24u - (8u * (i % 4u))));
    }
}
