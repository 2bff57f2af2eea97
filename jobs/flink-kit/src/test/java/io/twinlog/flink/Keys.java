// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import java.util.stream.IntStream;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/** Names of keys that Flink puts into one key group. */
final class Keys {
  private static final int KEY_GROUPS = 128;

  private Keys() {}

  static String[] ofOneGroup(int count) {
    int group = KeyGroupRangeAssignment.assignToKeyGroup("k-0", KEY_GROUPS);
    return IntStream.range(0, 100_000)
        .mapToObj(i -> "k-" + i)
        .filter(key -> KeyGroupRangeAssignment.assignToKeyGroup(key, KEY_GROUPS) == group)
        .limit(count)
        .toArray(String[]::new);
  }
}
