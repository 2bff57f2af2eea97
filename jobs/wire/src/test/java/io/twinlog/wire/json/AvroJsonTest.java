// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.Command;
import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.schemas.DeviceDownlink;
import io.twinlog.schemas.DeviceEventData;
import io.twinlog.schemas.DeviceForgotten;
import io.twinlog.schemas.DeviceLog;
import io.twinlog.schemas.DeviceWentOffline;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import io.twinlog.schemas.Reason;
import io.twinlog.wire.SingleObject;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AvroJsonTest {
  private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");
  private static final EventMetadata NO_METADATA =
      new EventMetadata(null, null, null, null, null, Priority.NORMAL, null, null);

  private static Event event(Encoding encoding, byte[] payload) {
    return new Event(
        "e-1",
        "device.online",
        new EventSource("gw-1", "d-1", "1.0"),
        NEW_YEAR,
        new EventData(ByteBuffer.wrap(payload), "1", encoding),
        NO_METADATA);
  }

  private static String payload(Encoding encoding, byte[] payload) {
    return AvroJson.of(event(encoding, payload)).at("/data/payload").toString();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void rendersAnEventAsTheEnvelopeOfIngress() {
    assertThat(AvroJson.of(event(Encoding.JSON, utf8("{\"device_id\":\"d-1\"}"))).toString())
        .isEqualTo(
            "{\"id\":\"e-1\",\"event_type\":\"device.online\","
                + "\"source\":{\"service_id\":\"gw-1\",\"component_id\":\"d-1\",\"version\":\"1.0\"},"
                + "\"timestamp\":\"2026-01-01T00:00:00.000Z\","
                + "\"data\":{\"payload\":{\"device_id\":\"d-1\"},\"schema_version\":\"1\",\"encoding\":\"JSON\"},"
                + "\"metadata\":{\"correlation_id\":null,\"causation_id\":null,\"user_id\":null,"
                + "\"session_id\":null,\"sequence\":null,\"priority\":\"NORMAL\",\"ttl\":null,"
                + "\"traceparent\":null}}");
  }

  @Test
  void rendersGeneratedAndGenericRecordsAlike() {
    Event event = event(Encoding.JSON, utf8("{\"a\":1.50}"));
    GenericRecord generic = new SingleObject().decode(new SingleObject().encode(event));
    assertThat(AvroJson.of(generic)).isEqualTo(AvroJson.of(event));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "JSON   | {\"a\":1.50}  | {\"a\":1.50}",
        "JSON   | {\"a\":       | {\"base64\":\"eyJhIjo=\"}",
        "TEXT   | {\"a\":1}     | `\"{\\\"a\\\":1}\"`",
        "CBOR   | abc           | {\"base64\":\"YWJj\"}",
        "AVRO   | abc           | {\"base64\":\"YWJj\"}",
        "BINARY | {}            | {\"base64\":\"e30=\"}",
      })
  void showsThePayloadByItsEncoding(Encoding encoding, String payload, String shown) {
    assertThat(payload(encoding, utf8(payload))).isEqualTo(shown);
  }

  @Test
  void showsTextThatIsNotUtf8AsBytes() {
    assertThat(payload(Encoding.TEXT, new byte[] {(byte) 0xff})).isEqualTo("{\"base64\":\"/w==\"}");
  }

  @Test
  void embedsArgumentsThatAreJson() {
    Command command =
        new Command(
            "c-1", "SetAttributes", "d-1", 3L, null, null, NEW_YEAR, "{\"x\":[1]}", NO_METADATA);
    assertThat(AvroJson.of(command).at("/data/x/0").intValue()).isEqualTo(1);
    command.setData("{oops");
    assertThat(AvroJson.of(command).get("data").textValue()).isEqualTo("{oops");
    assertThat(AvroJson.of(command).get("expected_version").longValue()).isEqualTo(3);
    assertThat(AvroJson.of(command).get("timestamp").textValue())
        .isEqualTo("2026-01-01T00:00:00.000Z");
  }

  @Test
  void sortsMapsAndKeepsTheKindOfEachValue() {
    Map<String, Object> patch = new HashMap<>();
    patch.put("z", 21.0);
    patch.put("b", null);
    patch.put("a", 7L);
    patch.put("c", "x");
    patch.put("d", true);
    assertThat(AvroJson.of(new DeviceDownlink("d-1", 2L, patch, null, null)).get("patch"))
        .hasToString("{\"a\":7,\"b\":null,\"c\":\"x\",\"d\":true,\"z\":21.0}");
  }

  @Test
  void rendersTheOneBranchThatIsSet() {
    DeviceEventData data = new DeviceEventData();
    DeviceLog log =
        new DeviceLog(
            "d-1",
            5L,
            "DeviceWentOffline",
            "d-1/5",
            NEW_YEAR,
            NEW_YEAR,
            9L,
            "timeout",
            null,
            null,
            data);
    assertThat(AvroJson.of(log).get("data").isNull()).isTrue();
    data.setDeviceWentOffline(new DeviceWentOffline("silent"));
    assertThat(AvroJson.of(log).get("data")).hasToString("{\"reason\":\"silent\"}");
    data.setDeviceForgotten(new DeviceForgotten());
    assertThat(AvroJson.of(log).get("data").get("device_forgotten")).hasToString("{}");
  }

  @Test
  void rendersListsOfRecords() {
    CommandResult result =
        new CommandResult(
            "c-1",
            "ClearFault",
            "d-1",
            CommandStatus.REFUSED,
            4L,
            null,
            List.of(new Reason("fault_not_open", "data.code", "E1 is not open")),
            List.of("d-1/4"));
    assertThat(AvroJson.of(result))
        .hasToString(
            "{\"command_id\":\"c-1\",\"command\":\"ClearFault\",\"aggregate_id\":\"d-1\","
                + "\"status\":\"REFUSED\",\"version\":4,\"actual_version\":null,"
                + "\"reasons\":[{\"code\":\"fault_not_open\",\"path\":\"data.code\","
                + "\"message\":\"E1 is not open\"}],\"event_ids\":[\"d-1/4\"]}");
  }

  @Test
  void hasAWordForEveryTypeOfAvro() {
    Schema schema =
        SchemaBuilder.record("Every")
            .fields()
            .requiredBytes("bytes")
            .name("fixed")
            .type()
            .fixed("Two")
            .size(2)
            .noDefault()
            .requiredInt("int")
            .requiredFloat("float")
            .requiredDouble("nan")
            .name("none")
            .type()
            .nullType()
            .noDefault()
            .endRecord();
    GenericRecord every = new GenericData.Record(schema);
    every.put("bytes", ByteBuffer.wrap(new byte[] {1}));
    every.put("fixed", new GenericData.Fixed(schema.getField("fixed").schema(), new byte[] {1, 2}));
    every.put("int", 1);
    every.put("float", 0.1f);
    every.put("nan", Double.NaN);
    assertThat(AvroJson.of(every))
        .hasToString(
            "{\"bytes\":{\"base64\":\"AQ==\"},\"fixed\":{\"base64\":\"AQI=\"},\"int\":1,"
                + "\"float\":0.1,\"nan\":\"NaN\",\"none\":null}");
  }

  @ParameterizedTest
  @CsvSource({
    "1970-01-01T00:00:00Z,     1970-01-01T00:00:00.000Z",
    "2036-02-07T06:28:16.12Z,  2036-02-07T06:28:16.120Z",
    "+12345-01-01T00:00:00Z,   +12345-01-01T00:00:00.000Z",
  })
  void writesInstantsWithMilliseconds(Instant time, String text) {
    assertThat(AvroJson.instant(time)).isEqualTo(text);
  }
}
