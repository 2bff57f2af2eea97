// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.wire.Topic;
import java.io.IOException;
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
    List<String> asked = new ArrayList<>(List.of("digest"));
    topics.forEach(topic -> asked.add(topic.text()));
    String output = TwinlogCommand.start(bootstrap, prefix, asked.toArray(String[]::new)).await(0);
    if (output.contains("do not say what")) {
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
