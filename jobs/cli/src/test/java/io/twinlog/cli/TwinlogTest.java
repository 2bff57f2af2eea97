// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwinlogTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) {
    Environment environment =
        new Environment(
            Map.of(),
            InputStream.nullInputStream(),
            out,
            new PrintStream(err, true, StandardCharsets.UTF_8),
            Clock.systemUTC());
    return Twinlog.run(environment, arguments);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void tellsItsVersion() {
    assertThat(run("--version")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8)).matches("twinlog \\d+\\.\\d+\\.\\d+\\R");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "send",
        "command",
        "tail",
        "digest",
        "topics",
        "dead-letters",
        "parked",
        "ledger",
        "rules",
        "explain"
      })
  void helpsWithAnExample(String command) {
    assertThat(run(command, "--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Example:\n  twinlog " + command)
        .contains("--bootstrap", "--config", "--prefix", "--version");
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "show", "redrive", "discard"})
  void helpsWithAnExampleOfWhatToDoWithDeadLetters(String command) {
    assertThat(run("dead-letters", command, "--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Example:\n  twinlog dead-letters " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"list", "show", "redrive", "discard"})
  void helpsWithAnExampleOfWhatToDoWithParkedKeys(String command) {
    assertThat(run("parked", command, "--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Example:\n  twinlog parked " + command);
  }

  @ParameterizedTest
  @ValueSource(strings = {"check", "publish", "list", "show", "diff"})
  void helpsWithAnExampleOfWhatToDoWithRules(String command) {
    assertThat(run("rules", command, "--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("Example:\n  twinlog rules " + command);
  }

  @Test
  void helpsWithAnExampleOfTheCheckOfTheLedger() {
    assertThat(run("ledger", "check", "--help")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Example:\n  twinlog ledger check");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nope",
        "tail",
        "digest nosuchtopic --bootstrap a:1",
        "tail ingress --from yesterday",
        "tail ingress --cloudevents --bootstrap a:1",
        "tail ingress --from 99999999999999999999",
        "command",
        "command RegisterDevice",
        "command RegisterDevice d-1 --file f",
        "command --file f --id c-1",
        "command RegisterDevice d-1 --data []",
        "command RegisterDevice d-1 --data {",
        "command RegisterDevice d-1 --timeout 5",
        "command RegisterDevice d-1 --expect x",
        "send nosuchfile --bootstrap a:1",
        "dead-letters",
        "dead-letters list --reason nope",
        "dead-letters list --from yesterday",
        "dead-letters list --limit 0 --bootstrap a:1",
        "dead-letters list --status lost",
        "explain",
        "explain pump-1 --bootstrap a:1",
        "explain ingress/0/x --bootstrap a:1",
        "dead-letters show 17",
        "dead-letters redrive --bootstrap a:1",
        "dead-letters redrive 0/1 --all --bootstrap a:1",
        "dead-letters redrive --key k --all --bootstrap a:1",
        "dead-letters discard --note n --bootstrap a:1",
        "dead-letters discard 0/-1",
        "rules",
        "rules publish --bootstrap a:1",
        "rules publish f --from-version 1 --bootstrap a:1",
        "rules publish nosuchfile --bootstrap a:1",
        "rules publish - --expect x",
        "rules show one --bootstrap a:1",
        "parked",
        "parked show --bootstrap a:1",
        "parked redrive --bootstrap a:1",
        "parked redrive k --all --bootstrap a:1",
        "parked discard k --records 0 --bootstrap a:1",
        "parked discard k --records 2 --all-records --bootstrap a:1",
        "ledger",
        "ledger check --timeout soon",
        "rules",
        "rules check",
        "rules check nosuchfile",
        "rules diff nosuchfile",
        "rules diff nosuchfile nosuchfile",
        "topics --bootstrap nowhere",
        "topics --config nosuchfile"
      })
  void refusesAWrongCommandLine(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : line.split(" "))).isEqualTo(ExitCode.USAGE);
    assertThat(err()).startsWith("twinlog: ").doesNotContain("\tat ");
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void saysInOneLineThatThereIsNoLocalRun() {
    assertThat(run("topics")).isEqualTo(ExitCode.FAILED);
    assertThat(err().lines()).hasSize(1);
  }

  @Test
  void takesANameThatCannotBeResolvedForNoAnswer() {
    assertThat(run("topics", "--bootstrap", "nosuch.invalid:9092")).isEqualTo(ExitCode.NO_ANSWER);
    assertThat(err().lines()).hasSize(1);
  }

  @Test
  void showsNoControlCharacterOfTheCommandLine() {
    run("no\u001b[31mpe");
    assertThat(err()).contains("no\\u001b[31mpe");
  }

  /** Ids may begin with it. */
  @Test
  void readsNoArgumentsFromAFileThatAnArgumentNames(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("arguments"), "--help");

    assertThat(run("send", "@" + file)).isNotEqualTo(ExitCode.DONE);
  }

  @Test
  void tellsThatALetterThatWasNamedIsLeftOut() {
    LetterChoice.Picked whole = new LetterChoice.Picked(List.of(), 0);
    LetterChoice.Picked lacking = new LetterChoice.Picked(List.of(), 1);

    assertThat(whole.exitCode(ExitCode.DONE)).isEqualTo(ExitCode.DONE);
    assertThat(lacking.exitCode(ExitCode.DONE)).isEqualTo(ExitCode.REFUSED);
    assertThat(lacking.exitCode(ExitCode.NO_ANSWER)).isEqualTo(ExitCode.NO_ANSWER);
  }
}
