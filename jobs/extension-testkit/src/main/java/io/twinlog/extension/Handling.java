// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.schemas.Event;
import io.twinlog.wire.handler.HandlerException.Severity;
import io.twinlog.wire.handler.Handlers.Handled;
import io.twinlog.wire.json.AvroJson;
import java.util.ArrayList;
import java.util.List;

/** What came of an event that was handled. */
public final class Handling {
  private final Event event;
  private final Handled handled;

  Handling(Event event, Handled handled) {
    this.event = event;
    this.handled = handled;
  }

  /** These events and no others go on in its place, in this order. */
  public void thenEmits(EventExample... expected) {
    List<Event> outputs = outputs();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < Math.max(expected.length, outputs.size()); i++) {
      if (i >= outputs.size()) {
        differences.add("event %d: expected %s, there is none".formatted(i + 1, expected[i]));
      } else if (i >= expected.length) {
        differences.add("event %d: not expected: %s".formatted(i + 1, AvroJson.of(outputs.get(i))));
      } else {
        int number = i + 1;
        expected[i].differences(outputs.get(i)).stream()
            .map(difference -> "event " + number + ": " + difference)
            .forEach(differences::add);
      }
    }
    Failures.require(differences.isEmpty(), "other events:\n" + Failures.lines(differences));
  }

  /** It goes on as if there were no handler. */
  public void thenGoesOnUnchanged() {
    Failures.require(
        outputs().equals(List.of(event)),
        "expected the event itself, was\n"
            + Failures.lines(outputs().stream().map(AvroJson::of).toList()));
  }

  /** Nothing comes of it. */
  public void thenIsDiscarded() {
    thenEmits();
  }

  /**
   * It could not be handled.
   *
   * @param why a part of what is told of it
   */
  public void thenFails(Severity severity, String why) {
    Failures.require(
        handled.severity() == severity,
        "expected a failure with %s, was %s",
        severity,
        handled.failed() ? handled.severity() + ", " + handled.why() : "none");
    Failures.requireContains("a failure", handled.why(), why);
  }

  private List<Event> outputs() {
    Failures.require(!handled.failed(), "it failed with %s: %s", handled.severity(), handled.why());
    return handled.outputs();
  }
}
