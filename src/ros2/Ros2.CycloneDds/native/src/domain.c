/* Cyclone's domains belong to the process: contexts on the same domain share one. And Cyclone's log. */
#include <arpa/inet.h>
#include <ifaddrs.h>
#include <linux/filter.h>
#include <net/if.h>
#include <netinet/ip.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "dds/ddsrt/log.h"
#include "internal.h"

#define MOST_DOMAINS 16
#define LOG_SIZE 4096
#define MOST_ADDRESSES 64

/* RTPS 2.2 section 9.6.1.1: the ports of a domain. */
#define PORT_BASE 7400u
#define PORT_DOMAIN_GAIN 250u

struct domain {
  uint32_t id;
  dds_entity_t handle;
  uint32_t references;
  char *config;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct domain domains[MOST_DOMAINS];

struct log {
  char text[LOG_SIZE];
  size_t used;
};

static pthread_mutex_t log_lock = PTHREAD_MUTEX_INITIALIZER;
static struct log shared_log;
/* Why a domain does not open belongs to whoever opens it: contexts that take the shared log meanwhile must not get it. */
static _Thread_local struct log open_log;
static _Thread_local bool opening;

/* Keeps the first lines until somebody takes them: the first error is the cause of the others. */
static void append(struct log *log, const char *text, size_t length)
{
  if (log->used + length + 1 >= LOG_SIZE)
    return;
  memcpy(log->text + log->used, text, length);
  log->used += length;
  if (length == 0 || text[length - 1] != '\n')
    log->text[log->used++] = '\n';
}

static void keep_shared(const char *text, size_t length)
{
  pthread_mutex_lock(&log_lock);
  append(&shared_log, text, length);
  pthread_mutex_unlock(&log_lock);
}

static void keep_log(void *argument, const dds_log_data_t *data)
{
  (void)argument;
  if ((data->priority & (DDS_LC_FATAL | DDS_LC_ERROR | DDS_LC_WARNING)) == 0)
    return;
  const size_t length = strnlen(data->message, LOG_SIZE);
  if (opening)
    append(&open_log, data->message, length);
  else
    keep_shared(data->message, length);
}

bool acd_log_pending(void)
{
  return __atomic_load_n(&shared_log.used, __ATOMIC_RELAXED) != 0;
}

static int32_t take(struct log *log, char *buffer, int32_t size)
{
  const size_t n = log->used < (size_t)size ? log->used : (size_t)size - 1;
  memcpy(buffer, log->text, n);
  buffer[n] = 0;
  log->used = 0;
  return (int32_t)n;
}

int32_t acd_log_take(char *buffer, int32_t size)
{
  if (open_log.used > 0)
    return take(&open_log, buffer, size);
  pthread_mutex_lock(&log_lock);
  const int32_t n = take(&shared_log, buffer, size);
  pthread_mutex_unlock(&log_lock);
  return n;
}

/* A filter that drops what comes from addresses other than this machine's: a packet from outside that carries one of them is
 * dropped by the kernel. Words of a filter are in host order. */
static uint16_t make_filter(struct sock_filter code[MOST_ADDRESSES + 7])
{
  static const struct sock_filter begin[] = {
    BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (uint32_t)(SKF_NET_OFF + offsetof(struct iphdr, saddr))),
    BPF_STMT(BPF_MISC | BPF_TAX, 0),
    BPF_STMT(BPF_ALU | BPF_AND | BPF_K, 0xff000000u),
  };
  uint32_t own[MOST_ADDRESSES];
  uint8_t count = 0;
  struct ifaddrs *first = NULL;
  if (getifaddrs(&first) != 0)
    first = NULL;
  for (const struct ifaddrs *i = first; i != NULL && count < MOST_ADDRESSES; i = i->ifa_next)
    if (i->ifa_addr != NULL && i->ifa_addr->sa_family == AF_INET)
      own[count++] = ntohl(((const struct sockaddr_in *)(const void *)i->ifa_addr)->sin_addr.s_addr);
  if (first != NULL)
    freeifaddrs(first);
  memcpy(code, begin, sizeof(begin));
  uint16_t n = sizeof(begin) / sizeof(*begin);
  code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, 0x7f000000u, (uint8_t)(count + 2), 0);
  code[n++] = (struct sock_filter)BPF_STMT(BPF_MISC | BPF_TXA, 0);
  for (uint8_t k = 0; k < count; k++)
    code[n++] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, own[k], (uint8_t)(count - k), 0);
  code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, 0);
  code[n++] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, UINT32_MAX);
  return n;
}

/* Puts the filter on one socket if it is a receiving socket of the domain. */
static void filter_socket(int fd, uint32_t domain, const struct sock_fprog *filter)
{
  struct sockaddr_in address;
  socklen_t length = sizeof(address);
  int type = 0;
  socklen_t type_length = sizeof(type);
  if (getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &type_length) != 0 || type != SOCK_DGRAM)
    return;
  if (getsockname(fd, (struct sockaddr *)&address, &length) != 0 || address.sin_family != AF_INET)
    return;
  const uint32_t port = ntohs(address.sin_port);
  const uint32_t first = PORT_BASE + PORT_DOMAIN_GAIN * domain;
  if (address.sin_addr.s_addr == htonl(INADDR_ANY) && port >= first && port < first + PORT_DOMAIN_GAIN)
    (void)setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, filter, sizeof(*filter));
}

/* Cyclone binds what it receives on to every address, whatever interfaces it is told to use. To bind it to the loopback
 * device instead would not do: the kernel takes what a program sends to the machine's own network address for a packet of
 * that network's interface, though it passes through the loopback device. */
static void keep_to_machine(uint32_t domain)
{
  struct sock_filter code[MOST_ADDRESSES + 7];
  const struct sock_fprog filter = {.len = make_filter(code), .filter = code};
  for (int fd = 0; fd < 1024; fd++)
    filter_socket(fd, domain, &filter);
}

static struct domain *find(uint32_t id)
{
  for (size_t i = 0; i < MOST_DOMAINS; i++)
    if (domains[i].references > 0 && domains[i].id == id)
      return &domains[i];
  return NULL;
}

static int32_t create(uint32_t id, const char *config, bool loopback_only)
{
  struct domain *slot = NULL;
  for (size_t i = 0; i < MOST_DOMAINS && slot == NULL; i++)
    if (domains[i].references == 0)
      slot = &domains[i];
  if (slot == NULL)
    return DDS_RETCODE_OUT_OF_RESOURCES;
  acd_pool_calm_malloc();
  dds_set_log_sink(keep_log, NULL);
  open_log.used = 0;
  opening = true;
  const dds_entity_t handle = dds_create_domain(id, config);
  opening = false;
  if (handle < 0)
    return handle;
  if (open_log.used > 0)
    keep_shared(open_log.text, open_log.used);
  open_log.used = 0;
  if (loopback_only)
    keep_to_machine(id);
  *slot = (struct domain){.id = id, .handle = handle, .references = 1, .config = strdup(config)};
  return DDS_RETCODE_OK;
}

int32_t acd_domain_acquire(uint32_t id, const char *config, bool loopback_only)
{
  int32_t result = DDS_RETCODE_OK;
  pthread_mutex_lock(&lock);
  struct domain *existing = find(id);
  if (existing == NULL)
    result = create(id, config, loopback_only);
  else if (existing->config == NULL || strcmp(existing->config, config) != 0)
    result = DDS_RETCODE_PRECONDITION_NOT_MET;
  else
    existing->references++;
  pthread_mutex_unlock(&lock);
  return result;
}

void acd_domain_release(uint32_t id)
{
  pthread_mutex_lock(&lock);
  struct domain *existing = find(id);
  if (existing != NULL && --existing->references == 0) {
    (void)dds_delete(existing->handle);
    free(existing->config);
    existing->config = NULL;
  }
  pthread_mutex_unlock(&lock);
}
