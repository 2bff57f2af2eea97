// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;

class SingleObjectBoundsTest {
  private static final int HEADER = 10;
  private static final Schema EVERY_TYPE =
      SchemaBuilder.record("Every")
          .fields()
          .requiredBoolean("yes")
          .requiredInt("small")
          .requiredLong("large")
          .requiredFloat("single")
          .requiredDouble("twice")
          .requiredString("text")
          .requiredBytes("raw")
          .name("four")
          .type()
          .fixed("Four")
          .size(4)
          .noDefault()
          .name("list")
          .type()
          .array()
          .items()
          .stringType()
          .noDefault()
          .name("map")
          .type()
          .map()
          .values()
          .longType()
          .noDefault()
          .name("last")
          .type()
          .stringType()
          .noDefault()
          .endRecord();

  private final SingleObject framing = new SingleObject();

  @Test
  void readsBackWhatItWrote() {
    Event event = event("é😀\uFFFD");

    assertThat(framing.decode(framing.encode(event), Event.class)).isEqualTo(event);
  }

  @Test
  void readsEveryTypeAsAvroWritesIt() throws IOException {
    GenericRecord record = everyType();

    GenericRecord read =
        SingleObject.body(encoded(record), new GenericDatumReader<GenericRecord>(EVERY_TYPE));

    assertThat(read).hasToString(record.toString());
  }

  @Test
  void skipsEveryTypeThatTheReaderDoesNotAskFor() throws IOException {
    Schema lastOnly = SchemaBuilder.record("Every").fields().requiredString("last").endRecord();

    GenericRecord read =
        SingleObject.body(
            encoded(everyType()), new GenericDatumReader<GenericRecord>(EVERY_TYPE, lastOnly));

    assertThat(read.get("last")).hasToString("the end");
  }

  @Test
  void refusesALengthOfGigabytesWithoutAskingForThem() {
    byte[] value = framing.encode(event("e-1"));
    byte[] huge = replaceFirstLength(value, 0xfe, 0xff, 0xff, 0xff, 0x0f);

    assertThatThrownBy(() -> framing.decode(huge, Event.class))
        .isInstanceOf(SingleObject.UnreadableException.class)
        .hasMessageContaining("a length of 2147483647 where");
  }

  @Test
  void refusesANegativeLength() {
    byte[] negative = replaceFirstLength(framing.encode(event("e-1")), 0x05);

    assertThatThrownBy(() -> framing.decode(negative, Event.class))
        .isInstanceOf(SingleObject.UnreadableException.class)
        .hasMessageContaining("a negative length: -3");
  }

  @Test
  void refusesMoreItemsThanThereAreBytes() {
    Schema nothings = Schema.createArray(Schema.create(Schema.Type.NULL));
    byte[] millions = new byte[HEADER + 5];
    System.arraycopy(
        new byte[] {(byte) 0xfe, (byte) 0xff, (byte) 0xff, 0x0f, 0}, 0, millions, 10, 5);

    assertThatThrownBy(() -> SingleObject.body(millions, new GenericDatumReader<>(nothings)))
        .isInstanceOf(SingleObject.UnreadableException.class);
  }

  @Test
  void refusesManyBlocksThatTogetherHaveMoreItemsThanBytes() {
    Schema nothings = Schema.createArray(Schema.create(Schema.Type.NULL));
    byte[] blocks = new byte[HEADER + 64];
    Arrays.fill(blocks, HEADER, blocks.length - 1, (byte) 40);

    assertThatThrownBy(() -> SingleObject.body(blocks, new GenericDatumReader<>(nothings)))
        .isInstanceOf(SingleObject.UnreadableException.class)
        .hasMessageContaining("more items than bytes");
  }

  @Test
  void refusesANumberThatNeverEnds() {
    byte[] endless =
        replaceFirstLength(framing.encode(event("e-1")), -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1);

    assertThatThrownBy(() -> framing.decode(endless, Event.class))
        .hasMessageContaining("a number of more than 10 bytes");
  }

  @Test
  void refusesAStringThatIsNotUtf8() {
    byte[] value = framing.encode(event("e-1"));
    value[HEADER + 1] = (byte) 0xff;

    assertThatThrownBy(() -> framing.decode(value, Event.class))
        .isInstanceOf(SingleObject.UnreadableException.class)
        .hasMessageContaining("not well-formed UTF-8");
  }

  @Test
  void refusesBytesAfterTheRecord() {
    byte[] value = framing.encode(event("e-1"));

    assertThatThrownBy(() -> framing.decode(Arrays.copyOf(value, value.length + 1), Event.class))
        .hasMessageContaining("left over");
  }

  @Test
  void refusesEveryTruncation() {
    byte[] value = framing.encode(event("e-1"));

    for (int length = 0; length < value.length; length++) {
      byte[] cut = Arrays.copyOf(value, length);
      assertThatThrownBy(() -> framing.decode(cut, Event.class))
          .isInstanceOf(SingleObject.UnreadableException.class);
    }
  }

  /** The id is the first field: its length is the first byte after the header. */
  private static byte[] replaceFirstLength(byte[] value, int... length) {
    ByteArrayOutputStream replaced = new ByteArrayOutputStream();
    replaced.write(value, 0, HEADER);
    for (int part : length) {
      replaced.write(part);
    }
    replaced.write(value, HEADER + 1, value.length - HEADER - 1);
    return replaced.toByteArray();
  }

  private static GenericRecord everyType() {
    GenericRecord record = new GenericData.Record(EVERY_TYPE);
    record.put("yes", true);
    record.put("small", -123456);
    record.put("large", Long.MIN_VALUE);
    record.put("single", 1.5f);
    record.put("twice", -2.25e300);
    record.put("text", "täxt");
    record.put("raw", ByteBuffer.wrap(new byte[] {1, 2, 3}));
    record.put(
        "four",
        new GenericData.Fixed(EVERY_TYPE.getField("four").schema(), new byte[] {4, 3, 2, 1}));
    record.put("list", List.of("a", "b"));
    record.put("map", Map.of("k", 7L));
    record.put("last", "the end");
    return record;
  }

  /** With blocks that say their size, which the plain encoder never writes. */
  private static byte[] encoded(GenericRecord record) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[HEADER]);
    BinaryEncoder encoder =
        new EncoderFactory().configureBlockSize(64).blockingBinaryEncoder(bytes, null);
    new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
    encoder.flush();
    return bytes.toByteArray();
  }

  private static Event event(String id) {
    return new Event(
        id,
        "data.collected",
        new EventSource("gw-1", "d-1", "0"),
        Instant.ofEpochMilli(1_767_225_600_000L),
        new EventData(ByteBuffer.wrap("{}".getBytes(StandardCharsets.UTF_8)), "1", Encoding.JSON),
        new EventMetadata(null, null, null, null, 7L, Priority.NORMAL, null, null));
  }
}
