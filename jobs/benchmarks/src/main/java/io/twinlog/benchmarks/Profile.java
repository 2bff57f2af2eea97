// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Where the CPU of one run went: by threads, as the operating system counts it, and by code, as
 * sampled within each thread. Figures are CPU-seconds.
 */
record Profile(
    String name, Run run, Map<String, Double> threads, Map<Samples.Place, Double> places) {
  private static final int METHODS_MAX = 30;
  private static final double MILLION = 1e6;
  private static final double PERCENT = 100;
  private static final double SAMPLE_SECONDS = FlightRecording.PERIOD.toMillis() / 1e3;

  /** Reads the recording of a run. */
  static Profile of(String name, Run run, Outcome outcome, Path recording) throws IOException {
    Map<Long, Samples.OfThread> samples = Samples.read(recording).byThread();
    Map<String, Double> threads = ThreadTimes.byKind(outcome.threadSeconds());
    Map<Samples.Place, Double> places = new HashMap<>();
    outcome
        .threadSeconds()
        .forEach(
            (thread, seconds) -> {
              String id = thread.substring(0, thread.indexOf(' '));
              Samples.OfThread of = samples.get(Long.parseLong(id));
              if (of != null) {
                spread(of, seconds, places);
              }
            });
    return new Profile(name, run, threads, places);
  }

  /**
   * A thread's seconds, over where it was. Java code is sampled at a period, so its time is known;
   * what is left was spent in native code, which is sampled more rarely the more threads wait
   * there.
   */
  private static void spread(
      Samples.OfThread of, double seconds, Map<Samples.Place, Double> places) {
    int java = Samples.OfThread.total(of.java());
    int nativeCode = Samples.OfThread.total(of.nativeCode());
    double inNative =
        nativeCode == 0 ? 0 : java == 0 ? seconds : Math.max(0, seconds - java * SAMPLE_SECONDS);
    of.java().forEach((p, n) -> places.merge(p, (seconds - inNative) * n / java, Double::sum));
    of.nativeCode().forEach((p, n) -> places.merge(p, inNative * n / nativeCode, Double::sum));
  }

  /** The page docs/benchmarks/profile-CASE.md. */
  String page() {
    return ("""
        # Profile: %s

        Written by `deploy/bin/twinlog bench pipeline --profile %s`; do not edit. How it comes about, and how far it is to
        be trusted: [README](README.md#profiles). This run: %s, with the recording's own cost.

        ## By threads

        As the operating system counts it, to 10 ms.

        %s
        ## By code

        Within Java's threads, sampled. The JDK's own code counts for whoever called it.

        %s
        ## By method

        The topmost method that is not the JDK's, without what it calls.

        %s""")
        .formatted(
            name,
            name,
            Table.text(run),
            table("thread", threads, Integer.MAX_VALUE),
            table("code", byGroup(), Integer.MAX_VALUE),
            table("method", byMethod(), METHODS_MAX));
  }

  /** CPU-seconds by whose code it is. */
  Map<String, Double> byGroup() {
    return sum(Samples.Place::group);
  }

  private Map<String, Double> byMethod() {
    return sum(place -> "`" + place.method() + "`");
  }

  private Map<String, Double> sum(Function<Samples.Place, String> by) {
    Map<String, Double> sums = new HashMap<>();
    places.forEach((place, seconds) -> sums.merge(by.apply(place), seconds, Double::sum));
    return sums;
  }

  private String table(String title, Map<String, Double> seconds, int max) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of(title, "CPU-s/M events", "share"));
    double total = threads.values().stream().mapToDouble(Double::doubleValue).sum();
    seconds.entrySet().stream()
        .sorted(
            Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(max)
        .forEach(
            entry ->
                rows.add(
                    List.of(
                        entry.getKey(),
                        "%.2f".formatted(entry.getValue() * MILLION / run.events()),
                        "%.1f %%".formatted(PERCENT * entry.getValue() / total))));
    return Table.markdown(rows);
  }
}
