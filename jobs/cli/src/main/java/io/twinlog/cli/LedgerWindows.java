// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.schemas.Ledger;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.SingleObject.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * What the topic {@code ledger} says: of each window the newest record. The newest is the last in
 * the topic, whatever its origin: after a crash a job counts again from its checkpoint.
 */
final class LedgerWindows {
  /** Windows of a partition that a job keeps in the topic; older ones may be gone one by one. */
  private static final int KEPT = 100;

  private final Predicate<Ledger> wanted;
  private final SingleObject codec = new SingleObject();
  private final Map<String, LedgerWindow> newest = new HashMap<>();
  private int unread;

  /**
   * Windows that are missing between others of their partition.
   *
   * @param after the last one before them
   * @param until first offset of the one behind them
   */
  record Gap(LedgerWindow after, long until) {
    String text(String prefix) {
      return "nothing is known of "
          + after.job()
          + " "
          + Letter.withoutPrefix(after.topic(), prefix)
          + " "
          + after.told().getPartition()
          + " ["
          + after.told().getWindowEnd()
          + ", "
          + until
          + "), though it has read before and behind it";
    }
  }

  private record Partition(String job, String topic, int number) {}

  /**
   * @param wanted which windows to keep
   */
  LedgerWindows(Predicate<Ledger> wanted) {
    this.wanted = wanted;
  }

  /** Takes the next record of the topic. */
  void add(ConsumerRecord<byte[], byte[]> message) {
    if (message.key() == null) {
      unread++;
      return;
    }
    String key = new String(message.key(), StandardCharsets.UTF_8);
    if (message.value() == null) {
      newest.remove(key);
      return;
    }
    told(message.value())
        .filter(wanted)
        .ifPresent(told -> newest.compute(key, (k, before) -> LedgerWindow.after(before, told)));
  }

  private Optional<Ledger> told(byte[] value) {
    try {
      return Optional.of(codec.decode(value, Ledger.class));
    } catch (UnreadableException e) {
      unread++; // told at the end
      return Optional.empty();
    }
  }

  /** Records that say nothing: no job of this release wrote them. */
  int unread() {
    return unread;
  }

  /** All windows, by job, topic, partition and offset. */
  List<LedgerWindow> all() {
    return newest.values().stream().sorted(LedgerWindow.ORDER).toList();
  }

  /** Whether a checkpoint to come decides about one of them. */
  boolean isOnItsWay() {
    return newest.values().stream().anyMatch(LedgerWindow::isOnItsWay);
  }

  /** Where windows are missing, among the newest of each partition. */
  List<Gap> gaps() {
    Map<Partition, List<LedgerWindow>> partitions = new HashMap<>();
    for (LedgerWindow window : all()) {
      Partition partition =
          new Partition(window.job(), window.topic(), window.told().getPartition());
      partitions.computeIfAbsent(partition, first -> new ArrayList<>()).add(window);
    }
    return partitions.values().stream()
        .flatMap(windows -> gaps(windows).stream())
        .sorted((one, other) -> LedgerWindow.ORDER.compare(one.after, other.after))
        .toList();
  }

  private static List<Gap> gaps(List<LedgerWindow> windows) {
    Ledger last = windows.get(windows.size() - 1).told();
    long size = last.getWindowEnd() - last.getWindowStart();
    long keptFrom = last.getWindowEnd() - KEPT * size;
    List<Gap> gaps = new ArrayList<>();
    for (int i = 1; i < windows.size(); i++) {
      LedgerWindow before = windows.get(i - 1);
      long start = windows.get(i).told().getWindowStart();
      if (Math.max(before.told().getWindowEnd(), keptFrom) < start) {
        gaps.add(new Gap(before, start));
      }
    }
    return gaps;
  }

  /** Whether there is no window of that job and topic. */
  boolean isSilent(String job, String topic) {
    return newest.values().stream()
        .noneMatch(window -> window.job().equals(job) && window.topic().equals(topic));
  }

  /** The sums of each job and topic, by their names. */
  Collection<LedgerSum> sums() {
    Map<String, LedgerSum> sums = new TreeMap<>();
    for (LedgerWindow window : all()) {
      sums.computeIfAbsent(
              window.job() + '\n' + window.topic(),
              first -> new LedgerSum(window.job(), window.topic()))
          .add(window.told());
    }
    return sums.values();
  }
}
