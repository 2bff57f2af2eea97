// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import java.nio.file.Path;

/** Sends the log of this JVM to a file: nothing of Kafka or Flink may reach standard output. */
final class LocalLog {
  private LocalLog() {}

  /** To be called before the first logger is made. */
  static void configure(Path root) {
    System.setProperty("log4j2.configurationFile", "local-run-log4j2.xml");
    System.setProperty("twinlog.log", DataDirectory.log(root).toString());
    // Native libraries are unpacked where the next start clears up, even after a kill.
    System.setProperty("java.io.tmpdir", DataDirectory.temporary(root).toString());
  }
}
