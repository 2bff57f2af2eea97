// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/**
 * What the process got from its surroundings: variables, streams, time. It interprets none of it.
 *
 * @param out stdout, unbuffered and without a character set: data goes through {@link JsonLines}
 * @param err stderr: figures, progress, errors
 */
record Environment(
    Map<String, String> variables, InputStream in, OutputStream out, PrintStream err, Clock clock) {
  static Environment ofThisProcess() {
    return new Environment(
        System.getenv(),
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8),
        Clock.systemUTC());
  }

  /** One line on stderr; what a terminal would obey instead of showing is escaped. */
  void say(String line) {
    err.println(TerminalText.escape(line));
  }

  /** Opens a file that a parameter names; {@code -} is stdin. */
  InputStream open(String file) {
    if (file.equals("-")) {
      return in;
    }
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      throw new CommandFailure(ExitCode.USAGE, "no such file: " + file);
    }
    try {
      return Files.newInputStream(path);
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.FAILED, "cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
