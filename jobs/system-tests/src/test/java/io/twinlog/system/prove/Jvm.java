// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the JDK and the kernel tell of a process. */
record Jvm(long pid) {
  private static final long KIB = 1_024;

  /** Bytes on its heap that are in use after a full collection. */
  long liveBytes() throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), Long.toString(pid), "GC.class_histogram")
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    List<String> lines = output.lines().toList();
    String[] total = lines.get(lines.size() - 1).trim().split("\\s+");
    if (process.waitFor() != 0 || !total[0].equals("Total")) {
      throw new IOException("jcmd tells nothing of %d: %s".formatted(pid, output));
    }
    return Long.parseLong(total[2]);
  }

  /** Bytes of memory that it and its children have, resident. */
  long residentBytes() {
    Stream<ProcessHandle> all =
        ProcessHandle.of(pid).stream()
            .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()));
    return all.mapToLong(process -> residentBytes(process.pid())).sum();
  }

  private static long residentBytes(long pid) {
    Path status = Path.of("/proc", Long.toString(pid), "status");
    try (Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * KIB)
          .sum();
    } catch (IOException e) {
      throw new UncheckedIOException("the kernel tells nothing of " + pid, e);
    }
  }
}
