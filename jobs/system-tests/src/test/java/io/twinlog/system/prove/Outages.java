// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import io.twinlog.schemas.Event;
import io.twinlog.system.TopicContents;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The outages of the ingress that the clock has told of, each by its id. */
final class Outages {
  private Outages() {}

  static Set<String> ids(String bootstrap) {
    SingleObject codec = new SingleObject();
    Set<String> ids = new TreeSet<>();
    List<ConsumerRecord<byte[], byte[]>> records =
        TopicContents.read(bootstrap, Topic.EVENTS_ERROR);
    for (ConsumerRecord<byte[], byte[]> record : records) {
      boolean event =
          record.value() != null
              && codec.writerOf(record.value()).filter(Event.getClassSchema()::equals).isPresent();
      if (event) {
        Event told = codec.decode(record.value(), Event.class);
        if (told.getEventType().equals("system.ingest_outage")) {
          ids.add(told.getId());
        }
      }
    }
    return ids;
  }
}
