// SPDX-License-Identifier: Apache-2.0
package io.twinlog.simulator;

import io.twinlog.domain.device.DeviceFold;
import io.twinlog.domain.device.DeviceState;
import io.twinlog.domain.device.DeviceVitals;
import io.twinlog.schemas.DeviceLog;
import io.twinlog.schemas.Event;
import io.twinlog.simulator.Folded.Output;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.Origin;
import io.twinlog.wire.PlatformErrors;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.device.DeviceLogCodec;
import io.twinlog.wire.device.DeviceRecords;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Judges what a simulation left behind. Safety: each source record has one outcome; outputs,
 * repeats folded, are those of the {@link Oracle}; versions count up by one; the projection is the
 * fold of the log. Liveness: all has been read, and time has reached the end.
 */
final class Verdict {
  private static final int TOLD_MAX = 12;

  private final SimulatedBroker broker;
  private final Setting setting;
  private final SimulatedClock clock;
  private final long end;
  private final long watermark;
  private final List<String> problems = new ArrayList<>();
  private final SingleObject singleObject = new SingleObject();

  /**
   * @param clock which wrote the last tick
   * @param watermark how far the device job came
   */
  Verdict(SimulatedBroker broker, Setting setting, SimulatedClock clock, long watermark) {
    this.broker = broker;
    this.setting = setting;
    this.clock = clock;
    this.end = clock.clock();
    this.watermark = watermark;
  }

  /** What is wrong; empty: nothing. */
  List<String> problems() {
    if (watermark != end - 1) {
      problems.add("time stands at " + watermark + ", and the clock at " + end);
    }
    judgeRouter();
    Folded device = Folded.of(broker, "device");
    problems.addAll(device.contradictions());
    judgeHistories(device);
    judgeByOracle(device);
    return problems.size() > TOLD_MAX ? problems.subList(0, TOLD_MAX) : problems;
  }

  /** Every record of a source topic, ticks aside, has exactly one output. */
  private void judgeRouter() {
    Folded router = Folded.of(broker, "router");
    problems.addAll(router.contradictions());
    Map<String, Integer> outcomes = new HashMap<>();
    List<String> outages = new ArrayList<>();
    for (Output output : router.outputs()) {
      String type = output.entry().header(HeaderNames.TYPE).orElse("");
      if (type.equals(PlatformErrors.INGEST_OUTAGE)) {
        outages.add(singleObject.decode(output.entry().value(), Event.class).getId());
      } else {
        outcomes.merge(place(output.origin()), 1, Integer::sum);
      }
    }
    judgeOutages(outages);
    for (Topic topic : Topic.SOURCES) {
      for (int p = 0; p < broker.log(topic).size(); p++) {
        for (LogEntry entry : broker.log(topic).get(p)) {
          String place = broker.directory().entry(topic).id() + '/' + p + '/' + entry.offset();
          boolean tick =
              entry.header(HeaderNames.TYPE).filter(HeaderNames.TICK::equals).isPresent();
          int found = outcomes.getOrDefault(place, 0);
          if (!tick && found != 1) {
            problems.add(topic.text() + " " + place + " has " + found + " outcomes");
          }
        }
      }
    }
  }

  /** Each outage is told once, the newest too. */
  private void judgeOutages(List<String> told) {
    if (Set.copyOf(told).size() < told.size()) {
      problems.add("an outage is told more than once: " + told);
    }
    // Of two clocks that notice the same gap, readers follow the one that is ahead.
    long newest = told.stream().mapToLong(id -> Long.parseLong(id.split("/")[1])).max().orElse(-1);
    if (newest < clock.outage().clock()) {
      problems.add("the outage at " + clock.outage().clock() + " is not told, but " + told);
    }
  }

  private static String place(Origin origin) {
    return origin.topicId() + '/' + origin.partition() + '/' + origin.offset();
  }

  private void judgeHistories(Folded device) {
    Map<String, DeviceState> states = new TreeMap<>();
    Map<String, LogEntry> projections = new TreeMap<>();
    for (Output output : device.outputs()) {
      String key = output.entry().keyText();
      if (output.topic() == Topic.DEVICE_LOG) {
        DeviceLog log = singleObject.decode(output.entry().value(), DeviceLog.class);
        DeviceState before = states.getOrDefault(key, DeviceState.unknown(key));
        if (log.getVersion() != before.version() + 1) {
          problems.add(key + " has version " + log.getVersion() + " after " + before.version());
        }
        DeviceState after = DeviceFold.evolve(before, DeviceLogCodec.fromAvro(log));
        states.put(
            key, log.getEvent().equals("DeviceForgotten") ? DeviceState.unknown(key) : after);
      } else if (output.topic() == Topic.DEVICE_STATE) {
        projections.put(key, output.entry());
      }
    }
    states.forEach((key, state) -> judgeProjection(key, state, projections.get(key)));
  }

  private void judgeProjection(String key, DeviceState state, LogEntry projection) {
    if (projection == null) {
      problems.add(key + " has a log and no projection");
    } else if (projection.value() == null) {
      if (state.version() != 0) {
        problems.add(key + " has a tombstone at version " + state.version());
      }
    } else {
      io.twinlog.schemas.DeviceState hard =
          singleObject.decode(projection.value(), io.twinlog.schemas.DeviceState.class);
      hard.setLastSeen(null);
      hard.setLastData(null);
      if (!hard.equals(DeviceRecords.state(state, DeviceVitals.NONE, 0))) {
        problems.add(key + ": its projection is not the fold of its log: " + hard);
      }
    }
  }

  private void judgeByOracle(Folded device) {
    Oracle oracle =
        new Oracle(
            new OracleSettings(
                setting.rules(),
                setting.availability(),
                setting.fleet(),
                Setting.DEDUPE_IDS,
                Setting.DEDUPE_HORIZON,
                32,
                24L * 60 * 60 * 1000));
    Map<String, List<String>> expected = new TreeMap<>();
    for (Expected record : oracle.run(broker.log(Topic.EVENTS_DOMAIN), end)) {
      expected
          .computeIfAbsent(record.topic() + ' ' + record.key(), k -> new ArrayList<>())
          .add(line(record.type(), record.writer(), record.clock(), record.content()));
    }
    Map<String, List<String>> found = new TreeMap<>();
    for (Output output : device.outputs()) {
      LogEntry entry = output.entry();
      String type = entry.header("dlq.reason").or(() -> entry.header(HeaderNames.TYPE)).orElse("");
      found
          .computeIfAbsent(output.topic().text() + ' ' + entry.keyText(), k -> new ArrayList<>())
          .add(
              line(
                  type,
                  output.origin().writer(),
                  entry.header(HeaderNames.CLOCK).orElse(""),
                  entry.value() == null ? "tombstone" : HexFormat.of().formatHex(entry.value())));
    }
    Set<String> keys = new TreeSet<>(expected.keySet());
    keys.addAll(found.keySet());
    for (String key : keys) {
      compare(key, expected.getOrDefault(key, List.of()), found.getOrDefault(key, List.of()));
    }
  }

  private static String line(String type, String writer, String clock, String content) {
    return type + " by " + writer + " at " + clock + ": " + content;
  }

  private void compare(String key, List<String> expected, List<String> found) {
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      String wanted = i < expected.size() ? expected.get(i) : "nothing";
      String got = i < found.size() ? found.get(i) : "nothing";
      if (!wanted.equals(got)) {
        problems.add(
            "%s, output %d of %d:%n    the oracle: %s%n    the job:    %s"
                .formatted(key, i + 1, found.size(), readable(wanted), readable(got)));
        return;
      }
    }
  }

  private String readable(String line) {
    int colon = line.lastIndexOf(": ");
    if (colon < 0 || line.endsWith("tombstone")) {
      return line;
    }
    byte[] value = HexFormat.of().parseHex(line.substring(colon + 2));
    String content =
        SingleObject.marks(value)
            ? singleObject.decode(value).toString()
            : new String(value, StandardCharsets.UTF_8);
    return line.substring(0, colon + 2) + content;
  }
}
