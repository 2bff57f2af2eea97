// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command line of a load, as far as it reaches no broker, and where it looks for one. */
class LoadCommandTest {
  @TempDir private Path home;
  private final StringWriter err = new StringWriter();

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "--devices=0; at least one",
        "--devices=x; no number of devices",
        "--rate=-1; is no rate",
        "--for=10; is no duration",
        "--mix=lost=1; malformed, doubles",
        "--run=a/b; letters and digits"
      })
  void refusesWhatMakesNoSense(String argument, String told) {
    assertThat(execute(argument)).isEqualTo(2);
    assertThat(err.toString()).contains(told);
  }

  @Test
  void saysThatNoBrokerAnswers() {
    assertThat(execute("--bootstrap=nobody.invalid:1")).isEqualTo(1);
    assertThat(err.toString()).startsWith("twinlog: ").contains("bootstrap");
  }

  @Test
  void findsTheLocalRun() throws IOException {
    Path ready = home.resolve("deploy/local/.run/current.json");
    Files.createDirectories(ready.getParent());
    Files.writeString(ready, "{\"bootstrap\":\"localhost:1\",\"prefix\":\"p.\"}");
    Map<String, String> variables = Map.of("TWINLOG_HOME", home.toString());

    assertThat(Installation.find(Optional.empty(), Optional.empty(), variables).prefix())
        .isEqualTo("p.");
    assertThat(Installation.find(Optional.of("b:2"), Optional.empty(), variables).bootstrap())
        .isEqualTo("b:2");
  }

  @Test
  void saysWhatToStartWhereThereIsNone() {
    assertThatThrownBy(
            () ->
                Installation.find(
                    Optional.empty(), Optional.empty(), Map.of("TWINLOG_HOME", home.toString())))
        .hasMessageContaining("deploy/local/run.sh");
  }

  private int execute(String... arguments) {
    CommandLine command = new CommandLine(new LoadCommand());
    command.setErr(new PrintWriter(err, true));
    return command.execute(arguments);
  }
}
