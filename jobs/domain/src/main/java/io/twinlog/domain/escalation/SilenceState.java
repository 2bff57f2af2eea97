// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import io.twinlog.domain.escalation.AlertCommand.Author;
import java.util.List;

/**
 * A silence as its events tell it.
 *
 * @param startsAt log time at which it was set, epoch ms
 * @param endsAt log time, epoch ms
 * @param endsClock the same on the clock, as it was when it was set
 * @param endedClock clock at which it ended
 */
public record SilenceState(
    String id,
    long version,
    Phase phase,
    List<Matcher> matchers,
    Author by,
    long startsAt,
    long endsAt,
    long endsClock,
    long endedClock) {
  /** Where a silence is in its life. */
  public enum Phase {
    NONE,
    ACTIVE,
    ENDED,
    FORGOTTEN
  }

  public SilenceState {
    matchers = List.copyOf(matchers);
  }

  static SilenceState none(String id) {
    return new SilenceState(id, 0, Phase.NONE, List.of(), new Author("", ""), 0, 0, 0, 0);
  }

  /** What it mutes; an ended one says that it is over. */
  public Mute mute() {
    return phase == Phase.ACTIVE ? new Mute(id, id, matchers, endsClock) : Mute.over(id, id);
  }
}
