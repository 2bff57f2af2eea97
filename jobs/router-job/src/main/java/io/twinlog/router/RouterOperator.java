// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import io.twinlog.domain.rules.RuleBook;
import io.twinlog.flink.InboxRecord;
import io.twinlog.flink.LedgerBook;
import io.twinlog.flink.LedgerTally;
import io.twinlog.flink.Outcome;
import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.Outputs;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.flink.UserExtensions;
import io.twinlog.router.Router.Position;
import io.twinlog.rules.log.RuleBooks;
import io.twinlog.schemas.InboxTick;
import io.twinlog.schemas.Outage;
import io.twinlog.schemas.Tick;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.Topic;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.ingress.Catalogue;
import io.twinlog.wire.middleware.MiddlewareChain;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * The Flink side of the router: tells ticks, events and commands apart, keeps the clocks, and lets
 * {@link Router} do the rest. Chained between source and sink; nothing may ever come between them
 * that reorders.
 *
 * <p>State: the last tick of each source partition, as union list state; every subtask writes all
 * that it knows, and a restore merges by the highest.
 */
final class RouterOperator extends AbstractStreamOperator<OutputRecord>
    implements OneInputStreamOperator<SourceRecord, OutputRecord> {
  private static final long serialVersionUID = 1;

  private final RouterSettings settings;
  private final TopicDirectory topics;
  private final RuleBooks books;

  private transient RuleBook rules;
  private transient RouterClocks clocks;
  private transient Positions positions;
  private transient SingleObject singleObject;
  private transient ListState<byte[]> state;
  private transient Router router;
  private transient LedgerBook book;
  private transient Outputs outputs;
  private transient TopicDirectory.Entry ingress;
  private transient TopicDirectory.Entry commands;

  RouterOperator(RouterSettings settings, TopicDirectory topics, RuleBooks books) {
    this.settings = settings;
    this.topics = topics;
    this.books = books;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    clocks = new RouterClocks();
    singleObject = new SingleObject();
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("clocks", BytePrimitiveArraySerializer.INSTANCE));
    for (byte[] bytes : state.get()) {
      clocks.restore(singleObject.decode(bytes, InboxTick.class));
    }
    requireSameTopics();
  }

  /** The offsets that were saved are of the topics that there were. */
  private void requireSameTopics() {
    for (String known : clocks.topicIds()) {
      boolean there =
          Topic.SOURCES.stream().anyMatch(topic -> topics.entry(topic).id().equals(known));
      if (!there) {
        throw new SuppressRestartsException(
            new IllegalStateException(
                "a source topic was replaced: the saved state is of the topic id %s, which neither %s nor %s has. Accept it at the clock (clock.accept-new-topic), and start the router without its saved state: what it writes again is dropped behind the inboxes"
                    .formatted(
                        known,
                        topics.entry(Topic.INGRESS).name(),
                        topics.entry(Topic.COMMANDS).name())));
      }
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    positions = new Positions(clocks);
    book = new LedgerBook();
    ingress = topics.entry(Topic.INGRESS);
    commands = topics.entry(Topic.COMMANDS);
    StreamRecord<OutputRecord> reused = new StreamRecord<>(null);
    outputs = new Outputs(RouterJob.NAME, topics, record -> output.collect(reused.replace(record)));
    Map<DeadLetterReason, Counter> counters = new EnumMap<>(DeadLetterReason.class);
    router =
        new Router(
            UserExtensions.sound(this::events),
            settings,
            topics,
            outputs,
            reason -> counters.computeIfAbsent(reason, this::counter).inc());
  }

  private EventRoutes events() {
    ClassLoader classes = getUserCodeClassloader();
    EventRoute.Steps steps =
        new EventRoute.Steps(
            new MiddlewareChain(
                List.of(new Enrichment(), new CountingMiddleware(getMetricGroup())),
                MiddlewareChain.load(classes),
                new MiddlewareFailures(getMetricGroup())),
            Handlers.load(classes),
            Catalogue.installed(settings.strictCatalogue()).declaredCategories());
    rules = books.open(settings.base());
    return new EventRoutes(
        rules, strict -> EventDecoders.of(strict, settings.limits()), steps, outputs);
  }

  private Counter counter(DeadLetterReason reason) {
    return getMetricGroup().addGroup("reason", reason.text()).counter("twinlog_dead_letters");
  }

  @Override
  public void processElement(StreamRecord<SourceRecord> element) {
    SourceRecord record = element.getValue();
    boolean command = record.topic().equals(commands.name());
    String topicId = command ? commands.id() : ingress.id();
    if (record.isTick()) {
      tick(record, topicId);
    } else if (command) {
      count(record, router.command(record, position(record, topicId)));
    } else {
      count(record, router.event(record, position(record, topicId)));
    }
  }

  /** Of a record without an outcome nothing is counted out: the ledger shows it. */
  private void count(SourceRecord record, Optional<Outcome> outcome) {
    book.read(record.topic(), record.partition(), record.offset());
    outcome.ifPresent(o -> book.outcome(record.topic(), record.partition(), record.offset(), o));
  }

  private Position position(SourceRecord record, String topicId) {
    return positions.of(topicId, record.partition());
  }

  private void tick(SourceRecord record, String topicId) {
    Tick tick;
    try {
      tick = singleObject.decode(record.value() == null ? new byte[0] : record.value(), Tick.class);
    } catch (UnreadableException e) {
      count(record, router.brokenTick(record, position(record, topicId), e.getMessage()));
      return;
    }
    Optional<String> flaw = clocks.flawOf(tick, topicId, record.partition(), topics);
    if (flaw.isPresent()) {
      count(record, router.brokenTick(record, position(record, topicId), flaw.get()));
      return;
    }
    book.tick(record.topic(), record.partition(), record.offset());
    boolean first = record.partition() == 0 && record.topic().equals(ingress.name());
    Optional<Outage> outage =
        first ? clocks.newsOfOutage(topicId, record.partition(), tick) : Optional.empty();
    Optional<InboxTick> news =
        clocks.tick(topicId, record.partition(), record.offset(), tick, topics);
    positions.forget(topicId, record.partition());
    outage.ifPresent(told -> router.outage(record, position(record, topicId), told));
    news.ifPresent(told -> forward(record, topicId, singleObject.encode(told)));
  }

  /**
   * Every partition of every inbox hears of it, behind all that this subtask wrote there before.
   */
  private void forward(SourceRecord record, String topicId, byte[] value) {
    Position position = position(record, topicId);
    // What the tick itself gave rise to came first, and has the first index.
    outputs.begin(
        topicId,
        new InboxRecord.Place(record.partition(), record.offset()),
        1,
        position.clock(),
        position.rulesVersion());
    for (Topic inbox : Topic.INBOXES) {
      outputs.addToAll(inbox, HeaderNames.TICK, value);
    }
  }

  @Override
  public void close() throws Exception {
    super.close();
    if (rules != null) {
      rules.close();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    book.handOn(tally -> output.collect(LedgerTally.TALLIES, new StreamRecord<>(tally)));
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(List.of(singleObject.encode(clocks.snapshot())));
  }
}
