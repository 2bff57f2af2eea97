// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class RecentResultsTest {
  private static final long EVER = Long.MIN_VALUE;

  private static RecentResults of(int max, int count) {
    RecentResults results = new RecentResults();
    for (int i = 1; i <= count; i++) {
      results.add("c-" + i, 100 * i, new byte[] {(byte) i}, max, EVER);
    }
    return results;
  }

  @Test
  void givesTheResultOfACommand() {
    assertThat(of(3, 3).of("c-2", EVER)).containsExactly(2);
    assertThat(of(3, 3).of("c-9", EVER)).isNull();
  }

  @Test
  void pushesTheOldestOut() {
    assertThat(of(2, 3).of("c-1", EVER)).isNull();
    assertThat(of(2, 3).of("c-2", EVER)).containsExactly(2);
  }

  @Test
  void doesNotGiveWhatIsTooOld() {
    assertThat(of(3, 3).of("c-1", 100)).containsExactly(1);
    assertThat(of(3, 3).of("c-1", 101)).isNull();
  }

  @Test
  void dropsWhatIsTooOldWhenItGrows() throws IOException {
    RecentResults results = of(10, 3);

    results.add("c-9", 400, new byte[] {9}, 10, 250);

    assertThat(results.of("c-2", EVER)).isNull();
    assertThat(results.of("c-3", EVER)).containsExactly(3);
  }

  @Test
  void readsWhatItWrote() throws IOException {
    RecentResults read = RecentResults.decode(of(3, 5).encode());

    assertThat(read.encode()).isEqualTo(of(3, 5).encode());
    assertThat(read.of("c-4", 400)).containsExactly(4);
    assertThat(read.of("c-4", 401)).isNull();
  }

  @Test
  void isEmptyWhereNothingWasKept() throws IOException {
    assertThat(RecentResults.decode(null).isEmpty()).isTrue();
    assertThat(of(1, 1).isEmpty()).isFalse();
  }

  @Test
  void readsWhatReleaseWrote() throws IOException {
    assertThat(RecentResults.decode(Golden.bytes("0.1.0", "RecentResults")).encode())
        .isEqualTo(of(2, 3).encode());
  }

  @Test
  void refusesALayoutOfALaterRelease() throws IOException {
    byte[] bytes = of(1, 1).encode();
    bytes[0] = 2;

    assertThatIOException()
        .isThrownBy(() -> RecentResults.decode(bytes))
        .withMessageContaining("layout 2");
  }
}
