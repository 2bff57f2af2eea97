// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.device.DeviceCommand;
import io.twinlog.domain.device.DeviceEvent;
import io.twinlog.local.fleet.core.Malformed;
import io.twinlog.local.fleet.core.Share;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.Topic;
import java.io.IOException;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The pages hang together, and name what there is: topics, headers, commands, events, metrics. It
 * does not judge what they say of it.
 */
class DocsLinksTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern FENCED = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
  private static final Pattern METRIC =
      Pattern.compile("\\.(?:counter|gauge|meter|histogram)\\(\\s*\"([^\"]+)\"");

  @Test
  void everyRelativeLinkLeadsSomewhere() throws IOException {
    List<String> broken = new ArrayList<>();
    for (Path page : pages()) {
      for (String link : links(page)) {
        Path target = target(page, link);
        if (!Files.exists(target) || !hasAnchor(target, link)) {
          broken.add(Repository.name(page) + ": " + link);
        }
      }
    }

    assertThat(broken).isEmpty();
  }

  @Test
  void everyPageIsReachedFromTheIndex() throws IOException {
    Set<Path> reached = new TreeSet<>();
    reach(Repository.ROOT.resolve("docs/README.md"), reached);

    assertThat(reached)
        .containsAll(pages().stream().filter(page -> page.toString().contains("/docs/")).toList());
  }

  private static void reach(Path page, Set<Path> reached) throws IOException {
    if (page.toString().endsWith(".md") && reached.add(page)) {
      for (String link : links(page)) {
        reach(target(page, link), reached);
      }
    }
  }

  @Test
  void everyTopicAndHeaderIsDocumented() throws IOException {
    String page = Repository.page("docs/reference/topics.md");
    for (Topic topic : Topic.values()) {
      assertThat(page).contains("\n| `" + topic.text() + "` |");
    }
    for (String header :
        List.of(
            HeaderNames.TYPE,
            HeaderNames.ORIGIN,
            HeaderNames.CLOCK,
            HeaderNames.RULES,
            HeaderNames.FLAGS,
            HeaderNames.TRACEPARENT,
            HeaderNames.CONTENT_TYPE)) {
      assertThat(page).contains("\n| `" + header + "` |");
    }
  }

  @Test
  void everySubcommandAndOptionIsDocumented() throws Exception {
    String page = Repository.page("docs/reference/cli.md");
    Class<?> twinlog = Class.forName("io.twinlog.cli.Twinlog");
    Class<?>[] subcommands = twinlog.getAnnotation(Command.class).subcommands();

    assertThat(subcommands).isNotEmpty();
    for (Class<?> subcommand : subcommands) {
      String heading = "\n## `twinlog " + subcommand.getAnnotation(Command.class).name() + "`";
      assertThat(page).contains(heading);
      int from = page.indexOf(heading);
      int to = page.indexOf("\n## ", from + 1);
      String section = page.substring(from, to < 0 ? page.length() : to);
      options(subcommand).forEach(option -> assertThat(section).containsPattern(cell(option)));
    }
    options(twinlog).forEach(option -> assertThat(page).containsPattern(cell(option)));
    for (String command :
        List.of(
            "io.twinlog.local.LocalRun",
            "io.twinlog.local.fleet.SimulatorOptions",
            "io.twinlog.local.fleet.LoadCommand",
            "io.twinlog.benchmarks.PipelineCommand",
            "io.twinlog.benchmarks.QualityCommand")) {
      options(Class.forName(command))
          .forEach(option -> assertThat(page).containsPattern(cell(option)));
    }
  }

  @Test
  void everythingThatAFleetDoesIsDocumented() throws IOException {
    String page = Repository.page("docs/fleet-simulator.md");
    for (Share share : Share.values()) {
      String usual = BigDecimal.valueOf(share.usual()).stripTrailingZeros().toPlainString();
      assertThat(page)
          .contains("\n| `%s` | %s | %s |".formatted(share.text(), usual, share.meaning()));
    }
    for (Malformed kind : Malformed.values()) {
      assertThat(page).contains("`" + kind.text() + "`");
    }
  }

  /** An option in code, alone or with its value. */
  private static String cell(String option) {
    return "`" + option + "[` ]";
  }

  private static List<String> options(Class<?> command) {
    List<String> names = new ArrayList<>();
    for (Field field : command.getDeclaredFields()) {
      Option option = field.getAnnotation(Option.class);
      if (option != null && !option.hidden()) {
        names.addAll(Arrays.asList(option.names()));
      }
    }
    return names;
  }

  @Test
  void everyEventAndCommandIsDocumented() throws IOException {
    String events = Repository.page("docs/reference/events.md");
    String commands = Repository.page("docs/reference/commands.md");
    for (Class<?> event : DeviceEvent.class.getPermittedSubclasses()) {
      assertThat(events).contains("\n| `" + event.getSimpleName() + "` |");
    }
    for (Class<?> request : DeviceCommand.Request.class.getPermittedSubclasses()) {
      assertThat(commands).contains("\n| `" + request.getSimpleName() + "` |");
    }
    for (String schema :
        Repository.page("schemas/src/main/resources/catalogue/index.txt").split("\n")) {
      if (schema.matches("[a-z_]+\\.[a-z_]+-\\d+\\.json")) {
        assertThat(events).contains("\n| `" + schema.replaceAll("-\\d+\\.json", "") + "` |");
      }
    }
  }

  @Test
  void everyMetricIsDocumented() throws IOException {
    String page = Repository.page("docs/reference/metrics.md");
    Set<String> metrics = new TreeSet<>();
    for (Path file : Repository.mainSources()) {
      Matcher metric = METRIC.matcher(Files.readString(file));
      while (metric.find()) {
        metrics.add(metric.group(1));
      }
    }

    assertThat(metrics).contains("twinlog_applied");
    metrics.forEach(metric -> assertThat(page).contains("\n| `" + metric + "` |"));
  }

  private static List<Path> pages() throws IOException {
    return Repository.files(".md");
  }

  private static List<String> links(Path page) throws IOException {
    String text = FENCED.matcher(Files.readString(page)).replaceAll("");
    return LINK.matcher(text)
        .results()
        .map(link -> link.group(1))
        .filter(link -> !link.contains(":"))
        .toList();
  }

  private static Path target(Path page, String link) {
    String file = link.replaceFirst("#.*", "");
    return file.isEmpty() ? page : page.getParent().resolve(file).normalize();
  }

  /** Whether a page has a heading that its link names, in the way that GitHub names headings. */
  private static boolean hasAnchor(Path page, String link) throws IOException {
    if (link.indexOf('#') < 0) {
      return true;
    }
    String anchor = link.substring(link.indexOf('#') + 1);
    return HEADING
        .matcher(FENCED.matcher(Files.readString(page)).replaceAll(""))
        .results()
        .map(heading -> heading.group(1).toLowerCase(java.util.Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .anyMatch(anchor::equals);
  }
}
