// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.twinlog.schemas.Encoding;
import io.twinlog.schemas.Event;
import io.twinlog.schemas.EventData;
import io.twinlog.schemas.EventMetadata;
import io.twinlog.schemas.EventSource;
import io.twinlog.schemas.Priority;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;

/** Events of types without a schema that keep every rule, odd ones among them, from a seed. */
final class EventSamples {
  private static final String[] PIECES = {
    "a",
    "Z",
    "0",
    "-",
    ".",
    "/",
    "//",
    ":",
    "%",
    "%20",
    "%41",
    " ",
    "é",
    "😀",
    "\"",
    "\\",
    "<",
    "?",
    "#",
    "\u2028",
    "\uFFFF",
    "ce_",
    "https://x"
  };
  private static final String[] PAYLOADS = {
    "null", "{}", "{ \"a\" : [1.50, \"é\\n\"] }", "\"{}\"", "-0", "[\n1,\t2\r\n]", "1e3"
  };
  private static final byte[] CBOR = {(byte) 0xa1, 0x61, 'a', 1};

  private final Random random;

  EventSamples(long seed) {
    random = new Random(seed);
  }

  Event next() {
    return new Event(
        text(64),
        random.nextBoolean() ? "acme.thing" : "com.example.a_1.b",
        new EventSource(text(128), text(128), random.nextBoolean() ? "0" : text(128)),
        Instant.ofEpochMilli(random.nextLong(253_402_300_800_000L)),
        data(),
        metadata());
  }

  private EventData data() {
    Encoding encoding =
        switch (random.nextInt(4)) {
          case 0 -> Encoding.TEXT;
          case 1 -> Encoding.BINARY;
          case 2 -> Encoding.CBOR;
          default -> Encoding.JSON;
        };
    byte[] payload =
        switch (encoding) {
          case TEXT ->
              random.nextInt(5) == 0 ? new byte[0] : (text(500) + "\n\u0000").getBytes(UTF_8);
          case BINARY -> bytes();
          case CBOR -> CBOR;
          case JSON, AVRO -> PAYLOADS[random.nextInt(PAYLOADS.length)].getBytes(UTF_8);
        };
    return new EventData(ByteBuffer.wrap(payload), random.nextBoolean() ? "1" : text(64), encoding);
  }

  private byte[] bytes() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return bytes;
  }

  private EventMetadata metadata() {
    Priority[] priorities = Priority.values();
    return new EventMetadata(
        maybe(() -> text(128)),
        maybe(() -> text(128)),
        maybe(() -> text(128)),
        maybe(() -> text(128)),
        maybe(() -> random.nextLong() >>> (1 + random.nextInt(63))),
        priorities[random.nextInt(priorities.length)],
        maybe(() -> random.nextLong() >>> (11 + random.nextInt(53))),
        maybe(() -> text(256)));
  }

  private <T> T maybe(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  /** Of 1 to {@code most} characters, mostly few. */
  private String text(int most) {
    StringBuilder text = new StringBuilder();
    int pieces = random.nextInt(20) == 0 ? most : 1 + random.nextInt(4);
    for (int i = 0; i < pieces; i++) {
      String piece = PIECES[random.nextInt(PIECES.length)];
      if (text.codePointCount(0, text.length()) + piece.codePointCount(0, piece.length()) <= most) {
        text.append(piece);
      }
    }
    return text.toString();
  }
}
