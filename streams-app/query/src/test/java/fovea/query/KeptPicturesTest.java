package fovea.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import fovea.query.KeptPictures.Scene;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptPicturesTest {
  private static final int MANY = 50;
  private final ExecutorService askers = Executors.newVirtualThreadPerTaskExecutor();
  private final KeptPictures kept = new KeptPictures(100, 4);
  private final AtomicInteger drawings = new AtomicInteger();
  private final AtomicInteger state = new AtomicInteger();
  private final CountDownLatch mayEnd = new CountDownLatch(1);

  @AfterEach
  void stop() {
    askers.close();
  }

  private Scene scene() {
    int now = state.get();
    return new Scene("state " + now, () -> drawn((byte) now));
  }

  private byte[] drawn(byte content) {
    drawings.incrementAndGet();
    try {
      mayEnd.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return new byte[] {content};
  }

  private byte[] picture() {
    return kept.picture("one", this::scene);
  }

  private List<Future<byte[]>> ask(int times) {
    List<Future<byte[]>> asked = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      asked.add(askers.submit(this::picture));
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> kept.waiting() >= times);
    return asked;
  }

  @Test
  void whoeverAsksWhileItIsDrawnGetsThatDrawing() throws ExecutionException, InterruptedException {
    List<Future<byte[]>> asked = ask(MANY);

    mayEnd.countDown();

    for (Future<byte[]> one : asked) {
      assertThat(one.get()).containsExactly(0);
    }
    assertThat(drawings).hasValue(1);
    assertThat(kept.waiting()).isZero();
  }

  @Test
  void whoAskedAfterAChangeIsNotGivenWhatWasThereBeforeAndAllOfThemCostOneDrawing()
      throws ExecutionException, InterruptedException {
    Future<byte[]> early = askers.submit(this::picture);
    await().until(() -> drawings.get() == 1);
    List<Future<byte[]>> late = new ArrayList<>();
    for (int i = 1; i <= MANY; i++) {
      state.set(i);
      late.add(askers.submit(this::picture));
    }
    await().atMost(Duration.ofSeconds(20)).until(() -> kept.waiting() == MANY + 1);

    mayEnd.countDown();

    assertThat(early.get()).containsExactly(0);
    for (Future<byte[]> one : late) {
      assertThat(one.get()).containsExactly(MANY);
    }
    assertThat(drawings).hasValue(2);
  }

  @Test
  void whatHasNotChangedIsDrawnOnce() {
    mayEnd.countDown();

    for (int i = 0; i < MANY; i++) {
      picture();
    }
    assertThat(drawings).hasValue(1);
    state.set(9);
    assertThat(picture()).containsExactly(9);
    assertThat(drawings).hasValue(2);
  }

  @Test
  void whatIsForgottenIsDrawnAgainAlsoWhileItWasDrawn()
      throws ExecutionException, InterruptedException {
    Future<byte[]> asked = askers.submit(this::picture);
    await().until(() -> drawings.get() == 1);

    kept.forget();
    mayEnd.countDown();

    assertThat(asked.get()).containsExactly(0);
    assertThat(kept.bytes()).isZero();
    picture();
    assertThat(drawings).hasValue(2);
    kept.forget();
    assertThat(kept.bytes()).isZero();
  }

  @Test
  void noMoreIsKeptThanAllowed() {
    for (int i = 0; i < MANY; i++) {
      kept.picture("name " + i, () -> new Scene("same", () -> new byte[30]));
      assertThat(kept.bytes()).isLessThanOrEqualTo(100);
    }
    assertThat(kept.bytes()).isEqualTo(90);
  }

  @Test
  void whatCannotBeDrawnIsTold() {
    assertThatThrownBy(
            () ->
                kept.picture(
                    "none",
                    () -> {
                      throw Problem.notFound("no such map");
                    }))
        .hasMessage("no such map");
    assertThat(kept.waiting()).isZero();
  }
}
