// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reasons and codes are contracts: consumers branch on them, and pages explain each. */
class ClosedListsTest {
  @Test
  void reasonsOfDeadLettersAreThosePromised() {
    assertThat(DeadLetterReason.values())
        .extracting(DeadLetterReason::text)
        .containsExactlyInAnyOrder(
            "malformed",
            "invalid_envelope",
            "unknown_event_type",
            "unsupported_schema_version",
            "invalid_payload",
            "too_large",
            "expired",
            "stopped",
            "no_handler",
            "unknown_device",
            "decommissioned",
            "unknown_data_id",
            "unknown_service",
            "handler_failed",
            "attempts_exhausted",
            "parked_overflow");
  }

  @Test
  void findsAReasonByItsText() {
    assertThat(DeadLetterReason.of("too_large")).contains(DeadLetterReason.TOO_LARGE);
    assertThat(DeadLetterReason.of("TOO_LARGE")).isEmpty();
  }

  @Test
  void everyCodeAndReasonIsExplainedInOneLine() {
    List<String> meanings = Arrays.stream(ErrorCode.values()).map(ErrorCode::meaning).toList();

    assertThat(meanings).doesNotHaveDuplicates().allMatch(line -> line.matches("[^\\n]{10,100}"));
    assertThat(DeadLetterReason.values())
        .allMatch(reason -> reason.meaning().matches("[^\\n]{10,100}"));
  }

  @Test
  void findsTheLastHeaderOfAName() {
    List<Header> headers =
        List.of(
            Header.of("content-type", "a"), Header.of("x", "c"), Header.of("content-type", "b"));

    assertThat(Header.text(headers, "content-type")).contains("b");
    assertThat(Header.text(headers, "y")).isEmpty();
    assertThat(Header.text(List.of(new Header("y", null)), "y")).isEmpty();
  }
}
