// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KeptTest {
  /** The id is the first of its bytes. */
  private static byte[] packed(String id, int bytes) {
    byte[] packed = new byte[bytes];
    packed[0] = (byte) id.charAt(0);
    return packed;
  }

  private static int find(Kept kept, String id) {
    return kept.find(packed -> packed[0] == id.charAt(0));
  }

  private static Kept with(Kept kept, String id, long clock, int bytes) {
    return kept.with(clock, packed(id, bytes), earlier -> clock - earlier > 100, 3, 1_000);
  }

  private static List<String> ids(Kept kept) {
    return IntStream.range(0, kept.size())
        .mapToObj(i -> Character.toString(kept.packed(i)[0]))
        .toList();
  }

  private final Kept three = with(with(with(Kept.NONE, "a", 0, 100), "b", 50, 100), "c", 60, 100);

  @Test
  void holdsSoManyAtMost() {
    assertThat(ids(three)).containsExactly("a", "b", "c");
    assertThat(ids(with(three, "d", 70, 100))).containsExactly("b", "c", "d");
  }

  @Test
  void holdsThemForSoLong() {
    assertThat(ids(with(three, "d", 151, 100))).containsExactly("c", "d");
  }

  @Test
  void holdsSoManyBytesAtMost() {
    assertThat(ids(with(three, "d", 70, 900))).containsExactly("c", "d");
    assertThat(ids(with(three, "d", 70, 901))).containsExactly("d");
  }

  @Test
  void passesByARecordThatIsTooLargeAlone() {
    assertThat(ids(with(three, "d", 70, 1_001))).containsExactly("a", "b", "c");
  }

  @Test
  void holdsNoneWhereTheRulesWantNone() {
    assertThat(three.with(70, packed("d", 1), clock -> false, 0, 1_000)).isSameAs(Kept.NONE);
  }

  @Test
  void findsTheNewestOfAnId() {
    assertThat(find(three, "b")).isEqualTo(1);
    assertThat(find(three, "x")).isEqualTo(-1);
    assertThat(find(with(three, "b", 70, 1), "b")).isEqualTo(2);
  }

  @Test
  void knowsItsBytes() {
    assertThat(with(three, "d", 70, 900).bytes()).isEqualTo(1_000);
    assertThat(three.replaced(0, packed("a", 1_000), 1_000).bytes()).isEqualTo(1_000);
    assertThat(Kept.of(new long[] {0}, new byte[][] {packed("a", 7)}).bytes()).isEqualTo(7);
    assertThat(three.bytes()).isEqualTo(300);
  }

  @Test
  void staysWithinItsBytesWhenARecordGrows() {
    Kept grown = three.replaced(1, packed("b", 900), 1_000);
    assertThat(ids(grown)).containsExactly("b", "c");
    assertThat(grown.packed(0)).hasSize(900);
    assertThat(grown.clock(0)).isEqualTo(50);

    assertThat(ids(three.replaced(1, packed("b", 800), 1_000))).containsExactly("a", "b", "c");
    assertThat(ids(three.replaced(0, packed("a", 1_000), 1_000))).containsExactly("a");
    assertThat(ids(three.replaced(1, packed("b", 1_001), 1_000))).containsExactly("a", "c");
  }
}
