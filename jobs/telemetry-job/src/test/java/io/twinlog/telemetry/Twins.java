// SPDX-License-Identifier: Apache-2.0
package io.twinlog.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.Decision;
import io.twinlog.domain.Moment;
import io.twinlog.domain.telemetry.QualityChecks;
import io.twinlog.domain.telemetry.QualityRules;
import io.twinlog.domain.telemetry.Telemetry;
import io.twinlog.domain.telemetry.TelemetryCommand;
import io.twinlog.domain.telemetry.TelemetryFact;
import io.twinlog.domain.telemetry.TelemetryFact.Accepted;
import io.twinlog.domain.telemetry.TelemetryFact.WindowTold;
import io.twinlog.domain.telemetry.TelemetryLimits;
import io.twinlog.domain.telemetry.TelemetryStep;
import io.twinlog.domain.telemetry.TelemetryVitals;
import io.twinlog.wire.telemetry.TelemetryRecordForm;
import io.twinlog.wire.telemetry.TelemetryVitalsCodec;
import io.twinlog.wire.telemetry.TelemetryWindowForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The telemetry of one device, twice: one stays in memory, the other is written and read after each
 * step, or after some, as if the cache had pushed it out. Both must tell the same, and be the same
 * bytes. What calls them does what the job's operator does; deadlines must move.
 */
final class Twins {
  static final String ID = "d-1";

  private final TelemetryLimits limits;
  private final int every;
  private int steps;
  private final TelemetryVitalsCodec codec = new TelemetryVitalsCodec();
  private Telemetry telemetry;
  private Moment latest = new Moment(0, 0);
  private TelemetryVitals stays = TelemetryVitals.NONE;
  private TelemetryVitals leaves = TelemetryVitals.NONE;

  /** All that was told, and the newest of each window. */
  final List<TelemetryFact> facts = new ArrayList<>();

  final Map<String, WindowTold> windows = new HashMap<>();

  /**
   * @param every so many steps the other is written and read; 0: there is no other
   */
  Twins(QualityRules rules, TelemetryLimits limits, int every) {
    this.limits = limits;
    this.every = every;
    rules(rules, 1);
  }

  void rules(QualityRules rules, long version) {
    telemetry =
        new Telemetry(
            rules,
            limits,
            new Telemetry.Means(
                new DdSketches(),
                new TelemetryRecordForm(version),
                new TelemetryWindowForm(),
                QualityChecks.NONE));
  }

  TelemetryVitals vitals() {
    return stays;
  }

  Decision<TelemetryStep> apply(TelemetryCommand command, Moment now) {
    passDeadlines(now.clock());
    Decision<TelemetryStep> one = decide(stays, command, now);
    Decision<TelemetryStep> two = every == 0 ? one : decide(leaves, command, now);
    if (one instanceof Decision.Accepted<TelemetryStep> accepted) {
      List<TelemetryStep> others = ((Decision.Accepted<TelemetryStep>) two).events();
      stays = telemetry.observe(stays, command, accepted.events(), now);
      leaves = every == 0 ? stays : telemetry.observe(leaves, command, others, now);
      tell(accepted.events(), others);
    } else {
      assertThat(two).isEqualTo(one);
    }
    latest = now.clock() >= latest.clock() ? now : latest;
    return one;
  }

  private Decision<TelemetryStep> decide(
      TelemetryVitals vitals, TelemetryCommand command, Moment now) {
    return telemetry.touchesOnlyVitals(vitals, command, now)
        ? Decision.accepted(List.of())
        : telemetry.decide(ID, vitals, command, now);
  }

  void passDeadlines(long limit) {
    while (telemetry.deadline(stays) < limit) {
      long at = telemetry.deadline(stays);
      assertThat(telemetry.deadline(leaves)).isEqualTo(at);
      Moment moment = latest.atClock(at);
      List<TelemetryStep> one = telemetry.atDeadline(ID, stays, moment);
      List<TelemetryStep> two = every == 0 ? one : telemetry.atDeadline(ID, leaves, moment);
      stays = telemetry.afterDeadline(stays, one);
      leaves = telemetry.afterDeadline(leaves, two);
      tell(one, two);
      assertThat(telemetry.deadline(stays)).isGreaterThan(at);
      latest = at > latest.clock() ? moment : latest;
    }
  }

  private void tell(List<TelemetryStep> one, List<TelemetryStep> two) {
    for (int i = 0; i < one.size(); i++) {
      List<TelemetryFact> told = one.get(i).facts();
      assertThat(told.size()).isEqualTo(two.get(i).facts().size());
      for (int j = 0; j < told.size(); j++) {
        same(told.get(j), two.get(i).facts().get(j));
        facts.add(told.get(j));
        if (told.get(j) instanceof WindowTold window) {
          windows.put(window.metric() + '/' + window.size() + '/' + window.start(), window);
        }
      }
    }
    if (every == 0 || ++steps % every != 0) {
      return;
    }
    byte[] bytes = encode(leaves);
    assertThat(encode(stays)).isEqualTo(bytes);
    leaves = decode(bytes);
    assertThat(encode(leaves)).isEqualTo(bytes);
  }

  private static void same(TelemetryFact one, TelemetryFact two) {
    if (one instanceof Accepted accepted) {
      assertThat(((Accepted) two).record()).isEqualTo(accepted.record());
      assertThat(((Accepted) two).packed()).isEqualTo(accepted.packed());
    } else if (!one.equals(two)) {
      assertThat(two).isEqualTo(one);
    }
  }

  byte[] encode(TelemetryVitals vitals) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      codec.write(vitals, new DataOutputStream(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  TelemetryVitals decode(byte[] bytes) {
    try {
      DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
      TelemetryVitals vitals = codec.read(in);
      assertThat(in.available()).isZero();
      return vitals;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
