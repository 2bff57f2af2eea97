// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.wire.handler.HandlerException.Severity;

/** What a handler has made of a record. */
public sealed interface Handled {
  /** It is done with it. */
  record Done() implements Handled {}

  /**
   * Not now: it is to be asked again, however often, and the later records of the key wait. Such as
   * while a database is away.
   */
  record Again(String why) implements Handled {}

  /**
   * It cannot: LOW, the record is passed over; MEDIUM, it is asked again a few times, then the key
   * is parked; HIGH, the subscriber ends.
   */
  record Failed(Severity severity, String why) implements Handled {}

  Handled DONE = new Done();

  static Handled again(String why) {
    return new Again(why);
  }

  static Handled failed(Severity severity, String why) {
    return new Failed(severity, why);
  }
}
