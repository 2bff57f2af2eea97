// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.SettingsException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Exit codes and the one line, whatever a command throws. */
class FailuresTest {
  private final StringWriter err = new StringWriter();

  /** Does what a test wants. */
  @Command
  private record Doing(Callable<Integer> what) implements Callable<Integer> {
    @Override
    public Integer call() throws Exception {
      return what.call();
    }
  }

  @Test
  void tellsTheFirstOfItsOwnCausesAlone() {
    int code =
        execute(
            () -> {
              throw new IllegalStateException(
                  "outer", new SettingsException("set x", new RuntimeException("inner")));
            });

    assertThat(code).isEqualTo(1);
    assertThat(err).hasToString("set x\n");
  }

  @Test
  void tellsTheDeepestCauseWithItsKindAndOneLineOfIt() {
    int code =
        execute(
            () -> {
              throw new IllegalStateException("outer", new RuntimeException("inner\nmore"));
            });

    assertThat(code).isEqualTo(1);
    assertThat(err).hasToString("RuntimeException: inner\n");
  }

  /** An error that is not caught leaves the JVM to the threads of the broker, for ever. */
  @Test
  void endsAtAnErrorToo() {
    int code =
        execute(
            () -> {
              throw new NoClassDefFoundError("io/twinlog/Gone");
            });

    assertThat(code).isEqualTo(1);
    assertThat(err).hasToString("NoClassDefFoundError: io/twinlog/Gone\n");
  }

  private int execute(Callable<Integer> what) {
    return Failures.execute(new CommandLine(new Doing(what)).setErr(new PrintWriter(err, true)));
  }
}
