// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.escalation;

/** What happens to a silence. */
public sealed interface SilenceEvent {
  /**
   * It begins, or becomes another one.
   *
   * @param endsClock clock at which it ends
   */
  record SilenceSet(SilenceCommand command, long endsClock) implements SilenceEvent {}

  /** Its time is over, or somebody says so. */
  record SilenceEnded() implements SilenceEvent {}

  /** It has been over for so long that nothing is remembered of it. The last event. */
  record SilenceForgotten() implements SilenceEvent {}
}
