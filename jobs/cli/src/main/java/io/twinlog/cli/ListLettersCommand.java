// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog dead-letters list}: one line per letter, in the order of their time. */
@Command(
    name = "list",
    description = "Lists dead letters, oldest first, and counts them by reason on stderr.",
    footer = {
      "",
      "Example:",
      "  twinlog dead-letters list --reason malformed,invalid_envelope --limit 20"
    })
final class ListLettersCommand implements Callable<Integer> {
  private static final int KEY_SHOWN = 32;
  private static final int ERROR_SHOWN = 96;
  private static final Comparator<Letter> BY_TIME =
      Comparator.comparingLong(Letter::time).thenComparing(Letter::id);

  /** What --status takes. */
  enum Status {
    OPEN,
    REDRIVEN,
    DISCARDED,
    ALL
  }

  @Mixin private LetterFilter filter;

  @Option(
      names = "--status",
      paramLabel = "S",
      defaultValue = "open",
      description = "open, redriven, discarded or all (default: open).")
  private Status status;

  @Option(names = "--limit", paramLabel = "N", description = "Only the N newest (default: all).")
  private Optional<Integer> limit;

  @Option(names = "--json", description = "Prints one object a line.")
  private boolean json;

  @ParentCommand private DeadLettersCommand parent;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    if (limit.isPresent() && limit.get() < 1) {
      throw new ParameterException(spec.commandLine(), "--limit is at least 1");
    }
    try (LetterDesk desk = LetterDesk.open(parent.twinlog())) {
      LetterBook book = desk.read(filter);
      List<Letter> found =
          book.letters().stream()
              .filter(letter -> status == Status.ALL || isOf(book.status(letter)))
              .sorted(BY_TIME)
              .toList();
      int hidden = Math.max(0, found.size() - limit.orElse(Integer.MAX_VALUE));
      print(found.subList(hidden, found.size()), book, desk.prefix());
      tell(found, hidden, book);
      desk.tellWhatIsGone();
      return ExitCode.DONE;
    }
  }

  /** What may be open is listed with what is. */
  private boolean isOf(LetterStatus is) {
    return status.name().equals(is.name()) || (status == Status.OPEN && is == LetterStatus.UNKNOWN);
  }

  private void print(List<Letter> letters, LetterBook book, String prefix) {
    JsonLines out = new JsonLines(parent.twinlog().environment().out());
    if (json) {
      letters.forEach(letter -> out.write(letter.json(book.status(letter), prefix)));
    } else if (!letters.isEmpty()) {
      List<List<String>> rows = new ArrayList<>();
      letters.forEach(letter -> rows.add(row(letter, book.status(letter), prefix)));
      new TextTable(rows)
          .lines(
              "LETTER",
              "TIME",
              "STATUS",
              "REASON",
              "KEY",
              "ATTEMPT",
              "FIRST SEEN",
              "TYPE",
              "TOPIC",
              "ERROR")
          .forEach(out::writeText);
    }
    out.flush();
  }

  static List<String> row(Letter letter, LetterStatus status, String prefix) {
    return List.of(
        letter.id().toString(),
        Letter.instant(letter.time()),
        status.text(),
        TerminalText.cell(letter.told().reason(), KEY_SHOWN),
        TerminalText.cell(key(letter), KEY_SHOWN),
        Integer.toString(letter.told().attempt()),
        letter.told().firstSeen() == 0 ? "-" : Letter.instant(letter.told().firstSeen()),
        TerminalText.cell(letter.type(), KEY_SHOWN),
        TerminalText.cell(letter.topic(prefix), KEY_SHOWN),
        TerminalText.cell(letter.firstError(), ERROR_SHOWN));
  }

  private static String key(Letter letter) {
    if (letter.key().isNull()) {
      return "";
    }
    return letter.key().isTextual() ? letter.key().textValue() : letter.key().toString();
  }

  private void tell(List<Letter> found, int hidden, LetterBook book) {
    TreeMap<String, Long> reasons =
        found.stream()
            .collect(
                Collectors.groupingBy(
                    letter -> letter.told().reason(), TreeMap::new, Collectors.counting()));
    StringBuilder line = new StringBuilder("twinlog: " + Counted.of(found.size(), "letter"));
    reasons.forEach((reason, count) -> line.append(", ").append(reason).append(' ').append(count));
    if (hidden > 0) {
      line.append("; not shown: the oldest ").append(hidden);
    }
    if (book.repeats() > 0) {
      line.append("; ").append(Counted.of(book.repeats(), "repeat")).append(" left out");
    }
    parent.twinlog().environment().say(line.toString());
  }
}
