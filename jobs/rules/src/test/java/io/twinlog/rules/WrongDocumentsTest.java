// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.rules.RuleSet;
import io.twinlog.domain.telemetry.QualityChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Documents with mistakes that people make, and every word that they are told: {@code
 * wrong-documents.txt}. Run with {@code -Dtwinlog.golden.write=true} to write down what is told
 * now, and read the difference.
 */
class WrongDocumentsTest {
  private static final Path GOLDEN = Path.of("src/test/resources/wrong-documents.txt");
  private static final String TITLE = "=== ";
  private static final String TOLD = "--->";

  private record Wrong(String title, String document, List<String> told) {}

  private static List<Wrong> corpus() throws IOException {
    List<Wrong> corpus = new ArrayList<>();
    String title = "";
    List<String> document = new ArrayList<>();
    List<String> told = new ArrayList<>();
    boolean telling = false;
    for (String line : Files.readAllLines(GOLDEN)) {
      if (line.startsWith(TITLE)) {
        add(corpus, title, document, told);
        title = line.substring(TITLE.length());
        telling = false;
      } else if (line.equals(TOLD)) {
        telling = true;
      } else {
        (telling ? told : document).add(line);
      }
    }
    add(corpus, title, document, told);
    return corpus;
  }

  private static void add(
      List<Wrong> corpus, String title, List<String> document, List<String> told) {
    if (!title.isEmpty()) {
      corpus.add(new Wrong(title, String.join("\n", document), List.copyOf(told)));
    }
    document.clear();
    told.clear();
  }

  private static List<String> told(String document) {
    return RuleDocument.check(document, RuleSet.DEFAULT, Optional.of(QualityChecks.NONE))
        .findings()
        .stream()
        .map(
            finding ->
                "%d:%d %s: %s (%s)"
                    .formatted(
                        finding.line(),
                        finding.column(),
                        finding.path(),
                        finding.message(),
                        finding.code()))
        .toList();
  }

  @TestFactory
  Stream<DynamicTest> tellsWhatIsWrong() throws IOException {
    List<Wrong> corpus = corpus();
    if (Boolean.getBoolean("twinlog.golden.write")) {
      List<String> lines = new ArrayList<>();
      for (Wrong wrong : corpus) {
        lines.add(TITLE + wrong.title);
        wrong.document.lines().forEach(lines::add);
        lines.add(TOLD);
        lines.addAll(told(wrong.document));
      }
      Files.writeString(GOLDEN, String.join("\n", lines) + "\n");
    }
    return corpus.stream()
        .map(
            wrong ->
                DynamicTest.dynamicTest(
                    wrong.title,
                    () -> assertThat(told(wrong.document)).containsExactlyElementsOf(wrong.told)));
  }

  @Test
  void hasAnExampleOfEachCode() throws IOException {
    TreeSet<String> codes =
        corpus().stream()
            .flatMap(wrong -> wrong.told.stream())
            .map(line -> line.substring(line.lastIndexOf('(') + 1, line.length() - 1))
            .collect(Collectors.toCollection(TreeSet::new));
    List<String> elsewhere = List.of("too_large", "too_many", "other_version", "more_findings");

    for (FindingCode code : FindingCode.values()) {
      assertThat(codes.contains(code.text()) || elsewhere.contains(code.text()))
          .as(code.text())
          .isTrue();
    }
  }

  @Test
  void refusesWhatIsTooLarge() {
    String document = "# " + "x".repeat(RuleLimits.DOCUMENT_BYTES_MAX);

    assertThat(told(document))
        .containsExactly("0:0 : has 262146 bytes, at most 262144 may be (too_large)");
  }

  @Test
  void refusesMoreThanThereMayBe() {
    String trigger = "{name: t%d, when: 'true', command: {name: DecommissionDevice}}";
    String check = "{name: c%d, check: 'true'}";

    assertThat(told("quality: {triggers: " + list(trigger, RuleLimits.TRIGGERS_MAX) + "}"))
        .isEmpty();
    assertThat(told("quality: {triggers: " + list(trigger, RuleLimits.TRIGGERS_MAX + 1) + "}"))
        .containsExactly("1:21 quality.triggers: has 101 entries, at most 100 may be (too_many)");
    assertThat(told("quality: {metrics: {m: {expressions: " + list(check, 21) + "}}}"))
        .containsExactly(
            "1:38 quality.metrics.m.expressions: has 21 entries, at most 20 may be (too_many)");
  }

  @Test
  void refusesMoreConditionsThanThereMayBe() {
    StringBuilder document = new StringBuilder("quality:\n  metrics:\n");
    for (int i = 0; i < 11; i++) {
      document
          .append("    m" + i + ": {expressions: ")
          .append(list("{name: c%d, check: 'true'}", 20))
          .append("}\n");
    }

    assertThat(told(document.toString()))
        .containsExactly(
            "12:42 quality.metrics.m9.expressions[0].check: this is one condition more than the"
                + " 200 that a document may have (too_many)");
  }

  private static String list(String item, int times) {
    return IntStream.range(0, times)
        .mapToObj(i -> item.formatted(i))
        .collect(Collectors.joining(", ", "[", "]"));
  }

  @Test
  void refusesAnotherVersion() {
    RuleDocument.Reading reading = RuleDocument.read("version: 3\n", 4, RuleSet.DEFAULT);

    assertThat(reading.rules()).isEmpty();
    assertThat(reading.findings())
        .containsExactly(
            new Finding(
                1,
                10,
                "version",
                "other_version",
                "the document becomes version 4, and says 3: write 4, or leave version out"));
  }

  @Test
  void listsNoMoreThanOneCanRead() {
    StringBuilder document = new StringBuilder();
    for (int i = 0; i < 150; i++) {
      document.append("field_").append(i).append(": 1\n");
    }

    List<String> told = told(document.toString());

    assertThat(told).hasSize(RuleLimits.FINDINGS_MAX + 1);
    assertThat(told.get(RuleLimits.FINDINGS_MAX))
        .isEqualTo("0:0 : 50 more findings are not listed: mend these first (more_findings)");
  }

  @Test
  void neverThrowsOnATextThatWasCut() throws IOException {
    String document = Files.readString(Path.of("src/test/resources/all-fields.yaml"));
    for (int length = 0; length < document.length(); length += 97) {
      String cut = document.substring(0, length);
      assertThat(RuleDocument.check(cut, RuleSet.DEFAULT, Optional.empty())).isNotNull();
    }
  }

  @Test
  void neverThrowsOnATextThatWasGarbled() throws IOException {
    String sound = Files.readString(Path.of("src/test/resources/all-fields.yaml"));
    String marks = "{}[]:,'\"\\|>-!&*#%@`\n\t x0é\u0000\u2028\ud800?~";
    for (int seed = 0; seed < 40; seed++) {
      Random random = new Random(seed);
      StringBuilder document = new StringBuilder(sound);
      for (int i = 0; i <= random.nextInt(4); i++) {
        char mark = marks.charAt(random.nextInt(marks.length()));
        document.setCharAt(random.nextInt(document.length()), mark);
      }
      RuleDocument.Reading reading = RuleDocument.read(document.toString(), 4, RuleSet.DEFAULT);

      assertThat(reading.rules().isPresent())
          .as("seed " + seed)
          .isEqualTo(reading.findings().isEmpty());
    }
  }

  @Test
  void quotesNoMoreThanOneCanRead() {
    assertThat(told("x".repeat(100_000) + ": 1").get(0)).hasSizeLessThan(700);
  }

  @Test
  void everyCodeIsExplainedInOneLine() {
    assertThat(Stream.of(FindingCode.values()).map(FindingCode::meaning))
        .doesNotHaveDuplicates()
        .allMatch(line -> line.matches("[^\\n]{10,100}"));
  }
}
