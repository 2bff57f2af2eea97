// SPDX-License-Identifier: Apache-2.0
package io.twinlog.rules;

import io.twinlog.domain.Severity;
import io.twinlog.domain.escalation.EscalationRules;
import io.twinlog.domain.escalation.Grouping;
import io.twinlog.domain.escalation.Inhibition;
import io.twinlog.domain.escalation.Policies.Trigger;
import io.twinlog.domain.escalation.Policy;
import io.twinlog.domain.escalation.Policy.Recovery;
import io.twinlog.domain.escalation.Policy.Step;
import java.util.List;
import java.util.function.BiConsumer;

/** The escalation section as values by their paths. */
final class EscalationView {
  private static final String ROOT = "escalation.";

  private final BiConsumer<String, Object> target;

  private EscalationView(BiConsumer<String, Object> target) {
    this.target = target;
  }

  static void of(EscalationRules rules, BiConsumer<String, Object> target) {
    EscalationView view = new EscalationView(target);
    view.put("targets", rules.targets());
    for (Severity level : Severity.values()) {
      view.level("levels." + level.text(), rules.policies().of(level));
    }
    view.triggers(rules.policies().triggers());
    view.grouping(rules.grouping());
    for (Inhibition inhibition : rules.inhibitions()) {
      String path = "inhibitions." + inhibition.name();
      view.put(path + ".source", inhibition.source());
      view.put(path + ".target", inhibition.target());
      view.put(path + ".equal", inhibition.equal());
    }
  }

  private void level(String path, Policy policy) {
    put(path + ".alert", policy.alerts());
    for (int i = 0; i < policy.steps().size(); i++) {
      Step step = policy.steps().get(i);
      String urgency = step.urgent() ? ", urgent" : "";
      put(
          path + ".steps[" + i + "]",
          step.target() + " after " + Durations.text(step.after()) + urgency);
    }
    if (policy.repeats().count() > 0) {
      put(path + ".repeats.count", policy.repeats().count());
      put(path + ".repeats.within", Durations.text(policy.repeats().within()));
    }
    put(path + ".acknowledge_within", Durations.text(policy.acknowledgeWithin()));
    put(path + ".remind_every", Durations.text(policy.remindEvery()));
    put(path + ".quiet_after", Durations.text(policy.quietAfter()));
    put(path + ".latch", policy.latches());
    Recovery recovery = policy.recovery();
    if (recovery.attempts() > 0) {
      put(path + ".recovery.attempts", recovery.attempts());
      put(path + ".recovery.backoff", Durations.text(recovery.backoff()));
      put(path + ".recovery.backoff_max", Durations.text(recovery.backoffMax()));
      put(path + ".recovery.answer_within", Durations.text(recovery.answerWithin()));
    }
  }

  private void triggers(List<Trigger> triggers) {
    for (int i = 0; i < triggers.size(); i++) {
      Trigger trigger = triggers.get(i);
      String path = "triggers[" + i + "]";
      put(path + ".on", trigger.on());
      put(path + ".labels", trigger.labels());
      put(path + ".severity", trigger.severity().text());
      put(path + ".after", Durations.text(trigger.after()));
    }
  }

  private void grouping(Grouping grouping) {
    put("grouping.by", grouping.by());
    put("grouping.wait", Durations.text(grouping.delay()));
    put("grouping.urgent_wait", Durations.text(grouping.urgentDelay()));
    put("grouping.interval", Durations.text(grouping.interval()));
    put("grouping.repeat", Durations.text(grouping.repeat()));
    put("grouping.fold_above", grouping.foldAbove());
  }

  private void put(String path, Object value) {
    target.accept(ROOT + path, value);
  }
}
