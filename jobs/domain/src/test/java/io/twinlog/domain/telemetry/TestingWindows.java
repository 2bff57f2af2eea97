// SPDX-License-Identifier: Apache-2.0
package io.twinlog.domain.telemetry;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Windows as numbers of lists. On a shelf each takes about what a small one takes that is open. */
final class TestingWindows implements WindowForm {
  private static final int BYTES = 80;

  private record Kept(Window[] windows, Shelf shelf) {}

  private final List<Window> windows = new ArrayList<>();
  private final List<List<Kept>> lanes = new ArrayList<>();

  @Override
  public byte[] packMinutes(Track[] tracks, int count) {
    List<Kept> kept = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      kept.add(new Kept(tracks[i].minutes(), tracks[i].shelf()));
    }
    return packed(kept);
  }

  @Override
  public byte[] packHours(Track[] tracks, int count) {
    List<Kept> kept = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      kept.add(new Kept(tracks[i].hours(), Shelf.EMPTY));
    }
    return packed(kept);
  }

  private byte[] packed(List<Kept> kept) {
    lanes.add(kept);
    return ByteBuffer.allocate(Integer.BYTES).putInt(lanes.size() - 1).array();
  }

  @Override
  public void unpackMinutes(byte[] packed, Track[] tracks, int count) {
    if (packed.length > 0) {
      List<Kept> kept = lanes.get(ByteBuffer.wrap(packed).getInt());
      for (int i = 0; i < count; i++) {
        tracks[i].keepMinutes(kept.get(i).windows, kept.get(i).shelf);
      }
    }
  }

  @Override
  public void unpackHours(byte[] packed, Track[] tracks, int count) {
    if (packed.length > 0) {
      List<Kept> kept = lanes.get(ByteBuffer.wrap(packed).getInt());
      for (int i = 0; i < count; i++) {
        tracks[i].keepHours(kept.get(i).windows);
      }
    }
  }

  @Override
  public byte[] append(byte[] shelf, Window[] told, int count) {
    ByteBuffer all = ByteBuffer.allocate(shelf.length + count * BYTES).put(shelf);
    for (int i = 0; i < count; i++) {
      all.putInt(shelf.length + i * BYTES, windows.size());
      windows.add(told[i]);
    }
    return all.array();
  }

  @Override
  public Window at(byte[] shelf, int place) {
    return windows.get(ByteBuffer.wrap(shelf).getInt(place));
  }

  @Override
  public int after(byte[] shelf, int place) {
    return place + BYTES;
  }

  @Override
  public Window[] unpack(byte[] shelf) {
    Window[] all = new Window[shelf.length / BYTES];
    for (int i = 0; i < all.length; i++) {
      all[i] = windows.get(ByteBuffer.wrap(shelf).getInt(i * BYTES));
    }
    return all;
  }
}
