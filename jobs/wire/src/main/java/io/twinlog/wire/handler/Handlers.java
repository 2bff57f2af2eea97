// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.handler;

import io.twinlog.domain.Thrown;
import io.twinlog.schemas.Event;
import io.twinlog.wire.Services;
import io.twinlog.wire.handler.HandlerException.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** The handlers of a process, by event type, and how one is run. Not for threads to share. */
public final class Handlers {
  private static final int MESSAGE_MAX = 512;

  private final Map<String, EventHandler> byType = new TreeMap<>();

  /**
   * @throws IllegalArgumentException when two name the same event type
   */
  public Handlers(Iterable<EventHandler> handlers) {
    for (EventHandler handler : handlers) {
      for (String type : handler.eventTypes()) {
        EventHandler other = byType.put(type, handler);
        if (other != null) {
          throw new IllegalArgumentException(
              "event type %s has two handlers, %s and %s"
                  .formatted(type, other.getClass().getName(), handler.getClass().getName()));
        }
      }
    }
  }

  /**
   * Those that are named in {@code META-INF/services} on a class path.
   *
   * @throws IllegalArgumentException when two name the same event type, or one cannot be made
   */
  public static Handlers load(ClassLoader classes) {
    return new Handlers(Services.load(EventHandler.class, classes));
  }

  /** Of the event type; empty: events of it go on as they are. */
  public Optional<EventHandler> of(String eventType) {
    return Optional.ofNullable(byType.get(eventType));
  }

  /**
   * What came of it.
   *
   * @param severity null: it was handled
   * @param why empty where it was handled
   */
  public record Handled(List<Event> outputs, Severity severity, String why) {
    public boolean failed() {
      return severity != null;
    }
  }

  /**
   * Runs a handler. What it throws is an answer, not an accident.
   *
   * @param flaw says what is wrong with an output; empty: nothing
   */
  public static Handled run(
      EventHandler handler, EventContext context, Function<Event, Optional<String>> flaw) {
    try {
      HandlerResult result = handler.handle(context);
      if (result == null) {
        return failed(handler, Severity.MEDIUM, "it answered null");
      }
      List<Event> outputs = result.outputs();
      List<String> flaws = new ArrayList<>();
      outputs.forEach(output -> flaw.apply(output).ifPresent(flaws::add));
      return flaws.isEmpty()
          ? new Handled(outputs, null, "")
          : failed(handler, Severity.MEDIUM, "an output of its is not sound: " + flaws.get(0));
    } catch (HandlerException e) {
      return failed(handler, e.severity(), Thrown.message(e));
    } catch (StackOverflowError e) {
      return failed(handler, Severity.MEDIUM, Thrown.text(e));
    } catch (VirtualMachineError e) {
      // Not of the handler's making, or not for it alone to bear.
      throw e;
    } catch (Throwable e) {
      // A class that its jar lacks, an assertion, a checked exception of another language: all the
      // same as what it is meant to throw, and no reason for everybody else to stand still.
      return failed(handler, Severity.MEDIUM, Thrown.text(e));
    }
  }

  private static Handled failed(EventHandler handler, Severity severity, String message) {
    String why = handler.name() + ": " + message;
    return new Handled(
        List.of(),
        severity,
        why.length() <= MESSAGE_MAX ? why : why.substring(0, MESSAGE_MAX - 1) + '…');
  }
}
