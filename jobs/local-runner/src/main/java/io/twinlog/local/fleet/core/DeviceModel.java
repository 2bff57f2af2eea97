// SPDX-License-Identifier: Apache-2.0
package io.twinlog.local.fleet.core;

import java.util.List;

/** The models of which a fleet consists: what each measures, and how it writes. */
enum DeviceModel {
  THERMO(
      "thermo-1",
      Form.JSON,
      new Metric("temperature", 21, 2, 4, 0.3, 2),
      new Metric("humidity", 48, 6, 9, 1, 1),
      new Metric("battery", 88, 10, 0.5, 0.2, 1)),
  METER(
      "meter-2",
      Form.JSON_MILLIS,
      new Metric("power", 1_400, 300, 600, 60, 1),
      new Metric("voltage", 230, 1.5, 2, 0.8, 2)),
  PUMP(
      "pump-3",
      Form.JSON,
      new Metric("vibration", 2.4, 0.4, 0.3, 0.15, 3),
      new Metric("pressure", 6.2, 0.5, 0.4, 0.1, 2),
      new Metric("temperature", 54, 4, 6, 0.8, 2)),
  FRIDGE(
      "fridge-4",
      Form.JSON_MILLIS,
      new Metric("temperature", 4.5, 0.6, 0.8, 0.2, 2),
      new Metric("power", 120, 20, 35, 9, 1)),
  TURBINE(
      "turbine-5",
      Form.AVRO,
      new Metric("speed", 1_480, 30, 120, 12, 0),
      new Metric("vibration", 4.1, 0.6, 0.7, 0.25, 3),
      new Metric("power", 820_000, 30_000, 210_000, 9_000, 0)),
  TRACKER(
      "tracker-6",
      Form.JSON,
      new Metric("battery", 63, 20, 4, 0.4, 1),
      new Metric("signal", -78, 9, 3, 4, 0),
      new Metric("temperature", 17, 3, 9, 0.6, 1));

  /** How a device writes its envelopes. */
  enum Form {
    /** JSON, time as RFC 3339. */
    JSON,
    /** JSON, time in milliseconds. */
    JSON_MILLIS,
    /** Avro, single-object encoding. */
    AVRO
  }

  private static final DeviceModel[] ALL = values();

  private final String text;
  private final Form form;
  private final List<Metric> metrics;

  DeviceModel(String text, Form form, Metric... metrics) {
    this.text = text;
    this.form = form;
    this.metrics = List.of(metrics);
  }

  String text() {
    return text;
  }

  Form form() {
    return form;
  }

  List<Metric> metrics() {
    return metrics;
  }

  static DeviceModel of(int device) {
    return ALL[device % ALL.length];
  }
}
