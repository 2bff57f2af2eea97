// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command as it is called. Its figures are worth nothing here: nothing is warm. */
class PipelineCommandTest {
  private static final Path HOME = Path.of(System.getProperty("twinlog.root"));

  @TempDir private Path directory;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void measuresTheRouterAgainstIdentityInProcessesOfTheirOwn() throws IOException {
    int exitCode = bench("--only", "identity-json,router", "--record");

    assertThat(exitCode).as(err.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(results("pipeline.json").toFile());
    assertThat(report.at("/options/event_bytes").asInt()).isEqualTo(441);
    assertThat(report.at("/cases")).hasSize(2);
    for (JsonNode of : report.at("/cases")) {
      assertThat(of.at("/runs")).hasSize(1);
      // In a small batch a good part is read before the first checkpoint is done.
      assertThat(of.at("/runs/0/events").asLong()).isBetween(1L, 200_000L);
      assertThat(of.at("/runs/0/cpu_seconds_per_million").asDouble()).isPositive();
      assertThat(of.at("/events_per_second/median").asDouble()).isPositive();
    }
    assertThat(report.at("/ratios/0/case").asText()).isEqualTo("router");
    assertThat(report.at("/ratios/0/to").asText()).isEqualTo("identity-json");
    assertThat(out.toString()).contains("| identity-json |", "| router ");
    assertThat(results("pipeline.md")).content().contains(out.toString().strip());
    assertThat(results("machines.json")).content().contains("identity-json");
    assertThat(directory.resolve("data")).isEmptyDirectory();
  }

  @Test
  void refusesAJobThatThereIsNot() {
    assertThat(bench("--only", "identity-json,sorter")).isEqualTo(2);
    assertThat(err.toString()).contains("no job sorter");
  }

  @Test
  void aBuildTakesTurnsWithAnother() {
    int exitCode = bench("--only", "router", "--against", HOME.toString());

    assertThat(exitCode).as(err.toString()).isZero();
    assertThat(out.toString()).contains("| router ", "| router-other ");
    assertThat(results("pipeline.json")).doesNotExist();
  }

  @Test
  void refusesToHoldItselfAgainstWhatWasNotBuilt() {
    assertThat(bench("--against", directory.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("no checkout that was built");
  }

  @Test
  void refusesToMeasureNothing() {
    assertThat(bench("--runs", "0")).isEqualTo(2);
    assertThat(err.toString()).contains("--runs is at least 1");
  }

  private Path results(String name) {
    return directory.resolve("results").resolve(name);
  }

  private int bench(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of("pipeline", "--warm-up", "0s", "--records", "200000", "--devices", "5000"));
    arguments.addAll(List.of("--heap", "256m", "--out", directory.resolve("results").toString()));
    arguments.addAll(List.of("--data", directory.resolve("data").toString()));
    if (!List.of(more).contains("--runs")) {
      arguments.addAll(List.of("--runs", "1"));
    }
    arguments.addAll(List.of(more));
    CommandLine command = BenchCommand.commandLine(HOME);
    command.setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    return command.execute(arguments.toArray(String[]::new));
  }
}
