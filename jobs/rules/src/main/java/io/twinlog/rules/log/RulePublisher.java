// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.log;

import io.twinlog.domain.rules.RuleSet;
import io.twinlog.rules.Finding;
import io.twinlog.rules.RuleDocument;
import io.twinlog.schemas.PublishedRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Writes sets of rules into the log. There is one at a time: whoever opens one ends the one before,
 * whose transaction can then not be committed; so no version is ever written twice. It puts nothing
 * in force: the next tick does.
 */
public final class RulePublisher implements AutoCloseable {
  private final RuleLogSettings settings;
  private final KafkaProducer<byte[], byte[]> producer;
  private final RuleLog log;
  private final StoredRules stored = new StoredRules();
  // The broker may show what is committed a little later.
  private long written;

  private RulePublisher(
      RuleLogSettings settings, KafkaProducer<byte[], byte[]> producer, RuleLog log) {
    this.settings = settings;
    this.producer = producer;
    this.log = log;
  }

  /**
   * What is to be published.
   *
   * @param expected the version that it is to get; empty: the next one
   * @param carried the highest version that ticks carry
   * @param at of the publisher's clock
   */
  public record Draft(
      String document,
      Optional<String> author,
      Optional<String> note,
      OptionalLong expected,
      long carried,
      Instant at) {}

  /** What became of a draft. Nothing was written unless it was published. */
  public sealed interface Outcome {
    record Published(PublishedRules rules) implements Outcome {}

    /** The document is wrong, as findings say. */
    record Wrong(long version, List<Finding> findings) implements Outcome {}

    /** The version is not the one that was expected, or another publisher was faster. */
    record Conflict(String why) implements Outcome {}
  }

  /**
   * Ends any other publisher, and reads what there is. The topic must exist.
   *
   * @throws KafkaException when the broker does not answer, or refuses
   */
  public static RulePublisher open(RuleLogSettings settings) {
    KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            settings.producer(), new ByteArraySerializer(), new ByteArraySerializer());
    RuleLog log = RuleLog.open(settings);
    RulePublisher publisher = new RulePublisher(settings, producer, log);
    try {
      // From here on no other can commit; what is committed by now is all that there is before.
      producer.initTransactions();
      log.readToEnd();
      return publisher;
    } catch (RuntimeException e) {
      publisher.close();
      throw e;
    }
  }

  /** The version that the next document gets. */
  public long next() {
    return Math.max(log.next(), written + 1);
  }

  /** What is published so far. */
  public RuleLog log() {
    return log;
  }

  /**
   * Checks a draft, and writes it where nothing is wrong.
   *
   * @param base what holds where the document says nothing
   */
  public Outcome publish(Draft draft, RuleSet base) {
    long version = next();
    if (draft.expected().isPresent() && draft.expected().getAsLong() != version) {
      return new Outcome.Conflict(
          "it is to be version %d, and the next one is %d"
              .formatted(draft.expected().getAsLong(), version));
    }
    if (draft.carried() >= version && draft.expected().isEmpty()) {
      return new Outcome.Conflict(lost(draft.carried(), version));
    }
    RuleDocument.Reading reading = RuleDocument.check(draft.document(), version, base);
    if (reading.rules().isEmpty()) {
      return new Outcome.Wrong(version, reading.findings());
    }
    PublishedRules rules =
        new PublishedRules(
            version,
            draft.document(),
            draft.author().orElse(null),
            draft.note().orElse(null),
            Instant.ofEpochMilli(draft.at().toEpochMilli()),
            StoredRules.sha256(draft.document()));
    return write(rules);
  }

  /** A version that was in force must not be given to other rules by mistake. */
  private static String lost(long carried, long version) {
    return "ticks carry version %d, and the topic of rules holds up to %d: it was deleted or made anew. Bring its records back; or, without them, publish what was lost again, version by version: --expect %d says that this is version %d"
        .formatted(carried, version - 1, version, version);
  }

  private Outcome write(PublishedRules rules) {
    try {
      producer.beginTransaction();
      Future<RecordMetadata> sent = producer.send(stored.record(settings.partition(), rules));
      producer.commitTransaction();
      sent.get();
      written = rules.getVersion();
      log.readToEnd();
      return new Outcome.Published(rules);
    } catch (ExecutionException e) {
      return lost(e.getCause());
    } catch (KafkaException e) {
      return lost(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptException(e);
    }
  }

  private static Outcome lost(Throwable failure) {
    for (Throwable e = failure; e != null; e = e.getCause()) {
      if (e instanceof ProducerFencedException || e instanceof InvalidProducerEpochException) {
        return new Outcome.Conflict("somebody else has begun to publish at the same time");
      }
    }
    throw failure instanceof KafkaException known
        ? known
        : new KafkaException("the broker refuses the rules", failure);
  }

  @Override
  public void close() {
    log.close();
    producer.close(Duration.ZERO);
  }
}
