// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import static io.twinlog.flink.ReaderRig.headers;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinlog.wire.Frontier;
import io.twinlog.wire.Header;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LogClock;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InboxReaderForeignTest {
  private final ReaderRig rig = new ReaderRig();

  @AfterEach
  void close() {
    rig.close();
  }

  private static SourceRecord withHeaders(List<Header> headers) {
    return new SourceRecord(
        "events.domain", 0, 9, "d-1".getBytes(UTF_8), "v".getBytes(UTF_8), headers);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "router/t/0", "router/t/zero/1/0"})
  void handsOnAnOriginThatIsNoneWithAFault(String origin) throws Exception {
    assertForeign(withHeaders(headers(origin, "1/500/600")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1/2", "one/2/3"})
  void handsOnAClockThatIsNoneWithAFault(String clock) throws Exception {
    assertForeign(withHeaders(headers("router/t/0/1/0", clock)));
  }

  @Test
  void handsOnRulesThatAreNoNumberWithAFault() throws Exception {
    List<Header> headers = new ArrayList<>(headers("router/t/0/1/0", "1/500/600"));
    headers.add(Header.of(HeaderNames.RULES, "latest"));

    assertForeign(withHeaders(headers));
  }

  @Test
  void handsOnWhatLacksHeadersKeyOrValueWithAFault() throws Exception {
    List<Header> headers = headers("router/t/0/1/0", "1/500/600");

    assertForeign(withHeaders(List.of()));
    assertForeign(new SourceRecord("events.domain", 0, 9, null, new byte[1], headers));
    assertForeign(new SourceRecord("events.domain", 0, 9, new byte[1], null, headers));
  }

  @Test
  void handsOnATickThatIsNoneWithAFault() throws Exception {
    assertForeign(Ticks.tickOf(0, 9, new byte[] {'x'}));
    assertForeign(Ticks.tickOf(0, 9, null));
  }

  private void assertForeign(SourceRecord foreign) throws Exception {
    List<InboxRecord> read = rig.reader().read(foreign);

    assertThat(read).hasSize(1);
    InboxRecord record = read.get(0);
    assertThat(record.fault()).startsWith("an inbox takes records of the router only: ");
    assertThat(record.value()).isEqualTo(foreign.value());
    assertThat(record.place()).isEqualTo(new InboxRecord.Place(0, 9));
    assertThat(record.source()).isEmpty();
    assertThat(record.clock()).isEqualTo(LogClock.UNKNOWN);
    assertThat(record.frontier()).isEqualTo(Frontier.NONE);
  }

  @Test
  void refusesTheSavedStateOfAnotherInbox() throws Exception {
    OperatorSubtaskState saved;
    try (ReaderRig rig = new ReaderRig()) {
      ReaderRig.Reader reader = rig.reader();
      reader.read(ReaderRig.routed(0, 0, 5));
      saved = reader.snapshot();
    }
    OneInputStreamOperatorTestHarness<SourceRecord, InboxRecord> harness =
        new OneInputStreamOperatorTestHarness<>(
            new InboxReader(new TopicDirectory.Entry("twinlog.events.domain", "another-id", 4)));
    harness.setup();

    assertThatThrownBy(() -> harness.initializeState(saved))
        .rootCause()
        .hasMessageContaining("twinlog.events.domain was replaced");
  }
}
