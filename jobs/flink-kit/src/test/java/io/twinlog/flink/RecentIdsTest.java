// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.junit.jupiter.api.Test;

class RecentIdsTest {
  private static final long EVER = Long.MIN_VALUE;

  private static RecentIds written(RecentIds ids, int max) throws IOException {
    DataOutputSerializer out = new DataOutputSerializer(64);
    ids.write(out);
    DataInputDeserializer in = new DataInputDeserializer(out.getCopyOfBuffer());
    RecentIds read = RecentIds.read(in, max);
    assertThat(in.available()).isZero();
    return read;
  }

  private static RecentIds of(int max, int count) {
    RecentIds ids = new RecentIds(max);
    for (int i = 1; i <= count; i++) {
      ids.add(i, 100 * i, EVER);
    }
    return ids;
  }

  @Test
  void knowsWhatWasAdded() {
    RecentIds ids = of(3, 2);

    assertThat(ids.contains(1, EVER)).isTrue();
    assertThat(ids.contains(2, EVER)).isTrue();
    assertThat(ids.contains(3, EVER)).isFalse();
    assertThat(ids.contains(0, EVER)).isFalse();
  }

  @Test
  void pushesTheOldestOut() {
    RecentIds ids = of(3, 5);

    assertThat(ids.size()).isEqualTo(3);
    assertThat(ids.contains(2, EVER)).isFalse();
    assertThat(ids.contains(3, EVER)).isTrue();
    assertThat(ids.contains(5, EVER)).isTrue();
  }

  @Test
  void doesNotKnowWhatIsTooOld() {
    RecentIds ids = of(3, 3);

    assertThat(ids.contains(1, 100)).isTrue();
    assertThat(ids.contains(1, 101)).isFalse();
  }

  @Test
  void dropsWhatIsTooOldWhenItGrows() {
    RecentIds ids = of(10, 3);

    ids.add(9, 400, 250);

    assertThat(ids.size()).isEqualTo(2);
    assertThat(ids.contains(3, EVER)).isTrue();
  }

  @Test
  void readsWhatItWroteInOrder() throws IOException {
    RecentIds read = written(of(3, 5), 3);

    read.add(9, 900, EVER);

    assertThat(read.contains(3, EVER)).isFalse();
    assertThat(read.contains(4, EVER)).isTrue();
  }

  @Test
  void keepsTheNewestWhereThereIsLessRoom() throws IOException {
    RecentIds read = written(of(5, 5), 2);

    assertThat(read.size()).isEqualTo(2);
    assertThat(read.contains(4, EVER)).isTrue();
    assertThat(read.contains(5, EVER)).isTrue();
  }

  @Test
  void remembersNothingWhereThereIsNoRoom() throws IOException {
    assertThat(written(of(5, 5), 0).size()).isZero();
    assertThat(of(0, 5).contains(5, EVER)).isFalse();
  }
}
