// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.wire.Rank;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/**
 * What a digest keeps of a record. Equality is that of its arrays, by identity: entries are ordered
 * and compared by their parts.
 *
 * @param key null where the record has none
 * @param rank where no job wrote the record: empty
 * @param hash SHA-256 of the value's canonical JSON
 * @param tombstone whether the record has no value
 */
record DigestEntry(byte[] key, Optional<Rank> rank, byte[] hash, boolean tombstone) {
  /** Keys by their bytes, none first. */
  static final Comparator<byte[]> KEYS = Comparator.nullsFirst(Arrays::compareUnsigned);

  private static final Comparator<Rank> RANKS =
      Comparator.comparing((Rank rank) -> rank.lane().writer())
          .thenComparing(rank -> rank.lane().topicId())
          .thenComparingInt(rank -> rank.lane().partition())
          .thenComparingLong(Rank::major)
          .thenComparingInt(Rank::minor);

  /** What has one key stands together, in it what has one lane, in the order of the lane. */
  static final Comparator<DigestEntry> ORDER =
      Comparator.comparing(DigestEntry::key, KEYS)
          .thenComparing(
              entry -> entry.rank().orElse(null), Comparator.nullsFirst(RANKS)); // stable beyond

  boolean isOfKey(DigestEntry other) {
    return Arrays.equals(key, other.key);
  }

  boolean isOfLane(DigestEntry other) {
    return rank.map(Rank::lane).equals(other.rank.map(Rank::lane));
  }

  /** Whether both are one output, written twice. What no job wrote never is. */
  boolean repeats(DigestEntry other) {
    return rank.isPresent() && rank.equals(other.rank) && isOfKey(other);
  }

  boolean saysTheSameAs(DigestEntry other) {
    return Arrays.equals(hash, other.hash);
  }
}
