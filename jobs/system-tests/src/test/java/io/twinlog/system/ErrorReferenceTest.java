// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.rules.FindingCode;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The error reference explains each code: what it means, an example, what to do. It reads the page
 * and the sources, and runs nothing.
 */
class ErrorReferenceTest {
  private static final String REASONS = "Reasons of dead letters";
  private static final String CODES = "Codes of errors";
  private static final String FINDINGS = "Codes of findings in rules";
  private static final String REFUSALS = "Codes of refusals";

  /** Codes with which a command can be refused: fixed for scripts and people. */
  private static final Set<String> REFUSED =
      Set.of(
          "conflict",
          "already_registered",
          "unknown_device",
          "decommissioned",
          "fault_not_open",
          "unknown_alert",
          "invalid_command",
          "dead_letter_again",
          "attempts_exhausted",
          "not_parked",
          "other_input",
          "parked_again",
          "expired");

  private static final Pattern LITERAL =
      Pattern.compile("(?:new [\\w.]*Reason|refused)\\(\\s*\"([a-z0-9_]+)\"");

  @Test
  void explainsEachReasonOfADeadLetter() throws IOException {
    Map<String, List<String>> rows = rows(REASONS);

    assertThat(rows).containsOnlyKeys(texts(DeadLetterReason.values(), DeadLetterReason::text));
    for (DeadLetterReason reason : DeadLetterReason.values()) {
      assertExplained(rows, reason.text(), reason.meaning());
    }
  }

  @Test
  void explainsEachCodeOfTheDecoders() throws IOException {
    Map<String, List<String>> rows = rows(CODES);
    for (ErrorCode code : ErrorCode.values()) {
      assertExplained(rows, code.text(), code.meaning());
    }
  }

  @Test
  void explainsEachFindingInRules() throws IOException {
    Map<String, List<String>> rows = rows(FINDINGS);

    assertThat(rows).containsOnlyKeys(texts(FindingCode.values(), FindingCode::text));
    for (FindingCode code : FindingCode.values()) {
      assertExplained(rows, code.text(), code.meaning());
    }
  }

  @Test
  void explainsEachRefusalOfACommand() throws IOException {
    assertThat(rows(REFUSALS)).containsOnlyKeys(REFUSED);
  }

  @Test
  void explainsEachCodeThatTheSourcesWrite() throws IOException {
    Set<String> explained = new TreeSet<>(rows(CODES).keySet());
    explained.addAll(rows(REFUSALS).keySet());
    Set<String> written = new TreeSet<>();
    for (Path file : Repository.mainSources()) {
      Matcher literal = LITERAL.matcher(Files.readString(file));
      while (literal.find()) {
        written.add(literal.group(1));
      }
    }

    assertThat(written).contains("not_routed", "conflict", "fault_not_open");
    assertThat(explained).containsAll(written);
  }

  @Test
  void explainsEachExitCode() throws IOException {
    assertThat(rows("Exit codes")).containsOnlyKeys("0", "1", "2", "3", "4");
  }

  private static void assertExplained(Map<String, List<String>> rows, String code, String meaning) {
    assertThat(rows).as("docs/reference/errors.md").containsKey(code);
    assertThat(rows.get(code).get(0)).as("meaning of " + code).isEqualToIgnoringCase(meaning);
  }

  private static <T> Set<String> texts(T[] values, java.util.function.Function<T, String> text) {
    return new TreeSet<>(Arrays.stream(values).map(text).toList());
  }

  /** The cells of a section's table after the code, by the code; each row must have three. */
  private static Map<String, List<String>> rows(String title) throws IOException {
    String page = Repository.page("docs/reference/errors.md");
    int from = page.indexOf("\n## " + title + "\n");
    assertThat(from).as("a section '" + title + "' in docs/reference/errors.md").isNotNegative();
    int to = page.indexOf("\n## ", from + 1);
    String section = page.substring(from, to < 0 ? page.length() : to);
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (String line : section.lines().filter(line -> line.startsWith("| `")).toList()) {
      List<String> cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
      assertThat(cells).as(line).hasSize(6);
      assertThat(cells.subList(2, 5)).as(line).noneMatch(String::isEmpty);
      rows.put(cells.get(1).replace("`", ""), cells.subList(2, 5));
    }
    return rows;
  }
}
