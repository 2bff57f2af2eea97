// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import io.twinlog.client.ClientSettings;
import io.twinlog.local.fleet.core.FleetPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fleet that speaks in a thread of its own until it is closed, beside a local run. It knows
 * nothing of what Twinlog makes of it.
 */
public final class FleetSimulator implements AutoCloseable {
  /** What is true of the fleet, below the data directory. */
  public static final String TRUTH_FILE = "fleet-truth.jsonl";

  private static final Logger LOG = LoggerFactory.getLogger(FleetSimulator.class);
  private static final String RUN_FILE = "fleet-run";
  private static final long END_SECONDS_MAX = 30;

  private final FleetDriver driver;
  private final Consumer<String> say;
  private final Thread thread;
  private volatile boolean over;
  private volatile boolean failed;

  private FleetSimulator(FleetDriver driver, Consumer<String> say) {
    this.driver = driver;
    this.say = say;
    thread = new Thread(this::run, "fleet");
  }

  /**
   * Starts it.
   *
   * @param data directory of the truth, and of the number of the run
   * @param say gets one line for each thing worth telling
   */
  static FleetSimulator start(
      SimulatorOptions options, ClientSettings settings, Path data, Consumer<String> say)
      throws IOException {
    int run = nextRun(data.resolve(RUN_FILE));
    FleetPlan plan = options.plan(Integer.toString(run), run > 1);
    TruthFile truth = new TruthFile(data.resolve(TRUTH_FILE), options.truthMebibytes());
    FleetSimulator simulator =
        new FleetSimulator(
            new FleetDriver(plan, options.paced(), settings, Optional.of(truth)), say);
    simulator.thread.start();
    return simulator;
  }

  /** Ids of a run differ from those of the runs before it: else they would all be doubles. */
  private static int nextRun(Path file) throws IOException {
    int last = Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 0;
    Files.writeString(file, last + 1 + "\n");
    return last + 1;
  }

  private void run() {
    try {
      driver.register(say, () -> over);
      driver.drive(() -> over);
    } catch (RuntimeException e) {
      if (over) {
        return; // it was closed under a message that waited for the brokers
      }
      // Whatever it is, a defect or a full disk: the jobs run on, and the exit code tells.
      LOG.error("the fleet simulator ends", e);
      failed = true;
      say.accept("the fleet simulator failed: " + e);
    }
  }

  /** Whether it has ended by itself. */
  public boolean failed() {
    return failed;
  }

  /** Lets the fleet fall silent, and writes the rest of the truth. */
  @Override
  public void close() {
    over = true;
    try {
      thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS_MAX));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    driver.close();
    Outbox outbox = driver.outbox();
    say.accept(
        "the fleet has sent %,d messages; %,d are acknowledged"
            .formatted(outbox.offered(), outbox.acknowledged()));
  }
}
