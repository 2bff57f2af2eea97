// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import io.twinlog.schemas.AlertLog;
import io.twinlog.schemas.AlertSnapshot;
import io.twinlog.schemas.AlertState;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.DeviceAvailability;
import io.twinlog.schemas.DeviceDownlink;
import io.twinlog.schemas.DeviceLog;
import io.twinlog.schemas.DeviceSnapshot;
import io.twinlog.schemas.DeviceState;
import io.twinlog.schemas.DeviceStatus;
import io.twinlog.schemas.ErrorRecord;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.FleetCounts;
import io.twinlog.schemas.InboxMarks;
import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.Ledger;
import io.twinlog.schemas.Notification;
import io.twinlog.schemas.NotificationReceipt;
import io.twinlog.schemas.Parked;
import io.twinlog.schemas.PublishedRules;
import io.twinlog.schemas.RecoveryRequest;
import io.twinlog.schemas.ServiceEndpoints;
import io.twinlog.schemas.ServiceInstance;
import io.twinlog.schemas.ServiceLog;
import io.twinlog.schemas.Silence;
import io.twinlog.schemas.TelemetryLatest;
import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.schemas.Tick;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DatumReader;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecordBase;

/**
 * Avro's single-object encoding: a marker (C3 01), the CRC-64-AVRO fingerprint of the writer's
 * schema in little endian, the body. A record explains itself without a registry, as long as its
 * schema is one of ours, of today or released.
 *
 * <p>Source: Apache Avro 1.11 specification, "Single object encoding". Not for threads to share.
 */
public final class SingleObject {
  private static final int HEADER = 10;

  /** The schemas of today, by their name. */
  static final List<Schema> CURRENT =
      List.of(
          Event.getClassSchema(),
          Command.getClassSchema(),
          CommandResult.getClassSchema(),
          Tick.getClassSchema(),
          InboxTick.getClassSchema(),
          InboxMarks.getClassSchema(),
          DeviceState.getClassSchema(),
          DeviceSnapshot.getClassSchema(),
          DeviceLog.getClassSchema(),
          DeviceStatus.getClassSchema(),
          DeviceDownlink.getClassSchema(),
          DeviceAvailability.getClassSchema(),
          FleetCounts.getClassSchema(),
          TelemetryRecord.getClassSchema(),
          TelemetryStats.getClassSchema(),
          TelemetryLatest.getClassSchema(),
          ServiceLog.getClassSchema(),
          ServiceInstance.getClassSchema(),
          ServiceEndpoints.getClassSchema(),
          ErrorRecord.getClassSchema(),
          AlertLog.getClassSchema(),
          AlertState.getClassSchema(),
          AlertSnapshot.getClassSchema(),
          RecoveryRequest.getClassSchema(),
          Silence.getClassSchema(),
          Notification.getClassSchema(),
          NotificationReceipt.getClassSchema(),
          Parked.getClassSchema(),
          Ledger.getClassSchema(),
          PublishedRules.getClassSchema());

  /**
   * The schemas of today and every released one, by their fingerprints: there are many, and each
   * operator has an encoding of its own.
   */
  private static final Map<Long, Schema> KNOWN = known();

  private final Map<Schema, byte[]> headers = new HashMap<>();
  private final Map<Schema, SpecificDatumWriter<?>> writers = new HashMap<>();
  private final Map<Long, Map<Schema, SpecificDatumReader<?>>> readers = new HashMap<>();
  private final ByteArrayOutputStream buffer = new ByteArrayOutputStream(512);
  private BinaryEncoder encoder;

  private static Map<Long, Schema> known() {
    Map<Long, Schema> schemas = new HashMap<>();
    Stream.concat(CURRENT.stream(), ReleasedSchemas.all().stream())
        .forEach(
            schema ->
                schemas.putIfAbsent(SchemaNormalization.parsingFingerprint64(schema), schema));
    return Map.copyOf(schemas);
  }

  /** Whether the bytes begin with the marker. */
  public static boolean marks(byte[] value) {
    return value.length >= 2 && (value[0] & 0xff) == 0xC3 && value[1] == 0x01;
  }

  /** Whether the value is a record of this type, as any release wrote it. */
  public boolean isA(byte[] value, Class<? extends SpecificRecordBase> type) {
    return writerOf(value).map(Schema::getFullName).filter(type.getName()::equals).isPresent();
  }

  /**
   * The schema that wrote the value; empty when the value is not of this encoding, or the schema is
   * not known.
   */
  public Optional<Schema> writerOf(byte[] value) {
    return marks(value) && value.length >= HEADER
        ? Optional.ofNullable(KNOWN.get(fingerprint(value)))
        : Optional.empty();
  }

  /**
   * Fingerprint of the schema that wrote a value.
   *
   * @throws UnreadableException when it does not begin with the marker and a fingerprint
   */
  public static long fingerprint(byte[] value) {
    if (!marks(value) || value.length < HEADER) {
      throw new UnreadableException(
          "not Avro single-object encoding: it does not begin with C3 01 and a fingerprint");
    }
    return ByteBuffer.wrap(value).order(ByteOrder.LITTLE_ENDIAN).getLong(2);
  }

  /** Encodes a record under its own schema. */
  public <T extends SpecificRecordBase> byte[] encode(T record) {
    Schema schema = record.getSchema();
    @SuppressWarnings("unchecked")
    SpecificDatumWriter<T> writer =
        (SpecificDatumWriter<T>)
            writers.computeIfAbsent(
                schema, s -> new SpecificDatumWriter<T>(s, record.getSpecificData()));
    buffer.reset();
    buffer.writeBytes(headers.computeIfAbsent(schema, SingleObject::header));
    encoder = EncoderFactory.get().directBinaryEncoder(buffer, encoder);
    try {
      writer.write(record, encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new AvroRuntimeException(e);
    }
    return buffer.toByteArray();
  }

  /** The marker and the fingerprint of a schema, with which each of its records begins. */
  public static byte[] header(Schema schema) {
    return ByteBuffer.allocate(HEADER)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0xC3)
        .put((byte) 0x01)
        .putLong(SchemaNormalization.parsingFingerprint64(schema))
        .array();
  }

  /**
   * Decodes a value into the class of {@code reader}, by its writer's schema.
   *
   * @throws UnreadableException when it is not of this encoding, its schema is not known, its body
   *     is cut or garbled
   */
  public <T extends SpecificRecordBase> T decode(byte[] value, Class<T> type) {
    Schema writer = require(value);
    Schema reader = SpecificData.getForClass(type).getSchema(type);
    @SuppressWarnings("unchecked")
    SpecificDatumReader<T> datumReader =
        (SpecificDatumReader<T>)
            readers
                .computeIfAbsent(fingerprint(value), f -> new HashMap<>())
                .computeIfAbsent(
                    reader,
                    r -> new SpecificDatumReader<T>(writer, r, SpecificData.getForClass(type)));
    return body(value, datumReader);
  }

  /**
   * Decodes a value as what it says it is.
   *
   * @throws UnreadableException as {@link #decode(byte[], Class)}
   */
  public GenericRecord decode(byte[] value) {
    return body(value, new GenericDatumReader<GenericRecord>(require(value)));
  }

  private Schema require(byte[] value) {
    long fingerprint = fingerprint(value);
    Schema writer = KNOWN.get(fingerprint);
    if (writer == null) {
      throw new UnreadableException(
          "no schema is known with the fingerprint " + String.format("%016x", fingerprint));
    }
    return writer;
  }

  /**
   * Reads the body of a value with a reader of its writer's schema. No length in it is believed
   * beyond the bytes at hand.
   *
   * @throws UnreadableException when the body is cut or garbled, or bytes are left over
   */
  public static <T> T body(byte[] value, DatumReader<T> reader) {
    BoundedDecoder decoder = new BoundedDecoder(value, HEADER);
    T record;
    try {
      record = reader.read(null, decoder);
    } catch (IOException | RuntimeException e) {
      // Garbled bytes surface as almost any exception of the reader; all mean the same here.
      throw new UnreadableException("the body is cut or garbled: " + e);
    } catch (StackOverflowError e) {
      // Only a schema that contains itself can ask for this; ours do not.
      throw new UnreadableException("the body is nested too deep");
    }
    if (!decoder.isEnd()) {
      throw new UnreadableException("bytes are left over after the record");
    }
    return record;
  }

  /** The bytes are not what they should be. */
  public static final class UnreadableException extends RuntimeException {
    UnreadableException(String message) {
      super(message);
    }
  }
}
