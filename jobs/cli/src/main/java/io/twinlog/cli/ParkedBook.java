// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.schemas.Parked;
import io.twinlog.schemas.ParkedChange;
import io.twinlog.wire.Repeats;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The keys that wait now: the topic {@code parked}, folded from its beginning, repeats of a crash
 * left out. Of a key that was set free it keeps nothing but where it stood, to know its repeats.
 */
final class ParkedBook {
  private static final Comparator<ParkedKey> BY_TIME =
      Comparator.comparing(ParkedKey::since)
          .thenComparing(ParkedKey::key)
          .thenComparing(ParkedKey::job);

  private final Predicate<Parked> wanted;
  private final boolean values;
  private final SingleObject codec = new SingleObject();
  private final Repeats repeats = new Repeats();
  private final Map<Name, ParkedKey> keys = new HashMap<>();
  private int unread;

  /** Two jobs may have aggregates of one id. */
  private record Name(String job, String key) {}

  /**
   * @param wanted which keys to keep
   * @param values whether to keep the bytes of what waits
   */
  ParkedBook(Predicate<Parked> wanted, boolean values) {
    this.wanted = wanted;
    this.values = values;
  }

  /** Takes the next record of the topic. */
  void add(ConsumerRecord<byte[], byte[]> message) {
    if (repeats.isRepeat(message.key(), Letter.headers(message))) {
      return;
    }
    Optional<Parked> told = told(message.value());
    if (told.isEmpty()) {
      unread++;
    } else if (wanted.test(told.get())) {
      take(told.get(), message);
    }
  }

  private Optional<Parked> told(byte[] value) {
    if (value == null) {
      return Optional.empty();
    }
    try {
      Parked parked = codec.decode(value, Parked.class);
      return parked.getChange() == ParkedChange.UNKNOWN ? Optional.empty() : Optional.of(parked);
    } catch (UnreadableException e) {
      return Optional.empty(); // counted, and told at the end
    }
  }

  private void take(Parked told, ConsumerRecord<byte[], byte[]> message) {
    Name name = new Name(told.getJob(), told.getKey());
    ParkedKey key = keys.computeIfAbsent(name, absent -> new ParkedKey(told));
    key.take(told, Letter.id(message), values ? bytes(told.getValue()) : null);
    if (key.isFree()) {
      keys.remove(name);
    }
  }

  private static byte[] bytes(ByteBuffer value) {
    if (value == null) {
      return null;
    }
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    return bytes;
  }

  /** All that wait and are wanted, the longest first. */
  List<ParkedKey> keys() {
    return keys.values().stream().sorted(BY_TIME).toList();
  }

  /**
   * Those of these names, in the order of the names; a name may be of several jobs.
   *
   * @throws CommandFailure when one of them does not wait
   */
  List<ParkedKey> require(Collection<String> names) {
    List<ParkedKey> all = keys();
    return names.stream()
        .distinct()
        .flatMap(
            name -> {
              List<ParkedKey> found = all.stream().filter(key -> key.key().equals(name)).toList();
              if (found.isEmpty()) {
                throw new CommandFailure(
                    ExitCode.FAILED,
                    "key '" + name + "' is not parked: 'twinlog parked list' shows what is");
              }
              return found.stream();
            })
        .toList();
  }

  /**
   * The one of this name.
   *
   * @param job that it waits in; empty: in whichever, if there is no other
   * @throws CommandFailure when none waits, or several jobs have one
   */
  ParkedKey requireOne(String name, Optional<String> job) {
    List<ParkedKey> found = require(List.of(name));
    List<String> jobs = found.stream().map(ParkedKey::job).sorted().toList();
    if (job.isEmpty() && found.size() > 1) {
      throw new CommandFailure(
          ExitCode.USAGE,
          "key '" + name + "' waits in jobs " + String.join(", ", jobs) + ": say which by --job");
    }
    return found.stream()
        .filter(key -> job.map(key.job()::equals).orElse(true))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailure(
                    ExitCode.FAILED,
                    "key '%s' is not parked in job %s, but in %s"
                        .formatted(name, job.orElse(""), String.join(", ", jobs))));
  }

  /** Records that say nothing: no job of this release wrote them. */
  int unread() {
    return unread;
  }
}
