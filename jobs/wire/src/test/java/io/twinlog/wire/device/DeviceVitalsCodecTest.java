// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.twinlog.domain.device.DeviceVitals;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DeviceVitalsCodecTest {
  private final DeviceVitalsCodec codec = new DeviceVitalsCodec();

  private byte[] encode(DeviceVitals vitals) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    codec.write(vitals, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private DeviceVitals decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    DeviceVitals vitals = codec.read(in);
    assertThat(in.available()).isZero();
    return vitals;
  }

  @Test
  void readsAnyVitalsAsTheyWereWritten() throws Exception {
    RandomRecords random = new RandomRecords(5);
    for (int i = 0; i < 2_000; i++) {
      DeviceVitals vitals = random.draw(DeviceVitals.class);

      assertThat(decode(encode(vitals))).isEqualTo(vitals);
    }
    assertThat(decode(encode(DeviceVitals.NONE))).isEqualTo(DeviceVitals.NONE);
  }

  @Test
  void refusesALayoutOfALaterRelease() throws Exception {
    byte[] bytes = encode(DeviceVitals.NONE);
    bytes[0] = 2;

    assertThatIOException().isThrownBy(() -> decode(bytes)).withMessageContaining("layout 2");
  }

  @Test
  void refusesBytesThatAreCut() throws Exception {
    byte[] bytes = encode(DeviceVitals.NONE);

    assertThatIOException()
        .isThrownBy(() -> decode(Arrays.copyOf(bytes, bytes.length - 1)))
        .isInstanceOf(EOFException.class);
  }
}
