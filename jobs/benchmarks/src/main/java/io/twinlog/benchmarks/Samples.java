// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * Where threads were, out of a flight recording: of each thread, how often in which code. Samples
 * of native code that only waits are left out.
 */
final class Samples {
  /** Native code that works: all else that is sampled there waits for something. */
  private static final List<String> WORKING =
      List.of(
          "org.rocksdb.",
          "net.jpountz.",
          "org.xerial.",
          "com.github.luben.",
          "java.util.zip.",
          "sun.nio.ch.SocketDispatcher.",
          "sun.nio.ch.FileDispatcherImpl.",
          "sun.nio.ch.UnixFileDispatcherImpl.");

  private static final String ELSEWHERE = "JDK and others";

  private final Map<Long, OfThread> threads = new HashMap<>();

  /** Code, and whose it is. */
  record Place(String group, String method) {}

  /** Counts of one thread. */
  record OfThread(Map<Place, Integer> java, Map<Place, Integer> nativeCode) {
    static int total(Map<Place, Integer> counts) {
      return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  /** Reads a recording. */
  static Samples read(Path file) throws IOException {
    Samples samples = new Samples();
    try (RecordingFile recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        samples.add(recording.readEvent());
      }
    }
    return samples;
  }

  private void add(RecordedEvent event) {
    boolean isNative = event.getEventType().getName().equals(FlightRecording.NATIVE);
    boolean isJava = event.getEventType().getName().equals(FlightRecording.JAVA);
    if (!isNative && !isJava || event.getStackTrace() == null) {
      return;
    }
    RecordedThread thread = event.getThread("sampledThread");
    List<RecordedFrame> frames = event.getStackTrace().getFrames();
    if (thread == null || frames.isEmpty() || isNative && !works(frames.get(0))) {
      return;
    }
    OfThread counts =
        threads.computeIfAbsent(
            thread.getOSThreadId(), id -> new OfThread(new HashMap<>(), new HashMap<>()));
    (isNative ? counts.nativeCode() : counts.java()).merge(place(frames), 1, Integer::sum);
  }

  private static boolean works(RecordedFrame top) {
    String method = text(top.getMethod());
    return WORKING.stream().anyMatch(method::startsWith);
  }

  /** The topmost code that is not the JDK's. */
  private static Place place(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      Optional<CodeGroup> group = CodeGroup.of(frame.getMethod().getType().getName());
      if (group.isPresent()) {
        return new Place(group.get().name(), text(frame.getMethod()));
      }
    }
    return new Place(ELSEWHERE, text(frames.get(0).getMethod()));
  }

  private static String text(RecordedMethod method) {
    // A lambda is numbered, differently in each JVM.
    String type = method.getType().getName().replaceAll("\\$\\$Lambda\\$.*", "\\$\\$Lambda");
    return type + "." + method.getName();
  }

  /** By the number that the operating system gives to a thread. */
  Map<Long, OfThread> byThread() {
    return threads;
  }
}
