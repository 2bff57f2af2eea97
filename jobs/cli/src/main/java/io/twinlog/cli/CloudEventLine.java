// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.schemas.Event;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import io.twinlog.wire.cloudevents.CloudEvents;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Renders an event of a topic as the CloudEvent that {@code tail --cloudevents} prints. */
final class CloudEventLine {
  /** Where a router writes events; commands stand among them. */
  static final Set<Topic> TOPICS =
      Set.of(
          Topic.EVENTS_DOMAIN,
          Topic.EVENTS_SYSTEM,
          Topic.EVENTS_ERROR,
          Topic.EVENTS_USER,
          Topic.EVENTS_INTEGRATION);

  private final SingleObject codec = new SingleObject();
  private long leftOut;

  /** The line; empty when the record is no event. */
  Optional<String> of(ConsumerRecord<byte[], byte[]> message) {
    Optional<String> line = event(message.value()).map(CloudEvents::structured);
    if (line.isEmpty() && !RecordLine.isTick(message)) {
      leftOut++;
    }
    // A line end in a payload of JSON stands between its values, and means nothing.
    return line.map(text -> text.replace('\n', ' ').replace('\r', ' ').replace('\t', ' '));
  }

  /** Records that are neither events nor ticks. */
  long leftOut() {
    return leftOut;
  }

  private Optional<Event> event(byte[] value) {
    if (value == null || !SingleObject.marks(value)) {
      return Optional.empty();
    }
    try {
      return codec.isA(value, Event.class)
          ? Optional.of(codec.decode(value, Event.class))
          : Optional.empty();
    } catch (SingleObject.UnreadableException e) {
      return Optional.empty(); // the marker alone proves nothing; it is counted as left out
    }
  }
}
