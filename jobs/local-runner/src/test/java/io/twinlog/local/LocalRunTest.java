// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line, as far as it starts nothing. */
class LocalRunTest {
  @TempDir private Path home;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource({
    "--devices=-1, no number of devices",
    "--devices=2000000, '0 to 1,000,000'",
    "--rate=0, is no rate",
    "--rate=fast, is no rate",
    "--seed=x, --seed",
    "--mix=lost=1, 'malformed, doubles'",
    "--mix=malformed=2, from 0 to 1",
    "--http-port=80, query service",
    "--for=10, is no duration",
    "--for=-1s, is no duration",
    "--kafka-port=x, --kafka-port",
    "--set=key, KEY=VALUE",
    "--unknown, --unknown"
  })
  void refusesWhatItDoesNotHave(String argument, String told) {
    assertThat(run(argument)).isEqualTo(2);
    assertThat(err.toString()).contains(told);
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).matches("twinlog \\d+\\.\\d+\\.\\d+\\R");
  }

  @Test
  void helpsWithAnExampleAndWithoutWhatIsNotInThisRelease() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString())
        .contains("Example: run.sh", "--ready-file", "--devices", "--mix")
        .doesNotContain("--http-port");
  }

  private int run(String... arguments) {
    CommandLine command = new CommandLine(new LocalRun(home, List::of, new CompletableFuture<>()));
    command.setOut(new PrintWriter(out, true));
    command.setErr(new PrintWriter(err, true));
    return Failures.execute(command, arguments);
  }
}
