// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Where {@code tail} begins, in each partition. It moves no consumer. */
sealed interface TailStart {
  /**
   * The first offset to read, per partition, inside what the partition holds.
   *
   * @param ends the offsets after the last records
   */
  Map<TopicPartition, Long> offsets(
      Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends);

  /** At this offset of every partition, or at the nearest that there is. */
  record AtOffset(long offset) implements TailStart {
    @Override
    public Map<TopicPartition, Long> offsets(
        Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
      Map<TopicPartition, Long> starts =
          new HashMap<>(consumer.beginningOffsets(ends.keySet(), Broker.PATIENCE));
      starts.replaceAll(
          (partition, beginning) -> Math.min(ends.get(partition), Math.max(beginning, offset)));
      return starts;
    }
  }

  /** At the first record of that time, by Kafka's timestamps; at the end where there is none. */
  record AtTime(Instant time) implements TailStart {
    @Override
    public Map<TopicPartition, Long> offsets(
        Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
      Map<TopicPartition, OffsetAndTimestamp> found =
          consumer.offsetsForTimes(times(ends.keySet()), Broker.PATIENCE);
      Map<TopicPartition, Long> starts = new HashMap<>(ends);
      found.forEach(
          (partition, first) -> {
            if (first != null) {
              starts.put(partition, first.offset());
            }
          });
      return starts;
    }

    private Map<TopicPartition, Long> times(Collection<TopicPartition> partitions) {
      Map<TopicPartition, Long> times = new HashMap<>();
      partitions.forEach(partition -> times.put(partition, Math.max(0, time.toEpochMilli())));
      return times;
    }
  }

  /** Reads an offset (digits only) or an instant of RFC 3339. */
  final class Text implements ITypeConverter<TailStart> {
    @Override
    public TailStart convert(String text) {
      try {
        return text.matches("\\d+")
            ? new AtOffset(Long.parseLong(text))
            : new AtTime(OffsetDateTime.parse(text).toInstant());
      } catch (NumberFormatException | DateTimeException e) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is neither an offset nor a time with an offset from UTC, such as"
                + " 2026-01-01T00:00:00Z");
      }
    }
  }
}
