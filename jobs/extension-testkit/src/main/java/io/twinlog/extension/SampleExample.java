// SPDX-License-Identifier: Apache-2.0
package io.twinlog.extension;

import io.twinlog.domain.Scalar;
import io.twinlog.domain.telemetry.Sample;
import io.twinlog.domain.telemetry.Sample.Reading;
import io.twinlog.domain.telemetry.Sample.Subject;
import java.time.Instant;
import java.util.TreeMap;

/**
 * A value of a metric as a test writes it; by default of device-1, without a model, at
 * 2026-01-01T00:00:00Z, a second before log time, the first of its metric. Immutable.
 */
public final class SampleExample {
  private static final long DEFAULT_TIME = Instant.parse("2026-01-01T00:00:00Z").toEpochMilli();

  private final Sample sample;

  private SampleExample(Sample sample) {
    this.sample = sample;
  }

  static SampleExample of(String metric, Scalar value) {
    TreeMap<String, Scalar> data = new TreeMap<>();
    data.put(metric, value);
    return new SampleExample(
        new Sample(
            new Subject("device-1", "", metric),
            new Reading(value, DEFAULT_TIME),
            null,
            new io.twinlog.domain.Values(data),
            DEFAULT_TIME + 1_000));
  }

  public SampleExample of(String deviceId, String model) {
    return new SampleExample(
        new Sample(
            new Subject(deviceId, model, sample.metric()),
            sample.reading(),
            sample.earlier(),
            sample.data(),
            sample.logTime()));
  }

  /** At an event time. */
  public SampleExample at(Instant timestamp) {
    return new SampleExample(
        new Sample(
            sample.subject(),
            new Reading(sample.reading().value(), timestamp.toEpochMilli()),
            sample.earlier(),
            sample.data(),
            sample.logTime()));
  }

  public SampleExample atLogTime(Instant logTime) {
    return new SampleExample(
        new Sample(
            sample.subject(),
            sample.reading(),
            sample.earlier(),
            sample.data(),
            logTime.toEpochMilli()));
  }

  /** After a number of the same metric. */
  public SampleExample after(double value, Instant timestamp) {
    return new SampleExample(
        new Sample(
            sample.subject(),
            sample.reading(),
            new Reading(Values.scalar(value), timestamp.toEpochMilli()),
            sample.data(),
            sample.logTime()));
  }

  /** With a number of another metric in the same record. */
  public SampleExample with(String metric, double value) {
    return with(metric, Values.scalar(value));
  }

  /** With a text of another metric in the same record. */
  public SampleExample with(String metric, String value) {
    return with(metric, Values.scalar(value));
  }

  private SampleExample with(String metric, Scalar value) {
    TreeMap<String, Scalar> data = new TreeMap<>(sample.data().entries());
    data.put(metric, value);
    return new SampleExample(
        new Sample(
            sample.subject(),
            sample.reading(),
            sample.earlier(),
            new io.twinlog.domain.Values(data),
            sample.logTime()));
  }

  Sample sample() {
    return sample;
  }
}
