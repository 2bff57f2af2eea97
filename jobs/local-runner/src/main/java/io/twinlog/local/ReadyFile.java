// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.twinlog.flink.SettingsException;
import io.twinlog.wire.BuildVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * Tells scripts, and the operator's command, that a local run is ready and where it is. It exists
 * only while the run does; after a kill, its process id names nobody.
 */
record ReadyFile(
    @JsonProperty("bootstrap") String bootstrap,
    @JsonProperty("prefix") String prefix,
    @JsonProperty("flink") String flink,
    @JsonProperty("data") String data,
    @JsonProperty("pid") long pid,
    @JsonProperty("version") String version) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static ReadyFile ofThisProcess(String bootstrap, String prefix, String flink, Path data) {
    return new ReadyFile(
        bootstrap,
        prefix,
        flink,
        data.toString(),
        ProcessHandle.current().pid(),
        BuildVersion.text());
  }

  /** Writes it whole or not at all: no reader sees half of it. */
  void write(Path file) {
    Path target = file.toAbsolutePath();
    Path half = target.resolveSibling(target.getFileName() + "." + pid);
    try {
      Files.createDirectories(target.getParent());
      Files.writeString(half, JSON.writeValueAsString(this) + "\n");
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new SettingsException("cannot write the ready file %s (%s)".formatted(target, e), e);
    }
  }

  /** Removes a file that this process wrote; that of another run stays. */
  void remove(Path file) throws IOException {
    if (Files.exists(file) && JSON.readTree(file.toFile()).path("pid").asLong() == pid) {
      Files.delete(file);
    }
  }
}
