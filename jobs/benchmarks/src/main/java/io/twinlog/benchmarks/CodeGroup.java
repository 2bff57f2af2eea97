// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.util.List;
import java.util.Optional;

/**
 * Whose code a sampled thread was in, by class names. What the JDK does is put down to whoever
 * called it.
 *
 * @param prefixes of the names of its classes
 */
record CodeGroup(String name, List<String> prefixes) {
  /** The first that fits has it. */
  private static final List<CodeGroup> ALL =
      List.of(
          new CodeGroup("RocksDB (native code)", List.of("org.rocksdb.")),
          new CodeGroup(
              "Flink: RocksDB state backend",
              List.of("org.apache.flink.state.rocksdb.", "org.apache.flink.contrib.streaming.")),
          new CodeGroup(
              "Flink: Kafka connector",
              List.of("org.apache.flink.connector.kafka.", "org.apache.flink.connector.base.")),
          new CodeGroup("Flink: runtime", List.of("org.apache.flink.")),
          new CodeGroup("Compression", List.of("net.jpountz.", "org.xerial.", "com.github.luben.")),
          new CodeGroup("Kafka clients", List.of("org.apache.kafka.")),
          new CodeGroup("JSON schema validation", List.of("com.networknt.")),
          new CodeGroup("JSON (Jackson)", List.of("com.fasterxml.jackson.")),
          new CodeGroup("Avro", List.of("org.apache.avro.", "io.twinlog.schemas.")),
          new CodeGroup("Twinlog: wire", List.of("io.twinlog.wire.")),
          new CodeGroup("Twinlog: domain", List.of("io.twinlog.domain.")),
          new CodeGroup("Twinlog: flink-kit", List.of("io.twinlog.flink.")),
          new CodeGroup("Twinlog: router job", List.of("io.twinlog.router.")),
          new CodeGroup("Twinlog: device job", List.of("io.twinlog.device.")),
          new CodeGroup("DDSketch", List.of("com.datadoghq.")),
          new CodeGroup("Twinlog: telemetry job", List.of("io.twinlog.telemetry.")),
          new CodeGroup("Benchmark", List.of("io.twinlog.benchmarks.")));

  /** The group of a class; empty for those of the JDK and of whoever else. */
  static Optional<CodeGroup> of(String className) {
    return ALL.stream()
        .filter(group -> group.prefixes.stream().anyMatch(className::startsWith))
        .findFirst();
  }
}
