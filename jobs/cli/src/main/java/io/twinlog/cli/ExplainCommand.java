// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.cli.Provenance.Hop;
import io.twinlog.schemas.AlertLog;
import io.twinlog.wire.AlertId;
import io.twinlog.wire.DeadLetter.Place;
import io.twinlog.wire.SingleObject;
import io.twinlog.wire.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code twinlog explain}: why an alert, or any record, is there. */
@Command(
    name = "explain",
    description =
        "Shows why an alert, or any record, is there: each record that led to it, back to the one"
            + " that came from outside.",
    footer = {
      "",
      "An alert is explained event by event, the oldest first; what a deadline did leads to the tick",
      "that reached it. Each row is a record, and below it the one that it came of (tl-origin).",
      "Exit codes: 0 explained, 1 there is no such alert, 3 a record on the way is gone.",
      "",
      "Example:",
      "  twinlog explain a-26uhzmb6p5qpqm4n5wcfayfq65-1",
      "  twinlog explain device.state/2/17 --json"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final Pattern PLACE = Pattern.compile("(.+)/([0-9]{1,9})/([0-9]{1,18})");
  private static final int KEY_SHOWN = 32;
  private static final int VALUE_SHOWN = 120;

  @Parameters(
      paramLabel = "ALERT|RECORD",
      description = "Id of an alert; or TOPIC/PARTITION/OFFSET, with or without the prefix.")
  private String what;

  @Option(names = "--json", description = "Prints one object a line: what tail prints, and hop.")
  private boolean json;

  @ParentCommand private Twinlog twinlog;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    Optional<AlertId> alert = AlertId.of(what);
    Matcher place = PLACE.matcher(what);
    if (alert.isEmpty() && !place.matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "'" + what + "' is neither the id of an alert nor TOPIC/PARTITION/OFFSET");
    }
    try (Provenance provenance = Provenance.open(twinlog)) {
      return tell(
          provenance,
          alert.isPresent()
              ? explained(provenance, alert.get())
              : Map.of("", provenance.of(placeOf(provenance, place))));
    }
  }

  private Place placeOf(Provenance provenance, Matcher place) {
    String topic =
        provenance
            .existing(place.group(1))
            .orElseThrow(
                () ->
                    new ParameterException(
                        spec.commandLine(), "no topic '" + place.group(1) + "'; twinlog topics"));
    return new Place(topic, Integer.parseInt(place.group(2)), Long.parseLong(place.group(3)));
  }

  /** By the version of each of its events. */
  private static Map<String, List<Hop>> explained(Provenance provenance, AlertId alert) {
    SortedMap<Long, Place> events = new TreeMap<>();
    SingleObject singleObject = new SingleObject();
    byte[] key = alert.toString().getBytes(StandardCharsets.UTF_8);
    provenance.read(
        Topic.ALERT_LOG,
        record -> {
          if (Arrays.equals(record.key(), key)) {
            // After a crash it may be there twice, and says the same.
            events.putIfAbsent(
                singleObject.decode(record.value(), AlertLog.class).getVersion(),
                new Place(record.topic(), record.partition(), record.offset()));
          }
        });
    if (events.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "no alert " + alert + " is in alert.log: there never was one, or it is no longer kept");
    }
    Map<String, List<Hop>> hops = new LinkedHashMap<>();
    events.forEach((version, place) -> hops.put(Long.toString(version), provenance.of(place)));
    return hops;
  }

  private int tell(Provenance provenance, Map<String, List<Hop>> explained) {
    JsonLines out = new JsonLines(twinlog.environment().out());
    List<List<String>> rows = new ArrayList<>();
    boolean whole = true;
    for (Map.Entry<String, List<Hop>> event : explained.entrySet()) {
      for (int i = 0; i < event.getValue().size(); i++) {
        Hop hop = event.getValue().get(i);
        whole &= hop.missing() == null;
        ObjectNode line = line(provenance, hop);
        if (json) {
          if (!event.getKey().isEmpty()) {
            line.put("version", Long.parseLong(event.getKey()));
          }
          out.write(line.put("hop", i));
        } else {
          rows.add(row(i == 0 ? event.getKey() : "", line));
        }
      }
    }
    if (!json) {
      new TextTable(rows)
          .lines("version", "record", "time", "type", "key", "value")
          .forEach(out::writeText);
    }
    out.flush();
    return whole ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private static ObjectNode line(Provenance provenance, Hop hop) {
    String topic = provenance.shown(hop.place().topic());
    ConsumerRecord<byte[], byte[]> record = hop.record();
    return record != null
        ? new RecordLine(topic).of(record)
        : JsonNodeFactory.instance
            .objectNode()
            .put("topic", topic)
            .put("partition", hop.place().partition())
            .put("offset", hop.place().offset())
            .put("missing", hop.missing());
  }

  private static List<String> row(String version, ObjectNode line) {
    JsonNode missing = line.path("missing");
    return List.of(
        version,
        "%s/%s/%s"
            .formatted(line.path("topic").asText(), line.path("partition"), line.path("offset")),
        line.path("timestamp").asText("-"),
        TerminalText.cell(line.path("headers").path("tl-type").asText(""), KEY_SHOWN),
        TerminalText.cell(line.path("key").asText(""), KEY_SHOWN),
        missing.isMissingNode()
            ? TerminalText.cell(line.path("value").toString(), VALUE_SHOWN)
            : "MISSING: " + TerminalText.escape(missing.asText()));
  }
}
