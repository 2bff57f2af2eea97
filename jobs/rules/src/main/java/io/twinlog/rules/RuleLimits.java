// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

/** How much a document of rules may hold; docs/rules.md names each. */
public final class RuleLimits {
  public static final int DOCUMENT_BYTES_MAX = 256 * 1024;
  public static final int CATEGORIES_MAX = 200;
  public static final int PATTERNS_MAX = 100;
  public static final int REQUIREMENTS_MAX = 100;
  public static final int METRICS_MAX = 1_000;
  public static final int MODELS_MAX = 1_000;

  /** As many as a record can have. */
  public static final int METRICS_OF_MODEL_MAX = 256;

  /** Expressions and checks of jars, of one metric in one layer. */
  public static final int OWN_CHECKS_MAX = 20;

  public static final int SETTINGS_MAX = 32;
  public static final int ANOMALIES_MAX = 100;
  public static final int CHECKS_OF_ANOMALY_MAX = 100;
  public static final int TRIGGERS_MAX = 100;

  public static final int TARGETS_MAX = 50;
  public static final int STEPS_MAX = 20;
  public static final int LABELS_MAX = 16;
  public static final int INHIBITIONS_MAX = 100;

  /** Of the value of a label, as an alert keeps it. */
  public static final int LABEL_MAX = 256;

  /** Conditions of all kinds in one document. */
  public static final int EXPRESSIONS_MAX = 200;

  public static final int NAME_MAX = 64;

  /** Of metrics and models: as the catalogue has it. */
  public static final int ID_MAX = 128;

  public static final int MESSAGE_MAX = 1_024;
  public static final int FINDINGS_MAX = 100;

  private RuleLimits() {}
}
