// SPDX-License-Identifier: Apache-2.0
package io.twinlog.client;

import io.twinlog.client.Progress.Waiting;
import io.twinlog.client.RetryPolicy.Delayed;
import io.twinlog.wire.handler.HandlerException;
import io.twinlog.wire.handler.HandlerException.Severity;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * What becomes of the records of a partition that are a subscriber's: which are handed to its
 * handler, and which wait. It reads none, and notes nothing.
 */
final class Handling {
  private static final Logger LOG = System.getLogger(Subscriber.class.getName());

  private final RecordHandler handler;
  private final Delayed retry;
  private final int waitingMax;
  private long handled;
  private long skipped;
  private long retries;

  Handling(RecordHandler handler, SubscriberSettings settings) {
    this.handler = handler;
    this.retry = settings.retry();
    this.waitingMax = settings.waitingMax();
  }

  /**
   * Takes a record in its turn.
   *
   * @return false: there is no room for one that must wait, and it must come again
   * @throws SubscriberStopped when the handler fails with HIGH; the record counts as not read
   */
  boolean take(Received record, Progress progress, long nowNanos) {
    boolean full = progress.isFull(waitingMax);
    if (progress.isWaitingFor(record)) {
      if (full) {
        return false;
      }
      progress.waits(record);
    } else {
      Handled result = handle(record);
      if (holdsUp(result) && full) {
        return false;
      }
      if (holdsUp(result)) {
        failed(progress.hold(record), result, nowNanos);
      }
    }
    progress.passed(record.offset());
    return true;
  }

  private static boolean holdsUp(Handled result) {
    return !(result instanceof Handled.Done)
        && !(result instanceof Handled.Failed failed && failed.severity() == Severity.LOW);
  }

  /** Those whose turn has come, and what waits behind them, as long as it goes on. */
  void retry(Progress progress, long nowNanos, BooleanSupplier goesOn) {
    for (Waiting key : progress.due(nowNanos)) {
      boolean more = true;
      while (more && goesOn.getAsBoolean()) {
        retries += key.failures > 0 ? 1 : 0;
        Handled result = handle(key.records.element());
        if (holdsUp(result)) {
          failed(key, result, nowNanos);
          more = false;
        } else {
          more = progress.done(key);
        }
      }
    }
  }

  private Handled handle(Received record) {
    Handled result = asked(record);
    if (result instanceof Handled.Done) {
      handled++;
    } else if (result instanceof Handled.Failed failed) {
      if (failed.severity() == Severity.HIGH) {
        throw new SubscriberStopped(record, failed.why());
      } else if (failed.severity() == Severity.LOW) {
        skipped++;
        LOG.log(Level.WARNING, "passes over {0}: {1}", record.place(), failed.why());
      }
    }
    return result;
  }

  private Handled asked(Received record) {
    try {
      return handler.handle(record);
    } catch (HandlerException e) {
      return Handled.failed(e.severity(), String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Handled.again("interrupted");
    } catch (Exception e) {
      // Whatever a handler throws is a failure of this record, and of no other.
      return Handled.failed(Severity.MEDIUM, e.toString());
    }
  }

  private void failed(Waiting key, Handled result, long nowNanos) {
    boolean again = result instanceof Handled.Again;
    key.failures++;
    key.why = again ? ((Handled.Again) result).why() : ((Handled.Failed) result).why();
    key.parked = !again && key.failures > retry.times();
    Duration wait = retry.wait(key.failures - 1);
    key.dueNanos = nowNanos + wait.toNanos();
    LOG.log(
        Level.WARNING,
        key.parked
            ? "parks the key of {0} after {1} attempts: {2}"
            : "{0} failed, attempt {1}: {2}",
        key.records.element().place(),
        key.failures,
        key.why);
  }

  long handled() {
    return handled;
  }

  long skipped() {
    return skipped;
  }

  long retries() {
    return retries;
  }
}
