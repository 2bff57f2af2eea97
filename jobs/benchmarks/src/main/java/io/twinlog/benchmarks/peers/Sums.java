// SPDX-License-Identifier: Apache-2.0
package io.twinlog.benchmarks.peers;

/** What is kept of the values of a window: a POJO as Flink's serializer wants it. */
public class Sums {
  public long count;
  public double min = Double.POSITIVE_INFINITY;
  public double max = Double.NEGATIVE_INFINITY;
  public double mean;

  /** Sum of the squared distances from the mean. */
  public double squares;

  /** Newest event time, epoch ms, and the value at it. */
  public long lastTime = Long.MIN_VALUE;

  public double last;

  /** A DDSketch, encoded; empty: there was no value yet. */
  public byte[] sketch = {};
}
