// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.Origin;
import io.twinlog.wire.Topic;
import io.twinlog.wire.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is in the topics, read as any reader must read it: each output once. It also finds repeats
 * that are not the same bytes.
 */
final class Folded {
  /** A record that is no repeat. */
  record Output(Topic topic, int partition, Origin origin, LogEntry entry) {}

  private static final RecordJson SHOWN = new RecordJson();

  private final List<Output> outputs = new ArrayList<>();
  private final List<String> contradictions = new ArrayList<>();
  private int repeats;

  /** Reads what the writers that begin so have written. */
  static Folded of(SimulatedBroker broker, String writers) {
    Folded folded = new Folded();
    for (Topic topic : Topic.values()) {
      for (int partition = 0; partition < broker.log(topic).size(); partition++) {
        folded.read(topic, partition, broker.log(topic).get(partition), writers);
      }
    }
    return folded;
  }

  private void read(Topic topic, int partition, List<LogEntry> log, String writers) {
    Map<String, long[]> highest = new HashMap<>();
    Map<String, LogEntry> seen = new HashMap<>();
    for (LogEntry entry : log) {
      boolean tick = entry.header(HeaderNames.TYPE).filter(HeaderNames.TICK::equals).isPresent();
      String text = entry.header(HeaderNames.ORIGIN).orElse("");
      if (tick || !text.startsWith(writers)) {
        continue;
      }
      LogEntry first = seen.putIfAbsent(identity(entry, text), entry);
      if (first != null && !same(first, entry)) {
        contradictions.add(
            "%s has two outputs of %s:%n    %s%n    %s"
                .formatted(topic.text(), text, shown(first), shown(entry)));
      }
      Origin origin = Origin.parse(text.getBytes(StandardCharsets.US_ASCII));
      if (isNew(highest, origin, entry)) {
        outputs.add(new Output(topic, partition, origin, entry));
      } else {
        repeats++;
      }
    }
  }

  /** Origins of what has a version are in no order, and not its own. */
  private static String identity(LogEntry entry, String origin) {
    return entry
        .header(HeaderNames.VERSION)
        .map(
            version ->
                origin.substring(0, origin.indexOf('/')) + ' ' + entry.keyText() + ' ' + version)
        .orElse(origin);
  }

  /** By version where there is one, else by origin; per key, as all of a key comes in one order. */
  private static boolean isNew(Map<String, long[]> highest, Origin origin, LogEntry entry) {
    String version = entry.header(HeaderNames.VERSION).orElse("");
    String path =
        version.isEmpty()
            ? origin.writer() + '/' + origin.topicId() + '/' + origin.partition()
            : origin.writer();
    long[] mark =
        version.isEmpty()
            ? new long[] {origin.offset(), origin.index()}
            : new long[] {Long.parseLong(version), 0};
    String key = path + ' ' + entry.keyText();
    long[] before = highest.get(key);
    if (before != null && Arrays.compare(mark, before) <= 0) {
      return false;
    }
    highest.put(key, mark);
    return true;
  }

  private static String shown(LogEntry entry) {
    String clock = entry.header(HeaderNames.CLOCK).orElse("");
    return entry.keyText() + " at " + clock + ": " + SHOWN.value(entry.value());
  }

  private static boolean same(LogEntry one, LogEntry other) {
    boolean headers = one.headers().size() == other.headers().size();
    for (int i = 0; headers && i < one.headers().size(); i++) {
      headers =
          one.headers().get(i).key().equals(other.headers().get(i).key())
              && Arrays.equals(one.headers().get(i).value(), other.headers().get(i).value());
    }
    return headers
        && Arrays.equals(one.key(), other.key())
        && Arrays.equals(one.value(), other.value());
  }

  List<Output> outputs() {
    return outputs;
  }

  /** Repeats that differ from what they repeat. */
  List<String> contradictions() {
    return contradictions;
  }

  int repeats() {
    return repeats;
  }
}
