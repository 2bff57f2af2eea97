// SPDX-License-Identifier: Apache-2.0
package io.twinlog.clock;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RulesVersionTest {
  @Test
  void putsInForceWhatIsPublished() {
    RulesVersion version = RulesVersion.goingOn(0).published(0).published(3);

    assertThat(version.carried()).isEqualTo(3);
    assertThat(version.isLost()).isFalse();
  }

  @Test
  void goesOnFromWhatTheLastTicksCarried() {
    assertThat(RulesVersion.goingOn(4).published(4).carried()).isEqualTo(4);
    assertThat(RulesVersion.goingOn(4).published(6).carried()).isEqualTo(6);
  }

  @Test
  void neverGoesBackAndSaysThatTheTopicLacksIt() {
    RulesVersion version = RulesVersion.goingOn(4).published(1);

    assertThat(version.carried()).isEqualTo(4);
    assertThat(version.isLost()).isTrue();
    assertThat(version.published(5).carried()).isEqualTo(5);
    assertThat(version.published(5).isLost()).isFalse();
  }
}
