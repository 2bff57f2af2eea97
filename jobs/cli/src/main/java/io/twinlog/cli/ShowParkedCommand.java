// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.wire.json.RecordJson;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** {@code twinlog parked show}: all that is known of one key that waits, as one JSON object. */
@Command(
    name = "show",
    description = "Shows a key that waits: why, each attempt, each input with its value.",
    footer = {"", "Example:", "  twinlog parked show pump-9"})
final class ShowParkedCommand implements Callable<Integer> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @Parameters(paramLabel = "KEY", description = "Id of the aggregate.")
  private String key;

  @ParentCommand private ParkedCommand parent;

  @Override
  public Integer call() throws JsonProcessingException {
    ParkedDesk desk = new ParkedDesk(parent.twinlog());
    String prefix = desk.connection().settings().prefix();
    JsonLines out = new JsonLines(parent.twinlog().environment().out());
    for (ParkedKey found :
        desk.read(told -> told.getKey().equals(key), true).require(List.of(key))) {
      // Line by line: what is escaped for terminals must not be the ends of our own lines.
      JSON.writerWithDefaultPrettyPrinter()
          .writeValueAsString(shown(found, prefix))
          .lines()
          .forEach(out::writeText);
    }
    out.flush();
    return ExitCode.DONE;
  }

  static ObjectNode shown(ParkedKey key, String prefix) {
    ObjectNode shown = key.json();
    shown.remove("failure");
    ArrayNode history = shown.putArray("history");
    key.failures().forEach(failure -> history.add(failure.json()));
    RecordJson json = new RecordJson();
    ArrayNode inputs = shown.putArray("inputs");
    for (ParkedInput input : key.waiting()) {
      inputs
          .addObject()
          .put("topic", Letter.withoutPrefix(input.topic(), prefix))
          .put("partition", input.partition())
          .put("offset", input.offset())
          .put("type", input.type())
          .put("since", Letter.instant(input.since().toEpochMilli()))
          .set("value", json.value(input.value()));
    }
    return shown;
  }
}
