// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as it is called, small. */
class QualityCommandTest {
  private static final Path HOME = Path.of(System.getProperty("twinlog.root"));

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void writesPageFiguresAndPlots() throws IOException {
    Path results = directory.resolve("results");

    int exitCode = quality("--nab", nab().toString(), "--out", results.toString());

    assertThat(exitCode).as(err.toString()).isZero();
    assertThat(err.toString()).contains("seed 1: 6 devices, 1,500 events", "NAB: level, 50 values");
    assertThat(out.toString()).contains("| outlier ", "| any ", "| level ");
    JsonNode report = new ObjectMapper().readTree(results.resolve("quality.json").toFile());
    assertThat(report.at("/fleets")).hasSize(2);
    assertThat(report.at("/fleets/0/checks/0/check").asText()).isEqualTo("range");
    assertThat(report.at("/fleets/0/checks/0/kinds/1/delay_median_s").isNull()).isTrue();
    assertThat(report.at("/nab/0/met").asBoolean()).isTrue();
    assertThat(results.resolve("quality.md"))
        .content()
        .contains("Seeds 1, 2", "](quality/level.svg)", "No window was missed.")
        .doesNotContain("{{");
    assertThat(results.resolve("quality/level.svg")).content().startsWith("<svg");
    assertThat(results.resolve("quality/simulated-sensor.svg")).content().startsWith("<svg");
  }

  @Test
  void theSameOptionsGiveTheSameFigures() {
    quality();
    String first = out.toString();
    out.getBuffer().setLength(0);

    quality();

    assertThat(out.toString()).isEqualTo(first);
  }

  @Test
  void refusesToRecordAPageThatLacksItsSeries() {
    assertThat(quality("--record")).isEqualTo(2);
    assertThat(err.toString()).contains("--record needs --nab");
  }

  @Test
  void saysWhereTheSeriesAreNot() {
    assertThat(quality("--nab", directory.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("there is no windows.json in " + directory);
  }

  @Test
  void saysWhatIsWrongInTheRules() throws IOException {
    Path rules = directory.resolve("wrong.yaml");
    Files.writeString(rules, "quality:\n  threshold: much\n");

    assertThat(quality("--rules", rules.toString())).isEqualTo(1);
    assertThat(err.toString()).contains("wrong.yaml, line 2: ");
  }

  private Path nab() throws IOException {
    Path nab = Files.createDirectory(directory.resolve("nab"));
    StringBuilder lines = new StringBuilder("timestamp,value\n");
    for (int minute = 0; minute < 50; minute++) {
      lines.append("2014-04-01 00:%02d:00,45.0\n".formatted(minute));
    }
    Files.writeString(nab.resolve("level.csv"), lines);
    Files.writeString(nab.resolve("windows.json"), "{\"made/level.csv\":[]}");
    return nab;
  }

  private int quality(String... more) {
    List<String> arguments =
        new ArrayList<>(List.of("quality", "--devices", "6", "--events", "1500", "--seed", "1,2"));
    arguments.addAll(List.of(more));
    CommandLine command = BenchCommand.commandLine(HOME);
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments.toArray(String[]::new));
  }
}
