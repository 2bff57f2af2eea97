// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.flink.OutputRecord;
import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a run wrote, each output once: a repeat has the origin of what it repeats, and must say the
 * same.
 *
 * @param byKey per topic and key, in order
 * @param written with repeats
 * @param failed whether the failure came that was planned
 */
record RunOutputs(Map<String, List<Once>> byKey, int written, boolean failed) {
  private static final String PREFIX = "twinlog.";

  /** An output, as hexadecimal digits say it; tombstones are empty. */
  record Once(String origin, String clock, String value) {}

  static RunOutputs of(Collection<OutputRecord> written, boolean failed) {
    Map<String, Map<String, Once>> byOrigin = new TreeMap<>();
    for (OutputRecord output : written) {
      String key = output.topic() + ' ' + new String(output.key(), StandardCharsets.UTF_8);
      Once once =
          new Once(
              header(output, HeaderNames.ORIGIN), header(output, HeaderNames.CLOCK), text(output));
      Once before =
          byOrigin
              .computeIfAbsent(key, k -> new LinkedHashMap<>())
              .putIfAbsent(once.origin(), once);
      if (before != null) {
        assertThat(once).as("repeat of " + key).isEqualTo(before);
      }
    }
    Map<String, List<Once>> byKey = new TreeMap<>();
    byOrigin.forEach((key, outputs) -> byKey.put(key, List.copyOf(outputs.values())));
    return new RunOutputs(byKey, written.size(), failed);
  }

  private static String header(OutputRecord output, String name) {
    return Header.text(output.headers(), name).orElse("");
  }

  /** Byte by byte: a text of Latin letters compares as its bytes do. */
  private static String text(OutputRecord output) {
    return output.value() == null ? "" : new String(output.value(), StandardCharsets.ISO_8859_1);
  }

  private Stream<Map.Entry<String, List<Once>>> of(Topic topic) {
    return byKey.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(topic.in(PREFIX) + ' '));
  }

  /** All outputs of a topic; those of a key in order. */
  List<Once> all(Topic topic) {
    return of(topic).flatMap(entry -> entry.getValue().stream()).toList();
  }

  /** Records of a topic. */
  List<TelemetryRecord> records(Topic topic) {
    SingleObject codec = new SingleObject();
    return all(topic).stream().map(once -> decoded(codec, once, TelemetryRecord.class)).toList();
  }

  /** The newest revision of each window, by the key of its record. */
  Map<String, TelemetryStats> statistics() {
    SingleObject codec = new SingleObject();
    Map<String, TelemetryStats> newest = new TreeMap<>();
    of(Topic.TELEMETRY_STATS)
        .forEach(
            entry -> {
              String key = entry.getKey().substring(entry.getKey().indexOf(' ') + 1);
              List<TelemetryStats> revisions = new ArrayList<>();
              entry.getValue().forEach(o -> revisions.add(decoded(codec, o, TelemetryStats.class)));
              for (int i = 0; i < revisions.size(); i++) {
                assertThat(revisions.get(i).getRevision()).as(key).isEqualTo(i + 1);
              }
              newest.put(key, revisions.get(revisions.size() - 1));
            });
    return newest;
  }

  private static <T extends org.apache.avro.specific.SpecificRecordBase> T decoded(
      SingleObject codec, Once once, Class<T> type) {
    return codec.decode(once.value().getBytes(StandardCharsets.ISO_8859_1), type);
  }
}
