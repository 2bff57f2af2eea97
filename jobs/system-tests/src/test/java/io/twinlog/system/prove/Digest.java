// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.system.TopicContents;
import io.twinlog.wire.Topic;
import io.twinlog.wire.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a topic says, in one number: keys and values without soft fields, sorted, repeats once; of a
 * projection what holds at last. Offsets, headers and ticks are left out.
 *
 * @param sha SHA-256, in hexadecimal
 * @param records that it was made of
 */
record Digest(String sha, int records) {
  private static final String[] SOFT = {"last_seen", "last_data"};

  static Digest of(String bootstrap, String prefix, Topic topic) {
    RecordJson json = new RecordJson();
    Set<String> lines = new TreeSet<>();
    Map<String, String> last = new TreeMap<>();
    for (ConsumerRecord<byte[], byte[]> record : TopicContents.read(bootstrap, topic.in(prefix))) {
      String key = RecordJson.text(record.key()).toString();
      String line = key + ' ' + hard(json.value(record.value()));
      lines.add(line);
      last.put(key, line);
    }
    return of(topic.cleanup() == Topic.Cleanup.COMPACT ? last.values() : lines);
  }

  private static JsonNode hard(JsonNode value) {
    if (value instanceof ObjectNode fields) {
      fields.remove(java.util.List.of(SOFT));
    }
    return value;
  }

  private static Digest of(Iterable<String> lines) {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      int records = 0;
      for (String line : lines) {
        sha.update((line + '\n').getBytes(StandardCharsets.UTF_8));
        records++;
      }
      return new Digest(HexFormat.of().formatHex(sha.digest()), records);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
