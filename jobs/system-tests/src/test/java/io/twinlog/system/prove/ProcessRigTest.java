// SPDX-License-Identifier: Apache-2.0
package io.twinlog.system.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job in a process of its own: what it is asked, and how it ends. */
class ProcessRigTest {
  @TempDir Path directory;
  private ProcessRig rig;

  @BeforeEach
  void startABroker() throws IOException {
    rig = new ProcessRig(directory);
  }

  @AfterEach
  void endAll() {
    rig.close();
  }

  @Test
  void aSignalStopsAJobWithASavepointFromWhichItGoesOn() throws Exception {
    ChildProcess router = rig.job("router", ProcessRig.PREFIX, 1);
    rig.awaitReady();

    assertThat(router.terminate()).as("exit code").isZero();

    Path savepoints = directory.resolve("twinlog.router/savepoints/router");
    assertThat(savepoints).isDirectoryContaining("glob:**/savepoint-*");
    router.restart().awaitReady();
  }

  @Test
  void refusesAJobThatThereIsNot() throws Exception {
    rig.job("rooter", ProcessRig.PREFIX, 1);

    assertThatThrownBy(rig::awaitReady)
        .hasMessageContaining("no job rooter; there are clock, router, device");
  }

  @Test
  void refusesASettingThatTheJobDoesNotHave() throws Exception {
    rig.job("router", ProcessRig.PREFIX, 1, "clock.max-gap=1 s");

    assertThatThrownBy(rig::awaitReady)
        .hasMessageContaining("--set clock.max-gap: neither a job (router) nor Flink");
  }
}
