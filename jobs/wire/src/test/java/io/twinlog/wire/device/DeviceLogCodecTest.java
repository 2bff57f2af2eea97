// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.twinlog.domain.Recorded;
import io.twinlog.domain.device.DeviceEvent;
import io.twinlog.schemas.DeviceEventData;
import io.twinlog.schemas.DeviceLog;
import io.twinlog.wire.SingleObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DeviceLogCodecTest {
  private static final int ROUNDS = 200;

  private final SingleObject singleObject = new SingleObject();
  private final RandomRecords random = new RandomRecords(1);

  static Stream<Class<?>> events() {
    return Arrays.stream(DeviceEvent.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("events")
  void readsEachEventAsItWasWritten(Class<?> type) {
    for (int i = 0; i < ROUNDS; i++) {
      Recorded<DeviceEvent> recorded = random.recorded((DeviceEvent) random.draw(type));

      byte[] bytes = singleObject.encode(DeviceLogCodec.toAvro("d-1", recorded, "c-1", "e-1"));

      assertThat(DeviceLogCodec.fromAvro(singleObject.decode(bytes, DeviceLog.class)))
          .isEqualTo(recorded);
    }
  }

  @ParameterizedTest
  @MethodSource("events")
  void setsTheOneBranchThatTheEventNames(Class<?> type) {
    Recorded<DeviceEvent> recorded = random.recorded((DeviceEvent) random.draw(type));

    DeviceLog log = DeviceLogCodec.toAvro("d-1", recorded, "", "");

    assertThat(log.getEvent()).isEqualTo(type.getSimpleName());
    assertThat(branchesOf(log.getData())).containsExactly(snakeCase(type.getSimpleName()));
  }

  @ParameterizedTest
  @MethodSource("events")
  void writesEqualEventsAsEqualBytes(Class<?> type) {
    Recorded<DeviceEvent> recorded = random.recorded((DeviceEvent) random.draw(type));
    byte[] bytes = singleObject.encode(DeviceLogCodec.toAvro("d-1", recorded, "c", "e"));
    Recorded<DeviceEvent> read =
        DeviceLogCodec.fromAvro(singleObject.decode(bytes, DeviceLog.class));

    assertThat(singleObject.encode(DeviceLogCodec.toAvro("d-1", read, "c", "e"))).isEqualTo(bytes);
  }

  @Test
  void hasABranchForEachEventAndNoOther() {
    assertThat(DeviceEventData.getClassSchema().getFields())
        .extracting(Schema.Field::name)
        .containsExactlyInAnyOrderElementsOf(
            events().map(type -> snakeCase(type.getSimpleName())).toList());
  }

  @Test
  void leavesOutAFlowThatThereIsNot() {
    DeviceLog log =
        DeviceLogCodec.toAvro("d-1", random.recorded(new DeviceEvent.DeviceForgotten()), "", "");

    assertThat(log.getCorrelationId()).isNull();
    assertThat(log.getCausationId()).isNull();
  }

  @Test
  void refusesAnEventOfALaterRelease() {
    DeviceLog log =
        DeviceLogCodec.toAvro("d-1", random.recorded(new DeviceEvent.DeviceForgotten()), "", "");
    log.setEvent("DeviceTeleported");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> DeviceLogCodec.fromAvro(log))
        .withMessageContaining("DeviceTeleported");
  }

  private static List<String> branchesOf(DeviceEventData data) {
    return DeviceEventData.getClassSchema().getFields().stream()
        .filter(field -> data.get(field.pos()) != null)
        .map(Schema.Field::name)
        .toList();
  }

  private static String snakeCase(String camelCase) {
    return camelCase.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
  }
}
