// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules.read;

import io.twinlog.domain.escalation.Inhibition;
import io.twinlog.domain.escalation.Matcher;
import io.twinlog.domain.escalation.Matcher.Op;
import io.twinlog.rules.FindingCode;
import io.twinlog.rules.RuleLimits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code escalation.inhibitions}, and finds alerts that would mute each other. */
final class InhibitionReader {
  private static final List<String> OPS = Arrays.stream(Op.values()).map(Op::text).toList();

  private final Findings findings;
  private final Values values;

  InhibitionReader(Findings findings) {
    this.findings = findings;
    this.values = new Values(findings);
  }

  List<Inhibition> read(Section section) {
    List<Inhibition> inhibitions = new ArrayList<>();
    List<Spot> spots = new ArrayList<>();
    Taken taken = new Taken(findings);
    for (Value item : section.items("inhibitions", RuleLimits.INHIBITIONS_MAX)) {
      Section.of(item, values)
          .flatMap(part -> inhibition(part, taken))
          .ifPresent(
              inhibition -> {
                inhibitions.add(inhibition);
                spots.add(item.spot());
              });
    }
    requireNoCycle(inhibitions, spots);
    return inhibitions;
  }

  private Optional<Inhibition> inhibition(Section section, Taken taken) {
    section.only("name", "source", "target", "equal");
    Optional<Value> given = section.required("name");
    Optional<String> name = given.flatMap(value -> values.name(value, RuleLimits.NAME_MAX));
    name.ifPresent(text -> taken.take(given.orElseThrow().spot(), text));
    List<Matcher> source = matchers(section, "source");
    List<Matcher> target = matchers(section, "target");
    List<String> equal = new ArrayList<>();
    for (Value item : section.items("equal", RuleLimits.LABELS_MAX)) {
      values.id(item, RuleLimits.ID_MAX).ifPresent(equal::add);
    }
    return name.isPresent() && !source.isEmpty() && !target.isEmpty()
        ? Optional.of(new Inhibition(name.get(), source, target, equal))
        : Optional.empty();
  }

  List<Matcher> matchers(Section section, String name) {
    List<Matcher> matchers = new ArrayList<>();
    if (section.required(name).isPresent() && section.isEmptyList(name)) {
      findings.add(
          section.value(name).orElseThrow().spot(),
          FindingCode.MISSING_FIELD,
          "give at least one matcher: none fits nothing");
    }
    for (Value item : section.items(name, RuleLimits.LABELS_MAX)) {
      Section.of(item, values).flatMap(this::matcher).ifPresent(matchers::add);
    }
    return matchers;
  }

  private Optional<Matcher> matcher(Section section) {
    section.only("label", "op", "value");
    Optional<String> label =
        section.required("label").flatMap(value -> values.id(value, RuleLimits.ID_MAX));
    Optional<String> op =
        section.has("op")
            ? section.value("op").flatMap(value -> values.choice(value, OPS))
            : Optional.of(Op.EQUALS.text());
    Optional<Value> given = section.required("value");
    Optional<String> text = given.flatMap(value -> values.text(value, RuleLimits.LABEL_MAX));
    if (label.isEmpty() || op.isEmpty() || text.isEmpty()) {
      return Optional.empty();
    }
    Matcher matcher = new Matcher(label.get(), Op.of(op.get()), text.get());
    if (!matcher.flaw().isEmpty()) {
      findings.add(given.orElseThrow().spot(), FindingCode.BAD_FORMAT, matcher.flaw());
      return Optional.empty();
    }
    return Optional.of(matcher);
  }

  /**
   * What one mutes may be what another begins with. Where that leads back, two alerts could mute
   * each other, and nobody would hear of either.
   */
  private void requireNoCycle(List<Inhibition> inhibitions, List<Spot> spots) {
    int size = inhibitions.size();
    boolean[][] leads = new boolean[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < size; j++) {
        leads[i][j] = canFit(inhibitions.get(i).target(), inhibitions.get(j).source());
      }
    }
    for (int via = 0; via < size; via++) {
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < size; j++) {
          leads[i][j] |= leads[i][via] && leads[via][j];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      if (leads[i][i]) {
        findings.add(
            spots.get(i),
            FindingCode.CYCLE,
            "an alert that it mutes can be one that mutes, and so on back to itself: two could mute each other. Let its"
                + " target differ from its source");
      }
    }
  }

  /** Whether one alert could fit all of them; of two expressions nobody can say, so it could. */
  private static boolean canFit(List<Matcher> some, List<Matcher> others) {
    List<Matcher> all = new ArrayList<>(some);
    all.addAll(others);
    for (Matcher one : all) {
      if (one.op() == Op.EQUALS
          && all.stream()
              .filter(other -> other.label().equals(one.label()))
              .anyMatch(other -> !other.fits(Map.of(one.label(), one.value())))) {
        return false;
      }
    }
    return true;
  }
}
