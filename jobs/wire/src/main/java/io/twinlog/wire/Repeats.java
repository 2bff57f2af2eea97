// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells a reader of a topic that jobs write which records it has had before, as a job repeats a
 * suffix of its outputs after a crash. One for each topic; not for threads to share, and it looks
 * at no values. Give it no ticks.
 *
 * <p>A record is a repeat when it is not {@linkplain Rank above} the highest of its key and lane.
 * This loses nothing, since what has one key and one lane is appended in order: all outputs of one
 * aggregate come from one inbox partition, in the order of their origins; the router's path from a
 * source partition to any topic has no shuffle; and second stages, whose inputs come from several
 * partitions in no order, number what they write. A late record of a writer that was thought dead
 * has the rank of the one that took its place.
 *
 * <p>It holds where a record's key names its aggregate. The key of a command's result is the id of
 * the command: of two results for one id that a client gave to two aggregates, either may come
 * first, so there the whole origin must be compared, as {@code twinlog digest} does.
 *
 * <p>Memory: one entry for each key and lane, for ever; most keys have one lane. {@link #forget}
 * bounds it.
 */
public final class Repeats {
  // A null key is a key like any other.
  private final Map<ByteBuffer, Map<Rank.Lane, Rank>> highest = new HashMap<>();

  /**
   * Whether a record was there before; if not, it is remembered. What no job wrote never was.
   *
   * @param key may be null; it is not copied
   */
  public boolean isRepeat(byte[] key, List<Header> headers) {
    Optional<Rank> rank = Rank.of(headers);
    if (rank.isEmpty()) {
      return false;
    }
    Map<Rank.Lane, Rank> lanes = highest.computeIfAbsent(asKey(key), k -> new HashMap<>(2));
    Rank before = lanes.get(rank.get().lane());
    if (before != null && !rank.get().isAbove(before)) {
      return true;
    }
    lanes.put(rank.get().lane(), rank.get());
    return false;
  }

  /**
   * Forgets a key at its end: after a tombstone, or after {@code DeviceForgotten}. Where records
   * carry versions it must be done, as a new life begins again at 1; a repeat of what came before
   * the end is then seen as new, until the repeat of the end.
   */
  public void forget(byte[] key) {
    highest.remove(asKey(key));
  }

  /** How many keys it remembers. */
  public int size() {
    return highest.size();
  }

  private static ByteBuffer asKey(byte[] key) {
    return key == null ? null : ByteBuffer.wrap(key);
  }
}
