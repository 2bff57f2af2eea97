// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.domain.Moment;
import io.twinlog.schemas.Event;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.Partitions;
import io.twinlog.wire.PlatformErrors;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Where the outputs of one input are written: gives each its topic, its partition, and the headers
 * that every record of Twinlog carries. Origins count up from the first output of the input.
 */
public final class Outputs {
  /** Headers that every record has. */
  private static final int STAMPED = 4;

  /** Types are chosen by strangers. */
  private static final int TYPES_MAX = 1_000;

  private final OriginText origins;
  private final Map<String, Header> types = new HashMap<>();
  private final TopicDirectory topics;
  private final TopicDirectory.Entry[] entries = new TopicDirectory.Entry[Topic.values().length];
  private final Consumer<OutputRecord> sink;
  private final Consumer<Notice> notices;

  private String originTopicId = "";
  private InboxRecord.Place place = new InboxRecord.Place(0, 0);
  private int nextIndex;
  private LogClock clock = LogClock.UNKNOWN;
  private Header clockHeader = new Header(HeaderNames.CLOCK, clock.toBytes());
  private long rules;
  private Header rulesHeader = Header.of(HeaderNames.RULES, "0");
  private LogClock noticeClock = LogClock.UNKNOWN;
  private long noticeRules;

  /**
   * @param writer name of the job
   * @param sink takes each record; never two at once
   */
  public Outputs(String writer, TopicDirectory topics, Consumer<OutputRecord> sink) {
    this(
        writer,
        topics,
        sink,
        notice -> {
          throw new IllegalStateException(writer + " has no second stage");
        });
  }

  /** The same, with second stages to tell. */
  Outputs(
      String writer, TopicDirectory topics, Consumer<OutputRecord> sink, Consumer<Notice> notices) {
    this.origins = new OriginText(writer);
    this.topics = topics;
    this.sink = sink;
    this.notices = notices;
  }

  /**
   * From here on, outputs are those of the record at {@code place}, from index {@code nextIndex}
   * on.
   */
  public void begin(
      String originTopicId, InboxRecord.Place place, int nextIndex, LogClock clock, long rules) {
    this.originTopicId = originTopicId;
    this.place = place;
    this.nextIndex = nextIndex;
    // Both change once a second; records may come a hundred thousand times as often.
    if (!clock.equals(this.clock)) {
      this.clock = clock;
      this.clockHeader = new Header(HeaderNames.CLOCK, clock.toBytes());
    }
    if (rules != this.rules) {
      this.rules = rules;
      this.rulesHeader = Header.of(HeaderNames.RULES, Long.toString(rules));
    }
  }

  /** The moment of what is told to second stages from here on: never earlier than before. */
  void noticesAt(LogClock clock, long rules) {
    this.noticeClock = clock;
    this.noticeRules = rules;
  }

  /**
   * Tells the second stages of a change. It is no output: it has no topic and no index.
   *
   * @param key of the aggregate that changed
   * @param version of it, after the change
   */
  public void tell(String key, long version, byte[] value) {
    notices.accept(new Notice(key, version, place, noticeClock, noticeRules, value));
  }

  /** Log time of what is worked on, epoch ms. */
  public long logTime() {
    return clock.wall();
  }

  /** Log time and clock of what is worked on. */
  public Moment moment() {
    return clock.moment();
  }

  /** Version of the rules in force for what is worked on. */
  public long rules() {
    return rules;
  }

  /** The index that the next output will have. */
  public int nextIndex() {
    return nextIndex;
  }

  /**
   * Writes a record.
   *
   * @param type what it is: an event type, a record's name
   * @param value null: a tombstone
   */
  public void add(Topic topic, String key, String type, byte[] value, Trace trace) {
    add(topic, key, type, value, trace, List.of());
  }

  /** The same, with headers of the writer's own. */
  public void add(
      Topic topic, String key, String type, byte[] value, Trace trace, List<Header> more) {
    List<Header> own = more;
    if (trace.traceparent() != null) {
      own = new ArrayList<>(1 + more.size());
      own.add(Header.of(HeaderNames.TRACEPARENT, trace.traceparent()));
      own.addAll(more);
    }
    add(topic, key.getBytes(StandardCharsets.UTF_8), type, value, own);
  }

  /**
   * Writes an event to the inbox of alerts, keyed by the alert that it is about.
   *
   * @param value the event in single-object encoding
   */
  public void addError(Event event, byte[] value, Trace trace, List<Header> more) {
    add(Topic.EVENTS_ERROR, PlatformErrors.key(event), event.getEventType(), value, trace, more);
  }

  /** The same, with a key in UTF-8, and with a trace among the headers where there is one. */
  public void add(Topic topic, byte[] key, String type, byte[] value, List<Header> more) {
    List<Header> headers = new ArrayList<>(STAMPED + more.size());
    headers.add(type(type));
    stamp(headers);
    headers.addAll(more);
    sink.accept(record(topic, key, value, headers));
  }

  private Header type(String type) {
    Header known = types.get(type);
    if (known == null) {
      if (types.size() == TYPES_MAX) {
        types.clear();
      }
      known = Header.of(HeaderNames.TYPE, type);
      types.put(type, known);
    }
    return known;
  }

  /** Writes a record without a key to every partition of a topic. */
  public void addToAll(Topic topic, String type, byte[] value) {
    TopicDirectory.Entry entry = entry(topic);
    for (int partition = 0; partition < entry.partitions(); partition++) {
      List<Header> headers = new ArrayList<>(STAMPED);
      headers.add(type(type));
      stamp(headers);
      sink.accept(new OutputRecord(entry.name(), partition, null, value, headers));
    }
  }

  /**
   * Writes a dead letter: the original key and value, and the headers that say why, as far as they
   * fit into a record.
   */
  public void addDeadLetter(byte[] key, byte[] value, List<Header> deadLetterHeaders) {
    List<Header> headers = new ArrayList<>(deadLetterHeaders);
    stamp(headers);
    sink.accept(DeadLetterSize.fitted(record(Topic.DEAD_LETTERS, key, value, headers)));
  }

  private void stamp(List<Header> headers) {
    headers.add(new Header(HeaderNames.ORIGIN, origins.of(originTopicId, place, nextIndex++)));
    headers.add(clockHeader);
    headers.add(rulesHeader);
  }

  private TopicDirectory.Entry entry(Topic topic) {
    TopicDirectory.Entry known = entries[topic.ordinal()];
    if (known == null) {
      known = topics.entry(topic);
      entries[topic.ordinal()] = known;
    }
    return known;
  }

  private OutputRecord record(Topic topic, byte[] key, byte[] value, List<Header> headers) {
    TopicDirectory.Entry entry = entry(topic);
    int partition =
        key == null
            ? place.partition() % entry.partitions()
            : Partitions.of(key, entry.partitions());
    return new OutputRecord(entry.name(), partition, key, value, headers);
  }
}
