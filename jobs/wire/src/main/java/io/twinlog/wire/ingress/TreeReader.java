// SPDX-License-Identifier: Apache-2.0
package io.twinlog.wire.ingress;

import com.fasterxml.jackson.core.ErrorReportConfiguration;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import io.twinlog.wire.DeadLetterReason;
import io.twinlog.wire.ErrorCode;
import java.io.IOException;
import java.util.Optional;

/**
 * Reads JSON and CBOR from bytes into trees, more strictly than Jackson by itself, and reports all
 * that is wrong with them. Knows nothing of envelopes and schemas. Threads may share it.
 */
final class TreeReader {
  private static final int TOKEN_SHOWN_MAX = 64;

  private final DecoderLimits limits;
  private final JsonFactory json;
  private final CBORFactory cbor;

  TreeReader(DecoderLimits limits) {
    this.limits = limits;
    // Depth, strings and names are checked here, so that the error has a path and reading goes on;
    // the bytes of the document bound them all. Jackson's limit on the digits of a number stays.
    StreamReadConstraints constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(limits.documentBytes())
            .maxStringLength(limits.documentBytes())
            .maxNameLength(limits.documentBytes())
            .build();
    // Keys are chosen by strangers: they are not interned, and keys made to collide in Jackson's
    // table of names must not fail whoever comes next.
    this.json =
        JsonFactory.builder()
            .streamReadConstraints(constraints)
            .errorReportConfiguration(
                ErrorReportConfiguration.builder().maxErrorTokenLength(TOKEN_SHOWN_MAX).build())
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();
    this.cbor =
        CBORFactory.builder()
            .streamReadConstraints(constraints)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
            .build();
  }

  DecoderLimits limits() {
    return limits;
  }

  /** A parser without any of the checks, for bytes that have passed them. */
  JsonParser jsonParser(byte[] bytes) throws IOException {
    return json.createParser(bytes);
  }

  /** A parser without any of the checks, for bytes that have passed them. */
  JsonParser cborParser(byte[] bytes) throws IOException {
    return cbor.createParser(bytes);
  }

  /** Empty when there is no tree; one that is not sound is given, too, with what is wrong. */
  Optional<Document> json(byte[] bytes, Part part, Findings findings) {
    if (!fits(bytes, part, findings) || !isUtf8(bytes, part, findings)) {
      return Optional.empty();
    }
    try (JsonParser parser = json.createParser(bytes)) {
      return new TreeReading(parser, limits, part, findings).read(bytes, ErrorCode.NOT_JSON);
    } catch (StreamConstraintsException e) {
      overLimit(e, part, findings);
    } catch (JsonEOFException e) {
      findings.add(
          part.unreadable,
          ErrorCode.NOT_JSON,
          part.path,
          "the document ends too early, after " + bytes.length + " bytes");
    } catch (IOException e) {
      findings.add(part.unreadable, ErrorCode.NOT_JSON, part.path, described(e));
    }
    return Optional.empty();
  }

  /** As {@link #json}. */
  Optional<Document> cbor(byte[] bytes, Part part, Findings findings) {
    if (!fits(bytes, part, findings)) {
      return Optional.empty();
    }
    try (JsonParser parser = cbor.createParser(bytes)) {
      return new TreeReading(parser, limits, part, findings).read(bytes, ErrorCode.NOT_CBOR);
    } catch (StreamConstraintsException e) {
      overLimit(e, part, findings);
    } catch (IOException | RuntimeException e) {
      // The parser of a binary format meets garbled bytes with exceptions of many kinds.
      findings.add(part.unreadable, ErrorCode.NOT_CBOR, part.path, described(e));
    }
    return Optional.empty();
  }

  private boolean fits(byte[] bytes, Part part, Findings findings) {
    if (bytes.length == 0) {
      findings.add(part.unreadable, ErrorCode.EMPTY, part.path, "there are no bytes");
      return false;
    }
    if (bytes.length > limits.documentBytes()) {
      findings.add(
          DeadLetterReason.TOO_LARGE,
          ErrorCode.TOO_LARGE,
          part.path,
          "at most " + limits.documentBytes() + " bytes, has " + bytes.length);
      return false;
    }
    return true;
  }

  private static boolean isUtf8(byte[] bytes, Part part, Findings findings) {
    if (startsWith(bytes, 0xEF, 0xBB, 0xBF)) {
      findings.add(
          part.unreadable,
          ErrorCode.BYTE_ORDER_MARK,
          part.path,
          "the text must begin with its first character, not with a byte order mark (EF BB BF)");
      return false;
    }
    int at =
        bytes[0] == 0 || bytes.length > 1 && bytes[1] == 0 ? 0 : Utf8Form.firstIllFormed(bytes);
    if (at >= 0) {
      findings.add(
          part.unreadable,
          ErrorCode.NOT_UTF8,
          part.path,
          String.format(
              "must be UTF-8 (not UTF-16, UTF-32, Latin-1, overlong or surrogate forms), is not"
                  + " at byte %d: %02x",
              at, bytes[at]));
    }
    return at < 0;
  }

  private static boolean startsWith(byte[] bytes, int... first) {
    if (bytes.length < first.length) {
      return false;
    }
    for (int i = 0; i < first.length; i++) {
      if ((bytes[i] & 0xff) != first[i]) {
        return false;
      }
    }
    return true;
  }

  /** Only numbers can be over a limit of Jackson's: all others are checked before it. */
  private static void overLimit(StreamConstraintsException e, Part part, Findings findings) {
    findings.add(
        DeadLetterReason.TOO_LARGE,
        ErrorCode.TOO_LONG,
        part.path,
        "a number has too many digits: " + Shown.name(e.getOriginalMessage(), 200));
  }

  private static String described(Exception e) {
    if (e instanceof JsonProcessingException known && known.getLocation() != null) {
      return Shown.name(known.getOriginalMessage(), 200)
          + ", at byte "
          + known.getLocation().getByteOffset();
    }
    return Shown.name(String.valueOf(e.getMessage()), 200);
  }
}
