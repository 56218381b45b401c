package fovea.core.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class KeyPropertyTest {
  @Property(seed = "1", tries = 500)
  void anyPartsComeBack(@ForAll @Size(min = 1, max = 6) List<String> parts) {
    assertThat(KeyText.split(KeyText.join(parts.toArray(String[]::new)))).isEqualTo(parts);
  }

  @Property(seed = "2", tries = 300)
  void anAggregateKeyComesBack(
      @ForAll String model,
      @ForAll String label,
      @ForAll String site,
      @ForAll @IntRange(max = 40_000) int day) {
    Assume.that(!model.isBlank() && !label.isEmpty());
    ModelVersion version = new ModelVersion(model, "1|%", "fp32.0011");
    LocalDate pane = LocalDate.ofEpochDay(day);
    AggregateKey map =
        new AggregateKey(version, "OP.any.L.7x7", Quantity.EVIDENCE, label, Basis.ALL, site, pane);
    AggregateKey counters = AggregateKey.counters(version, "OP.any.L.7x7", site, pane);

    assertThat(AggregateKey.parse(map.text())).isEqualTo(map);
    assertThat(AggregateKey.parse(counters.text())).isEqualTo(counters);
  }

  @Example
  void keysStayReadable() {
    assertThat(KeyText.join("a b", "x|y", "50%", "\n", "")).isEqualTo("a b|x%7cy|50%25|%0a|");
  }

  @Example
  void whatIsNoKeyIsRefused() {
    for (String bad : new String[] {"", "a|b", "%", "%4", "%zz"}) {
      assertThatThrownBy(() -> AggregateKey.parse(bad))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> KeyText.split("a%4")).hasMessageContaining("1");
  }
}
