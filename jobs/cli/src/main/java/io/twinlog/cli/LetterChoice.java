// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.wire.LetterId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/**
 * Which letters something is to be done with: those that are named, or all that the filter lets
 * through. What was decided before is left alone unless it is asked for.
 */
final class LetterChoice {
  @Parameters(
      paramLabel = "LETTER",
      arity = "0..*",
      converter = IdText.class,
      description = "PARTITION/OFFSET; else choose by the options.")
  private List<LetterId> named = List.of();

  @Mixin private LetterFilter filter;

  @Option(names = "--all", description = "Every letter that is open.")
  private boolean all;

  @Option(
      names = "--again",
      description = "Those, too, that were redriven or discarded before, or may have been.")
  private boolean again;

  @Option(names = "--dry-run", description = "Only prints what would be sent; status WOULD_SEND.")
  private boolean dryRun;

  boolean dryRun() {
    return dryRun;
  }

  /** Exactly one way to choose: nobody is to redrive everything by leaving something out. */
  void require(CommandSpec spec) {
    int ways = (named.isEmpty() ? 0 : 1) + (filter.isGiven() ? 1 : 0) + (all ? 1 : 0);
    if (ways != 1) {
      throw new ParameterException(
          spec.commandLine(),
          "give letters as PARTITION/OFFSET; or --reason, --key, --from, --to; or --all");
    }
  }

  /** What the book must hold: a repeat that is named is found by the letter that it repeats. */
  Predicate<Letter> wanted() {
    return named.isEmpty() ? filter : letter -> true;
  }

  /**
   * The letters in the order of the topic.
   *
   * @throws CommandFailure when one that is named is not there
   */
  Picked pick(LetterDesk desk, LetterBook book, Environment environment) {
    List<Letter> chosen = new ArrayList<>(book.letters());
    if (!named.isEmpty()) {
      TreeSet<LetterId> ids = new TreeSet<>();
      named.forEach(id -> ids.add(desk.require(book, id).id()));
      chosen.removeIf(letter -> !ids.contains(letter.id()));
    }
    if (again) {
      return new Picked(chosen, 0);
    }
    List<Letter> open = new ArrayList<>();
    int skipped = 0;
    for (Letter letter : chosen) {
      LetterStatus status = book.status(letter);
      if (status == LetterStatus.OPEN) {
        open.add(letter);
      } else if (named.isEmpty()) {
        skipped++;
      } else {
        environment.say("twinlog: letter " + letter.id() + " is skipped: " + status.text());
      }
    }
    if (skipped > 0) {
      environment.say(
          "twinlog: skipped "
              + Counted.of(skipped, "letter")
              + ": redriven or discarded before, or no longer known");
    }
    return new Picked(open, named.isEmpty() ? 0 : chosen.size() - open.size());
  }

  /**
   * What was chosen.
   *
   * @param named letters that were named, and are left out
   */
  record Picked(List<Letter> letters, int named) {
    /** What the command ends with, where the orders ended so: all that was named was to be done. */
    int exitCode(int ofOrders) {
      return ofOrders == ExitCode.DONE && named > 0 ? ExitCode.REFUSED : ofOrders;
    }
  }

  /** Reads the name of a letter. */
  static final class IdText implements ITypeConverter<LetterId> {
    @Override
    public LetterId convert(String text) {
      try {
        return LetterId.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}
