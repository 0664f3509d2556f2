/* Numbers of 256 bits and arithmetic modulo an odd number above 2^255, as P-256 needs it. */
#ifndef P256_NUMBER_H
#define P256_NUMBER_H

#include <stdbool.h>
#include <stdint.h>

#define LIMBS 8u

typedef struct {
    uint32_t limb[LIMBS]; /* least significant first */
} number_t;

typedef struct {
    number_t value;
    number_t square;  /* 2^512 modulo value: takes a number into Montgomery's form */
    uint32_t inverse; /* -1 / value modulo 2^32 */
} modulus_t;

void number_read(number_t *to, const uint8_t bytes[32]);
bool number_is_zero(const number_t *a);
bool number_equal(const number_t *a, const number_t *b);
bool number_less(const number_t *a, const number_t *b);
uint32_t number_bit(const number_t *a, uint32_t i);
/* a + b; returns the carry. a - b; returns the borrow. The result may be an operand. */
uint32_t number_add(number_t *to, const number_t *a, const number_t *b);
uint32_t number_subtract(number_t *to, const number_t *a, const number_t *b);

/* Operands below the modulus; the result may be an operand. */
void mod_add(number_t *to, const number_t *a, const number_t *b, const modulus_t *m);
void mod_subtract(number_t *to, const number_t *a, const number_t *b, const modulus_t *m);
/* a * b / 2^256 (Montgomery 1985): the product in Montgomery's form of two that are in it. */
void mod_multiply(number_t *to, const number_t *a, const number_t *b, const modulus_t *m);
/* 1 / a in Montgomery's form, of a in it, for a prime modulus and a not 0 (Fermat). */
void mod_invert(number_t *to, const number_t *a, const modulus_t *m);

#endif
