// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import static io.twinlog.extension.Given.given;
import static io.twinlog.extension.Given.rules;
import static io.twinlog.extension.Given.sample;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.domain.routing.Category;
import io.twinlog.domain.telemetry.QualityCheck;
import io.twinlog.domain.telemetry.Sample;
import io.twinlog.domain.telemetry.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GivenSampleTest {
  private static final Instant BEFORE = Instant.parse("2025-12-31T23:59:00Z");

  /** A number must not be smaller than the one before it, nor larger than the limit. */
  private static final class Rising implements QualityCheck {
    @Override
    public String name() {
      return "rising";
    }

    @Override
    public Verdict check(Sample sample, Map<String, String> settings) {
      double value = sample.reading().number().orElseThrow();
      double last = sample.previous().map(r -> r.number().orElseThrow()).orElse(value);
      double most = Double.parseDouble(settings.getOrDefault("max", "Infinity"));
      return value < last || value > most
          ? Verdict.violated("from %s to %s".formatted(last, value))
          : Verdict.OK;
    }

    @Override
    public List<String> flaws(Map<String, String> settings) {
      return settings.keySet().stream()
          .filter(key -> !key.equals("max"))
          .map(key -> "there is no setting " + key)
          .toList();
    }
  }

  @Test
  void judgesASample() {
    given(sample("counter", 7).after(6, BEFORE)).when(new Rising()).thenIsSound();
    given(sample("counter", 5).after(6, BEFORE)).when(new Rising()).thenIsViolated("6.0 to 5.0");
    given(sample("counter", 9)).when(new Rising(), Map.of("max", "8")).thenIsViolated("9.0");
    given(sample("counter", "much")).when(new Rising()).thenIsViolated("rising failed");
  }

  @Test
  void saysWhatWasFoundWhereAnotherWasExpected() {
    Judgement sound = given(sample("counter", 7)).when(new Rising());
    Judgement falling = given(sample("counter", 5.5).after(6, BEFORE)).when(new Rising());

    assertThatThrownBy(() -> sound.thenIsViolated("")).hasMessage("expected a violation, was none");
    assertThatThrownBy(falling::thenIsSound)
        .hasMessage("expected nothing, was \"from 6.0 to 5.5\"");
    assertThatThrownBy(() -> falling.thenIsViolated("8"))
        .hasMessage("expected a violation with \"8\", was \"from 6.0 to 5.5\"");
  }

  @Test
  void asksForTheFlawsOfSettings() {
    given(Map.of("max", "8")).when(new Rising()).thenAreSound();
    given(Map.of("min", "8")).when(new Rising()).thenAreRefused("no setting min");
    assertThatThrownBy(() -> given(sample("c", 1)).when(new Rising(), Map.of("min", "8")))
        .hasMessageContainingAll("the settings are not sound", "there is no setting min");
    assertThatThrownBy(() -> given(Map.of("min", "8")).when(new Rising()).thenAreSound())
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void readsADocumentOfRules() {
    given(rules("version: 1\n"))
        .thenIsSound()
        .thenHasCategory("factory.setpoint", Category.DOMAIN)
        .thenHasCategory("factory.other", Category.INTEGRATION);
  }
}
