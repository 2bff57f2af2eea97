// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepeatsTest {
  private static final byte[] KEY = key("d-1");

  private final Repeats repeats = new Repeats();

  private static byte[] key(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static List<Header> origin(String writer, int partition, long offset, int index) {
    return List.of(
        Header.of("tl-type", "x"),
        new Header(
            HeaderNames.ORIGIN, new Origin(writer, "topic", partition, offset, index).toBytes()));
  }

  private static List<Header> version(String writer, int partition, long offset, String version) {
    return List.of(
        new Header(HeaderNames.ORIGIN, new Origin(writer, "t", partition, offset, 0).toBytes()),
        Header.of(HeaderNames.VERSION, version));
  }

  private boolean device(long offset, int index) {
    return repeats.isRepeat(KEY, origin("device", 2, offset, index));
  }

  @Test
  void dropsTheSuffixThatACrashRepeats() {
    assertThat(device(10, 0)).isFalse();
    assertThat(device(10, 1)).isFalse();
    assertThat(device(12, 0)).isFalse();

    assertThat(device(10, 1)).isTrue();
    assertThat(device(12, 0)).isTrue();
    assertThat(device(12, 1)).as("what comes after the suffix").isFalse();
  }

  @Test
  void dropsTheLateRecordOfAWriterThatWasThoughtDead() {
    device(10, 0);
    device(90, 0);

    assertThat(device(11, 5)).isTrue();
    assertThat(device(91, 0)).isFalse();
  }

  @Test
  void comparesOffsetsBeforeIndexes() {
    device(10, 7);

    assertThat(device(11, 0)).isFalse();
    assertThat(device(10, 8)).isTrue();
  }

  @Test
  void keepsWritersApart() {
    assertThat(repeats.isRepeat(KEY, origin("device", 2, 50, 0))).isFalse();
    assertThat(repeats.isRepeat(KEY, origin("router", 2, 10, 0))).isFalse();
    assertThat(repeats.isRepeat(KEY, origin("device", 2, 50, 0))).isTrue();
    assertThat(repeats.isRepeat(KEY, origin("router", 2, 10, 0))).isTrue();
  }

  @Test
  void keepsInterleavedSourcePartitionsApart() {
    assertThat(repeats.isRepeat(KEY, origin("router", 0, 50, 0))).isFalse();
    assertThat(repeats.isRepeat(KEY, origin("router", 1, 10, 0))).isFalse();
    assertThat(repeats.isRepeat(KEY, origin("router", 0, 51, 0))).isFalse();
    assertThat(repeats.isRepeat(KEY, origin("router", 1, 10, 0))).isTrue();
  }

  @Test
  void keepsATopicThatWasMadeAnewApart() {
    List<Header> anew = List.of(Header.of(HeaderNames.ORIGIN, "device/other/2/1/0"));
    device(90, 0);

    assertThat(repeats.isRepeat(KEY, anew)).isFalse();
    assertThat(repeats.isRepeat(KEY, anew)).isTrue();
  }

  @Test
  void keepsKeysApart() {
    device(90, 0);

    assertThat(repeats.isRepeat(key("d-2"), origin("device", 2, 10, 0))).isFalse();
    assertThat(repeats.isRepeat(key("d-1"), origin("device", 2, 90, 0))).isTrue();
  }

  @Test
  void takesNoKeyForAKey() {
    assertThat(repeats.isRepeat(null, origin("router", 0, 5, 0))).isFalse();
    assertThat(repeats.isRepeat(new byte[0], origin("router", 0, 5, 0))).isFalse();
    assertThat(repeats.isRepeat(null, origin("router", 0, 5, 0))).isTrue();
    assertThat(repeats.isRepeat(null, origin("router", 0, 6, 0))).isFalse();
  }

  @Test
  void goesByTheVersionWhereThereIsOne() {
    assertThat(repeats.isRepeat(KEY, version("device", 3, 99, "9"))).isFalse();
    assertThat(repeats.isRepeat(KEY, version("device", 0, 5, "10")))
        .as("a higher version, of another partition and a lower offset")
        .isFalse();
    assertThat(repeats.isRepeat(KEY, version("device", 3, 120, "9"))).isTrue();
    assertThat(repeats.isRepeat(KEY, version("device", 0, 5, "10"))).isTrue();
    assertThat(repeats.isRepeat(KEY, version("other", 0, 5, "10"))).isFalse();
  }

  @Test
  void keepsVersionsAndOriginsOfOneWriterApart() {
    assertThat(repeats.isRepeat(KEY, version("device", 2, 5, "1000"))).isFalse();
    assertThat(device(6, 0)).isFalse();
    assertThat(repeats.isRepeat(KEY, version("device", 2, 5, "1001"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "router", "router/t/0/0", "router/t/x/0/0", "a/b/0/1/2/3"})
  void neverDropsWhatHasAnOriginThatCannotBeRead(String origin) {
    List<Header> headers = List.of(Header.of(HeaderNames.ORIGIN, origin));

    assertThat(repeats.isRepeat(KEY, headers)).isFalse();
    assertThat(repeats.isRepeat(KEY, headers)).isFalse();
    assertThat(repeats.size()).isZero();
  }

  @Test
  void neverDropsWhatHasAVersionThatCannotBeRead() {
    assertThat(repeats.isRepeat(KEY, version("device", 0, 1, "seven"))).isFalse();
    assertThat(repeats.isRepeat(KEY, version("device", 0, 1, "seven"))).isFalse();
  }

  @Test
  void neverDropsWhatNoJobWrote() {
    List<Header> versionAlone = List.of(Header.of(HeaderNames.VERSION, "1"));

    assertThat(repeats.isRepeat(KEY, List.of())).isFalse();
    assertThat(repeats.isRepeat(KEY, List.of())).isFalse();
    assertThat(repeats.isRepeat(KEY, versionAlone)).isFalse();
    assertThat(repeats.isRepeat(KEY, versionAlone)).isFalse();
    assertThat(repeats.isRepeat(KEY, List.of(new Header(HeaderNames.ORIGIN, null)))).isFalse();
  }

  @Test
  void forgetsAKeyAtItsEnd() {
    repeats.isRepeat(KEY, version("device", 0, 50, "7"));
    repeats.isRepeat(key("d-2"), version("device", 0, 51, "7"));

    repeats.forget(KEY);

    assertThat(repeats.size()).isEqualTo(1);
    assertThat(repeats.isRepeat(KEY, version("device", 0, 60, "1"))).isFalse();
    assertThat(repeats.isRepeat(key("d-2"), version("device", 0, 51, "7"))).isTrue();
  }
}
