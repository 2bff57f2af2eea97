// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import io.twinlog.schemas.EventData;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.SingleObject;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.IndexedRecord;

/**
 * Reads payloads into trees, by their encoding. Whether a tree is what its event type asks for is
 * for {@link PayloadSchema}. Threads may share it.
 */
final class PayloadReader {
  private final TreeReader trees;
  private final Map<Long, Schema> writers;

  /**
   * @param writers schemas of payloads in Avro by fingerprint
   */
  PayloadReader(TreeReader trees, Map<Long, Schema> writers) {
    this.trees = trees;
    this.writers = Map.copyOf(writers);
  }

  /** Empty for TEXT and BINARY, and when there is no tree, which is reported. */
  Optional<JsonNode> read(EventData data, Findings findings) {
    return switch (data.getEncoding()) {
      case JSON ->
          trees.json(bytes(data.getPayload()), Part.EVENT_PAYLOAD, findings).map(Document::root);
      case CBOR ->
          trees.cbor(bytes(data.getPayload()), Part.EVENT_PAYLOAD, findings).map(Document::root);
      case AVRO -> avro(bytes(data.getPayload()), findings);
      case TEXT, BINARY -> Optional.empty();
    };
  }

  private Optional<JsonNode> avro(byte[] payload, Findings findings) {
    Part part = Part.EVENT_PAYLOAD;
    try {
      Schema writer = writers.get(SingleObject.fingerprint(payload));
      if (writer == null) {
        findings.add(
            part.unreadable,
            ErrorCode.UNKNOWN_SCHEMA,
            part.path,
            String.format(
                "the catalogue has no Avro schema with the fingerprint %016x",
                SingleObject.fingerprint(payload)));
        return Optional.empty();
      }
      IndexedRecord record =
          SingleObject.body(payload, new GenericDatumReader<GenericRecord>(writer));
      return Optional.of(new AvroTree(trees.limits(), part, findings).of(record));
    } catch (SingleObject.UnreadableException e) {
      findings.add(part.unreadable, ErrorCode.NOT_AVRO, part.path, Shown.name(e.getMessage(), 200));
      return Optional.empty();
    }
  }

  /** The bytes of a buffer, without a copy where they are the whole of its array. */
  static byte[] bytes(ByteBuffer buffer) {
    if (buffer.hasArray()
        && buffer.arrayOffset() == 0
        && buffer.position() == 0
        && buffer.limit() == buffer.array().length) {
      return buffer.array();
    }
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }
}
