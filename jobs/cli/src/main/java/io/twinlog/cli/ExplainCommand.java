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
      "An alert is explained event by event, the oldest first; what a deadline did leads to the record",
      "that was the last before it. Each row is a record, and below it the one that it came of",
      "(tl-origin). With --reexecute each event of the alert is derived again, by the rules alone and",
      "from events.error alone; the column derived tells whether the log says the same.",
      "Exit codes: 0 explained, 1 there is no such alert, 3 a record on the way is gone, or the log",
      "is not what was derived.",
      "",
      "Example:",
      "  twinlog explain a-26uhzmb6p5qpqm4n5wcfayfq65-1",
      "  twinlog explain a-26uhzmb6p5qpqm4n5wcfayfq65-1 --reexecute",
      "  twinlog explain device.state/2/17 --json"
    })
final class ExplainCommand implements Callable<Integer> {
  private static final Pattern PLACE = Pattern.compile("(.+)/([0-9]{1,9})/([0-9]{1,18})");
  private static final int KEY_SHOWN = 32;
  private static final int VALUE_SHOWN = 120;
  private static final List<String> TITLES =
      List.of("version", "record", "time", "type", "key", "value");

  @Parameters(
      paramLabel = "ALERT|RECORD",
      description = "Id of an alert; or TOPIC/PARTITION/OFFSET, with or without the prefix.")
  private String what;

  @Option(names = "--json", description = "Prints one object a line: what tail prints, and hop.")
  private boolean json;

  @Option(
      names = "--reexecute",
      description = "Derives the alert again from its causes and the rules, and compares.")
  private boolean reexecute;

  @ParentCommand private Twinlog twinlog;
  @Spec private CommandSpec spec;

  /** Null: nobody has asked for it. */
  private Rederivation rederived;

  @Override
  public Integer call() {
    Optional<AlertId> alert = AlertId.of(what);
    Matcher place = PLACE.matcher(what);
    if (alert.isEmpty() && !place.matches()) {
      throw new ParameterException(
          spec.commandLine(),
          "'" + what + "' is neither the id of an alert nor TOPIC/PARTITION/OFFSET");
    }
    if (reexecute && alert.isEmpty()) {
      throw new ParameterException(
          spec.commandLine(), "--reexecute derives alerts; " + what + " is a record");
    }
    try (Provenance provenance = Provenance.open(twinlog)) {
      if (alert.isEmpty()) {
        return tell(provenance, Map.of("", provenance.of(placeOf(provenance, place))));
      }
      TopicSpan log = provenance.span(Topic.ALERT_LOG);
      // Looked at a moment later, it holds the causes of all that the log has.
      Optional<TopicSpan> inbox =
          reexecute ? Optional.of(provenance.span(Topic.EVENTS_ERROR)) : Optional.empty();
      SortedMap<Long, Logged> events = logged(provenance, log, alert.get());
      if (inbox.isPresent()) {
        TreeMap<Long, AlertLog> logs = new TreeMap<>();
        events.forEach((version, event) -> logs.put(version, event.log()));
        rederived =
            Rederivation.of(provenance, RulesDesk.open(twinlog), inbox.get(), alert.get(), logs);
      }
      Map<String, List<Hop>> hops = new LinkedHashMap<>();
      events.forEach(
          (version, event) -> hops.put(Long.toString(version), provenance.of(event.place())));
      return tell(provenance, hops);
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

  /** An event of an alert, and where the log has it. */
  private record Logged(Place place, AlertLog log) {}

  /** By the version of each of its events. */
  private static SortedMap<Long, Logged> logged(
      Provenance provenance, TopicSpan span, AlertId alert) {
    SortedMap<Long, Logged> events = new TreeMap<>();
    SingleObject singleObject = new SingleObject();
    byte[] key = alert.toString().getBytes(StandardCharsets.UTF_8);
    provenance.read(
        span,
        record -> {
          if (Arrays.equals(record.key(), key)) {
            AlertLog log = singleObject.decode(record.value(), AlertLog.class);
            Place place = new Place(record.topic(), record.partition(), record.offset());
            // After a crash it may be there twice, and says the same.
            events.putIfAbsent(log.getVersion(), new Logged(place, log));
          }
        });
    if (events.isEmpty()) {
      throw new CommandFailure(
          ExitCode.FAILED,
          "no alert " + alert + " is in alert.log: there never was one, or it is no longer kept");
    }
    return events;
  }

  private int tell(Provenance provenance, Map<String, List<Hop>> explained) {
    List<ObjectNode> lines = new ArrayList<>();
    boolean whole = rederived == null || rederived.holds();
    for (Map.Entry<String, List<Hop>> event : explained.entrySet()) {
      for (int i = 0; i < event.getValue().size(); i++) {
        Hop hop = event.getValue().get(i);
        whole &= hop.missing() == null;
        ObjectNode line = line(provenance, hop).put("hop", i);
        if (!event.getKey().isEmpty()) {
          line.put("version", Long.parseLong(event.getKey()));
        }
        if (rederived != null && i == 0) {
          line.put("derived", rederived.verdict(Long.parseLong(event.getKey())));
        }
        lines.add(line);
      }
    }
    if (rederived != null) {
      lines.addAll(rederived.missing());
    }
    print(lines);
    if (rederived != null) {
      twinlog.environment().err().println(rederived.summary());
    }
    return whole ? ExitCode.DONE : ExitCode.REFUSED;
  }

  private void print(List<ObjectNode> lines) {
    JsonLines out = new JsonLines(twinlog.environment().out());
    if (json) {
      lines.forEach(out::write);
    } else {
      List<String> titles = new ArrayList<>(TITLES);
      if (rederived != null) {
        titles.add(1, "derived");
      }
      new TextTable(lines.stream().map(this::row).toList())
          .lines(titles.toArray(String[]::new))
          .forEach(out::writeText);
    }
    out.flush();
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

  private List<String> row(ObjectNode line) {
    JsonNode missing = line.path("missing");
    boolean ofLog = line.path("hop").asInt(0) == 0;
    List<String> cells = new ArrayList<>();
    cells.add(ofLog ? line.path("version").asText("") : "");
    if (rederived != null) {
      cells.add(TerminalText.cell(line.path("derived").asText(""), VALUE_SHOWN));
    }
    cells.add(
        line.has("topic")
            ? "%s/%s/%s"
                .formatted(line.path("topic").asText(), line.path("partition"), line.path("offset"))
            : "-");
    cells.add(line.path("timestamp").asText("-"));
    cells.add(TerminalText.cell(line.path("headers").path("tl-type").asText(""), KEY_SHOWN));
    cells.add(TerminalText.cell(line.path("key").asText(""), KEY_SHOWN));
    cells.add(
        missing.isMissingNode()
            ? TerminalText.cell(line.path("value").toString(), VALUE_SHOWN)
            : "MISSING: " + TerminalText.escape(missing.asText()));
    return cells;
  }
}
