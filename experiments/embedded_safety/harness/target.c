/* Cortex-M4 (mps2-an386) and RISC-V (virt) under qemu: semihosting, start-up without a library. */
#include "platform.h"

#include <stddef.h>

extern uint8_t stack_limit[];
extern uint8_t stack_top[];
extern uint8_t bss_begin[];
extern uint8_t bss_end[];
int main(void);
void start(void);

#define SYS_WRITE0 0x04u
#define SYS_EXIT_EXTENDED 0x20u

#if defined(__riscv)
#if defined(__riscv_flen)
#define ENABLE_FLOAT "li t0, 0x6000\ncsrs mstatus, t0\n"
#else
#define ENABLE_FLOAT
#endif

static long semihost(long operation, const void *argument)
{
    register long a0 __asm__("a0") = operation;
    register const void *a1 __asm__("a1") = argument;
    __asm__ volatile(
        ".option push\n.option norvc\n.balign 16\nslli x0, x0, 0x1f\nebreak\nsrai x0, x0, 7\n.option pop"
        : "+r"(a0) : "r"(a1) : "memory");
    return a0;
}

uint64_t platform_instructions(void)
{
#if __riscv_xlen == 64
    uint64_t count;
    __asm__ volatile("csrr %0, minstret" : "=r"(count));
    return count;
#else
    uint32_t high, low, again;
    do {
        __asm__ volatile("csrr %0, minstreth\ncsrr %1, minstret\ncsrr %2, minstreth" : "=r"(high), "=r"(low), "=r"(again));
    } while (high != again);
    return ((uint64_t)high << 32) | low;
#endif
}

__asm__(".section .text.start\n.global _start\n_start:\n" ENABLE_FLOAT "la sp, stack_top\nj start\n.previous");
#else
static long semihost(long operation, const void *argument)
{
    register long r0 __asm__("r0") = operation;
    register const void *r1 __asm__("r1") = argument;
    __asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

#define SYSTICK_CONTROL (*(volatile uint32_t *)0xE000E010u)
#define SYSTICK_RELOAD (*(volatile uint32_t *)0xE000E014u)
#define SYSTICK_VALUE (*(volatile uint32_t *)0xE000E018u)

/* Under -icount shift=0 an instruction takes 1 ns of virtual time; the tick counts 25 MHz, hence steps of 40. */
uint64_t platform_instructions(void)
{
    static uint32_t last;
    static uint64_t ticks;
    if (SYSTICK_CONTROL == 0u) {
        SYSTICK_RELOAD = 0xFFFFFFu;
        SYSTICK_VALUE = 0u;
        SYSTICK_CONTROL = 5u;
        last = 0u;
    }
    const uint32_t now = 0xFFFFFFu - SYSTICK_VALUE;
    ticks += (now - last) & 0xFFFFFFu;
    last = now;
    return ticks * 40u;
}

typedef union {
    const uint8_t *stack;
    void (*code)(void);
} vector_t;

__attribute__((section(".vector_table"), used)) static const vector_t table[] = { { .stack = stack_top }, { .code = start } };
#endif

void platform_write(const char *text)
{
    (void)semihost(SYS_WRITE0, text);
}

void platform_exit(int code)
{
    const unsigned long block[2] = { 0x20026u, (unsigned long)code };
    (void)semihost(SYS_EXIT_EXTENDED, block);
    for (;;) {
    }
}

uint8_t *platform_stack_limit(void)
{
    return stack_limit;
}

/* What the compiler may call even without a library. */
void *memcpy(void *to, const void *from, size_t count);
void *memset(void *to, int value, size_t count);

void *memcpy(void *to, const void *from, size_t count)
{
    uint8_t *t = to;
    const uint8_t *f = from;
    for (size_t i = 0; i < count; i++) {
        t[i] = f[i];
    }
    return to;
}

void *memset(void *to, int value, size_t count)
{
    volatile uint8_t *t = to;
    for (size_t i = 0; i < count; i++) {
        t[i] = (uint8_t)value;
    }
    return to;
}

void start(void)
{
    (void)memset(bss_begin, 0, (size_t)(bss_end - bss_begin));
    platform_exit(main());
}
