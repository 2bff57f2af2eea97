// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RulesCommandTest {
  private static final Path EXAMPLE =
      Path.of(System.getProperty("twinlog.root"), "docs/examples/rules/pumps.yaml");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String stdin, String... arguments) {
    Environment environment =
        new Environment(
            Map.of(),
            new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.systemUTC());
    return Twinlog.run(environment, arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  @Test
  void saysHowMuchTheExampleOfTheDocsSets() {
    assertThat(run("", "rules", "check", EXAMPLE.toString())).isEqualTo(ExitCode.DONE);
    assertThat(out())
        .isEqualTo(
            "ok: 8 categories, 1 requirements, 4 metrics, 2 models, 2 anomalies, 1 triggers, 2 targets, 0 inhibitions\n");
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    assertThat(run("quality:\n  treshold: 1\n", "rules", "check", "-")).isEqualTo(ExitCode.REFUSED);
    assertThat(out())
        .startsWith("stdin:2:3: quality.treshold: there is no field 'treshold' here")
        .endsWith("did you mean 'threshold'? (unknown_field)\n");
  }

  @Test
  void saysTheSameAsJson() {
    assertThat(run("version: 0", "rules", "check", "--json", "-")).isEqualTo(ExitCode.REFUSED);
    assertThat(out())
        .isEqualTo(
            "{\"file\":\"stdin\",\"line\":1,\"column\":10,\"path\":\"version\",\"code\":"
                + "\"out_of_range\",\"message\":\"must be 1 to 1000000000, is 0\"}\n");
    out.reset();
    assertThat(run("{}", "rules", "check", "--json", "-")).isEqualTo(ExitCode.DONE);
    assertThat(out()).startsWith("{\"status\":\"ok\",\"categories\":7,");
  }

  @Test
  void refusesBytesThatAreNoText(@TempDir Path directory) throws IOException {
    Path file = Files.write(directory.resolve("rules"), new byte[] {'a', (byte) 0xff});

    assertThat(run("", "rules", "check", file.toString())).isEqualTo(ExitCode.REFUSED);
    assertThat(out()).isEqualTo(file + ": is not well-formed UTF-8 (not_utf8)\n");
  }

  @Test
  void refusesWhatIsTooLarge() {
    assertThat(run("#".repeat(300_000), "rules", "check", "-")).isEqualTo(ExitCode.REFUSED);
    assertThat(out()).endsWith("bytes that it may have (too_large)\n");
  }

  @Test
  void comparesTwoSets(@TempDir Path directory) throws IOException {
    Path before = Files.writeString(directory.resolve("before"), "quality: {threshold: 0.4}");
    String after = "quality:\n  threshold: 0.5\n  metrics: {t: {weight: 2}}\n";

    assertThat(run(after, "rules", "diff", before.toString(), "-")).isEqualTo(ExitCode.DONE);
    assertThat(out()).isEqualTo("+ quality.metrics.t.weight: 2\n~ quality.threshold: 0.4 -> 0.5\n");
    out.reset();
    assertThat(run(after, "rules", "diff", "--json", before.toString(), "-"))
        .isEqualTo(ExitCode.DONE);
    assertThat(out())
        .isEqualTo(
            "{\"change\":\"added\",\"path\":\"quality.metrics.t.weight\",\"after\":\"2\"}\n"
                + "{\"change\":\"changed\",\"path\":\"quality.threshold\",\"before\":\"0.4\","
                + "\"after\":\"0.5\"}\n");
  }

  @Test
  void comparesNothingWithWhatIsWrong(@TempDir Path directory) throws IOException {
    Path right = Files.writeString(directory.resolve("right"), "{}");

    assertThat(run("x: 1", "rules", "diff", right.toString(), "-")).isEqualTo(ExitCode.REFUSED);
    assertThat(out()).isEmpty();
    assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("stdin:1:1: x: there is no field");
  }
}
