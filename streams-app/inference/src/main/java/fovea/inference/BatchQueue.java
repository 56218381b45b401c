package fovea.inference;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** What waits for a worker, in the order in which it came. Thread-safe. */
final class BatchQueue {
  private final BatchPolicy policy;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition left = lock.newCondition();
  private final Deque<BatchJob> waiting = new ArrayDeque<>();
  private int images;
  private boolean closed;

  BatchQueue(BatchPolicy policy) {
    this.policy = policy;
  }

  /**
   * Waits while there is no room.
   *
   * @throws IllegalStateException if it is closed
   */
  void put(BatchJob job) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && images > 0 && images + job.images().count() > policy.capacity()) {
        left.await();
      }
      if (closed) {
        throw new IllegalStateException("the batcher is closed");
      }
      waiting.add(job);
      images += job.images().count();
      // All, as one that lingers may not be the one that is free.
      arrived.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The next batch; empty when it is closed and nothing waits. */
  List<BatchJob> take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (waiting.isEmpty() && !closed) {
        arrived.await();
      }
      linger();
      return next();
    } finally {
      lock.unlock();
    }
  }

  private void linger() throws InterruptedException {
    long left = policy.linger().toNanos();
    while (left > 0 && images > 0 && images < policy.maxImages() && !closed) {
      left = arrived.awaitNanos(left);
    }
  }

  private List<BatchJob> next() {
    List<BatchJob> batch = new ArrayList<>();
    int size = 0;
    for (Iterator<BatchJob> all = waiting.iterator(); all.hasNext(); ) {
      BatchJob job = all.next();
      int count = job.images().count();
      boolean fits = batch.isEmpty() || batch.getFirst().goesWith(job);
      if (fits && (batch.isEmpty() || size + count <= policy.maxImages())) {
        batch.add(job);
        size += count;
        all.remove();
      }
    }
    images -= size;
    left.signalAll();
    return batch;
  }

  /** Images that wait. */
  int size() {
    lock.lock();
    try {
      return images;
    } finally {
      lock.unlock();
    }
  }

  /** Takes no more; what waits is still to be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      arrived.signalAll();
      left.signalAll();
    } finally {
      lock.unlock();
    }
  }

  boolean drained() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }
}
