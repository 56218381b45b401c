package fovea.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fovea.core.inference.Classifier;
import fovea.core.inference.ImageBatch;
import fovea.core.inference.InferenceException;
import fovea.core.inference.Outputs;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BatcherTest {
  private static final int MOST = 4;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Batcher batcher = new Batcher(BatchPolicy.of(MOST, 1), meters);
  private final GatedEngine engine = new GatedEngine();
  private final Classifier batched = batcher.over(engine);

  @AfterEach
  void close() {
    engine.open();
    batcher.close();
  }

  @Test
  void aFreeWorkerTakesAtOnceWhatWaitsUpToTheMaximum() {
    List<CompletableFuture<List<Outputs>>> answers = new ArrayList<>(List.of(classify(0)));
    engine.awaitBusy();
    for (int i = 1; i <= 6; i++) {
      answers.add(classify(i));
    }
    engine.open();

    for (int i = 0; i < answers.size(); i++) {
      assertThat(answers.get(i).join()).hasSize(1);
      assertThat(answers.get(i).join().getFirst().logit(0)).isEqualTo(i);
    }
    assertThat(engine.batches()).containsExactly(1, MOST, 2);
    assertThat(meters.get("fovea.batch.images").summary().totalAmount()).isEqualTo(7);
  }

  @Test
  void aPoisonedImageFailsAlone() {
    CompletableFuture<List<Outputs>> first = classify(0);
    engine.awaitBusy();
    CompletableFuture<List<Outputs>> before = classify(1);
    CompletableFuture<List<Outputs>> poisoned = classify(GatedEngine.POISON);
    CompletableFuture<List<Outputs>> after = classify(2);
    engine.open();

    assertThat(first.join()).hasSize(1);
    assertThat(before.join().getFirst().logit(0)).isEqualTo(1);
    assertThat(after.join().getFirst().logit(0)).isEqualTo(2);
    assertThatThrownBy(poisoned::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(InferenceException.class);
  }

  @Test
  void imagesOfTwoModelsAreNeverInOneBatch() {
    GatedEngine other = new GatedEngine();
    other.open();
    CompletableFuture<List<Outputs>> first = classify(0);
    engine.awaitBusy();
    List<CompletableFuture<List<Outputs>>> answers = new ArrayList<>(List.of(first));
    for (int i = 1; i <= 3; i++) {
      answers.add(classify(i));
      answers.add(batcher.over(other).classify(image(i)).toCompletableFuture());
    }
    engine.open();
    answers.forEach(CompletableFuture::join);

    assertThat(engine.batches()).containsExactly(1, 3);
    assertThat(other.batches()).containsExactly(3);
  }

  @Test
  void imagesOfTwoSizesAreNeverInOneBatch() {
    CompletableFuture<List<Outputs>> first = classify(0);
    engine.awaitBusy();
    CompletableFuture<List<Outputs>> small = classify(1);
    CompletableFuture<List<Outputs>> large =
        batched.classify(new ImageBatch(1, 1, 2, 2)).toCompletableFuture();
    engine.open();
    CompletableFuture.allOf(first, small, large).join();

    assertThat(engine.batches()).containsExactly(1, 1, 1);
  }

  @Test
  void whoBringsMoreThanThereIsRoomForWaits() {
    var _ = classify(-1);
    engine.awaitBusy();
    int room = BatchPolicy.of(MOST, 1).capacity();
    for (int i = 0; i < room; i++) {
      var _ = classify(i);
    }
    CompletableFuture<List<Outputs>> late = new CompletableFuture<>();
    Thread caller =
        Thread.ofPlatform()
            .start(() -> late.complete(batched.classify(image(7)).toCompletableFuture().join()));
    await().until(() -> caller.getState() == Thread.State.WAITING);
    assertThat(meters.get("fovea.batch.queue").gauge().value()).isEqualTo(room);

    engine.open();

    assertThat(late.join().getFirst().logit(0)).isEqualTo(7);
  }

  @Test
  void aBatchThatIsNotFullWaitsWhereItIsTold() {
    BatchPolicy patient = new BatchPolicy(2, 1, Duration.ofMinutes(1), 4);
    engine.open();
    try (Batcher lingering = new Batcher(patient, new SimpleMeterRegistry())) {
      Classifier model = lingering.over(engine);
      CompletableFuture<List<Outputs>> one = model.classify(image(1)).toCompletableFuture();
      CompletableFuture<List<Outputs>> two = model.classify(image(2)).toCompletableFuture();
      CompletableFuture.allOf(one, two).join();
    }
    assertThat(engine.batches()).containsExactly(2);
  }

  @Test
  void closingLetsFinishWhatWaitsAndTakesNoMore() {
    CompletableFuture<List<Outputs>> first = classify(0);
    engine.awaitBusy();
    CompletableFuture<List<Outputs>> second = classify(1);
    engine.open();

    batcher.close();

    assertThat(first).isCompleted();
    assertThat(second).isCompleted();
    ImageBatch late = image(2);
    assertThatThrownBy(() -> batched.classify(late)).hasMessageContaining("closed");
  }

  @Test
  void anEngineThatBreaksBreaksForWhoWaitsAndTheWorkerGoesOn() {
    engine.open();

    assertThatThrownBy(() -> classify(GatedEngine.BROKEN).join())
        .hasCauseInstanceOf(IllegalStateException.class);
    assertThat(classify(3).join().getFirst().logit(0)).isEqualTo(3);
  }

  private CompletableFuture<List<Outputs>> classify(int value) {
    return batched.classify(image(value)).toCompletableFuture();
  }

  private static ImageBatch image(int value) {
    ImageBatch image = new ImageBatch(1, 1, 1, 1);
    image.image(0).put(0, value);
    return image;
  }
}
