// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.schemas.CommandResult;
import io.twinlog.schemas.CommandStatus;
import io.twinlog.wire.LetterId;
import io.twinlog.wire.Redrive;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import io.twinlog.wire.json.RecordJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The dead letters that a command is about, and what became of them: letters joined with the
 * results of their redrives and discards. It is filled from the two topics, each read once, letters
 * first; it keeps of each letter what its headers tell, and of the results those of its letters.
 */
final class LetterBook {
  /** First reason of a result: the redrive was carried out, and the record is a letter again. */
  private static final String AGAIN = "dead_letter_again";

  private final Predicate<Letter> wanted;
  private final RecordJson json = new RecordJson();
  private final SingleObject codec = new SingleObject();
  private final TreeMap<LetterId, Letter> letters = new TreeMap<>();
  private final Map<String, LetterId> names = new HashMap<>();
  private final Map<LetterId, LetterId> repeats = new HashMap<>();
  private final Map<LetterId, LetterId> followers = new HashMap<>();
  private final Map<String, List<CommandResult>> results = new HashMap<>();
  private final Set<String> commandIds = new HashSet<>();
  private long resultsFrom = Long.MIN_VALUE;

  /**
   * @param wanted which letters to keep
   */
  LetterBook(Predicate<Letter> wanted) {
    this.wanted = wanted;
  }

  /** Takes the next record of dead-letters. */
  void addLetter(ConsumerRecord<byte[], byte[]> message) {
    Letter letter = Letter.of(message, json);
    letter.told().previous().ifPresent(previous -> followers.putIfAbsent(previous, letter.id()));
    if (!wanted.test(letter)) {
      return;
    }
    LetterId first = names.putIfAbsent(letter.name(), letter.id());
    if (first != null) {
      repeats.put(letter.id(), first);
      return;
    }
    letters.put(letter.id(), letter);
    commandIds.add(letter.told().redriveId());
    commandIds.add(letter.told().discardId());
  }

  /** Takes the next record of command.results. */
  void addResult(ConsumerRecord<byte[], byte[]> message) {
    if (message.key() == null || message.value() == null) {
      return;
    }
    String id = new String(message.key(), StandardCharsets.UTF_8);
    if (!commandIds.contains(id)) {
      return;
    }
    result(message.value())
        .ifPresent(result -> results.computeIfAbsent(id, same -> new ArrayList<>()).add(result));
  }

  /** What no release wrote says nothing of the letter. */
  private Optional<CommandResult> result(byte[] value) {
    try {
      return Optional.of(codec.decode(value, CommandResult.class));
    } catch (UnreadableException e) {
      return Optional.empty();
    }
  }

  /** All that are kept, in the order of the topic. */
  Collection<Letter> letters() {
    return letters.values();
  }

  /** The letter at a place; for a repeat, the one that it repeats. */
  Optional<Letter> letter(LetterId id) {
    return Optional.ofNullable(letters.get(repeats.getOrDefault(id, id)));
  }

  /** Copies of letters, written again by a job that restarted. */
  int repeats() {
    return repeats.size();
  }

  LetterStatus status(Letter letter) {
    boolean redriven =
        follower(letter).isPresent()
            || results(letter.told().redriveId()).stream().anyMatch(LetterBook::carriedOut);
    if (redriven) {
      return LetterStatus.REDRIVEN;
    }
    if (results(letter.told().discardId()).stream().anyMatch(LetterBook::carriedOut)) {
      return LetterStatus.DISCARDED;
    }
    return letter.time() < resultsFrom ? LetterStatus.UNKNOWN : LetterStatus.OPEN;
  }

  /** Results are retained from this time on: of an older letter one may have been deleted. */
  void resultsFrom(long timestamp) {
    resultsFrom = timestamp;
  }

  private static boolean carriedOut(CommandResult result) {
    return result.getStatus() == CommandStatus.ACCEPTED
        || (result.getCommand().equals(Redrive.COMMAND)
            && !result.getReasons().isEmpty()
            && result.getReasons().get(0).getCode().equals(AGAIN));
  }

  /** The letter that the redrive of this one became. */
  Optional<LetterId> follower(Letter letter) {
    return Optional.ofNullable(followers.get(letter.id()));
  }

  /** Every result of the letter's redrive and discard, repeats left out. */
  List<CommandResult> resultsOf(Letter letter) {
    List<CommandResult> all = new ArrayList<>(results(letter.told().redriveId()));
    all.addAll(results(letter.told().discardId()));
    return all.stream().distinct().toList();
  }

  private List<CommandResult> results(String commandId) {
    return results.getOrDefault(commandId, List.of());
  }
}
