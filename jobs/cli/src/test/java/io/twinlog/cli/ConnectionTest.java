// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionTest {
  private static final Optional<String> NONE = Optional.empty();

  @TempDir private Path home;
  private Path readyFile;

  @BeforeEach
  void makeTheDirectoryOfTheReadyFile() throws IOException {
    readyFile = home.resolve("deploy/local/.run/current.json");
    Files.createDirectories(readyFile.getParent());
  }

  private Map<String, String> homeVariable() {
    return Map.of(LocalRun.HOME_VARIABLE, home.toString());
  }

  private Optional<Path> file(String... lines) throws IOException {
    return Optional.of(Files.write(home.resolve("c.properties"), List.of(lines)));
  }

  @Test
  void prefersTheOptionToTheFileToTheVariableToTheLocalRun() throws IOException {
    Files.writeString(readyFile, "{\"bootstrap\":\"local:1\",\"prefix\":\"run.\"}");
    Map<String, String> variables =
        Map.of("TWINLOG_BOOTSTRAP", "variable:2", LocalRun.HOME_VARIABLE, home.toString());
    Optional<Path> file = file("bootstrap=file:3", "prefix=file.");

    assertThat(Connection.find(NONE, NONE, Optional.empty(), homeVariable()).settings())
        .matches(found -> found.bootstrap().equals("local:1") && found.prefix().equals("run."));
    assertThat(Connection.find(NONE, NONE, Optional.empty(), variables).settings())
        .matches(found -> found.bootstrap().equals("variable:2"))
        .matches(found -> found.prefix().equals("twinlog."));
    assertThat(Connection.find(NONE, NONE, file, variables).settings())
        .matches(found -> found.bootstrap().equals("file:3") && found.prefix().equals("file."));
    assertThat(
            Connection.find(Optional.of("option:4"), Optional.of("o."), file, variables).settings())
        .matches(found -> found.bootstrap().equals("option:4") && found.prefix().equals("o."));
  }

  @Test
  void handsPropertiesOfTheFileToKafka() throws IOException {
    Optional<Path> file =
        file("bootstrap.servers=a:1,[::1]:2", "delivery.timeout.ms=5000", "linger.ms = 20");
    var settings = Connection.find(NONE, NONE, file, Map.of()).settings();
    assertThat(settings.bootstrap()).isEqualTo("a:1,[::1]:2");
    assertThat(settings.deliveryTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.kafka()).containsExactly(Map.entry("linger.ms", "20"));
  }

  @Test
  void saysHowToGetALocalRunWhereThereIsNone() {
    assertThatThrownBy(() -> Connection.find(NONE, NONE, Optional.empty(), homeVariable()))
        .isInstanceOf(CommandFailure.class)
        .hasMessageContaining("deploy/local/run.sh")
        .hasMessageContaining("--bootstrap")
        .matches(e -> ((CommandFailure) e).exitCode() == ExitCode.FAILED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "{\"prefix\":\"x.\"}"})
  void refusesAReadyFileThatIsNone(String content) throws IOException {
    Files.writeString(readyFile, content);
    assertThatThrownBy(() -> Connection.find(NONE, NONE, Optional.empty(), homeVariable()))
        .hasMessageContaining(readyFile.toString());
  }

  @Test
  void knowsALocalRunThatHasEnded() {
    assertThat(new LocalRun("a:1", "twinlog.", ProcessHandle.current().pid()).running()).isTrue();
    assertThat(new LocalRun("a:1", "twinlog.", Long.MAX_VALUE).running()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "host:", ":1", "http://host:1", "a:1,", "a:1 b:2", "a:123456"})
  void refusesWhatIsNoAddress(String bootstrap) {
    assertThatThrownBy(
            () -> Connection.find(Optional.of(bootstrap), NONE, Optional.empty(), Map.of()))
        .hasMessageContaining("'" + bootstrap + "'")
        .matches(e -> ((CommandFailure) e).exitCode() == ExitCode.USAGE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"acks=1", "enable.idempotence=false", "delivery.timeout.ms=soon", "x=\\u12"})
  void refusesAFileThatWouldNotDo(String line) throws IOException {
    Optional<Path> file = file("bootstrap=a:1", line);
    assertThatThrownBy(() -> Connection.find(NONE, NONE, file, Map.of()))
        .isInstanceOf(CommandFailure.class)
        .matches(e -> ((CommandFailure) e).exitCode() == ExitCode.USAGE);
  }
}
