/* Writing and reading of serialized samples. */
#include <stdlib.h>

#include "internal.h"

uint8_t *acd_loan(const acd_endpoint *writer, uint32_t size, void **loan)
{
  struct acd_serdata *d = acd_serdata_new(writer->type, SDK_DATA, size);
  *loan = d;
  return d == NULL ? NULL : d->data;
}

void acd_loan_cancel(void *loan)
{
  ddsi_serdata_unref(loan);
}

int32_t acd_write(const acd_endpoint *writer, void *loan, int64_t source_timestamp)
{
  struct acd_serdata *d = loan;
  const size_t size = d->size;
  const int64_t now = dds_time();
  d->base.timestamp.v = source_timestamp != 0 ? source_timestamp : now;
  d->base.statusinfo = 0;
  const int32_t result = dds_forwardcdr(writer->handle, &d->base);
  acd_batch_end(writer->batch, now, size);
  return result;
}

acd_sample acd_sample_of(struct ddsi_serdata *serdata, dds_instance_handle_t publication)
{
  const struct acd_serdata *d = (const struct acd_serdata *)serdata;
  return (acd_sample){
    .data = d->data,
    .size = d->size,
    .source_timestamp = serdata->timestamp.v,
    .publication_handle = publication,
    .loan = serdata,
  };
}

/* Moves what carries data of ours to samples; a writer that left shows up as a sample without data. */
static int32_t keep_data(struct ddsi_serdata **taken, const dds_sample_info_t *info, int32_t count, acd_sample *samples)
{
  int32_t kept = 0;
  for (int32_t i = 0; i < count; i++) {
    if (!info[i].valid_data || taken[i]->kind != SDK_DATA || taken[i]->ops != &acd_serdata_ops) {
      ddsi_serdata_unref(taken[i]);
      continue;
    }
    samples[kept++] = acd_sample_of(taken[i], info[i].publication_handle);
  }
  return kept;
}

/* At least one sample and at most ACD_BATCH, unless there are none. */
static int32_t take_from_cyclone(const acd_endpoint *reader, acd_sample *samples, int32_t capacity)
{
  struct ddsi_serdata *taken[ACD_BATCH];
  dds_sample_info_t info[ACD_BATCH];
  const int32_t most = capacity < ACD_BATCH ? capacity : ACD_BATCH;
  for (;;) {
    const dds_return_t n = dds_takecdr(reader->handle, taken, (uint32_t)most, info, DDS_ANY_STATE);
    const int32_t kept = n > 0 ? keep_data(taken, info, n, samples) : n;
    if (kept != 0 || n < most)
      return kept;
  }
}

int32_t acd_take(const acd_endpoint *reader, acd_sample *samples, int32_t capacity)
{
  int32_t filled = 0;
  while (filled < capacity) {
    const int32_t n = reader->cache != NULL ? acd_cache_take(reader->cache, samples + filled, capacity - filled)
                                            : take_from_cyclone(reader, samples + filled, capacity - filled);
    if (n < 0 && filled == 0)
      return n;
    if (n <= 0)
      break;
    filled += n;
  }
  if (reader->may_queue)
    __atomic_fetch_add(&reader->source.context->rate.taken, (uint32_t)filled, __ATOMIC_RELAXED);
  return filled;
}

void acd_return(acd_sample *samples, int32_t count)
{
  for (int32_t i = 0; i < count; i++) {
    ddsi_serdata_unref(samples[i].loan);
    samples[i].loan = NULL;
  }
}
