// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.twinlog.schemas.PublishedRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.apache.kafka.common.errors.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** {@code twinlog rules list}: one line for each version that was published. */
@Command(
    name = "list",
    description = "Lists the sets of rules that were published, and says which is in force.",
    footer = {"", "Example:", "  twinlog rules list"})
final class RulesList implements Callable<Integer> {
  private static final int HASH_SHOWN = 12;

  @Option(names = "--json", description = "Prints one object a line.")
  private boolean json;

  @ParentCommand private RulesCommand parent;

  /** A set without its document: there may be many, and they may be long. */
  record Line(
      long version, String publishedAt, String author, String note, int characters, String sha256) {
    static Line of(PublishedRules rules) {
      return new Line(
          rules.getVersion(),
          rules.getPublishedAt().toString(),
          rules.getAuthor() == null ? "" : rules.getAuthor(),
          rules.getNote() == null ? "" : rules.getNote(),
          rules.getDocument().length(),
          rules.getSha256());
    }

    ObjectNode json(boolean inForce) {
      return JsonNodeFactory.instance
          .objectNode()
          .put("version", version)
          .put("in_force", inForce)
          .put("published_at", publishedAt)
          .put("author", author)
          .put("note", note)
          .put("characters", characters)
          .put("sha256", sha256);
    }

    List<String> cells(boolean inForce) {
      return List.of(
          Long.toString(version),
          inForce ? "yes" : "-",
          publishedAt,
          author,
          Integer.toString(characters),
          sha256.substring(0, HASH_SHOWN),
          note);
    }
  }

  @Override
  public Integer call() {
    RulesDesk desk = RulesDesk.open(parent.twinlog());
    SortedMap<Long, String> unsound = new TreeMap<>();
    List<Line> lines =
        desk.read(
            log -> {
              List<Line> found = new ArrayList<>();
              log.each(rules -> found.add(Line.of(rules)));
              unsound.putAll(log.unsound());
              return found;
            });
    Map<Integer, Long> inForce = inForce(desk);
    print(lines, inForce.values());
    remark(unsound, inForce);
    return ExitCode.DONE;
  }

  private static Map<Integer, Long> inForce(RulesDesk desk) {
    try (RulesTicks ticks = desk.ticks()) {
      return ticks.now();
    } catch (TimeoutException e) {
      throw desk.noAnswer(e);
    }
  }

  private void print(List<Line> lines, Collection<Long> inForce) {
    JsonLines out = new JsonLines(parent.twinlog().environment().out());
    if (json) {
      lines.forEach(line -> out.write(line.json(inForce.contains(line.version()))));
    } else {
      new TextTable(
              lines.stream().map(line -> line.cells(inForce.contains(line.version()))).toList())
          .lines("VERSION", "IN FORCE", "PUBLISHED", "AUTHOR", "CHARACTERS", "SHA256", "NOTE")
          .forEach(out::writeText);
    }
    out.flush();
  }

  private void remark(SortedMap<Long, String> unsound, Map<Integer, Long> inForce) {
    Environment environment = parent.twinlog().environment();
    unsound.forEach(
        (version, why) ->
            environment.say("twinlog: version %d is unsound: %s".formatted(version, why)));
    if (inForce.isEmpty()) {
      environment.say("twinlog: no tick is in ingress: nothing is in force yet");
    } else if (inForce.values().stream().allMatch(version -> version == 0)) {
      environment.say("twinlog: no published rules are in force: the settings of the jobs hold");
    } else if (inForce.values().stream().distinct().count() > 1) {
      environment.say("twinlog: the last ticks differ by partition of ingress: " + inForce);
    }
  }
}
