// SPDX-License-Identifier: Apache-2.0
package io.twinlog.cli;

import io.twinlog.cli.TopicReader.Bounds;
import io.twinlog.wire.Topic;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Prints what a ledger says, and the verdict on it. It reads nothing. */
final class LedgerReport {
  private final Environment environment;
  private final JsonLines out;
  private final String prefix;

  LedgerReport(Environment environment, String prefix) {
    this.environment = environment;
    this.prefix = prefix;
    out = new JsonLines(environment.out());
  }

  /**
   * A job has told nothing of a topic that it ought to read.
   *
   * @param offsets that the topic holds
   */
  record Silent(String job, Topic topic, long offsets) {
    String text() {
      return "job %s has told nothing of %s, which holds %d offsets: it does not run here, or has come to no checkpoint yet"
          .formatted(job, topic.text(), offsets);
    }
  }

  /** One object a line: windows, then sums. */
  void printJson(
      List<LedgerWindow> shown, LedgerWindows windows, Map<TopicPartition, Bounds> bounds) {
    shown.forEach(window -> out.write(window.json(prefix)));
    windows.sums().forEach(sum -> out.write(sum.json(prefix, bounds)));
    out.flush();
  }

  /** Two tables, windows first where there are any. */
  void printTables(
      List<LedgerWindow> shown, LedgerWindows windows, Map<TopicPartition, Bounds> bounds) {
    if (!shown.isEmpty()) {
      new TextTable(shown.stream().map(window -> window.row(prefix)).toList())
          .lines(
              "JOB",
              "TOPIC",
              "PARTITION",
              "WINDOW",
              "READ",
              "APPLIED",
              "REFUSED",
              "DUPLICATE",
              "DEAD-LETTERED",
              "PARKED",
              "DISCARDED",
              "RESIDUE",
              "STANDING")
          .forEach(out::writeText);
      out.writeText("");
    }
    new TextTable(windows.sums().stream().map(sum -> sum.row(prefix, bounds)).toList())
        .lines(
            "JOB",
            "TOPIC",
            "PARTITIONS",
            "WINDOWS",
            "READ",
            "TICKS",
            "REPEATS",
            "APPLIED",
            "REFUSED",
            "DUPLICATE",
            "DEAD-LETTERED",
            "PARKED",
            "DISCARDED",
            "RESIDUE",
            "NOT COUNTED YET")
        .forEach(out::writeText);
    out.flush();
  }

  /**
   * Says what it comes to; returns an exit code.
   *
   * @param silent topics of which a job that must has told nothing
   */
  int judge(LedgerWindows windows, List<Silent> silent) {
    windows.gaps().forEach(gap -> say("warning: " + gap.text(prefix)));
    if (windows.unread() > 0) {
      say(
          windows.unread()
              + " records of ledger cannot be read; a later release, or no job, wrote them");
    }
    List<LedgerWindow> all = windows.all();
    List<LedgerWindow> residue = all.stream().filter(LedgerWindow::isResidue).toList();
    List<LedgerWindow> onTheirWay = all.stream().filter(LedgerWindow::isOnItsWay).toList();
    onTheirWay.forEach(
        window ->
            say(window.text(prefix) + ": not settled, residue " + window.told().getResidue()));
    residue.forEach(window -> say(window.text(prefix) + ": residue " + window.told().getResidue()));
    if (!residue.isEmpty()) {
      say("residue: " + windows(residue) + " with records that have no outcome");
      return ExitCode.REFUSED;
    }
    silent.forEach(of -> say(of.text()));
    if (!onTheirWay.isEmpty()) {
      say("not settled: " + windows(onTheirWay) + " with records on their way; do the jobs run?");
      return ExitCode.NO_ANSWER;
    }
    say("no residue in " + windows(all));
    if (windows.unread() > 0) {
      return ExitCode.FAILED;
    }
    return silent.isEmpty() ? ExitCode.DONE : ExitCode.NO_ANSWER;
  }

  private static String windows(List<LedgerWindow> windows) {
    return Counted.of(windows.size(), "window");
  }

  private void say(String line) {
    environment.say("twinlog: " + line);
  }
}
