// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.client.PublishResult.Failed;
import io.twinlog.client.RetryPolicy.DeadLetter;
import io.twinlog.schemas.Command;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.Priority;
import io.twinlog.wire.ingress.JsonLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
  void anUrgentOneThatComesAfterTheEndIsAValueToo() {
    Publisher publisher = new Publisher(NOBODY_THERE);
    publisher.close();
    byte[] urgent = "{\"metadata\":{\"priority\":\"CRITICAL\"}}".getBytes(UTF_8);

    assertThat(publisher.publishJson(urgent).toCompletableFuture().join())
        .isInstanceOf(Failed.class);
  }

  @Test
  void whoGivesAResultUpKeepsNoRoom() {
    try (Publisher publisher = new Publisher(NOBODY_THERE)) {
      publisher.publishBytes("d-1", new byte[] {'{'}).toCompletableFuture().cancel(true);
      publisher.flush();

      assertThat(publisher.figures())
          .matches(figures -> figures.underWay() == 0 && figures.failed() == 1);
    }
  }

  @Test
  void publishersThatShareAFileKeepEachLine(@TempDir Path directory) throws Exception {
    DeadLetter settings = new DeadLetter(directory.resolve("letters.jsonl"), 1 << 20);
    CompletableFuture<?>[] writers =
        IntStream.range(0, 4)
            .mapToObj(i -> CompletableFuture.runAsync(() -> append(settings, i)))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(writers).join();

    assertThat(Files.readAllLines(settings.file()))
        .hasSize(200)
        .allMatch(line -> line.matches("\\{\"writer\":[0-3]}"));
  }

  private static void append(DeadLetter settings, int writer) {
    LetterFile file = new LetterFile(settings);
    try {
      for (int i = 0; i < 50; i++) {
        file.append("{\"writer\":" + writer + "}");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
