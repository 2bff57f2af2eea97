// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.system.TopicContents;
import io.twinlog.wire.Repeats;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a topic says of each key, as {@code twinlog digest} takes it: each record once, soft fields
 * left out, of a compacted topic the newest alone.
 *
 * @param values of each key, in order; of dead letters in no order, as two jobs write them
 */
record KeyedOutputs(Map<String, List<String>> values) {
  private static final SingleObject CODEC = new SingleObject();

  /** Of topics of a prefix, up to their ends. */
  static Map<Topic, KeyedOutputs> of(String bootstrap, String prefix, List<Topic> topics) {
    Map<String, Topic> named = new HashMap<>();
    Map<Topic, Repeats> repeats = new EnumMap<>(Topic.class);
    Map<Topic, KeyedOutputs> outputs = new EnumMap<>(Topic.class);
    for (Topic topic : topics) {
      named.put(topic.in(prefix), topic);
      repeats.put(topic, new Repeats());
      outputs.put(topic, new KeyedOutputs(new TreeMap<>()));
    }
    for (ConsumerRecord<byte[], byte[]> record :
        TopicContents.readCommitted(bootstrap, named.keySet())) {
      Topic topic = named.get(record.topic());
      if (!repeats.get(topic).isRepeat(record.key(), TopicContents.headers(record))) {
        outputs.get(topic).add(topic, record);
      }
    }
    if (outputs.containsKey(Topic.DEAD_LETTERS)) {
      outputs.get(Topic.DEAD_LETTERS).values.values().forEach(letters -> letters.sort(null));
    }
    return outputs;
  }

  private void add(Topic topic, ConsumerRecord<byte[], byte[]> record) {
    String key = record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8);
    List<String> ofKey = values.computeIfAbsent(key, first -> new ArrayList<>());
    if (topic.cleanup() == Topic.Cleanup.COMPACT) {
      ofKey.clear();
    }
    ofKey.add(text(topic, record.value()));
  }

  private static String text(Topic topic, byte[] value) {
    if (value == null) {
      return "tombstone";
    }
    if (topic == Topic.DEAD_LETTERS) {
      return HexFormat.of().formatHex(value);
    }
    GenericRecord record = CODEC.decode(value);
    if (topic == Topic.DEVICE_STATE) {
      record.put("last_seen", null);
      record.put("last_data", null);
    }
    return record.toString();
  }

  List<String> of(String key) {
    return values.getOrDefault(key, List.of());
  }

  /** Without what is of one device: its id is the key, or the first part of it. */
  KeyedOutputs without(String device) {
    Map<String, List<String>> others = new TreeMap<>(values);
    others.keySet().removeIf(key -> key.equals(device) || key.startsWith(device + '/'));
    return new KeyedOutputs(others);
  }

  long records() {
    return values.values().stream().mapToLong(List::size).sum();
  }

  /** Keys of which the other says something else. */
  List<String> differences(KeyedOutputs other) {
    return Stream.concat(values.keySet().stream(), other.values.keySet().stream())
        .distinct()
        .filter(key -> !Objects.equals(values.get(key), other.values.get(key)))
        .toList();
  }
}
