// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import io.twinlog.schemas.Command;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.SingleObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/**
 * Good records in every format that ingress and commands take, for tests to start from. They hold
 * nothing unusual: that is for {@link BadInput}.
 */
public final class IngressExamples {
  /** The example of the interface: every optional field is there. */
  public static final String EVENT =
      "{\"id\":\"e-1\",\"event_type\":\"data.collected\","
          + "\"source\":{\"service_id\":\"gw-1\",\"component_id\":\"d-1\",\"version\":\"1.0\"},"
          + "\"timestamp\":\"2026-01-01T00:00:00.000Z\","
          + "\"data\":{\"payload\":{\"device_id\":\"d-1\",\"data\":{\"temperature\":21.5}},"
          + "\"schema_version\":\"1\",\"encoding\":\"JSON\"},"
          + "\"metadata\":{\"session_id\":\"s-1\",\"sequence\":7,\"priority\":\"NORMAL\",\"ttl\":60000}}";

  public static final String COMMAND =
      "{\"id\":\"c-1\",\"command\":\"RegisterDevice\",\"aggregate_id\":\"d-1\","
          + "\"expected_version\":0,\"ttl\":60000,\"author\":\"ann\","
          + "\"timestamp\":\"2026-01-01T00:00:00.000Z\","
          + "\"data\":{\"model\":\"m-1\",\"attributes\":{\"site\":\"north\",\"floor\":3}}}";

  /** 2026-01-01T00:00:00Z */
  public static final Instant TIMESTAMP = Instant.ofEpochMilli(1_767_225_600_000L);

  private IngressExamples() {}

  /** An event with the given type and payload; all else as in {@link #EVENT}. */
  public static String event(String type, String payload) {
    return replaced(
        replaced(EVENT, "data.collected", type),
        "{\"device_id\":\"d-1\",\"data\":{\"temperature\":21.5}}",
        payload);
  }

  /** An event with payload bytes of another encoding, in base64. */
  public static String event(String type, Encoding encoding, byte[] payload) {
    return replaced(
        event(type, '"' + Base64.getEncoder().encodeToString(payload) + '"'),
        "\"encoding\":\"JSON\"",
        "\"encoding\":\"" + encoding + '"');
  }

  /** A command with the given name and arguments; all else as in {@link #COMMAND}. */
  public static String command(String name, String data) {
    return replaced(COMMAND, "RegisterDevice", name)
        .replaceFirst("\"data\":.*", Matcher.quoteReplacement("\"data\":" + data + '}'));
  }

  /**
   * The text with one part replaced.
   *
   * @throws IllegalArgumentException when the part is not there: an example that changed nothing
   *     would prove nothing
   */
  public static String replaced(String text, String part, String by) {
    if (!text.contains(part)) {
      throw new IllegalArgumentException(part + " is not in " + text);
    }
    return text.replace(part, by);
  }

  /** What {@link #EVENT} says, as a record. */
  public static Event avroEvent() {
    return new Event(
        "e-1",
        "data.collected",
        new EventSource("gw-1", "d-1", "1.0"),
        TIMESTAMP,
        new EventData(
            ByteBuffer.wrap(
                BadInput.utf8("{\"device_id\":\"d-1\",\"data\":{\"temperature\":21.5}}")),
            "1",
            Encoding.JSON),
        new EventMetadata(null, null, null, "s-1", 7L, Priority.NORMAL, 60_000L, null));
  }

  /** What {@link #COMMAND} says, as a record. */
  public static Command avroCommand() {
    Command command = new Command();
    command.setId("c-1");
    command.setCommand("RegisterDevice");
    command.setAggregateId("d-1");
    command.setExpectedVersion(0L);
    command.setTtl(60_000L);
    command.setAuthor("ann");
    command.setTimestamp(TIMESTAMP);
    command.setData("{\"model\":\"m-1\",\"attributes\":{\"site\":\"north\",\"floor\":3}}");
    command.setMetadata(
        new EventMetadata(null, null, null, null, null, Priority.NORMAL, null, null));
    return command;
  }

  /** In single-object encoding. */
  public static byte[] bytes(Event event) {
    return new SingleObject().encode(event);
  }

  /** In single-object encoding. */
  public static byte[] bytes(Command command) {
    return new SingleObject().encode(command);
  }

  /** A payload of data.collected in Avro, by the schema of the catalogue. */
  public static byte[] avroPayload(String deviceId, Map<String, Object> metrics) {
    try (InputStream text =
        IngressExamples.class.getResourceAsStream("/catalogue/avro/data.collected-1.avsc")) {
      Schema schema = new Schema.Parser().parse(text);
      GenericRecord record = new GenericData.Record(schema);
      record.put("device_id", deviceId);
      record.put("data", metrics);
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      bytes.writeBytes(
          ByteBuffer.allocate(10)
              .order(ByteOrder.LITTLE_ENDIAN)
              .put((byte) 0xC3)
              .put((byte) 0x01)
              .putLong(SchemaNormalization.parsingFingerprint64(schema))
              .array());
      BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
