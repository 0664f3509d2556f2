/* Writing and reading of serialized samples. */
#include <stdlib.h>

#include "internal.h"

/* How many samples one call of dds_takecdr may return; bounds the stack. */
#define BATCH 64

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

static int32_t write_serdata(const acd_endpoint *writer, struct acd_serdata *d, int64_t source_timestamp)
{
  if (source_timestamp == 0)
    return dds_writecdr(writer->handle, &d->base);
  d->base.timestamp.v = source_timestamp;
  d->base.statusinfo = 0;
  return dds_forwardcdr(writer->handle, &d->base);
}

int32_t acd_write(const acd_endpoint *writer, void *loan, int64_t source_timestamp)
{
  struct acd_serdata *d = loan;
  const size_t size = d->size;
  const int64_t begun = acd_batch_begin();
  const int32_t result = write_serdata(writer, d, source_timestamp);
  acd_batch_end(writer->batch, begun, size);
  return result;
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
    const struct acd_serdata *d = (const struct acd_serdata *)taken[i];
    samples[kept++] = (acd_sample){
      .data = d->data,
      .size = d->size,
      .source_timestamp = info[i].source_timestamp,
      .publication_handle = info[i].publication_handle,
      .loan = taken[i],
    };
  }
  return kept;
}

int32_t acd_take(const acd_endpoint *reader, acd_sample *samples, int32_t capacity)
{
  struct ddsi_serdata *taken[BATCH];
  dds_sample_info_t info[BATCH];
  int32_t filled = 0;
  while (filled < capacity) {
    const int32_t most = capacity - filled < BATCH ? capacity - filled : BATCH;
    const dds_return_t n = dds_takecdr(reader->handle, taken, (uint32_t)most, info, DDS_ANY_STATE);
    if (n < 0)
      return filled > 0 ? filled : n;
    filled += keep_data(taken, info, n, samples + filled);
    if (n < most)
      break;
  }
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
