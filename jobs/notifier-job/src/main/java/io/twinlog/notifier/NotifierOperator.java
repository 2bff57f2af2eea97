// SPDX-License-Identifier: Apache-2.0
package io.twinlog.notifier;

import io.twinlog.flink.OutputRecord;
import io.twinlog.flink.SourceRecord;
import io.twinlog.flink.TopicDirectory;
import io.twinlog.schemas.Notification;
import io.twinlog.wire.SingleObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.apache.flink.api.common.operators.MailboxExecutor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers what waits for a target, in order, one at a time; targets do not wait for each other. It
 * never blocks: an answer comes back through the mailbox. What was not answered for is delivered
 * again after a restart, under the same idempotency key.
 *
 * <p>State, per target: {@code queue}, {@code head}, {@code tail} (what waits, at most {@link
 * NotifierJobSettings#queueMax}), {@code attempts} (at the first of them), {@code told} (the newest
 * number of each group that was heard of within two days).
 */
final class NotifierOperator extends AbstractStreamOperator<OutputRecord>
    implements OneInputStreamOperator<SourceRecord, OutputRecord> {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(NotifierOperator.class);

  private final NotifierJobSettings settings;
  private final TopicDirectory topics;
  private final transient MailboxExecutor mailbox;

  private transient Map<String, Channel> channels;
  private transient Channel console;
  private transient Waiting waiting;
  private transient Groups groups;
  private transient ValueState<Integer> attempts;
  private transient Receipts receipts;
  private transient SingleObject singleObject;

  /** Targets that an attempt is under way to, or that wait for the next one. */
  private transient Set<String> inFlight;

  private transient Set<String> paused;
  private transient Counter failures;
  private transient Counter repeats;

  private NotifierOperator(
      StreamOperatorParameters<OutputRecord> parameters,
      NotifierJobSettings settings,
      TopicDirectory topics,
      MailboxExecutor mailbox) {
    super(parameters);
    this.settings = settings;
    this.topics = topics;
    this.mailbox = mailbox;
  }

  /** Makes the operator of a subtask, with the mailbox of its task. */
  static final class Factory extends AbstractStreamOperatorFactory<OutputRecord>
      implements OneInputStreamOperatorFactory<SourceRecord, OutputRecord> {
    private static final long serialVersionUID = 1;

    private final NotifierJobSettings settings;
    private final TopicDirectory topics;

    Factory(NotifierJobSettings settings, TopicDirectory topics) {
      this.settings = settings;
      this.topics = topics;
    }

    @Override
    @SuppressWarnings("unchecked") // Flink's own way
    public <T extends StreamOperator<OutputRecord>> T createStreamOperator(
        StreamOperatorParameters<OutputRecord> parameters) {
      return (T)
          new NotifierOperator(parameters, settings, topics, parameters.getMailboxExecutor());
    }

    @Override
    public Class<? extends StreamOperator<OutputRecord>> getStreamOperatorClass(
        ClassLoader classes) {
      return NotifierOperator.class;
    }
  }

  @Override
  public void open() throws Exception {
    super.open();
    singleObject = new SingleObject();
    inFlight = new HashSet<>();
    paused = new HashSet<>();
    failures = getMetricGroup().counter("twinlog_delivery_failures");
    repeats = getMetricGroup().counter("twinlog_repeats_dropped");
    waiting = new Waiting(getRuntimeContext());
    getMetricGroup().gauge("twinlog_notifications_waiting", waiting::size);
    groups = new Groups(getRuntimeContext());
    attempts = getRuntimeContext().getState(new ValueStateDescriptor<>("attempts", Types.INT));
    StreamRecord<OutputRecord> reused = new StreamRecord<>(null);
    receipts =
        new Receipts(topics, getMetricGroup(), record -> output.collect(reused.replace(record)));
    openChannels();
    List<String> targets = new ArrayList<>();
    try (var keys =
        this.<String>getKeyedStateBackend().getKeys(Waiting.TAIL, VoidNamespace.INSTANCE)) {
      keys.forEach(targets::add);
    }
    for (String target : targets) {
      setCurrentKey(target);
      waiting.count();
      next(target);
    }
  }

  private void openChannels() {
    HttpPoster poster = new HttpPoster(Duration.ofMillis(settings.timeoutMillis()));
    SortedMap<String, Target> targets =
        Target.all(NotifierJobSettings.TARGETS.key(), settings.targets());
    console = new ConsoleChannel();
    channels = new HashMap<>();
    targets.forEach(
        (name, target) ->
            channels.put(
                name,
                switch (target.type()) {
                  case Target.ALERTMANAGER -> new AlertmanagerChannel(target, poster);
                  case Target.WEBHOOK -> new WebhookChannel(target, poster);
                  default -> console;
                }));
  }

  private long now() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void processElement(StreamRecord<SourceRecord> element) throws Exception {
    SourceRecord record = element.getValue();
    String target = (String) getCurrentKey();
    if (target.isEmpty()) {
      receipts.deadLetter(record);
      return;
    }
    Notification notification = opened(record);
    if (!groups.isNew(notification, now())) {
      repeats.inc();
      return;
    }
    waiting.add(record);
    trim(target);
    if (!inFlight.contains(target) && !paused.contains(target)) {
      next(target);
    }
  }

  private Notification opened(SourceRecord record) {
    return singleObject.decode(record.value(), Notification.class);
  }

  /** The oldest gives way; one that is on its way does not. */
  private void trim(String target) throws Exception {
    while (waiting.length() > settings.queueMax() && !inFlight.contains(target)) {
      done(
          waiting.first(),
          Receipts.GIVEN_UP,
          new Delivered(Delivered.Verdict.NEVER, 0, "queue is full"));
    }
  }

  /** Begins with the first of the current key that is not too old. */
  private void next(String target) throws Exception {
    while (waiting.length() > 0) {
      SourceRecord first = waiting.first();
      Notification notification = opened(first);
      if (now() - notification.getAt().toEpochMilli() > settings.delivery().giveUpAfter()) {
        done(first, Receipts.GIVEN_UP, new Delivered(Delivered.Verdict.NEVER, 0, "too old"));
        continue;
      }
      Channel channel = channels.get(target);
      if (channel == null) {
        // Somebody should hear of it, if only who reads the log.
        console.send(notification);
        done(
            first,
            Receipts.UNKNOWN_TARGET,
            new Delivered(Delivered.Verdict.NEVER, 0, "notifier.targets has no " + target));
        continue;
      }
      inFlight.add(target);
      channel
          .send(notification)
          .thenAccept(came -> mailbox.execute(() -> came(target, came), "delivery to " + target));
      return;
    }
  }

  /** An attempt is over. */
  private void came(String target, Delivered delivered) throws Exception {
    setCurrentKey(target);
    inFlight.remove(target);
    int tried = (attempts.value() == null ? 0 : attempts.value()) + 1;
    attempts.update(tried);
    switch (delivered.verdict()) {
      case TAKEN -> done(waiting.first(), Receipts.DELIVERED, delivered);
      case NEVER -> done(waiting.first(), Receipts.REJECTED, delivered);
      case AGAIN -> {
        failures.inc();
        long backoff = settings.delivery().backoff(tried);
        LOG.warn(
            "Target {} did not take it at attempt {}: {}; {} wait, the next attempt is in {} ms.",
            target,
            tried,
            delivered.error(),
            waiting.length(),
            backoff);
        pause(target, backoff);
        trim(target);
        return;
      }
    }
    next(target);
  }

  private void pause(String target, long millis) {
    paused.add(target);
    getProcessingTimeService()
        .registerTimer(
            now() + millis,
            at -> {
              paused.remove(target);
              setCurrentKey(target);
              next(target);
            });
  }

  /** The first of the current key is over. */
  private void done(SourceRecord first, String status, Delivered last) throws Exception {
    String target = (String) getCurrentKey();
    int tried = attempts.value() == null ? 0 : attempts.value();
    Channel channel = channels.get(target);
    receipts.write(
        first,
        opened(first),
        new Receipts.End(status, channel == null ? "none" : channel.type(), tried, last, now()));
    attempts.clear();
    waiting.remove();
  }

  /** No more will come: waits for the answers that are on their way, and for no retry. */
  @Override
  public void finish() throws Exception {
    while (!inFlight.isEmpty()) {
      mailbox.yield();
    }
    super.finish();
  }
}
