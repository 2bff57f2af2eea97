// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who asks for something to be done, and how long they wait for each result. */
final class OrderTerms {
  private static final String DEFAULT_AUTHOR = System.getProperty("user.name", "");

  @Option(
      names = "--author",
      paramLabel = "NAME",
      description = "Who asks for it (default: the user of this process).")
  private Optional<String> author;

  @Option(
      names = "--timeout",
      paramLabel = "30s",
      defaultValue = "30s",
      converter = DurationText.class,
      description = "How long to wait for each result (default: 30s).")
  private Duration timeout;

  String author() {
    return author.orElse(DEFAULT_AUTHOR);
  }

  Duration timeout() {
    return timeout;
  }
}
