// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.client.PublishResult.Failed;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.ingress.JsonLine;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class PublisherTest {
  private static final ClientSettings NOBODY_THERE =
      ClientSettings.at("localhost:1").withDeliveryTimeout(Duration.ofSeconds(1));

  private static final EventMetadata NO_METADATA =
      new EventMetadata(null, null, null, null, null, Priority.NORMAL, null, null);

  @Test
  void answersForEachEventOfABatchAtItsPosition() {
    try (Publisher publisher = new Publisher(NOBODY_THERE)) {
      List<PublishResult> results = publisher.publishBatch(List.of(new Event(), new Event()));
      assertThat(results)
          .hasSize(2)
          .allSatisfy(
              result ->
                  assertThat(((Failed) result).error()).startsWith("the event cannot be encoded"));
    }
  }

  @Test
  void reportsWhatCannotBeDeliveredAsAValue() {
    try (Publisher publisher = new Publisher(NOBODY_THERE)) {
      PublishResult result =
          publisher.publishBytes("d-1", new byte[] {'{'}).toCompletableFuture().join();
      assertThat(((Failed) result).error()).contains("twinlog.ingress");
    }
  }

  @Test
  void reportsWhatIsPublishedAfterTheEndAsAValue() {
    Publisher publisher = new Publisher(NOBODY_THERE);
    publisher.close();
    assertThat(publisher.publishBytes(new byte[] {'{'}).toCompletableFuture().join())
        .isInstanceOf(Failed.class);
  }

  @Test
  void tellsACloudEventByItsContentTypeAndKeysItByItsDevice() {
    byte[] cloudEvent =
        "{\"specversion\":\"1.0\",\"source\":\"gw\",\"subject\":\"d-1\"}".getBytes(UTF_8);
    byte[] envelope = "{\"source\":{\"component_id\":\"d-2\"}}".getBytes(UTF_8);

    ProducerRecord<byte[], byte[]> first =
        Publisher.message("t", cloudEvent, JsonLine.of(cloudEvent));
    ProducerRecord<byte[], byte[]> second = Publisher.message("t", envelope, JsonLine.of(envelope));
    ProducerRecord<byte[], byte[]> third =
        Publisher.message("t", new byte[] {'{'}, JsonLine.of(new byte[] {'{'}));

    assertThat(first.key()).asString().isEqualTo("d-1");
    assertThat(first.value()).isEqualTo(cloudEvent);
    assertThat(first.headers().lastHeader("content-type").value())
        .asString()
        .isEqualTo("application/cloudevents+json");
    assertThat(second.key()).asString().isEqualTo("d-2");
    assertThat(second.headers()).isEmpty();
    assertThat(third.key()).isNull();
  }

  @Test
  void reportsACommandWhoseResultNobodyCanHearAsUnsent() {
    try (Commands commands = new Commands(NOBODY_THERE)) {
      CommandReply reply =
          commands
              .send(new CommandMessage("c-1", "d-1", new byte[] {'{'}), Duration.ofSeconds(1))
              .toCompletableFuture()
              .join();
      assertThat(reply).isInstanceOf(CommandReply.Unsent.class);
    }
  }

  @Test
  void keysACommandByItsAggregate() {
    Command command =
        new Command("c-1", "ClearFault", "d-1", null, null, null, null, "{}", NO_METADATA);
    assertThat(CommandMessage.of(command))
        .matches(message -> message.id().equals("c-1") && message.aggregateId().equals("d-1"));
  }
}
