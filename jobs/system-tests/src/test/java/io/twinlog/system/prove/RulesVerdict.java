// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.system.TopicContents;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.Origin;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What became of each event of ingress, beside what must have become of it by the version that the
 * last tick before it in its partition carries. It shares no code with the router.
 *
 * @param repeats outputs that were written again after a kill
 * @param wrong what differs; at most a few are listed
 */
record RulesVerdict(int events, Map<Long, Outcomes> byVersion, int repeats, List<String> wrong) {
  private static final Pattern TEMPERATURE = Pattern.compile("\"temperature\":(\\d+)");
  private static final int LISTED_MAX = 20;

  /** How many events passed, and how many became dead letters. */
  record Outcomes(int passed, int letters) {
    private static final Outcomes NONE = new Outcomes(0, 0);

    private Outcomes and(Fate fate) {
      return fate.letter() ? new Outcomes(passed, letters + 1) : new Outcomes(passed + 1, letters);
    }

    String text() {
      return "%,d passed, %,d dead letters".formatted(passed, letters);
    }
  }

  /** What there is, by the place in ingress. */
  private record Found(Map<String, Fate> fates, int repeats) {}

  /**
   * What is or must be.
   *
   * @param letter whether it is a dead letter
   */
  private record Fate(long version, boolean letter) {}

  /**
   * Reads and judges.
   *
   * @param limits the highest temperature that passes, by version
   */
  static RulesVerdict of(String bootstrap, Map<Long, Integer> limits) {
    Map<String, Fate> must = due(bootstrap, limits);
    Found found = found(bootstrap);
    Map<String, Fate> is = found.fates();
    Map<Long, Outcomes> counts = new TreeMap<>();
    List<String> wrong = new ArrayList<>();
    must.forEach(
        (place, fate) -> {
          counts.merge(fate.version(), Outcomes.NONE.and(fate), (before, one) -> before.and(fate));
          if (!fate.equals(is.remove(place)) && wrong.size() < LISTED_MAX) {
            wrong.add(place + " must be " + fate);
          }
        });
    is.forEach((place, fate) -> wrong.add(place + " is nowhere in ingress, and is " + fate));
    return new RulesVerdict(must.size(), counts, found.repeats(), wrong);
  }

  private static Map<String, Fate> due(String bootstrap, Map<Long, Integer> limits) {
    Map<Integer, Long> inForce = new HashMap<>();
    Map<String, Fate> due = new HashMap<>();
    for (ConsumerRecord<byte[], byte[]> record :
        TopicContents.readCommitted(bootstrap, Topic.INGRESS.in(ProcessRig.PREFIX))) {
      TickWatch.tick(record)
          .ifPresentOrElse(
              tick -> inForce.put(record.partition(), tick.getRulesVersion()),
              () -> {
                long version = inForce.getOrDefault(record.partition(), 0L);
                boolean letter = temperature(record) > limits.get(version);
                due.put(place(record.partition(), record.offset()), new Fate(version, letter));
              });
    }
    return due;
  }

  private static int temperature(ConsumerRecord<byte[], byte[]> record) {
    Matcher found = TEMPERATURE.matcher(new String(record.value(), StandardCharsets.UTF_8));
    if (!found.find()) {
      throw new IllegalStateException("no event of the load at " + record.offset());
    }
    return Integer.parseInt(found.group(1));
  }

  /** What the router wrote; repeats say the same. */
  private static Found found(String bootstrap) {
    Map<String, Fate> found = new HashMap<>();
    int repeats = 0;
    for (Topic topic : List.of(Topic.EVENTS_DOMAIN, Topic.DEAD_LETTERS)) {
      for (ConsumerRecord<byte[], byte[]> record :
          TopicContents.readCommitted(bootstrap, topic.in(ProcessRig.PREFIX))) {
        Origin origin = Origin.parse(record.headers().lastHeader(HeaderNames.ORIGIN).value());
        boolean tick = text(record, HeaderNames.TYPE).equals(HeaderNames.TICK);
        if (!tick && origin.writer().equals("router")) {
          Fate fate =
              new Fate(
                  Long.parseLong(text(record, HeaderNames.RULES)), topic == Topic.DEAD_LETTERS);
          Fate before = found.put(place(origin.partition(), origin.offset()), fate);
          repeats += before == null ? 0 : 1;
          if (before != null && !before.equals(fate)) {
            throw new IllegalStateException(origin + " was " + before + " and became " + fate);
          }
        }
      }
    }
    return new Found(found, repeats);
  }

  private static String text(ConsumerRecord<byte[], byte[]> record, String header) {
    var found = record.headers().lastHeader(header);
    return found == null ? "" : new String(found.value(), StandardCharsets.UTF_8);
  }

  private static String place(int partition, long offset) {
    return partition + "@" + offset;
  }
}
