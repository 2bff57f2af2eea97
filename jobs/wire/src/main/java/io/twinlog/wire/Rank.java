// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Where a record that a job wrote stands among the others of its key: the lane it is in, and how
 * far along. Ranks of two lanes say nothing of each other.
 *
 * @param major the version, or the offset of the record that was read
 * @param minor 0, or the index of the output
 */
public record Rank(Lane lane, long major, int minor) {
  private static final String NO_TOPIC = "";
  private static final int NO_PARTITION = -1;

  /**
   * Inside which ranks rise: a source partition of a writer, or, for records that carry a version,
   * the writer itself.
   */
  public record Lane(String writer, String topicId, int partition) {
    /** Whether its ranks are versions. They may begin again after the end of a key. */
    public boolean ofVersions() {
      return partition == NO_PARTITION;
    }
  }

  /**
   * The rank that a record's headers say: of {@link HeaderNames#VERSION} where there is one, else
   * of {@link HeaderNames#ORIGIN}.
   *
   * @return empty where there is no origin, or a header cannot be read: no job wrote that record
   */
  public static Optional<Rank> of(List<Header> headers) {
    Optional<String> text = Header.text(headers, HeaderNames.ORIGIN);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      Origin origin = Origin.parse(text.get().getBytes(StandardCharsets.UTF_8));
      return Optional.of(
          Header.text(headers, HeaderNames.VERSION)
              .map(version -> byVersion(origin.writer(), Long.parseLong(version)))
              .orElseGet(() -> byOrigin(origin)));
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // what cannot be read is not ours, and dropping it would lose it
    }
  }

  private static Rank byVersion(String writer, long version) {
    return new Rank(new Lane(writer, NO_TOPIC, NO_PARTITION), version, 0);
  }

  private static Rank byOrigin(Origin origin) {
    Lane lane = new Lane(origin.writer(), origin.topicId(), origin.partition());
    return new Rank(lane, origin.offset(), origin.index());
  }

  /** Whether it is further along than another of the same lane. */
  public boolean isAbove(Rank other) {
    return major == other.major ? minor > other.minor : major > other.major;
  }
}
