// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.TextNode;
import io.twinlog.wire.DeadLetterReason;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that choose dead letters by what they say. They narrow each other down. */
final class LetterFilter implements Predicate<Letter> {
  @Option(
      names = "--reason",
      paramLabel = "R",
      split = ",",
      converter = ReasonText.class,
      description = "Only with this dlq.reason; several: any of them.")
  private List<String> reasons = List.of();

  @Option(names = "--key", paramLabel = "K", description = "Only with this key.")
  private Optional<String> key;

  @Option(
      names = "--from",
      paramLabel = "TIME",
      converter = TimeText.class,
      description = "Only from this log time on, such as 2026-01-01T00:00:00Z.")
  private Optional<Instant> from;

  @Option(
      names = "--to",
      paramLabel = "TIME",
      converter = TimeText.class,
      description = "Only before this log time.")
  private Optional<Instant> to;

  boolean isGiven() {
    return !reasons.isEmpty() || key.isPresent() || from.isPresent() || to.isPresent();
  }

  @Override
  public boolean test(Letter letter) {
    return (reasons.isEmpty() || reasons.contains(letter.told().reason()))
        && key.map(TextNode::valueOf).map(text -> text.equals(letter.key())).orElse(true)
        && from.map(time -> letter.time() >= time.toEpochMilli()).orElse(true)
        && to.map(time -> letter.time() < time.toEpochMilli()).orElse(true);
  }

  /** Accepts the reasons that there are. */
  static final class ReasonText implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      return DeadLetterReason.of(text)
          .map(DeadLetterReason::text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + text
                          + "' is none of "
                          + Arrays.stream(DeadLetterReason.values())
                              .map(DeadLetterReason::text)
                              .collect(Collectors.joining(", "))));
    }
  }
}
