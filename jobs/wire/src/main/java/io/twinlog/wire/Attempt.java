// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which attempt at a record this is, and what went before: what a dead letter tells of itself, and
 * what goes with a redriven record behind the router in header {@code tl-redrive}, written {@code
 * number/most/first seen/partition/offset/stage}; before 0.4.0 without the stage. Whether it is
 * believed is for whoever reads it.
 *
 * @param number 1 for the first time
 * @param most the number of the last attempt that there may be; 0: no bound is known
 * @param firstSeen epoch milliseconds of log time of the first dead letter; 0: not known
 * @param previous the dead letter that this attempt redrives; empty: it is the first
 * @param stage that wrote that letter: of two jobs that read an inbox, the other one has done with
 *     the record; empty: not known
 */
public record Attempt(
    int number, int most, long firstSeen, Optional<LetterId> previous, String stage) {
  private static final int PARTS = 6;
  private static final Pattern STAGE = Pattern.compile("[a-z][a-z0-9-]*");

  /** At a record that nobody has redriven. */
  public static Attempt first(long firstSeen) {
    return new Attempt(1, 0, firstSeen, Optional.empty(), "");
  }

  /**
   * Reads the text form of a redrive.
   *
   * @throws IllegalArgumentException when it is not six parts, or five, or a number is none
   */
  public static Attempt parse(String text) {
    String[] parts = text.split("/", -1);
    boolean staged = parts.length == PARTS && STAGE.matcher(parts[PARTS - 1]).matches();
    if (!staged && parts.length != PARTS - 1) {
      throw new IllegalArgumentException(
          "a redrive has six parts, number/most/first seen/partition/offset/stage: " + text);
    }
    return new Attempt(
        Integer.parseInt(parts[0]),
        Integer.parseInt(parts[1]),
        Long.parseLong(parts[2]),
        Optional.of(new LetterId(Integer.parseInt(parts[3]), Long.parseLong(parts[4]))),
        staged ? parts[PARTS - 1] : "");
  }

  /**
   * Why the record is a dead letter, after this attempt: once there may be no other, that outweighs
   * what was wrong, which is in the errors.
   */
  public DeadLetterReason reason(DeadLetterReason found) {
    return most > 0 && number >= most ? DeadLetterReason.ATTEMPTS_EXHAUSTED : found;
  }

  /** The text form of a redrive. */
  @Override
  public String toString() {
    return number
        + "/"
        + most
        + '/'
        + firstSeen
        + '/'
        + previous.map(LetterId::toString).orElse("0/0")
        + (stage.isEmpty() ? "" : "/" + stage);
  }
}
