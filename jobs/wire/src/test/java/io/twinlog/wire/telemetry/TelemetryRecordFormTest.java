// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Flag;
import io.twinlog.domain.telemetry.Measurement;
import io.twinlog.domain.telemetry.Measurement.Value;
import io.twinlog.domain.telemetry.ScoredRecord;
import io.twinlog.schemas.QualityFlag;
import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.wire.Scalars;
import io.twinlog.wire.SingleObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TelemetryRecordFormTest {
  private static final String[] TEXTS = {"", "a", "m-1", "Gerät", "😀€", "x".repeat(2_000)};
  private static final double[] NUMBERS = {
    0, -0.0, 0.1, 1e-300, 1e100, Double.NaN, Double.NEGATIVE_INFINITY, Double.MAX_VALUE
  };

  private final TelemetryRecordForm form = new TelemetryRecordForm(7);
  private final SingleObject singleObject = new SingleObject();
  private final Random random = new Random(1);

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private Scalar scalar() {
    return switch (random.nextInt(4)) {
      case 0 -> new Scalar.Text(text());
      case 1 -> new Scalar.Flag(random.nextBoolean());
      case 2 -> new Scalar.Whole(random.nextLong() >> random.nextInt(64));
      default -> new Scalar.Decimal(NUMBERS[random.nextInt(NUMBERS.length)]);
    };
  }

  private ScoredRecord draw() {
    List<Value> values = new ArrayList<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      values.add(new Value(i + text(), scalar()));
    }
    List<Flag> flags = new ArrayList<>();
    boolean ahead = random.nextBoolean();
    if (ahead) {
      flags.add(new Flag("", "clock_skew", false, text()));
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      flags.add(new Flag(text(), "check-" + i, random.nextBoolean(), text()));
    }
    boolean processed = random.nextBoolean();
    String device = "d" + text();
    String event = "e/" + text();
    return new ScoredRecord(
        device + '/' + event,
        device,
        text(),
        new Measurement(event, random.nextLong() >> random.nextInt(64), ahead, values),
        random.nextDouble(),
        flags,
        processed ? 2 + random.nextInt(9) : 1,
        processed ? '"' + text() + '"' : "",
        processed ? random.nextLong() >> 20 : 0);
  }

  /** The same as the generated class has it. */
  private static TelemetryRecord avro(ScoredRecord record, long rulesVersion) {
    Map<String, Object> data = new LinkedHashMap<>();
    record
        .measurement()
        .values()
        .forEach(value -> data.put(value.metric(), Scalars.toAvro(value.value())));
    List<QualityFlag> flags = new ArrayList<>();
    for (Flag flag : record.flags()) {
      flags.add(new QualityFlag(flag.metric(), flag.check(), flag.hard(), flag.message()));
    }
    boolean processed = record.revision() > 1;
    return new TelemetryRecord(
        record.dataId(),
        record.deviceId(),
        record.model(),
        data,
        Instant.ofEpochMilli(record.measurement().timestamp()),
        record.score(),
        flags,
        record.revision(),
        processed ? record.result() : null,
        processed ? Instant.ofEpochMilli(record.processedAt()) : null,
        rulesVersion);
  }

  @Test
  void writesTheBytesThatAvroItselfWrites() {
    for (int i = 0; i < 200; i++) {
      ScoredRecord record = draw();

      byte[] packed = form.pack(record);

      assertThat(packed).isEqualTo(singleObject.encode(avro(record, 7)));
    }
  }

  @Test
  void isReadByAvro() {
    for (int i = 0; i < 100; i++) {
      ScoredRecord record = draw();

      assertThat(singleObject.decode(form.pack(record), TelemetryRecord.class))
          .isEqualTo(avro(record, 7));
    }
  }

  @Test
  void readsWhatItHasWrittenWithTheValuesInTheirOrder() {
    for (int i = 0; i < 200; i++) {
      ScoredRecord record = draw();

      assertThat(form.unpack(form.pack(record))).isEqualTo(record);
    }
    List<Value> values =
        List.of(
            new Value("z", new Scalar.Whole(1)),
            new Value("a", new Scalar.Whole(2)),
            new Value("m", new Scalar.Whole(3)));
    ScoredRecord record =
        new ScoredRecord(
            "d/e", "d", "", new Measurement("e", 5, false, values), 1, List.of(), 1, "", 0);
    assertThat(form.unpack(form.pack(record)).measurement().values()).isEqualTo(values);
  }
}
