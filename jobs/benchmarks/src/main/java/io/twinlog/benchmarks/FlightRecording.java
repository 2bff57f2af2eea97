// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;

/**
 * A flight recording of this JVM that holds where its threads are, sampled, and nothing else. It
 * costs a few percent, so no run that counts is recorded.
 */
final class FlightRecording implements AutoCloseable {
  /** Threads in Java code. */
  static final String JAVA = "jdk.ExecutionSample";

  /** Threads in native code, one of them at each sample; many of them wait. */
  static final String NATIVE = "jdk.NativeMethodSample";

  /** Between two samples of a thread that runs Java code. */
  static final Duration PERIOD = Duration.ofMillis(10);

  private static final Duration NATIVE_PERIOD = Duration.ofMillis(1);

  private final Recording recording = new Recording();

  FlightRecording() {
    recording.enable(JAVA).withPeriod(PERIOD);
    recording.enable(NATIVE).withPeriod(NATIVE_PERIOD);
  }

  void start() {
    recording.start();
  }

  void stop(Path file) throws IOException {
    recording.stop();
    recording.dump(file);
  }

  @Override
  public void close() {
    recording.close();
  }
}
