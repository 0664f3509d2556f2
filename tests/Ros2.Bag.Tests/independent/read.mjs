// Usage: node read.mjs FILE
// Reads an MCAP file twice, by its index and as a stream, decodes every message and prints one JSON object.
import { open, readFile } from "node:fs/promises";
import { McapIndexedReader, McapStreamReader } from "@mcap/core";
import { loadDecompressHandlers } from "@mcap/support";
import { parse } from "@foxglove/rosmsg";
import { MessageReader } from "@foxglove/rosmsg2-serialization";

function plain(value) {
  if (typeof value === "bigint") return value.toString();
  if (ArrayBuffer.isView(value)) return Array.from(value, plain);
  if (Array.isArray(value)) return value.map(plain);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
  }
  if (typeof value === "number" && !Number.isFinite(value)) return String(value);
  return value;
}

class Decoder {
  #readers = new Map();

  decode(schema, data) {
    if (!this.#readers.has(schema.id)) {
      const definitions = parse(new TextDecoder().decode(schema.data), { ros2: true });
      this.#readers.set(schema.id, new MessageReader(definitions, { timeType: "sec,nanosec" }));
    }
    return plain(this.#readers.get(schema.id).readMessage(data));
  }
}

function describe(message, channel, schema, decoder) {
  return {
    topic: channel.topic,
    type: schema.name,
    logTime: message.logTime.toString(),
    sequence: message.sequence,
    value: decoder.decode(schema, message.data),
  };
}

async function readIndexed(path) {
  const handle = await open(path);
  const readable = {
    size: async () => BigInt((await handle.stat()).size),
    read: async (offset, size) => {
      const buffer = new Uint8Array(Number(size));
      await handle.read(buffer, 0, Number(size), Number(offset));
      return buffer;
    },
  };
  const reader = await McapIndexedReader.Initialize({ readable, decompressHandlers });
  const decoder = new Decoder();
  const messages = [];
  for await (const message of reader.readMessages()) {
    const channel = reader.channelsById.get(message.channelId);
    messages.push(describe(message, channel, reader.schemasById.get(channel.schemaId), decoder));
  }
  const metadata = [];
  for await (const record of reader.readMetadata()) {
    metadata.push({ name: record.name, values: Object.fromEntries(record.metadata) });
  }
  await handle.close();
  return {
    profile: reader.header.profile,
    chunks: reader.chunkIndexes.length,
    compressions: [...new Set(reader.chunkIndexes.map((chunk) => chunk.compression))],
    messageCount: reader.statistics.messageCount.toString(),
    channels: [...reader.channelsById.values()].map((c) => ({ topic: c.topic, metadata: Object.fromEntries(c.metadata) })),
    metadata,
    messages,
  };
}

async function readStream(path) {
  const reader = new McapStreamReader({ validateCrcs: true, decompressHandlers });
  reader.append(await readFile(path));
  const schemas = new Map();
  const channels = new Map();
  const decoder = new Decoder();
  const messages = [];
  for (let record; (record = reader.nextRecord()); ) {
    if (record.type === "Schema") schemas.set(record.id, record);
    if (record.type === "Channel") channels.set(record.id, record);
    if (record.type === "Message") {
      const channel = channels.get(record.channelId);
      messages.push(describe(record, channel, schemas.get(channel.schemaId), decoder));
    }
  }
  return { done: reader.done(), messages };
}

const path = process.argv[2];
const decompressHandlers = await loadDecompressHandlers();
console.log(JSON.stringify({ indexed: await readIndexed(path), stream: await readStream(path) }));
