package fovea.inference;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import fovea.core.inference.Classifier;
import fovea.core.inference.EngineReport;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A graph of contract {@code evidence/1} on a DJL engine.
 *
 * <p>Runs on the calling thread; any number of callers at once share one session. The batch's
 * memory is read in place, outputs are copied out once, and native memory of a call is released
 * before its stage is given back. Thread-safe; closing waits for running calls.
 */
final class DjlClassifier implements Classifier {
  private final Model model;
  private final Block block;
  private final EngineReport report;
  private final GraphContract contract;
  private final int mostImages;
  // Callers read; closing writes, and so waits for them.
  private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
  private boolean closed;

  DjlClassifier(LoadedGraph graph, GraphContract contract) {
    this.model = graph.model();
    this.block = model.getBlock();
    this.report = graph.report();
    this.mostImages = contract.oneByOne() ? 1 : graph.mostImages();
    this.contract = contract;
  }

  @Override
  public EngineReport engine() {
    return report;
  }

  @Override
  public CompletionStage<List<Outputs>> classify(ImageBatch batch) {
    contract.check(batch);
    lock.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("the classifier is closed");
      }
      return CompletableFuture.completedStage(run(batch));
    } catch (InferenceException e) {
      return CompletableFuture.failedStage(e);
    } finally {
      lock.readLock().unlock();
    }
  }

  @Override
  public void close() {
    lock.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        model.close();
      }
    } finally {
      lock.writeLock().unlock();
    }
  }

  private List<Outputs> run(ImageBatch batch) {
    List<Outputs> outputs = new ArrayList<>(batch.count());
    for (int first = 0; first < batch.count(); first = outputs.size()) {
      outputs.addAll(run(batch, first, Math.min(mostImages, batch.count() - first)));
    }
    return List.copyOf(outputs);
  }

  private List<Outputs> run(ImageBatch batch, int first, int count) {
    try (NDManager call = model.getNDManager().newSubManager()) {
      NDArray input =
          call.create(slice(batch, first, count), shape(batch, count), DataType.FLOAT32);
      NDList outputs = block.forward(new ParameterStore(call, false), new NDList(input), false);
      return contract.read(new NamedOutputs(outputs), count);
    } catch (EngineException
        | IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw new InferenceException("the engine failed on a batch of " + count, e);
    }
  }

  private static ByteBuffer slice(ImageBatch batch, int first, int count) {
    ByteBuffer all = batch.bytes();
    int image = all.capacity() / batch.count();
    return all.slice(first * image, count * image).order(all.order());
  }

  private static Shape shape(ImageBatch batch, int count) {
    return new Shape(count, batch.channels(), batch.height(), batch.width());
  }
}
