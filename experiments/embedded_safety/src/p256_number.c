#include "p256_number.h"

void number_read(number_t *to, const uint8_t bytes[32])
{
    for (uint32_t i = 0; i < LIMBS; i++) {
        const uint8_t *b = &bytes[4u * (LIMBS - 1u - i)];
        to->limb[i] = ((uint32_t)b[0] << 24) | ((uint32_t)b[1] << 16) | ((uint32_t)b[2] << 8) | (uint32_t)b[3];
    }
}

bool number_is_zero(const number_t *a)
{
    uint32_t any = 0u;
    for (uint32_t i = 0; i < LIMBS; i++) {
        any |= a->limb[i];
    }
    return any == 0u;
}

bool number_equal(const number_t *a, const number_t *b)
{
    uint32_t differ = 0u;
    for (uint32_t i = 0; i < LIMBS; i++) {
        differ |= a->limb[i] ^ b->limb[i];
    }
    return differ == 0u;
}

bool number_less(const number_t *a, const number_t *b)
{
    number_t ignored;
    return number_subtract(&ignored, a, b) != 0u;
}

uint32_t number_bit(const number_t *a, uint32_t i)
{
    return (a->limb[i / 32u] >> (i % 32u)) & 1u;
}

uint32_t number_add(number_t *to, const number_t *a, const number_t *b)
{
    uint64_t sum = 0u;
    for (uint32_t i = 0; i < LIMBS; i++) {
        sum += (uint64_t)a->limb[i] + b->limb[i];
        to->limb[i] = (uint32_t)sum;
        sum >>= 32;
    }
    return (uint32_t)sum;
}

uint32_t number_subtract(number_t *to, const number_t *a, const number_t *b)
{
    uint64_t borrow = 0u;
    for (uint32_t i = 0; i < LIMBS; i++) {
        const uint64_t difference = (uint64_t)a->limb[i] - b->limb[i] - borrow;
        to->limb[i] = (uint32_t)difference;
        borrow = (difference >> 32) & 1u;
    }
    return (uint32_t)borrow;
}

/* Takes the modulus away once, from a number with one carry bit that is below twice the modulus. */
static void reduce(number_t *to, uint32_t carry, const modulus_t *m)
{
    if ((carry != 0u) || !number_less(to, &m->value)) {
        (void)number_subtract(to, to, &m->value);
    }
}

void mod_add(number_t *to, const number_t *a, const number_t *b, const modulus_t *m)
{
    const uint32_t carry = number_add(to, a, b);
    reduce(to, carry, m);
}

void mod_subtract(number_t *to, const number_t *a, const number_t *b, const modulus_t *m)
{
    if (number_subtract(to, a, b) != 0u) {
        (void)number_add(to, to, &m->value);
    }
}

/* Coarsely integrated operand scanning (Koc, Acar, Kaliski 1996): one limb of b, one limb of the sum made zero. */
void mod_multiply(number_t *to, const number_t *a, const number_t *b, const modulus_t *m)
{
    uint32_t t[LIMBS + 2u] = { 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u, 0u };
    number_t result;
    for (uint32_t i = 0; i < LIMBS; i++) {
        uint64_t sum = 0u;
        for (uint32_t k = 0; k < LIMBS; k++) {
            sum += ((uint64_t)a->limb[k] * b->limb[i]) + t[k];
            t[k] = (uint32_t)sum;
            sum >>= 32;
        }
        sum += t[LIMBS];
        t[LIMBS] = (uint32_t)sum;
        t[LIMBS + 1u] = (uint32_t)(sum >> 32);
        const uint32_t factor = (uint32_t)((uint64_t)t[0] * m->inverse);
        sum = (((uint64_t)factor * m->value.limb[0]) + t[0]) >> 32;
        for (uint32_t k = 1; k < LIMBS; k++) {
            sum += ((uint64_t)factor * m->value.limb[k]) + t[k];
            t[k - 1u] = (uint32_t)sum;
            sum >>= 32;
        }
        sum += t[LIMBS];
        t[LIMBS - 1u] = (uint32_t)sum;
        t[LIMBS] = t[LIMBS + 1u] + (uint32_t)(sum >> 32);
    }
    for (uint32_t i = 0; i < LIMBS; i++) {
        result.limb[i] = t[i];
    }
    reduce(&result, t[LIMBS], m);
    *to = result;
}

void mod_invert(number_t *to, const number_t *a, const modulus_t *m)
{
    const number_t two = { { 2u, 0u, 0u, 0u, 0u, 0u, 0u, 0u } };
    number_t exponent;
    number_t power = *a; /* the exponent's highest bit */
    (void)number_subtract(&exponent, &m->value, &two);
    for (uint32_t i = 255u; i > 0u; i--) {
        mod_multiply(&power, &power, &power, m);
        if (number_bit(&exponent, i - 1u) != 0u) {
            mod_multiply(&power, &power, a, m);
        }
    }
    *to = power;
}
