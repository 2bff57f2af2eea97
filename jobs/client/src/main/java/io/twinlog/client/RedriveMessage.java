// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.wire.DeadLetterHeaders;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LetterId;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A dead letter on its way to being tried again: the command {@code RedriveDeadLetter} in a header,
 * and key, value and original headers of the letter as they are. Redrives of one key keep their
 * order, and so do those without a key whose letters stand in one partition.
 *
 * @param command with the arguments of {@link io.twinlog.wire.Redrive}
 * @param key of the letter; null: none
 * @param value of the letter; null: none
 * @param headers all those of the letter
 */
public record RedriveMessage(
    CommandMessage command, LetterId letter, byte[] key, byte[] value, List<Header> headers) {

  ProducerRecord<byte[], byte[]> on(String topic, int partitions) {
    Integer partition = key == null ? letter.partition() % partitions : null;
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, key, value);
    List<Header> carried = new ArrayList<>(DeadLetterHeaders.originals(headers));
    // What a letter has under one of our names without being moved, no job of ours wrote.
    carried.removeIf(header -> header.key().startsWith(HeaderNames.OURS));
    carried.add(new Header(HeaderNames.COMMAND, command.value()));
    carried.forEach(header -> record.headers().add(header.key(), header.value()));
    return record;
  }
}
