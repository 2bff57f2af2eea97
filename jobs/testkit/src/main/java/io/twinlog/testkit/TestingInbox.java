// SPDX-License-Identifier: Apache-2.0
package io.twinlog.testkit;

import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.SourceTopic;
import io.twinlog.schemas.TickMark;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.Origin;
import io.twinlog.wire.Partitions;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.ingress.ErrorKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes events.domain as a router would: one source partition, a clock that the test moves,
 * offsets that count up.
 */
public final class TestingInbox {
  public static final int PARTITIONS = 4;
  public static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");
  private static final String INGRESS_ID = "ingress-id";
  private static final int SOURCE_PARTITIONS = 2;

  private final Topic topic;
  private final SingleObject singleObject = new SingleObject();
  private final List<SourceRecord> records = new ArrayList<>();
  private final long[] offsets = new long[PARTITIONS];
  private long sourceOffset;
  private long clock = 1_000;
  private long rules;

  /** Of devices. */
  public TestingInbox() {
    this(Topic.EVENTS_DOMAIN);
  }

  /**
   * Of others.
   *
   * @param topic one of {@link Topic#INBOXES}
   */
  public TestingInbox(Topic topic) {
    this.topic = topic;
  }

  /** All topics, as a broker would have them. */
  public static TopicDirectory topics() {
    Map<String, TopicDirectory.Entry> entries = new HashMap<>();
    for (Topic topic : Topic.values()) {
      entries.put(
          topic.text(),
          new TopicDirectory.Entry(topic.in("twinlog."), topic.text() + "-id", PARTITIONS));
    }
    return new TopicDirectory(entries);
  }

  /** From here on these rules are in force. */
  public TestingInbox rules(long version) {
    rules = version;
    return this;
  }

  public TestingInbox afterMillis(long millis) {
    clock += millis;
    return this;
  }

  /** An event of a device, written by itself now. */
  public TestingInbox event(String device, String id, String type, String payload) {
    return eventFrom(0, device, id, type, payload);
  }

  /** The same, that came in through another source partition. */
  public TestingInbox eventFrom(
      int sourcePartition, String device, String id, String type, String payload) {
    Event event = of(device, id, type, payload, BEGINNING.plusMillis(clock));
    String key = topic == Topic.EVENTS_ERROR ? ErrorKeys.of(event) : device;
    write(sourcePartition, key, type, singleObject.encode(event));
    return this;
  }

  /** All source partitions have passed the present clock, and every partition is told. */
  public TestingInbox tick() {
    Instant wall = BEGINNING.plusMillis(clock);
    List<TickMark> marks = new ArrayList<>();
    for (int source = 0; source < SOURCE_PARTITIONS; source++) {
      marks.add(new TickMark(INGRESS_ID, source, sourceOffset++, 1, clock, wall, 0L, -1L));
    }
    byte[] value =
        singleObject.encode(
            new InboxTick(
                marks, List.of(new SourceTopic("twinlog.ingress", INGRESS_ID, SOURCE_PARTITIONS))));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      records.add(
          new SourceRecord(
              topic.in("twinlog."),
              partition,
              offsets[partition]++,
              null,
              value,
              List.of(Header.of(HeaderNames.TYPE, HeaderNames.TICK))));
    }
    return this;
  }

  /** An event of a device that tells of another time than now. */
  public TestingInbox eventOf(Instant time, String device, String id, String type, String payload) {
    write(0, device, type, singleObject.encode(of(device, id, type, payload, time)));
    return this;
  }

  private static Event of(String device, String id, String type, String payload, Instant time) {
    return Event.newBuilder()
        .setId(id)
        .setEventType(type)
        .setSource(new EventSource("gateway", device, "1"))
        .setTimestamp(time)
        .setData(
            new EventData(
                ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), "1", Encoding.JSON))
        .setMetadata(EventMetadata.newBuilder().build())
        .build();
  }

  /** A command to a device, written now. */
  public TestingInbox command(String device, String id, String name, String data) {
    return command(device, device, id, name, data);
  }

  /** A command to an aggregate that is keyed by something else. */
  public TestingInbox command(String key, String aggregate, String id, String name, String data) {
    Command command =
        Command.newBuilder()
            .setId(id)
            .setCommand(name)
            .setAggregateId(aggregate)
            .setAuthor("anna")
            .setData(data)
            .setMetadata(EventMetadata.newBuilder().build())
            .build();
    write(0, key, name, singleObject.encode(command));
    return this;
  }

  /** The last {@code count} records once more, as a router writes them after a crash. */
  public TestingInbox repeatLast(int count) {
    List<SourceRecord> again = List.copyOf(records.subList(records.size() - count, records.size()));
    for (SourceRecord record : again) {
      records.add(
          new SourceRecord(
              record.topic(),
              record.partition(),
              offsets[record.partition()]++,
              record.key(),
              record.value(),
              record.headers()));
    }
    return this;
  }

  private void write(int sourcePartition, String key, String type, byte[] value) {
    byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
    int partition = Partitions.of(keyBytes, PARTITIONS);
    List<Header> headers =
        List.of(
            Header.of(HeaderNames.TYPE, type),
            Header.of(
                HeaderNames.ORIGIN,
                new Origin("router", INGRESS_ID, sourcePartition, sourceOffset++, 0).toString()),
            Header.of(
                HeaderNames.CLOCK,
                new LogClock(1, clock, BEGINNING.toEpochMilli() + clock).toString()),
            Header.of(HeaderNames.RULES, Long.toString(rules)));
    records.add(
        new SourceRecord(
            topic.in("twinlog."), partition, offsets[partition]++, keyBytes, value, headers));
  }

  public List<SourceRecord> records() {
    return List.copyOf(records);
  }
}
