package fovea.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import fovea.app.config.FoveaConfig;
import fovea.modelstore.ModelRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadedModelsTest {
  private static final Path STORE =
      Path.of(System.getProperty("fovea.root", "../..")).resolve("model-store/models");
  private static final ModelRef LESIONS = new ModelRef("fundus-lesions", "1");

  @Test
  void aModelThatServesByNameIsNoPartOfAll() {
    assertThat(LoadedModels.chosen(plan(List.of(), List.of("fundus-lesions"))))
        .contains(new ModelRef("fundus-phantom", "1"))
        .doesNotContain(LESIONS);
    assertThat(LoadedModels.chosen(plan(List.of(), List.of()))).contains(LESIONS);
  }

  @Test
  void itServesWhereItIsNamed() {
    List<String> byName = List.of("fundus-lesions");

    assertThat(LoadedModels.chosen(plan(List.of("fundus-lesions"), byName)))
        .containsExactly(LESIONS);
    assertThat(LoadedModels.chosen(plan(List.of("fundus-lesions:1"), byName)))
        .containsExactly(LESIONS);
  }

  private static FoveaConfig.Models plan(List<String> serve, List<String> byName) {
    return new FoveaConfig.Models(STORE, serve, byName, List.of(), Duration.ZERO);
  }
}
