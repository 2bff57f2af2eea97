// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.wire.Rank;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a compacted topic says: of each key the record of the highest rank, and nothing of a key
 * that has ended. Whether the broker has compacted already makes no difference. Between two lanes,
 * and where no job wrote the records, the later one is the newer.
 */
final class NewestOfKeys {
  private final Map<ByteBuffer, DigestEntry> newest = new HashMap<>();

  /** Takes the next record, in the order of its partition. */
  void add(DigestEntry entry) {
    ByteBuffer key = entry.key() == null ? null : ByteBuffer.wrap(entry.key());
    DigestEntry before = newest.get(key);
    if (before != null && isOlder(entry, before)) {
      return;
    }
    if (entry.tombstone() && entry.rank().map(rank -> rank.lane().ofVersions()).orElse(true)) {
      newest.remove(key); // versions of a new life begin again
    } else {
      newest.put(key, entry);
    }
  }

  private static boolean isOlder(DigestEntry entry, DigestEntry before) {
    if (entry.rank().isEmpty() || !entry.isOfLane(before)) {
      return false;
    }
    Rank rank = entry.rank().get();
    return !rank.isAbove(before.rank().orElseThrow());
  }

  /** The records that stand, in no order. */
  List<DigestEntry> values() {
    List<DigestEntry> values = new ArrayList<>(newest.values());
    values.removeIf(DigestEntry::tombstone);
    return values;
  }
}
