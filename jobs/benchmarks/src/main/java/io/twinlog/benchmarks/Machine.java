// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The machine that figures are of. It has no name: the same kind elsewhere is the same. */
record Machine(
    @JsonProperty("cpu") String cpu,
    @JsonProperty("cores") int cores,
    @JsonProperty("memory_gib") long memoryGib,
    @JsonProperty("jdk") String jdk,
    @JsonProperty("os") String os) {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
  private static final String MODEL = "model name";
  private static final double GIB = 1L << 30;

  static Machine here() throws IOException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    return new Machine(
        model(),
        system.getAvailableProcessors(),
        Math.round(system.getTotalMemorySize() / GIB),
        System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
        system.getName() + " " + system.getArch());
  }

  private static String model() throws IOException {
    if (!Files.isReadable(CPU_INFO)) {
      return System.getProperty("os.arch");
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith(MODEL))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(System.getProperty("os.arch"));
    }
  }

  /** What its baseline is found by: {@code AMD EPYC x 2}. */
  String key() {
    return cpu + " x " + cores;
  }
}
