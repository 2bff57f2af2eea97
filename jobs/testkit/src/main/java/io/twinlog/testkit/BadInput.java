// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import io.twinlog.wire.Header;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The corpus of input that must become dead letters (or refusals), each with the exact answer, and
 * of input that only looks bad and must pass. It holds records as producers write them; who reads
 * them, and under which settings, is for the tests: they use the default limits and a catalogue
 * that is not strict.
 */
public final class BadInput {
  private BadInput() {}

  /**
   * A record that must be rejected.
   *
   * @param name one line, unique within its list
   * @param key may be null
   * @param value may be null
   * @param codes of all errors, in the order in which they are told. Of a command with an answer
   *     they are what the messages begin with
   */
  public record Bad(
      String name,
      byte[] key,
      byte[] value,
      List<Header> headers,
      DeadLetterReason reason,
      List<ErrorCode> codes) {
    Bad withKey(byte[] other) {
      return new Bad(name, other, value, headers, reason, codes);
    }

    Bad with(Header... given) {
      return new Bad(name, key, value, List.of(given), reason, codes);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  /**
   * A record that must pass.
   *
   * @param deviceId of the event, as it must be found; of a command its aggregate
   */
  public record Odd(String name, byte[] key, byte[] value, List<Header> headers, String deviceId) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** For the topic ingress. */
  public static List<Bad> events() {
    return List.copyOf(BadEvents.all());
  }

  /** For the topic commands; refused in command.results. */
  public static List<Bad> commandsWithAnAnswer() {
    return BadCommands.withAnAnswer();
  }

  /** For the topic commands; they cannot be answered, and become dead letters. */
  public static List<Bad> commandsWithoutAnAnswer() {
    return BadCommands.withoutAnAnswer();
  }

  /** For the topic ingress. */
  public static List<Odd> oddButGoodEvents() {
    return OddEvents.all();
  }

  static Bad bad(String name, byte[] value, DeadLetterReason reason, ErrorCode... codes) {
    return new Bad(name, utf8("d-1"), value, List.of(), reason, List.of(codes));
  }

  static Bad bad(String name, String value, DeadLetterReason reason, ErrorCode... codes) {
    return bad(name, utf8(value), reason, codes);
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
