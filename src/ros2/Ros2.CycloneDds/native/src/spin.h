/* Whether a thread that waits for events should look for them a while before it sleeps; both transports do so.
 *
 * To wake a sleeping thread takes longer than a round trip on loopback: an interrupt to another core, which may have to
 * leave its idle state, and a switch. A waiter whose last waits were short therefore looks on for WINDOW, and gives its
 * core to whoever can run meanwhile, such as the thread that receives. Waits of another length, as between the ticks of
 * a robot's topics, sleep at once: then nothing is spent. */
#ifndef ACD_SPIN_H
#define ACD_SPIN_H

#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <time.h>

#define ACD_SPIN_WINDOW 150000 /* nanoseconds */
#define ACD_SPIN_STREAK 4      /* so many short waits in a row, and the next is expected to be short */
#define ACD_SPIN_MOST 16       /* and is so again after a few long ones */
#define ACD_SPIN_STOLEN 500000 /* nanoseconds: the core was away so long, because another program uses it, */
#define ACD_SPIN_REST 30000000LL         /* and sleeping is better for so long, as the scheduler favours who slept, */
#define ACD_SPIN_MOST_REST 64000000000LL /* or longer where that happens again and again */

/* Of one waiting thread at a time. */
struct acd_spin {
  int32_t streak;
  int64_t rest;       /* how long the last rest was */
  int64_t rest_until; /* and its end */
};

static inline int64_t acd_now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* The core went to another program: looks no more for a while, longer each time if it went well for less than that. */
static inline void acd_spin_rest(struct acd_spin *spin, int64_t now)
{
  const bool again = now - spin->rest_until < spin->rest;
  spin->rest = !again ? ACD_SPIN_REST : spin->rest < ACD_SPIN_MOST_REST ? 2 * spin->rest : spin->rest;
  spin->rest_until = now + spin->rest;
}

/* Looks until is_ready says so, until deadline at the latest, or not at all. */
static inline void acd_spin_until(struct acd_spin *spin, int64_t begun, int64_t deadline,
                                  bool (*is_ready)(const void *context), const void *context)
{
  if (spin->streak < ACD_SPIN_STREAK || begun < spin->rest_until)
    return;
  const int64_t end = deadline - begun < ACD_SPIN_WINDOW ? deadline : begun + ACD_SPIN_WINDOW;
  int64_t now = begun;
  while (now < end && !is_ready(context)) {
    const int64_t before = now;
    sched_yield();
    now = acd_now();
    if (now - before > ACD_SPIN_STOLEN) {
      acd_spin_rest(spin, now);
      return;
    }
  }
}

/* Learns from a wait that ended with an event. */
static inline void acd_spin_learn(struct acd_spin *spin, int64_t waited)
{
  if (waited > ACD_SPIN_WINDOW)
    spin->streak = spin->streak > ACD_SPIN_STREAK ? spin->streak - ACD_SPIN_STREAK : 0;
  else if (spin->streak < ACD_SPIN_MOST)
    spin->streak++;
}

#endif
