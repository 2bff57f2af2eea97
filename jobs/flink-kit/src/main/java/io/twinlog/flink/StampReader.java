// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.Frontier;
import io.twinlog.wire.HeaderNames;
import io.twinlog.wire.LedgerKeeper;
import io.twinlog.wire.LogClock;
import io.twinlog.wire.Origin;
import io.twinlog.wire.Ticks;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads what a router writes beside the key and the value. Headers of the usual form it takes apart
 * where they stand; all others are left to {@link Origin} and {@link LogClock}, which alone say
 * what is wrong with them. Not for threads to share.
 */
final class StampReader {
  /** Every number of so many digits fits into 64 bits. */
  private static final int DIGITS_MAX = 18;

  private static final int ORIGIN_PARTS = 5;
  private static final int CLOCK_PARTS = 3;
  private static final long NONE = -1;
  private static final byte[] ROUTER =
      LedgerKeeper.ROUTER.job().getBytes(StandardCharsets.US_ASCII);

  private final KnownTexts texts;
  private final int[] ends = new int[ORIGIN_PARTS];
  private byte[] lastText = {};
  private LogClock last;

  /**
   * @param texts for the names of source partitions
   */
  StampReader(KnownTexts texts) {
    this.texts = texts;
  }

  /**
   * Where and when a record of an inbox was written.
   *
   * @param routed whether the router wrote it
   * @param source the source partition that it came from, as {@link Frontier#source}; with the
   *     writer's name before it where that is not the router
   * @param offset in it
   */
  record Stamp(boolean routed, String source, long offset, int index, LogClock clock, long rules) {}

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException when a part is missing or unreadable: no router wrote it
   */
  Stamp read(SourceRecord record) {
    byte[] origin = record.header(HeaderNames.ORIGIN);
    byte[] clock = record.header(HeaderNames.CLOCK);
    if (origin == null || clock == null || record.key() == null || record.value() == null) {
      throw new IllegalArgumentException("tl-origin, tl-clock, the key or the value is missing");
    }
    byte[] rules = record.header(HeaderNames.RULES);
    return stamp(origin, clock(clock), rules == null ? new byte[0] : rules);
  }

  private Stamp stamp(byte[] origin, LogClock clock, byte[] rules) {
    if (isSplit(origin, ORIGIN_PARTS)) {
      long partition = number(origin, 2);
      long offset = number(origin, 3);
      long index = number(origin, 4);
      boolean fits = partition <= Integer.MAX_VALUE && index <= Integer.MAX_VALUE;
      if (partition != NONE && offset != NONE && index != NONE && fits) {
        // As it stands there: a number of the usual form is written in only one way.
        boolean routed = Arrays.equals(origin, 0, ends[0], ROUTER, 0, ROUTER.length);
        String source = texts.of(origin, routed ? ends[0] + 1 : 0, ends[2]);
        return new Stamp(routed, source, offset, (int) index, clock, rules(rules));
      }
    }
    Origin parsed = Origin.parse(origin);
    boolean routed = parsed.writer().equals(LedgerKeeper.ROUTER.job());
    String source = Frontier.source(parsed.topicId(), parsed.partition());
    return new Stamp(
        routed,
        routed ? source : parsed.writer() + '/' + source,
        parsed.offset(),
        parsed.index(),
        clock,
        rules(rules));
  }

  /** The same object as long as no tick came in between. */
  private LogClock clock(byte[] text) {
    if (last == null || !Arrays.equals(text, lastText)) {
      last = parsed(text);
      lastText = text;
    }
    return last;
  }

  private LogClock parsed(byte[] text) {
    if (isSplit(text, CLOCK_PARTS)) {
      long epoch = number(text, 0);
      long clock = number(text, 1);
      long wall = number(text, 2);
      if (epoch != NONE && epoch <= Integer.MAX_VALUE && clock != NONE && wall != NONE) {
        return new LogClock((int) epoch, clock, wall);
      }
    }
    return LogClock.parse(text);
  }

  private static long rules(byte[] text) {
    if (text.length == 0) {
      return 0;
    }
    long number = number(text, 0, text.length);
    long rules = number == NONE ? Long.parseLong(new String(text, StandardCharsets.UTF_8)) : number;
    if (!Ticks.canCarry(rules)) {
      throw new IllegalArgumentException("no tick carries version " + rules + " of the rules");
    }
    return rules;
  }

  /** Whether it is of ASCII and has so many parts; where they end is noted. */
  private boolean isSplit(byte[] text, int parts) {
    int found = 0;
    for (int i = 0; i < text.length; i++) {
      if (text[i] < 0 || text[i] == '/' && found == parts - 1) {
        return false;
      }
      if (text[i] == '/') {
        ends[found++] = i;
      }
    }
    if (found != parts - 1) {
      return false;
    }
    ends[found] = text.length;
    return true;
  }

  /** The number that a part is, if it is of the usual form. */
  private long number(byte[] text, int part) {
    return number(text, part == 0 ? 0 : ends[part - 1] + 1, ends[part]);
  }

  private static long number(byte[] text, int from, int to) {
    int length = to - from;
    if (length == 0 || length > DIGITS_MAX || length > 1 && text[from] == '0') {
      return NONE;
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      int digit = text[i] - '0';
      if (digit < 0 || digit > 9) {
        return NONE;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}
