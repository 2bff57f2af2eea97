// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

import java.util.List;

/**
 * Why nobody is told of some alerts: a silence, or another alert that inhibits them.
 *
 * @param id of this reason; the next one with the same id takes its place
 * @param by what alerts that it mutes say of it: {@code silence/<id>} or {@code alert/<id>}
 * @param matchers of the labels of alerts; all must fit. None: it is over
 * @param until clock at which it ends by itself; {@link io.twinlog.domain.Aggregate#NEVER}
 */
public record Mute(String id, String by, List<Matcher> matchers, long until) {
  /** What an alert is muted by begins so. */
  public static final String ALERT = "alert/";

  /** What a silence is called. */
  public static final String SILENCE = "silence/";

  public Mute {
    matchers = List.copyOf(matchers);
  }

  /** The end of one. */
  static Mute over(String id, String by) {
    return new Mute(id, by, List.of(), 0);
  }

  /** Whether it says that there is nothing to mute any more. */
  public boolean isOver() {
    return matchers.isEmpty();
  }
}
