// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.peers;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Measurement;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.domain.telemetry.ScoredRecord;
import io.twinlog.wire.EventBody;
import io.twinlog.wire.ingress.MetricScan;
import io.twinlog.wire.telemetry.TelemetryInputs;
import io.twinlog.wire.telemetry.TelemetryRecordForm;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.flink.api.common.serialization.DeserializationSchema.InitializationContext;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Opens what the inbox of devices holds, with the readers that the telemetry job has: what is
 * compared is not how fast an event is read. It takes {@code data.collected} in JSON, and skips all
 * else.
 */
final class EventReading implements KafkaRecordDeserializationSchema<Measured> {
  private static final long serialVersionUID = 1;

  private transient EventBody body;
  private transient MetricScan scan;
  private transient TelemetryRecordForm form;

  @Override
  public void open(InitializationContext context) {
    open();
  }

  void open() {
    body = new EventBody();
    scan = new MetricScan();
    form = new TelemetryRecordForm(0);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Measured> out) {
    if (record.key() != null && isTelemetry(record.value())) {
      out.collect(measured(new String(record.key(), StandardCharsets.UTF_8), record.value()));
    }
  }

  private boolean isTelemetry(byte[] value) {
    return body.read(value)
        && body.eventType(TelemetryInputs.COLLECTED).equals(TelemetryInputs.COLLECTED)
        && body.isJson();
  }

  /** The event that was read last. */
  private Measured measured(String device, byte[] value) {
    List<Value> all = scan.read(value, body.payloadFrom(), body.payloadTo());
    List<Value> numbers = all.stream().filter(one -> isNumber(one.value())).toList();
    return new Measured(
        device,
        body.timestamp(),
        record(device, new Measurement(body.id(), body.timestamp(), false, all)),
        numbers.stream().map(Value::metric).toArray(String[]::new),
        numbers.stream().mapToDouble(one -> number(one.value())).toArray());
  }

  private byte[] record(String device, Measurement measurement) {
    String id = device + '/' + measurement.eventId();
    return form.pack(new ScoredRecord(id, device, "", measurement, 1, List.of(), 1, "", 0));
  }

  private static boolean isNumber(Scalar value) {
    return value instanceof Scalar.Decimal || value instanceof Scalar.Whole;
  }

  private static double number(Scalar value) {
    return value instanceof Scalar.Decimal decimal
        ? decimal.value()
        : ((Scalar.Whole) value).value();
  }

  @Override
  public TypeInformation<Measured> getProducedType() {
    return TypeInformation.of(Measured.class);
  }
}
