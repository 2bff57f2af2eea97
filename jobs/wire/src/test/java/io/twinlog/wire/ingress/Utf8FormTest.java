// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Utf8FormTest {
  @Test
  void agreesWithTheDecoderOfTheJdkOnEveryTwoAndThreeBytes() {
    byte[] bytes = new byte[3];
    for (int i = 0; i < 1 << 24; i += 3) {
      bytes[0] = (byte) (0x80 | i >> 16);
      bytes[1] = (byte) (i >> 8);
      bytes[2] = (byte) i;
      int expected = firstIllFormed(bytes);
      if (Utf8Form.firstIllFormed(bytes) != expected) {
        assertThat(Utf8Form.firstIllFormed(bytes)).as("%06x", i).isEqualTo(expected);
      }
    }
  }

  @Test
  void agreesWithTheDecoderOfTheJdkOnSequencesOfFourBytes() {
    Random random = new Random(4);
    byte[] bytes = new byte[6];
    for (int i = 0; i < 1_000_000; i++) {
      random.nextBytes(bytes);
      bytes[0] = (byte) (0xEE | bytes[0] & 0x17);
      bytes[2] = (byte) (0x80 | bytes[2] & 0x3f);
      bytes[3] = (byte) (0x80 | bytes[3] & 0x3f);
      assertThat(Utf8Form.firstIllFormed(bytes)).isEqualTo(firstIllFormed(bytes));
    }
  }

  private static final CharsetDecoder DECODER = StandardCharsets.UTF_8.newDecoder();
  private static final CharBuffer CHARACTERS = CharBuffer.allocate(16);

  private static int firstIllFormed(byte[] bytes) {
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CHARACTERS.clear();
    CoderResult result = DECODER.reset().decode(input, CHARACTERS, true);
    return result.isError() ? input.position() : -1;
  }
}
