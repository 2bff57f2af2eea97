// SPDX-License-Identifier: Apache-2.0
package io.twinlog.flink;

import io.twinlog.wire.Header;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * How byte arrays, text and headers are laid out between operators and in state: length first, -1
 * for null.
 */
final class Bytes {
  private Bytes() {}

  static void write(byte[] bytes, DataOutput out) throws IOException {
    out.writeInt(bytes == null ? -1 : bytes.length);
    if (bytes != null) {
      out.write(bytes);
    }
  }

  static byte[] read(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0) {
      return null;
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  /** In UTF-8; text of ASCII is written without a copy. */
  static void writeText(String text, DataOutput out) throws IOException {
    if (!isAscii(text)) {
      write(text.getBytes(StandardCharsets.UTF_8), out);
      return;
    }
    out.writeInt(text.length());
    // Not writeBytes: Flink's buffer then counts the bytes twice.
    for (int i = 0; i < text.length(); i++) {
      out.writeByte(text.charAt(i));
    }
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  static String readText(DataInput in) throws IOException {
    byte[] bytes = read(in);
    return bytes.length == 0 ? "" : new String(bytes, StandardCharsets.UTF_8);
  }

  static void writeHeaders(List<Header> headers, DataOutput out) throws IOException {
    out.writeInt(headers.size());
    for (Header header : headers) {
      writeText(header.key(), out);
      write(header.value(), out);
    }
  }

  static List<Header> readHeaders(DataInput in) throws IOException {
    int count = in.readInt();
    List<Header> headers = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      headers.add(new Header(readText(in), read(in)));
    }
    return headers;
  }
}
