// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.schemas.TelemetryRecord;
import io.twinlog.schemas.TelemetryStats;
import io.twinlog.system.TopicContents;
import io.twinlog.testkit.BatchStatistics;
import io.twinlog.wire.Repeats;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What a telemetry job made of a log, read as any consumer reads it, and what a batch makes of the
 * records that it accepted. Records of some events are left out, as their windows are still open.
 */
final class TelemetryVerdict {
  /** As the schema of the statistics has it. */
  private static final double PERCENTILE_ERROR = 1.0 / 128;

  private static final long HOUR_MILLIS = 3_600_000;
  private static final Pattern BEHIND = Pattern.compile("(\\d+) ms behind the newest");

  private final SingleObject codec = new SingleObject();
  private final List<TelemetryRecord> accepted;
  private final List<TelemetryRecord> rejected;
  private final Map<String, TelemetryStats> statistics = new HashMap<>();

  private TelemetryVerdict(String bootstrap, String prefix, List<String> leftOut) {
    accepted = records(bootstrap, Topic.TELEMETRY_RECORDS.in(prefix), leftOut);
    rejected = records(bootstrap, Topic.TELEMETRY_REJECTED.in(prefix), leftOut);
    for (ConsumerRecord<byte[], byte[]> record :
        once(bootstrap, Topic.TELEMETRY_STATS.in(prefix))) {
      statistics.put(
          new String(record.key(), StandardCharsets.UTF_8),
          codec.decode(record.value(), TelemetryStats.class));
    }
  }

  /**
   * Reads it.
   *
   * @param leftOut ids of events
   */
  static TelemetryVerdict of(String bootstrap, String prefix, List<String> leftOut) {
    return new TelemetryVerdict(bootstrap, prefix, leftOut);
  }

  private List<TelemetryRecord> records(String bootstrap, String topic, List<String> leftOut) {
    return once(bootstrap, topic).stream()
        .map(record -> codec.decode(record.value(), TelemetryRecord.class))
        .filter(record -> leftOut.stream().noneMatch(record.getDataId()::endsWith))
        .toList();
  }

  private static List<ConsumerRecord<byte[], byte[]>> once(String bootstrap, String topic) {
    Repeats repeats = new Repeats();
    List<ConsumerRecord<byte[], byte[]>> once = new ArrayList<>();
    for (ConsumerRecord<byte[], byte[]> record : TopicContents.readCommitted(bootstrap, topic)) {
      if (!repeats.isRepeat(record.key(), TopicContents.headers(record))) {
        once.add(record);
      }
    }
    return once;
  }

  /** Data ids of all records, accepted or not, in order. */
  List<String> ids() {
    return Stream.concat(accepted.stream(), rejected.stream())
        .map(TelemetryRecord::getDataId)
        .sorted()
        .toList();
  }

  /** The newest revision of each window says what a batch says, and is the last one. */
  void assertStatistics() {
    BatchStatistics batch = new BatchStatistics(PERCENTILE_ERROR);
    accepted.forEach(batch::add);
    batch.assertEqual(statistics);
    assertThat(statistics.values()).allMatch(TelemetryStats::getFinal$);
  }

  int windows() {
    return statistics.size();
  }

  int accepted() {
    return accepted.size();
  }

  int rejected() {
    return rejected.size();
  }

  /** Accepted records that came more than an hour behind the newest of their devices. */
  long late() {
    return accepted.stream()
        .flatMap(record -> record.getFlags().stream())
        .filter(flag -> flag.getCheck().equals("late"))
        .map(flag -> BEHIND.matcher(flag.getMessage()))
        .filter(Matcher::find)
        .filter(found -> Long.parseLong(found.group(1)) > HOUR_MILLIS)
        .count();
  }

  /** Accepted records of last year. */
  long backfilled() {
    return accepted.stream()
        .filter(record -> record.getFlags().stream().anyMatch(f -> f.getCheck().equals("backfill")))
        .count();
  }
}
