// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.LogClock;

/**
 * What outputs are caused by: the input that is worked on, or, where held inputs are worked off,
 * what set them free. Their origins name this one's place, so that origins never go back.
 *
 * @param clock second stages hear of what happens in the turn no earlier than at it
 * @param rules version of the rules in force at it
 */
record Turn(InboxRecord.Place place, LogClock clock, long rules) {
  static Turn of(InboxRecord record) {
    return new Turn(record.place(), record.clock(), record.rules());
  }

  /** The index of the turn's next output, which the key knows once it has been through one. */
  int nextIndex(Hot<?> hot) {
    return hot.isAt(place) ? hot.nextIndex : 0;
  }

  LogClock notBefore(LogClock other) {
    return later(clock, other);
  }

  /** Of two equal ones the second. */
  static LogClock later(LogClock one, LogClock other) {
    return one.clock() > other.clock() ? one : other;
  }
}
