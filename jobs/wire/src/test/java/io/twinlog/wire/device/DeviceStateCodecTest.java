// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.twinlog.domain.device.DeviceState;
import io.twinlog.domain.device.DeviceVitals;
import io.twinlog.wire.SingleObject.UnreadableException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DeviceStateCodecTest {
  private static final int ROUNDS = 2_000;

  private final DeviceStateCodec codec = new DeviceStateCodec();

  @Test
  void readsAnyStateAsItWasWritten() {
    RandomRecords random = new RandomRecords(2);
    for (int i = 0; i < ROUNDS; i++) {
      DeviceState state = random.draw(DeviceState.class);

      assertThat(codec.decode(codec.encode(state))).isEqualTo(state);
    }
  }

  @Test
  void readsTheStateBeforeTheFirstEvent() {
    DeviceState unknown = DeviceState.unknown("d-1");

    assertThat(codec.decode(codec.encode(unknown))).isEqualTo(unknown);
  }

  @Test
  void writesEqualStatesAsEqualBytesHoweverTheirMapsWereFilled() {
    RandomRecords random = new RandomRecords(3);
    for (int i = 0; i < ROUNDS; i++) {
      DeviceState state = random.draw(DeviceState.class);
      byte[] bytes = codec.encode(state);

      assertThat(codec.encode(RandomRecords.refilled(state))).isEqualTo(bytes);
      assertThat(codec.encode(codec.decode(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void refusesBytesThatAreCut() {
    byte[] bytes = codec.encode(DeviceState.unknown("d-1"));

    assertThatExceptionOfType(UnreadableException.class)
        .isThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length - 1)));
  }

  @Test
  void writesEqualProjectionsAsEqualBytes() {
    RandomRecords random = new RandomRecords(4);
    for (int i = 0; i < ROUNDS; i++) {
      DeviceState state = random.draw(DeviceState.class);
      DeviceVitals vitals = random.draw(DeviceVitals.class);

      assertThat(DeviceRecords.state(RandomRecords.refilled(state), vitals, 3))
          .isEqualTo(DeviceRecords.state(state, vitals, 3));
    }
  }
}
