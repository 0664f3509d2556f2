#include "aios_p256.h"
#include "aios_sha256.h"
#include "p256_number.h"

/* Jacobian coordinates in Montgomery's form: x = X/Z^2, y = Y/Z^3; Z = 0 is the point at infinity. */
typedef struct {
    number_t x, y, z;
} point_t;

static const modulus_t field = {
    { { 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0x00000000u, 0x00000000u, 0x00000000u, 0x00000001u, 0xFFFFFFFFu } },
    { { 0x00000003u, 0x00000000u, 0xFFFFFFFFu, 0xFFFFFFFBu, 0xFFFFFFFEu, 0xFFFFFFFFu, 0xFFFFFFFDu, 0x00000004u } },
    0x00000001u
};

static const modulus_t order = {
    { { 0xFC632551u, 0xF3B9CAC2u, 0xA7179E84u, 0xBCE6FAADu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0x00000000u, 0xFFFFFFFFu } },
    { { 0xBE79EEA2u, 0x83244C95u, 0x49BD6FA6u, 0x4699799Cu, 0x2B6BEC59u, 0x2845B239u, 0xF3D95620u, 0x66E12D94u } },
    0xEE00BC4Fu
};

/* In Montgomery's form: 1, the curve's b, the base point. */
static const number_t one = {
    { 0x00000001u, 0x00000000u, 0x00000000u, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFFu, 0xFFFFFFFEu, 0x00000000u }
};
static const number_t curve_b = {
    { 0x29C4BDDFu, 0xD89CDF62u, 0x78843090u, 0xACF005CDu, 0xF7212ED6u, 0xE5A220ABu, 0x04874834u, 0xDC30061Du }
};
static const number_t base_x = {
    { 0x18A9143Cu, 0x79E730D4u, 0x5FEDB601u, 0x75BA95FCu, 0x77622510u, 0x79FB732Bu, 0xA53755C6u, 0x18905F76u }
};
static const number_t base_y = {
    { 0xCE95560Au, 0xDDF25357u, 0xBA19E45Cu, 0x8B4AB8E4u, 0xDD21F325u, 0xD2E88688u, 0x25885D85u, 0x8571FF18u }
};

static void multiply(number_t *to, const number_t *a, const number_t *b) { mod_multiply(to, a, b, &field); }
static void square(number_t *to, const number_t *a) { mod_multiply(to, a, a, &field); }
static void add(number_t *to, const number_t *a, const number_t *b) { mod_add(to, a, b, &field); }
static void subtract(number_t *to, const number_t *a, const number_t *b) { mod_subtract(to, a, b, &field); }

static void times_power_of_two(number_t *to, uint32_t doublings)
{
    for (uint32_t i = 0; i < doublings; i++) {
        add(to, to, to);
    }
}

/* dbl-2001-b of the Explicit-Formulas Database (Bernstein, Lange), a = -3; infinity stays infinity. */
static void double_point(point_t *p)
{
    number_t delta, gamma, beta, alpha, t;
    square(&delta, &p->z);
    square(&gamma, &p->y);
    multiply(&beta, &p->x, &gamma);
    subtract(&t, &p->x, &delta);
    add(&alpha, &p->x, &delta);
    multiply(&alpha, &alpha, &t);
    add(&t, &alpha, &alpha);
    add(&alpha, &alpha, &t); /* 3 (x - delta)(x + delta) */

    add(&t, &p->y, &p->z);
    square(&t, &t);
    subtract(&t, &t, &gamma);
    subtract(&p->z, &t, &delta);

    times_power_of_two(&beta, 2);
    square(&p->x, &alpha);
    subtract(&p->x, &p->x, &beta);
    subtract(&p->x, &p->x, &beta); /* alpha^2 - 8 beta */

    subtract(&t, &beta, &p->x);
    multiply(&t, &alpha, &t);
    square(&gamma, &gamma);
    times_power_of_two(&gamma, 3);
    subtract(&p->y, &t, &gamma);
}

/* The sum of two different points that are no inverses of each other: h = x2 - x1 and r = y2 - y1, scaled; h is not 0. */
static void add_different(point_t *p, const point_t *q, const number_t *h, const number_t *r, const number_t *u1, const number_t *s1)
{
    number_t hh, hhh, v;
    square(&hh, h);
    multiply(&hhh, &hh, h);
    multiply(&v, u1, &hh);
    multiply(&p->z, &p->z, &q->z);
    multiply(&p->z, &p->z, h);
    square(&p->x, r);
    subtract(&p->x, &p->x, &hhh);
    subtract(&p->x, &p->x, &v);
    subtract(&p->x, &p->x, &v);
    subtract(&v, &v, &p->x);
    multiply(&v, &v, r);
    multiply(&hhh, &hhh, s1);
    subtract(&p->y, &v, &hhh);
}

/* p + q for any two points. */
static void add_point(point_t *p, const point_t *q)
{
    if (number_is_zero(&p->z)) {
        *p = *q;
    } else if (!number_is_zero(&q->z)) {
        number_t zz, u1, u2, s1, s2;
        square(&zz, &q->z);
        multiply(&u1, &p->x, &zz);
        multiply(&zz, &zz, &q->z);
        multiply(&s1, &p->y, &zz);
        square(&zz, &p->z);
        multiply(&u2, &q->x, &zz);
        multiply(&zz, &zz, &p->z);
        multiply(&s2, &q->y, &zz);
        subtract(&u2, &u2, &u1);
        subtract(&s2, &s2, &s1);
        if (!number_is_zero(&u2)) {
            add_different(p, q, &u2, &s2, &u1, &s1);
        } else if (number_is_zero(&s2)) {
            double_point(p);
        } else {
            subtract(&p->z, &p->z, &p->z); /* inverses: infinity */
        }
    } else {
        /* q is infinity */
    }
}

/* Reads a public key; false when it is not on the curve. The point at infinity has no such encoding. */
static bool read_key(point_t *to, const uint8_t key[AIOS_P256_KEY_BYTES])
{
    number_t left, right, t;
    number_read(&to->x, &key[0]);
    number_read(&to->y, &key[32]);
    const bool in_range = number_less(&to->x, &field.value) && number_less(&to->y, &field.value);
    multiply(&to->x, &to->x, &field.square);
    multiply(&to->y, &to->y, &field.square);
    to->z = one;
    square(&left, &to->y);
    square(&right, &to->x);
    multiply(&right, &right, &to->x);
    add(&t, &to->x, &to->x);
    add(&t, &t, &to->x);
    subtract(&right, &right, &t);
    add(&right, &right, &curve_b);
    return in_range && number_equal(&left, &right);
}

/* u1 G + u2 Q by doubling and adding both at once (Strauss; the trick of Shamir). */
static void multiply_both(point_t *sum, const number_t *u1, const number_t *u2, const point_t *key)
{
    point_t table[3] = { { base_x, base_y, one }, *key, { base_x, base_y, one } };
    add_point(&table[2], key);
    sum->x = one;
    sum->y = one;
    subtract(&sum->z, &one, &one);
    for (uint32_t i = 256u; i > 0u; i--) {
        const uint32_t which = number_bit(u1, i - 1u) | (number_bit(u2, i - 1u) << 1);
        double_point(sum);
        if (which != 0u) {
            add_point(sum, &table[which - 1u]);
        }
    }
}

/* Whether the x coordinate, modulo the order, is r: x may be r or r + n, which fits below the field's prime at times. */
static bool has_x(const point_t *p, const number_t *r)
{
    number_t zz, x, other;
    bool equal = false;
    if (!number_is_zero(&p->z)) {
        square(&zz, &p->z);
        multiply(&x, r, &field.square);
        multiply(&x, &x, &zz);
        equal = number_equal(&x, &p->x);
        if ((number_add(&other, r, &order.value) == 0u) && number_less(&other, &field.value)) {
            multiply(&x, &other, &field.square);
            multiply(&x, &x, &zz);
            equal = equal || number_equal(&x, &p->x);
        }
    }
    return equal;
}

bool aios_p256_verify(
    const uint8_t key[AIOS_P256_KEY_BYTES], const uint8_t *message, uint32_t length,
    const uint8_t signature[AIOS_P256_SIGNATURE_BYTES])
{
    number_t r, s;
    point_t q;
    bool holds = false;
    number_read(&r, &signature[0]);
    number_read(&s, &signature[32]);
    const bool in_range = !number_is_zero(&r) && !number_is_zero(&s) && number_less(&r, &order.value) && number_less(&s, &order.value);
    if (in_range && read_key(&q, key)) {
        uint8_t digest[AIOS_HASH_BYTES];
        number_t e, u1, u2;
        point_t sum;
        aios_sha256(message, length, digest);
        number_read(&e, digest);
        if (!number_less(&e, &order.value)) {
            (void)number_subtract(&e, &e, &order.value);
        }
        mod_multiply(&s, &s, &order.square, &order);
        mod_invert(&s, &s, &order);
        mod_multiply(&u1, &e, &s, &order); /* s is in Montgomery's form, so the products are out of it */
        mod_multiply(&u2, &r, &s, &order);
        multiply_both(&sum, &u1, &u2, &q);
        holds = has_x(&sum, &r);
    }
    return holds;
}
