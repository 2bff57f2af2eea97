// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.cli.Main;
import io.twinlog.wire.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What {@code twinlog digest} says of a topic, asked as its user asks it.
 *
 * @param sha SHA-256, in hexadecimal
 * @param records that it was made of
 */
record Digest(String sha, int records) {
  /**
   * Of topics of a prefix, up to their ends.
   *
   * @throws IOException when it cannot be told, or a repeat contradicts what it repeats
   */
  static Map<Topic, Digest> of(String bootstrap, String prefix, List<Topic> topics)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("--bootstrap", bootstrap, "--prefix", prefix, "digest"));
    topics.forEach(topic -> command.add(topic.text()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0 || output.contains("do not say what")) {
      throw new IOException("twinlog digest: " + output);
    }
    Map<Topic, Digest> digests = new EnumMap<>(Topic.class);
    for (String line : output.lines().toList()) {
      String[] words = line.split(" ");
      if (words.length == 3) {
        Topic.of(words[0])
            .ifPresent(t -> digests.put(t, new Digest(words[1], Integer.parseInt(words[2]))));
      }
    }
    if (digests.size() != topics.size()) {
      throw new IOException("twinlog digest tells of %s: %s".formatted(digests.keySet(), output));
    }
    return digests;
  }

  String text() {
    return "%,d records, %s".formatted(records, sha);
  }
}
