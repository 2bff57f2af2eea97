// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local;

import io.twinlog.wire.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * What happens in a local run, from the ends of its topics: one line, as of now. It counts records,
 * ticks taken off, and opens none.
 */
final class Figures implements AutoCloseable {
  private static final List<Topic> SHOWN =
      List.of(Topic.INGRESS, Topic.COMMANDS, Topic.DEVICE_LOG, Topic.DEAD_LETTERS);

  private static final int TRIES_MAX = 10;
  private static final long RETRY_MILLIS = 20;

  private final Admin admin;
  private final LocalStack stack;
  private final List<String> jobs;
  private final Map<TopicPartition, Topic> partitions = new HashMap<>();
  private Counts last;
  private long ticks;
  private long lastNanos;

  /** Records ever appended: events and commands without ticks, to the log, as dead letters. */
  private record Counts(long in, long log, long deadLetters) {}

  /** One look: the line, and whether anything but time moved since the last. */
  record Look(String line, boolean moved) {}

  Figures(LocalStack stack, String prefix, List<String> jobs)
      throws InterruptedException, ExecutionException {
    this.stack = stack;
    this.jobs = jobs;
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrap()));
    Set<String> existing = admin.listTopics().names().get();
    Map<String, Topic> shown =
        SHOWN.stream()
            .filter(topic -> existing.contains(topic.in(prefix)))
            .collect(Collectors.toMap(topic -> topic.in(prefix), topic -> topic));
    for (TopicDescription topic :
        admin.describeTopics(shown.keySet()).allTopicNames().get().values()) {
      topic
          .partitions()
          .forEach(
              p ->
                  partitions.put(
                      new TopicPartition(topic.name(), p.partition()), shown.get(topic.name())));
    }
    last = count();
    lastNanos = System.nanoTime();
  }

  Look look() throws InterruptedException, ExecutionException {
    Counts now = count();
    long nanos = System.nanoTime();
    double seconds = (nanos - lastNanos) / 1e9;
    List<String> parts = new ArrayList<>();
    parts.add("in %,.0f/s".formatted(Math.max(0, now.in - last.in) / seconds));
    parts.add("device log %,.0f/s".formatted((now.log - last.log) / seconds));
    parts.add("dead letters %,d".formatted(now.deadLetters));
    parts.add("unread " + unread());
    parts.add("clock " + hours(stack.clockMillis()));
    boolean moved = now.log != last.log || now.deadLetters != last.deadLetters || now.in > last.in;
    last = now;
    lastNanos = nanos;
    return new Look(String.join("   ", parts), moved);
  }

  private String unread() {
    return jobs.stream()
        .map(job -> "%s %,d".formatted(job, stack.lag(job)))
        .collect(Collectors.joining(", "));
  }

  /** Between two ticks: else one that is half written would pass for events. */
  private Counts count() throws InterruptedException, ExecutionException {
    OptionalLong before = stack.tickRecords();
    Map<Topic, Long> ends = ends();
    OptionalLong after = stack.tickRecords();
    for (int tries = 0;
        tries < TRIES_MAX && !(before.isPresent() && before.equals(after));
        tries++) {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      before = stack.tickRecords();
      ends = ends();
      after = stack.tickRecords();
    }
    ticks = after.orElse(ticks);
    return new Counts(
        end(ends, Topic.INGRESS) + end(ends, Topic.COMMANDS) - ticks,
        end(ends, Topic.DEVICE_LOG),
        end(ends, Topic.DEAD_LETTERS));
  }

  private Map<Topic, Long> ends() throws InterruptedException, ExecutionException {
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    partitions.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    Map<Topic, Long> ends = new HashMap<>();
    admin
        .listOffsets(asked)
        .all()
        .get()
        .forEach(
            (partition, end) -> ends.merge(partitions.get(partition), end.offset(), Long::sum));
    return ends;
  }

  private static long end(Map<Topic, Long> ends, Topic topic) {
    return ends.getOrDefault(topic, 0L);
  }

  @Override
  public void close() {
    admin.close();
  }

  private static String hours(long millis) {
    Duration duration = Duration.ofMillis(millis);
    return "%d:%02d:%02d"
        .formatted(duration.toHours(), duration.toMinutesPart(), duration.toSecondsPart());
  }
}
