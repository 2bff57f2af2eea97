// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.wire.Header;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordFilterTest {
  private static final Received STATUS =
      new Received(
          "device.status",
          0,
          7,
          "pump-1",
          "{\"to\":\"OFFLINE\",\"version\":4,\"since\":null}".getBytes(UTF_8),
          List.of(Header.of("tl-type", "DeviceStatus")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "value.to == 'OFFLINE'                                     | true",
        "value.to == 'ONLINE'                                      | false",
        "topic == 'device.status' && key.startsWith('pump-')       | true",
        "type == 'DeviceStatus' && value.version > 3               | true",
        "value.missing == 1                                        | false",
        "value.since == null                                       | true",
        "                                                          | true",
      })
  void tellsWhichRecordsAreMeant(String filter, boolean passes) {
    assertThat(RecordFilter.of(filter == null ? "" : filter).passes(STATUS)).isEqualTo(passes);
  }

  @Test
  void aTombstoneHasNoValue() {
    Received tombstone = new Received("device.state", 0, 7, "pump-1", null, List.of());

    assertThat(RecordFilter.of("value == null").passes(tombstone)).isTrue();
    assertThat(RecordFilter.of("value.to == 'OFFLINE'").passes(tombstone)).isFalse();
  }

  @Test
  void refusesWhatIsNoConditionWithItsPlaces() {
    assertThatThrownBy(() -> RecordFilter.of("value.to = 'OFFLINE'"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the filter 'value.to = 'OFFLINE'' is no condition: 1:");
    assertThatThrownBy(() -> RecordFilter.of("device == 'd-1'"))
        .hasMessageContaining("1:1")
        .hasMessageContaining("device");
  }
}
