// SPDX-License-Identifier: Apache-2.0
package io.twinlog.router;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinlog.domain.rules.RuleSet;
import io.twinlog.flink.Outputs;
import io.twinlog.wire.handler.Handlers;
import io.twinlog.wire.ingress.DecoderLimits;
import io.twinlog.wire.middleware.MiddlewareChain;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class EventRoutesTest {
  private final List<Long> asked = new ArrayList<>();
  private final List<Boolean> opened = new ArrayList<>();

  private final EventRoutes routes =
      new EventRoutes(
          version -> {
            asked.add(version);
            return RuleSet.DEFAULT;
          },
          strict -> {
            opened.add(strict);
            return EventDecoders.of(strict, DecoderLimits.DEFAULT);
          },
          new EventRoute.Steps(
              new MiddlewareChain(List.of(), List.of(), (name, why) -> {}),
              new Handlers(List.of()),
              new TreeMap<>()),
          new Outputs("router", RouterRig.TOPICS, record -> {}));

  @Test
  void asksTheBookOnceForEachVersion() {
    EventRoute three = routes.at(3);

    assertThat(routes.at(3)).isSameAs(three);
    assertThat(routes.at(4)).isNotSameAs(three);
    assertThat(routes.at(3)).isSameAs(three);
    assertThat(asked).containsExactly(3L, 4L);
    assertThat(opened).as("decoders are shared").containsExactly(false);
  }

  @Test
  void forgetsTheVersionThatNobodyAskedForTheLongest() {
    for (long version = 0; version <= EventRoutes.VERSIONS_MAX; version++) {
      routes.at(version);
      routes.at(1);
    }
    asked.clear();

    routes.at(1);
    routes.at(0);

    assertThat(asked).containsExactly(0L);
  }
}
