package fovea.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fovea.core.aggregate.ModelVersion;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServedModelsTest {
  private final ServedModel model = TestModels.fundus("m", 1);

  @Test
  void aSwapGivesBackWhatServed() {
    ServedModels models = new ServedModels(List.of(model));

    List<ServedModel> before = models.swap(List.of(TestModels.fundus("n", 1)));

    assertThat(before).containsExactly(model);
    assertThat(models.current()).hasSize(1).isSameAs(models.current()).doesNotContain(model);
  }

  @Test
  void noModelAndOneModelTwiceAreRefused() {
    assertThatThrownBy(() -> new ServedModels(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least one");
    assertThatThrownBy(() -> new ServedModels(List.of(model, TestModels.fundus("m", 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("m/1");
  }

  @Test
  void aVersionThatIsNotWhatRunsIsRefused() {
    ModelVersion half = new ModelVersion("m", "1", "fp16." + TestModels.HASH);

    assertThatThrownBy(
            () ->
                new ServedModel(
                    half,
                    model.manifest(),
                    model.sha256(),
                    model.frame(),
                    model.classifier(),
                    TestModels.HASH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fp32." + TestModels.HASH);
  }
}
