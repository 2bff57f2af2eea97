// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.wire.handler.EventContext;
import io.twinlog.wire.handler.EventHandler;
import io.twinlog.wire.handler.HandlerException;
import io.twinlog.wire.handler.HandlerException.Severity;
import io.twinlog.wire.handler.HandlerResult;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Fails as often as it is told to, then makes an event of each part of the payload. Named in
 * META-INF/services.
 */
public final class TestingHandler implements EventHandler {
  static final String TYPE = "said.so";

  private static final AtomicInteger FAILURES = new AtomicInteger();

  static void failures(int count) {
    FAILURES.set(count);
  }

  @Override
  public Set<String> eventTypes() {
    return Set.of(TYPE);
  }

  @Override
  public HandlerResult handle(EventContext context) {
    String text = UTF_8.decode(context.event().getData().getPayload().duplicate()).toString();
    switch (text) {
      case "low" -> throw new HandlerException(Severity.LOW, "not this one");
      case "nothing" -> {
        if (FAILURES.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          throw new HandlerException(Severity.MEDIUM, "no route to host");
        }
        return HandlerResult.of();
      }
      case "high" -> throw new HandlerException(Severity.HIGH, "the key is gone");
      default -> {
        if (FAILURES.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
          throw new HandlerException(Severity.MEDIUM, "no route to host");
        }
        return HandlerResult.of(
            Arrays.stream(text.split(";"))
                .map(part -> output(context, part))
                .toArray(Event[]::new));
      }
    }
  }

  private static Event output(EventContext context, String text) {
    EventData data = new EventData(ByteBuffer.wrap(text.getBytes(UTF_8)), "1", Encoding.TEXT);
    return context.derive(TYPE).setData(data).build();
  }
}
