// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet;

import io.twinlog.local.fleet.core.Mix;
import picocli.CommandLine.Option;

/** What every command that lets a fleet speak can be told of it in the same words. */
final class FleetOptions {
  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description = "The same seed gives the same fleet (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--mix",
      paramLabel = "NAME=SHARE,...",
      defaultValue = "",
      converter = MixConverter.class,
      description = "How much of what: malformed=0.2,doubles=0.01 (docs/fleet-simulator.md).")
  private Mix mix;

  long seed() {
    return seed;
  }

  Mix mix() {
    return mix;
  }
}
