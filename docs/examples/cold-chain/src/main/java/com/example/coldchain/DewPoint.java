// SPDX-License-Identifier: Apache-2.0
package com.example.coldchain;

import io.twinlog.domain.telemetry.QualityCheck;
import io.twinlog.domain.telemetry.Sample;
import io.twinlog.domain.telemetry.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Air is never colder than its dew point: where the two of one record say so, a sensor is broken.
 * Setting: {@code tolerance}, in degrees; 0.5 where there is none.
 */
public final class DewPoint implements QualityCheck {
  private static final String TOLERANCE = "tolerance";

  @Override
  public String name() {
    return "dew-point";
  }

  @Override
  public Verdict check(Sample sample, Map<String, String> settings) {
    OptionalDouble temperature = sample.number("temperature");
    OptionalDouble dewPoint = sample.reading().number();
    if (temperature.isEmpty() || dewPoint.isEmpty()) {
      return Verdict.OK;
    }
    double tolerance = Double.parseDouble(settings.getOrDefault(TOLERANCE, "0.5"));
    return dewPoint.getAsDouble() <= temperature.getAsDouble() + tolerance
        ? Verdict.OK
        : Verdict.violated(
            "a dew point of "
                + dewPoint.getAsDouble()
                + " is above the temperature, "
                + temperature.getAsDouble());
  }

  @Override
  public List<String> flaws(Map<String, String> settings) {
    List<String> flaws = new ArrayList<>();
    settings.forEach(
        (name, value) -> {
          if (!name.equals(TOLERANCE)) {
            flaws.add("there is no setting " + name + ", only " + TOLERANCE);
          } else if (!value.matches("[0-9]+(\\.[0-9]+)?")) {
            flaws.add(TOLERANCE + " must be a number of degrees, is " + value);
          }
        });
    return flaws;
  }
}
