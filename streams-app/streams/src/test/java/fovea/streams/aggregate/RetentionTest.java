package fovea.streams.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class RetentionTest {
  private static final Retention TEN = new Retention(Duration.ofDays(10));
  private static final LocalDate DAY = LocalDate.parse("2026-03-04");

  @Test
  void aDayExpiresWhenItsEndIsSoFarBehind() {
    Instant end = Instant.parse("2026-03-15T00:00:00Z");

    assertThat(TEN.end(DAY)).isEqualTo(end);
    assertThat(TEN.horizon(end.toEpochMilli())).isEqualTo(DAY);
    assertThat(TEN.horizon(end.toEpochMilli() - 1)).isEqualTo(DAY.minusDays(1));
  }

  @Test
  void theHorizonOnlyMovesOn() {
    Horizon horizon = new Horizon(TEN);
    assertThat(horizon.expired(LocalDate.parse("1900-01-01"))).isFalse();

    assertThat(horizon.advance(Instant.parse("2026-03-15T00:00:00Z").toEpochMilli())).isTrue();
    assertThat(horizon.advance(Instant.parse("2026-03-15T23:59:59Z").toEpochMilli())).isFalse();
    assertThat(horizon.advance(Instant.parse("2020-01-01T00:00:00Z").toEpochMilli())).isFalse();

    assertThat(horizon.expired(DAY)).isTrue();
    assertThat(horizon.expired(DAY.plusDays(1))).isFalse();
  }

  @Test
  void whatIsKnownAtAMomentMayConcernTheNextDay() {
    assertThat(Retention.concerns(Instant.parse("2026-03-04T23:59:59Z")))
        .isEqualTo(DAY.plusDays(1));
  }

  @Test
  void lessThanADayIsRefused() {
    assertThatThrownBy(() -> new Retention(Duration.ofHours(23))).hasMessageContaining("PT23H");
  }
}
