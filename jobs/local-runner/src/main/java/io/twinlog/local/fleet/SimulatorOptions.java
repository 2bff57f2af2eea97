// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import io.twinlog.client.ClientSettings;
import io.twinlog.local.fleet.core.FleetPlan;
import io.twinlog.local.fleet.core.Mix;
import io.twinlog.local.fleet.core.Share;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerConfig;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a local run can be told of its fleet. Whatever is wrong is refused while it is read. */
public final class SimulatorOptions {
  private static final String NAME = "sim";

  /** So often a device has its turn, where nothing is said; a small fleet is livelier. */
  private static final double TURN_SECONDS = 5;

  private static final double RATE_MIN = 10;

  /** It shares the heap with the jobs. */
  private static final String BUFFER_BYTES = Integer.toString(16 * 1024 * 1024);

  @Option(
      names = "--devices",
      paramLabel = "N",
      defaultValue = "20",
      converter = DeviceCount.class,
      description = "Devices of the fleet simulator; 0: none. Default: ${DEFAULT-VALUE}")
  private int devices;

  @Option(
      names = "--rate",
      paramLabel = "EVENTS_PER_SECOND",
      converter = Rate.Converter.class,
      description =
          "Messages a second of the whole fleet, or max. Default: a fifth of its devices, at least 10")
  private Optional<Rate> rate = Optional.empty();

  @Mixin private FleetOptions fleet;

  @Option(
      names = "--truth-mib",
      paramLabel = "N",
      defaultValue = "256",
      description =
          "What fleet-truth.jsonl and the one before it may take of the data directory, in MiB."
              + " Default: ${DEFAULT-VALUE}")
  private int truthMebibytes;

  @Option(names = "--no-simulator", description = "No fleet simulator: as --devices 0.")
  private boolean none;

  /** Starts the simulator, unless there is to be none. */
  public Optional<FleetSimulator> start(
      String bootstrap, String prefix, Path data, Consumer<String> say) throws IOException {
    if (none || devices == 0) {
      return Optional.empty();
    }
    ClientSettings settings =
        ClientSettings.at(bootstrap)
            .withPrefix(prefix)
            .withKafka(Map.of(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES));
    say.accept(
        "the fleet simulator lets %,d devices speak, %s messages a second; the truth about them: %s"
            .formatted(devices, rate().text(), data.resolve(FleetSimulator.TRUTH_FILE)));
    return Optional.of(FleetSimulator.start(this, settings, data, say));
  }

  FleetPlan plan(String run, boolean again) {
    Mix own = paced() ? fleet.mix() : fleet.mix().with(Share.SILENCES, 0);
    return new FleetPlan(fleet.seed(), devices, rate().perSecond(), own, NAME, run, again);
  }

  boolean paced() {
    return !rate().max();
  }

  int truthMebibytes() {
    return Math.max(1, truthMebibytes);
  }

  private Rate rate() {
    return rate.orElseGet(() -> Rate.of(Math.max(RATE_MIN, devices / TURN_SECONDS)));
  }
}
