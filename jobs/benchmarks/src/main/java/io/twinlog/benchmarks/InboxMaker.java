// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks;

import java.io.IOException;

/**
 * The real router in a process of its own, which makes the inbox of a fleet before anything is
 * measured. It goes on from where it was each time.
 */
final class InboxMaker {
  private final Rig.Host router;
  private final String states;
  private String state = "";
  private long routed;

  private InboxMaker(Rig.Host router, String states) {
    this.router = router;
    this.states = states;
  }

  /**
   * Starts it over the topics of a prefix.
   *
   * @param states directory for what it saves
   */
  static InboxMaker start(Rig rig, String prefix, String states) throws IOException {
    Rig.Host router = rig.host("inbox-of-" + prefix, BenchCase.Kind.ROUTER, prefix, prefix);
    return new InboxMaker(router, states);
  }

  /**
   * Returns when all is in the inbox.
   *
   * @param records in the source topics
   */
  void routeUpTo(long records) throws IOException {
    state = router.run(Turn.over(state, 0, records - routed).savedIn(states)).savedState();
    routed = records;
  }

  void end(Rig rig) {
    rig.end(router);
  }
}
