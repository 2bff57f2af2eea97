// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

/**
 * The shares of a mix as chances at the place where a fleet draws them. A share is one of all
 * messages, while lots are drawn only for those that no other message has caused, and most of them
 * only where a device has its turn.
 *
 * @param malformed of a message that no other has caused
 * @param doubled of a turn, as are the rest
 */
record Chances(
    double malformed,
    double doubled,
    double disorder,
    double reconnect,
    double fault,
    double heartbeat,
    double silence) {
  static Chances of(Mix mix) {
    double drawn = 1 - mix.followers();
    double turns = drawn - mix.of(Share.MALFORMED);
    return new Chances(
        mix.of(Share.MALFORMED) / drawn,
        mix.of(Share.DOUBLES) / turns,
        mix.of(Share.DISORDER) / turns,
        mix.of(Share.RECONNECTS) / turns,
        mix.of(Share.FAULTS) / turns,
        mix.of(Share.HEARTBEATS),
        mix.of(Share.SILENCES));
  }
}
