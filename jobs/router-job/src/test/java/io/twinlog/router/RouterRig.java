// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.rules.log.RuleBooks;
import io.twinlog.schemas.Outage;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.Tick;
import io.twinlog.testkit.IngressExamples;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.api.common.serialization.SerializerConfigImpl;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** The router in a harness, over topics of four partitions. */
final class RouterRig implements AutoCloseable {
  static final int PARTITIONS = 4;

  /** Log time in all tests that do not say otherwise: a second after the examples' timestamp. */
  static final long WALL = IngressExamples.TIMESTAMP.toEpochMilli() + 1_000;

  static final TopicDirectory TOPICS =
      new TopicDirectory(
          Arrays.stream(Topic.values())
              .collect(
                  Collectors.toMap(
                      Topic::text,
                      topic ->
                          new TopicDirectory.Entry(
                              topic.in("twinlog."), "id-of-" + topic.text(), PARTITIONS))));

  private static final int MAX_PARALLELISM = 128;

  private final OneInputStreamOperatorTestHarness<SourceRecord, OutputRecord> harness;
  private int taken;
  private long offset;

  RouterRig(String... settings) throws Exception {
    this(1, 0, null, settings);
  }

  /** A subtask that begins with what one of parallelism 1 kept. */
  RouterRig(int parallelism, int subtask, OperatorSubtaskState restored, String... settings)
      throws Exception {
    this(parallelism, subtask, restored, RuleBooks.ofBase(), settings);
  }

  /** One under rules that change. */
  RouterRig(RuleBooks books, OperatorSubtaskState restored) throws Exception {
    this(1, 0, restored, books);
  }

  private RouterRig(
      int parallelism,
      int subtask,
      OperatorSubtaskState restored,
      RuleBooks books,
      String... settings)
      throws Exception {
    Configuration configuration = new Configuration();
    for (int i = 0; i < settings.length; i += 2) {
      configuration.setString(settings[i], settings[i + 1]);
    }
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new RouterOperator(RouterSettings.of(configuration), TOPICS, books),
            MAX_PARALLELISM,
            parallelism,
            subtask);
    harness.setup(OutputRecord.TYPE.createSerializer(new SerializerConfigImpl()));
    if (restored != null) {
      harness.initializeState(
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              restored, MAX_PARALLELISM, 1, parallelism, subtask));
    }
    harness.open();
  }

  /** A record of ingress, partition 2, keyed {@code producer}. */
  List<OutputRecord> event(String json, Header... headers) throws Exception {
    return event("producer".getBytes(UTF_8), json.getBytes(UTF_8), List.of(headers));
  }

  List<OutputRecord> event(byte[] key, byte[] value, List<Header> headers) throws Exception {
    return send(Topic.INGRESS, 2, key, value, headers);
  }

  /** A record of commands, partition 1. */
  List<OutputRecord> command(String json) throws Exception {
    return command(json.getBytes(UTF_8));
  }

  List<OutputRecord> command(byte[] value) throws Exception {
    return send(Topic.COMMANDS, 1, "d-1".getBytes(UTF_8), value, List.of());
  }

  /** Ticks of {@code clock} in all partitions that the methods above use. */
  List<OutputRecord> ticks(long clock) throws Exception {
    int before = taken;
    tick(Topic.INGRESS, 2, clock);
    tick(Topic.COMMANDS, 1, clock);
    List<OutputRecord> all = harness.extractOutputValues();
    return List.copyOf(all.subList(before, all.size()));
  }

  List<OutputRecord> tick(Topic topic, int partition, long clock) throws Exception {
    return tick(topic, partition, clock, null);
  }

  /** A tick that tells of an outage. */
  List<OutputRecord> tick(Topic topic, int partition, long clock, Outage outage) throws Exception {
    return tick(topic, partition, clock, 5, outage);
  }

  /** A tick that puts rules in force. */
  List<OutputRecord> tickOfRules(Topic topic, int partition, long clock, long version)
      throws Exception {
    return tick(topic, partition, clock, version, null);
  }

  List<OutputRecord> tick(Topic topic, int partition, long clock, long version, Outage outage)
      throws Exception {
    Tick tick =
        new Tick(
            1,
            clock,
            Instant.ofEpochMilli(WALL),
            version,
            List.of(new SourceTopic("twinlog.ingress", "id-of-ingress", PARTITIONS)),
            outage);
    byte[] value = new SingleObject().encode(tick);
    return send(
        topic, partition, null, value, List.of(Header.of(HeaderNames.TYPE, HeaderNames.TICK)));
  }

  List<OutputRecord> send(
      Topic topic, int partition, byte[] key, byte[] value, List<Header> headers) throws Exception {
    String name = topic.in("twinlog.");
    SourceRecord record = new SourceRecord(name, partition, offset++, key, value, headers);
    harness.processElement(new StreamRecord<>(record));
    List<OutputRecord> all = harness.extractOutputValues();
    List<OutputRecord> fresh = List.copyOf(all.subList(taken, all.size()));
    taken = all.size();
    return fresh;
  }

  OperatorSubtaskState snapshot() throws Exception {
    return harness.snapshot(1, 1);
  }

  static String header(OutputRecord output, String name) {
    return Header.text(output.headers(), name).orElse("");
  }

  static String key(OutputRecord output) {
    return output.key() == null ? null : new String(output.key(), UTF_8);
  }

  @Override
  public void close() {
    try {
      harness.close();
    } catch (Exception e) {
      throw new IllegalStateException("the harness does not close", e);
    }
  }
}
