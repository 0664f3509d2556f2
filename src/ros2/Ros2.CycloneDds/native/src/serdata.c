/* Samples that stay serialized: a sertype and serdata that know nothing of the type but its name. */
#include <stdlib.h>
#include <string.h>

#include "dds/ddsi/q_radmin.h"
#include "internal.h"

#define ENCAPSULATION_SIZE 4u
#define BODY_ALIGNMENT 16u

static uint64_t malformed;

uint64_t acd_malformed(void)
{
  return __atomic_load_n(&malformed, __ATOMIC_RELAXED);
}

struct acd_serdata *acd_serdata_new(const struct ddsi_sertype *type, enum ddsi_serdata_kind kind, size_t size)
{
  /* Cyclone sends whole 4-byte words, so the padding must exist and be defined. */
  const size_t padded = (size + 3u) & ~(size_t)3u;
  const size_t header = (sizeof(struct acd_serdata) + BODY_ALIGNMENT - 1) & ~(size_t)(BODY_ALIGNMENT - 1);
  struct acd_serdata *d = acd_pool_take(header + BODY_ALIGNMENT + padded);
  if (d == NULL)
    return NULL;
  memset(d, 0, sizeof(*d));
  d->capacity = header + BODY_ALIGNMENT + padded;
  ddsi_serdata_init(&d->base, type, kind);
  d->size = padded;
  /* malloc aligns to 16, so the body after the encapsulation header starts on 16 as well. */
  d->data = (uint8_t *)d + header + (BODY_ALIGNMENT - ENCAPSULATION_SIZE);
  if (padded > 0)
    memset(d->data + padded - 4, 0, 4);
  return d;
}

static void release(struct acd_serdata *d)
{
  acd_pool_give(d, d->capacity);
}

/* All encapsulations but plain CDR of either byte order are foreign to ROS 2. */
static bool acceptable(const struct acd_serdata *d)
{
  return d->size >= ENCAPSULATION_SIZE && d->data[0] == 0 && d->data[1] <= 1;
}

static struct ddsi_serdata *accept_or_drop(struct acd_serdata *d, bool complete)
{
  if (d == NULL)
    return NULL;
  if (d->base.kind != SDK_DATA || (complete && acceptable(d)))
    return &d->base;
  __atomic_fetch_add(&malformed, 1, __ATOMIC_RELAXED);
  release(d);
  return NULL;
}

static uint32_t serdata_size(const struct ddsi_serdata *base)
{
  return (uint32_t)((const struct acd_serdata *)base)->size;
}

static void serdata_free(struct ddsi_serdata *base)
{
  release((struct acd_serdata *)base);
}

static struct ddsi_serdata *serdata_from_ser(const struct ddsi_sertype *type, enum ddsi_serdata_kind kind,
                                             const struct nn_rdata *fragment, size_t size)
{
  struct acd_serdata *d = acd_serdata_new(type, kind, size);
  if (d == NULL)
    return NULL;
  size_t at = 0;
  for (; fragment != NULL && at < size; fragment = fragment->nextfrag) {
    if (fragment->min > at)
      break; /* a hole */
    if (fragment->maxp1 <= at)
      continue; /* nothing new */
    const uint8_t *payload = NN_RMSG_PAYLOADOFF(fragment->rmsg, NN_RDATA_PAYLOAD_OFF(fragment));
    const size_t end = fragment->maxp1 < size ? fragment->maxp1 : size;
    memcpy(d->data + at, payload + (at - fragment->min), end - at);
    at = end;
  }
  return accept_or_drop(d, at == size);
}

static struct ddsi_serdata *serdata_from_iov(const struct ddsi_sertype *type, enum ddsi_serdata_kind kind,
                                             ddsrt_msg_iovlen_t count, const ddsrt_iovec_t *iov, size_t size)
{
  struct acd_serdata *d = acd_serdata_new(type, kind, size);
  if (d == NULL)
    return NULL;
  size_t at = 0;
  for (ddsrt_msg_iovlen_t i = 0; i < count && at < size; i++) {
    const size_t n = iov[i].iov_len < size - at ? iov[i].iov_len : size - at;
    memcpy(d->data + at, iov[i].iov_base, n);
    at += n;
  }
  return accept_or_drop(d, at == size);
}

/* ROS 2 types have no key: all samples are of one instance. */
static struct ddsi_serdata *serdata_from_keyhash(const struct ddsi_sertype *type, const struct ddsi_keyhash *hash)
{
  (void)hash;
  struct acd_serdata *d = acd_serdata_new(type, SDK_KEY, 0);
  return d == NULL ? NULL : &d->base;
}

static struct ddsi_serdata *serdata_to_untyped(const struct ddsi_serdata *base)
{
  struct acd_serdata *d = acd_serdata_new(base->type, SDK_KEY, 0);
  if (d == NULL)
    return NULL;
  d->base.type = NULL;
  return &d->base;
}

static bool serdata_eqkey(const struct ddsi_serdata *a, const struct ddsi_serdata *b)
{
  (void)a, (void)b;
  return true;
}

static void serdata_get_keyhash(const struct ddsi_serdata *base, struct ddsi_keyhash *hash, bool force_md5)
{
  (void)base, (void)force_md5;
  memset(hash, 0, sizeof(*hash));
}

static void serdata_to_ser(const struct ddsi_serdata *base, size_t offset, size_t size, void *buffer)
{
  memcpy(buffer, ((const struct acd_serdata *)base)->data + offset, size);
}

static struct ddsi_serdata *serdata_to_ser_ref(const struct ddsi_serdata *base, size_t offset, size_t size,
                                               ddsrt_iovec_t *iov)
{
  iov->iov_base = ((const struct acd_serdata *)base)->data + offset;
  iov->iov_len = (ddsrt_iov_len_t)size;
  return ddsi_serdata_ref(base);
}

static void serdata_to_ser_unref(struct ddsi_serdata *base, const ddsrt_iovec_t *iov)
{
  (void)iov;
  ddsi_serdata_unref(base);
}

/* There is no in-memory form, so nothing can be made from or into one. */
static struct ddsi_serdata *serdata_from_sample(const struct ddsi_sertype *type, enum ddsi_serdata_kind kind,
                                                const void *sample)
{
  (void)sample;
  return kind == SDK_DATA ? NULL : serdata_from_keyhash(type, NULL);
}

static bool serdata_to_sample(const struct ddsi_serdata *base, void *sample, void **at, void *limit)
{
  (void)base, (void)sample, (void)at, (void)limit;
  return false;
}

static bool serdata_untyped_to_sample(const struct ddsi_sertype *type, const struct ddsi_serdata *base, void *sample,
                                      void **at, void *limit)
{
  (void)type, (void)base, (void)sample, (void)at, (void)limit;
  return true;
}

static size_t serdata_print(const struct ddsi_sertype *type, const struct ddsi_serdata *base, char *buffer, size_t size)
{
  (void)type;
  return (size_t)snprintf(buffer, size, "(cdr %zu bytes)", ((const struct acd_serdata *)base)->size);
}

#ifdef DDS_HAS_SHM
static struct ddsi_serdata *serdata_from_iox(const struct ddsi_sertype *type, enum ddsi_serdata_kind kind,
                                             void *subscriber, void *chunk)
{
  (void)type, (void)kind, (void)subscriber, (void)chunk;
  return NULL; /* shared memory is switched off in the configuration */
}
#endif

const struct ddsi_serdata_ops acd_serdata_ops = {
  .eqkey = serdata_eqkey,
  .get_size = serdata_size,
  .from_ser = serdata_from_ser,
  .from_ser_iov = serdata_from_iov,
  .from_keyhash = serdata_from_keyhash,
  .from_sample = serdata_from_sample,
  .to_ser = serdata_to_ser,
  .to_ser_ref = serdata_to_ser_ref,
  .to_ser_unref = serdata_to_ser_unref,
  .to_sample = serdata_to_sample,
  .to_untyped = serdata_to_untyped,
  .untyped_to_sample = serdata_untyped_to_sample,
  .free = serdata_free,
  .print = serdata_print,
  .get_keyhash = serdata_get_keyhash,
#ifdef DDS_HAS_SHM
  .get_sample_size = ddsi_serdata_iox_size,
  .from_iox_buffer = serdata_from_iox,
#endif
};

static void sertype_free(struct ddsi_sertype *type)
{
  ddsi_sertype_fini(type);
  free(type);
}

static void sertype_zero_samples(const struct ddsi_sertype *type, void *samples, size_t count)
{
  (void)type, (void)samples, (void)count;
}

static void sertype_realloc_samples(void **pointers, const struct ddsi_sertype *type, void *old, size_t old_count,
                                    size_t count)
{
  (void)type, (void)old, (void)old_count;
  for (size_t i = 0; i < count; i++)
    pointers[i] = NULL;
}

static void sertype_free_samples(const struct ddsi_sertype *type, void **pointers, size_t count, dds_free_op_t op)
{
  (void)type, (void)pointers, (void)count, (void)op;
}

static bool sertype_equal(const struct ddsi_sertype *a, const struct ddsi_sertype *b)
{
  (void)a, (void)b;
  return true; /* Cyclone has compared the names and operations already */
}

static uint32_t sertype_hash(const struct ddsi_sertype *type)
{
  (void)type;
  return 0;
}

static size_t sertype_serialized_size(const struct ddsi_sertype *type, const void *sample)
{
  (void)type, (void)sample;
  return SIZE_MAX; /* Cyclone's error value */
}

static bool sertype_serialize_into(const struct ddsi_sertype *type, const void *sample, void *to, size_t size)
{
  (void)type, (void)sample, (void)to, (void)size;
  return false;
}

static const struct ddsi_sertype_ops sertype_ops = {
  .version = ddsi_sertype_v0,
  .free = sertype_free,
  .zero_samples = sertype_zero_samples,
  .realloc_samples = sertype_realloc_samples,
  .free_samples = sertype_free_samples,
  .equal = sertype_equal,
  .hash = sertype_hash,
  .get_serialized_size = sertype_serialized_size,
  .serialize_into = sertype_serialize_into,
};

struct ddsi_sertype *acd_sertype_new(const char *type_name)
{
  struct acd_sertype *type = calloc(1, sizeof(*type));
  if (type == NULL)
    return NULL;
  ddsi_sertype_init_flags(&type->base, type_name, &sertype_ops, &acd_serdata_ops,
                          DDSI_SERTYPE_FLAG_TOPICKIND_NO_KEY);
  type->base.allowed_data_representation = DDS_DATA_REPRESENTATION_FLAG_XCDR1;
  return &type->base;
}
